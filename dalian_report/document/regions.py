"""Regions: names of provinces, prefectures and counties in a text, with their GB/T 2260 codes."""

import re
from functools import cache
from typing import Final, NamedTuple

from dalian_report.data import load_text
from dalian_report.document.coding import han_runs

NATION: Final = "全国"
_LEVELS: Final = {"省": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3, "乡": 4, "镇": 4}
_MIN_NAME_CHARS, _MAX_NAME_CHARS = 3, 15
_AUTONOMOUS: Final = re.compile(r"(.{2,}?)(?:.{1,4}族|维吾尔|哈萨克|柯尔克孜|蒙古|塔吉克)*自治[区州县旗]")
# What a file name says beside the region.
_REST: Final = re.compile(r"人?民?政府工作报告.*|工作报告.*|^年度?|年度?$")
# What 全县 and 市第三届人民代表大会 have, and no name.
_NO_NAME: Final = ("全", "我", "本", "各", "该")
_NOT_REPORTING: Final = (
    "71",
    "81",
    "82",
)  # 台湾, 香港 and 澳门: many reports mention them, none is of theirs
_NO_PLACE: Final = ("新增城市",)  # 增城市 is a city of Guangdong, 新增城市公园 are parks
_NOT_IN_NAMES: Final = frozenset("的在届会第年")


class Region(NamedTuple):
    """A region by its full name, and its six-digit code where the name alone tells which one it is."""

    name: str
    adcode: str | None


class _Place(NamedTuple):
    """A name at a place of a text, with every code that it has had."""

    start: int
    name: str
    codes: tuple[str, ...]


@cache
def _table() -> str:
    """Return the table as one text, searched with `find`: a dict would cost more than a report does."""
    return "\n" + load_text("regions.txt")


def _codes(name: str) -> tuple[str, ...]:
    """Return the codes of a full name, those in force first."""
    table, needle, codes = _table(), f"\n{name} ", []
    at = table.find(needle)
    while at >= 0:
        codes.append(table[at + len(needle) : at + len(needle) + 6])
        at = table.find(needle, at + 1)
    return tuple(codes)


def _level(code: str) -> int:
    """Return 1 for a province, 2 for a prefecture, 3 for a county."""
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def find_region(text: str) -> Region | None:
    """Return the most specific region that a title names in full.

    >>> find_region("(辽宁省)大连市人民政府工作报告")
    Region(name='大连市', adcode='210200')
    >>> find_region("平顶山市新华区2025年政府工作报告")
    Region(name='新华区', adcode='410402')
    """
    places = [place for run in han_runs(text) for place in _places(run)]
    if not places:
        return None
    region: Region | None = None
    chain = ""
    for place in places:
        inside = [code for code in place.codes if chain and code.startswith(chain)]
        if region is not None and not inside:
            continue
        code = (inside or place.codes)[0]
        known = bool(inside) or len(place.codes) == 1 or _level(code) < 3
        region = Region(place.name, code if known else None)
        chain = code[: 2 * _level(code)] if known else "-"
    return region


def _places(run: str) -> list[_Place]:
    """Return the known names in a run of Chinese characters, left to right, the longest at each place."""
    found: list[_Place] = []
    start = 0
    while start < len(run):
        place = None if run.startswith(_NO_PLACE, max(0, start - 1)) else _place_at(run, start)
        if place is None:
            start += 1
        else:
            found.append(place)
            start += len(place.name)
    return found


def _place_at(run: str, start: int) -> _Place | None:
    best: _Place | None = None
    for end in range(start + 2, min(len(run), start + 15) + 1):
        if run[end - 1] not in "省市区州盟县旗":
            continue
        codes = _codes(run[start:end])
        if codes:
            best = _Place(start, run[start:end], codes)
    return best


def complete_region(short: str, *, level: int | None = None) -> Region | None:
    """Return the region that a short name stands for (凉山, 广西), the highest or the one of the `level`.

    >>> complete_region("凉山"), complete_region("吉林", level=2)
    (Region(name='凉山彝族自治州', adcode='513400'), Region(name='吉林市', adcode='220200'))
    """
    if len(short) < 2:
        return None
    table, needle = _table(), "\n" + short
    best: tuple[int, int, Region] | None = None
    at = table.find(needle)
    while at >= 0:
        name, _, code = table[at + 1 : table.index("\n", at + 1)].partition(" ")
        rest = name.removeprefix(short)
        if not rest or rest[-1] in "省市区州盟县旗":
            this = (
                _level(code) if level is None else abs(_level(code) - level),
                len(name),
                Region(name, code),
            )
            if best is None or this[:2] < best[:2]:
                best = this
        at = table.find(needle, at + 1)
    return best[2] if best else None


def unlisted_region(name: str) -> Region | None:
    """Return the region of a full name that the table lacks, without code; None for one that it has.

    >>> unlisted_region("海南省测试县"), unlisted_region("大连市")
    (Region(name='测试县', adcode=None), None)
    >>> unlisted_region("凉山州")
    Region(name='凉山彝族自治州', adcode='513400')
    """
    listed = find_region(name)
    own = name.rpartition(listed.name)[2] if listed else name
    if len(own) < _MIN_NAME_CHARS or len(own) > _MAX_NAME_CHARS or own[-1] not in _LEVELS:
        return None
    if own.startswith(_NO_NAME) or not _NOT_IN_NAMES.isdisjoint(own):
        return None
    short = complete_region(own[:-1], level=_LEVELS[own[-1]])
    return short if short and short.name[-1] == own[-1] else Region(own, None)


def short_region(name: str) -> str:
    """Return the short name of a region, as a text mentions it.

    >>> [short_region(name) for name in ("大连市", "广州市", "广西壮族自治区", "凉山彝族自治州", "全国")]
    ['大连', '广州', '广西', '凉山', '全国']
    """
    own = _AUTONOMOUS.fullmatch(name)
    if own:
        return own[1]
    suffix = next((end for end in ("特别行政区", "地区", *_LEVELS) if name.endswith(end)), "")
    short = name.removesuffix(suffix)
    return short if len(short) >= 2 else name


@cache
def _reporting() -> dict[str, str]:
    """Return provinces and prefectures by their short names; 吉林, which is both, stands for itself."""
    found: dict[int, dict[str, str]] = {1: {}, 2: {}}
    for line in load_text("regions.txt").splitlines():
        name, _, code = line.partition(" ")
        if _level(code) < 3 and name != NATION and not code.startswith(_NOT_REPORTING):
            names, short = found[_level(code)], short_region(name)
            if short not in names or name.endswith("市"):  # 南通市 was 南通地区
                names[short] = name
    both = {short: short for short in found[1] if short in found[2]}
    return found[2] | found[1] | both


def count_regions(text: str) -> list[tuple[str, int]]:
    """Return the provinces and prefectures that a text mentions, the most frequent first.

    >>> count_regions("广东的广州与吉林,广州")
    [('广州市', 2), ('吉林', 1), ('广东省', 1)]
    """
    counts = [(name, said) for short, name in _reporting().items() if (said := text.count(short))]
    return sorted(counts, key=lambda one: -one[1])  # of two as frequent, the prefecture before its province


def are_akin(one: str, other: str) -> bool:
    """Tell whether two names may be of one region, or one lies in the other.

    >>> are_akin("广东省", "广州市"), are_akin("新华区", "平顶山市"), are_akin("深圳市", "广州市")
    (True, True, False)
    """
    chains = [
        [code[: 2 * _level(code)] for full in _full_names(name) for code in _codes(full)]
        for name in (one, other)
    ]
    return any(a.startswith(b) or b.startswith(a) for a in chains[0] for b in chains[1])


def _full_names(name: str) -> tuple[str, ...]:
    """Return a name, or the province and the prefecture that share it as a short one."""
    return (name, f"{name}省", f"{name}市") if _reporting().get(name) == name else (name,)


def regions_in_stem(stem: str) -> list[Region]:
    """Return the regions that the name of a file tells, in full or in short.

    >>> [[region.name for region in regions_in_stem(stem)] for stem in ("2026_上海市_政府工作报告", "a-1986")]
    [['上海市'], []]
    """
    found = []
    for run in han_runs(stem):
        name = _REST.sub("", run)
        region = find_region(name) or complete_region(name)
        if region:
            found.append(region)
    return found
