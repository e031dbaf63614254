"""The default packs: what they cover, and that every rule does what its examples say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from dalian_report import data
from dalian_report.config import load_settings
from dalian_report.config.examples import check_examples
from dalian_report.config.packs import parsed_default_rules
from dalian_report.document import build_report
from dalian_report.indicators import RuleEngine, extract_metrics
from dalian_report.model import Metric, Rule
from dalian_report.sources import make_source

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


def extract(text: str) -> Sequence[Metric]:
    return extract_metrics(build_report(make_source(text)), ENGINE).metrics


def test_every_area_has_a_file_of_its_own() -> None:
    files = {rule.area: rule.origin.split(":")[0] for rule in RULES}
    assert sorted(files, key=AREAS.index) == AREAS
    assert len(set(files.values())) == len(AREAS) == len(list(data.folder().glob("rules/*.yaml")))


def test_keys_and_names_are_unique() -> None:
    assert [key for key, count in Counter(rule.key for rule in RULES).items() if count > 1] == []
    assert [name for name, count in Counter(rule.name for rule in RULES).items() if count > 1] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_a_rule_is_complete(rule: Rule) -> None:
    assert rule.english
    assert rule.units
    assert rule.better
    assert sum(not example.none for example in rule.examples) >= 2
    assert any(example.none for example in rule.examples)
    assert rule.plan is not None
    assert rule.plan.safe, "needs the engine with the time limit"
    assert rule.plan.literals, "is tried on every name"


@pytest.mark.parametrize("rule", SETTINGS.rules, ids=lambda rule: rule.key)
def test_examples_come_out_as_they_say(rule: Rule) -> None:
    assert [str(failure) for failure in check_examples([rule], extract)] == []


def test_a_failed_example_says_what_it_gave() -> None:
    (rule,) = (rule for rule in RULES if rule.key == "gdp")
    failures = check_examples([rule], lambda _: ())
    assert str(failures[0]).endswith('rule gdp: "全年地区生产总值增长5.2%" gives nothing, not 5.2%')


@pytest.mark.shared
def test_fast_as_slow_on_real_reports(shared: Path) -> None:
    slow = RuleEngine(SETTINGS.rules, slow=True)
    for path in sorted((shared / "gold").glob("*.txt")):
        report = build_report(make_source(path.read_text(encoding="utf-8")))
        assert extract_metrics(report, ENGINE) == extract_metrics(report, slow)
