"""What no rule knows: names over many reports, and a rule for one of them."""

from __future__ import annotations

from dataclasses import replace

import dalian_report
from dalian_report.config.regexes import plan_regex
from dalian_report.explore.unkeyed import Unkeyed, clause_of, core_name, propose_rule, without_parts
from dalian_report.model import Metric

FIRST = "新增光伏路灯3000盏，改造老旧路灯500盏。地区生产总值增长6%。"
SECOND = "全年新增“光伏路灯”1.2万盏；光伏路灯数量达到5万盏。"


def metrics_of(*texts: str) -> list[list[Metric]]:
    found = []
    for number, text in enumerate(texts):
        metrics = dalian_report.extract(dalian_report.parse_report(text))
        found.append([replace(metric, source=f"{number}.txt") for metric in metrics])
    return found


def test_names_are_counted_over_reports_without_those_that_have_a_key() -> None:
    unkeyed = Unkeyed()
    for metrics in metrics_of(FIRST, SECOND):
        unkeyed.add(metrics)
    first, *others = unkeyed.suggestions(least=1)
    assert (first.name, first.count, first.reports, first.action, first.units) == (
        "光伏路灯",
        3,
        2,
        "新增",
        ("盏",),
    )
    assert first.example == "新增光伏路灯3000盏"
    assert [one.name for one in others] == ["老旧路灯"]
    assert unkeyed.suggestions(least=4) == []
    assert (unkeyed.metrics, unkeyed.keyed) == (5, 1)


def test_a_rule_for_a_name_knows_its_figures_and_no_others() -> None:
    unkeyed, everything = Unkeyed(), list[Metric]()
    for metrics in metrics_of(FIRST, SECOND):
        unkeyed.add(metrics)
        everything += metrics
    rule = propose_rule("光伏路灯", unkeyed.named("光伏路灯"), everything, key="solar_lamps")
    assert (rule.name, rule.units, rule.action) == ("新增光伏路灯", ("盏",), "新增")
    assert [(one.text, one.none) for one in rule.examples] == [
        ("新增光伏路灯3000盏", False),
        ("全年新增“光伏路灯”1.2万盏", False),
        ("改造老旧路灯500盏", True),
    ]
    ready = rule._replace(plan=plan_regex(rule.match or "", on_names=True))
    keys = [metric.key for metric in dalian_report.extract(dalian_report.parse_report(SECOND), [ready])]
    assert keys == ["solar_lamps", None]


def test_what_there_is_takes_nothing_that_was_added() -> None:
    (metrics,) = metrics_of("换电站达到5000座，换电站增加到8000座。新增换电站3000座。")
    rule = propose_rule("换电站", metrics, (), key="stations")
    assert (rule.action, rule.counts) == (None, "stock")
    assert [one.value for one in rule.examples] == [5000, 8000]


def test_what_only_says_a_number_of_things_is_no_part_of_a_name() -> None:
    for name in ("企业总数", "企业数量", "企业总量", "企业数"):
        assert core_name(name) == "企业"
    for name in ("幸福指数", "参保人数", "优良天数", "死亡人数", "负面清单条数"):
        assert core_name(name) == name
    (metrics,) = metrics_of("幸福指数达到85.2，志愿者人数达到12万人。")
    for name in ("幸福指数", "志愿者人数"):
        found = [one for one in metrics if one.name == name]
        rule = propose_rule(name, found, (), key="mine")
        assert (rule.name, rule.match) == (name, name)


def test_parts_are_told_by_a_few_clauses() -> None:
    parts = [f"其中{kind}换电站{count}座" for count, kind in enumerate("甲乙丙丁", 3)]
    (metrics,) = metrics_of("。".join(f"换电站达到5000座，{part}" for part in parts) + "。")
    whole, found = without_parts("换电站", metrics)
    assert (len(whole), len(found)) == (4, 4)
    rule = propose_rule("换电站", whole, (), key="stations", parts=found)
    assert rule.match == "(?<!甲)(?<!乙)(?<!丙)(?<!丁)换电站"
    assert [one.text for one in rule.examples if one.none] == parts[:3]
    assert without_parts("甲换电站", found[:1]) == (found[:1], [])


def test_an_action_that_all_have_is_part_of_the_rule() -> None:
    unkeyed = Unkeyed()
    for metrics in metrics_of(FIRST):
        unkeyed.add(metrics)
    rule = propose_rule("光伏路灯", unkeyed.named("光伏路灯"), (), key="solar_lamps")
    assert (rule.name, rule.action, rule.match) == ("新增光伏路灯", "新增", "光伏路灯")


def test_a_clause_is_cut_on_both_sides() -> None:
    (metric,) = metrics_of(f"{'甲' * 60}建成光伏路灯3000盏{'乙' * 60}。")[0]
    assert metric.text in clause_of(metric)
    assert len(clause_of(metric)) <= 50
