"""Classifiers that data/units.yaml lacks, learned from the shape of a text: 门30樘、窗125樘 count in 樘.

A character behind a numeral without a unit is one where the text has it behind two different numbers and at
least once with no more of a word behind it. Words that do so and count nothing (500强, 3.0版) are in
data/units.yaml. A longer word of that kind (12行政村、30行政村) is a noun: its numbers count without a unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from dalian_report.quantities.forms import Text
from dalian_report.quantities.ranges import Measure
from dalian_report.quantities.units import load_units

_FIRST_YEAR, _LAST_YEAR = 1600, 2100
_LONGEST: Final = 6  # characters of a noun
_AMOUNTS: Final = 2  # different numbers that show a classifier
_ORDINAL: Final = 100  # 十五运会, 十一运会: below, Chinese numerals number as often as they count
_BEFORE: Final = ("第", ":", "+", "-", "/", "_", "年", "月", "“", '"')


def is_slot(text: Text, number: Measure) -> bool:
    """Return whether a number without a unit could have an unknown one behind it.

    It is a whole number; years, codes, quoted numbers and small Chinese ones are none.
    """
    folded, start, end = text.folded, number.start, number.end
    if number.unit or number.amount.high is not None or not _is_han(folded[end : end + 1]):
        return False
    before = folded[start - 1 : start]
    if before in _BEFORE or (before.isascii() and before.isalnum()):
        return False
    amount = number.amount.low
    if amount != amount.to_integral_value() or folded.startswith(load_units().no_classifiers, end):
        return False
    if folded[start].isascii():
        return not (folded[start:end].isdigit() and _FIRST_YEAR <= amount < _LAST_YEAR)
    return amount > _ORDINAL


def learn_classifiers(text: Text, numbers: Iterable[Measure]) -> dict[int, str]:
    """Return the unit of each number with a learned one behind it, by the number's start.

    The unit is empty where a noun of several characters stands behind the number.
    """
    folded = text.folded
    slots: defaultdict[str, list[Measure]] = defaultdict(list)
    for number in numbers:
        slots[folded[number.end]].append(number)
    learned: dict[int, str] = {}
    for char, found in slots.items():
        if len({number.amount.low for number in found}) < _AMOUNTS:
            continue
        heads = [folded[number.end : number.end + _LONGEST] for number in found]
        head = char if any(_ends(folded, number.end + 1) for number in found) else _shared_word(heads)
        if any(_ends(folded, number.end + len(head)) for number in found):
            unit = head if len(head) == 1 else ""
            learned.update((number.start, unit) for number in found)
    return learned


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _ends(folded: str, end: int) -> bool:
    """Return whether a word ends at a place: no Chinese character goes on behind it."""
    return not _is_han(folded[end : end + 1])


def _shared_word(texts: list[str]) -> str:
    """Return the Chinese characters that all texts begin with."""
    length = 0
    for chars in zip(*texts, strict=False):
        if len(set(chars)) > 1 or not _is_han(chars[0]):
            break
        length += 1
    return texts[0][:length]
