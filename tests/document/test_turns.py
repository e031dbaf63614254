"""Where a report without headings turns from what was to what is planned."""

from __future__ import annotations

import pytest

import dalian_report
from dalian_report.data import shipped
from dalian_report.document import build_report
from dalian_report.indicators import RuleEngine, extract_metrics
from dalian_report.sources import make_source

OPENING = "各位代表：\n2023年是不平凡的一年。完成投资5亿元。\n"


def turn(sentence: str, *, year: int | None = 2023) -> bool:
    """Tell whether a report turns at a sentence that opens its last paragraph."""
    report = build_report(make_source(f"{OPENING}{sentence}\n完成投资6亿元。"), year=year)
    assert report.plan_start in (None, len(OPENING))
    return report.plan_start is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "2024年是实施规划的关键一年，做好今年工作至关重要。",
        "今年是新中国成立75周年。",
        "各位代表，今后五年是加快振兴的重要时期。",
        "按照会议部署，做好2024年政府工作要抓住机遇。",
        "政府工作的总体要求是：稳中求进。",
        "全市经济社会发展主要预期目标是：生产总值增长6%左右。",
        "新的一年，我们将重点抓好以下工作。",
        "“十五五”时期是夯实基础的关键时期。",
        "综合考虑，今年全市经济工作的总体思路是稳中求进。",
    ],
)
def test_what_turns(sentence: str) -> None:
    assert turn(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年是开局之年，做好2023年工作很不容易。",
        "“十四五”时期是重要时期。",
        "过去一年，我们实现了预期目标。",
        "今年以来，全市上下团结一心。",
        "为今后发展打下了基础。",
        "今年是极不平凡的一年。",
        "今年我们要素保障有力。",
        "今年我们将高质量发展作为首要任务。",
        "我代表县人民政府，就2023年工作和做好2024年工作，向大会报告。",
        "2023年底，省委提出2024年全省工作的总体要求。",
        "财政收入超额完成今年目标：增长8%。",
        "在做好今年工作的同时，我们谋划长远。",
    ],
)
def test_what_does_not(sentence: str) -> None:
    assert not turn(sentence)


def test_a_report_of_december_plans_for_the_next_year() -> None:
    text = "今年是开局之年。完成投资3亿元。\n明年是关键一年，明年增长5%。明年投资6亿元。"
    report = build_report(make_source(text))
    assert report.plan_start == text.index("明年")
    assert [one.status for one in dalian_report.extract(report)] == ["achieved", "target", "target"]


def test_a_lost_heading_of_the_plan_leaves_no_targets_in_the_review() -> None:
    text = "一、2023年工作回顾\n完成投资5亿元。\n今年是关键一年，做好今年工作意义重大。\n完成投资6亿元。\n"
    notes = "二、名词解释\n1.增产工程：指增产500万吨。\n"
    metrics = dalian_report.extract(build_report(make_source(text + notes)))
    assert [one.status for one in metrics] == ["achieved", "target", "achieved"]


def test_the_year_of_a_plan_dates_a_report_that_says_no_other() -> None:
    text = "各位代表：\n完成投资5亿元。\n2024年政府工作的总体要求是稳中求进。\n完成投资6亿元。"
    report = build_report(make_source(text))
    assert (report.year, report.year_source) == (2023, "body")
    assert [metric.period for metric in dalian_report.extract(report)] == ["2023", "2024"]


def test_headings_go_before_turns() -> None:
    report = build_report(
        make_source("一、2023年工作回顾\n今年是关键一年。\n二、2024年工作安排\n完成投资6亿元。")
    )
    assert report.plan_start is None


def test_a_report_that_lost_its_headings_keeps_its_statuses() -> None:
    report = dalian_report.read_report(shipped("reports") / "liaoning-2025.txt")
    text = report.text
    for section in report.sections:
        lost = text[section.start : section.heading_end]
        text = text[: section.start] + " " * len(lost) + text[section.heading_end :]
    headless = build_report(make_source(text), year=report.year)
    assert headless.sections == ()
    engine = RuleEngine(())
    kept = {(one.start, one.end): one.status for one in extract_metrics(report, engine).metrics}
    found = {(one.start, one.end): one.status for one in extract_metrics(headless, engine).metrics}
    assert "target" in kept.values()
    assert {span: status for span, status in found.items() if span in kept} == {
        span: status for span, status in kept.items() if span in found
    }
    assert len(found) >= len(kept) - 2
