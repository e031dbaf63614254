"""OFD documents (GB/T 33190): the text objects of each page, laid out as those of a PDF are."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from dalian_report.errors import SourceError, counted
from dalian_report.model import Source
from dalian_report.sources.archive import damaged, parse_xml, read_part
from dalian_report.sources.limits import MAX_MARKUP, MAX_PAGES, Budget
from dalian_report.sources.pages import Page, Run, lay_out
from dalian_report.sources.places import source_name
from dalian_report.sources.source import Found, new_source

_WHAT = "OFD document"
_POINTS = 72 / 25.4  # OFD counts millimetres
_A4 = (210.0, 297.0)


def read_ofd(archive: zipfile.ZipFile, path: str, budget: Budget) -> Source:
    """Return the text of an OFD document in reading order; marks say page and line.

    Raises SourceError for a damaged document, one past the limits, and one without text (pictures only).
    """
    name = source_name(path)
    try:
        pages = list(_pages(archive, name, budget))
    except (ValueError, ArithmeticError) as error:
        raise damaged(_WHAT, name, error) from error
    if not any(page.runs for page in pages):
        why = counted(len(pages), "page")
        raise SourceError(
            "an OFD document without text, as from a scanner",
            where=name,
            why=why,
            remedy="Recognise its text (OCR) and give that as .txt.",
        )
    text, marks, dropped = lay_out(pages)
    empty = sum(not page.runs for page in pages)
    lacks = [f"{empty} of {counted(len(pages), 'page')} without text"] if empty else []
    found = Found(marks=marks, dropped=dropped, lacks=lacks)
    return new_source(text, path, "ofd", decoded=("ofd", _WHAT), found=found)


def _pages(archive: zipfile.ZipFile, name: str, budget: Budget) -> Iterator[Page]:
    """Yield the pages of every document in the file, in their order."""

    def read(part: str) -> Any:
        return _part(archive, part, name, budget)

    count = pieces = 0
    for root in _texts(read("OFD.xml"), "DocRoot"):
        main = _resolve("", root)
        document = read(main)
        size = _box(next(_texts(document, "PhysicalBox"), ""))
        templates = {
            one.get("ID"): _resolve(posixpath.dirname(main), one.get("BaseLoc") or "")
            for one in _elements(document, "TemplatePage")
        }
        for page in _elements(document, "Page"):
            count += 1
            if count > MAX_PAGES:
                raise SourceError(f"too long an {_WHAT}", where=name, why=f"more than {MAX_PAGES:,} pages")
            content = read(_resolve(posixpath.dirname(main), page.get("BaseLoc") or ""))
            own = _box(next(_texts(content, "PhysicalBox"), "")) or size or (0.0, 0.0, *_A4)
            used = [templates.get(one.get("TemplateID")) for one in _elements(content, "Template")]
            parts = [content, *(read(part) for part in used if part)]
            runs = [run for part in parts for text in _elements(part, "TextObject") for run in _runs(text)]
            pieces += len(runs)
            if pieces > MAX_MARKUP:
                why = f"more than {MAX_MARKUP:,} pieces of text"
                raise SourceError(f"too large: an {_WHAT}", where=name, why=why)
            yield Page(own[2] * _POINTS, own[3] * _POINTS, tuple(runs))


def _runs(element: Any) -> Iterator[Run]:
    """Yield the runs of a text object: one for each piece of text, at its place in the object's box."""
    box = _box(element.get("Boundary") or "")
    if box is None:
        return
    size = _floats(element.get("Size") or "")[:1] or [box[3]]
    matrix = _floats(element.get("CTM") or "")
    for code in _elements(element, "TextCode"):
        text = code.text or ""
        x = (_floats(code.get("X") or "") or [0.0])[0]
        y = (_floats(code.get("Y") or "") or size)[0]
        width = sum(_deltas(code.get("DeltaX") or "", len(text) - 1, size[0])) + size[0]
        height = size[0]
        if len(matrix) == 6:
            x, y = matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]
            width, height = abs(matrix[0]) * width, abs(matrix[3]) * height
        left, base = box[0] + x, box[1] + y
        edges = (left, base - 0.86 * height, left + width, base + 0.14 * height)
        yield Run(text, *(place * _POINTS for place in edges))


def _deltas(text: str, count: int, size: float) -> list[float]:
    """Return the steps between characters; `g 3 4.2` stands for three steps of 4.2."""
    steps: list[float] = []
    words = iter(text.split())
    for word in words:
        if word == "g":
            times, step = next(words, "0"), next(words, "0")
            steps += [float(step)] * min(int(float(times)), max(count, 0))
        else:
            steps.append(float(word))
    return (steps + [steps[-1] if steps else size] * max(count - len(steps), 0))[: max(count, 0)]


def _part(archive: zipfile.ZipFile, part: str, name: str, budget: Budget) -> Any:
    if part not in archive.NameToInfo:
        raise damaged(_WHAT, name, KeyError(f"no part {part}"))
    return parse_xml(read_part(archive, part, name, _WHAT, budget), name, _WHAT)


def _resolve(folder: str, target: str) -> str:
    target = target.strip()
    return posixpath.normpath(target[1:] if target.startswith("/") else posixpath.join(folder, target))


def _elements(root: Any, tag: str) -> Iterator[Any]:
    """Yield the elements of a tag below a root, in any namespace."""
    yield from root.iter(f"{{*}}{tag}")


def _texts(root: Any, tag: str) -> Iterator[str]:
    return ((one.text or "").strip() for one in _elements(root, tag))


def _box(text: str) -> tuple[float, float, float, float] | None:
    numbers = _floats(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) >= 4 else None


def _floats(text: str) -> list[float]:
    try:
        return [float(word) for word in text.split()]
    except ValueError:
        return []
