"""The default rule packs: from the file compiled at build time where it is current, else from their YAML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from dalian_report import data
from dalian_report.model import RegexPlan, Rule

DEFAULT = "default"


def default_files() -> list[Path]:
    """Return the YAML files of the default packs, in the order in which their rules count."""
    return sorted(data.folder().glob("rules/*.yaml"))


@cache
def default_rules() -> tuple[Rule, ...]:
    """Return the rules of the default packs, without their examples where the compiled file gave them."""
    compiled = data.compiled()
    return tuple(rules_of(compiled["rules"])) if compiled else parsed_default_rules()


@cache
def parsed_default_rules() -> tuple[Rule, ...]:
    """Return the rules of the default packs from their YAML, with examples; raises RulesError."""
    from dalian_report.config.files import read_pack

    rules: list[Rule] = []
    for path in default_files():
        rules += read_pack(path, shown=f"rules/{path.name}")
    return tuple(rules)


def compiled_rules(rules: Iterable[Rule]) -> list[list[Any]]:
    """Return rules as plain lists for the compiled file, in the order of their fields, without examples."""
    return [
        [
            rule.key,
            rule.name,
            rule.english,
            rule.area,
            rule.units,
            rule.action,
            rule.match,
            rule.pattern,
            rule.kinds,
            rule.better,
            rule.aliases,
            rule.origin,
            rule.counts,
            None
            if rule.plan is None
            else [rule.plan.source, rule.plan.literals, rule.plan.stops, rule.plan.safe],
        ]
        for rule in rules
    ]


def rules_of(rows: Iterable[list[Any]], *, shown: str | None = None) -> Iterator[Rule]:
    """Yield the rules of `compiled_rules`; `shown` is the path that origins name, if not as compiled."""
    for row in rows:
        rule = _rule(row)
        yield rule._replace(origin=f"{shown}:{rule.origin.rpartition(':')[2]}") if shown else rule


def _rule(row: list[Any]) -> Rule:
    key, name, english, area, units, action, match, pattern, kinds, better, aliases, origin, counts, plan = (
        row
    )
    source, literals, stops, safe = plan
    regex_plan = RegexPlan(source, tuple(literals), stops, safe)
    return Rule(
        *(
            key,
            name,
            english,
            area,
            tuple(units),
            action,
            match,
            pattern,
            tuple(kinds),
            better,
            tuple(aliases),
        ),
        examples=(),
        origin=origin,
        plan=regex_plan,
        counts=counts,
    )
