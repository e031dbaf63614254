"""Rules and metrics made by hand for the tests of this room."""

from __future__ import annotations

from collections.abc import Sequence

import dalian_report
from dalian_report.indicators import RuleEngine, extract_metrics
from dalian_report.model import Metric, Rule


def make_rule(key: str, match: str | None = None, *, pattern: str | None = None, **other: object) -> Rule:
    """Return a rule with nothing set but what is given; its name is its key."""
    fields: dict[str, object] = {
        "name": key,
        "english": None,
        "area": None,
        "units": (),
        "action": None,
        "kinds": (),
        "better": None,
        "aliases": (),
        "examples": (),
        "origin": f"test.yaml:{key}",
    }
    return Rule(key=key, match=match, pattern=pattern, **{**fields, **other})  # type: ignore[arg-type]


def metrics_of(text: str, rules: Sequence[Rule]) -> list[Metric]:
    """Return the metrics of a text under rules."""
    return list(extract_metrics(dalian_report.parse_report(text), RuleEngine(rules)).metrics)
