"""An alphabet for patterns over numerals: each Chinese digit and magnitude becomes one control character.

A class of Chinese characters costs a quarter of a millisecond to compile and there would be dozens; a
class of control characters costs nothing. The coded text has the length of the text, so that what a
pattern finds in it is a span of the text. Control characters of the text itself are coded as U+007F.
Plain, formal (壹 仟) and traditional (萬 兩) characters of one meaning share one code.
"""

from __future__ import annotations

from typing import Final

# Each string is one code: the characters that mean the same.
_DIGITS = ("〇○零", "一壹", "二贰貳", "三叁", "四", "五", "六", "七柒", "八捌", "九玖")
_PAIR = "两兩"
_MAGNITUDES = ("十", "百佰", "千仟", "万萬", "亿億", "廿", "卅", "兆")
_VAGUE = ("几幾", "数")
_WORDS = ("首", "翻", "半", "折")

DIGIT = r"\x10-\x1a"  # 〇 to 九, 两
FIGURE = r"\x11-\x19"  # 一 to 九
MAGNITUDE = r"\x01-\x05"
TEN = "\x01"
TWENTY = r"\x06\x07"  # 廿 卅
TRILLION = r"\x08"  # 兆: a number of its own, or the mega of 兆瓦
VAGUE = r"\x0e\x0f"  # 几 数
WORDS = r"\x80-\x83"  # 首位, 翻番, 一半, 对折: no numerals, but where a figure may start
MONTH = rf"(?:[0-9]{{1,2}}|{TEN}[{FIGURE}]?|[{FIGURE}])"  # 3, 12, 三, 十二
YEAR = r"(?:(?:1[89]|20)\d\d|[\x11\x12][\x10\x18\x19][\x10-\x19]{2})"  # 1985, 一九八五, 二〇二三

# Formal digits that are also words (大陆, 队伍, 收拾): numerals only beside another numeral.
_FORMAL = str.maketrans({"拾": "\x01", "肆": "\x14", "伍": "\x15", "陆": "\x16", "陸": "\x16"})
_CODES = frozenset(map(chr, (*range(1, 9), *range(0x10, 0x1B))))


def _table() -> dict[int, str]:
    table = dict.fromkeys([*range(1, 9), *range(14, 32), *range(0x80, 0x84)], "\x7f")
    starts = {0x10: _DIGITS, 0x1A: (_PAIR,), 1: _MAGNITUDES, 0x0E: _VAGUE, 0x80: _WORDS}
    for first, groups in starts.items():
        for place, same in enumerate(groups):
            table.update({ord(char): chr(first + place) for char in same})
    return table


_CODE: Final = _table()
NUMERALS: Final = frozenset((*map(chr, _CODE), *map(chr, _FORMAL)))  # what `code` may change
# In pairs, controls first: over a report, replacing one character after the other takes a fifth of the time
# of `translate`, which is the faster one over a few words; of those most have nothing to code.
_PAIRS: Final = tuple((chr(char), coded) for char, coded in _CODE.items())
_SHORT: Final = 40


def code(folded: str) -> str:
    """Return folded text with its Chinese numerals as control characters, one for one.

    >>> code("三百亿元")
    '\\x13\\x02\\x05元'
    >>> code("陆地"), code("肆佰陆拾")
    ('陆地', '\\x14\\x02\\x16\\x01')
    """
    if len(folded) < _SHORT:
        if NUMERALS.isdisjoint(folded):
            return folded
        coded = folded.translate(_CODE)
    else:
        coded = folded
        for char, sign in _PAIRS:
            coded = coded.replace(char, sign)
    if "陆" in coded or "伍" in coded or "拾" in coded or "肆" in coded or "陸" in coded:
        return _with_formal(coded)
    return coded


def _with_formal(coded: str) -> str:
    """Return coded text with its formal digits coded; a pattern of them would be tried at every character."""
    pieces: list[str] = []
    last = 0
    for start in sorted([place for digit in _FORMAL for place in _places(coded, chr(digit))]):
        if start < last:
            continue
        end = start + 1
        while end < len(coded) and ord(coded[end]) in _FORMAL:
            end += 1
        pieces += coded[last:start], _formal(coded, start, end)
        last = end
    return "".join(pieces) + coded[last:]


def _places(text: str, char: str) -> list[int]:
    """Return where a character stands."""
    places: list[int] = []
    place = text.find(char)
    while place >= 0:
        places.append(place)
        place = text.find(char, place + 1)
    return places


def _formal(string: str, start: int, end: int) -> str:
    """Return formal digits coded where they are numerals, as they are in a word (海陆统筹, 队伍两千人)."""
    text = string[start:end]
    before, behind = string[start - 1 : start], string[end : end + 4].replace(" ", "")
    if before not in _CODES:
        pointed = behind[:1] in ("点", "點") and behind[1:2] in _CODES
        shared = string.endswith("分之", 0, start)
        alone = len(text) == 1 and behind[:1] not in _CODES
        if not shared and (before.isalpha() or (alone and not pointed)):
            return text
    return text.translate(_FORMAL)
