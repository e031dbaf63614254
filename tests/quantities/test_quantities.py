"""Golden cases and properties of the numerals, units and bounds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalian_report.folding import fold
from dalian_report.quantities import Scan, find_numbers, find_quantities
from dalian_report.quantities.numerals import parse_arabic, parse_han
from dalian_report.quantities.units import load_units
from tests.golden import Case, read_cases

ROOT = Path(__file__).parents[2]


def describe(text: str) -> tuple[str, ...]:
    """One line a quantity, then one a numeral that is none."""
    scan = find_quantities(fold(text))
    lines = []
    for q in scan.quantities:
        top = f"–{q.amount_max:f}" if q.amount_max is not None else ""
        lines.append(f"{q.text} | {q.amount:f}{top} {q.base_unit}".rstrip() + f" | {q.bound}")
    lines += [f"{text[e.start : e.end]} × {e.reason}" for e in scan.exclusions]
    return tuple(lines)


@pytest.mark.parametrize("case", read_cases("quantities"), ids=lambda case: case.where)
def test_case(case: Case) -> None:
    assert describe(case.text) == case.expected


def to_han(number: int) -> str:
    """Write a number below 10,000 in Chinese, the way reports do."""
    digits, out, gap = "零一二三四五六七八九", "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            out += ("零" if gap and out else "") + digits[digit] + name
            gap = False
        else:
            gap = True
    return out


def han(number: int) -> str:
    high, middle, low = number // 10**8, number // 10**4 % 10**4, number % 10**4
    out = to_han(high) + "亿" if high else ""
    if middle:
        out += ("零" if out and middle < 1000 else "") + to_han(middle) + "万"
    if low:
        out += ("零" if out and low < 1000 else "") + to_han(low)
    return out


@given(st.integers(1, 10**12 - 1))
def test_chinese_numerals_parse_back(number: int) -> None:
    assert parse_han(han(number)) == number


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["", "万", "亿", "万亿", "千万"]))
def test_arabic_numerals_parse_back(number: Decimal, scale: str) -> None:
    factor = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "千万": 10**7}[scale]
    assert parse_arabic(f"{number:f}{scale}") == number * factor
    assert parse_arabic(f"{number:,f}{scale}") == number * factor


@given(st.integers(1, 10**9), st.sampled_from(["个", "亿元", "万人", "公里", "%", "个百分点"]))
def test_full_width_digits_read_alike(number: int, unit: str) -> None:
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    plain, full = (find_quantities(fold(f"建成{n}{unit}。")).quantities for n in (str(number), wide))
    assert [q.amount for q in plain] == [q.amount for q in full]
    assert len(plain) == 1


WORDS = [
    "增长",
    "12.5万人",
    "百分之六点七",
    "左右",
    "约",
    "2023年",
    "、",
    ",",
    "。",
    "第3位",
    "由",
    "到",
    "5%-6%",
    "三十个",
    "几十",
    "亿",
    "多",
    "以上",
    "(",
    ")",
    "“",
    "”",
    "G20",
    "工业",
    "1,234.5",
    "〇",
    "点",
    " ",
    "5 . 5%",
    "百 分 之 五",
    "陆拾",
    "兆",
    "半",
    "又",
    "三分之二",
    "/",
    "12樘",
    "30樘",
    "不得超过",
    "和",
    "之间",
]
PIECES = st.sampled_from([*WORDS, "\n"])


@given(st.lists(PIECES, max_size=14))
def test_spans_cut_to_their_text(pieces: list[str]) -> None:
    text = fold("".join(pieces))
    scan = find_quantities(text)
    ends = [0]
    for q in scan.quantities:
        assert text[q.start : q.end] == q.text
        assert q.outer_start <= q.start < q.end <= q.outer_end
        assert q.start >= ends[-1]
        ends.append(q.end)
    taken = {place for q in scan.quantities for place in range(q.start, q.end)}
    others = [e for e in scan.exclusions if e.reason != "threshold"]
    assert not any(e.start in taken and e.end - 1 in taken for e in others)


def read_slowly(text: str) -> Scan:
    """Read a text without a glance at its numerals: each by its form, its unit and what is around it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dalian_report.quantities.scan.reason_at", lambda text, start, limit: ("", start))
        return find_quantities(text)


DIGITS = st.sampled_from(
    [*"零一二两三九第前每:、,年代月日个级元亩半(至到个多分点又位", "1998", "一九五二", "三农", "\n"]
)


@given(st.lists(DIGITS | PIECES, max_size=10))
def test_a_glance_tells_what_a_closer_look_does(pieces: list[str]) -> None:
    text = fold("".join(pieces))
    scan, slow = find_quantities(text), read_slowly(text)
    assert (scan.quantities, scan.exclusions) == (slow.quantities, slow.exclusions)


@pytest.mark.parametrize(
    "path", sorted([*(ROOT / "reports").glob("*.txt"), *(ROOT / "tests/gold/written").glob("*.txt")])
)
def test_a_glance_tells_what_a_closer_look_does_in_reports(path: Path) -> None:
    text = fold(path.read_text(encoding="utf-8"))
    scan, slow = find_quantities(text), read_slowly(text)
    assert (scan.quantities, scan.exclusions) == (slow.quantities, slow.exclusions)


def test_every_unit_is_reached() -> None:
    units = load_units()
    for unit in units.group:
        found = find_quantities(f"共有1234{unit}。").quantities
        dates = unit in ("年", "代", "世纪", "届", "期", "个年头", "周年", "个世纪", "日")
        assert dates or (found and found[0].text == f"1234{unit}"), unit


WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
TRADITIONAL = str.maketrans("万亿", "萬億")
ZERO = str.maketrans("零", "〇")


def mixed(number: int) -> str:
    """Write a number in Arabic digits with a magnitude to each part: 3亿5千万, 12万3千."""
    out = ""
    for scale, name in ((10**8, "亿"), (10**7, "千万"), (10**4, "万"), (1000, "千")):
        if number >= scale:
            out += f"{number // scale}{name}"
            number %= scale
    return out + (f"零{number}" if number and out else str(number or ""))


def chained(number: int) -> str:
    """Write a number with 千 and 百 that wait for the 万 or 亿 behind them: 3亿5千2百万, 2千3百万."""
    out = ""
    for myriad, name in ((10**8, "亿"), (10**4, "万")):
        count, number = divmod(number, myriad)
        parts = [f"{count // scale % 10}{char}" for scale, char in ((1000, "千"), (100, "百"))]
        parts = [part for part in parts if part[0] != "0"]
        rest = str(count % 100) if count % 100 else ""
        if count:
            out += (str(count) if count >= 10**4 else "".join(parts) + rest) + name
    return out + (f"零{number}" if number and out else str(number or ""))


WHOLE_STYLES = {
    "plain": str,
    "thousands": lambda number: f"{number:,}",
    "full width": lambda number: str(number).translate(WIDE),
    "full width thousands": lambda number: f"{number:,}".translate(WIDE),
    "mixed": mixed,
    "chained": chained,
    "chinese": han,
    "chinese circle": lambda number: han(number).translate(ZERO),
    "formal": lambda number: han(number).translate(FORMAL),
    "traditional": lambda number: han(number).translate(TRADITIONAL),
    "chinese spaced": lambda number: " ".join(han(number)),
}


@given(st.integers(2, 10**12 - 1), st.sampled_from(sorted(WHOLE_STYLES)))
def test_any_whole_number_in_any_style_is_read_exactly(number: int, style: str) -> None:
    text = fold(f"共有,{WHOLE_STYLES[style](number)}亩。")
    (quantity,) = find_quantities(text).quantities
    assert (quantity.amount, quantity.base_unit, quantity.end) == (number, "亩", len(text) - 1)
    (found,) = find_numbers(text)
    assert (found.value, found.value_max) == (number, None)


SCALES = {
    "": 1,
    "万": 10**4,
    "亿": 10**8,
    "万亿": 10**12,
    "千万": 10**7,
    "百万": 10**6,
    "萬": 10**4,
    "億": 10**8,
}
DECIMAL_STYLES = {
    "plain": lambda text: text,
    "full width": lambda text: text.translate(WIDE),
    "middle dot": lambda text: text.replace(".", "·"),
    "spaced point": lambda text: text.replace(".", " . "),
}


@given(
    st.integers(0, 10**7),
    st.integers(1, 4),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from(sorted(DECIMAL_STYLES)),
    st.sampled_from(["f", ",f"]),
)
def test_any_decimal_in_any_style_is_read_exactly(
    digits: int, places: int, scale: str, style: str, form: str
) -> None:
    number = Decimal(digits).scaleb(-places)
    printed = format(number, "f" if style == "middle dot" else form)
    text = fold(f"投资,{DECIMAL_STYLES[style](printed)}{scale}元。")
    (quantity,) = find_quantities(text).quantities
    assert (quantity.amount, quantity.base_unit) == (number * SCALES[scale], "元")


@given(st.integers(1, 99999), st.integers(0, 3), st.sampled_from(["百分之", "百 分 之 "]))
def test_any_written_percent_is_read_exactly(digits: int, places: int, words: str) -> None:
    number = Decimal(digits).scaleb(-places)
    whole, _, rest = f"{number:f}".partition(".")
    written = (han(int(whole)) or "零") + (
        "点" + "".join("零一二三四五六七八九"[int(d)] for d in rest) if rest else ""
    )
    for numeral in (f"{number:f}", written):
        (quantity,) = find_quantities(fold(f"增长,{words}{numeral}。")).quantities
        assert (quantity.amount, quantity.base_unit) == (number, "%")
        (found,) = find_numbers(f"增长,{words}{numeral}。")
        assert (found.kind, found.value) == ("percent", number)


@given(
    st.integers(1, 999),
    st.integers(1, 999),
    st.sampled_from(["—", "-", "－", "～", "至", "到"]),
    st.sampled_from(["", "%"]),
)
def test_any_range_is_read_as_one(low: int, more: int, joint: str, first: str) -> None:
    (quantity,) = find_quantities(fold(f"增长,{low}{first}{joint}{low + more}%。")).quantities
    assert (quantity.amount, quantity.amount_max, quantity.bound) == (low, low + more, "range")
