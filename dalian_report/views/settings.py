"""The configuration in force as a record and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dalian_report.config import ReportEntry

from .cells import Part, one_line
from .table import Column, Row, Table
from .titles import by_folder

SETTING_COLUMNS = (Column("设置"), Column("内容", folds=True))


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
    ours = (record.origin, *by_folder(record.files))
    return Table(
        SETTING_COLUMNS,
        tuple(
            Row(((Part(head, said=True),), (Part(one_line(value), said=value in ours),)))
            for head, value in rows
            if value
        ),
    )


def _several(head: str, values: Sequence[str]) -> list[tuple[str, str]]:
    return [(head if number == 0 else "", value) for number, value in enumerate(values)]
