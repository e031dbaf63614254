"""Texts are folded and coded in two ways, by their length: both give the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalian_report.alphabet import code
from dalian_report.document.coding import numeral_marks
from dalian_report.folding import FOLD_TABLE, fold

_MORE = "中" * 600  # which makes any text a long one, and changes nothing in it
_NUMERALS = "〇○◯零一壹二贰貳两兩三四五六七八九十百佰千万萬亿億廿卅兆几幾数首翻半折拾肆伍陆陸年月、是点0a中 "
_CONTROLS = "\x01\x05\x08\x0e\x10\x1a\x1f\x7f\x80\x83"


@pytest.mark.parametrize("change", [fold, code, numeral_marks])
@given(text=st.text(alphabet=st.sampled_from([*map(chr, FOLD_TABLE), *_NUMERALS, *_CONTROLS, *"。5%"])))
def test_a_short_text_is_read_as_a_long_one(change: Callable[[str], str], text: str) -> None:
    assert change(text) == change(text + _MORE).removesuffix(_MORE)


def test_each_form_is_folded_in_a_long_text() -> None:
    assert {char: fold(chr(char) + _MORE)[0] for char in FOLD_TABLE} == FOLD_TABLE
