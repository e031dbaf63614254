"""Numerals as work reports write them, parsed exactly.

Folded text is expected: full-width digits and points are ASCII, the zeros ○ and 零 may both stand.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

HAN_DIGIT = "〇○零一二两三四五六七八九"
_SHORTEST_CODE = 4
_PIECE = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:[.·][0-9]+)?)((?: ?[十百千万亿])*)")


class Amount(NamedTuple):
    """A number, or a range where `high` is set. Exact, without a unit."""

    low: Decimal
    high: Decimal | None = None


def exact(amount: Decimal) -> Decimal:
    """Return an amount without trailing zeros, so that 12.50万 and 12.5万 are one.

    >>> exact(Decimal("125000.0")), exact(Decimal("0.50"))
    (Decimal('125000'), Decimal('0.5'))
    """
    whole = amount.to_integral_value()
    return whole if whole == amount else amount.normalize()


def magnitude(text: str) -> int:
    """Return the product of magnitude characters.

    >>> magnitude("百万")
    1000000
    """
    product = 1
    for char in text:
        product *= MAGNITUDES[char]
    return product


def parse_arabic(text: str) -> Decimal:
    """Return the value of Arabic digits with magnitudes between and after them.

    >>> parse_arabic("3亿5千万")
    Decimal('350000000')
    >>> parse_arabic("1,369.5")
    Decimal('1369.5')
    """
    total = Decimal(0)
    for digits, scale in _PIECE.findall(text):
        total += Decimal(digits.replace(",", "").replace("·", ".")) * magnitude(scale.replace(" ", ""))
    return total


def parse_han(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral, None where the characters make no number.

    >>> parse_han("一千三百六十九亿一千四百万")
    Decimal('136914000000')
    >>> parse_han("三十二点五")
    Decimal('32.5')
    >>> parse_han("六万万")
    Decimal('600000000')
    >>> parse_han("三万五")
    Decimal('35000')
    >>> parse_han("一九八五")
    Decimal('1985')
    """
    whole, point, rest = text.partition("点")
    scale = rest.lstrip(HAN_DIGIT)
    rest = rest[: len(rest) - len(scale)]
    if point and (not rest or any(char not in MAGNITUDES for char in scale)):
        return None
    value = _whole(whole)
    if value is None:
        return None
    if point:
        value += Decimal("0." + "".join(str(DIGITS[char]) for char in rest))
    return value * magnitude(scale)


def _whole(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral without a point."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text:
        return None
    if all(char in DIGITS for char in text):
        if 1 < len(text) < _SHORTEST_CODE and not any(zero in text for zero in "〇○零"):
            return None  # 一一列举, 三三两两
        return Decimal("".join(str(DIGITS[char]) for char in text))
    total = section = digit = 0
    digits_run = 0
    for char in text:
        if char in DIGITS:
            digits_run = 0 if char in "零〇○" else digits_run + 1
            if digits_run > 1:  # 二三百 is a range, 八五八 with a magnitude is none
                return None
            digit = DIGITS[char]
        elif char in SMALL:
            section += (digit or 1) * SMALL[char]
            digit = digits_run = 0
        elif char in LARGE:
            scale = LARGE[char]
            section = (section + digit) or (0 if total else 1)
            if total and (section == 0 or total < scale):  # 六万万, 三千万亿
                total = (total + section) * scale
            else:
                total += section * scale
            section = digit = digits_run = 0
        else:
            return None
    if digit and len(text) > 1:  # 三万五 is 35000, 二十五 is 25, 一百零五 has its zero written
        before = SMALL.get(text[-2]) or LARGE.get(text[-2]) or 10
        digit *= before // 10
    return Decimal(total + section + digit)


_APPROXIMATE = re.compile(
    rf"^([十百千万亿{HAN_DIGIT}]*?)([一二三四五六七八九])([二三四五六七八九])([十百千万亿]*)$"
)


def parse_approximate(text: str) -> Amount | None:
    """Return the range that two neighbouring digits or 几 and 数 stand for.

    >>> parse_approximate("二三百")
    Amount(low=Decimal('200'), high=Decimal('300'))
    >>> parse_approximate("十二三万")
    Amount(low=Decimal('120000'), high=Decimal('130000'))
    >>> parse_approximate("几十")
    Amount(low=Decimal('20'), high=Decimal('90'))
    """
    head, tail = text[:1], text[1:]
    if len(text) > 2 and text[1] == "、":
        return parse_approximate(text[0] + text[2:])
    if head in ("几", "数"):
        if not tail or any(char not in MAGNITUDES for char in tail):
            return None
        return Amount(Decimal(2 * magnitude(tail)), Decimal(9 * magnitude(tail)))
    match = _APPROXIMATE.match(text.replace("两", "二", 1) if text[0] == "两" else text)
    if match is None:
        return None
    prefix, low, high, scale = match.groups()
    if DIGITS[high] - DIGITS[low] not in (1, 2) or (prefix and prefix[-1] in DIGITS):
        return None
    ends = parse_han(prefix + low + scale), parse_han(prefix + high + scale)
    return Amount(ends[0], ends[1]) if ends[0] is not None and ends[1] is not None else None


def parse_han_amount(text: str) -> Amount | None:
    """Return the range or the number that a Chinese numeral stands for, None where it is neither.

    >>> parse_han_amount("二三百"), parse_han_amount("三百")
    (Amount(low=Decimal('200'), high=Decimal('300')), Amount(low=Decimal('300'), high=None))
    """
    approximate = parse_approximate(text)
    if approximate is not None:
        return approximate
    value = parse_han(text)
    return None if value is None else Amount(value)
