"""Where a figure stands in the original: page and line, paragraph, row of a table, line of a text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from dalian_report.model import Source, Span

WRAPPED = "wrapped-lines"  # the code of a repair that takes a line break out


class Locator:
    """Tells of many positions in the text of one source where they stand."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._starts = [mark.start for mark in source.marks]
        self._breaks = [match.start() for match in re.finditer("\n", source.text)]
        if source.repairs:
            made = {place for repair in source.repairs for place in range(repair.start, repair.end)}
            wraps = [repair.start - 1 for repair in source.repairs if repair.code == WRAPPED]
            # Those that a repair made are none, and those that one took out count where they were.
            self._breaks = sorted([*(place for place in self._breaks if place not in made), *wraps])

    def where(self, position: int) -> str:
        """Return the place in the original of a position in the text: `page 3, line 12`, `row 2, line 31`.

        >>> from dalian_report.sources import make_source
        >>> Locator(make_source("一\\r\\n二")).where(3)
        'line 2'
        """
        index = bisect_right(self._starts, position) - 1
        original = _original(self._source, position)
        if index < 0:
            return f"line {self._line(0, position)}{original}"
        mark = self._source.marks[index]
        if not mark.counts_lines:
            return mark.place + original
        return f"{mark.place}, line {self._line(mark.start, position)}{original}"

    def _line(self, start: int, position: int) -> int:
        """Return the number of a position's line from `start` on."""
        return bisect_left(self._breaks, position) - bisect_left(self._breaks, start) + 1


def where(source: Source, position: int) -> str:
    """Return the place in the original of one position in the text."""
    return Locator(source).where(position)


def _original(source: Source, position: int) -> str:
    """Return the position in the file's own text where the text was repaired."""
    return f", character {original_span(source, position, position).start}" if source.repairs else ""


def original_span(source: Source, start: int, end: int) -> Span:
    """Return the span of the file's own text that a span of a repaired text comes from.

    A span that begins or ends inside a repair takes in all that the repair replaced. Without repairs the
    span is its own.
    """
    return Span(_original_at(source, start, end=False), _original_at(source, end, end=end > start))


def _original_at(source: Source, position: int, *, end: bool) -> int:
    """Return where a position of the repaired text lies in the file's own; `end`: as the end of a span."""
    repairs = source.repairs
    index = bisect_right(repairs, position - end, key=lambda repair: repair.start) - 1
    if index < 0:
        return position
    repair = repairs[index]
    if position - end < repair.end:
        return repair.original_end if end else repair.original_start
    return repair.original_end + position - repair.end
