"""Pattern rules: the figures that their groups make, and whose names they claim."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dalian_report
from dalian_report.model import Kind, Metric
from tests.indicators.rules import make_rule, metrics_of
from tests.test_real_reports import check, real_reports

NUMBER = "(?P<value>[0-9.,]+)"


def one(text: str, pattern: str, **other: object) -> Metric:
    (metric,) = metrics_of(text, [make_rule("r", pattern=pattern, **other)])
    return metric


def rows(metrics: list[Metric]) -> list[tuple[str, str, str | None]]:
    return [(metric.text, metric.name, metric.key) for metric in metrics]


@pytest.mark.parametrize(
    ("text", "pattern", "figure"),
    [
        ("外运300车皮。", f"外运{NUMBER}(?P<unit>车皮)", ("300车皮", "300", "车皮", "300", "车皮", "exact")),
        (
            "外运3.5万车皮以上。",
            f"外运{NUMBER}(?P<unit>万车皮)",
            ("3.5万车皮", "3.5", "万车皮", "35000", "车皮", "at_least"),
        ),
        (
            "外运3万车皮。",
            "外运(?P<value>[0-9]万)(?P<unit>车皮)",
            ("3万车皮", "3", "万车皮", "30000", "车皮", "exact"),
        ),
        (
            "外运三百二十车皮。",
            "外运(?P<value>[一二三百十]+)(?P<unit>车皮)",
            ("三百二十车皮", "320", "车皮", "320", "车皮", "exact"),
        ),
        (
            "外运2亿3千万车皮。",
            "外运(?P<value>[0-9亿千万]+)(?P<unit>车皮)",
            ("2亿3千万车皮", "230000000", "车皮", "230000000", "车皮", "exact"),
        ),
        (
            "外运约1,234车皮。",
            f"外运约{NUMBER}(?P<unit>车皮)",
            ("1,234车皮", "1234", "车皮", "1234", "车皮", "about"),
        ),
        (
            "投资人民币300。",
            f"(?P<unit>人民币){NUMBER}",
            ("人民币300", "300", "人民币", "300", "元", "exact"),
        ),
        (
            "投资(亿元)300。",
            rf"\((?P<unit>亿元)\){NUMBER}",
            ("300", "300", "亿元", "30000000000", "元", "exact"),
        ),
        ("恩格尔系数38。", f"系数{NUMBER}", ("38", "38", None, "38", None, "exact")),
        ("面积300亩。", f"面积{NUMBER}", ("300亩", "300", "亩", "300", "亩", "exact")),
        ("占百分之三十。", "百分之(?P<value>[三十]+)", ("百分之三十", "30", "%", "30", "%", "exact")),
        ("占比偏差-3.2%。", "(?P<value>-[0-9.]+)(?P<unit>%)", ("-3.2%", "-3.2", "%", "-3.2", "%", "exact")),
        (
            "面积约300万亩。",
            "面积(?P<value>.+)(?P<unit>亩)",
            ("300万亩", "300", "万亩", "3000000", "亩", "about"),
        ),
        (
            "装机300万千瓦时长。",
            f"装机{NUMBER}(?P<unit>万千瓦)",
            ("300万千瓦", "300", "万千瓦", "3000000", "千瓦", "exact"),
        ),
    ],
)
def test_the_groups_make_the_figure(text: str, pattern: str, figure: tuple[str | None, ...]) -> None:
    metric = one(text, pattern)
    found = (metric.text, metric.value, metric.unit, metric.amount, metric.base_unit, metric.bound)
    assert tuple(None if part is None else str(part) for part in found) == figure
    assert metric.rule == "r"
    assert metric.reason == "rule"


@pytest.mark.parametrize(
    ("text", "span", "ends"),
    [
        ("外运3至5车皮。", "3至5车皮", (3, 5)),
        ("外运3-5万车皮。", "3-5万车皮", (30_000, 50_000)),
        ("外运9000-1万车皮。", "9000-1万车皮", (9000, 10_000)),
        ("外运二三百车皮。", "二三百车皮", (200, 300)),
    ],
)
def test_a_range_in_the_group(text: str, span: str, ends: tuple[int, int]) -> None:
    metric = one(text, "外运(?P<value>[0-9至万二三百-]+)(?P<unit>万?车皮)")
    assert (metric.text, metric.amount, metric.amount_max, metric.bound) == (span, *ends, "range")


@pytest.mark.parametrize("value", ["很多", "1,23", "5-3", "1.2.3", "三三"])
def test_what_is_no_number_makes_no_figure(value: str) -> None:
    pattern = make_rule("r", pattern="外运(?P<value>.+?)(?P<unit>车皮)")
    assert "r" not in [metric.key for metric in metrics_of(f"外运{value}车皮。", [pattern])]


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("外运30，增长很快。", "外运(?P<value>[0-9]+)(?P<unit>，增长)"),
        ("外运很快，达30。", "外运(?P<unit>很快).*?(?P<value>[0-9]+)"),
    ],
)
def test_what_is_no_unit_makes_no_figure(text: str, pattern: str) -> None:
    assert "r" not in [metric.key for metric in metrics_of(text, [make_rule("r", pattern=pattern)])]


def test_two_rules_of_one_regex_share_the_names_by_likeness() -> None:
    regex = f"甲产量、乙产量均增长{NUMBER}(?P<unit>%)"
    first = make_rule("first", pattern=regex, name="甲的产量")
    second = make_rule("second", pattern=regex, name="另一种", aliases=("乙的产量",))
    both = [("5%", "甲产量", "first"), ("5%", "乙产量", "second")]
    for rules in ([first, second], [second, first]):
        assert rows(metrics_of("甲产量、乙产量均增长5%。", rules)) == both


def test_the_unit_of_a_bare_number_is_the_rules() -> None:
    metric = one("城镇登记失业率为4.1。", f"失业率为{NUMBER}", units=("%",))
    assert (metric.unit, metric.base_unit, metric.key) == (None, "%", "r")


def test_a_name_that_shares_the_figure_stays() -> None:
    second = make_rule("second", pattern=f"乙产量均增长{NUMBER}(?P<unit>%)")
    text = "甲产量、乙产量均增长5%。"
    assert rows(metrics_of(text, [second])) == [("5%", "甲产量", None), ("5%", "乙产量", "second")]
    first = make_rule("first", pattern=f"甲产量、乙产量均增长{NUMBER}(?P<unit>%)", name="甲产量")
    both = [("5%", "甲产量", "first"), ("5%", "乙产量", "second")]
    assert rows(metrics_of(text, [second, first])) == both
    assert rows(metrics_of(text, [first, second])) == both


def test_of_two_rules_on_one_pair_the_longer_match_wins_then_the_order() -> None:
    short = make_rule("short", pattern=f"产量增长{NUMBER}(?P<unit>%)")
    long = make_rule("long", pattern=f"甲产量增长{NUMBER}(?P<unit>%)")
    equal = make_rule("equal", pattern=f"甲产量增.{NUMBER}(?P<unit>%)")
    for rules, key in (([short, long], "long"), ([equal, long], "equal"), ([long, equal], "long")):
        assert rows(metrics_of("甲产量增长5%。", rules)) == [("5%", "甲产量", key)]


def test_match_and_pattern_rules_compete_by_length_too() -> None:
    match = make_rule("match", "城镇居民人均可支配收入")
    short = make_rule("short", pattern=f"收入{NUMBER}元")
    long = make_rule("long", pattern=f"城镇居民人均可支配收入{NUMBER}元")
    text = "城镇居民人均可支配收入4万元。".replace("4万", "40000")
    name = "城镇居民人均可支配收入"
    assert rows(metrics_of(text, [short, match])) == [("40000元", name, "match")]
    assert rows(metrics_of(text, [match, long])) == [("40000元", name, "long")]


def test_two_rules_may_name_one_figure_in_two_ways() -> None:
    text = "海洋经济总产值4200亿元、增长9%以上。"
    whole = make_rule("whole", pattern=f"海洋经济总产值.*?增长{NUMBER}(?P<unit>%)")
    pace = make_rule("pace", pattern=f"增长{NUMBER}(?P<unit>%)以上", name="增速")
    found = rows(metrics_of(text, [pace, whole]))
    assert found == [
        ("4200亿元", "海洋经济总产值", None),
        ("9%", "海洋经济总产值", "whole"),
        ("9%", "增速", "pace"),
    ]


def test_the_name_is_the_texts_and_the_label_the_rules() -> None:
    metric = one("实施保护性耕作63.5万亩。", f"保护性耕作{NUMBER}(?P<unit>万亩)", name="保护性耕作面积")
    assert (metric.action, metric.name, metric.label) == ("实施", "保护性耕作", "保护性耕作面积")
    metric = one("新建牧场基地63个。", f"(?P<name>新建牧场)基地{NUMBER}(?P<unit>个)", name="海洋牧场")
    assert (metric.action, metric.name, metric.label) == (None, "新建牧场", "海洋牧场")
    metric = one("投入12亿元实施校舍改造。", f"投入{NUMBER}(?P<unit>亿元)", name="教育投入")
    assert (metric.action, metric.name) == (None, "教育投入")


def test_a_name_put_together_from_two_is_found_again() -> None:
    first = make_rule("r", pattern=f"城镇、农村居民收入分别增长{NUMBER}(?P<unit>%)")
    found = rows(metrics_of("城镇、农村居民收入分别增长5%、6%。", [first]))
    assert found == [("5%", "城镇居民收入", "r"), ("6%", "农村居民收入", None)]


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({"action": "新增"}, True),
        ({"action": "改造"}, False),
        ({"units": ("个",)}, True),
        ({"units": ("亩",)}, False),
        ({"kinds": ("level", "delta")}, True),
        ({"kinds": ("rank",)}, False),
    ],
)
def test_action_unit_and_kinds_narrow(fields: dict[str, object], fits: bool) -> None:  # noqa: FBT001  a case
    metric = one("新增停车位3000个。", f"停车位{NUMBER}(?P<unit>个)", **fields)
    assert (metric.key, metric.action) == ("r" if fits else None, "新增")


@pytest.mark.parametrize(
    ("text", "kinds", "kind"),
    [
        ("外运下降30车皮。", (), "delta"),
        ("外运达到30车皮。", (), "level"),
        ("外运第30车皮。", (), "rank"),
        ("外运达到30车皮。", ("delta", "growth"), "delta"),
    ],
)
def test_the_kind_of_a_figure_that_only_the_rule_knows(
    text: str, kinds: tuple[Kind, ...], kind: Kind
) -> None:
    assert one(text, f"外运.*?{NUMBER}(?P<unit>车皮)", kinds=kinds).kind == kind


def test_a_second_copy_of_the_report_is_left_alone() -> None:
    lines = [
        "大连市人民政府工作报告",
        *(f"{number}号线外运{number}车皮，安全有序。" for number in range(10, 60)),
    ]
    report = dalian_report.parse_report("\n".join([*lines, *lines]))
    rules = [make_rule("r", pattern=f"外运{NUMBER}(?P<unit>车皮)")]
    metrics = dalian_report.extract(report, rules)
    check(report, metrics)
    assert sum(metric.key == "r" for metric in metrics) == (50 if report.duplicates else 100)


PATTERNS = [
    make_rule("share", pattern="(?P<name>[^，。；、]{2,8})增长(?P<value>[0-9.]+)(?P<unit>%)"),
    make_rule("digit", pattern="(?P<value>[0-9])"),
    make_rule("number", pattern="(?P<value>[0-9][0-9,.]*[十百千万亿]*)(?P<unit>[个亿元%家项车皮]{0,2})"),
    make_rule("han", pattern="(?P<value>[一二三四五六七八九十百千万亿点]+)(?P<unit>.)"),
    make_rule("before", pattern="(?P<unit>[元万亿%个])(?P<value>[0-9.]+)"),
    make_rule("ahead", pattern="(?=[^。]{0,9}?(?P<value>[0-9]+)(?P<unit>[^0-9]{1,2}))达"),
]
WORDS = "甲产量 新增 停车位 均 分别 增长 达到 3 1,200 4.5 三百 万 亿元 个 % 第 车皮 、 ， 。 ( )"
PIECES = re.findall(r"\S+", WORDS)
texts = st.lists(st.sampled_from([*PIECES, "\n"]), max_size=16).map("".join)


@given(st.lists(st.sampled_from(PATTERNS), max_size=4, unique=True), texts)
def test_whatever_rules_claim_records_hold(rules: list[dalian_report.model.Rule], text: str) -> None:
    report = dalian_report.parse_report(text)
    metrics = dalian_report.extract(report, rules)
    check(report, metrics)
    pairs = [(metric.start, metric.end, metric.name) for metric in metrics if metric.reason == "rule"]
    assert len(set(pairs)) == len(pairs)


@pytest.mark.shared
def test_claims_on_real_reports_hold(shared: Path) -> None:
    found: set[str | None] = set()
    for path in list(real_reports(shared))[::6]:
        report = dalian_report.read_report(path)
        metrics = dalian_report.extract(report, PATTERNS)
        check(report, metrics, every=100)
        found.update(metric.key for metric in metrics)
    assert found >= {"share", "number", "han", "before"}
