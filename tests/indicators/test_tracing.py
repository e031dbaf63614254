"""Why a rule knows a figure or does not: the steps, and the nearest point reached."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dalian_report
from dalian_report.config.packs import default_rules
from dalian_report.indicators.tracing import Attempt, explain_rule, nearest_attempt
from dalian_report.model import Rule
from tests.indicators.rules import make_rule

PILES = make_rule("piles", "(?:公共|公用)?充电桩", units=("个", "台"), action="新增", kinds=("level",))
TILLAGE = make_rule("tillage", pattern="保护性耕作(?:面积)?[^。]{0,5}?(?P<value>[0-9.]+)(?P<unit>万亩)")


def attempts(rule: Rule, text: str, *others: Rule) -> list[Attempt]:
    return explain_rule(rule, dalian_report.parse_report(text), (*others, rule))


@pytest.mark.parametrize(
    ("rule", "text", "step", "detail"),
    [
        (PILES, "新增充电站30座。", "literal", "the name 充电站 holds no 充电桩"),
        (PILES, "新增充电桩数量30个。", "regex", "match fits 充电桩, but the name goes on: 数量"),
        (
            PILES,
            "建成换电站和充电桩30个。",
            "alone",
            "the figure counts several things together: 换电站和充电桩",
        ),
        (PILES, "充电桩达到30个。", "action", "the rule wants the action 新增, which is not told here"),
        (PILES, "改造充电桩30个。", "action", "the rule wants the action 新增, which is 改造 here"),
        (
            make_rule("firms", "独角兽企业", counts="stock"),
            "新增独角兽企业3家。",
            "action",
            "the rule knows how many there are, not what is told by 新增",
        ),
        (
            make_rule("cement", "水泥"),
            "淘汰水泥30万吨。",
            "action",
            "the rule knows what there is, not what is told by 淘汰",
        ),
        (PILES, "新增充电桩增长5%。", "kind", "the rule wants level, this is a growth"),
        (PILES, "新增充电桩30公里。", "unit", "the rule wants a level in 个、台, this is a level in 公里"),
        (
            make_rule("ranches", "(?<!国家级)海洋牧场"),
            "新建国家级海洋牧场3个。",
            "regex",
            "match would fit 海洋牧场, but its (?<!国家级) does not hold in 国家级海洋牧场",
        ),
        (
            make_rule("ranches", "(?<!省级)(?<=深远海)海洋牧场(?!区)"),
            "新建海洋牧场3个。",
            "regex",
            "match would fit 海洋牧场, but its (?<=深远海) does not hold in 海洋牧场",
        ),
        (
            make_rule("ranches", "海洋(?:牧场|养殖)示范区"),
            "新建海洋牧场3个。",
            "literal",
            "the name 海洋牧场 holds no 示范区",
        ),
        (TILLAGE, "实施轮作休耕30万亩。", "literal", "the text holds no 保护性耕作"),
        (
            TILLAGE,
            "保护性耕作面积达到30公顷。",
            "regex",
            "there stands 公顷。, the pattern wants (?P<unit>万亩)",
        ),
    ],
)
def test_a_miss_tells_the_step_that_failed(rule: Rule, text: str, step: str, detail: str) -> None:
    attempt = nearest_attempt(attempts(rule, text))
    assert attempt is not None
    assert not attempt.held
    assert (attempt.steps[-1].step, attempt.reason) == (step, detail)
    assert all(one.held for one in attempt.steps[:-1])


def test_a_hit_tells_every_step() -> None:
    (attempt,) = attempts(PILES, "新增公共充电桩30个。")
    assert [(step.step, step.held) for step in attempt.steps] == [
        (name, True) for name in ("literal", "regex", "action", "kind", "unit", "taken")
    ]
    assert (attempt.held, attempt.key, attempt.reason) == (True, "piles", "")


def test_the_rule_that_took_the_figure_is_named() -> None:
    longer = make_rule("longer", "公共充电桩", origin="other.yaml:3")
    attempt = nearest_attempt(attempts(make_rule("short", "充电桩"), "新增公共充电桩30个。", longer))
    assert attempt is not None
    assert attempt.key == "longer"
    assert attempt.reason == "rule longer (other.yaml:3) took it: it fits more of the name"
    attempt = nearest_attempt(
        attempts(make_rule("late", "充电桩"), "新增充电桩30个。", make_rule("e", "充电桩"))
    )
    assert attempt is not None
    assert attempt.reason.endswith("took it: it fits as much of the name and stands earlier")
    pattern = make_rule("pattern", pattern="新增公共充电桩(?P<value>[0-9]+)(?P<unit>个)")
    attempt = nearest_attempt(attempts(make_rule("short", "充电桩"), "新增公共充电桩30个。", pattern))
    assert attempt is not None
    assert attempt.reason == "rule pattern took it with its pattern"


@pytest.mark.parametrize(
    ("fields", "pattern", "detail"),
    [
        ({"units": ("公顷",)}, "耕作(?P<value>[0-9]+)(?P<unit>万亩)", "its unit is none of 公顷"),
        ({"kinds": ("rank",)}, "耕作(?P<value>[0-9]+)(?P<unit>万亩)", "its kind is none of rank"),
        ({"action": "新增"}, "耕作(?P<value>[0-9]+)(?P<unit>万亩)", "its action is not 新增"),
        ({}, "(?P<value>耕作[0-9]+)(?P<unit>万亩)", ""),
        (
            {},
            "耕作(?P<value>[0-9]+)[^。]*(?P<unit>完成)",
            "the group value holds no number, or the group unit no unit",
        ),
    ],
)
def test_what_a_pattern_demands_in_vain(fields: dict[str, object], pattern: str, detail: str) -> None:
    attempt = nearest_attempt(
        attempts(make_rule("r", pattern=pattern, **fields), "保护性耕作30万亩全部完成。")
    )
    assert attempt is not None
    assert attempt.reason == detail


def test_a_text_without_figures_has_no_attempts() -> None:
    assert attempts(PILES, "大力建设充电桩。") == []
    assert nearest_attempt([]) is None


TEXTS = [
    "新增充电桩30个",
    "地区生产总值增长6%",
    "保护性耕作63万亩",
    "生产安全事故下降5%",
    "新增停车位、充电桩80个",
]
RULES = [PILES, TILLAGE, *default_rules()[::40]]


@given(st.sampled_from(RULES), st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4))
def test_attempts_agree_with_the_extraction(rule: Rule, texts: list[str]) -> None:
    report = dalian_report.parse_report("。".join(texts))
    rules = [rule, *(other for other in RULES if other.key != rule.key)]
    metrics = dalian_report.extract(report, rules)
    held = sorted((one.start, one.end) for one in explain_rule(rule, report, rules) if one.held)
    assert held == sorted((one.start, one.end) for one in metrics if one.key == rule.key)


@pytest.mark.parametrize(
    "rule",
    [
        make_rule("hostile", "(?:(?:甲|甲甲)+)+乙"),
        make_rule("hostile", pattern="(?:(?:甲|甲甲)+)+乙(?P<value>[0-9])"),
    ],
)
def test_a_regex_that_runs_away_is_explained_in_time(rule: Rule) -> None:
    attempt = nearest_attempt(attempts(rule, f"{'甲' * 60}丙乙丙3个。"))
    assert attempt is not None
    assert attempt.steps[-1].detail == "the regex ran out of time"


def test_a_pattern_whose_literal_stands_there_fits_nowhere() -> None:
    pattern = make_rule("zone", pattern="(?:(?:园|区)园+)+区(?P<value>[0-9]+)")
    assert [one.steps[-1].detail for one in attempts(pattern, "园3个。")] == ["the pattern fits nowhere"]
    assert [one.steps[-1].detail for one in attempts(pattern, "港口3个。")] == ["the text holds no 园"]
