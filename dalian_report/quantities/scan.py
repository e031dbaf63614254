"""Finds every quantity in folded text, and says of the other numerals why they are none."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from dalian_report.model import Quantity
from dalian_report.quantities import exclusions
from dalian_report.quantities.bounds import modifiers
from dalian_report.quantities.classifiers import is_slot, learn_classifiers
from dalian_report.quantities.dates import reason_before_unit
from dalian_report.quantities.forms import Form, Text, form_at, next_sign
from dalian_report.quantities.gaps import Gaps, close_gaps
from dalian_report.quantities.glance import reason_at
from dalian_report.quantities.numerals import Amount, exact
from dalian_report.quantities.ranges import (
    ORDERED,
    Measure,
    Shape,
    part_behind,
    printed,
    shape_of,
    with_list,
    with_range,
)
from dalian_report.quantities.units import base_unit, unit_at


class Exclusion(NamedTuple):
    """A numeral that is no quantity, at [start, end), with the reason."""

    start: int
    end: int
    reason: str


class Scan(NamedTuple):
    """What a stretch of text holds: its quantities in text order, and the other numerals as they were met."""

    quantities: tuple[Quantity, ...]
    others: tuple[tuple[int, int, str], ...]

    @property
    def exclusions(self) -> tuple[Exclusion, ...]:
        """Return the other numerals in text order; few ask for them, and most numerals are such."""
        return tuple(Exclusion(*one) for one in sorted(self.others))


def find_quantities(folded: str, start: int = 0, end: int | None = None) -> Scan:
    """Return the quantities and the excluded numerals of `folded[start:end]`.

    >>> [q.text for q in find_quantities("总产值4200亿元,增长9%以上").quantities]
    ['4200亿元', '9%']
    >>> [e.reason for e in find_quantities("2023年实现八连丰").exclusions]
    ['date', 'word']
    """
    gaps = close_gaps(Text.of(folded), start, len(folded) if end is None else end)
    found = _scan(gaps.text, gaps.start, gaps.end)
    return found if not gaps.places else _reopened(found, gaps, folded)


def _scan(text: Text, position: int, limit: int) -> Scan:
    folded = text.folded
    quantities: list[Quantity] = []
    others: list[tuple[int, int, str]] = []
    bare: list[Measure] = []
    while (start := next_sign(text, position, limit)) >= 0:
        seen, end = reason_at(text, start, limit)
        if seen:
            others.append((start, end, seen))
            position = end
            continue
        form = form_at(text, start, position, limit)
        if form is None:
            position = start + 1
            continue
        number = _read(text, form, limit)
        if isinstance(number, Exclusion):
            others.append(number)
        else:
            reason = exclusions.reason_against(text, number.start, number.end, number.unit)
            if reason:
                others.append((number.start, number.end, reason))
            else:
                quantities.append(_quantity(folded, number))
            if not number.unit and number.shape == "number" and is_slot(text, number):
                bare.append(number)
        position = max(form.start + 1, number.end)
    if len(bare) > 1 and (learned := learn_classifiers(text, bare)):
        others = [one for one in others if one[0] not in learned]
        quantities = [one for one in quantities if one.start not in learned]
        quantities += [
            _quantity(folded, _with_unit(number, learned)) for number in bare if number.start in learned
        ]
        quantities.sort(key=lambda one: one.start)
    kept, thresholds = exclusions.split_thresholds(folded, quantities)
    others.extend((q.start, q.end, "threshold") for q in thresholds)
    return Scan(tuple(kept), tuple(others))


def _with_unit(number: Measure, units: dict[int, str]) -> Measure:
    """Return a number with the unit that was learned for what stands behind it."""
    unit = units[number.start]
    return number._replace(end=number.end + len(unit), unit=unit)


def _reopened(scan: Scan, gaps: Gaps, folded: str) -> Scan:
    """Return a scan of text whose gaps were closed, at its places in the text as it is."""
    quantities = []
    for one in scan.quantities:
        start, end = gaps.span(one.start, one.end)
        outer_start, outer_end = gaps.span(one.outer_start, one.outer_end)
        quantities.append(
            one._replace(
                start=start,
                end=end,
                outer_start=outer_start,
                outer_end=outer_end,
                text=folded[start:end],
            )
        )
    others = [(*gaps.span(start, end), reason) for start, end, reason in scan.others]
    return Scan(tuple(quantities), tuple(others))


def _quantity(folded: str, number: Measure) -> Quantity:
    around = modifiers(folded, number.start, number.end)
    ranged = number.amount.high is not None
    sign = -1 if is_negative(folded, number.start) else 1
    plain = number.amount.low == number.printed.low  # 百分之一百零五, not 3万%
    start = number.start - 1 if sign < 0 else number.start
    return Quantity(
        start=start,
        end=number.end,
        outer_start=min(start, around.start),
        outer_end=around.end,
        text=folded[start : number.end],
        value=sign * number.printed.low,
        value_max=None if number.printed.high is None else sign * number.printed.high,
        unit="%" if number.unit == "%" and plain else number.scale + number.unit,
        amount=sign * exact(number.amount.low),
        amount_max=None if number.amount.high is None else sign * exact(number.amount.high),
        base_unit=base_unit(number.unit),
        bound="range" if ranged else around.bound,
        form=number.shape,
    )


_BEFORE_MINUS: Final = "为是达到至长速幅率(,:、和\n\t|"  # 增速为负3.5%, not 减负3000亿元


def is_negative(folded: str, start: int) -> bool:
    """Return whether a minus sign stands before a figure (增速为-3.5%), not a dash between two words.

    >>> is_negative("增长-3.5%", 3), is_negative("5%-6%", 3)
    (True, False)
    """
    if start < 1 or folded[start - 1] not in "-负負":
        return False
    before = folded[start - 2] if start > 1 else ""
    if not before or before in _BEFORE_MINUS:
        return True
    is_dash = folded[start - 1] == "-"
    return is_dash and before.isalpha() and not before.isascii() and not unit_at(folded, start - 2)


def _read(text: Text, form: Form, limit: int) -> Measure | Exclusion:
    """Return the number that a form makes with its unit, or why it makes none."""
    if form.kind == "number":
        return _plain(text, form, limit)
    reason = _AGAINST[form.kind](text, form) if form.kind in _AGAINST else None
    if reason or form.amount is None:
        return Exclusion(form.start, form.end, reason or "word")
    unit, end, amount = form.unit, form.end, form.amount
    if form.kind == "fraction" and len(amount.low.as_tuple().digits) > _LONGEST_SHARE:
        amount = Amount(amount.low.quantize(Decimal("1.000000")))
    if form.kind == "half" and not unit:
        unit = unit_at(text.folded, end)
        unit = unit if unit in ("成", "折") else ""  # 半成
        end += len(unit)
    shape = "multiple" if unit == "番" else _SHAPES[form.kind]
    return Measure(form.start, end, amount, amount, unit, shape)


_LONGEST_SHARE: Final = 9  # digits; thirds and sevenths are cut at the sixth decimal


_SHAPES: Final[dict[str, Shape]] = {
    "ratio": "percent",
    "fraction": "fraction",
    "half": "fraction",
    "top": "rank",
    "ordinal": "rank",
    "front": "rank",
}


def _no_fraction(text: Text, form: Form) -> str | None:
    """Return why a fraction is none: 24/7 and 五分之六 are no share of a whole."""
    surface = text.folded[form.start : form.end]
    if form.amount and (0 < form.amount.low < 1 or "又" in surface):
        return None
    return "code" if "/" in surface else "word"


def _no_top(text: Text, form: Form) -> str | None:
    return None if exclusions.is_ranking(text.folded, form.start) else "word"


def _no_ordinal(text: Text, form: Form) -> str | None:
    """Return `ordinal` for an ordinal that ranks nothing (第一产业, 第十四届)."""
    folded = text.folded
    ranks = form.amount and (form.unit or exclusions.is_ranking(folded, form.start))
    if not ranks or exclusions.lists_ordinals(text, form.end) or exclusions.is_idiom(folded, form.start):
        return "ordinal"
    return "ordinal" if not form.unit and exclusions.continues_word(folded, form.end) else None


_AGAINST: Final = {"fraction": _no_fraction, "top": _no_top, "ordinal": _no_ordinal}


def _plain(text: Text, form: Form, limit: int) -> Measure | Exclusion:
    """Return a plain numeral with its unit, as a range where one follows."""
    folded, start, end = text.folded, form.start, form.end
    if ":" in folded[max(0, start - 2) : form.figure_end + 2] and exclusions.names_a_ratio(folded, start):
        return _part_of_ratio(folded, form)
    early = reason_before_unit(text, start, form.figure_end)
    early = early or exclusions.class_reason(folded, start, form.figure_end)
    if early or form.amount is None:
        return Exclusion(start, form.figure_end, early or "word")
    amount = form.amount
    unit_start = end + 1 if folded[end : end + 1] == " " else end
    unit = unit_at(folded, unit_start)
    if unit == "个" and re.match(r"个(?:、|和|与|及)[0-9.]+个百分点", folded[unit_start : unit_start + 14]):
        return Measure(start, unit_start + 1, amount, amount, "个百分点", "number")  # 2.2个和3.7个百分点
    if end > form.figure_end and not unit and not form.scale:
        end = form.figure_end
    if "、" in folded[start:end] and (unit in ORDERED or not unit):
        return Exclusion(start, end, "ordinal")
    if unit == "级" and folded[unit_start - 1] in "十百千万亿":
        return Exclusion(start, unit_start + 1, "threshold")
    end = unit_start + len(unit) if unit else end
    more, part_end = part_behind(text, unit, end)
    if part_end > end:  # 三成半
        low = amount.low + more
        return Measure(start, part_end, Amount(low), Amount(low), unit, shape_of(unit))
    shown, scale = printed(folded[start : form.figure_end], form.scale, amount)
    paired = _PAIRED.match(folded, end) if unit and folded.startswith("(", end) else None
    if paired and all(unit_at(one, 0) == one for one in paired.group(1).split("、")):
        unit, end = f"{unit}（{paired.group(1)}）", paired.end()
    number = Measure(start, end, amount, shown, unit, shape_of(unit), scale)
    if not unit and shown == amount:
        return with_list(text, number, limit)
    return with_range(text, number, limit)


def _part_of_ratio(folded: str, form: Form) -> Measure | Exclusion:
    """Return a ratio to one (城乡居民收入比2.52:1); parts of others are no amounts (产业结构12:45:43)."""
    to_one = re.match(r" ?: ?1(?![0-9.:年月日%]|万|亿|千|百)", folded[form.figure_end : form.figure_end + 6])
    if to_one is None or form.amount is None or folded[form.start - 1] == ":":
        return Exclusion(form.start, form.figure_end, "ratio")
    return Measure(form.start, form.figure_end + to_one.end(), form.amount, form.amount, "", "number")


_PAIRED: Final = re.compile(r"\((\w{1,3}(?:、\w{1,2}){0,2})\)")  # 14.2万台(套), 30万头(只、匹)
