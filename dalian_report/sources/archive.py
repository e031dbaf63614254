"""Zip archives, opened with care: sizes, ratios and counts are checked before anything is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

from dalian_report.errors import SourceError
from dalian_report.sources.limits import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FREE_BYTES

# What zipfile and zlib raise for broken archives: an entry with a password or of an unknown compression
# is a RuntimeError.
DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError, KeyError),
    *(NotImplementedError, IndexError, OverflowError),
)
_HEAD_BYTES = 2048
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", flags=re.IGNORECASE)


def open_archive(data: bytes, where: str, what: str = "zip file") -> zipfile.ZipFile:
    """Return the archive; `what` it is meant to be stands in messages.

    No entry gives more bytes than it declares, so checking what is declared bounds what is unpacked.
    Raises SourceError for a damaged archive, too many entries, and for one that unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except DAMAGES as error:
        raise damaged(what, where, error) from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        why = f"{len(entries):,} parts, {unpacked:,} bytes unpacked"
        raise SourceError(f"too large: {_an(what)}", where=where, why=why)
    for entry in entries:
        ratio = entry.file_size // max(entry.compress_size, 1)
        if entry.file_size > RATIO_FREE_BYTES and ratio > MAX_RATIO:
            why = f"{entry.filename[:60]} unpacks to {ratio:,} times its size"
            raise SourceError(f"packed as no report is: {_an(what)}", where=where, why=why)
    return archive


def read_part(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, where: str, what: str) -> bytes:
    """Return the bytes of an entry; raises SourceError where it cannot be unpacked."""
    try:
        return archive.read(name)
    except DAMAGES as error:
        raise damaged(what, where, error) from error


def parse_xml(data: bytes, where: str, what: str) -> Any:
    """Return the root element of XML; no document type, no entities, nothing fetched.

    Raises SourceError for XML that does not parse, or that declares a document type.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root: Any = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(what, where, error) from error
    if root.getroottree().docinfo.doctype:
        raise _doctype(what, where)
    return root


def refuse_doctypes(archive: zipfile.ZipFile, where: str, what: str = "Excel workbook") -> None:
    """Raise SourceError where a part of an Office file declares a document type: none of ours does."""
    for entry in archive.infolist():
        if not entry.filename.endswith((".xml", ".rels", ".vml")):
            continue
        try:
            with archive.open(entry) as part:
                head = part.read(_HEAD_BYTES)
        except DAMAGES as error:
            raise damaged(what, where, error) from error
        if _DOCTYPE.search(head.replace(b"\0", b"")):
            raise _doctype(what, where)


def damaged(what: str, where: str, error: BaseException) -> SourceError:
    """Return the error for a file of a format that is broken inside."""
    why = " ".join(str(error).split())[:120] or type(error).__name__
    remedy = "Fetch it again, or open it in its program and save it once more."
    return SourceError(f"a damaged {what}", where=where, why=why, remedy=remedy)


def _doctype(what: str, where: str) -> SourceError:
    why = "declares a document type, which can hold traps"
    return SourceError(f"{_an(what)} that is not read", where=where, why=why)


def _an(what: str) -> str:
    return f"an {what}" if what[0] in "AEIOU" else f"a {what}"
