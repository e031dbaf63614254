"""Rules and metrics made by hand for the tests of this room."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import dalian_report
from dalian_report.config.regexes import plan_regex
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


def other_characters(rules: Sequence[Rule], *, seed: int) -> list[Rule]:
    """Return match rules of the shapes of those given, their Chinese characters exchanged at random."""
    order = random.Random(seed)
    han = sorted({char for rule in rules for char in re.findall("[\u4e00-\u9fff]", rule.match or "")})
    other = str.maketrans(dict(zip(han, order.sample(han, len(han)), strict=True)))
    made = []
    for rule in rules:
        source = (rule.match or "").translate(other)
        plan = plan_regex(source, on_names=True)
        made.append(make_rule(f"{rule.key}_{seed}", source, plan=plan))
    return made
