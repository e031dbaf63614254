"""The profile of rules: what they find, what it costs, who takes what from whom."""

from __future__ import annotations

import dalian_report
from dalian_report.indicators import RuleEngine, extract_metrics
from dalian_report.indicators.profiling import Profiler
from tests.indicators.rules import make_rule

TEXT = "新增公共充电桩30个，改造充电桩5个。保护性耕作63万亩。"


def test_hits_tries_and_rivals() -> None:
    rules = [
        make_rule("long", "公共充电桩"),
        make_rule("short", "充电桩"),
        make_rule("late", "充电.?"),
        make_rule("tillage", pattern="耕作(?P<value>[0-9]+)(?P<unit>万亩)"),
        make_rule("never", "换电站"),
    ]
    report = dalian_report.parse_report(TEXT)
    profiler = Profiler(rules)
    assert profiler.add(report) == ()
    found = profiler.profiles
    assert {key: one.hits for key, one in found.items()} == {
        "long": 1,
        "short": 1,
        "late": 0,
        "tillage": 1,
        "never": 0,
    }
    assert found["short"].lost_to == {"long": 1}
    assert not +found["short"].tied_with
    assert found["late"].lost_to == {"long": 1, "short": 1}
    assert +found["late"].tied_with == {"short": 1}
    assert (found["never"].tried, found["never"].matched) == (0, 0)
    assert found["tillage"].tried == 1
    assert all(one.seconds > 0 for key, one in found.items() if key != "never")


def test_the_answers_are_those_of_any_engine() -> None:
    report = dalian_report.read_report("reports/dalian-2023.txt")
    rules = dalian_report.load_rules()
    profiler = Profiler(rules)
    profiler.add(report)
    metrics = extract_metrics(report, RuleEngine(rules)).metrics
    assert sum(one.hits for one in profiler.profiles.values()) == sum(one.key is not None for one in metrics)


def test_a_rule_out_of_time_is_counted() -> None:
    slow = make_rule("slow", pattern="(?:[^。]*,)*[^。]*泊位(?P<value>[0-9]+)!!")
    profiler = Profiler([slow])
    report = dalian_report.parse_report(f"甲{',乙' * 4000}泊位4万个。")
    (note,) = profiler.add(report)
    assert note.startswith("rule slow: out of time")
    assert profiler.profiles["slow"].skipped == 1
