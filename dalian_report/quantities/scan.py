"""Finds every quantity in folded text, and says of the other numerals why they are none."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from dalian_report.alphabet import DIGIT, FIGURE, MAGNITUDE, TEN, TWENTY, VAGUE, WORDS, code
from dalian_report.model import Quantity
from dalian_report.quantities import exclusions
from dalian_report.quantities.bounds import modifiers
from dalian_report.quantities.exclusions import Text
from dalian_report.quantities.numerals import (
    MAGNITUDES,
    Amount,
    exact,
    magnitude,
    parse_arabic,
    parse_han_amount,
)
from dalian_report.quantities.units import base_unit, unit_at

Form = Literal["number", "percent", "rank", "multiple", "fraction"]


class Exclusion(NamedTuple):
    """A numeral that is no quantity, at [start, end), with the reason."""

    start: int
    end: int
    reason: str


class Scan(NamedTuple):
    """What a stretch of text holds: quantities and the other numerals, each in text order."""

    quantities: tuple[Quantity, ...]
    exclusions: tuple[Exclusion, ...]


_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:[.·][0-9]+)?)"
_ARABIC = rf"{_DIGITS}(?:(?:[ ]?[{MAGNITUDE}])+(?:[0-9]+[{MAGNITUDE}]+)*)?"
_HAN_RUN = f"[{DIGIT}{MAGNITUDE}{TWENTY}]+"
_HAN = (
    rf"[\x12-\x18\x1a]、[\x13-\x19](?!、)[{MAGNITUDE}]*"  # 两、三倍
    rf"|[{VAGUE}]?{_HAN_RUN}(?:点[{DIGIT}]+[{MAGNITUDE}]*)?"
    r"|\x0e(?=个|项|家|条|座|次|名|年|天)"
)
_NUMBER = f"(?:{_ARABIC}|{_HAN})"
# Over coded text (see alphabet.py).
_CANDIDATE = re.compile(
    rf"""
    (?P<ratio>[\x02-\x04]分之(?P<ratio_low>{_NUMBER})
        (?:(?:[-~]-?|至|到)(?:[\x02-\x04]分之)?(?P<ratio_high>{_NUMBER}))?)
  | (?P<fraction>(?:[\x12-\x19{TEN}]|[0-9]+)分之(?:[{FIGURE}]|[0-9]+)
        |[0-9]{{1,2}}/[0-9]{{1,2}}(?![0-9/{MAGNITUDE}]))
  | (?P<half>\x11半|半\x0f|\x1d番)
  | (?P<top>\x1c位(?!度))
  | (?P<ordinal>第\s?(?P<ordinal_number>[0-9]+|{_HAN_RUN})(?P<ordinal_unit>位|名)?)
  | (?P<front>前(?P<front_number>[0-9]+|[{FIGURE}{TEN}]+)(?P<front_unit>位|名|强|(?=[,。;、])))
  | (?P<number>{_NUMBER})
    """,
    re.VERBOSE,
)
_NUMERAL_CHAR = re.compile(rf"[{DIGIT}{MAGNITUDE}{TWENTY}{VAGUE}{WORDS}0-9]")
_OPENERS = ("第", "前", "半")
_INSIDE = re.compile(rf"(?:多|余|来|\x0e)([{MAGNITUDE}]*)")
_PAIRED = re.compile(r"\((\w{1,3})\)")  # 14.2万台(套)
_ORDERED = ("级", "类", "期", "线", "等", "季度", "产", "号", "届", "次")  # 二、三级医院
_RANGE = re.compile(rf"\s?(?:--?|~|至|到)\s?(?P<high>{_NUMBER})")


class _Number(NamedTuple):
    """A numeral with its unit, before its bounds are read."""

    start: int
    end: int
    amount: Amount
    printed: Amount
    unit: str
    form: Form
    scale: str = ""


def find_quantities(folded: str, start: int = 0, end: int | None = None) -> Scan:
    """Return the quantities and the excluded numerals of `folded[start:end]`.

    >>> [q.text for q in find_quantities("总产值4200亿元,增长9%以上").quantities]
    ['4200亿元', '9%']
    >>> [e.reason for e in find_quantities("2023年实现八连丰").exclusions]
    ['date', 'word']
    """
    limit = len(folded) if end is None else end
    text = Text(folded, code(folded))
    quantities: list[Quantity] = []
    excluded: list[Exclusion] = []
    position = start
    while match := _next_candidate(text.coded, position, limit):
        number = _read(text, match, limit)
        if isinstance(number, Exclusion):
            excluded.append(number)
        else:
            reason = exclusions.reason_against(text, number.start, number.end, number.unit)
            if reason:
                excluded.append(Exclusion(number.start, number.end, reason))
            else:
                quantities.append(_quantity(folded, number))
        position = max(match.start() + 1, number.end)
    kept, thresholds = exclusions.split_thresholds(folded, quantities)
    excluded.extend(Exclusion(q.start, q.end, "threshold") for q in thresholds)
    return Scan(tuple(kept), tuple(sorted(excluded)))


def _next_candidate(coded: str, position: int, limit: int) -> re.Match[str] | None:
    """Return the next numeral at or behind a position, with the 第, 前 or 半 before it.

    Looking for one class of characters first is ten times as fast as trying the whole pattern everywhere.
    """
    while first := _NUMERAL_CHAR.search(coded, position, limit):
        opener = first.start() - 1
        if coded[opener : opener + 1].isspace():
            opener -= 1
        opened = opener >= position and coded[opener] in _OPENERS
        match = _CANDIDATE.match(coded, opener, limit) if opened else None
        match = match or _CANDIDATE.match(coded, first.start(), limit)
        if match:
            return match
        position = first.end()
    return None


def _quantity(folded: str, number: _Number) -> Quantity:
    around = modifiers(folded, number.start, number.end)
    ranged = number.amount.high is not None
    sign = -1 if _is_negative(folded, number.start) else 1
    start = number.start - 1 if sign < 0 else number.start
    return Quantity(
        start=start,
        end=number.end,
        outer_start=min(start, around.start),
        outer_end=around.end,
        text=folded[start : number.end],
        value=sign * number.printed.low,
        value_max=None if number.printed.high is None else sign * number.printed.high,
        unit="%" if number.unit == "%" else number.scale + number.unit,
        amount=sign * exact(number.amount.low),
        amount_max=None if number.amount.high is None else sign * exact(number.amount.high),
        base_unit=base_unit(number.unit),
        bound="range" if ranged else around.bound,
        form=number.form,
    )


_BEFORE_MINUS = "为是达到至长速幅率"  # 增速为负3.5%, not 减负3000亿元


def _is_negative(folded: str, start: int) -> bool:
    """Return whether a minus sign stands before a figure (增速为-3.5%), not a dash between two words.

    >>> _is_negative("增长-3.5%", 3), _is_negative("5%-6%", 3)
    (True, False)
    """
    if start < 2 or folded[start - 1] not in "-负":
        return False
    before = folded[start - 2]
    if folded[start - 1] == "负":
        return before in _BEFORE_MINUS
    return before.isalpha() and not before.isascii() and not unit_at(folded, start - 2)


def _read(text: Text, match: re.Match[str], limit: int) -> _Number | Exclusion:
    """Return the number that a candidate makes, or why it makes none."""
    special = _SPECIAL.get(match.lastgroup or "")
    return special(text, match) if special else _plain(text, match, limit)


def _group(text: Text, match: re.Match[str], name: str) -> str:
    """Return what a group matched, as the text has it."""
    return text.folded[match.start(name) : match.end(name)]


def _ratio(text: Text, match: re.Match[str]) -> _Number | Exclusion:
    unit = {"百": "%", "千": "‰", "万": "‱"}[text.folded[match.start()]]
    low = _value(_group(text, match, "ratio_low"))
    high = _value(_group(text, match, "ratio_high")) if match["ratio_high"] else None
    if low is None:
        return Exclusion(match.start(), match.end(), "word")
    amount = Amount(low.low, high.low if high else low.high)
    return _Number(match.start(), match.end(), amount, amount, unit, "percent")


def _fraction(text: Text, match: re.Match[str]) -> _Number | Exclusion:
    surface = _group(text, match, "fraction")
    parts = surface.split("分之") if "分之" in surface else surface.split("/")[::-1]
    below, above = (_value(part) for part in parts)
    if below is None or above is None or not 0 < above.low < below.low:
        return Exclusion(match.start(), match.end(), "code" if "/" in surface else "word")
    share = Amount((above.low / below.low).quantize(Decimal("1.000000")))
    return _Number(match.start(), match.end(), share, share, "", "fraction")


def _half(text: Text, match: re.Match[str]) -> _Number:
    doubling = _group(text, match, "half") == "翻番"
    amount = Amount(Decimal(1) if doubling else Decimal("0.5"))
    form: Form = "multiple" if doubling else "fraction"
    return _Number(match.start(), match.end(), amount, amount, "番" if doubling else "", form)


def _top(text: Text, match: re.Match[str]) -> _Number | Exclusion:
    if not exclusions.is_ranking(text.folded, match.start()):
        return Exclusion(match.start(), match.end(), "word")
    return _Number(match.start(), match.end(), Amount(Decimal(1)), Amount(Decimal(1)), "位", "rank")


def _ordinal(text: Text, match: re.Match[str]) -> _Number | Exclusion:
    value = _value(_group(text, match, "ordinal_number"))
    unit = match["ordinal_unit"] or ""
    listed = exclusions.lists_ordinals(text, match.end())
    if value is None or listed or not (unit or exclusions.is_ranking(text.folded, match.start())):
        return Exclusion(match.start(), match.end(), "ordinal")
    if exclusions.is_idiom(text.folded, match.start()):
        return Exclusion(match.start(), match.end(), "ordinal")
    if not unit and exclusions.continues_word(text.folded, match.end()):
        return Exclusion(match.start(), match.end(), "ordinal")
    return _Number(match.start(), match.end(), value, value, unit, "rank")


def _front(text: Text, match: re.Match[str]) -> _Number | Exclusion:
    value = _value(_group(text, match, "front_number"))
    named = match["front_unit"] or exclusions.is_ranking(text.folded, match.start())  # 居全国前三
    if value is None or not named:
        return Exclusion(match.start(), match.end(), "ordinal")
    return _Number(match.start(), match.end(), value, value, match["front_unit"], "rank")


_SPECIAL = {
    "ratio": _ratio,
    "fraction": _fraction,
    "half": _half,
    "top": _top,
    "ordinal": _ordinal,
    "front": _front,
}


def _value(text: str) -> Amount | None:
    """Return the value of a bare numeral, Arabic or Chinese."""
    if text[0].isdigit() and text[0].isascii():
        return Amount(parse_arabic(text))
    if text == "几":
        return Amount(Decimal(2), Decimal(9))
    return parse_han_amount(text)


def _plain(text: Text, match: re.Match[str], limit: int) -> _Number | Exclusion:
    """Return a plain numeral with its unit, as a range where one follows."""
    folded, start, end = text.folded, match.start(), match.end()
    value = _value(folded[start:end])
    if value is None and folded[start] in "几数":
        start += 1
        value = _value(folded[start:end])
    early = exclusions.reason_before_unit(text, start, end) or exclusions.class_reason(folded, start, end)
    if early or value is None:
        return Exclusion(start, end, early or "word")
    if folded[end - 1] in "百千" and end - start > 1 and unit_at(folded, end - 1)[:1] == folded[end - 1]:
        end -= 1  # the 千 of 千瓦 is no magnitude
        value = _value(folded[start:end]) or value
    elif folded[end - 1] == "两" and end - start > 1 and folded[end - 2] in "百千万亿":
        end -= 1  # 七万万两
        value = _value(folded[start:end]) or value
    numeral_end = end
    inside = _INSIDE.match(text.coded, end, limit)
    scale = ""
    if inside:
        end = inside.end()
        if inside.group(1) and unit_at(folded, end - 1)[:1] == folded[end - 1]:
            end -= 1  # 1500多万千瓦
        scale = folded[inside.start(1) : end]
        value = _value(folded[start:numeral_end] + scale) or value
    unit_start = end + 1 if folded[end : end + 1] == " " else end
    unit = unit_at(folded, unit_start)
    if inside and not unit and not scale:
        end = inside.start()
    if "、" in folded[start:end] and (unit in _ORDERED or not unit):
        return Exclusion(start, end, "ordinal")
    if unit == "级" and folded[unit_start - 1] in "十百千万亿":
        return Exclusion(start, unit_start + 1, "threshold")
    end = unit_start + len(unit) if unit else end
    paired = _PAIRED.match(folded, end) if unit else None
    if paired and unit_at(folded, end + 1) == paired.group(1):
        unit, end = f"{unit}（{paired.group(1)}）", paired.end()
    printed, scale = _printed(folded[start:numeral_end], scale, value)
    number = _Number(start, end, value, printed, unit, _form(unit), scale)
    if not unit and printed == value:
        return _listed(text, number, limit)
    return _ranged(text, number, limit)


_LISTED = re.compile(rf"(?:(?:、|和|与|及){_DIGITS})+(?P<scale>[{MAGNITUDE}]*)")
_SHARED_OUT = ("分别", "依次", "各")
_LIST_CHARS = 40


def _listed(text: Text, first: _Number, limit: int) -> _Number:
    """Return a bare number with the unit that ends its list (分别增长10.6、6.3和12.9个百分点)."""
    match = _LISTED.match(text.coded, first.end, limit)
    before = text.folded[max(0, first.start - _LIST_CHARS) : first.start]
    if not match or not any(word in before for word in _SHARED_OUT):
        return _ranged(text, first, limit)
    scale = text.folded[match.start("scale") : match.end("scale")]
    unit = unit_at(text.folded, match.end())
    if not unit or unit in _ORDERED or unit in ("年", "月", "日"):
        return _ranged(text, first, limit)
    amount = Amount(first.amount.low * magnitude(scale))
    return _Number(first.start, first.end, amount, first.printed, unit, _form(unit), scale)


def _printed(numeral: str, inside: str, amount: Amount) -> tuple[Amount, str]:
    """Return the value as printed and its magnitude: (12.5, 万) of 12.5万; of others the amount alone."""
    numeral = numeral.replace(" ", "")
    digits = numeral.rstrip("".join(MAGNITUDES))
    if digits and digits.isascii():
        return Amount(parse_arabic(digits)), numeral[len(digits) :] + inside
    return amount, ""


def _form(unit: str) -> Form:
    if unit in ("%", "‰"):
        return "percent"
    return "multiple" if unit in ("倍", "番") else "number"


def _ranged(text: Text, first: _Number, limit: int) -> _Number:
    """Return the range that a numeral opens (4.5-5%, 6%—7%, 3至5个), else the number itself."""
    folded = text.folded
    match = _RANGE.match(text.coded, first.end, limit)
    if match is None or first.amount.high is not None:
        return first
    top = _group(text, match, "high")
    value = _value(top)
    if value is None or value.high is not None:
        return first
    unit = unit_at(folded, match.end())
    if not unit or (first.unit and base_unit(first.unit) != base_unit(unit)):
        return first
    if first.unit and re.search(r"[从由]\S{0,8}$", folded[max(0, first.start - 10) : first.start]):
        return first
    printed, scale = _printed(top, "", value)
    low = first.amount.low
    if not first.unit and scale and not first.scale:
        low *= magnitude(scale)  # 3-5万人
    elif scale != first.scale:
        scale, printed = "", value  # 8000万元至1亿元
    if value.low <= low:
        return first
    lowest = first.printed.low if scale or first.scale == scale else low
    return _Number(
        first.start,
        match.end() + len(unit),
        Amount(low, value.low),
        Amount(lowest, printed.low),
        unit,
        _form(unit),
        scale,
    )
