"""Which numerals write a date, a code or a label, as their neighbours tell before a unit is read."""

from __future__ import annotations

import re
from typing import Final

from dalian_report.alphabet import YEAR
from dalian_report.quantities.forms import Text
from dalian_report.quantities.units import unit_at

# Patterns over coded text (see alphabet.py).
OF_YEAR: Final = "年(?!以上|以内|左右|均)"  # behind a year, not a number of years
_YEAR_BEHIND: Final = re.compile(rf"\s?(?:{OF_YEAR}|(?:-|~|、|和|至|到|比|与){YEAR}|-\d\d?月|年代|世纪|财年)")
_HAN_YEAR: Final = re.compile(r"[\x11\x12][\x10-\x19]{3}$")
_DATE_BEHIND: Final = re.compile(
    r"\s?(?:月(?!均|度)|年代|世纪|日(?!均|产|供|处|元|圆|圓)|号(?!召)|时(?!段|间|期|速)|点(?:\d|钟|\x82)|\x15(?:规划|计划|时期|期间))"
)
_SHORT_RANGE: Final = re.compile(r"\s?(?:-|~|至|到|、)\s?\d\d?(?:月|日|时|号)")
_CODE_BEFORE: Final = re.compile(
    r"(?:[A-Za-z][-.]?|[A-Za-z]\d*[-.]|[\[(〔]20\d\d[\])〕]|第|NO\.?|[0-9]\s?[×*])$"
)
_SLOGAN_SHARE: Final = re.compile(r"%[”\"]?(?![”\",.;。])")
_COUNTED: Final = re.compile(r"[0-9\x10-\x1a]个$")  # “6个90%”
_CODE_BEHIND: Final = re.compile(r"[-+]?[A-Za-z]")
# What these begin or end with, asked first: most numerals stand beside none of it.
_DATE_HEADS: Final = frozenset("月年世日号时点\x15")
_RANGE_HEADS: Final = frozenset("-~至到、")
_CODE_TAILS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-])〕第×*\n")
_LABEL: Final = re.compile(r"(?:^|[\n(])\s*\d\d?(?:\.|、|\))(?!\d)")


def reason_before_unit(text: Text, start: int, end: int) -> str | None:
    """Return why the numeral at [start, end) is none of a quantity, judged without its unit."""
    if text.folded[start].isascii():
        return _arabic_reason(text, start, end)
    if end - start == _YEAR_DIGITS and _HAN_YEAR.match(text.coded, start, end):
        return "date"
    if _is_dated(text.coded, end):
        return "date"
    if text.folded.startswith("分之", end):
        return "word"
    return None


_YEAR_DIGITS: Final = 4


def _is_dated(coded: str, end: int) -> bool:
    """Return whether what stands behind a numeral makes it part of a date (3月, 20世纪, 十五规划)."""
    behind = coded[end : end + 1]
    return (behind in _DATE_HEADS or behind.isspace()) and bool(_DATE_BEHIND.match(coded, end))


def _opens_range(coded: str, end: int) -> bool:
    """Return whether a day, a month or an hour opens a range of two (3-5月)."""
    behind = coded[end : end + 1]
    return (behind in _RANGE_HEADS or behind.isspace()) and bool(_SHORT_RANGE.match(coded, end))


def _is_share_of(folded: str, start: int, end: int) -> bool:
    """Return whether a percentage stands behind an abbreviation: 占GDP2.5%, where 2.5 would be a code."""
    return folded.startswith("%", end) and folded[max(0, start - 2) : start].isalpha()


def _arabic_reason(text: Text, start: int, end: int) -> str | None:
    numeral, coded = text.folded[start:end], text.coded
    if len(numeral) == 4 and numeral[:2] in ("18", "19", "20") and _YEAR_BEHIND.match(coded, end):
        return "date"
    before = coded[start - 1] if start else "\n"
    coded_before = before in _CODE_TAILS and _CODE_BEFORE.search(coded[max(0, start - 8) : start])
    if coded_before and not _is_share_of(text.folded, start, end):
        return "code"
    behind = coded[end : end + 1]
    if _is_dated(coded, end) or (len(numeral) <= 2 and _opens_range(coded, end)):
        return "date"
    if behind.isascii() and _CODE_BEHIND.match(coded, end) and not unit_at(text.folded, end):
        return "code"
    counted = behind == "%" and _COUNTED.search(coded[max(0, start - 3) : start])
    if counted and _SLOGAN_SHARE.match(text.folded, end):
        return "slogan"
    line = _LABEL.match(coded, max(0, start - 1)) if before == "\n" else None
    return "label" if line and line.end() > start else None
