"""The ledger: every numeral in one entry, with a reason that is true of it."""

from __future__ import annotations

import importlib.util
import json
import re
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dalian_report
from dalian_report.data import folder, load_data, shipped
from dalian_report.explore import LedgerEntry, account_for
from dalian_report.explore.dictionary import find_words
from dalian_report.explore.ledger import REASONS, STATES, find_numerals
from dalian_report.model import Report
from dalian_report.quantities.reasons import find_reasons, terms
from dalian_report.views.records import record_keys, to_plain
from tests.golden import Case, read_cases
from tests.test_real_reports import real_reports

SCHEMA = json.loads((folder() / "numeral.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
MOST_UNCLAIMED = 0.02
RULES = dalian_report.load_rules()


def ledger_of(text: str) -> list[LedgerEntry]:
    report = dalian_report.parse_report(text)
    return account_for(report, dalian_report.extract(report, ()))


def check(report: Report) -> list[LedgerEntry]:
    """Assert what holds for the ledger of any report, and return it."""
    metrics = {metric.id: metric for metric in dalian_report.extract(report, RULES)}
    entries = account_for(report, list(metrics.values()))
    assert [(entry.start, entry.end) for entry in entries] == find_numerals(report.text)
    for entry in entries:
        assert report.text[entry.start : entry.end] == entry.text
        end = entry.context_start + len(entry.context)
        assert report.text[entry.context_start : end] == entry.context
        assert entry.context_start <= entry.start < entry.end <= end
        assert (entry.state == "captured") == bool(entry.metrics)
        assert (entry.state == "excluded") == (entry.reason is not None)
        assert entry.names == tuple(metrics[one].name for one in entry.metrics)
        for one in entry.metrics:
            assert metrics[one].start < entry.end
            assert entry.start < metrics[one].end
    claimed = {one for entry in entries for one in entry.metrics}
    assert all(find_numerals(metric.text) == [] for key, metric in metrics.items() if key not in claimed)
    return entries


@pytest.mark.parametrize("case", read_cases("ledger"), ids=lambda case: case.where)
def test_case(case: Case) -> None:
    lines = [f"{entry.text} {entry.reason or entry.state}" for entry in ledger_of(case.text)]
    assert tuple(lines) == case.expected


@pytest.mark.parametrize("name", ["dalian-2023", "liaoning-2025"])
def test_nothing_of_a_sample_is_unclaimed(name: str) -> None:
    entries = check(dalian_report.read_report(shipped("reports") / f"{name}.txt"))
    assert [entry.context for entry in entries if entry.state == "unclaimed"] == []
    assert [error.message for entry in entries for error in VALIDATOR.iter_errors(to_plain(entry))] == []


@pytest.mark.shared
def test_every_numeral_of_every_real_report_is_in_one_entry(shared: Path) -> None:
    numerals = their_numeral(shared)
    states: Counter[str] = Counter()
    for path in real_reports(shared):
        report = dalian_report.read_report(path)
        entries = check(report)
        assert [(entry.start, entry.end) for entry in entries] == [
            m.span() for m in numerals.finditer(report.text)
        ]
        own = Counter(entry.state for entry in entries)
        states += own
        most = 0 if path.stem == "dalian-2023" else MOST_UNCLAIMED * len(entries)
        assert own["unclaimed"] <= most, path
    assert states["unclaimed"] < MOST_UNCLAIMED / 2 * states.total()


def their_numeral(shared: Path) -> re.Pattern[str]:
    """Return what the checker of the annotations takes for a numeral."""
    spec = importlib.util.spec_from_file_location("check_gold", shared / "tools" / "check_gold.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pattern: re.Pattern[str] = module.NUMERAL
    return pattern


TEXT = st.text(
    alphabet="0123456789.,，。、一二三十百千万亿零两几分之年月个元第“”()%增长达全国项目市\n", max_size=60
)


@given(TEXT)
def test_any_text_is_accounted_for(text: str) -> None:
    check(dalian_report.parse_report(text))


def test_page_furniture_and_copies_have_their_own_reasons() -> None:
    body = "2023年政府工作报告\n\n各位代表：\n\n" + "".join(
        f"一年来，第{n}项工作取得{n}00个成果，我们的事业迈上新的台阶，群众满意。\n" for n in range(1, 40)
    )
    report = dalian_report.parse_report(f"{body}\n{body}")
    reasons = Counter(entry.reason for entry in check(report))
    assert bool(report.duplicates) == (reasons["duplicate"] > 0)
    assert reasons["duplicate"] >= 39


def test_reasons_and_states_are_those_of_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert tuple(SCHEMA["properties"]) == tuple(SCHEMA["required"]) == record_keys(LedgerEntry)
    assert SCHEMA["properties"]["state"]["enum"] == list(STATES)
    assert SCHEMA["properties"]["reason"]["enum"] == [*REASONS, None]
    assert all(
        f"{name} ({said})" in SCHEMA["properties"]["reason"]["description"] for name, said in REASONS.items()
    )
    data = load_data("reasons")
    assert {key for part in ("sure", "quoted", "likely") for key in data[part]} <= set(REASONS)


def test_every_word_list_of_the_reasons_is_used() -> None:
    data = load_data("reasons")
    patterns = [
        one for part in ("sure", "quoted", "likely") for group in data[part].values() for one in group
    ]
    lists = set(data["words"]) - {"terms", "places"}
    assert {name for name in lists if not any(f"{{{name}}}" in pattern for pattern in patterns)} == set()


@pytest.mark.parametrize("word", terms())
def test_every_term_is_found(word: str) -> None:
    text = f"推进{word}工作"
    assert any(one.start <= 2 and one.end >= 2 + len(word) for one in find_words(text, 0, len(text)))


def test_sure_reasons_come_in_order() -> None:
    found = [one.reason for one in find_reasons("《三年计划》在2023年", "sure")]
    assert found[:2] == ["title", "year"]
