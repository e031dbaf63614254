"""What is no quantity: words, ordinals, slogans, numbers of years, thresholds inside a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from dalian_report.alphabet import DIGIT, MAGNITUDE
from dalian_report.data import load_data
from dalian_report.model import Quantity
from dalian_report.quantities.forms import Text
from dalian_report.quantities.numerals import HAN_DIGIT
from dalian_report.quantities.units import MEDALS, counts, is_measure, is_time, is_weak

_ORDINALS: Final = re.compile(rf"(?:(?:、|和|与|及)第[0-9{DIGIT}{MAGNITUDE}]+)+")
_WHOLE_FORMS: Final = frozenset({"首位", "一半", "半数", "翻番", "对半", "对折", "半成", "半折"})
_BEFORE_READERS: Final = frozenset(" :([【")
_OPEN_QUOTES: Final = frozenset("“\"'‘《「『")
_CLOSE_QUOTES: Final = frozenset("”\"'’》」』")


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    data = load_data("exclusions")
    return {name: tuple(words) for name, words in data.items()}


@cache
def _slogans() -> dict[str, tuple[str, ...]]:
    """Return the slogans by their first two characters."""
    slogans: dict[str, tuple[str, ...]] = {}
    for slogan in _lists()["slogans"]:
        slogans[slogan[:2]] = (*slogans.get(slogan[:2], ()), slogan)
    return slogans


def is_ranking(folded: str, start: int) -> bool:
    """Return whether what stands before 首位 or 第一 makes it a rank (居全国首位, not 放在首位)."""
    return folded.endswith(_lists()["rankings"], max(0, start - 8), start) and not is_idiom(folded, start)


def names_a_ratio(folded: str, start: int) -> bool:
    """Return whether a ratio is said to be one before the number at `start` (收入比缩小至2.52:1)."""
    return any(word in folded[max(0, start - 20) : start] for word in ("比", "倍差", "差距", "结构"))


def is_idiom(folded: str, start: int) -> bool:
    """Return whether a rank is only a figure of speech (放在首位)."""
    before = folded[max(0, start - 8) : start]
    return any(word in before for word in _lists()["idioms"])


def lists_ordinals(text: Text, end: int) -> bool:
    """Return whether an ordinal opens a list that a noun ends (第一、第二、第三产业), not a list of ranks."""
    rest = _ORDINALS.match(text.coded, end)
    if not rest or text.folded.startswith(("位", "名"), rest.end()):
        return False
    return continues_word(text.folded, rest.end())


def continues_word(folded: str, end: int) -> bool:
    """Return whether a noun goes on behind an ordinal (第一产业, 第三方)."""
    following = folded[end : end + 1]
    return bool(following) and following.isalpha() and following not in "并且而和的且,"


_PROGRAMME: Final = re.compile(r"[^\W的]{1,8}?(?:计划|工程|行动|战略)")  # 百万学位建设计划


def class_reason(folded: str, start: int, end: int) -> str | None:
    """Return `threshold` for a magnitude that only sizes a class (百亿项目, 千亿产业)."""
    if folded[start:end].strip("十百千万亿") or folded.startswith(_lists()["steps"], end):
        return None
    if "十" not in folded[start:end] and not _modified(folded, start) and _PROGRAMME.match(folded, end):
        return "slogan"
    return "threshold" if folded.startswith(_lists()["threshold_nouns"], end) else None


def _counts_readers(folded: str, start: int) -> bool:
    """Return whether the number at `start` is what a web page counts of its readers (浏览次数:1234次)."""
    before = folded[max(0, start - 8) : start].rstrip(" ")
    return before.endswith((":", "(", "[", "【")) and before[:-1].rstrip(" ").endswith(
        _lists()["page_counts"]
    )


def reason_against(text: Text, start: int, end: int, unit: str) -> str | None:
    """Return why the numeral with its unit at [start, end) is no quantity, None where it is one."""
    folded = text.folded
    surface = folded[start:end]
    before = folded[start - 1] if start else "\n"
    if before == "每":
        return "rate base"
    if unit == "市" and re.compile(_CITIZENS).match(folded, end):
        return "word"  # 百万市民, not 11市民营经济
    if before in _BEFORE_READERS and _counts_readers(folded, start):
        return "furniture"
    if unit in _NAMING_UNITS and (reason := _naming_reason(folded, start, end, unit)):
        return reason
    if surface[0] in "第前" or "分之" in surface or surface in _WHOLE_FORMS:
        return None
    if unit in _TIMES:
        return None if _lasts(folded, start, end, unit) else "date"
    if unit == "线" and folded.endswith(("国道", "省道", "县道", "乡道"), max(0, start - 2), start):
        return "code"
    if unit == "%" and before == "前" and start > 1 and folded[start - 2] not in "之以目当提年此先空":
        return "ordinal"  # 全球前1%
    if unit and "死亡率" in folded[end : end + 11] and _bases_deaths(folded, end, unit):
        return "rate base"
    opens = before in _OPEN_QUOTES and _opens_quote(folded, end)
    if opens and (folded[end] not in _CLOSE_QUOTES or _is_named(unit)):
        return "slogan"  # “15分钟生活圈”, “18条”
    if counts(unit) and len(surface) - len(unit) <= _LONGEST_COUNT and _ends_quote(folded, start, end):
        return "slogan"
    if surface[0].isascii():
        return _bare_reason(folded, start, end, surface) if not unit else None
    return "slogan" if opens else _han_reason(folded, start, end, unit)


_NAMING_UNITS: Final = frozenset({"人", "路", "次", "个季度", "个月"})
_TIMES: Final = frozenset({"年", "个年头", "周年", "代", "世纪", "个世纪", "届", "期"})


def _naming_reason(folded: str, start: int, end: int, unit: str) -> str | None:
    """Return why a number with its unit only belongs to a name or to a period."""
    if unit == "人" and folded.startswith(_lists()["numbered"], end - 1):
        return "proper name"  # 青年50人|论坛, 三人|制篮球
    if unit == "路" and re.compile("(?:公交|汽车|电车)(?!线)").match(folded, end):
        return "proper name"  # 8路|公交, not 12路|公交线路
    if unit == "次" and folded[start - 1 : start] == "届":
        return "ordinal"  # 十二届三次|全会
    if unit in ("个季度", "个月") and start and folded[start - 1] in "前头" and folded[start - 2] != "提":
        return "period"
    return None


def _lasts(folded: str, start: int, end: int, unit: str) -> bool:
    """Return whether years are a figure (平均受教育年限10.5年), or whether 届 and 期 count what is held."""
    surface = folded[start:end]
    if "." in surface:
        return True
    if unit == "年":
        lasting = folded.endswith(_lists()["durations"], max(0, start - 5), start)
        return lasting or "年限" in folded[max(0, start - 14) : start]
    few = surface[:-1].isdigit() or surface[:-1] in "两三四五六七八九"  # 十四届全运会 is the fourteenth
    meets = unit == "届" or (unit == "期" and folded.startswith(_lists()["sessions"], end))
    return meets and few and folded.endswith(_lists()["held"], max(0, start - 3), start)


def _bases_deaths(folded: str, end: int, unit: str) -> bool:
    """Return whether what stands behind a number is a rate of deaths by it (百万吨死亡率, 28天内死亡率)."""
    timed = is_time(unit) or unit == "岁"  # 5岁以下儿童、婴儿死亡率
    return re.compile(_DEATHS if timed else _DEATHS_OF_ONE).match(folded, end) is not None


def _bare_reason(folded: str, start: int, end: int, text: str) -> str | None:
    """An Arabic numeral without a unit counts where a magnitude or its name shows that it is an amount."""
    if "/" in text or ":" in text:
        return None  # 全国比重超1/10, 收入比2.52:1
    if text == "0" and folded[start - 1 : start] in ("为", "是", "至", "到"):
        return None if not folded[end : end + 1].isalnum() else "code"
    if text[-1].isdigit() and (
        not folded[end : end + 1].isalnum()
        or folded.startswith(_lists()["bare_tails"], end)
        or _TO_BARE.match(folded, end)
    ):
        before = folded[max(0, start - 12) : start]
        named = re.sub(_FROM_BARE, "", before.rstrip("约近达到至为是缩小降提高升由从"))
        linked = "." in text or len(named) < len(before)
        return None if linked and named.endswith(_lists()["bare_names"]) else "code"
    if text[-1] in "十百千万亿多余":
        return None if not folded.startswith("级", end) else "threshold"
    return "code"


_CITIZENS: Final = "民(?![营政间办族生企宿主俗警兵航])|场(?![景馆监所外])"
_DEATHS_OF_ONE: Final = "[^,;。、:\n]{0,8}死亡率"
_DEATHS: Final = "[^,;。:\n]{0,10}死亡率"
# 由0.71|降到0.38, not 由120|提高到150亿元
_TO_BARE: Final = re.compile(r"[\u4e00-\u9fff]{1,2}[到至为][0-9]+(?:\.[0-9]+)?(?=以[下上内]|左右|[^\w.%‰]|$)")
_FROM_BARE: Final = r"[由从][0-9]+(?:\.[0-9]+)?[\u4e00-\u9fff]{0,4}$"  # 由0.71|降到0.38
_WORDS_WITH_YUAN: Final = tuple("一二两三十百千万亿")  # 二元结构, 亿元企业


def _han_reason(folded: str, start: int, end: int, unit: str) -> str | None:
    text = folded[start:end]
    numeral = text[: len(text) - len(unit)].rstrip() if unit else text
    if unit == "元" and numeral in _WORDS_WITH_YUAN and folded[end : end + 1].isalpha():
        return "word"  # 二元结构
    slogans = _slogans().get(folded[start : start + 2])
    if slogans and folded.startswith(slogans, start):
        return "slogan"
    if unit in ("成", "折") and numeral[-1] in "十百千万":
        return "word"  # 百折不挠, 成千成万
    if unit in ("倍", "番", "成", "折", "个百分点", "百分点", "%", "‰") or unit in MEDALS:
        return None
    if _is_move(folded, start, unit):
        return None
    if not unit and not numeral.strip("百千万亿") and folded.endswith(_lists()["lifts"], 0, start):
        behind = folded[end : end + 1]
        closes = behind != "" and not behind.isalpha() and behind not in _CLOSE_QUOTES
        return None if closes or folded.startswith(_lists()["steps"], end) else "word"
    if not unit and "点" in numeral and folded[start - 1 : start] in tuple("为是达到至高低升降"):
        return None  # 指数为一百零四点九
    if not unit:
        return None if _is_large(numeral) and not folded.startswith(("级", "众", "民"), end) else "word"
    small = len(numeral) == 1 or _is_pair(numeral)
    if small and is_weak(unit) and _is_told(folded, start, end, unit):
        return None
    if numeral in ("一", "几", "数", "一两", "一二"):
        return "indefinite"
    if numeral in ("百", "千", "万", "亿"):
        counted = folded.startswith("以上", end) and not folded[end + 2 : end + 3].isalpha()
        return None if counted or _modified(folded, start) else "word"
    if small and is_weak(unit):
        return "word"
    if len(numeral) == 1 and not is_measure(unit) and _introduces_list(folded, end, unit):
        return "list count"
    if len(numeral) == 1 and unit in _lists()["referring_units"] and _refers_back(folded, start, end):
        return "list count"
    return None


def _is_named(unit: str) -> bool:
    """Return whether what has a number of this unit in quotes is a name: “18条”, “15分钟”, not “100%”."""
    return counts(unit) or is_time(unit)


_LONGEST_SLOGAN: Final = 11
_LONGEST_NOUN: Final = 7
_LONGEST_COUNT: Final = 2
_CURLED_OPEN, _CURLED_CLOSE = "“‘", "”’"


def _opens_quote(folded: str, end: int) -> bool:
    """Return whether a numeral behind an opening mark opens a short quoted phrase (“三大工程”)."""
    for char in folded[end : end + _LONGEST_SLOGAN]:
        if char in _CLOSE_QUOTES:
            return True
        if char in ",。;\n":
            return False
    return False


def _ends_quote(folded: str, start: int, end: int) -> bool:
    """Return whether what is counted ends a quoted phrase (“引人留人18条措施”, “一个中心、四个基地”)."""
    noun = folded[end : end + _LONGEST_NOUN]
    if "”" not in noun and "’" not in noun:
        return False
    close = min((place for mark in _CURLED_CLOSE if (place := noun.find(mark)) > 0), default=0)
    before = folded[max(0, start - _LONGEST_SLOGAN) : start]
    opened = max(before.rfind(mark) for mark in _CURLED_OPEN) + 1
    return bool(close and opened) and noun[:close].isalpha() and not set(before[opened:]) & set("。;\n”’")


def _introduces_list(folded: str, end: int, unit: str) -> bool:
    """Return whether a small numeral introduces what follows (三个方面) rather than counts it."""
    heads = _lists()["list_heads"]
    rest = folded[end : end + 8].lstrip("的新大")
    if not rest[:1].isalpha():
        return unit in _lists()["listing_units"]  # 分为两大类:, not 新建三座,
    return unit in heads or rest.startswith(heads)


def _refers_back(folded: str, start: int, end: int) -> bool:
    """Return whether a small numeral only sums up what was told (仅此两项, 两项合计)."""
    pointed = folded.endswith(_lists()["pointing"], max(0, start - 2), start)
    opens = not folded[start - 1 : start].isalnum()
    return pointed or (opens and folded.startswith(_lists()["summing"], end))


def _is_move(folded: str, start: int, unit: str) -> bool:
    """Return whether a number of 位 is how far a rank moved (前移两位)."""
    return unit == "位" and folded.endswith(_lists()["rank_moves"], max(0, start - 3), start)


def _is_told(folded: str, start: int, end: int, unit: str) -> bool:
    """Return whether a verb or rate makes a unit of a word behind a small number (提价一角, 每百人五部)."""
    if folded[end : end + 1].isalnum():
        return False
    before = folded[max(0, start - _LONGEST_TELLING) : start]
    if is_measure(unit) and before.endswith(_lists()["told"]):
        return True
    return "每" in before and folded[start] != "一" and re.search(_PER_HEAD, before) is not None


_LONGEST_TELLING: Final = 7
_PER_HEAD: Final = "每[百千万]?[人户](?:将近|近|约|平均|达到?|有)*$"


def _is_pair(numeral: str) -> bool:
    """Return whether a numeral is two neighbouring digits (三四线)."""
    return len(numeral) == 2 and all(char in HAN_DIGIT for char in numeral)


def _is_large(numeral: str) -> bool:
    return (
        len(numeral) >= 3 and any(char in "万亿" for char in numeral) and any(c in HAN_DIGIT for c in numeral)
    )


def _modified(folded: str, start: int) -> bool:
    return start > 0 and folded[start - 1] in "超近逾破过约上"


def split_thresholds(folded: str, quantities: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """Return the quantities apart from those that only bound a class (2000万元以上项目, 百亿级企业)."""
    kept: list[Quantity] = []
    thresholds: list[Quantity] = []
    for place, quantity in enumerate(quantities):
        following = quantities[place + 1] if place + 1 < len(quantities) else None
        before = quantities[place - 1] if place else None
        sized = _is_threshold(folded, quantity, following) or _sizes_step(folded, quantity, before)
        (thresholds if sized else kept).append(quantity)
    return kept, thresholds


def _sizes_step(folded: str, quantity: Quantity, before: Quantity | None) -> bool:
    """Return whether a figure only sizes the steps that the one before it counts (跨越两个|千亿元|台阶)."""
    counted = before is not None and before.end == quantity.start and before.unit == "个"
    return counted and folded.startswith(_lists()["steps"], quantity.end)


def _sizes_next(folded: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Return whether a figure sizes what the next one counts (百亿元以上项目5个、50亿元以上|15个)."""
    if following is None or quantity.outer_end == quantity.end or not counts(following.base_unit):
        return False
    return folded[quantity.outer_end : following.outer_start] in ("", "的")


_LONGEST_CLASS: Final = 16


def _is_threshold(folded: str, quantity: Quantity, following: Quantity | None) -> bool:
    if folded.startswith("级", quantity.end):
        return True
    if quantity.form == "fraction":
        return False  # 一半以上的专家号源
    if not is_measure(quantity.base_unit) and quantity.base_unit not in ("岁", "周岁", ""):
        return False
    if _sizes_next(folded, quantity, following):
        return True
    behind = folded[quantity.outer_end : quantity.outer_end + 12].lstrip("的")
    bounded = quantity.outer_end > quantity.end or quantity.outer_start < quantity.start
    bounded = bounded or folded[quantity.start - 1 : quantity.start] == "过"
    if not bounded or quantity.bound == "about" or not behind or not behind[0].isalpha():
        return False
    if behind.startswith(_lists()["threshold_stops"]):
        return False
    if any(behind.find(noun, 0, 10) >= 0 for noun in _lists()["threshold_nouns"]):
        return True
    if following is None or is_measure(following.base_unit):
        return False
    gap = folded[quantity.outer_end : following.outer_start]
    return 2 <= len(gap) <= _LONGEST_CLASS and not any(mark in gap for mark in ",。;、:!?\n")
