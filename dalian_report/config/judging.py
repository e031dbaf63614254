"""What is doubtful in a rule that is well formed: a unit that no figure has, a slow regex, no examples."""

from __future__ import annotations

from functools import cache

from dalian_report import data
from dalian_report.config.faults import nearest
from dalian_report.config.fields import Fields
from dalian_report.model import Rule

_SCALES = "十百千万亿"
# Lists of data/units.yaml that are no lists of units.
_NO_UNITS = ("variants", "weak", "joins")


@cache
def _units() -> frozenset[str]:
    lists = data.load_data("units")
    named = (units for name, units in lists.items() if name not in _NO_UNITS)
    return frozenset(unit for units in named for unit in units)


def base_units(fields: Fields) -> tuple[str, ...]:
    """Return a rule's units, with a fault for each that carries a magnitude: no level has such a one."""
    nodes = fields.text_nodes("unit", single=True)
    for node in nodes:
        base = node.value.lstrip(_SCALES)
        if base != node.value and base in _units() and node.value not in _units():
            why = f"{node.value[0]} is no part of a base unit, so no level would match"
            fields.fault(node, f"unit {node.value}", why=why, remedy=f"Write unit: {base}")
    return tuple(node.value for node in nodes)


def warn_of(rule: Rule, fields: Fields) -> None:
    """Add a warning for each thing that makes a rule slow, untested, or never match."""
    node = fields.get("match") or fields.get("pattern")
    plan = rule.plan
    if plan is not None and not plan.literals:
        where = "every name" if rule.match is not None else "the whole of every report"
        why = "no text that each match must hold can be told from the regex"
        fields.warn(node, f"tried on {where}", why=why, remedy="Let every alternative hold fixed characters")
    if plan is not None and not plan.safe:
        why = "its repeats may multiply"
        remedy = "Write {0,20} for *, and no repeat inside a repeat"
        fields.warn(node, "runs within a time limit of 0.5 s a report", why=why, remedy=remedy)
    _warn_of_words(rule, fields)
    if not any(not example.none for example in rule.examples):
        fields.warn(None, "no example of a match", remedy="Add - {text: …, value: …, unit: …} to examples")
    elif not any(example.none for example in rule.examples):
        remedy = "Add - {text: …, none: true} to examples"
        fields.warn(None, "no example of what it must not match", remedy=remedy)


def _warn_of_words(rule: Rule, fields: Fields) -> None:
    """Warn of a unit or an action that no figure has, so that the rule hardly ever matches."""
    for unit_node in fields.text_nodes("unit", single=True):
        unit = unit_node.value
        if rule.match is not None and not _is_unit(unit):
            why = "data/units.yaml does not know it"
            fields.warn(unit_node, f"unit {unit} is none", why=why, remedy=nearest(unit, _close(unit)))
    actions = data.load_data("grammar")["actions"]
    if rule.action is not None and rule.action not in actions:
        why = "the grammar knows no such verb"
        fields.warn(
            fields.get("action"), f"action {rule.action}", why=why, remedy=nearest(rule.action, actions[:8])
        )


def _is_unit(unit: str) -> bool:
    """Return whether figures can have a unit; one in brackets (套（间）) is made of two."""
    return (
        unit in _units() or unit in data.load_data("units")["variants"] or unit.partition("（")[0] in _units()
    )


def _close(unit: str) -> list[str]:
    return sorted(one for one in _units() if set(one) & set(unit))[:8]
