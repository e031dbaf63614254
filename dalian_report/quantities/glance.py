"""Numerals that are no quantity at a glance: a digit in a word (一些, 三农) or with its unit (一步), a year.

They are two in three of a report's numerals. What is told of them is what the way that all others go, by
their form, their unit and what may stand behind it, comes to.
"""

import re
from typing import Final

from dalian_report.quantities.dates import OF_YEAR
from dalian_report.quantities.exclusions import reason_against
from dalian_report.quantities.forms import OPENERS, Text
from dalian_report.quantities.ranges import goes_on, part_behind
from dalian_report.quantities.units import unit_at

_DIGITS: Final = frozenset(map(chr, range(0x10, 0x1B)))  # 〇 to 九, 两
_YEAR: Final = re.compile(rf"(?:(?:1[89]|20)[0-9]{{2}}|[\x11\x12][\x10-\x19]{{3}})(?={OF_YEAR})")
_YEAR_SIGNS: Final = frozenset("12\x11\x12")
_YEAR_DIGITS: Final = 4
# Behind a digit: what may go on with the numeral, make a list or a range of it, a fraction or a date.
_MORE: Final = frozenset(
    "点點·-~至到和与及又分/多余餘来月世日号时\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f"
    "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x80\x81\x82\x83"
)
_NO_LABEL: Final = _MORE | frozenset("0123456789.")  # behind 一、


def reason_at(text: Text, start: int, limit: int) -> tuple[str, int]:
    """Return why the numeral at `start` is no quantity and where it ends, "" where it takes a closer look.

    >>> [reason_at(Text.of(text), 0, len(text)) for text in ("一些地方", "五年以来", "五亩水田")]
    [('word', 1), ('date', 2), ('', 0)]
    """
    coded = text.coded
    sign = coded[start]
    if sign in _YEAR_SIGNS and coded.startswith("年", start + _YEAR_DIGITS) and _YEAR.match(coded, start):
        end = start + _YEAR_DIGITS
        return ("date", end) if _stands_alone(text, start, end, limit) else ("", start)
    end = start + 1
    behind = coded[end : end + 1]
    if sign not in _DIGITS or behind in _MORE or not behind.strip():
        return "", start
    if behind == "、" and (coded[end + 1 : end + 2] in _NO_LABEL or end + 1 >= limit):
        return "", start
    if not _stands_alone(text, start, end, limit):
        return "", start
    unit = unit_at(text.folded, end)
    if unit:
        end += len(unit)
        if _takes_in(text, unit, end):
            return "", start
    reason = reason_against(text, start, end, unit)
    return (reason, end) if reason else ("", start)


def _stands_alone(text: Text, start: int, end: int, limit: int) -> bool:
    """Return whether neither an ordinal mark (第) nor a ratio's colon stands beside a numeral."""
    opener = text.coded[start - 1 : start]
    if opener.isspace():
        opener = text.coded[start - 2 : start - 1]
    return opener not in OPENERS and end < limit and ":" not in text.folded[max(0, start - 2) : end + 2]


def _takes_in(text: Text, unit: str, end: int) -> bool:
    """Return whether what stands behind a unit may go with the number: 一斤半, 三年代, 三台(套), 三至五个."""
    if goes_on(text, end) or text.folded.startswith(("(", "代"), end):
        return True
    return part_behind(text, unit, end)[1] > end
