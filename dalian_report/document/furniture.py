"""Page furniture: where a report begins and ends on a page, and whether the page holds it twice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from dalian_report.data import load_data
from dalian_report.document.coding import COUNT, DIGIT, MONTH, YEAR, code
from dalian_report.document.layout import Line, is_closed
from dalian_report.model import Cut, Span

_SALUTATION = re.compile(r"各 ?位(?:代表|委员|同志)(?:(?!。)[^:!]){0,12}[:!]")
_TITLE = re.compile(r"报 ?告")
_MEETING = r"在.{2,40}(?:会议|大会)"
_DAY = rf"[\d{COUNT}]{{1,3}}"
_DATE_LINE = rf"[(]?[\d{DIGIT}]{{4}}{YEAR}{_DAY}{MONTH}{_DAY}日[)]?$"  # over coded text
_SPEAKER = r"(?:省长|市长|州长|县长|区长|旗长|盟长|主席|总理)(?:(?!。)[^,;]){0,8}$"
_NOTE = r"\([^)]{2,20}\)$"
_PIECE = re.compile(r"[^!?;:,\n]{10,}")  # over text with ! for 。
_FRONT_CHARS = 70
_MAX_GAP = 2
_PROSE_CHARS = 60
_MAX_PREAMBLE_CHARS = 1_500
_SHORT_CHARS = 40
_MIN_COPY_SHARE = 0.25
_MAX_DRIFT = 1_000
_MAX_GAP_CHARS = 2_000
_RECENT = 8
_MIN_COPY_CHARS = 300
_MAX_TAIL_SHARE = 0.25


class Frame(NamedTuple):
    """The lines of the report itself: `front` (its title) up to `stop`; the speech begins at `opening`."""

    front: int
    opening: int
    stop: int
    duplicates: tuple[Span, ...]
    cuts: tuple[Cut, ...]


class _Stretch:
    """Repeated clauses at one distance from where they first stood, and how many characters they have."""

    __slots__ = ("distance", "end", "origin", "size", "start")

    def __init__(self, start: int, end: int, distance: int) -> None:
        self.origin = start - distance
        self.start = start
        self.end = end
        self.distance = distance
        self.size = end - start


@cache
def _words() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the signs of an end, those before a start, and the keys of header lines, longest first."""
    data = load_data("furniture")
    return tuple(data["ends"]), tuple(data["starts"]), tuple(sorted(data["header"], key=len, reverse=True))


def _header(folded: str, line: Line) -> tuple[str, int] | None:
    """Return the key of a header line such as `标题：…` and where its colon ends."""
    keys = _words()[2]
    if folded.startswith(keys, line.start):
        for key in keys:
            end = line.start + len(key)
            if folded.startswith(key, line.start):
                end += folded.startswith(" ", end)
                if folded.startswith(":", end, line.end):
                    return key, end + 1
    return None


def header_value(folded: str, lines: Sequence[Line], key: str) -> Span | None:
    """Return the value of a header line such as `标题：…` among the first lines of a file."""
    for line in lines[:12]:
        header = _header(folded, line)
        if header and header[0] == key and header[1] < line.end:
            return Span(header[1] + folded.startswith(" ", header[1], line.end), line.end)
    return None


def find_frame(folded: str, lines: Sequence[Line]) -> Frame:
    """Return where the report stands on its page, with the cuts around it and its further copies."""
    opening, greeted = _find_opening(folded, lines)
    front = _find_front(folded, lines, opening) if greeted else _first_after_furniture(folded, lines, opening)
    copies = _find_copies(folded, lines, opening)
    limit = copies[0][0] if copies else len(lines)
    stop = _find_stop(folded, lines, opening, limit)
    duplicates = tuple(Span(lines[first].start, lines[last].end) for first, last in copies)
    cuts = _cuts_between(folded, lines, [(front, stop - 1), *copies])
    return Frame(front, opening, stop, duplicates, cuts)


def _cuts_between(folded: str, lines: Sequence[Line], kept: Sequence[tuple[int, int]]) -> tuple[Cut, ...]:
    """Return the stretches around what is `kept`: the report and its copies, by first and last line."""
    reasons = ("before title", "after end", *["after copy"] * len(kept))
    gaps = zip((-1, *(last for _, last in kept)), (*(first for first, _ in kept), len(lines)), strict=True)
    return tuple(
        Cut(lines[last + 1].start, lines[first - 1].end, reason)
        for (last, first), reason in zip(gaps, reasons, strict=False)
        if first > last + 1
    )


def is_furniture(folded: str, line: Line) -> bool:
    """Tell whether a line is a header line or one that stands before a report on a page."""
    return folded.startswith(_words()[1], line.start) or _header(folded, line) is not None


def is_prose(folded: str, line: Line) -> bool:
    """Tell whether a line is running text rather than a heading or a menu entry."""
    length = line.end - line.start
    return length >= _PROSE_CHARS or (length >= 20 and "。" in folded[line.start : line.end])


def _find_opening(folded: str, lines: Sequence[Line]) -> tuple[int, bool]:
    """Return the line where the speech begins and whether that is a salutation (各位代表)."""
    fallback: int | None = None
    preamble = 0
    for i, line in enumerate(lines):
        if _SALUTATION.match(folded, line.start, line.end):
            return i, True
        if is_furniture(folded, line):
            continue
        if line.label or is_prose(folded, line):
            fallback = i if fallback is None else fallback
            preamble += line.end - line.start
            if line.label or preamble > _MAX_PREAMBLE_CHARS:
                break
    return (0 if fallback is None else fallback), False


def _first_after_furniture(folded: str, lines: Sequence[Line], opening: int) -> int:
    """Return the first line after the last sign of furniture before the opening."""
    for i in range(opening - 1, -1, -1):
        if is_furniture(folded, lines[i]):
            return i + 1
    return 0


def is_front_line(folded: str, line: Line) -> bool:
    """Tell whether a line belongs to a report's head: title, meeting, date, speaker, note in brackets."""
    if line.end - line.start > _FRONT_CHARS or is_furniture(folded, line):
        return False
    text = folded[line.start : line.end]
    if re.search(_MEETING, text) or re.match(_DATE_LINE, code(text)):
        return True
    if re.search(_SPEAKER, text) or re.match(_NOTE, text):
        return True
    return "。" not in text and _TITLE.search(text) is not None


def _find_front(folded: str, lines: Sequence[Line], opening: int) -> int:
    """Return the first line of the report's head, at most two other lines between its parts."""
    top, gap = opening, 0
    for i in range(opening - 1, -1, -1):
        if is_front_line(folded, lines[i]):
            top, gap = i, 0
            continue
        gap += 1
        if gap > _MAX_GAP or folded.startswith(("正文", "标题"), lines[i].start):
            break
    if top <= _MAX_GAP + 1 and not any(is_furniture(folded, line) for line in lines[:top]):
        return 0
    return top


def _find_copies(folded: str, lines: Sequence[Line], opening: int) -> list[tuple[int, int]]:
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
    starts = [line.start for line in lines]
    copies: list[tuple[int, int]] = []
    for stretch in sorted(stretches, key=lambda found: found.start):
        if stretch.size < max(_MIN_COPY_CHARS, _MIN_COPY_SHARE * (stretch.start - begin)):
            continue
        here, there = (bisect_right(starts, place) - 1 for place in (stretch.start, stretch.origin))
        head = _first_equal(folded, lines, here, there)
        last = _find_stop(folded, lines, head, bisect_right(starts, stretch.end)) - 1
        if not copies or head > copies[-1][1]:
            copies.append((_copy_front(folded, lines, head), last))
    if copies:
        # A report that repeats its first paragraphs and goes on is no report and a copy.
        rest = _tail_size(folded, lines[copies[-1][1] + 1 :])
        if rest > _MAX_TAIL_SHARE * (lines[copies[0][0]].start - begin):
            return []
    return copies


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
    nearest = None
    for stretch in stretches[-_RECENT:]:
        drift = abs(stretch.distance - distance)
        onwards = start - distance >= stretch.end - stretch.distance  # a slogan goes back to one place
        onwards = onwards and start - stretch.end <= _MAX_GAP_CHARS
        if onwards and drift <= _MAX_DRIFT and (nearest is None or drift < abs(nearest.distance - distance)):
            nearest = stretch
    if nearest is None:
        stretches.append(_Stretch(start, end, distance))
        return
    nearest.end, nearest.distance = end, distance
    nearest.size += end - start
    stretches.remove(nearest)
    stretches.append(nearest)  # the latest stay last


def _repeats(clauses: str, begin: int) -> bool:
    """Tell whether any of some clauses from the first half occurs again: cheap, and mostly no."""
    half = begin + (len(clauses) - begin) // 2
    step = max((half - begin) // 24, 1)
    for position in range(begin, half, step):
        match = _PIECE.search(clauses, position, half)
        if match and clauses.find(match[0], match.end()) >= 0:
            return True
    return False


def _copy_front(folded: str, lines: Sequence[Line], begin: int) -> int:
    """Return the first line of a copy: its salutation and head stand before its first matched sentence."""
    for i in range(begin, max(begin - 4, -1), -1):
        if _SALUTATION.match(folded, lines[i].start, lines[i].end):
            return _find_front(folded, lines, i)
    return begin


def _find_stop(folded: str, lines: Sequence[Line], opening: int, limit: int) -> int:
    """Return the line after the report's last: before the first sign of an end, menu entries trimmed."""
    stop = limit
    total = lines[limit - 1].end - lines[opening].start
    for i in range(opening, limit):
        if _ends_report(folded, lines[i]) and _tail_size(folded, lines[i:limit]) <= _MAX_TAIL_SHARE * total:
            stop = i
            break
    last = stop
    while last > opening + 1 and _is_menu_entry(folded, lines[last - 1]):
        last -= 1
    return max(last, opening + 1) if last > opening + 1 or stop == opening + 1 else max(stop, opening + 1)


def _tail_size(folded: str, lines: Sequence[Line]) -> int:
    """Return how much running text, other than furniture, stands in the lines."""
    return sum(
        line.end - line.start for line in lines if is_prose(folded, line) and not _ends_report(folded, line)
    )


def _ends_report(folded: str, line: Line) -> bool:
    ends, _, _ = _words()
    if folded.startswith(ends, line.start):
        return True
    if line.end - line.start > _SHORT_CHARS:
        return False
    text = folded[line.start : line.end]
    return any(sign in text for sign in ends)


def _is_menu_entry(folded: str, line: Line) -> bool:
    """Tell a short line that is neither a sentence nor a numbered heading nor a table row."""
    if line.label or line.end - line.start >= _SHORT_CHARS or "\t" in folded[line.start : line.end]:
        return False
    return not is_closed(folded, line.start, line.end) or folded[line.end - 1] == ":"
