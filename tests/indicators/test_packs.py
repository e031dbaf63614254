"""The default packs: what they cover, and that every rule does what its examples say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import dalian_report
from dalian_report import data
from dalian_report.config import load_settings
from dalian_report.config.examples import check_examples
from dalian_report.config.packs import parsed_default_rules
from dalian_report.document import build_report
from dalian_report.folding import fold
from dalian_report.indicators import Candidate, RuleEngine, extract_metrics
from dalian_report.indicators.engine import Label
from dalian_report.indicators.lexicon import load_lexicon
from dalian_report.model import Metric, Rule
from dalian_report.quantities import find_quantities
from dalian_report.sources import make_source
from tests.indicators.rules import make_rule, other_characters
from tests.test_real_reports import real_reports

AREAS = [
    "综合经济",
    "财政金融",
    "工业",
    "农业农村",
    "海洋",
    "投资消费",
    "外贸外资",
    "科技创新",
    "城市建设",
    "交通能源",
    "生态环境",
    "就业收入",
    "社会保障",
    "教育",
    "卫生",
    "文化体育",
    "公共安全",
    "政府自身建设",
]
RULES = parsed_default_rules()
SETTINGS = load_settings("config.yaml", cwd=data.shipped("config.yaml").parent, environ={}, examples=True)
ENGINE = RuleEngine(SETTINGS.rules)


# Rules as users might write them: with and without literals, within and across clauses.
PATTERNS = [
    make_rule("growth", pattern="(?P<name>[^，。；、]{2,8})增长(?P<value>[0-9.]+)(?P<unit>%)"),
    make_rule("total", pattern="总(?:值|量|额)[^。]{0,20}?(?P<value>[0-9.]+)(?P<unit>[万亿]*元)"),
    make_rule("last", pattern="(?<=、)(?P<value>[0-9.]+)(?P<unit>个|家|项)(?=。)"),
]


def extract(text: str) -> Sequence[Metric]:
    return extract_metrics(build_report(make_source(text)), ENGINE).metrics


def test_every_area_has_a_file_of_its_own() -> None:
    files = {rule.area: rule.origin.split(":")[0] for rule in RULES}
    assert sorted(files, key=AREAS.index) == AREAS
    assert len(set(files.values())) == len(AREAS) == len(list(data.folder().glob("rules/*.yaml")))


def test_keys_and_names_are_unique() -> None:
    assert [key for key, count in Counter(rule.key for rule in RULES).items() if count > 1] == []
    assert [name for name, count in Counter(rule.name for rule in RULES).items() if count > 1] == []


# One test an area: one a rule costs more than the rules themselves.
@pytest.mark.parametrize("area", AREAS)
def test_rules_are_complete(area: str) -> None:
    rules = [rule for rule in RULES if rule.area == area]
    assert {rule.key: lacks for rule in rules if (lacks := list(lacking(rule)))} == {}


def lacking(rule: Rule) -> Iterator[str]:
    """Yield what a rule lacks."""
    have = sum(not example.none for example in rule.examples)
    plan = rule.plan
    lacks = {
        "an English name": not rule.english,
        "a unit": not rule.units,
        "a direction": not rule.better,
        "two examples": have < 2,
        "an example of what it leaves alone": have == len(rule.examples),
        "bounds: it needs the engine with the time limit": plan is None or not plan.safe,
        "a literal: it is tried on every name": plan is None or not plan.literals,
    }
    yield from (what for what, lack in lacks.items() if lack)


def rules_of(area: str) -> list[Rule]:
    """Return the rules of an area, those of config.yaml too."""
    return [rule for rule in SETTINGS.rules if rule.area == area]


@pytest.mark.parametrize("area", AREAS)
def test_examples_come_out_as_they_say(area: str) -> None:
    assert [str(failure) for failure in check_examples(rules_of(area), extract)] == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("规模工业增加值增长9%", ["industrial_value_added"]),
        ("淘汰水泥1700万吨，压减粗钢产量2171万吨，淘汰平板玻璃710万重量箱", [None] * 3),
        ("新增铁路通车里程280公里", ["railway_length_new"]),
        (
            "新增铁路营运里程280公里，净增高新技术企业700家",
            ["railway_length_new", "hightech_enterprises_new"],
        ),
        ("新增职工基本养老保险参保17.6万人", ["pension_insured_new"]),
        ("新增全国重点实验室3家", ["national_key_labs_new"]),
        ("城镇新增就业12万人", ["urban_new_jobs"]),
        ("制定政府规章9件，废止政府规章6件，宣布失效行政法规80件", ["government_rules", None, None]),
        ("实施民生工程32项，办好民生实事20件", ["livelihood_works", "livelihood_projects"]),
        (
            "办理人大代表建议420件、政协提案510件",
            ["deputies_suggestions_handled", "cppcc_proposals_handled"],
        ),
        ("化学需氧量、氨氮排放量下降2%", [None]),
        ("内河货物周转量增长6%，民用航空旅客周转量增长5%", [None, None]),
        ("休闲农业接待游客800万人次", [None]),
        ("工业战略性新兴产业占比达到22%", [None]),
    ],
)
def test_what_differs_has_keys_that_differ(text: str, keys: list[str | None]) -> None:
    assert [metric.key for metric in extract(text)] == keys


def test_a_failed_example_says_what_it_gave() -> None:
    (rule,) = (rule for rule in RULES if rule.key == "gdp")
    failures = check_examples([rule], lambda _: ())
    assert str(failures[0]).endswith('rule gdp: "全年地区生产总值增长5.2%" gives nothing, not gdp 5.2%')


class Asking(RuleEngine):
    """An engine that keeps what it is asked to label."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        super().__init__(rules)
        self.asked: list[Candidate] = []

    def label(self, candidates: Sequence[Candidate]) -> list[Label | None]:
        """Return the labels."""
        self.asked = list(candidates)
        return super().label(candidates)


@pytest.mark.shared
def test_fast_as_slow_on_real_reports(shared: Path) -> None:
    """The rules of the packs, patterns, and rules of their shapes that know next to nothing."""
    match_rules = [rule for rule in RULES if rule.match is not None]
    rules = (*SETTINGS.rules, *PATTERNS, *other_characters(match_rules[::5], seed=1))
    fast, slow = Asking(rules), RuleEngine(rules, slow=True)
    counted = 0
    for path in [*sorted((shared / "gold").glob("*.txt")), *real_reports(shared)]:
        for report in dalian_report.read_reports(path):
            extract_metrics(report, fast)
            assert fast.label(fast.asked) == slow.label(fast.asked), path
            place = (report.folded, report.body.start, report.body.end)
            found = fast.find(*place)
            assert found == slow.find(*place), path
            counted += len(fast.asked) + len(found)
    assert counted > 5000


@pytest.mark.parametrize("area", AREAS)
def test_units_and_actions_are_ones_that_figures_have(area: str) -> None:
    actions = load_lexicon().actions
    for rule in rules_of(area):
        figures = [find_quantities(fold(f"工程缩短38{unit}。")).quantities for unit in rule.units]
        assert [one.base_unit for found in figures for one in found] == list(rule.units), rule.key
        assert rule.action is None or rule.action in actions, rule.key


@pytest.mark.parametrize("area", AREAS)
def test_its_own_names_reach_a_rule(area: str) -> None:
    wanted = {}
    asked: list[Candidate] = []
    for rule in rules_of(area):
        if rule.match is None:
            continue
        kind = rule.kinds[0] if rule.kinds else "level"
        unit = {"level": rule.units[0], "growth": "%"}.get(kind, "")
        for name in map(fold, (rule.name, *rule.aliases)):
            wanted[name] = rule.key
            asked.append(Candidate(name, name, rule.action, unit, kind))
    found = [label.rule.key if label else None for label in ENGINE.label(asked)]
    assert dict(zip((one.name for one in asked), found, strict=True)) == wanted
