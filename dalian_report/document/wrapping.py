"""Lines that were wrapped: paragraphs cut to lines of one width, as programs for PDF and mail leave them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from dalian_report.document.layout import CLOSERS, TERMINAL
from dalian_report.model import Span

_LEAST_WIDTH: Final = 16  # full-width characters; a list has shorter lines
_MIN_FULL: Final = 5  # full lines without a stop, and their share of all such lines
_LEAST_SHARE: Final = 0.6
# Characters that a full line may lack or have too many: no mark begins a line, and no number breaks.
_SHORT, _OVER = 2.5, 3
_OFTEN: Final = 60  # characters: a text with fewer breaks has long lines and is none
# Few texts need these: `re` compiles and keeps those that are used. A line begins anew with one of the first:
# labels, marks of lists and tables, headings.
_ANEW: Final = (
    r"[ \t]*(?:#|>|\||[-*+•●·◆■▪] |[(（]?[一二三四五六七八九十百]{1,3}[)）、]|[(（]\d{1,2}[)）]"
    r"|\d{1,2}[.、](?!\d)|\d{1,2}[)）]|[①-⑳㈠-㈩Ⅰ-Ⅻ]|——|\*\*|!\[|```|[一二三四五六七八九十]{1,2}(?:是|要)"
    r"|第[一二三四五六七八九十百0-9]{1,3}[章节条部])"
)
_YEAR: Final = r"\d{4} ?年"  # behind a number it is another
_STOPS, _CLOSE = f"{TERMINAL}！？；：", f"{CLOSERS}）］"
_LONGEST: Final = 2_000  # characters without a stop: what has more is no prose
_INDENT: Final = r"[ \t\u3000]*"
_BREAK: Final = rf"\r?\n(?=[^\r\n]){_INDENT}"


def find_wraps(text: str) -> Iterator[Span]:
    """Yield the line breaks that only wrap a paragraph, each with the indent behind it.

    They are told by their width: most lines that end without a stop are as long as each other. Lines that
    begin with a label, a mark or a deeper indent stand for themselves.

    >>> text = "\\n".join(["全市坚持稳中求进工作总基调奋力推进各项"] * 6) + "事业。"
    >>> len(list(find_wraps(text)))
    5
    """
    if text.count("\n") * _OFTEN < len(text):
        return
    lines = text.split("\n")
    opened = [_is_open(line) for line in lines]
    # A program for print counts a digit as half a character, another counts all alike.
    measures = (
        [measure(line) * is_open for line, is_open in zip(lines, opened, strict=True)]
        for measure in _MEASURES
    )
    near, full, widths = max(
        ((*_full_width(widths), widths) for widths in measures), key=lambda found: found[0]
    )
    if not near:
        return
    line_break, position, unstopped = re.compile(_BREAK), 0, 0
    for number, line in enumerate(lines[:-1]):
        end = position + len(line)
        stop = max(map(line.rfind, "。！？；!?;"))
        unstopped = len(line) - stop if stop >= 0 else unstopped + len(line)
        wrapped = line_break.match(text, end - line.endswith("\r"))
        joins = _is_full(widths[number], full) and unstopped <= _LONGEST
        if wrapped and joins and not _begins_anew(line, lines[number + 1]):
            yield Span(wrapped.start(), wrapped.end())
        position = end + 1


def _begins_anew(line: str, following: str) -> bool:
    """Return whether what follows a line stands for itself."""
    if re.match(_ANEW, following) or _indent(following) > _indent(line):
        return True
    return line.rstrip()[-1:].isdigit() and re.match(_YEAR, following) is not None


def _is_open(line: str) -> bool:
    """Return whether a line ends without a stop."""
    rest = line.strip().rstrip(_CLOSE)
    return bool(rest) and rest[-1] not in _STOPS and not any(mark in rest for mark in ("\t", "|", "  "))


def _width(line: str) -> float:
    """Return the width of a line in full-width characters."""
    return sum(0.5 if char.isascii() else 1.0 for char in line.rstrip())


_MEASURES: Final = (_width, lambda line: float(len(line.rstrip())))


def _full_width(widths: list[float]) -> tuple[int, float]:
    """Return how many of the open lines have the width that most have, and that; nothing where few do."""
    opened = [width for width in widths if width >= _LEAST_WIDTH]
    if len(opened) < _MIN_FULL:
        return 0, 0.0
    full = Counter(opened).most_common(1)[0][0]
    near = sum(_is_full(width, full) for width in opened)
    return (near, full) if near >= max(_MIN_FULL, _LEAST_SHARE * len(opened)) else (0, 0.0)


def _is_full(width: float, full: float) -> bool:
    return full - _SHORT <= width <= full + _OVER


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t\u3000"))
