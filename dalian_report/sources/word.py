"""Word files: paragraphs, table rows, notes and text boxes in document order."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dalian_report.errors import SourceError

if TYPE_CHECKING:
    from docx.document import Document

MAX_ENTRIES = 5_000
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
# What zipfile, zlib and lxml raise for broken files: XML that does not parse is a SyntaxError, an entry with
# a password or of an unknown compression a RuntimeError.
_DAMAGES = (
    SyntaxError,
    RuntimeError,
    EOFError,
    KeyError,
    ValueError,
    AttributeError,
    TypeError,
    OSError,
    zipfile.BadZipFile,
    zlib.error,
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HIDDEN = {_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _FALLBACK}
_SIGNS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_NOTES = {_W + "footnoteReference": "footnotes", _W + "endnoteReference": "endnotes"}

Notes = dict[tuple[str, str], list[str]]


def read_word(data: bytes, *, path: str) -> str:
    """Return the text of a Word file, its paragraphs joined by newlines.

    The cells of a table row are joined by tabs. Text boxes and notes follow the paragraph that holds or
    cites them. Deleted text (tracked changes) and headers and footers of pages are left out.
    Raises SourceError for a damaged file, another zip archive, or one that unpacks to too much.
    """
    _check_archive(data, path)
    from docx import Document as open_document
    from docx.opc.exceptions import OpcError

    try:
        document = open_document(io.BytesIO(data))
        notes = _read_notes(document)
        return "\n".join(_blocks(document.element.body, notes))
    except (OpcError, *_DAMAGES) as error:
        raise _damaged(path, str(error)) from error


def _check_archive(data: bytes, path: str) -> None:
    """Raise SourceError unless the archive is a Word file of a sane size, before it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _damaged(path, str(error)) from error
    if not any(entry.filename.startswith("word/") for entry in entries):
        raise SourceError(
            "a zip archive, not a Word file", where=path, remedy="Unpack it and give the files."
        )
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        why = f"{len(entries):,} parts, {unpacked:,} bytes unpacked"
        raise SourceError("too large a Word file", where=path, why=why)


def _damaged(path: str, why: str) -> SourceError:
    remedy = "Open it in Word and save it again."
    return SourceError("a damaged Word file", where=path, why=" ".join(why.split())[:120], remedy=remedy)


def _blocks(container: Any, notes: Notes) -> Iterator[str]:
    """Yield the paragraphs and table rows inside an element, in document order."""
    for child in container:
        if child.tag == _W + "p":
            yield from _paragraph(child, notes)
        elif child.tag == _W + "tbl":
            yield from _rows(child, notes)
        elif child.tag not in _HIDDEN and isinstance(child.tag, str):
            yield from _blocks(child, notes)


def _rows(table: Any, notes: Notes) -> Iterator[str]:
    """Yield the rows of a table, cells joined by tabs; the paragraphs of a cell are joined by spaces."""
    for row in table.iter(_W + "tr"):
        if next(row.iterancestors(_W + "tbl")) is not table:
            continue
        cells = [cell for cell in row.iter(_W + "tc") if next(cell.iterancestors(_W + "tr")) is row]
        yield "\t".join(" ".join(part for part in _blocks(cell, notes) if part.strip()) for cell in cells)


def _paragraph(paragraph: Any, notes: Notes) -> Iterator[str]:
    """Yield the text of a paragraph, then that of its text boxes and notes."""
    text: list[str] = []
    after: list[str] = []
    _collect(paragraph, notes, text, after)
    yield "".join(text)
    yield from after


def _collect(element: Any, notes: Notes, text: list[str], after: list[str]) -> None:
    """Gather the text below an element, and what is to follow its paragraph."""
    for child in element:
        tag = child.tag
        if tag == _W + "t":
            text.append(child.text or "")
        elif tag in _SIGNS:
            text.append(_SIGNS[tag])
        elif tag in _NOTES:
            after.extend(notes.get((_NOTES[tag], child.get(_W + "id")), ()))
        elif tag == _W + "txbxContent":
            after.extend(_blocks(child, notes))
        elif isinstance(tag, str) and tag not in _HIDDEN:
            _collect(child, notes, text, after)


def _read_notes(document: Document) -> Notes:
    """Return the paragraphs of each footnote and endnote under its kind and id."""
    from docx.oxml import parse_xml

    notes: Notes = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind not in _NOTES.values() or relation.is_external:
            continue
        for note in parse_xml(relation.target_part.blob):
            if note.get(_W + "type") in (None, "normal"):
                texts = [text for text in _blocks(note, {}) if text.strip()]
                notes[kind, note.get(_W + "id")] = texts
    return notes
