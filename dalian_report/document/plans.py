"""Five-year plans by their numbers: which years “十四五” are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dalian_report.alphabet import FIGURE, TEN

PLAN: Final = rf"(?:“|‘)?([{FIGURE}{TEN}]{{1,2}})\x15(?:”|’)"  # “十四五”, over coded text
_ENDS: Final = ("\x15”", "\x15’")  # one of them ends the number of each
PLAN_YEARS: Final = 5
_NAMED: Final = re.compile(rf"{PLAN}(?:计划)?(?:时期|期间|末)")
_EARLY: Final = {1: 1957, 2: 1962}  # three years of adjustment lie between the second plan and the third
_ZERO, _TEN, _CODED_ZERO = 1955, 10, 0x10  # the third plan ended in 1970


def find_plans(coded: str) -> Iterator[tuple[int, int]]:
    """Yield the times of five-year plans that coded text names: where, and their last years.

    >>> from dalian_report.alphabet import code
    >>> list(find_plans(code("“十四五”时期")))
    [(0, 2025)]
    """
    if _ENDS[0] not in coded and _ENDS[1] not in coded:
        return
    for match in _NAMED.finditer(coded):
        number = sum(_TEN if char == TEN else ord(char) - _CODED_ZERO for char in match.group(1))
        yield match.start(), _EARLY.get(number, _ZERO + PLAN_YEARS * number)
