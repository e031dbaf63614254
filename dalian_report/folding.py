"""Folding: full-width forms and dashes become their plain form, one character for one.

Folded and original text share their offsets, so whatever matches the folded text is a span of the
original. NFKC would not do: it turns ㎡ into two characters.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_WIDTH_OFFSET = 0xFEE0
# Spaces that web pages and Word files put between characters.
_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"
_DASHES = "‐‑‒–—―─－﹣﹘−"
# Small and vertical forms, and the ratio colon.
_SINGLE = {"﹐": ",", "﹔": ";", "﹕": ":", "﹙": "(", "﹚": ")", "﹪": "%", "︰": ":", "∶": ":"}

# A circle typed for 〇 stands beside another digit of a year (二○二三年); elsewhere it is a bullet.
_CIRCLES: Final = "○◯"
_DIGITS: Final = frozenset("一二三四五六七八九〇○◯")


def _table() -> dict[int, str]:
    table = {code: chr(code - _WIDTH_OFFSET) for code in _FULL_WIDTH}
    table.update({ord(char): " " for char in _SPACES})
    table.update({ord(char): "-" for char in _DASHES})
    table.update({ord(char): plain for char, plain in _SINGLE.items()})
    return table


FOLD_TABLE = _table()
# No plain form is folded itself, so that characters can be replaced one after the other: for a whole report
# that takes less than half the time of `translate`.
_PAIRS: Final = tuple((chr(code), plain) for code, plain in FOLD_TABLE.items())
_SHORT: Final = 500
# Small forms and letters are most of the pairs, and few reports have any: one search tells for all of them.
_RARE: Final = "[\ufe30-\ufe6a\uff20-\uff5d]"
_COMMON: Final = tuple(
    pair for pair in _PAIRS if not ("\ufe30" <= pair[0] <= "\ufe6a" or "\uff20" <= pair[0] <= "\uff5d")
)


@cache
def _point() -> re.Pattern[str]:
    # A full stop typed for a point stands between digits before what can only end a figure: 增长5。2%.
    return re.compile(r"。(?<=[0-9]。)(?=[0-9]{1,2} ?(?:%|‰|倍|亿|万|个百分点))")


def stands_alone(text: str) -> bool:
    """Return whether folding neither changes a text nor makes it out of another one.

    Such a text stands in a folded text exactly where it stands in the text itself.

    >>> stands_alone("海洋经济"), stands_alone("5G"), stands_alone("二〇二三")
    (True, False, False)
    """
    return _changeable().isdisjoint(text)


@cache
def _changeable() -> frozenset[str]:
    return frozenset({*map(chr, FOLD_TABLE), *FOLD_TABLE.values(), *"〇○◯。"})


def fold(text: str) -> str:
    """Return the text with full-width forms and dashes mapped one to one, its length unchanged.

    >>> fold("增长５．２％，其中（一）—二○二三年。")
    '增长5.2%,其中(一)-二〇二三年。'
    """
    if len(text) < _SHORT:
        folded = text.translate(FOLD_TABLE)
    else:
        folded = text
        for char, plain in _PAIRS if re.search(_RARE, text) else _COMMON:
            folded = folded.replace(char, plain)
    if "。" in folded:
        folded = _point().sub(".", folded)
    for circle in _CIRCLES:
        if circle in folded:
            folded = re.sub(circle, _circle, folded)
    return folded


def _circle(circle: re.Match[str]) -> str:
    """Return 〇 for a circle beside a digit, else the circle."""
    text, start = circle.string, circle.start()
    return circle[0] if _DIGITS.isdisjoint(text[start - 1 : start] + text[start + 1 : start + 2]) else "〇"


def count_visible(text: str) -> int:
    """Return how many characters of a text are no white space.

    >>> count_visible("各位 代表\\n")
    4
    """
    return len("".join(text.split()))
