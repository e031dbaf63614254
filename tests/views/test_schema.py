"""The JSON Schema of a metric: what it asks of each record, and that it names every field and reason."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

import dalian_report
from dalian_report.data import folder, shipped
from dalian_report.model import Metric
from dalian_report.views.records import record_keys, to_plain

SCHEMA: dict[str, Any] = json.loads((folder() / "metric.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
REASONS = ["clause", "before", "shared verb", "shared value", "respectively", "previous clause", "rule"]
RELATION = {"type": "relation", "relation": "与经济增长同步"} | dict.fromkeys(
    ("value", "value_max", "unit", "amount", "amount_max", "base_unit")
)


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    """The records of the samples, relations among them."""
    reports = [dalian_report.read_report(path) for path in sorted(shipped("reports").glob("*.txt"))]
    return [to_plain(metric) for one in reports for metric in dalian_report.extract(one, qualitative=True)]


def test_the_schema_is_one_and_names_every_field_in_order() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert tuple(SCHEMA["properties"]) == tuple(SCHEMA["required"]) == record_keys(Metric)


def test_every_record_of_the_samples_is_valid(records: list[dict[str, Any]]) -> None:
    assert records
    assert [error.message for record in records for error in VALIDATOR.iter_errors(record)] == []


def test_a_figure_without_a_unit_is_valid() -> None:
    (metric,) = dalian_report.extract(dalian_report.parse_report("居民消费恩格尔系数降至0.29。"))
    assert metric.base_unit is None
    VALIDATOR.validate(to_plain(metric))


@pytest.mark.parametrize(
    ("change", "valid"),
    [
        (RELATION, True),
        ({**RELATION, "relation": None}, False),
        ({**RELATION, "value": 3}, False),
        ({"value": None}, False),
        ({"amount": None}, False),
        ({"amount": "1234567890123456"}, True),
        ({"amount": "1E+40"}, True),
        ({"amount": "many"}, False),
        ({"unit": None, "base_unit": None}, True),
        ({"unit": 3}, False),
        ({"kind": "share"}, False),
        ({"reason": "guess"}, False),
        ({"adcode": "21"}, False),
        ({"added_later": 1}, True),
    ],
)
def test_what_is_valid(records: list[dict[str, Any]], change: dict[str, Any], valid: bool) -> None:  # noqa: FBT001
    assert VALIDATOR.is_valid({**records[0], **change}) is valid


@pytest.mark.parametrize("key", record_keys(Metric))
def test_no_key_may_be_missing(records: list[dict[str, Any]], key: str) -> None:
    assert not VALIDATOR.is_valid({name: value for name, value in records[0].items() if name != key})


def test_the_reasons_are_told() -> None:
    reason = SCHEMA["properties"]["reason"]
    assert reason["enum"] == REASONS
    assert reason["description"] == f"How the name was found: {', '.join(REASONS)}."
