"""Bounds: the words around a figure that make it 约, 以上 or 以内, from data/bounds.yaml."""

import re
from functools import cache
from typing import Final, NamedTuple

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
    negations: tuple[str, ...]
    joined_before: dict[str, str]
    joined_after: dict[str, str]
    last: frozenset[str]  # characters with which what stands before a figure and bounds it ends
    first: frozenset[str]  # and with which what stands behind begins


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
        re.compile(rf"({_alternatives(before)})((?:为\w{{1,3}})?(?:{_alternatives(data['links'])}))?了?$"),
        re.compile(rf"(?:{_alternatives(after)})"),
        re.compile(rf"(?:{_alternatives(data['thresholds'])})了?$"),
        tuple(data["frames"]),
        tuple(data["negations"]),
        data["joined_before"],
        data["joined_after"],
        frozenset({"了", *(word[-1] for word in (*before, *data["links"], *data["thresholds"]))}),
        frozenset(word[0] for word in after),
    )


_LOOK_BACK: Final = 8
_LOOK_FAR: Final = 16
_SHORT_OF: Final = ("不到", "不足", "不及")  # 高于全国 compares, it does not bound
_ENDS_OF_WHOLES: Final = frozenset("的国省市区县州球")
_WHOLE: Final = re.compile("全[国省市区县州球]$|(?<=[为于占当])[^,;:。、的]{2,8}的$")
_PASSED: Final = re.compile("(?:收入|产值|产量|存款|投资|税收|营收|总额|利润)过$")  # 户均收入过|4000元
_LIFTED: Final = re.compile("上$|(?<![超经通走度])过$")
_OPPOSITE: Final[dict[Bound, Bound]] = {"at_least": "at_most", "at_most": "at_least"}


def inside_bound(text: str) -> bool:
    """Return whether a numeral holds 多 or 余 between its digits and its unit (八百多个)."""
    return not _words().inside.isdisjoint(text)


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
    near = folded[max(0, start - _LOOK_BACK) : start]
    before = near.rstrip(" \n") if near.endswith("\n") else near  # 突破 at the end of a line
    start -= len(near) - len(before)
    last = before[-1:]
    bounded = last in words.last
    found = words.before_pattern.search(before) if bounded else None
    if found and not (_is_joined(before, found, words.joined_before) or _is_told(found, folded[end - 1])):
        bound, outer_start = _negated(words, before, found, start - len(found.group()))
        if found.group(2):
            outer_start = start  # a verb stands between: 至少增加300个
    elif bounded and words.threshold.search(before):
        bound = "at_least"
    elif last in _ENDS_OF_WHOLES:
        bound = _bound_of_share(words, folded, start, end) or bound
    elif last == "过" and _PASSED.search(before):
        outer_start, bound = start - 1, "at_least"
    elif last in ("上", "过") and folded[start] in "十百千万亿" and _LIFTED.search(before):
        outer_start, bound = start - 1, "at_least"  # 上万人, 过百亿元
    behind = words.after_pattern.match(folded, end) if folded[end : end + 1] in words.first else None
    if behind and not _goes_on(folded, behind, words.joined_after):
        outer_end = behind.end()
        bound = words.after[behind.group()]
    elif folded.startswith("内", end) and any(
        frame in folded[max(0, start - 8) : start] for frame in words.frames
    ):
        outer_end, bound = end + 1, "at_most"
    return Modifiers(bound, outer_start, outer_end)


def _bound_of_share(words: _Words, folded: str, start: int, end: int) -> Bound | None:
    """Return the bound that stands before what a share is of (约为全市平均的|1.1倍, 以不到全区|3%的土地)."""
    before = folded[max(0, start - _LOOK_FAR) : start]
    of = _WHOLE.search(before)
    found = words.before_pattern.search(before, 0, of.start()) if of else None
    if found is None or folded[start:end].endswith("个百分点"):
        return None
    word = found.group(1)
    fraction = "分之" in folded[start:end] or folded[start:end].endswith(("半", "成"))
    weighs = words.before[word] == "about" or word in _SHORT_OF or (fraction and word.startswith("超"))
    joins = words.joined_before.get(word[0], "")
    apart = before[max(found.start() - 1, 0)] not in joins or not found.start()
    return words.before[word] if weighs and apart else None


def _is_joined(before: str, found: re.Match[str], joins: dict[str, str]) -> bool:
    """Return whether a word of a bound only ends another word: the 约 of 签约, the 破 of 侦破."""
    return found.start() > 0 and before[found.start() - 1] in joins.get(found.group(1), "")


def _is_told(found: re.Match[str], unit: str) -> bool:
    """Return whether a word of a bound says what happened: 破17起 of cases, 饲料不足减少了64万头."""
    if found.group(1) == "破":
        return unit in "起宗件"
    return found.group(1) in ("不足", "不满", "不及") and found.group(2) in ("增加", "减少", "下降")


def _negated(words: _Words, before: str, found: re.Match[str], start: int) -> tuple[Bound, int]:
    """Return the bound of a word, turned round by a negation before it, and where the two start."""
    bound = words.before[found.group(1)]
    head = before[: found.start()]
    negation = max((word for word in words.negations if head.endswith(word)), key=len, default="")
    if not negation or bound not in _OPPOSITE:
        return bound, start
    return _OPPOSITE[bound], start - len(negation)


def _goes_on(folded: str, behind: re.Match[str], joins: dict[str, str]) -> bool:
    """Return whether a word of a bound only starts another word: 多 of 多功能, 起 of 起草."""
    word, following = behind.group(), folded[behind.end() : behind.end() + 1]
    return following.isalpha() if word == "起" else bool(following) and following in joins.get(word, "")
