"""A map of a report: where along the text its figures, targets and hits lie, a line for each section."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dalian_report.explore import Hit
from dalian_report.model import Metric, Report, Section

from .cells import Part
from .table import Column, Row, Table, Title
from .titles import labelled, report_title

WIDTH = 40
_MANY = 3


@dataclass(frozen=True, slots=True)
class SectionMap:
    """A section with where its figures, those of them that are targets, and the hits begin, in code points.

    All counts are with those of its subsections.
    """

    type: Literal["map"]
    report: str
    source: str
    region: str | None
    year: int | None
    section: int | None
    section_path: str
    heading: str
    level: int
    start: int
    end: int
    figures: tuple[int, ...]
    targets: tuple[int, ...]
    hits: tuple[int, ...]


def section_maps(
    report: Report,
    metrics: Sequence[Metric],
    sections: Collection[int] | None = None,
    *,
    hits: Sequence[Hit] = (),
) -> list[SectionMap]:
    """Return the map of each section in document order; `sections` (indices) chooses some."""
    figures = [metric for metric in metrics if metric.value is not None]
    targets = [metric.start for metric in figures if metric.status == "target"]
    chosen = range(len(report.sections)) if sections is None else sorted(set(sections))
    found = [report.sections[index] for index in chosen]
    return [
        SectionMap(
            type="map",
            report=report.title,
            source=report.source.path,
            region=report.region,
            year=report.year,
            section=section.number,
            section_path=section.path,
            heading=labelled(section.label, section.heading),
            level=section.level,
            start=section.start,
            end=section.end,
            figures=_inside(section, [metric.start for metric in figures]),
            targets=_inside(section, targets),
            hits=_inside(section, [hit.start for hit in hits]),
        )
        for section in found
    ]


def _inside(section: Section, places: Sequence[int]) -> tuple[int, ...]:
    return tuple(place for place in places if section.start <= place < section.end)


def map_table(report: Report, maps: Sequence[SectionMap], *, searched: bool = False) -> Table:
    """Return a row for each section; along it, one sign for each fortieth of the body.

    Signs are ASCII, which every terminal draws one column wide. `searched` adds the column of hits.
    """
    columns = [
        Column("章节"),
        Column("标题", folds=True),
        Column("指标", right=True),
        Column("目标", right=True),
        *([Column("命中", right=True)] if searched else []),
        Column("分布"),
    ]
    lines: list[Title | Row] = [Title(1, report_title(report))]
    for one in maps:
        counts = [len(one.figures), len(one.targets), *([len(one.hits)] if searched else [])]
        lines.append(
            Row(
                (
                    (Part(one.section_path, "place"),),
                    (Part("  " * (one.level - 1) + one.heading),),
                    *((Part(str(count)),) for count in counts),
                    tuple(_strip(report, one)),
                )
            )
        )
    lines.append(Title(3, (Part("- 文字  o 指标  O 3 个以上  + 目标  * 命中", "place", said=True),)))
    return Table(tuple(columns), tuple(lines))


def _strip(report: Report, one: SectionMap) -> Iterator[Part]:
    """Yield the signs of a section along the body of its report, spaces outside of it."""
    start, size = report.body.start, max(report.body.end - report.body.start, 1)

    def cell(place: int) -> int:
        return min((place - start) * WIDTH // size, WIDTH - 1)

    figures = [cell(place) for place in one.figures]
    targets, hits = ({cell(place) for place in places} for places in (one.targets, one.hits))
    first, last = cell(one.start), cell(max(one.end - 1, one.start))
    yield Part(" " * first)
    for number in range(first, last + 1):
        if number in hits:
            yield Part("*", "hit")
        elif number in targets:
            yield Part("+", "target")
        elif number in figures:
            yield Part("O" if figures.count(number) >= _MANY else "o", "bar")
        else:
            yield Part("-", "place")
