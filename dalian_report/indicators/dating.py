"""Which years a text names, from what it says before a figure."""

import re
from typing import Final

from dalian_report.alphabet import YEAR, code
from dalian_report.document.plans import PLAN, PLAN_YEARS, find_plans
from dalian_report.indicators.lexicon import last_said

_YEAR: Final = re.compile(rf"({YEAR})(?=年|比|和|(?:-|至|到){YEAR}年)")
_SPAN: Final = re.compile(rf"({YEAR})年?(?:-|至|到)({YEAR})年?")
_YEARS_LONG: Final = re.compile(rf"({YEAR})年?(?:-|至|到)({YEAR})年?(?=的[^,;]{{1,4}}年[间内里,])")
_DATED: Final = re.compile("年|末|五|20|19")  # there is no time without one of these
# Nor a year or a five-year plan without one of these: 18 and 一八 to 20 and 二〇, 五”, and what is rarer.
_NUMBERED: Final = re.compile(
    "18|19|20|五”|五’|伍”|伍’|壹|贰|貳|捌|玖|" + "|".join(one + two for one in "一二" for two in "〇○零八九")
)
COMPARED: Final = re.compile(
    rf"(?:比|较|与|同)(?:{YEAR}年(?:同期|相比|末|底)?|{PLAN}(?:时期|期间|末)?)"
    rf"|于{PLAN}(?:时期|期间|末)?|(?:由|从|是|为|等于|相当于|超过)(?:{YEAR}年[末底初]?|{PLAN}(?:时期|期间|末))(?=的)"
    rf"|{YEAR}年(?=不变|可比|价)|计划(?:规定|所定)的?{YEAR}年的?|从{YEAR}年?(?:到|至)(?:去年|上年|今年|现在|目前)"
)
_JOINS: Final = ("-", "至", "到")
_CODED_ZERO: Final = 0x10
CODED_DIGITS: Final = {_CODED_ZERO + digit: str(digit) for digit in range(10)}


def times_in(text: str) -> str:
    """Return, coded, the part of a text that may name years, without those that it compares with."""
    return COMPARED.sub("", _coded(text)) if _NUMBERED.search(text) else ""


def _first_of(span: re.Match[str], year: int) -> str:
    """Return what stands for a span of years: its first year where it was over before `year`."""
    last = int(span.group(2).translate(CODED_DIGITS))
    return f"{span.group(1)}年" if last < year else span.group(0)


def _coded(text: str) -> str:
    return code(_since_recent(text)) if _DATED.search(text) else ""


def years_in(times: str, year: int) -> list[int]:
    """Return the years that `times_in` of a text names, in its order.

    A five-year plan that had ended by `year` stands for its first year, one that had not begun for its last:
    “五五”时期 is 1976 or 1980.
    """
    if not times:
        return []
    times = _YEARS_LONG.sub(lambda span: _first_of(span, year), times)
    years = [(match.start(), int(match.group(1).translate(CODED_DIGITS))) for match in _YEAR.finditer(times)]
    for place, last in find_plans(times):
        if last <= year:
            years.append((place, last - PLAN_YEARS + 1))
        elif last - PLAN_YEARS >= year:
            years.append((place, last))
    return [found for _, found in sorted(years)]


def _since_recent(text: str) -> str:
    """Return what stands behind the last word for a year that is known from here (去年, 目前)."""
    recent = last_said("recent", text)
    return text[recent.end() :] if recent else text


def spans_in(near: str, behind: str, times: str) -> list[re.Match[str]]:
    """Return the spans of years (2021-2025年) near before a figure, of the `times` there, and behind it."""
    if not times and not _NUMBERED.search(behind):
        return []  # the second year of a span would stand there
    if not any(sign in near or sign in behind for sign in _JOINS):
        return []
    before = times if times or _NUMBERED.search(near) else _coded(near)
    return list(_SPAN.finditer(before + code(behind))) if before or _DATED.search(behind) else []
