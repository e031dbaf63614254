"""What holds for the metrics of any text: spans, overlaps, and a passage that moves to another report."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dalian_report
from dalian_report.data import shipped
from dalian_report.model import Metric
from tests.golden import read_cases
from tests.test_real_reports import real_reports

SENTENCES = [case.text for folder in ("grammar", "quantities", "relations") for case in read_cases(folder)]
SAMPLE = dalian_report.read_report(shipped("reports") / "dalian-2023.txt")
PARAGRAPHS = [line for line in SAMPLE.text[: SAMPLE.body.end].splitlines() if line.strip()]
FIRST = next(n for n, line in enumerate(PARAGRAPHS) if line.strip().startswith(SAMPLE.sections[0].label))
PLACES = st.integers(FIRST + 1, len(PARAGRAPHS) - 1)
# A line that ends without a mark may be a heading or a signature, which is another thing elsewhere.
PASSAGES = st.sampled_from([text.strip().rstrip("。；;") + "。" for text in SENTENCES])
RULES = dalian_report.load_rules()
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map("\n".join)
PIECES = [
    "产值",
    "增长",
    "下降",
    "分别",
    "5%",
    "3.2万亿元",
    "、",
    "，",
    "。",
    "\n",
    "和",
    "达",
    "其中",
    "由",
    "到",
    "六成",
    "第3位",
    "约",
    "以上",
    "（",
    "）",
    "新增",
    "个",
    "12",
    "—",
    "亿",
    "二三百人",
    "每",
    "均",
    "“",
    "”",
    "占",
    "翻一番",
    " ",
]
NOISE = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def metrics_of(text: str) -> list[Metric]:
    return dalian_report.extract(dalian_report.parse_report(text), RULES)


def check_spans(metrics: list[Metric], text: str) -> None:
    """Assert that spans cut to their text, and that spans that overlap are one and the same."""
    for metric in metrics:
        assert text[metric.start : metric.end] == metric.text
        assert text.startswith(metric.sentence, metric.sentence_start)
    spans = sorted({(metric.start, metric.end) for metric in metrics})
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    shared = [(metric.start, metric.name, metric.key) for metric in metrics]
    assert len(set(shared)) == len(shared)


@given(TEXTS | NOISE)
def test_spans_cut_to_their_text_and_overlap_only_where_they_are_shared(text: str) -> None:
    check_spans(metrics_of(text), text)


@pytest.mark.shared
def test_spans_of_real_reports(shared: Path) -> None:
    for path in list(real_reports(shared))[::12]:
        report = dalian_report.read_report(path)
        check_spans(dalian_report.extract(report, RULES), report.text)


def essence(metrics: list[Metric], start: int, end: int) -> list[tuple[object, ...]]:
    """Return what a passage at [start, end) says, its spans counted from there."""
    return [
        (
            m.start - start,
            m.end - start,
            m.text,
            m.value,
            m.value_max,
            m.unit,
            m.amount,
            m.amount_max,
            m.base_unit,
            m.kind,
            m.bound,
            None if m.name in (m.report, m.topic) else m.name,  # a figure without a name has theirs
            m.action,
            m.key,
        )
        for m in metrics
        if start <= m.start < end
    ]


def moved(passage: str, place: int) -> list[tuple[object, ...]]:
    """Return what a passage says between blank lines before a paragraph of the sample."""
    before = "\n\n".join(PARAGRAPHS[:place]) + "\n\n"
    text = f"{before}{passage}\n\n" + "\n\n".join(PARAGRAPHS[place:])
    return essence(metrics_of(text), len(before), len(before) + len(passage))


@settings(max_examples=40)
@given(PASSAGES, PLACES, PLACES)
def test_a_passage_says_the_same_wherever_it_stands(passage: str, here: int, there: int) -> None:
    assert moved(passage, here) == moved(passage, there)


@settings(max_examples=40)
@given(PASSAGES, PLACES)
def test_a_passage_says_the_same_alone(passage: str, place: int) -> None:
    head = "某市政府工作报告\n\n各位代表：\n\n一、工作回顾\n\n"
    alone = metrics_of(f"{head}{passage}\n")
    assert moved(passage, place) == essence(alone, len(head), len(head) + len(passage))


def test_a_metric_is_what_its_own_class_would_make_of_its_fields() -> None:
    """Metrics are filled while open, which is faster, and closed then."""
    (metric,) = dalian_report.extract(dalian_report.parse_report("新增就业12.5万人。"))
    made = Metric(**{field.name: getattr(metric, field.name) for field in fields(Metric)})
    assert (type(metric), metric, hash(metric)) == (Metric, made, hash(made))
    assert pickle.loads(pickle.dumps(metric)) == metric
    with pytest.raises(FrozenInstanceError):
        metric.name = "就业"  # type: ignore[misc]
