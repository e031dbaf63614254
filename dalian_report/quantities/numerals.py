"""Numerals as work reports write them, parsed exactly.

Folded text is expected: full-width digits and points are ASCII, the zeros ○ and 零 may both stand. Plain,
formal (壹佰) and traditional (萬) characters read alike, because all are read in the alphabet of numerals.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from dalian_report.alphabet import FIGURE, MAGNITUDE, TRILLION, code

MAGNITUDES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
HAN_DIGIT: Final = "〇○零一二两三四五六七八九"

# In the alphabet of numerals: digits by their value, the pair 两 is 2.
_ZERO, _PAIR = "\x10", "\x1a"
_DIGITS: Final = {chr(0x10 + value): value for value in range(10)} | {_PAIR: 2}
_SMALL: Final = {"\x01": 10, "\x02": 100, "\x03": 1000}
_LARGE: Final = {"\x04": 10**4, "\x05": 10**8, "\x08": 10**12}
_SCALES: Final = _SMALL | _LARGE
_TENS: Final = {"\x06": "\x12\x01", "\x07": "\x13\x01"}  # 廿 is 二十, 卅 三十

_SHORTEST_CODE: Final = 4
_REMEMBERED: Final = 4096  # numerals; a report has some hundreds and most of them again and again
_PIECE: Final = re.compile(
    r"\x10?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:[.·][0-9]+)?(?:[eE][-+]?[0-9]+)?)"
    rf"((?: ?[{MAGNITUDE}])*)"
)


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
    return _product(code(text))


def _product(coded: str) -> int:
    product = 1
    for char in coded:
        product *= _SCALES[char]
    return product


def parse_arabic(text: str) -> Decimal:
    """Return the value of Arabic digits with magnitudes between and after them.

    >>> parse_arabic("3亿5千万"), parse_arabic("2千零30万")
    (Decimal('350000000'), Decimal('20300000'))
    >>> parse_arabic("1,369.5")
    Decimal('1369.5')
    """
    return _arabic(code(text))


def _arabic(coded: str) -> Decimal:
    """Return the value of digits with magnitudes: 3亿5千2百万, 2千零30万, 4万5千亿."""
    total = myriads = below = Decimal(0)  # what 亿, 万 and neither have multiplied
    for digits, scale in _PIECE.findall(coded):
        if not digits:
            continue
        piece = Decimal(digits.replace(",", "").replace("·", "."))
        for char in scale.replace(" ", ""):
            factor = _product(char)
            if factor < _MYRIAD:
                piece *= factor
                continue
            waiting, below, piece = below + piece, Decimal(0), Decimal(0)
            if factor > _MYRIAD:
                total, myriads = total + (myriads + waiting) * factor, Decimal(0)
            else:
                myriads = myriads + waiting * factor if waiting else myriads * factor
        below += piece
    return total + myriads + below


_MYRIAD: Final = 10**4


def parse_han(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral, None where the characters make no number.

    >>> parse_han("一千三百六十九亿一千四百万")
    Decimal('136914000000')
    >>> parse_han("三十二点五")
    Decimal('32.5')
    >>> parse_han("六万万")
    Decimal('600000000')
    >>> parse_han("三万五"), parse_han("柒仟捌佰伍拾肆")
    (Decimal('35000'), Decimal('7854'))
    >>> parse_han("一九八五")
    Decimal('1985')
    """
    return _parse(code(text))


def _parse(coded: str) -> Decimal | None:
    """Return the value of a coded numeral, with or without a point."""
    whole, point, rest = coded.replace("點", "点").replace("·", "点").partition("点")
    digits = rest.rstrip("\x01\x02\x03\x04\x05")
    if point and (not digits or not whole or any(char not in _DIGITS for char in digits)):
        return None
    value = _whole(whole)
    if value is None or not point:
        return value
    value += Decimal("0." + "".join([str(_DIGITS[char]) for char in digits]))
    return value * _product(rest[len(digits) :])


def _whole(coded: str) -> Decimal | None:
    """Return the value of a coded numeral without a point."""
    for short, long in _TENS.items():
        coded = coded.replace(short, long)
    if all(char in _DIGITS for char in coded):
        if not coded or (1 < len(coded) < _SHORTEST_CODE and _ZERO not in coded):
            return None  # 一一列举, 三三两两
        return Decimal("".join([str(_DIGITS[char]) for char in coded]))
    total = section = digit = run = 0
    positional = _ZERO in coded[1:]
    below = 10**4  # what a 十, 百 or 千 must stay below: no number is 五十千
    if len(coded) > 1 and all(char in _SMALL for char in coded):
        return None  # 千百, 十百千
    for char in coded:
        if char in _DIGITS:
            if run and (section or not positional):  # 二三百 is a range, 八五八 with a magnitude is none
                return None
            digit = digit * 10 + _DIGITS[char]  # 三〇六亿
            run = 0 if not digit else run + 1
        elif char in _SMALL:
            if _SMALL[char] >= below:
                return None
            below = _SMALL[char]
            section += (digit or 1) * below
            digit = run = 0
        elif char in _LARGE:
            scale = _LARGE[char]
            section = (section + digit) or (0 if total else 1)
            # 六万万 and 三千万亿 multiply, 三亿五千万 adds.
            multiplied = total and (section == 0 or total < scale)
            total = (total + section) * scale if multiplied else total + section * scale
            section = digit = run = 0
            below = 10**4
        else:
            return None
    if digit and len(coded) > 1:  # 三万五 is 35000, 二十五 is 25, 一百零五 has its zero written
        digit *= _SCALES.get(coded[-2], 10) // 10
    return Decimal(total + section + digit)


_APPROXIMATE: Final = re.compile(
    rf"^([{MAGNITUDE}{TRILLION}\x10-\x1a]*?)([{FIGURE}])([{FIGURE}])([{MAGNITUDE}{TRILLION}]*)$"
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
    return _approximate(code(text))


def _approximate(coded: str) -> Amount | None:
    if len(coded) > 2 and coded[1] == "、":
        coded = coded[0] + coded[2:]
    if coded[0] in "\x0e\x0f":  # 几, 数
        tail = coded[1:]
        if not tail or any(char not in _SCALES for char in tail):
            return None
        return Amount(Decimal(2 * _product(tail)), Decimal(9 * _product(tail)))
    match = _APPROXIMATE.match(coded.replace(_PAIR, "\x12"))
    if match is None:
        return None
    prefix, low, high, scale = match.groups()
    if _DIGITS[high] - _DIGITS[low] not in (1, 2) or (prefix and prefix[-1] in _DIGITS):
        return None
    ends = _parse(prefix + low + scale), _parse(prefix + high + scale)
    return Amount(ends[0], ends[1]) if ends[0] is not None and ends[1] is not None else None


def parse_han_amount(text: str) -> Amount | None:
    """Return the range or the number that a Chinese numeral stands for, None where it is neither.

    >>> parse_han_amount("二三百"), parse_han_amount("三百")
    (Amount(low=Decimal('200'), high=Decimal('300')), Amount(low=Decimal('300'), high=None))
    """
    return _han_amount(code(text))


def _han_amount(coded: str) -> Amount | None:
    approximate = _approximate(coded)
    if approximate is not None:
        return approximate
    value = _parse(coded)
    return None if value is None else Amount(value)


@lru_cache(maxsize=_REMEMBERED)
def amount_of(coded: str) -> Amount | None:
    """Return the value of a numeral in the alphabet of numerals, None where its characters make no number.

    >>> amount_of(code("3亿5千万")), amount_of(code("几"))
    (Amount(low=Decimal('350000000'), high=None), Amount(low=Decimal('2'), high=Decimal('9')))
    """
    if coded[0] in "0123456789.":
        return Amount(_arabic(coded))
    return Amount(Decimal(2), Decimal(9)) if coded == "\x0e" else _han_amount(coded)
