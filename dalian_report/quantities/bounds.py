"""Bounds: the words around a figure that make it 约, 以上 or 以内, from data/bounds.yaml."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from dalian_report.data import load_data
from dalian_report.model import Bound


class Modifiers(NamedTuple):
    """What stands around a figure: its bound and the span that takes the modifiers in."""

    bound: Bound
    start: int
    end: int


class _Words(NamedTuple):
    before: dict[str, Bound]
    after: dict[str, Bound]
    inside: frozenset[str]
    before_pattern: re.Pattern[str]
    after_pattern: re.Pattern[str]
    threshold: re.Pattern[str]
    frames: tuple[str, ...]


def _alternatives(words: dict[str, Bound] | list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _words() -> _Words:
    data = load_data("bounds")
    before: dict[str, Bound] = {word: bound for bound, words in data["before"].items() for word in words}
    after: dict[str, Bound] = {word: bound for bound, words in data["after"].items() for word in words}
    return _Words(
        before,
        after,
        frozenset(data["inside"]),
        re.compile(rf"(?:{_alternatives(before)})$"),
        re.compile(rf"(?:{_alternatives(after)})"),
        re.compile(rf"(?:{_alternatives(data['thresholds'])})了?$"),
        tuple(data["frames"]),
    )


_LOOK_BACK = 6
_LOOSE = re.compile(r"约(?:损失|增加|减少|节约|需要|需|有|占|为|能|可)了?$")


def inside_bound(text: str) -> bool:
    """Return whether a numeral holds 多 or 余 between its digits and its unit (八百多个)."""
    return any(char in _words().inside for char in text)


def modifiers(folded: str, start: int, end: int) -> Modifiers:
    """Return the bound of the figure at [start, end) with the span of its modifiers.

    >>> modifiers("增长5%左右", 2, 4)
    Modifiers(bound='about', start=2, end=6)
    >>> modifiers("不超过3%", 3, 5)
    Modifiers(bound='at_most', start=0, end=5)
    """
    words = _words()
    bound: Bound = "at_least" if inside_bound(folded[start:end]) else "exact"
    outer_start, outer_end = start, end
    found = words.before_pattern.search(folded[max(0, start - _LOOK_BACK) : start])
    if found:
        word = found.group()
        outer_start = start - len(word)
        bound = words.before[word]
    elif _LOOSE.search(folded, max(0, start - _LOOK_BACK), start):
        bound = "about"
    elif words.threshold.search(folded[max(0, start - _LOOK_BACK) : start]):
        bound = "at_least"
    elif folded.startswith("上", start - 1) and start and folded[start] in "十百千万亿":
        outer_start, bound = start - 1, "at_least"  # 上万人
    behind = words.after_pattern.match(folded, end)
    if behind and not (behind.group() == "起" and folded[behind.end() : behind.end() + 1].isalpha()):
        outer_end = behind.end()
        bound = words.after[behind.group()]
    elif folded.startswith("内", end) and any(
        frame in folded[max(0, start - 8) : start] for frame in words.frames
    ):
        outer_end, bound = end + 1, "at_most"
    return Modifiers(bound, outer_start, outer_end)
