"""Units of measure and classifiers, from data/units.yaml."""

import re
from functools import cache
from typing import Final, NamedTuple

from dalian_report.data import load_data

_OTHER: Final = frozenset({"variants", "weak", "joins", "no_classifiers"})
_MEASURES: Final = frozenset(
    {"money", "area", "length", "volume", "mass", "concentration", "energy", "data", "time", "rate"}
)
_SIZES: Final = _MEASURES - {"money", "time", "rate", "concentration"}
_DIVISORS: Final = frozenset({"area", "length", "volume", "mass"})

MEDALS: Final = frozenset("金银铜")
_COUNT: Final = "[0-9一二两三四五六七八九十]{1,3}"
_MEDAL_BEHIND: Final = rf"、?{_COUNT}枚?[金银铜]"  # compiled where one is met
_MEDAL_BEFORE: Final = rf"{_COUNT}枚?[金银铜]、?{_COUNT}$"
_LONGEST_MEDALS: Final = 9

_SCALES: Final = ("十", "百", "千", "万", "亿")


class Units(NamedTuple):
    """The lookup tables of units: their groups, spellings, the weak ones, what joins and what is none.

    `heads` has the units that begin with a character or with two, the longest first; the one of a single
    character stands with each two as well.
    """

    group: dict[str, str]
    variants: dict[str, str]
    weak: frozenset[str]
    joins: dict[str, str]
    no_classifiers: tuple[str, ...]
    heads: dict[str, tuple[str, ...]]


@cache
def load_units() -> Units:
    """Return the tables of data/units.yaml."""
    data = load_data("units")
    group = {unit: name for name, units in data.items() if name not in _OTHER for unit in units}
    variants: dict[str, str] = data["variants"]
    for variant, unit in variants.items():
        group.setdefault(variant, group[unit])
    heads: dict[str, list[str]] = {}
    for unit in sorted(group, key=len, reverse=True):
        heads.setdefault(unit[:2], []).append(unit)
    for head, units in heads.items():
        if len(head) > 1 and head[0] in group:
            units.append(head[0])
    return Units(
        group,
        variants,
        frozenset(data["weak"]),
        data["joins"],
        tuple(data["no_classifiers"]),
        {head: tuple(units) for head, units in heads.items()},
    )


def unit_at(folded: str, position: int) -> str:
    """Return the longest unit that starts at a position, or an empty string.

    >>> unit_at("319天", 3)
    '天'
    """
    units = load_units()
    head = folded[position : position + 2]
    for unit in units.heads.get(head) or units.heads.get(head[:1], ()):
        if folded.startswith(unit, position):
            end = position + len(unit)
            behind = folded[end : end + 1]
            if behind and behind in units.joins.get(unit, ""):
                continue
            if unit[-1].isascii() and unit[-1].isalnum() and behind.isascii() and behind.isalnum():
                continue  # the P of PMI
            if unit in MEDALS and not _is_medal(folded, position):
                continue
            if behind == "/":
                return unit + _divisor(folded, end)
            return unit + _written_divisor(folded, end) if behind == "每" else unit
    return ""


def _is_medal(folded: str, position: int) -> bool:
    """Return whether 金, 银 or 铜 behind a numeral is a medal: beside another, or with no word going on."""
    before = folded[max(0, position - _LONGEST_MEDALS) : position]
    if before[-1:].isascii() and not folded[position + 1 : position + 2].isalpha():
        return True
    return bool(
        re.match(_MEDAL_BEHIND, folded[position + 1 : position + _LONGEST_MEDALS])
        or re.search(_MEDAL_BEFORE, before)
    )


def _written_divisor(folded: str, each: int) -> str:
    """Return what a measure is divided by in words: the 每立方米 of 微克每立方米; "" for none."""
    unit = unit_at(folded, each + 1)
    return "每" + unit if load_units().group.get(unit) in _DIVISORS or unit in ("小时", "秒") else ""


def _divisor(folded: str, slash: int) -> str:
    """Return what a unit is divided by: the /万人 of 件/万人, with its slash; an empty string for none."""
    start = slash + 1
    unit = unit_at(folded, start)  # of 千瓦时 before that of 瓦时
    while not unit and folded[start : start + 1] in _SCALES:
        start += 1
        unit = unit_at(folded, start)
    return folded[slash:start] + unit if unit else ""


def base_unit(unit: str) -> str:
    """Return the standard spelling of a unit.

    >>> base_unit("噸"), base_unit("微克每立方米")
    ('吨', '微克/立方米')
    """
    variants = load_units().variants
    if unit in variants:
        return variants[unit]
    if "/" not in unit and "每" not in unit:
        return unit
    return "/".join(variants.get(part, part) for part in unit.replace("每", "/").split("/"))


def is_measure(unit: str) -> bool:
    """Return whether a unit measures (元, 亩, 吨) rather than counts (个, 家)."""
    return "/" in unit or "每" in unit or load_units().group.get(unit, "") in _MEASURES


def is_size(unit: str) -> bool:
    """Return whether a unit measures how large a thing is (吨, 千瓦, 公里), rather than money or time."""
    return load_units().group.get(unit, "") in _SIZES


def counts(unit: str) -> bool:
    """Return whether a unit only counts things (个, 条), so that it cannot grow."""
    return load_units().group.get(unit, "") == "classifiers"


def is_time(unit: str) -> bool:
    """Return whether a unit measures time (分钟, 小时)."""
    return load_units().group.get(unit, "") == "time"


def is_weak(unit: str) -> bool:
    """Return whether a unit is a word of its own behind a small Chinese numeral."""
    return unit in load_units().weak
