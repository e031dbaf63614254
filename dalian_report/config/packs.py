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
    rows: list[list[Any]] = []
    for rule in rules:
        assert rule.plan is not None  # every rule that is read has one
        on_names = rule.match is not None
        bare = rule._replace(match=None, pattern=None, examples=(), plan=None)
        rows.append([on_names, [*rule.plan], [*bare]])
    return rows


def rules_of(rows: Iterable[list[Any]], *, shown: str | None = None) -> Iterator[Rule]:
    """Yield the rules of `compiled_rules`; `shown` is the path that origins name, if not as compiled.

    `match` or `pattern` is the plan's regex, which finds in folded text what the written one finds.
    """
    for on_names, (source, literals, stops, safe), fields in rows:
        rule = Rule(*fields)
        yield Rule(
            key=rule.key,
            name=rule.name,
            english=rule.english,
            area=rule.area,
            units=tuple(rule.units),
            action=rule.action,
            match=source if on_names else None,
            pattern=None if on_names else source,
            kinds=tuple(rule.kinds),
            better=rule.better,
            aliases=tuple(rule.aliases),
            examples=(),
            origin=f"{shown}:{rule.origin.rpartition(':')[2]}" if shown else rule.origin,
            plan=RegexPlan(source, tuple(literals), stops, safe),
            counts=rule.counts,
        )
