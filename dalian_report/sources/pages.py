"""Pages to text: runs of characters to lines, columns and paragraphs; what pages repeat is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from dalian_report.model import Mark

_MARGIN = 0.12  # of a page's height: where headers and footers stand
_REPEATS = 0.4  # of the pages: what stands in the margin of so many is no text
_GAP_EM = 1.6  # between two runs of one line: wider sets off a column or a cell
_GUTTER_LINES = 8
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*第?\s*[0-9０-９]{1,4}\s*页?(?:\s*[/／共]\s*第?共?\s*[0-9０-９]{1,4}\s*页?)?[-—–·\s]*"
)
_DIGITS = re.compile(r"[0-9０-９]+")
_INDENT_EM = 1.2
_SHORT_EM = 1.5
_VERY_SHORT_EM = 4.5
_HALF = 0.45
_CLOSED = tuple("。！？：；”）")


class Run(NamedTuple):
    """Characters that stand next to each other, in points from the top left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Page(NamedTuple):
    """A page: its size in points and its runs in any order."""

    width: float
    height: float
    runs: tuple[Run, ...]


class Line(NamedTuple):
    """A line of a page: in which column (a number that is the same on all pages), its number from the top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: int
    number: int
    column: int

    @property
    def em(self) -> float:
        """Return the height of the line, which is about the width of a Chinese character."""
        return max(self.bottom - self.top, 1.0)


def lay_out(pages: Sequence[Page]) -> tuple[str, list[Mark], list[str]]:
    """Return the text of pages in reading order, marks with page and line, and what was left out."""
    kept: list[list[Line]] = []
    repeated = _repeated([list(_rows(page)) for page in pages], pages)
    numbers = heads = 0
    for number, page in enumerate(pages, start=1):
        body: list[tuple[int, list[Run]]] = []
        for count, row in enumerate(_rows(page), start=1):
            margin = _is_margin(row, page)
            text = _joined(row).strip()
            if margin and _PAGE_NUMBER.fullmatch(text):
                numbers += 1
            elif margin and _DIGITS.sub("#", text) in repeated:
                heads += 1
            else:
                body.append((count, row))
        kept.append(list(_columns(body, number)))
    lines = [line for page_lines in kept for line in page_lines]
    text, marks = _paragraphs(lines)
    dropped = [f"{numbers} page numbers"] if numbers else []
    if heads:
        dropped.append(f"{heads} headers and footers of pages")
    return text, marks, dropped


def _rows(page: Page) -> Iterator[list[Run]]:
    """Yield the runs of each line of a page from top to bottom, left to right."""
    row: list[Run] = []
    for run in sorted((run for run in page.runs if run.text.strip()), key=lambda run: run.top + run.bottom):
        if row and abs(_middle(run) - _middle(row[0])) > 0.45 * min(_height(run), _height(row[0])):
            yield sorted(row, key=lambda one: one.left)
            row = []
        row.append(run)
    if row:
        yield sorted(row, key=lambda one: one.left)


def _middle(run: Run) -> float:
    return (run.top + run.bottom) / 2


def _height(run: Run) -> float:
    return max(run.bottom - run.top, 1.0)


def _is_margin(row: Sequence[Run], page: Page) -> bool:
    middle = _middle(row[0])
    return middle < _MARGIN * page.height or middle > (1 - _MARGIN) * page.height


def _repeated(rows: Sequence[Sequence[Sequence[Run]]], pages: Sequence[Page]) -> set[str]:
    """Return the texts, digits apart, that stand in the margins of many pages."""
    counts: Counter[str] = Counter()
    for page, own in zip(pages, rows, strict=True):
        counts.update({_DIGITS.sub("#", _joined(row).strip()) for row in own if _is_margin(row, page)})
    least = max(2, round(_REPEATS * len(pages)))
    return {text for text, count in counts.items() if count >= least}


def _joined(runs: Sequence[Run]) -> str:
    """Return the text of runs side by side: a space between Latin words, a tab where a gap is wide."""
    text = ""
    last: Run | None = None
    for run in runs:
        if last is not None:
            gap = run.left - last.right
            if gap > _GAP_EM * _height(run):
                text = text.rstrip() + "\t"
            elif gap > 0.15 * _height(run) and _is_latin(text[-1:]) and _is_latin(run.text[:1]):
                text += " "
        text += run.text.lstrip() if text.endswith("\t") else run.text
        last = run
    return text


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _columns(rows: Sequence[tuple[int, list[Run]]], page: int) -> Iterator[Line]:
    """Yield the lines of a page in reading order: full lines as they come, columns one after the other."""
    pieces = [(count, _segments(row)) for count, row in rows]
    gutter = _find_gutter([segments for _, segments in pieces])
    if gutter is None:
        for count, row in rows:
            yield _line(row, page, count, 0)
        return
    left: list[Line] = []
    right: list[Line] = []
    for count, segments in pieces:
        if any(segment[0].left < gutter < segment[-1].right for segment in segments):
            yield from (*left, *right)
            left, right = [], []
            yield _line([run for segment in segments for run in segment], page, count, 0)
            continue
        for segment in segments:
            side, column = (left, 1) if segment[-1].right <= gutter else (right, 2)
            side.append(_line(segment, page, count, column))
    yield from (*left, *right)


def _segments(row: Sequence[Run]) -> list[list[Run]]:
    """Return the runs of a line, apart where a gap is wide."""
    segments = [[row[0]]]
    for run in row[1:]:
        if run.left - segments[-1][-1].right > _GAP_EM * _height(run):
            segments.append([run])
        else:
            segments[-1].append(run)
    return segments


def _find_gutter(rows: Sequence[Sequence[Sequence[Run]]]) -> float | None:
    """Return where two columns of prose meet; None for one column, also for a table."""
    segments = [segment for row in rows for segment in row]
    if len(segments) < 2 * _GUTTER_LINES:
        return None
    low, high = min(s[0].left for s in segments), max(s[-1].right for s in segments)
    best: tuple[int, float] | None = None
    for step in range(31):
        place = low + (high - low) * (0.35 + 0.01 * step)
        crossed = sum(s[0].left < place < s[-1].right for s in segments)
        if best is None or crossed < best[0]:
            best = (crossed, place)
    if best is None or best[0] > 0.3 * len(segments):
        return None
    gutter = best[1]
    sides = [s for s in segments if s[-1].right <= gutter], [s for s in segments if s[0].left >= gutter]
    for side, width in zip(sides, (gutter - low, high - gutter), strict=True):
        if len(side) < _GUTTER_LINES or median(s[-1].right - s[0].left for s in side) < 0.7 * width:
            return None
    return gutter


def _line(runs: Sequence[Run], page: int, number: int, column: int) -> Line:
    top, bottom = median(run.top for run in runs), median(run.bottom for run in runs)
    return Line(_joined(runs).strip(), runs[0].left, runs[-1].right, top, bottom, page, number, column)


class _Column(NamedTuple):
    """Where the lines of a column begin and end, how far apart they are, whether paragraphs are indented."""

    left: float
    right: float
    pitch: float
    indents: bool


def _measure(lines: Sequence[Line]) -> dict[int, _Column]:
    """Return the edges of each column; the left one is that of most lines."""
    found = {}
    for column in sorted({line.column for line in lines}):
        own = [line for line in lines if line.column == column]
        starts = Counter(round(line.left) for line in own)
        common = max(starts.values())
        left = min(start for start, count in starts.items() if count >= max(2, 0.2 * common) or common == 1)
        right = sorted(line.right for line in own)[int(0.9 * (len(own) - 1))]
        em = median(line.em for line in own)
        gaps = [b.top - a.top for a, b in pairwise(own) if a.page == b.page and b.top > a.top]
        indented = sum(1.2 * em < line.left - left < 3.2 * em for line in own)
        found[column] = _Column(
            left, right, median(gaps) if gaps else em, indented >= max(2, 0.05 * len(own))
        )
    return found


def _paragraphs(lines: Sequence[Line]) -> tuple[str, list[Mark]]:
    """Return the text of lines, those of one paragraph joined, with a mark for each line."""
    columns = _measure(lines)
    pieces: list[str] = []
    marks: list[Mark] = []
    length = 0
    last: Line | None = None
    for line in lines:
        if last is not None:
            joint = "\n" if _begins(line, last, columns) else _joint(last.text, line.text)
            pieces.append(joint)
            length += len(joint)
        marks.append(Mark(length, f"page {line.page}, line {line.number}"))
        pieces.append(line.text)
        length += len(line.text)
        last = line
    return "".join(pieces), marks


def _begins(line: Line, last: Line, columns: dict[int, _Column]) -> bool:
    """Tell whether a line begins a paragraph, rather than going on with the line before."""
    own, before = columns[line.column], columns[last.column]
    if "\t" in line.text or "\t" in last.text or abs(line.em - last.em) > 0.2 * max(line.em, last.em):
        return True
    if line.left - own.left > _INDENT_EM * line.em:
        return True
    same_place = line.page == last.page and line.column == last.column
    if same_place and line.top - last.top > 1.8 * own.pitch:
        return True
    short = before.right - last.right
    if not own.indents:
        return short > _SHORT_EM * last.em
    # Where paragraphs are indented, a line may end early before a long number or word.
    closed = last.text.endswith(_CLOSED) and short > _VERY_SHORT_EM * last.em
    return closed or short > _HALF * (before.right - before.left)


def _joint(before: str, after: str) -> str:
    """Return what joins two lines of a paragraph: a space between Latin words, else nothing."""
    letters = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return " " if letters else ""
