"""What is derived from a regex: its folded form, the literals of every match, its cost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalian_report.config.macros import expand
from dalian_report.config.regexes import RegexFault, plan_regex
from dalian_report.folding import fold

LETTERS = "甲乙丙（，—a1"


@pytest.mark.parametrize(
    ("regex", "literals"),
    [
        ("空气质量(?:优良|达标)天数", {"空气质量"}),
        ("(?:地区)?生产总值", {"生产总值"}),
        ("粮食.{0,3}产量", {"粮食"}),
        ("甲+乙丙", {"乙丙"}),
        ("(?i:GDP)总量", {"总量"}),
        ("(?i)GDP总量", set()),
        ("甲|.", set()),
        ("(?=甲)乙丙", {"乙丙"}),
        ("(?<!人均)收入（元）", {"收入(元)"}),
        (r"甲\Z|乙", {"甲", "乙"}),
        ("(甲)?(?(1)乙|丙)", {"乙", "丙"}),
        ("[甲乙]丙", {"甲丙", "乙丙"}),
        ("(?:甲乙){2}", {"甲乙甲乙"}),
    ],
)
def test_literals(regex: str, literals: set[str]) -> None:
    assert set(plan_regex(regex).literals) == literals


@pytest.mark.parametrize(
    ("regex", "text"),
    [
        ("产值（亿元）", "产值(亿元)"),
        (r"产值\（亿元\）", "产值(亿元)"),
        ("[，；]", ";"),
        ("[０-９]+％", "42%"),
        ("[a—z]", "-"),
        ("甲（乙|丙）", "丙)"),
        ("Ａ．Ｂ", "A.B"),
        ("甲？", "甲?"),
        ("[^，]", "。"),
        (r"\uff08", "("),
        ("(?x) 甲 # 字（\n 乙", "甲乙"),
    ],
)
def test_a_regex_is_folded_literal_by_literal(regex: str, text: str) -> None:
    assert re.fullmatch(plan_regex(regex).source, text)


def test_folding_makes_no_ranges_and_no_wildcards() -> None:
    assert not re.fullmatch(plan_regex("[甲—乙]").source, "丁")
    assert not re.fullmatch(plan_regex("甲．").source, "甲乙")
    assert not re.fullmatch(plan_regex("[^，]").source, ",")


@pytest.mark.parametrize(
    ("regex", "safe"),
    [
        ("海洋经济总产值[^。]{0,12}?([0-9.]{1,9})亿元", True),
        ("产值[^。]*亿元", True),
        ("产值[^。]*增长[^。]*亿元", False),
        ("(?:甲+)+乙", False),
        ("(?:甲|甲乙)*丙", False),
        (".*甲", False),
    ],
)
def test_what_runs_without_a_time_limit(regex: str, safe: bool) -> None:  # noqa: FBT001  a case, not an option
    assert plan_regex(regex).safe is safe


@pytest.mark.parametrize(
    ("regex", "stops"),
    [
        ("产值[^。；;，,]{0,9}亿元", "。;,"),
        ("产值.{0,9}亿元", ""),
        (r"产值\s亿元", "。;!?,"),
        ("产值亿元(?=。)", ""),
        ("产值，亿元", "。;!?\n"),
    ],
)
def test_clause_marks_that_no_match_holds(regex: str, stops: str) -> None:
    assert plan_regex(regex).stops == stops


@pytest.mark.parametrize(
    "regex",
    [
        "(",
        "甲{",
        "甲{x}",
        "[[甲]",
        "(?<=甲|乙丙)丁",
        "(?a)甲",
        "(" * 51 + ")" * 51,
        "(?:甲{101}){100}",
        "(?P<a>甲)(?P<a>乙)",
        "甲" * 20_001,
        "(?#）甲",
    ],
)
def test_refused(regex: str) -> None:
    with pytest.raises(RegexFault):
        plan_regex(regex)


def test_a_brace_may_be_escaped_or_in_a_class() -> None:
    assert re.fullmatch(plan_regex(r"甲\{[{]").source, "甲{{")


@pytest.mark.parametrize("number", ["4200", "1,234.5", "二十三", "三点五", "一万三千"])
def test_the_number_macro(number: str) -> None:
    plan = plan_regex(expand("产值(?P<value>{number})(?P<unit>亿元)", {}))
    match = re.fullmatch(plan.source, f"产值{number}亿元")
    assert match is not None
    assert match["value"] == number
    assert plan.safe


atoms = st.sampled_from([*map(re.escape, LETTERS), "[甲，]", "[^甲]", "."])
regexes = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{1,2}?", "{0,3}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map(lambda one: f"(?i:{one})"),
        inner.map(lambda one: f"(?={one})"),
        inner.map(lambda one: f"({one})"),
    ),
    max_leaves=8,
)


@given(regex=regexes, text=st.text(LETTERS, max_size=12))
def test_every_match_holds_a_literal_and_folding_keeps_the_matches(regex: str, text: str) -> None:
    plan = plan_regex(regex)
    folded = fold(text)
    found = [match.span() for match in re.finditer(plan.source, folded)]
    if plan.literals:
        assert all(any(one in folded[start:end] for one in plan.literals) for start, end in found)
    assert all(mark not in folded[start:end] for start, end in found for mark in plan.stops)
    if fold(regex) == regex and folded == text:
        assert found == [match.span() for match in re.finditer(regex, text)]
