"""Lines and paragraphs: where the text breaks, whatever the page or the file did to it."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from dalian_report.data import load_data
from dalian_report.document.coding import MONTH, NUMERAL, YEAR, numeral_marks
from dalian_report.document.labels import Label, find_label
from dalian_report.document.parts import has_part
from dalian_report.model import Span

# A literal backslash-r backslash-n, as some collections store a line break.
_WRITTEN_BREAK: Final = re.compile(r"\\r\\n|\\n")
_BREAKS: Final = "\r\v\f\x85\u2028\u2029"  # all but \n
# Two or more spaces inside a long line, or after a sentence, set off a paragraph: some reports are one line.
_WIDE_GAP: Final = re.compile(r"(?<=[^ \u200b])[ \u200b]{2,}(?=[^ \u200b])")
_GAP_AFTER_SENTENCE: Final = re.compile(r"(?:(?<=。)|(?<=[!?]))[ \u200b]{2,}(?=[^ \u200b])")
# The mark of a Markdown heading, and that with the marks of bold words.
_MARK: Final = re.compile(r"#{1,6} +(?=\S)")
_MARKS: Final = re.compile(r"(?:#{1,6} +)?(?:[*]{2,3}|__)?(?=\S)")
_BOLD: Final = ("**", "__")
_FIRST_OF_MARKS: Final = frozenset("#*_")
# How a line goes on with the name on the line before: with a verb that needs one and a figure.
# Over coded text (see coding.py).
_RESUMED: Final = rf"""(?x)
    (?:[\u4e00-\u9fff]{{0,2}}(?:到|至)|达) (?:约|近|了)?
    (?:[0-9.]+|[{NUMERAL}]{{2,}}) (?![0-9.{NUMERAL}{YEAR}{MONTH}]|日)
    | (?:增长|下降|提高|占) (?:约|近|了)? [0-9.]+ (?:%|个.分点) (?!的)
"""
_RESUMED_CHARS: Final = 16
_BLANK: Final = " \t\u200b\u200c\u200d\ufeff"
_LONG_LINE: Final = 200
# Ends of a sentence, with what may close after it.
TERMINAL: Final = "。!?；;:"
CLOSERS: Final = "\"'”’»」』)]》>】"
_CONTINUES: Final = tuple(",、;:。!?)》”’」』】%]")
_OPEN_ENDED: Final = tuple(",、(《“‘「『【[")
_OPENERS: Final = tuple("《“‘「『【[")
_ORNAMENTS: Final = "※★☆●○◆◇■□【】〔〕"
_FRAGMENT_CHARS: Final = 6
_LINK_CHARS: Final = 10
_HEADING_CHARS: Final = 50


class Line(NamedTuple):
    """A stretch of text without a break, blank ends left out, and the label that it begins with."""

    start: int
    end: int
    label: Label | None


def fold_breaks(folded: str) -> str:
    """Return folded text with written-out breaks (`\\r\\n` as four characters) made real, same length."""
    if "\\n" not in folded:
        return folded
    return _WRITTEN_BREAK.sub(lambda match: "\n" * len(match[0]), folded)


def find_lines(folded: str) -> list[Line]:
    """Return the lines that are not blank."""
    broken = folded
    for char in _BREAKS:
        broken = broken.replace(char, "\n")
    lines: list[Line] = []
    start = 0
    for piece in broken.split("\n"):
        stripped = piece.strip(_BLANK)
        if stripped:
            # What a gap has, the ends of lines have mostly: an indent of two blanks.
            if "  " in piece and ("  " in stripped or "\u200b" in stripped):
                _add_parts(lines, folded, start, start + len(piece))
            else:
                begin = start + len(piece) - len(piece.lstrip(_BLANK))
                lines.append(_line(folded, begin, begin + len(stripped)))
        start += len(piece) + 1
    return lines


def _add_parts(lines: list[Line], folded: str, start: int, end: int) -> None:
    """Add the lines that gaps make of one."""
    pattern = _WIDE_GAP if end - start > _LONG_LINE else _GAP_AFTER_SENTENCE
    parts = []
    for gap in pattern.finditer(folded, start, end):
        parts.append((start, gap.start()))
        start = gap.end()
    for begin, stop in (*parts, (start, end)):
        text = folded[begin:stop]
        stripped = text.strip(_BLANK)
        if stripped:
            begin += len(text) - len(text.lstrip(_BLANK))
            lines.append(_line(folded, begin, begin + len(stripped)))


def _line(folded: str, start: int, end: int) -> Line:
    return Line(start, end, find_label(folded, skip_mark(folded, start), end))


def is_marked(folded: str, start: int) -> bool:
    """Tell whether a line has the `## ` of a Markdown heading."""
    return folded.startswith("#", start) and _MARK.match(folded, start) is not None


def skip_mark(folded: str, start: int) -> int:
    """Return where a line's words begin, behind the `## ` of a Markdown heading and `**`."""
    mark = _MARKS.match(folded, start) if folded[start : start + 1] in _FIRST_OF_MARKS else None
    return mark.end() if mark else start


@cache
def _short_headings() -> frozenset[str]:
    return frozenset(load_data("headings")["short"])


def words_of(folded: str, start: int, end: int) -> Span:
    """Return a line's words without the marks of Markdown around them, or the ornaments of a short heading.

    >>> words_of("## **回顾**", 0, 9), words_of("回顾", 0, 2), words_of("※名词解释※", 0, 6)
    (Span(start=5, end=7), Span(start=0, end=2), Span(start=1, end=5))
    """
    if folded[start] in _ORNAMENTS and end - start <= _FRAGMENT_CHARS + _LINK_CHARS:
        bare = folded[start:end].strip(f"{_ORNAMENTS}: ")
        if bare in _short_headings():
            begin = folded.index(bare, start)
            return Span(begin, begin + len(bare))
    begin = skip_mark(folded, start)
    return Span(begin, begin + len(folded[begin:end].rstrip("*_# ")) if begin > start else end)


def _is_bold(folded: str, line: Line) -> bool:
    return folded.startswith(_BOLD, line.start) and folded.endswith(_BOLD, line.start, line.end)


def is_closed(folded: str, start: int, end: int) -> bool:
    """Tell whether a line ends with a sentence: 。！？；： and quotes or brackets that close after it."""
    while end > start and folded[end - 1] in CLOSERS:
        end -= 1
    return end > start and folded[end - 1] in TERMINAL


def join_lines(folded: str, lines: Sequence[Line]) -> list[Line]:
    """Return paragraphs: lines joined where a page broke a sentence, at a link or a formatted word.

    `5、民主`, `法制`, `建设得到加强` on three lines are one paragraph, and so are `《`, a title, `》,`.
    A line with a tab (a table row) stays alone.
    """
    joiner = _Joiner(folded, lines)
    paragraphs: list[Line] = []
    pieces = 1
    for i, line in enumerate(lines):
        if paragraphs and joiner.belongs(paragraphs[-1], i, pieces=pieces):
            last = paragraphs[-1]
            paragraphs[-1] = Line(last.start, line.end, last.label)
            pieces += 1
        else:
            paragraphs.append(line)
            pieces = 1
    return paragraphs


def _find_links(folded: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of words that stand alone on a line more than once: links inside sentences."""
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if (
            line.label is None
            and line.end - line.start <= _LINK_CHARS
            and not _is_open_or_closed(folded, line)
        ):
            places.setdefault(folded[line.start : line.end], []).append(i)
    return frozenset(i for found in places.values() if len(found) > 1 for i in found)


def _is_open_or_closed(folded: str, line: Line) -> bool:
    return is_closed(folded, line.start, line.end) or folded.startswith("-", line.start)


class _Ahead:
    """Tells whether a character stands in a stretch, for stretches whose starts go only forwards.

    A paragraph that is joined from many lines is then not searched again with each of them.
    """

    __slots__ = ("_at", "_char", "_text")

    def __init__(self, text: str, char: str) -> None:
        self._text = text
        self._char = char
        self._at = -1

    def within(self, start: int, end: int) -> bool:
        """Tell whether the character stands in `text[start:end]`."""
        if self._at < start:
            found = self._text.find(self._char, start)
            self._at = found if found >= 0 else len(self._text)
        return self._at < end


class _Joiner:
    """Decides which lines continue the paragraph before them."""

    def __init__(self, folded: str, lines: Sequence[Line]) -> None:
        self.folded = folded
        self.lines = lines
        self.links = _find_links(folded, lines)
        self.tab, self.stop, self.comma = (_Ahead(folded, char) for char in "\t。,")

    def belongs(self, last: Line, i: int, *, pieces: int) -> bool:
        """Tell whether line `i` continues the paragraph `last`, which is made of so many `pieces` already."""
        folded, line = self.folded, self.lines[i]
        if folded[last.end - 1] == "。":
            return False
        if folded.startswith("#", line.start) or is_marked(folded, last.start) or _is_bold(folded, last):
            return False
        if folded.startswith(_CONTINUES, line.start) and folded[last.end - 1] != ":":
            return True
        if line.label or folded.startswith("-", line.start) or self.tab.within(last.start, line.end):
            return False
        if folded[line.start] in _ORNAMENTS and words_of(folded, line.start, line.end).start > line.start:
            return False
        if folded[slice(*words_of(folded, last.start, last.end))] in _short_headings():
            return False
        if folded.endswith(_OPEN_ENDED, last.start, last.end):
            return True
        if last.label and last.label.end >= last.end:
            return True
        if is_closed(folded, last.start, last.end):
            return False
        if last.label and not self.stop.within(last.start, last.end):
            return self._goes_on(last, last.label, i, pieces=pieces)
        length, more = last.end - last.start, line.end - line.start
        if pieces > 1 or length > _HEADING_CHARS or more <= _FRAGMENT_CHARS or self.links & {i, i - 1}:
            return True
        if more <= _LINK_CHARS and self.comma.within(last.start, last.end):
            return True
        return _resumes(folded, line) and not has_part(folded[last.start : last.end])

    def _goes_on(self, heading: Line, label: Label, i: int, *, pieces: int) -> bool:
        """Tell whether line `i` is a word inside a numbered heading, or what comes after such a word."""
        folded, line, before = self.folded, self.lines[i], self.lines[i - 1]
        if folded.startswith(_OPENERS, line.start):
            return False
        after_fragment = pieces > 1 and before.end - before.start <= _FRAGMENT_CHARS
        label_stood_alone = before.start <= label.end + 2
        if after_fragment and not label_stood_alone:
            return True
        if i + 1 >= len(self.lines) or self.lines[i + 1].label:
            return False
        if pieces == 2 and label_stood_alone:
            return after_fragment and _ends_soon(folded, line)
        if line.end - line.start > _FRAGMENT_CHARS or _resumes(folded, line):
            return False
        rest = self.lines[i + 1]
        if i in self.links or heading.end - heading.start <= _FRAGMENT_CHARS or _ends_soon(folded, rest):
            return True
        complete = rest.end - heading.start <= _HEADING_CHARS and not is_closed(folded, rest.start, rest.end)
        return complete and i + 1 not in self.links


def _resumes(folded: str, line: Line) -> bool:
    """Tell whether a line cannot begin a sentence, as `发展到13个` and `增长5%` cannot."""
    return re.match(_RESUMED, numeral_marks(folded[line.start : line.start + _RESUMED_CHARS])) is not None


def _ends_soon(folded: str, line: Line) -> bool:
    """Tell whether a line begins with the last few characters of a sentence."""
    return "。" in folded[line.start : min(line.end, line.start + _LINK_CHARS)]
