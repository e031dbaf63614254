"""Rules, their examples and the configuration as records and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from dalian_report.config import ReportEntry
from dalian_report.model import Rule

from .cells import Part, one_line
from .table import Column, Row, Table, Title
from .titles import by_folder

RULE_COLUMNS = (
    Column("键"),
    Column("指标", folds=True),
    Column("单位", folds=True),
    Column("行", right=True),
)
EXAMPLE_COLUMNS = (
    Column("键"),
    Column("例句", folds=True),
    Column("应为", right=True),
    Column("得到", folds=True),
)
SETTING_COLUMNS = (Column("设置"), Column("内容", folds=True))


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """A rule in force; `form` says whether `regex` is matched on names or makes metrics itself."""

    type: Literal["rule"]
    key: str
    name: str
    english: str | None
    area: str | None
    units: tuple[str, ...]
    action: str | None
    kinds: tuple[str, ...]
    form: Literal["match", "pattern"]
    regex: str
    examples: int
    origin: str


@dataclass(frozen=True, slots=True)
class ExampleRecord:
    """An example of a rule that did not come out as it says; `found` is what came: key, name and figure."""

    type: Literal["example"]
    key: str
    text: str
    expected: str
    found: str
    origin: str


@dataclass(frozen=True, slots=True)
class ConfigRecord:
    """What is in force: the file, how it was found, and what it sets and pulls in."""

    type: Literal["config"]
    version: str
    path: str
    origin: str
    files: tuple[str, ...]
    extends: tuple[str, ...]
    reports: tuple[ReportEntry, ...]
    rules: int
    words: tuple[str, ...]
    shipped: str
    user: str


def rule_record(rule: Rule) -> RuleRecord:
    """Return a rule as a record."""
    return RuleRecord(
        type="rule",
        key=rule.key,
        name=rule.name,
        english=rule.english,
        area=rule.area,
        units=rule.units,
        action=rule.action,
        kinds=rule.kinds,
        form="match" if rule.match is not None else "pattern",
        regex=rule.match if rule.match is not None else rule.pattern or "",
        examples=len(rule.examples),
        origin=rule.origin,
    )


def rule_table(rules: Iterable[RuleRecord]) -> Table:
    """Return rules in their order, a title for each area and file; an action stands before the name."""
    lines: list[Title | Row] = []
    for (area, file), group in groupby(rules, key=lambda rule: (rule.area, rule.origin.rpartition(":")[0])):
        place = "/".join(Path(file).parts[-2:])
        lines.append(Title(2, (Part(one_line(area or "其他"), "section"), Part(f"  {place}", "place"))))
        for rule in group:
            action = rule.action if rule.action and not rule.name.startswith(rule.action) else ""
            name = f"{action} {rule.name}".strip()
            lines.append(_row((rule.key, name, "、".join(rule.units), rule.origin.rpartition(":")[2])))
    return Table(RULE_COLUMNS, tuple(lines))


def example_table(examples: Iterable[ExampleRecord]) -> Table:
    """Return the examples that failed."""
    rows = [_row((item.key, item.text, item.expected, item.found)) for item in examples]
    return Table(EXAMPLE_COLUMNS, tuple(rows))


def config_table(record: ConfigRecord) -> Table:
    """Return the configuration, a row for each setting and each file."""
    reports = [
        " ".join(str(item) for item in (entry.path, entry.region, entry.year) if item is not None)
        for entry in record.reports
    ]
    rows = [
        ("配置文件", record.path),
        ("来源", record.origin),
        *_several("生效文件", by_folder(record.files)),
        *_several("继承", record.extends),
        *_several("报告", reports),
        ("规则数", str(record.rules)),
        ("用户词", "、".join(record.words)),
        ("随附文件", record.shipped),
        ("用户文件夹", record.user),
        ("版本", record.version),
    ]
    return Table(SETTING_COLUMNS, tuple(_row(row) for row in rows if row[1]))


def _several(head: str, values: Sequence[str]) -> list[tuple[str, str]]:
    return [(head if number == 0 else "", value) for number, value in enumerate(values)]


def _row(cells: Sequence[str]) -> Row:
    return Row(tuple((Part(one_line(cell)),) for cell in cells))
