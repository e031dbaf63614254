"""Labels of headings: 第一章, 一、, (一), 1., (1), ①, 第一, — as they stand at the start of a line."""

import re
from typing import Final, Literal, NamedTuple

from dalian_report.document.coding import COMMA, NO_NUMBER, NUMERAL, numeral_marks

Style = Literal["chapter", "part", "numeral", "bracket", "ordinal", "arabic", "arabic_bracket", "circle"]
# How deep a style usually stands; the order of first appearance decides before this does.
RANK: Final[dict[str, int]] = {
    "chapter": 0,
    "part": 1,
    "numeral": 2,
    "bracket": 3,
    "ordinal": 4,
    "arabic": 5,
    "arabic_bracket": 6,
    "circle": 7,
}
_NUMERALS: Final = "一二三四五六七八九十百零〇"
# Both over coded text (see coding.py); the first is what goes on with an enumeration, as in 第一、二季度.
_COUNTED: Final = rf"[{NUMERAL}]{{1,2}}(?:[{COMMA},{NO_NUMBER}]|和|及|与|季|批|期|次|届|轮|线)"
_LABEL: Final = re.compile(
    rf"""
      (?P<chapter>第[{NUMERAL}0-9]{{1,4}}(?:章|编|部分)(?!\Z))
    | (?P<part>第[{NUMERAL}0-9]{{1,4}}节(?=[ {COMMA}:,]))
    | (?P<bracket>\([ ]?[{NUMERAL}]{{1,3}}[ ]?\){COMMA}?)
    | (?P<numeral>[{NUMERAL}]{{1,3}}[ ]?[{COMMA}.](?![{NUMERAL}]{{1,2}}[{COMMA},{NO_NUMBER}]))
    | (?P<ordinal>第[{NUMERAL}]{{1,3}}(?:[,:.]|{COMMA}(?!第|{_COUNTED})))
    | (?P<arabic>[0-9]{{1,2}}(?:{COMMA}(?![0-9]{{1,2}}(?:[{COMMA}{NO_NUMBER}]|号线|季度))|[.](?![0-9])))
    | (?P<arabic_bracket>\(?[0-9]{{1,2}}\))
    | (?P<circle>[①-⑳])
    """,
    re.VERBOSE,
)
_FIRST: Final = frozenset(_NUMERALS + "第(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_VALUES: Final = {char: value for value, char in enumerate("〇一二三四五六七八九十")} | {"零": 0}
_NUMBER: Final = re.compile(rf"[{NUMERAL}]+|[0-9]+")
_MAX_CHARS: Final = 12  # no label is longer, with what must or must not follow it


class Label(NamedTuple):
    """A heading's label at `[start, end)` of the folded text: its style and its number."""

    start: int
    end: int
    style: Style
    number: int


def find_label(folded: str, start: int, end: int) -> Label | None:
    """Return the label that a line begins with.

    >>> find_label("(四)统筹城乡建设", 0, 9)
    Label(start=0, end=3, style='bracket', number=4)
    >>> find_label("一、二、三产业增长", 0, 9), find_label("第一、二季度", 0, 6), find_label("1.5万人", 0, 5)
    (None, None, None)
    """
    if folded[start] not in _FIRST:
        return None
    head = folded[start : min(end, start + _MAX_CHARS)]
    match = _LABEL.match(numeral_marks(head))
    if match is None or match.lastgroup is None:
        return None
    style: Style = match.lastgroup  # type: ignore[assignment]  # the groups are named by style
    return Label(start, start + match.end(), style, _number(head, match[0], style))


def _number(head: str, coded: str, style: Style) -> int:
    """Return the number of the label at the head of a line, which is `coded`."""
    if style == "circle":
        return ord(coded) - ord("①") + 1
    match = _NUMBER.search(coded)
    return parse_numeral(head[match.start() : match.end()]) if match else 0


def parse_numeral(text: str) -> int:
    """Return a whole number under 1,000 in Arabic or Chinese digits.

    >>> parse_numeral("二十三"), parse_numeral("十"), parse_numeral("12"), parse_numeral("一百零五")
    (23, 10, 12, 105)
    """
    if text.isascii() and text.isdigit():
        return int(text)
    hundreds, _, rest = text.rpartition("百")
    total = _VALUES.get(hundreds, 1) * 100 if "百" in text else 0
    tens, ten, units = rest.strip("零〇").rpartition("十")
    if ten:
        total += _VALUES.get(tens, 1) * 10
    return total + _VALUES.get(units, 0)
