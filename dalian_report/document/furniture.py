"""Page furniture: where a report begins and ends on a page, and whether the page holds it twice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from dalian_report.data import load_data
from dalian_report.document.coding import COUNT, DIGIT, MONTH, YEAR, numeral_marks
from dalian_report.document.layout import Line, is_closed
from dalian_report.model import Cut, Span

_SALUTATION = re.compile(r"各 ?位(?:代表|委员|同志)(?:(?!。)[^:!]){0,12}[:!]")
_TITLE = re.compile(r"报 ?告")
_MEETING = r"在.{2,40}(?:会议|大会)"
_DAY = rf"[0-9{COUNT}]{{1,3}}"
_DATE_LINE = rf"[(]?[0-9{DIGIT}]{{4}}{YEAR}{_DAY}{MONTH}{_DAY}日[)]?$"  # over coded text
_SPEAKER = r"(?:省长|市长|州长|县长|区长|旗长|盟长|主席|总理)(?:(?!。)[^,;]){0,8}$"
_NOTE = r"\([^)]{2,20}\)$"
_PIECE = re.compile(r"[^!?;:,\n]{10,}")  # over text with ! for 。
_FRONT_CHARS = 70
_MAX_GAP = 2
_PROSE_CHARS = 60
_MAX_PREAMBLE_CHARS = 1_500
_MAX_NOTICE_CHARS = 300
_SHORT_CHARS = 40
_MIN_COPY_SHARE = 0.25
_MAX_DRIFT = 1_000
_MAX_GAP_CHARS = 2_000
_RECENT = 8
_MIN_COPY_CHARS = 300
_MAX_TAIL_SHARE = 0.25
_MAJOR = frozenset(("chapter", "part", "numeral", "bracket", "ordinal"))  # headings with text on their line


class Frame(NamedTuple):
    """The lines of the report itself: `front` (its title) up to `stop`; the speech begins at `opening`."""

    front: int
    opening: int
    stop: int
    duplicates: tuple[Span, ...]
    cuts: tuple[Cut, ...]


class _Words(NamedTuple):
    """Signs of an end, those that must begin a line, those before a start; keys of header lines."""

    ends: tuple[str, ...]
    ends_at_start: tuple[str, ...]
    starts: tuple[str, ...]
    header: tuple[str, ...]  # the longest first


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
def _words() -> _Words:
    data = load_data("furniture")
    header = sorted(data["header"], key=len, reverse=True)
    return _Words(tuple(data["ends"]), tuple(data["ends_at_start"]), tuple(data["starts"]), tuple(header))


def _header(folded: str, line: Line) -> tuple[str, int] | None:
    """Return the key of a header line such as `标题：…` and where its colon ends."""
    keys = _words().header
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
    front = _skip_notice(folded, lines, front, opening)
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
    return folded.startswith(_words().starts, line.start) or _header(folded, line) is not None


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
        if fallback is not None and preamble <= _MAX_NOTICE_CHARS and _is_title(folded, line):
            fallback = None
        elif line.label or is_prose(folded, line):
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


def _is_title(folded: str, line: Line) -> bool:
    """Tell whether a line is a report's title: short, no sentence, it says 工作报告 or ends with 报告."""
    if line.label or line.end - line.start > _FRONT_CHARS:
        return False
    text = folded[line.start : line.end].replace(" ", "")
    if any(mark in text for mark in "。,;:!?"):
        return False
    return "工作报告" in text or text.partition("(")[0].endswith("报告")


def _skip_notice(folded: str, lines: Sequence[Line], front: int, opening: int) -> int:
    """Return the line after the last sentence above the title, such as a notice on where the text is from."""
    title = next((i for i in range(front, opening) if _is_title(folded, lines[i])), front)
    for i in range(title - 1, front - 1, -1):
        if "。" in folded[lines[i].start : lines[i].end]:
            return i + 1
    return front


def is_front_line(folded: str, line: Line) -> bool:
    """Tell whether a line belongs to a report's head: title, meeting, date, speaker, note in brackets."""
    if line.end - line.start > _FRONT_CHARS or is_furniture(folded, line):
        return False
    text = folded[line.start : line.end]
    if re.search(_MEETING, text) or re.match(_DATE_LINE, numeral_marks(text)):
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
    stretches.sort(key=lambda found: found.start)
    candidates = _place_copies(folded, lines, [found for found in stretches if found.size >= _MIN_COPY_CHARS])
    for i, candidate in enumerate(candidates):
        if candidate.stretch.size < _MIN_COPY_SHARE * (candidate.stretch.start - begin):
            continue
        share = _MIN_COPY_SHARE * (lines[candidate.first].start - begin)
        copies = _choose_copies(folded, lines, candidates[i:], share)
        if _is_rest_short(folded, lines, copies, share):
            return [(_copy_front(folded, lines, copy.first), copy.last) for copy in copies]
    return []


class _Copy(NamedTuple):
    """What may be a copy: its first and last line, and the clauses of it that stood before."""

    first: int
    last: int
    stretch: _Stretch


def _place_copies(folded: str, lines: Sequence[Line], stretches: Sequence[_Stretch]) -> list[_Copy]:
    """Return the lines of each stretch of repeated clauses, to the end of the report that it may be."""
    starts = [line.start for line in lines]
    found = []
    for stretch in stretches:
        here, there = (bisect_right(starts, place) - 1 for place in (stretch.start, stretch.origin))
        head = _first_equal(folded, lines, here, there)
        last = _find_stop(folded, lines, head, bisect_right(starts, stretch.end)) - 1
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
            copies[-1] = before._replace(last=_find_stop(folded, lines, before.first, copy.first) - 1)
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


def _copy_front(folded: str, lines: Sequence[Line], begin: int) -> int:
    """Return the first line of a copy: its salutation and head stand before its first matched sentence."""
    for i in range(begin, max(begin - 4, -1), -1):
        if _SALUTATION.match(folded, lines[i].start, lines[i].end):
            return _find_front(folded, lines, i)
    return begin


def _find_stop(folded: str, lines: Sequence[Line], opening: int, limit: int) -> int:
    """Return the line after the report's last: before the first sign of an end, menu entries trimmed.

    What a sign cuts off holds little prose, and no numbered heading with text below it.
    """
    stop = limit
    most = _MAX_TAIL_SHARE * (lines[limit - 1].end - lines[opening].start)
    tail, below_is_prose = 0, False
    for i in range(limit - 1, opening - 1, -1):
        if _ends_report(folded, lines, i):
            stop, below_is_prose = i, False
            continue
        prose = is_prose(folded, lines[i])
        label = lines[i].label
        tail += (lines[i].end - lines[i].start) * prose
        heads_text = label is not None and (label.style in _MAJOR if prose else below_is_prose)
        if tail > most or heads_text:
            break
        below_is_prose = prose and label is None
    last = stop
    while last > opening + 1 and _is_menu_entry(folded, lines[last - 1]):
        last -= 1
    return max(last, opening + 1) if last > opening + 1 or stop == opening + 1 else max(stop, opening + 1)


def _prose_chars(folded: str, lines: Sequence[Line], first: int, stop: int) -> int:
    """Return how much running text, other than furniture, stands in lines `first` to `stop`."""
    return sum(
        lines[i].end - lines[i].start
        for i in range(first, stop)
        if is_prose(folded, lines[i]) and not _ends_report(folded, lines, i)
    )


def _ends_report(folded: str, lines: Sequence[Line], i: int) -> bool:
    """Tell whether a line begins with a sign of an end, or is a short one, no sentence, that holds one."""
    line, words = lines[i], _words()
    if folded.startswith(words.ends, line.start):
        return True
    if line.label or line.end - line.start > _SHORT_CHARS:
        return False
    text = folded[line.start : line.end]
    if "。" in text:
        return False
    if text.startswith(words.ends_at_start):
        return i + 1 == len(lines) or not is_prose(folded, lines[i + 1])
    return any(sign in text for sign in words.ends)


def _is_menu_entry(folded: str, line: Line) -> bool:
    """Tell a short line that is neither a sentence nor a numbered heading nor a table row."""
    if line.label or line.end - line.start >= _SHORT_CHARS or "\t" in folded[line.start : line.end]:
        return False
    return not is_closed(folded, line.start, line.end) or folded[line.end - 1] == ":"
