import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalian_report.views.records import json_text, to_number


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("420000000000", 420000000000),
        ("4.2E+11", 420000000000),
        ("-23.4", -23.4),
        ("70.50", 70.5),
        ("0", 0),
        ("-0.0", 0),
        ("0.00", 0),
        ("123456789012345", 123456789012345),
        ("1234567890123456", "1234567890123456"),
        ("0.1234567890123456", "0.1234567890123456"),
        ("1E+40", "1E+40"),
    ],
)
def test_numbers_are_exact_or_strings(value: str, number: object) -> None:
    found = to_number(Decimal(value))
    assert found == number
    assert type(found) is type(number)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_the_digits_survive(value: Decimal) -> None:
    loaded = json.loads(json_text({"v": value}), parse_float=Decimal, parse_int=Decimal)["v"]
    assert Decimal(loaded) == value


@given(st.text(st.characters(), max_size=40))
def test_text_survives_and_is_utf8(text: str) -> None:
    line = json_text({"text": text})
    line.encode("utf-8")
    assert "\n" not in line
    assert json.loads(line)["text"] == text


def test_nothing_that_drives_a_terminal_is_left() -> None:
    assert json_text({"a": "\x1b\u202e\x9b\ud800"}) == '{"a": "\\u001b\\u202e\\u009b\\ud800"}'
