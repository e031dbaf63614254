"""The sections of a report as records and as a table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from dalian_report.explore.places import OfSection, Places, origin
from dalian_report.folding import count_visible
from dalian_report.model import Metric, Part, Report

from . import cells
from .table import Column, Row, Table, Title
from .titles import labelled, report_title

COLUMNS = (
    Column("章节"),
    Column("标题", folds=True),
    Column("字数", right=True),
    Column("指标", right=True),
    Column("位置", right=True),
)


@dataclass(frozen=True, slots=True)
class SectionRecord(OfSection):
    """A section of the outline with its size.

    `section` is the label's number, `characters` counts code points that are no white space and `metrics`
    the metrics with a number, both with those of its subsections. It runs from `start` to `end`.
    """

    type: Literal["section"]
    label: str
    heading: str
    level: int
    part: Part | None
    characters: int
    metrics: int
    start: int
    end: int


def section_records(
    report: Report, metrics: Sequence[Metric], sections: Collection[int] | None = None
) -> list[SectionRecord]:
    """Return the sections of a report in document order; `sections` (indices) chooses some."""
    places = [metric.start for metric in metrics if metric.value is not None]
    records = []
    for index in Places(report, sections).sections:
        section = report.sections[index]
        records.append(
            SectionRecord(
                type="section",
                **origin(report, index),
                label=section.label,
                level=section.level,
                part=section.part,
                characters=count_visible(report.text[section.start : section.end]),
                metrics=sum(section.start <= place < section.end for place in places),
                start=section.start,
                end=section.end,
            )
        )
    return records


def section_table(report: Report, records: Sequence[SectionRecord]) -> Table:
    """Return sections under the report's title, subsections indented."""
    lines: list[Title | Row] = [Title(1, report_title(report))]
    for record in records:
        heading = labelled(record.label, record.heading)
        lines.append(
            Row(
                (
                    (cells.Part(record.section_path, "place"),),
                    (cells.Part("  " * (record.level - 1) + heading),),
                    (cells.Part(str(record.characters)),),
                    (cells.Part(str(record.metrics)),),
                    (cells.Part(str(record.start), "place"),),
                )
            )
        )
    return Table(COLUMNS, tuple(lines))
