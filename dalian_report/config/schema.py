"""From the fields of a rule to a Rule: the schema of one entry under `rules:`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple, cast

from dalian_report.config.faults import nearest
from dalian_report.config.fields import Fields
from dalian_report.config.judging import base_units, warn_of
from dalian_report.config.macros import expand
from dalian_report.config.nodes import Node
from dalian_report.config.regexes import (
    RegexFault,
    group_names,
    may_be_empty,
    may_hold_number,
    plan_regex,
)
from dalian_report.model import KINDS, Example, Kind, RegexPlan, Rule

RULE_FIELDS = (
    "key",
    "name",
    "english",
    "area",
    "unit",
    "action",
    "counts",
    "match",
    "pattern",
    "kinds",
    "better",
    "aliases",
    "examples",
    "replace",
)
EXAMPLE_FIELDS = ("text", "value", "value_max", "unit", "none", "todo")
BETTER = ("up", "down", "none")
GROUPS = ("value", "unit", "name")
COUNTS = ("stock", "closed")
_KEY = re.compile(r"[a-z][a-z0-9_]*")


class Draft(NamedTuple):
    """A rule as read, with the node of its key for later faults, and whether it replaces another."""

    rule: Rule
    place: Node
    fields: Fields
    replace: bool


def read_rule(fields: Fields, macros: Mapping[str, str], area: str | None) -> Draft | None:
    """Return the rule of one entry, or None where its faults leave none; `area` holds where it names none."""
    if not isinstance(fields.node.value, dict):
        fields.check_known(RULE_FIELDS, within="a rule")
        return None
    key = _key(fields)
    fields.key = key
    fields.check_known(RULE_FIELDS, within="a rule")
    name = fields.text("name", required=True)
    regex, plan = _regex(fields, macros)
    examples = tuple(example for one in fields.mappings("examples") if (example := _example(one)) is not None)
    draft = {
        "english": fields.text("english"),
        "area": fields.text("area") or area,
        "action": fields.text("action"),
        "counts": cast('Literal["stock", "closed"] | None', fields.choice("counts", COUNTS)),
        "better": cast('Literal["up", "down", "none"] | None', fields.choice("better", BETTER)),
    }
    units, aliases, kinds = base_units(fields), fields.texts("aliases"), _kinds(fields)
    replace = fields.flag("replace")
    place = fields.get("key")
    if key is None or name is None or plan is None or place is None:
        return None
    is_match = fields.get("match") is not None
    rule = Rule(
        key=key,
        name=name,
        units=units,
        match=regex if is_match else None,
        pattern=None if is_match else regex,
        kinds=kinds,
        aliases=aliases,
        examples=examples,
        origin=f"{fields.shown}:{place.line}",
        plan=plan,
        **draft,  # type: ignore[arg-type]
    )
    warn_of(rule, fields)
    return Draft(rule, place, fields, replace)


def _key(fields: Fields) -> str | None:
    key = fields.text("key", required=True)
    if key is not None and not _KEY.fullmatch(key):
        why = "keys are English words in lower case joined by _"
        fields.fault(fields.get("key"), f"bad key {key}", why=why, remedy="Write one like rural_income")
        return None
    return key


def _kinds(fields: Fields) -> tuple[Kind, ...]:
    found = fields.text_nodes("kinds", single=True)
    allowed = [node.value for node in found if fields.is_allowed(node, "kinds", node.value, KINDS)]
    return cast("tuple[Kind, ...]", tuple(allowed))


def _regex(fields: Fields, macros: Mapping[str, str]) -> tuple[str, RegexPlan | None]:
    """Return the rule's regex with its macros expanded, and its plan; no plan where it has faults."""
    given = [name for name in ("match", "pattern") if fields.get(name) is not None]
    if len(given) != 1:
        what = "both match and pattern" if given else "neither match nor pattern"
        remedy = "Give match (a regex of the name) or pattern (a regex with the group value)"
        fields.fault(fields.node.keys.get("pattern"), what, remedy=remedy)
        return "", None
    source = fields.text(given[0])
    if source is None:
        return "", None
    node = fields.get(given[0])
    regex = source
    try:
        regex = expand(source, macros)
        plan = plan_regex(regex, on_names=given[0] == "match")
        names, empty = group_names(regex), may_be_empty(regex)
    except RegexFault as fault:
        at = fault.at if regex == source else None  # macros move what stands behind them
        fields.fault(node, f"{given[0]}: {fault.what}", why=fault.why, remedy=fault.remedy, at=at)
        return "", None
    if empty:
        why = "it then fits every name" if given[0] == "match" else "it then fits everywhere"
        fields.fault(node, f"{given[0]} can match nothing at all", why=why, remedy="Require a part of it")
        return "", None
    if not _groups_known(fields, node, given[0], names):
        return "", None
    if given[0] == "pattern" and not _has_number(fields, node, regex, names):
        return "", None
    return regex, plan


def _groups_known(fields: Fields, node: Node | None, field: str, names: frozenset[str]) -> bool:
    """Return whether a regex has no group that nothing would read, with a fault for each that it has."""
    known = GROUPS if field == "pattern" else ()
    wrong = sorted(names - set(known)) if field == "match" or "value" in names else []
    for name in wrong:
        why = "" if known else "the grammar finds number and unit; match is a regex of the name alone"
        remedy = nearest(name, known) if known else "Write (?:…) for the group, or pattern for match"
        fields.fault(node, f"{field} with an unknown group {name}", why=why, remedy=remedy)
    return not wrong


def _has_number(fields: Fields, node: Node | None, regex: str, names: frozenset[str]) -> bool:
    """Return whether a pattern has a group for the value that can hold a number, with a fault where not."""
    remedy = "Put (?P<value>{number}) where the number stands"
    if "value" not in names:
        others = sorted(names - {"unit", "name"})
        why = f"there is a group {others[0]}" if others else ""
        fields.fault(node, "pattern without the group value", why=why, remedy=remedy)
    elif not may_hold_number(regex, "value"):
        fields.fault(node, "the group value can hold no number", remedy=remedy)
    else:
        return True
    return False


def _example(fields: Fields) -> Example | None:
    if not fields.check_known(EXAMPLE_FIELDS, within="an example"):
        return None
    text = fields.text("text", required=True)
    value, value_max = fields.number("value"), fields.number("value_max")
    unit, none = fields.text("unit"), fields.flag("none")
    if none and (value is not None or value_max is not None or unit is not None):
        fields.fault(fields.node.keys.get("none"), "an example with none: true and a value")
        return None
    if value is not None and value_max is not None and value_max <= value:
        what = f"value_max {value_max:f} is not above value {value:f}"
        fields.fault(fields.get("value_max"), what, remedy="Give the lower end as value")
        return None
    if not none and fields.get("value") is None:
        remedy = "Add value: and unit: as printed, or none: true"
        fields.fault(None, "an example without a value", remedy=remedy)
        return None
    todo = fields.flag("todo")
    place = fields.get("text") or fields.node
    origin = f"{fields.shown}:{place.line}:{place.column}"
    return None if text is None else Example(text, value, value_max, unit, none, todo, origin)
