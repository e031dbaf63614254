"""Golden cases and properties of the grammar: what each figure is called, and what it is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dalian_report
from dalian_report.model import Metric
from tests.golden import Case, read_cases


def describe(metric: Metric) -> str:
    """One line a metric: figure, name, amount, kind, bound where it is not exact, status, reason."""
    amount = f"{metric.amount:f}" + (f"–{metric.amount_max:f}" if metric.amount_max is not None else "")
    unit = metric.base_unit or ""
    name = f"[{metric.action}] {metric.name}" if metric.action else metric.name
    bound = "" if metric.bound == "exact" else f" {metric.bound}"
    status = metric.status + (f" {metric.strength}" if metric.strength else "")
    return f"{metric.text} | {name} | {amount}{unit} {metric.kind}{bound} | {status} | {metric.reason}"


def metrics_of(text: str) -> list[Metric]:
    return dalian_report.extract(dalian_report.parse_report(text), rules=())


@pytest.mark.parametrize("case", read_cases("grammar"), ids=lambda case: case.where)
def test_case(case: Case) -> None:
    assert tuple(describe(metric) for metric in metrics_of(case.text)) == case.expected


CLAUSES = st.sampled_from([case.text for case in read_cases("grammar")])


@given(st.lists(CLAUSES, min_size=1, max_size=6))
def test_spans_and_order(texts: list[str]) -> None:
    report = dalian_report.parse_report("\n".join(texts))
    metrics = dalian_report.extract(report, rules=())
    for metric in metrics:
        assert report.text[metric.start : metric.end] == metric.text
        end = metric.sentence_start + len(metric.sentence)
        assert report.text[metric.sentence_start : end] == metric.sentence
        assert metric.sentence_start <= metric.start < metric.end <= end
    assert [m.start for m in metrics] == sorted(m.start for m in metrics)
    assert len({m.id for m in metrics}) == len(metrics)


WIDE = str.maketrans(",;:()%?!0123456789.", "，；：（）％？！０１２３４５６７８９．")


@given(st.lists(CLAUSES, min_size=1, max_size=4))
def test_width_of_punctuation_changes_nothing(texts: list[str]) -> None:
    half = "\n".join(texts).translate({v: k for k, v in WIDE.items()})
    full = half.translate(WIDE)
    fields = [
        [(m.name, m.amount, m.base_unit, m.kind, m.bound, m.status, m.start) for m in metrics_of(text)]
        for text in (half, full)
    ]
    assert fields[0] == fields[1]


@given(CLAUSES, CLAUSES)
def test_a_clause_between_blank_lines_keeps_its_metrics(first: str, second: str) -> None:
    alone = metrics_of(second)
    shift = len(first) + 2
    together = [m for m in metrics_of(f"{first}\n\n{second}") if m.start >= shift]
    assert [(m.start + shift, m.name, m.amount, m.kind, m.bound) for m in alone] == [
        (m.start, m.name, m.amount, m.kind, m.bound) for m in together
    ]


WRAPPED = "推进自然保护地体系建设，改善全市环境质量，完善生态补偿机制，健全河湖长效管护制度，加强综合治理，{}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "能耗、用水量、碳排放分别降低\n12%、14%、\n16%。",
            [("能耗", -12), ("用水量", -14), ("碳排放", -16)],
        ),
        ("粮食产量居全省第三，茶叶产量保持\n全省第一。", [("粮食产量", 3), ("茶叶产量", 1)]),
        ("新创建省\n级绿色工厂20家。", [("省级绿色工厂", 20)]),
    ],
)
def test_a_line_that_is_only_wrapped_ends_no_clause(text: str, expected: list[tuple[str, int]]) -> None:
    found = [(metric.name, metric.amount) for metric in metrics_of(WRAPPED.format(text))]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("贫困发生率由12%下降\n至0.5%。", [("贫困发生率", 12), ("贫困发生率", Decimal("0.5"))]),
        ("综合实力明显增强\n固定资产投资增长8%。", [("固定资产投资", 8)]),
        ("税收突破\n86亿元。", [("税收", 8_600_000_000)]),
        ("失业率控制在\n5%以内，城区面积扩大\n20平方公里。", [("失业率", 5), ("城区面积", 20)]),
    ],
)
def test_any_other_line_break_ends_one(text: str, expected: list[tuple[str, int]]) -> None:
    found = [(metric.name, metric.amount) for metric in metrics_of(WRAPPED.format(text))]
    assert found == expected
    assert not any("\n" in metric.name for metric in metrics_of(WRAPPED.format(text)))


@pytest.mark.parametrize("mark", ["●", "· ", "▪", "1、", "2.", "①"])
def test_a_mark_of_a_list_is_no_part_of_a_name(mark: str) -> None:
    (metric,) = metrics_of(f"全年任务完成，{mark}新建学校12所。")
    assert (metric.action, metric.name) == ("新建", "学校")
