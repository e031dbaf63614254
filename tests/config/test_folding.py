"""Folding keeps every offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalian_report.folding import FOLD_TABLE, fold


@given(st.text())
def test_the_length_stays(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.sampled_from([*map(chr, FOLD_TABLE), "二", "○", "〇", "年"])))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("４２００亿元", "4200亿元"),
        ("６％—７％", "6%-7%"),
        ("二○二三年", "二〇二三年"),
        ("○ 新建", "○ 新建"),
        ("100㎡。", "100㎡。"),
        ("“十四五”、", "“十四五”、"),
    ],
)
def test_forms(text: str, folded: str) -> None:
    assert fold(text) == folded
