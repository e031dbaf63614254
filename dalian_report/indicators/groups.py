"""The quantity that a pattern rule's groups stand for: the scanner's, where it is theirs, or a new one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal

from dalian_report.indicators.engine import PatternHit
from dalian_report.model import Quantity, Span
from dalian_report.quantities.bounds import modifiers
from dalian_report.quantities.numerals import (
    HAN_DIGIT,
    exact,
    magnitude,
    parse_arabic,
    parse_han_amount,
)
from dalian_report.quantities.units import base_unit, load_units

_SCALES: Final = "十百千万亿"
_INSIDE: Final = "多余来"
_SHARES: Final = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_ARABIC: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.·][0-9]+)?"
_RANGE_MARKS: Final = "-+|~|至|到"


# A numeral as printed, the upper end of a range, and the magnitude behind Arabic digits (12.5 and 万).
_Printed = tuple[Decimal, Decimal | None, str]


def read_groups(folded: str, hit: PatternHit, scanned: Sequence[Quantity]) -> Quantity | None:
    """Return the quantity that a hit's groups stand for, None where they hold no number or no unit.

    It is the scanned one if its span is exactly theirs, or if it has their number and only takes in more: the
    第 or 百分之 before it, the unit where the rule has no group for it.
    """
    span = _span(folded, hit)
    low = bisect_right(scanned, span.start, key=lambda one: one.end)
    near = scanned[low : bisect_left(scanned, span.end, key=lambda one: one.start)]
    theirs = next((one for one in near if (one.start, one.end) == span), None)
    if theirs:
        return theirs
    printed = _numeral(folded[hit.value.start : hit.value.end])
    if printed is None:
        return _behind_words(folded, span, near)
    if hit.unit and not _may_be_unit(folded, hit, span):
        return None
    wider = (one for one in near if _takes_in(one, hit, span) and printed[0] in (one.value, one.amount))
    return next(wider, None) or _built(folded, hit, span, printed)


def _behind_words(folded: str, span: Span, near: Sequence[Quantity]) -> Quantity | None:
    """Return the scanned quantity that ends the groups' span with nothing but words before it (约300万亩)."""
    last = near[-1] if near else None
    if last is None or last.end != span.end or last.start < span.start:
        return None
    words = folded[span.start : last.start]
    return None if re.search(rf"[0-9{HAN_DIGIT}{_SCALES}]", words) else last


def _span(folded: str, hit: PatternHit) -> Span:
    """Return the span of the value and of the unit where the two touch, else that of the value."""
    value, unit = (_stripped(folded, span) for span in (hit.value, hit.unit or hit.value))
    gap = folded[min(value.end, unit.end) : max(value.start, unit.start)]
    if gap.strip(" ") or unit.start == unit.end:
        return value
    return Span(min(value.start, unit.start), max(value.end, unit.end))


def _stripped(folded: str, span: Span) -> Span:
    text = folded[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))


def _may_be_unit(folded: str, hit: PatternHit, span: Span) -> bool:
    """Return whether the group `unit` holds a unit: a word, and away from its number one that is known."""
    assert hit.unit is not None
    text = folded[hit.unit.start : hit.unit.end].strip().lstrip(_INSIDE)
    if text in _SHARES or not text.strip(_SCALES) or _parted(text)[1] in load_units().group:
        return True
    apart = hit.unit.end <= span.start or hit.unit.start >= span.end
    return not apart and all(char.isalpha() or char in "()/%" for char in text)


def _takes_in(quantity: Quantity, hit: PatternHit, span: Span) -> bool:
    """Return whether a scanned quantity is that of the groups with more before it, or with its unit."""
    whole_unit = hit.unit is None or quantity.end == span.end
    return whole_unit and quantity.start <= span.start and span.end <= quantity.end


def _built(folded: str, hit: PatternHit, span: Span, printed: _Printed) -> Quantity:
    """Return the quantity of a value, its unit and the words around them."""
    shown = folded[hit.unit.start : hit.unit.end].strip().lstrip(_INSIDE) if hit.unit else ""
    shown = _SHARES.get(shown, shown)
    scale, unit = _parted(shown)
    if not shown and hit.rule.units:
        unit = hit.rule.units[0]  # the text prints none, the rule says which it is
    around = modifiers(folded, span.start, span.end)
    low, high, printed_scale = printed
    factor = magnitude(printed_scale) * magnitude(scale)
    return Quantity(
        start=span.start,
        end=span.end,
        outer_start=around.start,
        outer_end=around.end,
        text=folded[span.start : span.end],
        value=low,
        value_max=high,
        unit=printed_scale + shown,
        amount=exact(low * factor),
        amount_max=None if high is None else exact(high * factor),
        base_unit=base_unit(unit),
        bound=around.bound if high is None else "range",
        form=_form(folded, span, unit),
    )


def _form(folded: str, span: Span, unit: str) -> Literal["number", "percent", "rank", "multiple"]:
    if folded.startswith("第", max(0, span.start - 1)):
        return "rank"
    if unit in _SHARES.values():
        return "percent"
    return "multiple" if unit in ("倍", "番") else "number"


def _parted(unit: str) -> tuple[str, str]:
    """Return the magnitudes that open a unit, and the unit: the 千 of 千瓦 is none.

    >>> _parted("万千瓦"), _parted("亿车皮")
    (('万', '千瓦'), ('亿', '车皮'))
    """
    scales = len(unit) - len(unit.lstrip(_SCALES))
    known = load_units().group
    length = next((length for length in range(scales + 1) if unit[length:] in known), scales)
    return unit[:length], unit[length:]


def _numeral(text: str) -> _Printed | None:
    """Return the number or range that a text prints, None where it prints none.

    >>> [str(part) for part in _numeral("3.5至4万")]
    ['3.5', '4', '万']
    """
    text = text.strip()
    parts = [_part(part) for part in re.split(_RANGE_MARKS, text.removeprefix("-"))]
    first, last = parts[0], parts[-1]
    if first is None or last is None or len(parts) > 2:
        return None
    if text.startswith("-"):
        return None if len(parts) > 1 or first[1] is not None else (-first[0], None, first[2])
    return first if len(parts) == 1 else _ranged(first, last)


def _ranged(first: _Printed, last: _Printed) -> _Printed | None:
    """Return the range between two numerals, None where the second is no greater or one is a range."""
    # 3-5万 starts at 3万, 9000-1万 at 9000.
    if (first[2] and first[2] != last[2]) or first[0] >= last[0]:
        first, last = _whole(first), _whole(last)
    single = first[1] is None and last[1] is None
    return (first[0], last[0], last[2]) if single and first[0] < last[0] else None


def _whole(part: _Printed) -> _Printed:
    return part[0] * magnitude(part[2]), part[1], ""


def _part(text: str) -> _Printed | None:
    """Return one numeral, Arabic or Chinese."""
    text = text.strip()
    arabic = re.fullmatch(rf"({_ARABIC}) ?([{_SCALES}]*)", text)
    if arabic:
        return parse_arabic(arabic[1]), None, arabic[2]
    if re.fullmatch(rf"(?:{_ARABIC} ?[{_SCALES}]+)+", text):
        return parse_arabic(text), None, ""  # 3亿5千万
    if not text:
        return None
    found = parse_han_amount(text)
    return (found.low, found.high, "") if found else None
