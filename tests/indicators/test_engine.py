"""The rule engine: labels, patterns, the time budget, and the fast way against the slow one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalian_report.config.packs import default_rules
from dalian_report.folding import fold
from dalian_report.indicators.engine import Candidate, RuleEngine
from dalian_report.indicators.literals import LiteralIndex
from dalian_report.model import Kind, Rule
from tests.indicators.rules import make_rule as rule


def candidate(extent: str, name: str | None = None, **other: object) -> Candidate:
    fields: dict[str, object] = {"action": None, "base_unit": "元", "kind": "level", **other}
    return Candidate(name=name or extent, extent=extent, **fields)  # type: ignore[arg-type]


def key_of(rules: list[Rule], one: Candidate) -> str | None:
    (found,) = RuleEngine(rules).label([one])
    (slow,) = RuleEngine(rules, slow=True).label([one])
    assert found == slow
    return found.rule.key if found else None


@pytest.mark.parametrize(
    ("extent", "key"),
    [
        ("全年实现地区生产总值", "gdp"),
        ("生产总值", "gdp"),
        ("人均地区生产总值", "per_head"),
        ("地区生产总值能耗", None),
        ("地区生产", None),
    ],
)
def test_a_match_must_end_where_the_name_ends(extent: str, key: str | None) -> None:
    rules = [rule("gdp", "(?:地区)?生产总值"), rule("per_head", "人均(?:地区)?生产总值")]
    assert key_of(rules, candidate(extent)) == key


def test_a_name_that_stands_elsewhere_must_match_whole() -> None:
    rules = [rule("gdp", "生产总值")]
    assert key_of(rules, candidate("二是", "生产总值")) == "gdp"
    assert key_of(rules, candidate("二是", "地区生产总值")) is None


def test_what_stands_before_the_name_is_seen() -> None:
    assert key_of([rule("gdp", "(?<!人均)生产总值")], candidate("人均生产总值", "生产总值")) is None


def test_the_longest_match_wins_then_the_order() -> None:
    rules = [rule("short", "收入"), rule("first", "居民收入"), rule("second", "居民.入")]
    assert key_of(rules, candidate("城镇居民收入")) == "first"


@pytest.mark.parametrize(
    ("kind", "unit", "fits"),
    [
        ("level", "%", True),
        ("level", "元", False),
        ("growth", "%", True),
        ("growth", "倍", True),
        ("growth", "", True),
        ("growth", "元", False),
        ("delta", "个百分点", True),
        ("delta", "元", False),
        ("rank", "", True),
    ],
)
def test_units_by_kind(kind: Kind, unit: str, fits: bool) -> None:  # noqa: FBT001  a case, not an option
    rules = [rule("rate", "失业率", units=("%",))]
    assert (key_of(rules, candidate("失业率", kind=kind, base_unit=unit)) == "rate") is fits


def test_a_delta_in_points_is_none_of_money() -> None:
    one = candidate("收入", kind="delta", base_unit="个百分点")
    assert key_of([rule("income", "收入", units=("元",))], one) is None


def test_actions_and_kinds_narrow() -> None:
    rules = [rule("new", "停车位", action="新增"), rule("growth", "停车位", kinds=("growth",))]
    assert key_of(rules, candidate("停车位", action="新增", base_unit="个")) == "new"
    assert key_of(rules, candidate("停车位", base_unit="个")) is None
    assert key_of(rules, candidate("停车位", base_unit="%", kind="growth")) == "growth"


def test_patterns_give_their_groups_in_text_order() -> None:
    text = fold("新建海洋牧场３个。海洋经济总产值达到４２００亿元，增长9%")
    rules = [
        rule("output", pattern="(?P<name>海洋经济总产值)[^。，]{0,4}?(?P<value>[0-9]{1,9})(?P<unit>亿元)"),
        rule("ranches", pattern="海洋牧场(?P<value>[0-9]{1,9})"),
    ]
    first, second = RuleEngine(rules).find(text, 0, len(text))
    assert (first.rule.key, text[slice(*first.value)], first.unit, first.name) == ("ranches", "3", None, None)
    assert second.name is not None
    assert second.unit is not None
    assert [text[slice(*one)] for one in (second.name, second.value, second.unit)] == [
        "海洋经济总产值",
        "4200",
        "亿元",
    ]
    assert RuleEngine(rules).find(text, 9, len(text)) == [second]


def test_a_rule_that_runs_away_is_stopped_and_named() -> None:
    text = "甲" * 5000 + "乙丙产值5亿元"
    hostile = rule("hostile", pattern="(?:甲|甲甲)+(?P<value>丁)|(?:甲+)+(?P<unit>戊)")
    tame = rule("tame", pattern="产值(?P<value>[0-9])亿元")
    engine = RuleEngine([hostile, tame])
    hits = engine.find(text, 0, len(text))  # without its time limit it would not come back
    assert [hit.rule.key for hit in hits] == ["tame"]
    assert [note.split(":")[0] for note in engine.notes] == ["rule hostile"]
    engine.begin_report()
    assert engine.notes == ()


@pytest.mark.parametrize(
    ("name", "unit", "kind", "key"),
    [
        ("孵化器和众创空间", "家", "level", None),
        ("孵化器、众创空间", "家", "delta", None),
        ("孵化器和众创空间", "%", "growth", None),
        ("孵化器、众创空间覆盖率", "%", "level", None),
        ("省级众创空间", "家", "level", "spaces"),
    ],
)
def test_the_last_of_several_things_is_not_all_of_them(
    name: str, unit: str, kind: Kind, key: str | None
) -> None:
    assert key_of([rule("spaces", "众创空间")], candidate(name, base_unit=unit, kind=kind)) == key


@pytest.mark.parametrize(
    ("counts", "action", "kind", "key"),
    [
        (None, None, "level", "k"),
        (None, "新增", "level", "k"),
        (None, "淘汰", "level", None),
        (None, "压减", "growth", "k"),
        (None, "废止", "delta", None),
        ("stock", None, "level", "k"),
        ("stock", "建成", "level", "k"),
        ("stock", "净增", "level", None),
        ("stock", "新开工", "delta", None),
        ("stock", "新增", "growth", "k"),
        ("stock", "关停", "level", None),
        ("closed", "淘汰", "level", "k"),
    ],
)
def test_what_came_or_went_is_not_what_there_is(
    counts: str | None, action: str | None, kind: Kind, key: str | None
) -> None:
    unit = "%" if kind == "growth" else "座"
    one = candidate("充电站", action=action, kind=kind, base_unit=unit)
    assert key_of([rule("k", "充电站", counts=counts)], one) == key
    if action:
        named = candidate(f"{action}充电站", kind=kind, base_unit=unit)
        assert key_of([rule("k", "充电站", counts=counts)], named) == key


def test_one_word_for_adding_is_as_good_as_another() -> None:
    added = rule("added", "充电站", action="新增")
    assert key_of([added], candidate("充电站", action="新认定")) == "added"
    assert key_of([added], candidate("充电站", action="新开工")) is None
    assert key_of([rule("built", "充电站", action="新建")], candidate("充电站", action="新增")) is None


def test_an_action_may_stand_in_the_name() -> None:
    jobs = rule("jobs", "就业岗位", action="新增")
    assert key_of([jobs], candidate("新增就业岗位")) == "jobs"
    assert key_of([jobs], candidate("全年就业岗位", "就业岗位")) is None
    assert key_of([jobs], candidate("就业岗位", action="新增")) == "jobs"


def test_the_automaton_finds_what_str_find_finds() -> None:
    groups = [("国内生产总值", "总值"), ("生产",), (), ("值达", "产总")]
    text = "国内生产总值达到国内生产总值"
    plain = sorted(LiteralIndex(groups, automaton_from=100).occurrences(text))
    assert sorted(LiteralIndex(groups, automaton_from=1, first_chars=0).occurrences(text)) == plain
    assert len(plain) == 9


PIECES = [
    "全市",
    "人均",
    "地区",
    "国内",
    "生产总值",
    "居民",
    "可支配",
    "收入",
    "新增",
    "停车位",
    "就业",
    "城镇",
    "12",
    "亿元",
]
MARKS = ["，", "。", "；", "\n", "!"]
texts = st.lists(st.sampled_from(PIECES + MARKS), max_size=24).map("".join).map(fold)
pattern_rules = st.lists(
    st.sampled_from(
        [
            "生产总值(?P<value>12)",
            "生产总值[^。]{0,6}(?P<value>12)(?P<unit>亿元)",
            "(?P<name>(?:城镇)?就业).{0,5}?(?P<value>12)",
            "(?<=[。，])(?P<value>12)",
            "(?P<value>12)(?=亿元。)",
            "(?P<value>12)$",
            "(?P<name>停车位|收入)\\s?(?P<value>12)",
            "(?:新增|城镇){2}[^，；]*(?P<value>12)",
            "(?i)GDP|收入(?P<value>12)",
        ]
    ),
    max_size=5,
)


@given(patterns=pattern_rules, text=texts, start=st.integers(0, 4))
def test_patterns_fast_as_slow(patterns: list[str], text: str, start: int) -> None:
    rules = [rule(f"r{number}", pattern=pattern) for number, pattern in enumerate(patterns)]
    begin = min(start, len(text))
    fast = RuleEngine(rules).find(text, begin, len(text))
    assert fast == RuleEngine(rules, slow=True).find(text, begin, len(text))


NAMES = sorted({fold(one) for rule in default_rules() for one in (rule.name, *rule.aliases)})
names = st.lists(st.sampled_from(NAMES + PIECES), min_size=1, max_size=3).map("".join)
candidates = st.builds(
    lambda name, before, action, unit, kind: Candidate(name, before + name, action, unit, kind),
    names,
    st.sampled_from(["", "全年", "人均", "新增", "农村"]),
    st.sampled_from([None, "新增", "改造"]),
    st.sampled_from(["元", "%", "个", "人", "家", "亩", "个百分点"]),
    st.sampled_from(["level", "growth", "delta", "rank"]),
)
FAST, SLOW = RuleEngine(default_rules()), RuleEngine(default_rules(), slow=True)


@given(st.lists(candidates, max_size=12))
def test_labels_fast_as_slow(wanted: list[Candidate]) -> None:
    assert FAST.label(wanted) == SLOW.label(wanted)
