"""Targets and results without a number: which there are, and that the figures are the same with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dalian_report
from dalian_report.data import load_data
from dalian_report.indicators.relations import find_relations
from dalian_report.model import Metric
from tests.golden import Case, read_cases

CASES = read_cases("relations") + read_cases("grammar")


def metrics_of(text: str, *, qualitative: bool) -> list[Metric]:
    return dalian_report.extract(dalian_report.parse_report(text), rules=(), qualitative=qualitative)


@pytest.mark.parametrize("case", read_cases("relations"), ids=lambda case: case.where)
def test_case(case: Case) -> None:
    found = [one for one in metrics_of(case.text, qualitative=True) if one.type == "relation"]
    lines = [
        f"{one.text} | {one.name} | {one.kind} | {one.status}" + (" | ?" if one.ambiguous else "")
        for one in found
    ]
    assert lines == [line for line in case.expected if line]
    for one in found:
        assert one.relation == one.text
        assert (one.value, one.amount, one.unit, one.base_unit) == (None,) * 4


@given(st.lists(st.sampled_from([case.text for case in CASES]), min_size=1, max_size=5))
def test_figures_are_the_same_with_relations(texts: list[str]) -> None:
    text = "\n".join(texts)
    both = metrics_of(text, qualitative=True)
    assert [one for one in both if one.type == "metric"] == metrics_of(text, qualitative=False)
    assert [one.start for one in both] == sorted(one.start for one in both)
    assert len({one.id for one in both}) == len(both)


# One phrase for each form of data/relations.yaml, in its order.
PHRASES = (
    "与经济增长同步",
    "不低于上年水平",
    "超过全国平均水平",
    "只减不增",
    "零增长",
    "动态清零",
    "零新增",
    "应保尽保",
    "全覆盖",
    "完成国家下达任务",
    "基本平衡",
    "保持稳定",
    "保持在合理区间",
    "稳定在合理水平",
)


def test_every_form_is_reached() -> None:
    assert len(PHRASES) == len(load_data("relations")["forms"])
    for phrase in PHRASES:
        assert [one.text for one in find_relations(f"某项指标{phrase}。", 0, len(phrase) + 5, ())] == [phrase]


@pytest.mark.parametrize(
    "yardstick",
    [
        "经济增速",
        "GDP增速",
        "地区生产总值增长",
        "全省",
        "东部地区平均水平",
        "上年同期",
        "居民收入增速",
        "劳动生产率提高",
        "同期物价水平",
        "规上工业增速",
        "预期目标",
    ],
)
def test_every_yardstick_is_reached(yardstick: str) -> None:
    text = f"某项指标高于{yardstick}。"
    assert [one.text for one in find_relations(text, 0, len(text), ())] == [f"高于{yardstick}"]
