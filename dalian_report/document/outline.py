"""The outline: headings by their labels, on their own line or run into a paragraph, as nested sections."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from dalian_report.data import load_data
from dalian_report.document.coding import COMMA, COUNT, numeral_marks
from dalian_report.document.labels import RANK, Label, find_label
from dalian_report.document.layout import Line, is_closed, is_marked, words_of
from dalian_report.document.parts import find_parts, has_part, is_glossary, part_of
from dalian_report.document.returns import Place, find_ends
from dalian_report.model import Section

# Over text with ! for 。.
_STOP: Final = re.compile(r"[!?]")
_RUN_IN: Final = re.compile(
    rf"\([{COUNT}]{{1,3}}\)|[{COUNT}]{{1,3}}{COMMA}"
)  # over coded text (see coding.py)
_NUMERALS: Final = frozenset("一二三四五六七八九十")
_RUN_IN_SIGNS: Final = ("(", *(f"{numeral}、" for numeral in "一二三四五六七八九十"))
_RUN_IN_CHARS: Final = 5
_MARKS: Final = frozenset("。!?;:")  # what may stand before a heading in a paragraph, with blanks
_MAX_HEADING_CHARS: Final = 80
_MIN_UNNUMBERED_CHARS: Final = 6
_MAX_UNNUMBERED_CHARS: Final = 45
# Speech, and lines that stop in the middle of a sentence.
_SPEECH: Final = (":", "我代表", "各位代表", "请予审议")
_NO_LAST: Final = tuple("为和与的是以对在把将及")
_TELLS: Final = re.compile("[0-9。!?;]")
_RESUMED: Final = re.compile(r"为[0-9]|的(?!确)")
_MAX_ROOT_CHARS: Final = 30
_MAX_NESTED: Final = 4  # a style inside itself; 一、 (一) 一、 一、 is the most that a report has
_MAX_LATE_ROOT_CHARS: Final = 20
_BLANK: Final = " \t\n*_"
_RUN_ON: Final = re.compile(  # 今年的任务 产值58亿元,…
    r"([^,;: \t\n]{6,30})[ \t]{1,8}(?=[^,;\n]{0,80}[0-9一二三四五六七八九十百千万亿])[^,;\n]{0,200},"
)
_PLAIN: Final = "plain"


class Heading(NamedTuple):
    """A heading: where its section starts, where its words stand, and its label."""

    start: int
    text_start: int
    text_end: int
    label: Label | None


class _Open:
    """A section that is still open while headings are nested."""

    __slots__ = ("index", "number", "path", "plain_children", "style")

    def __init__(self, index: int, style: str, number: int, path: str) -> None:
        self.index = index
        self.style = style
        self.number = number
        self.path = path
        self.plain_children = 0


@cache
def _known() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the short headings, and the openings of those of annexes."""
    data = load_data("headings")
    return frozenset(data["short"]), tuple(data["annexes"])


def find_headings(folded: str, paragraphs: Sequence[Line]) -> list[Heading]:
    """Return the headings of the paragraphs in text order, numbered and not."""
    headings: list[Heading] = []
    numbers: dict[str, int] = {}
    marked = folded.replace("。", "!")
    run_in = _run_in_starts(folded)
    glossary = False
    for i, paragraph in enumerate(paragraphs):
        if paragraph.label is not None and not glossary:
            headings.append(_numbered(marked, paragraph, paragraph.label))
            numbers[paragraph.label.style] = paragraph.label.number
        elif _is_plain_heading(folded, paragraphs, i):
            words = words_of(folded, paragraph.start, paragraph.end)
            glossary = is_glossary(folded[slice(*words)])
            headings.append(Heading(paragraph.start, words.start, words.end, None))
        if not glossary and paragraph.end - paragraph.start > _MAX_HEADING_CHARS:
            inside = run_in[bisect_right(run_in, paragraph.start) : bisect_left(run_in, paragraph.end)]
            if inside:
                headings.extend(_run_in(folded, marked, paragraph, inside, last=numbers))
    return headings


def _numbered(marked: str, paragraph: Line, label: Label) -> Heading:
    """Return the heading that a label opens: to the end of the line, or to the first 。 of a paragraph."""
    start = label.end
    while start < paragraph.end and marked[start] in _BLANK:
        start += 1
    stop = _STOP.search(marked, start, paragraph.end)
    end = stop.start() if stop else words_of(marked, paragraph.start, paragraph.end).end
    run_on = _RUN_ON.match(marked, start, end)
    if run_on:
        return Heading(label.start, start, run_on.end(1), label)
    if end - start > _MAX_HEADING_CHARS:
        end = next((p for p in range(start, start + _MAX_HEADING_CHARS) if marked[p] in ",;:"), end)
    return Heading(label.start, start, max(end, start), label)


def _run_in(
    folded: str, marked: str, paragraph: Line, starts: Sequence[int], *, last: dict[str, int]
) -> list[Heading]:
    """Return headings inside a paragraph, such as `…新高。(二)推进…`, where their numbers follow on.

    `last` is the number that each style of label had last; it is kept up to date.
    """
    found: list[Heading] = []
    second = folded.rfind("(二)", paragraph.start, paragraph.end)
    for start in starts:
        if not _RUN_IN.match(numeral_marks(folded[start : min(start + _RUN_IN_CHARS, paragraph.end)])):
            continue
        if not _follows_mark(folded, paragraph.start, start):
            continue
        label = find_label(folded, start, paragraph.end)
        if label is None or label.style not in ("bracket", "numeral"):
            continue
        follows = last.get(label.style) == label.number - 1
        opens = label.number == 1 and second >= label.end
        if (follows and label.number > 1) or (opens and label.style == "bracket"):
            last[label.style] = label.number
            found.append(_numbered(marked, Line(label.start, paragraph.end, label), label))
    return found


def _run_in_starts(folded: str) -> list[int]:
    """Return where `(` or the numerals of `十二、` stand: some of them open a heading inside a paragraph."""
    starts = []
    for sign in _RUN_IN_SIGNS:
        place = folded.find(sign)
        while place >= 0:
            start = place
            while start and sign != "(" and folded[start - 1] in _NUMERALS:
                start -= 1
            starts.append(start)
            place = folded.find(sign, place + 1)
    return sorted(starts)


def _follows_mark(folded: str, start: int, place: int) -> bool:
    """Tell whether the end of a clause stands before a place in a paragraph, with blanks between them."""
    place -= 1
    while place > start and folded[place] in " \n*":
        place -= 1
    return place >= start and folded[place] in _MARKS


def _is_plain_heading(folded: str, paragraphs: Sequence[Line], i: int) -> bool:
    """Tell whether a paragraph is a heading without a number: a short line, no sentence, before text."""
    paragraph = paragraphs[i]
    if paragraph.label is not None:
        return False
    if is_marked(folded, paragraph.start):
        return True
    start, end = words_of(folded, paragraph.start, paragraph.end)
    if end - start > _MAX_UNNUMBERED_CHARS:
        return False
    text = folded[start:end]
    if text in _known()[0]:
        return True
    if len(text) < _MIN_UNNUMBERED_CHARS:
        return False
    if is_closed(text, 0, len(text)) or text[0] in "-(《“[" or text[-1] in ",、":
        return False
    if "\t" in text or "。" in text or max(text) < "一":
        return False
    if text.endswith(_NO_LAST) or any(sign in text for sign in _SPEECH):
        return False
    if i + 1 >= len(paragraphs) or _RESUMED.match(folded, paragraphs[i + 1].start):
        return False
    previous = paragraphs[i - 1] if i else None
    opens = previous is None or previous.label is not None or is_closed(folded, previous.start, previous.end)
    return opens and _heads_text(folded, paragraphs, i)


def _heads_text(folded: str, paragraphs: Sequence[Line], i: int) -> bool:
    """Tell whether anything stands below a line before the annexes: a sentence, a figure, a numbered heading.

    Captions of pictures at the end of a report (建设现代新城) head nothing.
    """
    for j in range(i + 1, len(paragraphs)):
        paragraph = paragraphs[j]
        text = folded[slice(*words_of(folded, paragraph.start, paragraph.end))]
        if text in _known()[0] or text.startswith(_known()[1]):
            return False
        if paragraph.label is not None or _TELLS.search(text) or len(text) > _MAX_UNNUMBERED_CHARS:
            return True
    return True


def build_outline(
    folded: str,
    text: str,
    paragraphs: Sequence[Line],
    headings: Sequence[Heading],
    *,
    end: int,
    year: int | None,
) -> tuple[Section, ...]:
    """Return the sections, nested by the order in which label styles first appear.

    A style that is open closes what lies below it; a new one opens a level. Where a run of numbers starts
    again at one under the same style and the outer run goes on later, it is nested.
    """
    nodes = _nest(folded, headings)
    parents = [node[0] for node in nodes]
    levels = [node[1] for node in nodes]
    places = [
        Place(heading.label is not None, heading.start, heading.text_end, stop, parent)
        for heading, stop, parent in zip(headings, _next_heads(headings, levels, end), parents, strict=True)
    ]
    ends = find_ends(folded, paragraphs, places)
    texts = [folded[heading.text_start : heading.text_end] for heading in headings]
    parts = find_parts(texts, parents, year=year)
    sections = []
    for i, heading in enumerate(headings):
        label = heading.label
        sections.append(
            Section(
                number=label.number if label else None,
                label=text[label.start : label.end] if label else "",
                path=nodes[i][2],
                level=levels[i],
                heading=text[heading.text_start : heading.text_end],
                heading_start=heading.text_start,
                heading_end=heading.text_end,
                start=heading.start,
                end=ends[i],
                parent=parents[i],
                part=parts[i],
            )
        )
    return tuple(sections)


def _next_heads(headings: Sequence[Heading], levels: Sequence[int], end: int) -> list[int]:
    """Return for each section where the next heading that is no deeper starts, for the last ones `end`."""
    ends = [end] * len(headings)
    is_open: list[int] = []
    for i, level in enumerate(levels):
        while is_open and levels[is_open[-1]] >= level:
            ends[is_open.pop()] = headings[i].start
        is_open.append(i)
    return ends


def _nest(folded: str, headings: Sequence[Heading]) -> list[tuple[int | None, int, str]]:
    """Return for each heading its parent's index, its level and its path."""
    nester = _Nester(folded, headings)
    return [nester.place(i) for i in range(len(headings))]


class _Nester:
    """Places headings one after the other, keeping the sections that are still open."""

    def __init__(self, folded: str, headings: Sequence[Heading]) -> None:
        self.headings = headings
        self.texts = [folded[heading.text_start : heading.text_end] for heading in headings]
        self.stack: list[_Open] = []
        self.root = _Open(-1, "", 0, "")
        self.next_numbers, self.breaks = _look_ahead(headings)
        numbered = any(heading.label for heading in headings)
        before = 1 if numbered else None
        self.plain_roots = any(
            self.next_numbers[i] == before and self._is_major(i) for i in range(len(headings))
        )

    def place(self, i: int) -> tuple[int | None, int, str]:
        """Return parent, level and path of heading `i`, and close the sections that it does not lie in."""
        label = self.headings[i].label
        if label is None:
            self._close_for_plain(i)
        else:
            self._close_for_number(i, label)
        above = self.stack[-1] if self.stack else self.root
        if label is None:
            above.plain_children += 1
        name = str(label.number) if label else f"h{above.plain_children}"
        path = f"{above.path}.{name}" if above.path else name
        parent = above.index if self.stack else None
        self.stack.append(_Open(i, label.style if label else _PLAIN, label.number if label else 0, path))
        return parent, len(self.stack), path

    def _is_major(self, i: int) -> bool:
        """Tell whether heading `i`, without a number, names a whole part of the report."""
        text = self.texts[i]
        plain = self.headings[i].label is None
        return plain and (
            text in _known()[0] or (has_part(text) and "," not in text and len(text) <= _MAX_ROOT_CHARS)
        )

    def _is_late_root(self, i: int) -> bool:
        """Tell whether a heading without a number comes after the numbered ones as a part of its own."""
        text = self.texts[i]
        if not self.plain_roots or len(self.stack) < 2 or "," in text or len(text) > _MAX_LATE_ROOT_CHARS:
            return False
        return self.next_numbers[i] in (None, 1)

    def _turns(self, i: int) -> bool:
        """Tell whether heading `i` is the first root, or opens a plan where the open root is a review."""
        if not self.stack:
            return True
        part, before = part_of(self.texts[i]), part_of(self.texts[self.stack[0].index])
        return part is not None and before is not None and part != before

    def _in_annex(self) -> bool:
        return bool(self.stack) and self.texts[self.stack[0].index].startswith(_known()[1])

    def _close_for_plain(self, i: int) -> None:
        """Close sections for a heading without a number: parts of the report are roots, others leaves."""
        stack, text = self.stack, self.texts[i]
        if text in _known()[0]:
            stack.clear()
        elif self._in_annex():
            del stack[1:]
        elif self._is_late_root(i) or (self._is_major(i) and (self.plain_roots or self._turns(i))):
            stack.clear()
        else:
            while len(stack) > 1 and (stack[-1].style == _PLAIN or RANK[stack[-1].style] > RANK["numeral"]):
                stack.pop()
            if len(stack) == 1 and stack[0].style == _PLAIN and not self._is_major(stack[0].index):
                stack.clear()

    def _close_for_number(self, i: int, label: Label) -> None:
        """Close the sections that a numbered heading ends: those of its style, and what lies below them."""
        stack, style, number = self.stack, label.style, label.number
        while len(stack) > 1 and stack[-1].style == _PLAIN:
            stack.pop()
        if len(stack) == 1 and stack[0].style == _PLAIN and not self.plain_roots and not self._in_annex():
            stack.clear()
        same = [depth for depth, node in enumerate(stack) if node.style == style]
        if not same:
            self._close_outranked(style)
            return
        follows = [depth for depth in same if stack[depth].number == number - 1]
        if follows:
            del stack[follows[-1] :]
        elif number != 1 or len(same) == _MAX_NESTED or self.breaks[i] != stack[same[-1]].number + 1:
            below = [depth for depth in same if stack[depth].number < number] or same
            del stack[below[-1] :]

    def _close_outranked(self, style: str) -> None:
        """Close what stands below a new style, in a report that began below its roots: (四) … 二、."""
        while self.stack and self.stack[-1].style != _PLAIN and RANK[self.stack[-1].style] > RANK[style]:
            outer = self.stack[0]
            if len(self.stack) > 1 and RANK.get(outer.style, -1) < RANK[style]:
                return
            self.stack.pop()


def _look_ahead(headings: Sequence[Heading]) -> tuple[list[int | None], list[int | None]]:
    """Return for each heading the next number of any style, and that which breaks the run of its own style.

    A run goes on by one or starts again at one; what breaks 1 2 1 2 3 6 is 6. Where a run starts again at one
    and the number that breaks it is one more than the number before, it is nested there: 1 2 (1 2 3 4) 3.
    """
    following: list[int | None] = [None] * len(headings)
    breaks: list[int | None] = [None] * len(headings)
    number: int | None = None
    later: dict[str, tuple[int, int | None]] = {}
    for i in range(len(headings) - 1, -1, -1):
        following[i] = number
        label = headings[i].label
        if label is None:
            continue
        number = label.number
        if label.style in later:
            then, beyond = later[label.style]
            breaks[i] = beyond if then in (1, number + 1) else then
        later[label.style] = number, breaks[i]
    return following, breaks
