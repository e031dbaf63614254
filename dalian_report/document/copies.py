"""Second copies: whether a page holds its report more than once."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from dalian_report.document.furniture import ends_report, find_front, find_stop, is_prose, is_salutation
from dalian_report.document.layout import Line

_PIECE: Final = re.compile(r"[^!?;:,\n]{10,}")  # over text with ! for 。
_MIN_COPY_SHARE: Final = 0.25
_MAX_DRIFT: Final = 1_000
_MAX_GAP_CHARS: Final = 2_000
_RECENT: Final = 8
_MIN_COPY_CHARS: Final = 300


class _Stretch:
    """Repeated clauses at one distance from where they first stood, and how many characters they have."""

    __slots__ = ("distance", "end", "origin", "size", "start")

    def __init__(self, start: int, end: int, distance: int) -> None:
        self.origin = start - distance
        self.start = start
        self.end = end
        self.distance = distance
        self.size = end - start


class _Copy(NamedTuple):
    """What may be a copy: its first and last line, and the clauses of it that stood before."""

    first: int
    last: int
    stretch: _Stretch


def find_copies(folded: str, lines: Sequence[Line], opening: int) -> list[tuple[int, int]]:
    """Return the first and last line of every further copy of the report.

    Clauses that stood before are matched to their first place. Those of a copy lie at about the same
    distance from it; a slogan said twice lies at a distance of its own and makes no copy.
    """
    begin = lines[opening].start
    clauses = folded.replace("。", "!")
    if not _repeats(clauses, begin):
        return []
    first: dict[str, int] = {}
    stretches: list[_Stretch] = []
    for match in _PIECE.finditer(clauses, begin):
        start, end = match.span()
        distance = start - first.setdefault(match[0], start)
        if distance:
            _take_up(stretches, start, end, distance)
    stretches.sort(key=lambda found: found.start)
    candidates = _place_copies(folded, lines, [found for found in stretches if found.size >= _MIN_COPY_CHARS])
    for i, candidate in enumerate(candidates):
        if candidate.stretch.size < _MIN_COPY_SHARE * (candidate.stretch.start - begin):
            continue
        share = _MIN_COPY_SHARE * (lines[candidate.first].start - begin)
        copies = _choose_copies(folded, lines, candidates[i:], share)
        if _is_rest_short(folded, lines, copies, share):
            return [(_copy_front(folded, lines, copy), copy.last) for copy in copies]
    return []


def _place_copies(folded: str, lines: Sequence[Line], stretches: Sequence[_Stretch]) -> list[_Copy]:
    """Return the lines of each stretch of repeated clauses, to the end of the report that it may be."""
    starts = [line.start for line in lines]
    found = []
    for stretch in stretches:
        here, there = (bisect_right(starts, place) - 1 for place in (stretch.start, stretch.origin))
        head = _first_equal(folded, lines, here, there)
        last = find_stop(folded, lines, head, bisect_right(starts, stretch.end)) - 1
        found.append(_Copy(head, last, stretch))
    return found


def _choose_copies(
    folded: str, lines: Sequence[Line], candidates: Sequence[_Copy], least: float
) -> list[_Copy]:
    """Return the first candidate and those of at least so many characters that come after each other."""
    copies = [candidates[0]]
    for copy in candidates[1:]:
        before = copies[-1]
        if copy.stretch.size < least or copy.first <= before.first:
            continue
        if copy.first > before.last:
            copies.append(copy)
        elif copy.stretch.start >= before.stretch.end:
            # The title stands before where the first copy is read from: as new text it went with this one.
            copies[-1] = before._replace(last=find_stop(folded, lines, before.first, copy.first) - 1)
            copies.append(copy)
    return copies


def _is_rest_short(folded: str, lines: Sequence[Line], copies: Sequence[_Copy], most: float) -> bool:
    """Tell whether little prose follows each copy: a report that repeats a passage and goes on is no copy."""
    nexts = [*(copy.first for copy in copies[1:]), len(lines)]
    return all(
        _prose_chars(folded, lines, copy.last + 1, after) <= most
        for copy, after in zip(copies, nexts, strict=True)
    )


def _first_equal(folded: str, lines: Sequence[Line], line: int, origin: int) -> int:
    """Return the first of the lines up to `line` that are the same as those up to `origin`."""
    while origin > 0 and line - 1 > origin:
        one, other = lines[line - 1], lines[origin - 1]
        if folded[one.start : one.end] != folded[other.start : other.end]:
            break
        line, origin = line - 1, origin - 1
    return line


def _take_up(stretches: list[_Stretch], start: int, end: int, distance: int) -> None:
    """Add a repeated clause to the stretch that lies nearest to its distance, or begin one."""
    nearest, place = None, 0
    for i in range(max(len(stretches) - _RECENT, 0), len(stretches)):
        stretch = stretches[i]
        drift = abs(stretch.distance - distance)
        onwards = start - distance >= stretch.end - stretch.distance  # a slogan goes back to one place
        onwards = onwards and start - stretch.end <= _MAX_GAP_CHARS
        if onwards and drift <= _MAX_DRIFT and (nearest is None or drift < abs(nearest.distance - distance)):
            nearest, place = stretch, i
    if nearest is None:
        stretches.append(_Stretch(start, end, distance))
        return
    nearest.end, nearest.distance = end, distance
    nearest.size += end - start
    stretches.append(stretches.pop(place))  # the latest stay last


def _repeats(clauses: str, begin: int) -> bool:
    """Tell whether any of some clauses from the first half occurs again: cheap, and mostly no."""
    half = begin + (len(clauses) - begin) // 2
    step = max((half - begin) // 24, 1)
    for position in range(begin, half, step):
        match = _PIECE.search(clauses, position, half)
        if match and clauses.find(match[0], match.end()) >= 0:
            return True
    return False


def _copy_front(folded: str, lines: Sequence[Line], copy: _Copy) -> int:
    """Return the first line of a copy: its salutation and head stand before its first matched sentence.

    They stand behind what it is a copy of, whose closing words address the audience too.
    """
    original_end = copy.stretch.end - copy.stretch.distance
    for i in range(copy.first, max(copy.first - 4, -1), -1):
        if lines[i].start < original_end:
            break
        if is_salutation(folded, lines[i]):
            return find_front(folded, lines, i)
    return copy.first


def _prose_chars(folded: str, lines: Sequence[Line], first: int, stop: int) -> int:
    """Return how much running text, other than furniture, stands in lines `first` to `stop`."""
    return sum(
        lines[i].end - lines[i].start
        for i in range(first, stop)
        if is_prose(folded, lines[i]) and not ends_report(folded, lines, i)
    )
