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
_TOUCH_EM = 0.6  # a gap at the gutter that is smaller is none
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*第?\s*[0-9０-９]{1,4}\s*页?(?:\s*[/／共]\s*第?共?\s*[0-9０-９]{1,4}\s*页?)?[-—–·\s]*"
)
_DIGITS = re.compile(r"[0-9０-９]+")
_INDENT_EM = 1.2
_SPACED = 1.25  # times the distance of lines: where paragraphs are set off by space
_FAR = 1.8  # where they are not
_SHORT_EM = 1.5
_VERY_SHORT_EM = 4.5
_HALF = 0.45
_RAGGED = 0.1
_CLOSED = tuple("。！？：；”）")
_ENDED = tuple("。！？")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|[（(][一二三四五六七八九十]{1,3}[）)]"
)
_BROKEN_NUMBER = re.compile(r"[0-9.][0-9.%％]")  # the characters on both sides of a break


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


class _Gutter(NamedTuple):
    """Where two columns of prose meet, and where the left one begins and the right one ends."""

    left: float
    place: float
    right: float


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
    lines: list[Line] = []
    rows = [list(_rows(page)) for page in pages]
    repeated = _repeated(rows, pages)
    numbers = heads = 0
    gutter: _Gutter | None = None
    for number, (page, page_rows) in enumerate(zip(pages, rows, strict=True), start=1):
        body: list[tuple[int, list[Run]]] = []
        for count, row in enumerate(page_rows, start=1):
            margin = _is_margin(row, page)
            text = _joined(row).strip()
            if margin and _PAGE_NUMBER.fullmatch(text):
                numbers += 1
            elif margin and _DIGITS.sub("#", text) in repeated:
                heads += 1
            else:
                body.append((count, row))
        segments = [_segments(row) for _, row in body]
        own = _find_gutter(segments) or (_kept_gutter(segments, gutter) if gutter else None)
        gutter = own or gutter
        lines += _columns(body, number, own.place if own else None)
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


def _columns(rows: Sequence[tuple[int, list[Run]]], page: int, gutter: float | None) -> Iterator[Line]:
    """Yield the lines of a page in reading order: full lines as they come, columns one after the other."""
    left: list[Line] = []
    right: list[Line] = []
    for count, row in rows:
        if gutter is None or _crosses(row, gutter):
            yield from (*left, *right)
            left, right = [], []
            yield _line(row, page, count, 0)
            continue
        for side, column in ((left, 1), (right, 2)):
            runs = [run for run in row if (_center(run) > gutter) == (column == 2)]
            if runs:
                side.append(_line(runs, page, count, column))
    yield from (*left, *right)


def _center(run: Run) -> float:
    return (run.left + run.right) / 2


def _crosses(row: Sequence[Run], gutter: float) -> bool:
    """Tell whether a line goes on over the gutter: in one run, or in two that nearly touch."""
    before = [run.right for run in row if _center(run) <= gutter]
    after = [run.left for run in row if _center(run) > gutter]
    if any(run.left < gutter - _height(run) and run.right > gutter + _height(run) for run in row):
        return True
    return bool(before and after) and min(after) - max(before) < _TOUCH_EM * _height(row[0])


def _segments(row: Sequence[Run]) -> list[list[Run]]:
    """Return the runs of a line, apart where a gap may be that of two columns."""
    segments = [[row[0]]]
    for run in row[1:]:
        if run.left - segments[-1][-1].right > _TOUCH_EM * _height(run):
            segments.append([run])
        else:
            segments[-1].append(run)
    return segments


def _find_gutter(rows: Sequence[Sequence[Sequence[Run]]]) -> _Gutter | None:
    """Return where two columns of prose meet; None for one column, also for a table."""
    segments = [segment for row in rows for segment in row]
    if len(segments) < 2 * _GUTTER_LINES:
        return None
    low, high = min(s[0].left for s in segments), max(s[-1].right for s in segments)
    places = [low + (high - low) * (0.35 + 0.01 * step) for step in range(31)]
    crossed = [sum(s[0].left < place < s[-1].right for s in segments) for place in places]
    least = min(crossed)
    if least > 0.3 * len(segments):
        return None
    free = [place for place, count in zip(places, crossed, strict=True) if count == least]
    gutter = free[len(free) // 2]
    sides = [s for s in segments if s[-1].right <= gutter], [s for s in segments if s[0].left >= gutter]
    for side, width in zip(sides, (gutter - low, high - gutter), strict=True):
        if len(side) < _GUTTER_LINES or median(s[-1].right - s[0].left for s in side) < 0.7 * width:
            return None
    return _Gutter(low, gutter, high)


def _kept_gutter(rows: Sequence[Sequence[Sequence[Run]]], gutter: _Gutter) -> _Gutter | None:
    """Return the gutter of a page before for one with too few lines to show its own, as the last one has."""
    segments = [segment for row in rows for segment in row]
    left = [s for s in segments if s[-1].right <= gutter.place]
    right = [s for s in segments if s[0].left >= gutter.place]
    if len(left) + len(right) < 0.7 * len(segments) or min(len(left), len(right)) >= _GUTTER_LINES:
        return None
    for side, width in ((left, gutter.place - gutter.left), (right, gutter.right - gutter.place)):
        if side and max(s[-1].right - s[0].left for s in side) < 0.7 * width:
            return None
    return gutter


def _line(runs: Sequence[Run], page: int, number: int, column: int) -> Line:
    top, bottom = median(run.top for run in runs), median(run.bottom for run in runs)
    left = runs[0].left + _typed_indent(runs[0])
    return Line(_joined(runs).strip(), left, runs[-1].right, top, bottom, page, number, column)


def _typed_indent(run: Run) -> float:
    """Return how far the spaces that a run begins with reach."""
    widths = [0.5 if char < "\u2000" else 1.0 for char in run.text]
    spaces = len(run.text) - len(run.text.lstrip())
    return (run.right - run.left) * sum(widths[:spaces]) / sum(widths)


class _Column(NamedTuple):
    """Where the lines of a column begin and end, how far apart they are, how paragraphs are set off.

    Ragged is one where many lines end early within a paragraph, as one wrapped by a count of characters.
    """

    left: float
    right: float
    pitch: float
    indents: bool
    spaced: bool
    ragged: bool


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
        pitch = median(gaps) if gaps else em
        wide = sum(gap > _SPACED * pitch for gap in gaps)
        few = max(2, 0.05 * len(own))
        early = sum(
            right - line.right > _SHORT_EM * em and not line.text.endswith(_CLOSED)
            for line, after in pairwise(own)
            if after.left - left <= _INDENT_EM * em
        )
        ragged = early >= max(2, _RAGGED * len(own))
        found[column] = _Column(left, right, pitch, indented >= few, wide >= few, ragged)
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
    if last.text.endswith(_ENDED) and _HEADING.match(line.text):
        return True
    same_place = line.page == last.page and line.column == last.column
    spaced = own.spaced and not own.indents
    if same_place and line.top - last.top > (_SPACED if spaced else _FAR) * own.pitch:
        return True
    short = before.right - last.right
    if spaced and same_place:
        return False
    broken = _BROKEN_NUMBER.fullmatch(last.text[-1:] + line.text[:1])
    if not own.indents and not spaced and not broken:
        return short > _SHORT_EM * last.em
    # Where paragraphs are set off, a line may end early before a long number or word.
    closed = last.text.endswith(_CLOSED) and not before.ragged and short > _VERY_SHORT_EM * last.em
    return closed or short > _HALF * (before.right - before.left)


def _joint(before: str, after: str) -> str:
    """Return what joins two lines of a paragraph: a space between Latin words, else nothing."""
    letters = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return " " if letters else ""
