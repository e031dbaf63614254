"""Every numeral of a text with its value, whatever it counts, by the forms that quantities are made of."""

from decimal import Decimal
from functools import cache
from typing import Final, Literal, NamedTuple

from dalian_report.alphabet import code
from dalian_report.data import load_data, load_text
from dalian_report.folding import fold
from dalian_report.quantities.dates import reason_before_unit
from dalian_report.quantities.forms import Form, Text, next_form
from dalian_report.quantities.gaps import close_gaps
from dalian_report.quantities.numerals import exact
from dalian_report.quantities.ranges import part_behind
from dalian_report.quantities.scan import is_negative
from dalian_report.quantities.units import base_unit, unit_at

NumberKind = Literal["number", "percent", "ordinal"]


class Number(NamedTuple):
    """A numeral with what its form takes in (百分之五, 5%, 第3) at [start, end), its sign included.

    The numeral alone is at [figure_start, figure_end). `value` is exact; a percent's is in per cent, so that
    千分之五 is 0.5 and 三成 30. `value_max` is the upper end of 二三百 and 几十, else None.
    """

    kind: NumberKind
    start: int
    end: int
    figure_start: int
    figure_end: int
    value: Decimal
    value_max: Decimal | None
    unit: str


# What one of each unit is in per cent.
_SHARES: Final = {"%": Decimal(1), "个百分点": Decimal(1), "成": Decimal(10), "折": Decimal(10)} | {
    "‰": Decimal("0.1"), "‱": Decimal("0.01"), "个千分点": Decimal("0.1"), "个基点": Decimal("0.01"),
}  # fmt: skip


def find_numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers, percents and ordinals of a text in text order, dates and list counts among them.

    What is no numeral is left out: words and names (一切, 四川), codes (G20).

    >>> [(one.kind, str(one.value)) for one in find_numbers("第3位,两千四百五,百分之六点七,三成")]
    [('ordinal', '3'), ('number', '2450'), ('percent', '6.7'), ('percent', '30')]
    """
    gaps = close_gaps(Text.of(fold(text)), 0, len(text))
    numbers: list[Number] = []
    position = 0
    while form := next_form(gaps.text, position, gaps.end):
        number = _number(gaps.text, form)
        position = max(form.start + 1, form.figure_end)
        if number:
            position = max(position, number.end)
            figure = gaps.span(number.figure_start, number.figure_end)
            start, end = gaps.span(number.start, number.end)
            numbers.append(
                number._replace(start=start, end=end, figure_start=figure[0], figure_end=figure[1])
            )
    return tuple(numbers)


def _number(text: Text, form: Form) -> Number | None:
    """Return the number that a form makes in closed text, None where it is none."""
    if form.amount is None or form.kind == "top" or _is_word(text, form):
        return None
    signed = is_negative(text.folded, form.start)
    sign, start = (-1, form.start - 1) if signed else (1, form.start)
    kind: NumberKind = "ordinal" if form.kind in ("ordinal", "front") else "number"
    unit, end, more = form.unit, form.end, Decimal(0)
    figure_end = form.end if form.scale else form.figure_end
    if form.kind in ("number", "half"):
        end = figure_end
        blank = 1 if text.folded.startswith(" ", end) else 0
        unit = unit or base_unit(unit_at(text.folded, end + blank))
        if unit in _SHARES and form.unit != unit:
            end += blank + len(unit_at(text.folded, end + blank))
            more, end = part_behind(text, unit, end)
    elif kind == "ordinal":
        end = form.figure_end
    if unit in _SHARES or form.kind == "ratio":
        kind = "percent"
    share = _share(unit, form) if kind == "percent" else Decimal(1)
    low, high = form.amount
    figure_start = start if form.figure_start == form.start else form.figure_start
    return Number(
        kind,
        start,
        end,
        figure_start,
        figure_end,
        sign * exact((low + more) * share),
        None if high is None else sign * exact(high * share),
        unit if kind == "percent" else "",
    )


def _share(unit: str, form: Form) -> Decimal:
    """Return what one of a unit is in per cent: 七五折 and 75折 are both 75%."""
    tenths = unit == "折" and form.amount is not None and form.amount.low > _WHOLE
    return Decimal(1) if tenths else _SHARES.get(unit, Decimal(100))


_WHOLE: Final = 10


def _is_word(text: Text, form: Form) -> bool:
    """Return whether a numeral only writes a word, a name or a code."""
    folded, start, end = text.folded, form.start, form.figure_end
    if form.kind != "number":
        return False
    if folded[start].isascii() or folded[start] == ".":
        return _in_address(folded, start) or reason_before_unit(text, start, end) == "code"
    if form.scale:
        return False
    bare = text.coded[start:end].strip("\x02\x03\x04\x05") == ""
    return bare or text.coded.startswith(_words(), start)


def _in_address(folded: str, start: int) -> bool:
    """Return whether a place lies in a web address: 30% in q=30%25."""
    scheme = folded.rfind("://", 0, start)
    return scheme >= 0 and not any(char.isspace() or not char.isascii() for char in folded[scheme:start])


_SUFFIXES: Final = "省市县区州盟旗"


@cache
def _words() -> tuple[str, ...]:
    """Return words and names of places that start with a numeral (一切, 四川), in the alphabet of those."""
    numerals = "一二三四五六七八九十百千万两"
    places = [line.split(" ")[0] for line in load_text("regions.txt").splitlines()]
    stems = {
        name.rstrip(_SUFFIXES) for name in places if name[:1] in numerals and name.endswith(tuple(_SUFFIXES))
    }
    names = sorted(stem for stem in stems if len(stem) > 1)
    return tuple(map(code, [*load_data("exclusions")["words"], *names]))
