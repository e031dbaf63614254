"""Marked text: the numerals of headings and dates, and the marks beside them, as control characters.

Python takes 0.2 ms to compile a character class in which Chinese characters stand apart from each other,
and next to nothing for one of control characters; so patterns with classes of numerals match marked text.
It has the length of the text. `dalian_report.alphabet`, for figures, cannot serve: there 〇 零 ○ are one
digit, 两 another, 千 万 亿 几 and more are magnitudes. In a heading or a date 零 joins (一百零五), ○ is a
bullet, 两 and 万 are words, and the marks 、 年 月 是 must be in the same classes as the numerals.
"""

from __future__ import annotations

from typing import Final

NUMERAL: Final = r"\x01-\x03\x10-\x19"  # 一 to 九, 十 百 零 〇
COUNT: Final = r"\x01\x11-\x19"  # 一 to 十
DIGIT: Final = r"\x10-\x19"  # 〇, 一 to 九
ZERO: Final = r"\x03"  # 零
YEAR, MONTH, COMMA = r"\x04", r"\x05", r"\x06"  # 年 月 、
IS: Final = r"\x08"  # 是
NO_NUMBER: Final = rf"\x07{IS}"  # 产 是, as in 一、二产 and 一、二是

_CODES: Final = {
    **dict(zip("十百零年月、产是", "\x01\x02\x03\x04\x05\x06\x07\x08", strict=True)),
    **{char: chr(0x10 + digit) for digit, char in enumerate("〇一二三四五六七八九")},
}
_PAIRS: Final = (*((chr(control), "\x7f") for control in (*range(1, 9), *range(14, 32))), *_CODES.items())
_TABLE: Final = str.maketrans(dict(_PAIRS))
_SHORT: Final = 24  # characters; in a longer text replacing one after the other is faster than `translate`


def numeral_marks(folded: str) -> str:
    """Return folded text with numerals and marks as control characters; its own become U+007F.

    Named apart from `dalian_report.alphabet.code`, which knows other numerals (see above).

    >>> numeral_marks("(十二)、")
    '(\\x01\\x12)\\x06'
    """
    if len(folded) < _SHORT:
        return folded.translate(_TABLE)
    for char, mark in _PAIRS:  # the controls come first
        folded = folded.replace(char, mark)
    return folded


def is_han(text: str) -> bool:
    """Tell whether a text that is not empty consists of Chinese characters (the block from 一 on) alone."""
    return min(text) >= "\u4e00" and max(text) <= "\u9fff"


def han_runs(text: str) -> list[str]:
    """Return the runs of Chinese characters in a text.

    >>> han_runs("(辽宁省)大连市2023")
    ['辽宁省', '大连市']
    """
    return "".join(char if "\u4e00" <= char <= "\u9fff" else " " for char in text).split()
