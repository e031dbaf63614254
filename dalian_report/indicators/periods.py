"""Parts of a year: half-years, quarters and months, as ISO 8601 has them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from dalian_report.alphabet import MONTH, TEN, code

_TO: Final = "(?:--?|至|到|~)"
PART: Final = rf"""(?:(?P<half>[上下])\x82年
    |前(?P<quarters>[\x12\x13\x1a23])个?季度
    |第?(?:(?P<since>[\x11-\x141-4])(?:季度)?(?:、[\x11-\x141-4])*(?:{_TO}|、|和)第?)?(?P<quarter>[\x11-\x141-4])季度
    |(?:(?P<first>{MONTH})月?{_TO})?(?P<month>{MONTH})月(?:份|底|末)?(?![均度]|{MONTH}日))"""
_DIGITS: Final = str.maketrans({chr(0x10 + digit): str(digit) for digit in range(10)} | {"\x1a": "2"})
_JOINTS: Final = ("和", "与", "、", "及", "以及")
_MONTHS, _QUARTER, _TEN = 12, 3, 10


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a part of a year, and of what before and behind it makes it none."""
    return (
        re.compile(PART, re.VERBOSE),
        re.compile(r"[0-9\x10-\x1a\x01年每个一期从由比](?:第)?$"),
        re.compile(r"前|起|以[来前后]|至今|革命|[\x10-\x1a\x01]"),
    )


def part_within(year: str, match: re.Match[str]) -> str:
    """Return a part of a year as a period: 2023-H1, 2023-Q3, 2023-07, 2023-01/2023-10; the year for none."""
    if match["half"]:
        return f"{year}-H{1 if match['half'] == '上' else 2}"
    if match["quarter"] and not match["since"]:
        return f"{year}-Q{_number(match['quarter'])}"
    if match["quarter"]:
        since, quarter = _number(match["since"]), _number(match["quarter"])
        return _months(year, _QUARTER * (since - 1) + 1, _QUARTER * quarter)
    first = _number(match["first"]) if match["first"] else None
    last = _number(match["month"]) if match["month"] else 0
    if match["quarters"]:
        first, last = 1, _QUARTER * _number(match["quarters"])
    if not 1 <= last <= _MONTHS:
        return year
    if first is None:
        return f"{year}-{last:02d}"
    return _months(year, first, last)


def _months(year: str, first: int, last: int) -> str:
    """Return the period from one month to another, the year where they are none."""
    return f"{year}-{first:02d}/{year}-{last:02d}" if 1 <= first < last else year


def part_named(year: str, text: str) -> str:
    """Return the period of the last part of a year that text names without its year, else the year.

    Of two parts that are joined (上半年和下半年) neither is meant alone.

    >>> part_named("2023", "1-10月产值"), part_named("2023", "前三季度增速"), part_named("2023", "每月")
    ('2023-01/2023-10', '2023-01/2023-09', '2023')
    """
    if "月" not in text and "季" not in text and "半年" not in text:
        return year
    coded, (part, before, behind) = code(text), _patterns()
    found = [
        match
        for match in part.finditer(coded)
        if not (before.search(coded, 0, match.start()) or behind.match(coded, match.end()))
    ]
    joined = len(found) > 1 and coded[found[-2].end() : found[-1].start()] in _JOINTS
    return part_within(year, found[-1]) if found and not joined else year


def goes_on(coded: str, end: int) -> bool:
    """Return whether another part is joined to that which ends at `end` of coded text (上半年|和下半年)."""
    joint = next((word for word in _JOINTS if coded.startswith(word, end)), "")
    return bool(joint) and _patterns()[0].match(coded, end + len(joint)) is not None


def _number(text: str) -> int:
    """Return a month or quarter as a number: 10, 十, 十一."""
    tens = text.startswith(TEN)
    digits = text.removeprefix(TEN).translate(_DIGITS)
    return _TEN * tens + (int(digits) if digits else 0)
