"""Zip archives, opened with care: sizes, ratios and counts are checked before anything is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from itertools import chain
from typing import Any

from dalian_report.errors import SourceError
from dalian_report.sources.limits import (
    MAX_ALL_ENTRIES,
    MAX_BYTES,
    MAX_ENTRIES,
    MAX_MARKUP,
    MAX_RATIO,
    MAX_ROW_MARKUP,
    MAX_UNPACKED_BYTES,
    MIB,
    RATIO_FREE_BYTES,
    Budget,
    is_overpacked,
)

# What zipfile and zlib raise for broken archives: an entry of an unknown compression is a RuntimeError.
DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError, KeyError),
    *(NotImplementedError, IndexError, OverflowError),
)
_HEAD_BYTES = 2048
_LOCKED = 0x1  # of the flags of an entry
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ENTRY = b"PK\x01\x02"  # begins the record of an entry
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", flags=re.IGNORECASE)


def open_archive(data: bytes, where: str, budget: Budget) -> zipfile.ZipFile:
    """Return the archive.

    No entry gives more bytes than it declares, so checking what is declared bounds what is unpacked.
    Raises SourceError for a damaged archive, too many entries, and for one that unpacks to too much.
    """
    records = data.count(_ENTRY)  # with those of archives in it: zipfile would make an object of each
    if records > MAX_ALL_ENTRIES:
        raise SourceError("too large: a zip file", where=where, why=f"{records:,} parts")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except DAMAGES as error:
        raise damaged("zip file", where, error) from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        why = f"{len(entries):,} parts, {unpacked:,} bytes unpacked"
        raise SourceError("too large: a zip file", where=where, why=why)
    budget.enter(len(entries))
    for entry in entries:
        ratio = entry.file_size // max(entry.compress_size, 1)
        if entry.file_size > RATIO_FREE_BYTES and ratio > MAX_RATIO:
            why = f"{entry.filename[:60]} unpacks to {ratio:,} times its size"
            raise SourceError("packed as no report is: a zip file", where=where, why=why)
    if is_overpacked(unpacked, len(data)):
        why = f"its parts unpack to {unpacked // len(data):,} times its size"
        raise SourceError("packed as no report is: a zip file", where=where, why=why)
    return archive


def read_part(
    archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, where: str, what: str, budget: Budget
) -> bytes:
    """Return the bytes of an entry; raises SourceError where it cannot be unpacked or is too large."""
    try:
        entry = archive.getinfo(name) if isinstance(name, str) else name
        _refuse_locked(entry, where, what)
        if entry.file_size > MAX_BYTES:
            raise SourceError("too large", where=where, why=f"more than {MAX_BYTES // MIB} MiB")
        budget.unpack(entry.file_size)
        return archive.read(entry)
    except DAMAGES as error:
        raise damaged(what, where, error) from error


def parse_xml(data: bytes, where: str, what: str) -> Any:
    """Return the root element of XML; no document type, no entities, nothing fetched.

    Raises SourceError for XML that does not parse, declares a document type or is of too many elements.
    """
    from lxml import etree

    _refuse_crowded(_markup(data), where, what)

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root: Any = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if _DOCTYPE.search(data.replace(b"\0", b"")):  # its entities may be what the parser gave up on
            raise _doctype(what, where) from error
        raise damaged(what, where, error) from error
    if root.getroottree().docinfo.doctype:
        raise _doctype(what, where)
    return root


def refuse_traps(archive: zipfile.ZipFile, where: str, what: str, budget: Budget) -> None:
    """Raise SourceError where a part of a workbook is none to hand to a parser that is not ours.

    That is one that declares a document type, which none does, or one with too many elements to hold at a
    time. Parts are gone through in pieces.
    """
    for entry in archive.infolist():
        _refuse_locked(entry, where, what)
        try:
            with archive.open(entry) as part:
                head = part.read(_HEAD_BYTES)
                if not head.lstrip(_BEFORE_XML).startswith(b"<"):
                    continue
                budget.unpack(entry.file_size)
                markup, in_rows = _crowding(chain([head], iter(lambda: part.read(MIB), b"")))
        except DAMAGES as error:
            raise damaged(what, where, error) from error
        if _DOCTYPE.search(head.replace(b"\0", b"")):
            raise _doctype(what, where)
        _refuse_crowded(markup, where, what, in_rows=in_rows)


def _crowding(pieces: Iterable[bytes]) -> tuple[int, bool]:
    """Return how much markup a part holds at a time, and whether that is a row: of a sheet, one row is held.

    What stands between the beginnings of rows is one; where that cannot be told (in comments, in UTF-16), the
    part counts as a single row.
    """
    longest = run = total = rows = 0
    plain = True
    for piece in pieces:
        plain = plain and b"<!" not in piece and b"\0" not in piece
        for number, stretch in enumerate(_ROW.split(piece)):
            markup = _markup(stretch)
            run = markup if number else run + markup
            rows += number > 0
            total += markup
            longest = max(longest, run)
    return (longest, rows > 0) if plain else (total, True)


def _markup(data: bytes) -> int:
    """Return how many tags and attributes bytes of XML have, at least: a tree of them takes that memory."""
    return data.count(b"<") + data.count(b"=")


def _refuse_crowded(markup: int, where: str, what: str, *, in_rows: bool = False) -> None:
    if markup > (MAX_ROW_MARKUP if in_rows else MAX_MARKUP):
        why = f"{markup:,} tags and attributes in one {'row' if in_rows else 'part'}"
        raise SourceError(f"too large: {_an(what)}", where=where, why=why)


def _refuse_locked(entry: zipfile.ZipInfo, where: str, what: str) -> None:
    """Raise SourceError for an entry that needs a password."""
    if entry.flag_bits & _LOCKED:
        remedy = "Unpack it with its password, and give what is in it."
        raise SourceError(f"{_an(what)} with a password", where=where, remedy=remedy)


def damaged(what: str, where: str, error: BaseException) -> SourceError:
    """Return the error for a file of a format that is broken inside."""
    why = " ".join(str(error).split())[:120] or type(error).__name__
    remedy = "Fetch it again, or open it in its program and save it once more."
    return SourceError(f"a damaged {what}", where=where, why=why, remedy=remedy)


def _doctype(what: str, where: str) -> SourceError:
    why = "declares a document type, which can hold traps"
    return SourceError(f"{_an(what)} that is not read", where=where, why=why)


def _an(what: str) -> str:
    return f"an {what}" if what[0].upper() in "AEIOU" else f"a {what}"
