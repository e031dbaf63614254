"""Fetching a web address: its bytes, with limits on size and time. Needs httpx, the extra `web`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dalian_report.errors import SourceError
from dalian_report.sources.extras import missing
from dalian_report.sources.limits import FETCH_TIME_S, MAX_BYTES, MIB, Deadline

if TYPE_CHECKING:
    import httpx

_MAX_REDIRECTS = 5
_ADDRESS = re.compile(r"https?://", flags=re.IGNORECASE)


class Fetched(NamedTuple):
    """What an address gave: its bytes, the charset that the server named, the address after redirects."""

    data: bytes
    charset: str | None
    address: str


def is_address(text: str) -> bool:
    """Return whether a text is a web address rather than a path."""
    return _ADDRESS.match(text) is not None


def fetch(address: str) -> Fetched:
    """Return what lies at a web address, redirects followed.

    Raises SourceError where the environment names a proxy that cannot be used, where the network or the
    server fails, where the body is cut off or larger than `MAX_BYTES`, and where it takes too long.
    """
    try:
        import httpx
    except ImportError as error:
        raise missing("web", "web addresses", where=address) from error
    try:
        client = httpx.Client(
            follow_redirects=True,
            max_redirects=_MAX_REDIRECTS,
            timeout=FETCH_TIME_S / 2,
            headers={"User-Agent": "dreport", "Accept": "text/html, */*"},
        )
    except (ImportError, ValueError, OSError, httpx.InvalidURL) as error:  # a proxy, a file of certificates
        remedy = "Mend or unset HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE."
        raise SourceError(
            "the environment's settings for the network do not work",
            where=address,
            why=_plain(error),
            remedy=remedy,
        ) from error
    try:
        with client, client.stream("GET", address) as response:
            return _read(response, address)
    except httpx.TimeoutException as error:
        raise SourceError("the server does not answer in time", where=address) from error
    except httpx.TooManyRedirects as error:
        raise SourceError("is redirected in a circle", where=address, why=f"over {_MAX_REDIRECTS}") from error
    except httpx.RemoteProtocolError as error:
        raise SourceError(
            "the answer is cut off", where=address, why=_plain(error), remedy="Try again."
        ) from error
    except (httpx.UnsupportedProtocol, httpx.LocalProtocolError) as error:
        raise SourceError("no address that can be fetched", where=address, why=_plain(error)) from error
    except httpx.TransportError as error:
        remedy = "Is the network there? Save the page in a browser and add the file."
        raise SourceError("cannot be reached", where=address, why=_plain(error), remedy=remedy) from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise SourceError("no address that can be fetched", where=address, why=_plain(error)) from error


def _read(response: httpx.Response, address: str) -> Fetched:
    """Return the body of an answer; raises SourceError for one that is no success, or past the limits."""
    if response.status_code != 200:
        why = f"{response.status_code} {response.reason_phrase}".strip()
        raise SourceError("the server does not give it", where=address, why=why)
    deadline = Deadline(address, FETCH_TIME_S)
    pieces: list[bytes] = []
    size = 0
    for piece in response.iter_bytes():
        deadline.check()
        size += len(piece)
        if size > MAX_BYTES:
            raise SourceError("too large", where=address, why=f"more than {MAX_BYTES // MIB} MiB")
        pieces.append(piece)
    return Fetched(b"".join(pieces), response.charset_encoding, str(response.url))


def _plain(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
