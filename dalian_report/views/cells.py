"""Cells of a terminal: how wide text is, how to fold it, and how to show what must not reach a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

# C0, DEL and C1 controls, bidi controls and isolates, zero-width marks, line separators, byte-order mark,
# lone surrogates: all can hide or reorder text or drive the terminal.
_UNSAFE = "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
_BREAKS = re.compile(r"[ \t]*[\r\n\t\v\f]+[ \t]*")
# A line does not begin with a closing mark, nor end with an opening one.
_NO_START = frozenset("，。、；：？！）》」』】〕”’％,.;:?!)%]}")
_NO_END = frozenset("（《「『【〔“‘([{")


class Part(NamedTuple):
    """A stretch of text in one style; `""` is plain. Styles are names that the painter knows.

    `said` marks words of the program, not of a report: they follow the language.
    """

    text: str
    style: str = ""
    said: bool = False


BREAK = Part("\n")  # stands between the lines of a cell that has several


def escape_unsafe(text: str) -> str:
    r"""Return the text with control, bidi and zero-width characters and surrogates written out.

    >>> escape_unsafe("\x1b[31m红\u202e")
    '\\x1b[31m红\\u202e'
    """
    if text.isprintable():  # mostly, and then there is no pattern to compile
        return text
    return re.sub(_UNSAFE, _written, text)


def _written(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def one_line(text: str) -> str:
    """Return the text on one line: breaks and tabs are one space, what else is unsafe is written out."""
    return escape_unsafe(_BREAKS.sub(" ", text))


@lru_cache(maxsize=8192)
def _char_width(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 1


def cell_width(text: str) -> int:
    """Return how many cells a terminal gives the text: two for each CJK character.

    Characters of ambiguous width (“ ” … —) count one, as terminals show them by default.

    >>> cell_width("GDP增长5%")
    9
    """
    return len(text) if text.isascii() else sum(map(_char_width, text))


def parts_width(parts: Sequence[Part]) -> int:
    """Return how many cells the parts take together, the widest line of them where there are several."""
    if BREAK in parts:
        return max(map(parts_width, lines_of(parts)))
    return sum(cell_width(part.text) for part in parts)


def lines_of(parts: Sequence[Part]) -> list[list[Part]]:
    """Return the lines of a cell."""
    lines: list[list[Part]] = [[]]
    for part in parts:
        if part == BREAK:
            lines.append([])
        else:
            lines[-1].append(part)
    return lines


def cut_parts(parts: Sequence[Part], width: int, *, left: bool = False) -> list[Part]:
    """Return what of the parts is in `width` cells, from their beginning, or with `left` from their end.

    >>> [cut_parts([Part("国内改革")], 5, left=left)[0].text for left in (False, True)]
    ['国内', '改革']
    """
    kept: list[Part] = []
    for part in reversed(parts) if left else parts:
        text = part.text
        while cell_width(text) > width:
            text = text[1:] if left else text[:-1]
        kept.append(part._replace(text=text))
        width -= cell_width(text)
        if text != part.text:
            break
    return kept[::-1] if left else kept


def fold_parts(parts: Sequence[Part], width: int) -> list[list[Part]]:
    """Return the parts as lines of at most `width` cells; styles are kept.

    Nothing is lost but the blanks that would begin a line. A closing mark does not begin one either. At least
    one line, which may be empty.
    """
    if BREAK in parts:
        return [folded for line in lines_of(parts) for folded in fold_parts(line, width)]
    if parts_width(parts) <= width:
        return [list(parts)]
    styled = [(char, part.style) for part in parts for char in part.text]
    lines: list[list[Part]] = []
    start = 0
    for end in _break_points([char for char, _ in styled], width):
        while lines and start < end and styled[start][0] == " ":
            start += 1
        lines.append(_join(styled[start:end]))
        start = end
    return [line for number, line in enumerate(lines) if line or not number]


def _break_points(chars: list[str], width: int) -> Iterator[int]:
    """Yield the index after the last character of every line."""
    start, used, index = 0, 0, 0
    while index < len(chars):
        used += _char_width(chars[index])
        if used > width and index > start:
            end = _better_break(chars, start, index, width)
            yield end
            start = index = end
            used = 0
            continue
        index += 1
    yield len(chars)


def _better_break(chars: list[str], start: int, end: int, width: int) -> int:
    """Return a place at or before `end` that splits no ASCII word and strands no mark.

    A word longer than a line, such as a path, is split after a slash where it has one.
    """
    place = next((place for place in range(end, start, -1) if _may_break(chars, place)), None)
    if place is not None and (place == end or _word_length(chars, place) <= width):
        return place
    slashes = (slash for slash in range(end, (place or start) + 1, -1) if chars[slash - 1] in "/\\")
    return next(slashes, end)


def _may_break(chars: list[str], place: int) -> bool:
    before, after = chars[place - 1], chars[place]
    split_word = before.isascii() and after.isascii() and not (before.isspace() or after.isspace())
    return not split_word and after not in _NO_START and before not in _NO_END


def _word_length(chars: list[str], start: int) -> int:
    """Return how many ASCII characters without a space follow each other from `start`."""
    end = start
    while end < len(chars) and chars[end].isascii() and not chars[end].isspace():
        end += 1
    return end - start


def _join(styled: Sequence[tuple[str, str]]) -> list[Part]:
    parts: list[Part] = []
    for char, style in styled:
        if parts and parts[-1].style == style:
            parts[-1] = Part(parts[-1].text + char, style)
        else:
            parts.append(Part(char, style))
    return parts
