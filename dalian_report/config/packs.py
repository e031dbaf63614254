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
    """Return rules as plain lists for the compiled file: without examples, each regex once, as planned."""
    return [_row(rule) for rule in rules]


def _row(rule: Rule) -> list[Any]:
    assert rule.plan is not None  # every rule that is read has one
    what = [rule.key, rule.name, rule.english, rule.area, rule.origin, rule.better, rule.aliases]
    takes = [rule.match is not None, rule.units, rule.action, rule.kinds, rule.counts]
    return [*what, *takes, *rule.plan]


def rules_of(rows: Iterable[list[Any]], *, shown: str | None = None) -> Iterator[Rule]:
    """Yield the rules of `compiled_rules`; `shown` is the path that origins name, if not as compiled.

    `match` or `pattern` is the plan's regex, which finds in folded text what the written one finds.
    """
    for row in rows:
        key, name, english, area, origin, better, aliases, *takes = row
        on_names, units, action, kinds, counts, source, literals, stops, safe = takes
        match, pattern = (source, None) if on_names else (None, source)
        place = f"{shown}:{origin.rpartition(':')[2]}" if shown else origin
        plan = RegexPlan(source, tuple(literals), stops, safe)
        what = (key, name, english, area, tuple(units), action, match, pattern, tuple(kinds), better)
        yield Rule(*what, tuple(aliases), (), place, plan, counts)
