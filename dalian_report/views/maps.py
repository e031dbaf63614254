"""A map of a report: where along the text its metrics, targets and hits lie, a line for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from dalian_report.explore import Hit
from dalian_report.explore.places import OfSection, Places, origin
from dalian_report.model import Metric, Report, Section

from .cells import BREAK, Part
from .table import Column, Row, Table, Title
from .titles import labelled, report_title

CELLS = 40  # of a line where no width is known
_MOST = 9


@dataclass(frozen=True, slots=True)
class SectionMap(OfSection):
    """A section with where its figures, those of them that are targets, and the hits begin, in code points.

    All counts are with those of its subsections.
    """

    type: Literal["map"]
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
    chosen = Places(report, sections).sections
    return [
        SectionMap(
            type="map",
            **(origin(report, index) | {"heading": labelled(section.label, section.heading)}),
            level=section.level,
            start=section.start,
            end=section.end,
            figures=_inside(section, [metric.start for metric in figures]),
            targets=_inside(section, targets),
            hits=_inside(section, [hit.start for hit in hits]),
        )
        for index, section in ((index, report.sections[index]) for index in chosen)
    ]


def _inside(section: Section, places: Sequence[int]) -> tuple[int, ...]:
    return tuple(place for place in places if section.start <= place < section.end)


def map_table(
    report: Report, maps: Sequence[SectionMap], *, searched: bool = False, cells: int = CELLS
) -> Table:
    """Return a row for each section, with a line for its metrics, one for its targets, one for the hits.

    Along a line, from the beginning of the body to its end in so many `cells`, stands how many of them lie
    there. Signs are ASCII, which every terminal draws one column wide. `searched` adds the hits.
    """
    columns = (
        Column("章节"),
        Column("标题", folds=True),
        Column("内容"),
        Column("个数", right=True),
        Column("分布"),
    )
    lines: list[Title | Row] = [Title(1, report_title(report))]
    for one in maps:
        layers = [("指标数", "", one.figures)]
        layers += [("目标数", "target", one.targets)] if one.targets else []
        layers += [("命中数", "hit", one.hits)] if searched and one.hits else []
        lines.append(
            Row(
                (
                    (Part(one.section_path, "place"),),
                    (Part(one.heading),),
                    _lines(Part(name, style, said=True) for name, style, _ in layers),
                    _lines(Part(str(len(places)), style) for _, style, places in layers),
                    _lines(Part(_strip(report, one, places, cells), style) for _, style, places in layers),
                )
            )
        )
    lines.append(Title(3, (Part("- 没有  1-8 个数  9 九个以上", "place", said=True),)))
    return Table(columns, tuple(lines))


def _lines(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the parts as the lines of a cell."""
    return tuple(chain.from_iterable((BREAK, part) for part in parts))[1:]


def _strip(report: Report, one: SectionMap, places: Iterable[int], cells: int) -> str:
    """Return how many of the places lie in each cell of a section, spaces outside of it."""
    start, size = report.body.start, max(report.body.end - report.body.start, 1)

    def cell(place: int) -> int:
        return min((place - start) * cells // size, cells - 1)

    counts = Counter(map(cell, places))
    first, last = cell(one.start), cell(max(one.end - 1, one.start))
    signs = (str(min(counts[number], _MOST)) if counts[number] else "-" for number in range(first, last + 1))
    return " " * first + "".join(signs)
