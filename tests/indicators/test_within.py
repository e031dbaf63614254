"""A part of a report read alone gives the same metrics as the whole does there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dalian_report
from dalian_report.indicators import RuleEngine, extract_metrics
from dalian_report.model import Report, Span
from tests.golden import read_cases
from tests.indicators.test_claims import PATTERNS, texts
from tests.test_real_reports import SAMPLES, real_reports

SENTENCES = [case.text for case in read_cases("grammar") + read_cases("relations")]


def same_within(report: Report, engine: RuleEngine, *spans: Span) -> bool:
    """Tell whether the spans alone give what the whole report has in them."""
    whole = extract_metrics(report, engine, qualitative=True).metrics
    part = extract_metrics(report, engine, qualitative=True, within=spans).metrics
    return part == tuple(
        metric for metric in whole if any(span.start <= metric.start < span.end for span in spans)
    )


spans = st.tuples(st.integers(0, 120), st.integers(0, 120)).map(lambda ends: Span(min(ends), max(ends)))


@given(texts, st.lists(spans, max_size=3), st.lists(st.sampled_from(PATTERNS), max_size=3, unique=True))
def test_any_part_of_any_text(text: str, wanted: list[Span], rules: list[dalian_report.model.Rule]) -> None:
    assert same_within(dalian_report.parse_report(text), RuleEngine(rules), *wanted)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), st.sampled_from(["", "\n"]), spans)
def test_any_part_of_some_sentences(sentences: list[str], between: str, wanted: Span) -> None:
    assert same_within(dalian_report.parse_report(between.join(sentences)), RuleEngine([]), wanted)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_section_of_the_samples(path: Path) -> None:
    report, engine = dalian_report.read_report(path), RuleEngine(dalian_report.load_rules())
    for section in report.sections:
        assert same_within(report, engine, Span(section.start, section.end)), section.path


@pytest.mark.shared
def test_sections_of_real_reports(shared: Path) -> None:
    engine = RuleEngine(dalian_report.load_rules())
    for path in list(real_reports(shared))[::9]:
        report = dalian_report.read_report(path)
        parts = [Span(section.start, section.end) for section in report.sections[::5]]
        assert same_within(report, engine, *parts), path
