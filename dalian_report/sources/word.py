"""Word files: paragraphs with their automatic numbers, table rows, notes and text boxes in document order."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

from dalian_report.errors import SourceError
from dalian_report.model import Mark, Source
from dalian_report.sources.archive import damaged, parse_xml, read_part
from dalian_report.sources.limits import Budget
from dalian_report.sources.numbering import WORD, Numbering
from dalian_report.sources.places import source_name
from dalian_report.sources.source import MAX_CELL_CHARS, Found, new_source, told_left_out

_WHAT = "Word file"
_MAX_DEPTH = 200
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HIDDEN = {WORD + "del", WORD + "moveFrom", WORD + "instrText", WORD + "delText", _FALLBACK}
_SIGNS = {WORD + "tab": "\t", WORD + "br": "\n", WORD + "cr": "\n", WORD + "noBreakHyphen": "-"}
# What a run of letters can be that is no text of the document, and how it is told; the sign may say `false`.
_UNSEEN = {WORD + "vanish": "hidden", WORD + "strike": "struck", WORD + "dstrike": "struck"}
_UNSET = ("0", "false", "off")
_NOTES = {WORD + "footnoteReference": "footnotes", WORD + "endnoteReference": "endnotes"}

Notes = dict[tuple[str, str], list[str]]
LeftOut = dict[str, int]  # characters, by why


class Block(NamedTuple):
    """A paragraph or table row, and where it stands: `paragraph 14`, `table 2, row 3`."""

    text: str
    place: str


def read_word(archive: zipfile.ZipFile, path: str, budget: Budget) -> Source:
    """Return the text of a Word file, its paragraphs joined by newlines.

    A number that Word counts (一、 二、) stands before its paragraph. The cells of a table row are joined by
    tabs, unless the table lays out the page. Text boxes and notes follow the paragraph that holds or cites
    them. Deleted text (tracked changes, what is struck through), hidden text and headers and footers of pages
    are left out. Marks count the paragraphs of the document.
    Raises SourceError for a damaged file, or one that unpacks to too much.
    """
    name = source_name(path)
    file = _File(archive, name, budget)
    main, parts = file.find_parts()
    root = file.part(main)
    body = root.find(WORD + "body")
    if body is None:
        raise damaged(_WHAT, name, KeyError("no body"))
    left_out: LeftOut = {}
    reader = _Reader(
        {
            (kind, note.get(WORD + "id")): [text for text in _plain_blocks(note, left_out) if text.strip()]
            for kind in _NOTES.values()
            if kind in parts
            for note in file.part(parts[kind])
            if note.get(WORD + "type") in (None, "normal")
        },
        Numbering(*(file.part(parts[kind]) if kind in parts else None for kind in _COUNTED)),
        name,
        left_out,
    )
    texts: list[str] = []
    marks: list[Mark] = []
    length = 0
    for block in reader.blocks(body):
        marks.append(Mark(length, block.place))
        texts.append(block.text)
        length += len(block.text) + 1
    found = Found(
        marks=marks, dropped=[told_left_out(why, count) for why, count in left_out.items() if count]
    )
    return new_source("\n".join(texts), path, "docx", decoded=("docx", _WHAT), found=found)


_COUNTED = ("numbering", "styles")


class _File(NamedTuple):
    """The parts of a Word file."""

    archive: zipfile.ZipFile
    name: str
    budget: Budget

    def find_parts(self) -> tuple[str, dict[str, str]]:
        """Return the main part and those related to it by kind (`footnotes`, `numbering`)."""
        names = set(self.archive.namelist())
        roots = self._relations("_rels/.rels", "") if "_rels/.rels" in names else {}
        main = roots.get("officeDocument", "word/document.xml")
        if main not in names:
            raise damaged(_WHAT, self.name, KeyError(f"no part {main}"))
        folder, file = posixpath.split(main)
        place = f"{folder}/_rels/{file}.rels"
        parts = self._relations(place, folder) if place in names else {}
        return main, {kind: part for kind, part in parts.items() if part in names}

    def _relations(self, part: str, folder: str) -> dict[str, str]:
        """Return the parts that a part of relations names, by the last word of their kind."""
        found = {}
        for relation in self.part(part).iter(_RELATIONS):
            if relation.get("TargetMode") != "External":
                kind = (relation.get("Type") or "").rpartition("/")[2]
                target = relation.get("Target") or ""
                whole = target[1:] if target.startswith("/") else posixpath.join(folder, target)
                found[kind] = posixpath.normpath(whole)
        return found

    def part(self, part: str) -> Any:
        """Return the root element of a part."""
        data = read_part(self.archive, part, self.name, _WHAT, self.budget)
        return parse_xml(data.replace(_STRICT, WORD[1:-1].encode()), self.name, _WHAT)


def _plain_blocks(element: Any, left_out: LeftOut) -> Iterator[str]:
    """Yield the paragraphs of a note."""
    return (block.text for block in _Reader({}, Numbering(None, None), "", left_out).blocks(element))


class _Reader:
    """Walks one document; counts its paragraphs and tables on the way."""

    def __init__(self, notes: Notes, numbering: Numbering, name: str, left_out: LeftOut) -> None:
        self._notes = notes
        self._numbering = numbering
        self._name = name
        self._left_out = left_out
        self._paragraphs = 0
        self._tables = 0
        self._depth = 0

    def blocks(self, container: Any) -> Iterator[Block]:
        """Yield the paragraphs and table rows inside an element, in document order."""
        self._deeper()
        for child in container:
            if child.tag == WORD + "p":
                self._paragraphs += 1
                yield from self._paragraph(child, f"paragraph {self._paragraphs}")
            elif child.tag == WORD + "tbl":
                yield from self._rows(child)
            elif child.tag not in _HIDDEN and isinstance(child.tag, str):
                yield from self.blocks(child)
        self._depth -= 1

    def _rows(self, table: Any) -> Iterator[Block]:
        """Yield the rows of a table, cells joined by tabs; the paragraphs of a cell are joined by spaces.

        A row with a long cell of several paragraphs lays out a page: it gives its paragraphs instead.
        """
        self._tables += 1
        number = self._tables
        for count, row in enumerate(_below(table, WORD + "tr", WORD + "tbl"), start=1):
            cells = [
                [block for block in self.blocks(cell) if block.text.strip()]
                for cell in _below(row, WORD + "tc", WORD + "tr")
            ]
            if any(
                len(cell) > 1 and sum(len(block.text) for block in cell) > MAX_CELL_CHARS for cell in cells
            ):
                yield from chain.from_iterable(cells)
            else:
                joined = (" ".join(block.text for block in cell) for cell in cells)
                yield Block("\t".join(joined), f"table {number}, row {count}")

    def _paragraph(self, paragraph: Any, place: str) -> Iterator[Block]:
        """Yield a paragraph, then its text boxes and notes."""
        text: list[str] = []
        after: list[Block] = []
        self._collect(paragraph, place, text, after)
        joined = "".join(text)
        yield Block(self._numbering.label(paragraph) + joined if joined.strip() else joined, place)
        yield from after

    def _collect(self, element: Any, place: str, text: list[str], after: list[Block]) -> None:
        """Gather the text below an element, and what is to follow its paragraph."""
        self._deeper()
        for child in element:
            tag = child.tag
            if tag == WORD + "t":
                text.append(child.text or "")
            elif tag in _SIGNS:
                text.append(_SIGNS[tag])
            elif tag in _NOTES:
                notes = self._notes.get((_NOTES[tag], child.get(WORD + "id")), ())
                after.extend(Block(note, f"{place}, note") for note in notes)
            elif tag == WORD + "txbxContent":
                after.extend(Block(block.text, f"{place}, text box") for block in self.blocks(child))
            elif tag == WORD + "r" and (why := _why_unseen(child)):
                count = sum(len(part.text or "") for part in child.iter(WORD + "t"))
                self._left_out[why] = self._left_out.get(why, 0) + count
            elif isinstance(tag, str) and tag not in _HIDDEN:
                self._collect(child, place, text, after)
        self._depth -= 1

    def _deeper(self) -> None:
        """Count a level; raises SourceError for elements nested as no document's are."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise SourceError(f"a damaged {_WHAT}", where=self._name, why="elements nested too deep")


def _why_unseen(run: Any) -> str:
    """Return why a run is no text of the document, "" for one that is."""
    properties = run.find(WORD + "rPr")
    for sign in () if properties is None else properties:
        if sign.tag in _UNSEEN and sign.get(WORD + "val") not in _UNSET:
            return _UNSEEN[sign.tag]
    return ""


def _below(element: Any, tag: str, owner: str) -> Iterator[Any]:
    """Yield the elements of a tag whose nearest `owner` is the element: not those of a table inside it."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != owner:
            yield from _below(child, tag, owner)
