"""A number with its unit, and what a second number makes of it: a range (5%—6%), a list (分别为3、5个)."""

import re
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from dalian_report.alphabet import DIGIT, FIGURE, MAGNITUDE
from dalian_report.quantities.forms import DIGITS, Text, next_form, number_at
from dalian_report.quantities.numerals import MAGNITUDES, Amount, amount_of, magnitude
from dalian_report.quantities.units import base_unit, unit_at

Shape = Literal["number", "percent", "rank", "multiple", "fraction"]
# Units that number things rather than count them: 二、三级医院.
ORDERED: Final = ("级", "类", "期", "线", "等", "季度", "产", "号", "届", "次")

_TO: Final = re.compile(r"\s?(?:--?|~|至|到)\s?")
# 3、4万人 is some thirty or forty thousand; 1、3万人 are two figures; at a line's start 1、 is a label.
_APPROXIMATE: Final = re.compile(
    rf"(?<=[^\s0-9.、,()])(?:{'|'.join(f'{low}、(?={low + 1}[{MAGNITUDE}])' for low in range(1, 9))})"
)
_JOINTS: Final = frozenset("-~至到和与及、 \t")
_BETWEEN: Final = re.compile("[和与]")
_BASE: Final = re.compile(r"[从由]\S{0,8}$")  # 由67.9%到70.2% is two figures
_LISTED: Final = re.compile(rf"(?:(?:、|和|与|及){DIGITS})+(?P<scale>[{MAGNITUDE}]*)")
_MORE: Final = ("多", "余")
_SHARED_OUT: Final = ("分别", "依次", "各")
_LIST_CHARS: Final = 40
_SCALES: Final = "".join(MAGNITUDES) + "萬億"


class Measure(NamedTuple):
    """A numeral with its unit, before its bounds are read."""

    start: int
    end: int
    amount: Amount
    printed: Amount
    unit: str
    shape: Shape
    scale: str = ""


def shape_of(unit: str) -> Shape:
    """Return what a unit makes of a plain number."""
    if unit in ("%", "‰", "‱", "成"):
        return "percent"
    return "multiple" if unit in ("倍", "番") else "number"


def printed(numeral: str, inside: str, amount: Amount) -> tuple[Amount, str]:
    """Return the value as printed and its magnitude: (12.5, 万) of 12.5万; of others the amount alone."""
    if not numeral[0].isascii():
        return amount, ""
    numeral = numeral.replace(" ", "")
    digits = numeral.rstrip(_SCALES)
    if digits and digits.isascii():
        return amount_of(digits) or amount, numeral[len(digits) :] + inside
    return amount, ""


_TENTHS: Final = re.compile(
    rf"(?P<half>\x82)(?![年月天日个数])|(?<=成)(?P<digit>[{FIGURE}])(?![\w{MAGNITUDE}{DIGIT}])"
)
_HALVED: Final = ("成", "折", "倍", "番")
_MEASURED: Final = ("亩", "尺", "斤", "公斤", "里", "华里", "公里", "担", "丈", "石")  # 十三斤半
_HALF_OF: Final = frozenset("径导成军岛球夜价农自封殖挂数壁票天")  # 5公里半径
_SMALLER: Final = {"元": "角", "角": "分", "分": "厘", "亩": "分", "尺": "寸"}  # each a tenth
_OTHER_WORDS: Final = ("分之", "分别", "分地", "角度", "角形", "角洲", "角债")


def part_behind(text: Text, unit: str, end: int) -> tuple[Decimal, int]:
    """Return the part of a unit that stands behind it and where it ends: 三成半, 七成六, 一元三角五分.

    >>> part_behind(Text.of("增长一倍半"), "倍", 4), part_behind(Text.of("提价一角三分"), "角", 4)
    ((Decimal('0.5'), 5), (Decimal('0.3'), 6))
    """
    if unit in _SMALLER and unit != "分" and not text.folded.startswith("半", end):  # 一分一厘 counts nothing
        return _smaller_behind(text, unit, end)
    if unit in _MEASURED:
        halved = text.folded.startswith("半", end) and text.folded[end + 1 : end + 2] not in _HALF_OF
        return (Decimal("0.5"), end + 1) if halved else (Decimal(0), end)
    match = _TENTHS.match(text.coded, end) if unit in _HALVED else None
    if match is None:
        return Decimal(0), end
    return Decimal("0.5") if match["half"] else (ord(match["digit"]) - 0x10) / Decimal(10), match.end()


def _smaller_behind(text: Text, unit: str, end: int) -> tuple[Decimal, int]:
    """Return the tenths of a unit, and of these, that stand behind it."""
    smaller = _SMALLER[unit]
    figure = text.coded[end : end + 1]
    digit = amount_of(figure) if "1" <= figure <= "9" or "\x11" <= figure <= "\x19" else None
    if digit is None or text.folded[end + 1 : end + 2] != smaller:
        return Decimal(0), end
    if text.folded.startswith(_OTHER_WORDS, end + 1):
        return Decimal(0), end
    more, part_end = _smaller_behind(text, smaller, end + 2) if smaller in _SMALLER else (Decimal(0), end + 2)
    if text.folded.startswith("钱", part_end):  # 两角五分钱
        part_end += 1
    return (digit.low + more) / 10, part_end


def goes_on(text: Text, end: int) -> bool:
    """Return whether what stands behind a number could join another to it: most numbers stand alone."""
    return text.folded[end : end + 1] in _JOINTS


def with_list(text: Text, first: Measure, limit: int) -> Measure:
    """Return a bare number with the unit that ends its list (分别增长10.6、6.3和12.9个百分点)."""
    match = _LISTED.match(text.coded, first.end, limit) if goes_on(text, first.end) else None
    if match is None:
        return with_range(text, first, limit)
    before = re.split("[。;\n]", text.folded[max(0, first.start - _LIST_CHARS) : first.start])[-1]
    unit = unit_at(text.folded, match.end())
    shared = any(word in before for word in _SHARED_OUT)
    if not shared or not unit or unit in ORDERED or unit in ("年", "月", "日"):
        return with_range(text, first, limit)
    scale = text.folded[match.start("scale") : match.end("scale")]
    amount = Amount(first.amount.low * magnitude(scale))
    return Measure(first.start, first.end, amount, first.printed, unit, shape_of(unit), scale)


def _second(text: Text, start: int, limit: int) -> tuple[Amount, Amount, str, int] | None:
    """Return the number that ends a range: what it is, what is printed, its magnitude and its end."""
    match = number_at(text, start, limit)
    if match is None:
        return None
    end, inside = match.end(), ""
    value = amount_of(match.group())
    form = next_form(text, start, limit) if text.folded[end : end + 1] in _MORE else None
    if form and form.start == start:
        value, end, inside = form.amount, form.end, form.scale  # 三百多万斤到|四百多万斤
    if value is None or value.high is not None:
        return None
    return value, *printed(text.folded[start : match.end()], inside, value), end


def with_range(text: Text, first: Measure, limit: int) -> Measure:
    """Return the range that a number opens (4.5-5%, 6%—7%, 3至5个), else the number itself."""
    if not goes_on(text, first.end):
        return first
    folded = text.folded
    joint = _TO.match(text.coded, first.end, limit) or _APPROXIMATE.match(text.coded, first.start, limit)
    between = None if joint else _BETWEEN.match(text.coded, first.end, limit)
    mark = joint or between
    second = _second(text, mark.end(), limit) if mark else None
    if second is None or first.amount.high is not None:
        return first
    value, shown, scale, end = second
    unit = unit_at(folded, end)
    if between and not folded.startswith("之间", end + len(unit)):
        return first
    if not unit or (first.unit and base_unit(first.unit) != base_unit(unit)):
        return first
    if first.unit and _BASE.search(folded[max(0, first.start - 10) : first.start]):
        return first
    low = first.amount.low
    if not first.unit and scale and not first.scale:
        low *= magnitude(scale)  # 3-5万人
    elif scale != first.scale:
        scale, shown = "", value  # 8000万元至1亿元
    if value.low <= low:
        return first
    lowest = first.printed.low if scale or first.scale == scale else low
    return Measure(
        first.start,
        end + len(unit),
        Amount(low, value.low),
        Amount(lowest, shown.low),
        unit,
        shape_of(unit),
        scale,
    )
