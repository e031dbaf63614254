"""Writes a rule as YAML for config.yaml, with its examples, such that reading it gives the same rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dalian_report.model import Example, Rule

_PLAIN = re.compile(r"(?!-)[\w\u4e00-\u9fff（）《》、，。；.+-]+(?: [\w\u4e00-\u9fff（）《》、，。；.+-]+)*")
_MISREAD = re.compile(r"[-+.\d]*|~|null|true|false|yes|no|on|off", flags=re.IGNORECASE)


def write_rule(rule: Rule, *, comment: str = "") -> str:
    """Return the lines of one entry under `rules:`, indented by two; `comment` stands behind the key."""
    behind = f"  # {comment}" if comment else ""
    lines = [f"  - key: {rule.key}{behind}", f"    name: {_scalar(rule.name)}"]
    for field, text in (("english", rule.english), ("area", rule.area)):
        if text:
            lines.append(f"    {field}: {_scalar(text)}")
    lines += _listed("unit", rule.units)
    lines += _listed("kinds", rule.kinds)
    for field, text in (("action", rule.action), ("counts", rule.counts), ("better", rule.better)):
        if text:
            lines.append(f"    {field}: {_scalar(text)}")
    lines += _listed("aliases", rule.aliases, single=False)
    field, regex = ("match", rule.match) if rule.match is not None else ("pattern", rule.pattern)
    lines.append(f"    {field}: {_quoted(regex or '')}")
    if rule.examples:
        lines.append("    examples:")
        lines += [f"      - {_example(example)}" for example in rule.examples]
    return "\n".join(lines) + "\n"


def _listed(field: str, items: Sequence[str], *, single: bool = True) -> Iterator[str]:
    """Yield the line of a list, with `single` one item by itself; nothing for none."""
    if single and len(items) == 1:
        yield f"    {field}: {_scalar(items[0])}"
    elif items:
        yield f"    {field}: [{', '.join(map(_scalar, items))}]"


def _example(example: Example) -> str:
    parts = [f"text: {_scalar(example.text)}"]
    if example.none:
        parts.append("none: true")
    else:
        parts.append(f"value: {example.value:f}")
        if example.value_max is not None:
            parts.append(f"value_max: {example.value_max:f}")
        if example.unit:
            parts.append(f"unit: {_scalar(example.unit)}")
    if example.todo:
        parts.append("todo: true")
    return f"{{{', '.join(parts)}}}"


def _scalar(text: str) -> str:
    """Return a text as a YAML scalar, in quotes where it could be read as something else."""
    return text if _PLAIN.fullmatch(text) and not _MISREAD.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
