"""Where a figure stands in the original: page and line, paragraph, row of a table, line of a text."""

from __future__ import annotations

from bisect import bisect_right

from dalian_report.model import Source, Span


def where(source: Source, position: int) -> str:
    """Return the place in the original of a position in the text: `page 3, line 12`, `row 2, line 31`.

    >>> from dalian_report.sources import make_source
    >>> where(make_source("一\\r\\n二"), 3)
    'line 2'
    """
    index = bisect_right(source.marks, position, key=lambda mark: mark.start) - 1
    if index < 0:
        return f"line {_line(source, 0, position)}{_original(source, position)}"
    mark = source.marks[index]
    if not mark.counts_lines:
        return mark.place + _original(source, position)
    return f"{mark.place}, line {_line(source, mark.start, position)}{_original(source, position)}"


def _line(source: Source, start: int, position: int) -> int:
    """Return the number of a position's line from `start` on; breaks that a repair made are none."""
    made = sum(
        source.text.count("\n", repair.start, repair.end)
        for repair in source.repairs
        if start <= repair.start < position
    )
    return source.text.count("\n", start, position) + 1 - made


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
