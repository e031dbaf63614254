"""Reading one input into decoded texts."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import BinaryIO

from dalian_report.errors import SourceError
from dalian_report.model import Source
from dalian_report.sources.encoding import decode
from dalian_report.sources.places import KNOWN_FORMATS, STDIN, TEXT_SUFFIXES, source_name

MAX_BYTES = 64 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OTHER_FORMATS = (
    (b"%PDF-", "a PDF file", "Save its text as .txt."),
    (b"\xd0\xcf\x11\xe0", "an old or protected Word file", "Save it as .docx without a password."),
    (b"{\\rtf", "an RTF file", "Save it as .docx or .txt."),
)


def read_sources(path: str, *, encoding: str | None = None) -> list[Source]:
    """Return the reports in the file at `path`, one for now; `-` reads standard input.

    The format goes by the content first (a Word file under any name), then by the suffix. `encoding`
    overrides the detection for plain text. Raises SourceError or EncodingError with one clear line.
    """
    data = read_bytes(path)
    if not data:
        raise SourceError("empty" if path == STDIN else "empty file", where=source_name(path))
    if data.startswith(_ZIP):
        from dalian_report.sources.word import read_word

        text = read_word(data, path=source_name(path))
        return [_checked(_source(text, path, "docx", "docx", "Word file"))]
    _refuse_other_formats(data, path)
    decoded = decode(data, path=source_name(path), encoding=encoding)
    form = "md" if Path(path).suffix.lower() in (".md", ".markdown") else "txt"
    return [_checked(_source(decoded.text, path, form, decoded.encoding, decoded.reason))]


def make_source(text: str, path: str = STDIN) -> Source:
    """Return a text at hand as a source, for the API and for tests."""
    form = Path(path).suffix.lower().removeprefix(".") or "txt"
    return _source(text, path, form, "utf-8", "given as text")


def _source(text: str, path: str, form: str, encoding: str, reason: str) -> Source:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Source(path, form, text, encoding, reason, digest)


def _checked(source: Source) -> Source:
    if not source.text.strip("\ufeff\u200b \t\r\n\f\v\xa0\u3000"):
        raise SourceError("holds no text", where=source_name(source.path))
    return source


def read_bytes(path: str) -> bytes:
    """Return the bytes of a file or of standard input, at most `MAX_BYTES`."""
    try:
        if path == STDIN:
            data = _standard_input().read(MAX_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise SourceError("no such file", where=source_name(path)) from error
    except IsADirectoryError as error:
        raise SourceError("a folder, not a file", where=source_name(path)) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise SourceError("cannot be read", where=source_name(path), why=why) from error
    if len(data) > MAX_BYTES:
        raise SourceError(
            "too large", where=source_name(path), why=f"more than {MAX_BYTES // 1024 // 1024} MiB"
        )
    return data


def _standard_input() -> BinaryIO:
    """Return standard input as bytes; raises SourceError where the shell has closed it or it is no file."""
    stream: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise SourceError("closed", where=source_name(STDIN), remedy="Name a file.")
    return stream


def _refuse_other_formats(data: bytes, path: str) -> None:
    """Raise for formats that are known and not read, and for suffixes that promise one."""
    for mark, what, remedy in _OTHER_FORMATS:
        if data.startswith(mark):
            raise SourceError(f"{what}, which cannot be read", where=source_name(path), remedy=remedy)
    suffix = Path(path).suffix.lower() if path != STDIN else ""
    if suffix == ".docx":
        raise SourceError(
            "not a Word file", where=source_name(path), why="no zip archive", remedy="Save it as .docx again."
        )
    if suffix and suffix not in TEXT_SUFFIXES:
        raise SourceError(f"unsupported format {suffix}", where=source_name(path), remedy=KNOWN_FORMATS)
