"""The frame of a report on its page: where it stands, what is cut around it, its further copies."""

from collections.abc import Sequence
from typing import NamedTuple

from dalian_report.document.copies import find_copies
from dalian_report.document.furniture import (
    find_front,
    find_opening,
    find_stop,
    first_after_furniture,
    is_information,
    skip_notice,
)
from dalian_report.document.layout import Line
from dalian_report.model import Cut, Span


class Frame(NamedTuple):
    """The lines of the report itself: `front` (its title) up to `stop`; the speech begins at `opening`.

    Between the two stand lines of the page, those numbered in `between`.
    """

    front: int
    opening: int
    stop: int
    duplicates: tuple[Span, ...]
    cuts: tuple[Cut, ...]
    between: frozenset[int]


def find_frame(folded: str, lines: Sequence[Line]) -> Frame:
    """Return where the report stands on its page, with the cuts around it and its further copies."""
    opening, greeted = find_opening(folded, lines)
    front = find_front(folded, lines, opening) if greeted else first_after_furniture(folded, lines, opening)
    front = skip_notice(folded, lines, front, opening)
    copies = find_copies(folded, lines, opening)
    limit = copies[0][0] if copies else len(lines)
    stop = find_stop(folded, lines, opening, limit)
    duplicates = tuple(Span(lines[first].start, lines[last].end) for first, last in copies)
    between = frozenset(i for i in range(front, opening) if is_information(folded, lines[i]))
    cuts = [
        *_cuts_between(folded, lines, [(front, stop - 1), *copies]),
        *(Cut(lines[i].start, lines[i].end, "below title") for i in between),
    ]
    cuts.sort(key=lambda cut: cut.start)
    return Frame(front, opening, stop, duplicates, tuple(cuts), between)


def _cuts_between(folded: str, lines: Sequence[Line], kept: Sequence[tuple[int, int]]) -> tuple[Cut, ...]:
    """Return the stretches around what is `kept`: the report and its copies, by first and last line."""
    reasons = ("before title", "after end", *["after copy"] * len(kept))
    gaps = zip((-1, *(last for _, last in kept)), (*(first for first, _ in kept), len(lines)), strict=True)
    return tuple(
        Cut(lines[last + 1].start, lines[first - 1].end, reason)
        for (last, first), reason in zip(gaps, reasons, strict=False)
        if first > last + 1
    )
