"""What `explore` answers as tables: hits and keywords."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from dalian_report.explore import Hit, Keyword
from dalian_report.model import Report

from .cells import Part, one_line
from .metrics import marked_parts
from .table import Column, Row, Table, Title
from .titles import report_title, section_named

HIT_COLUMNS = (Column("位置"), Column("原文", folds=True))
KEYWORD_COLUMNS = (
    Column("词", folds=True),
    Column("次数", right=True),
    Column("权重", right=True),
    Column("位置"),
)


def hit_table(report: Report, hits: Sequence[Hit]) -> Table:
    """Return sentences with their hits marked, each sentence once, under their sections.

    The place of a row is that of the first hit in its sentence.
    """
    lines: list[Title | Row] = [Title(1, report_title(report))]
    last: str | None = None
    for _, group in groupby(hits, key=lambda hit: hit.sentence_start):
        found = list(group)
        first = found[0]
        if first.section_path != last:
            lines.append(Title(2, section_named(report, first.section_path, first.heading)))
        last = first.section_path
        spans = [(hit.start - hit.sentence_start, hit.end - hit.sentence_start) for hit in found]
        place = f"{first.section_path}:{first.start}" if first.section_path else str(first.start)
        lines.append(Row(((Part(place, "place"),), marked_parts(first.sentence, spans))))
    return Table(HIT_COLUMNS, tuple(lines))


def keyword_table(report: Report, keywords: Iterable[Keyword]) -> Table:
    """Return words under their sections, the strongest first."""
    lines: list[Title | Row] = [Title(1, report_title(report))]
    last: tuple[str, str] | None = None
    for keyword in keywords:
        if (keyword.section_path, keyword.heading) != last:
            last = (keyword.section_path, keyword.heading)
            lines.append(Title(2, section_named(report, *last)))
        place = f"{keyword.section_path}:{keyword.start}" if keyword.section_path else str(keyword.start)
        cells = (one_line(keyword.word), str(keyword.count), str(keyword.weight))
        lines.append(Row((*((Part(cell),) for cell in cells), (Part(place, "place"),))))
    return Table(KEYWORD_COLUMNS, tuple(lines))
