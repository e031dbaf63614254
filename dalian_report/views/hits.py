"""Hits of a search as tables: in their sentences, as a concordance, ranked, or counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from dalian_report.explore import Hit
from dalian_report.explore.search import HitCount
from dalian_report.model import Report

from .bars import bar
from .cells import Part, one_line
from .metrics import marked_parts
from .table import Column, Row, Table, Title
from .titles import OUTSIDE, report_title, section_named, short_path, title_parts

HIT_COLUMNS = (Column("位置"), Column("原文", folds=True))
KWIC_COLUMNS = (
    Column("位置"),
    Column("上文", right=True, folds=True),
    Column("词"),
    Column("下文", folds=True),
)


@dataclass(frozen=True, slots=True)
class WithoutHits:
    """A report in which no term stands."""

    type: Literal["without"]
    report: str
    source: str
    region: str | None
    year: int | None


def hit_table(report: Report, hits: Sequence[Hit]) -> Table:
    """Return the contexts of hits with the hits marked, each sentence once, under their sections.

    The place of a row is that of the first hit in it.
    """
    lines: list[Title | Row] = [Title(1, report_title(report))]
    last: str | None = None
    for group in rows_of(hits):
        first = group[0]
        if first.section_path != last:
            lines.append(Title(2, section_named(report, first.section_path, first.heading)))
        last = first.section_path
        lines.append(_hit_row(group))
    return Table(HIT_COLUMNS, tuple(lines))


SectionTitles = Mapping[tuple[str, str], tuple[Part, ...]]  # by source and path of the section


def ranked_table(hits: Sequence[Hit], titles: SectionTitles) -> Table:
    """Return ranked hits under their sections, each with its score.

    The report is named once, or, where there are several, shortly beside each section.
    """
    first = hits[0]
    several = len({hit.source for hit in hits}) > 1
    whole = title_parts(first.report, first.region, first.year, first.source)
    lines: list[Title | Row] = [] if several else [Title(1, whole)]
    for (source, path, score), group in groupby(
        hits, key=lambda hit: (hit.source, hit.section_path, hit.score)
    ):
        found = list(group)
        named = (Part(f"  {_report_name(found[0])}", "place"),) if several else ()
        lines.append(Title(2, (Part(f"{score:.2f}  ", "label"), *titles[source, path], *named)))
        lines += [_hit_row(run) for run in rows_of(found)]
    return Table(HIT_COLUMNS, tuple(lines))


def rows_of(hits: Sequence[Hit]) -> Iterator[list[Hit]]:
    """Yield hits that are shown in one row: those of one sentence, where the sentence is the context."""
    for _, run in groupby(hits, key=lambda hit: (hit.source, hit.start - len(hit.left))):
        yield list(run)


def _hit_row(group: Sequence[Hit]) -> Row:
    first = group[0]
    start = first.start - len(first.left)
    longest = max(group, key=lambda hit: hit.end + len(hit.right))  # one may run over several sentences
    text = longest.left + longest.text + longest.right
    spans = [(hit.start - start, hit.end - start) for hit in group]
    return Row(((Part(_place(first), "place"),), marked_parts(text, spans)))


def _place(hit: Hit) -> str:
    return f"{hit.section_path}:{hit.start}" if hit.section_path else str(hit.start)


def kwic_table(hits: Sequence[Hit], *, whole: bool = False) -> Table:
    """Return a concordance: what stands left of each hit, the hit, what stands right, in the order given.

    The context is cut where it does not fit on one line with its hit, unless `whole` says to fold it.
    """
    several = len({hit.source for hit in hits}) > 1
    rows = []
    for hit in hits:
        cells = (
            (Part(_place(hit), "place"),),
            (Part(one_line(hit.left)),),
            (Part(one_line(hit.text), "hit"),),
            (Part(one_line(hit.right)),),
        )
        rows.append(Row(((Part(_report_name(hit)),), *cells) if several else cells))
    columns = tuple(column._replace(cuts=column.folds and not whole) for column in KWIC_COLUMNS)
    columns = (Column("报告", folds=True), *columns) if several else columns
    if several or not hits:
        return Table(columns, tuple(rows))
    first = hits[0]
    return Table(
        columns, (Title(1, title_parts(first.report, first.region, first.year, first.source)), *rows)
    )


def count_table(counts: Sequence[HitCount], *, of_files: bool = False) -> Table:
    """Return counts, a row for each report, section or file and term; then their sum.

    The bars are, as those of a trend, of the occurrences in 10,000 characters, so that texts of any length
    compare.
    """
    by_section = any(count.section_path or count.heading for count in counts)
    several = len({count.term for count in counts}) > 1
    most = max((count.per_10k or 0.0 for count in counts), default=0.0)
    columns = [Column("文件" if of_files else "报告", folds=True)]
    columns += [Column("章节", folds=True)] if by_section else []
    columns += [Column("词", folds=True)] if several else []
    columns += [Column("次数", right=True)]
    columns += [] if of_files else [Column("每万字", right=True), Column("每万字图")]
    rows = []
    for count in counts:
        cells = [(Part(_report_name(count)),)]
        if by_section:
            heading = f"{count.section_path} {one_line(count.heading)}".strip()
            cells.append((Part(heading),) if heading else (Part(OUTSIDE, said=True),))
        if several:
            cells.append((Part(one_line(count.term)),))
        cells.append((Part(str(count.hits)),))
        if not of_files:
            rate = count.per_10k or 0.0
            cells += [(Part(f"{rate:.2f}"),), (Part(bar(rate, most), "bar"),)]
        rows.append(Row(tuple(cells)))
    if len(counts) > 1:
        total = Part(str(sum(count.hits for count in counts)), "label")
        rest: list[tuple[Part, ...]] = [(total,) if column.head == "次数" else () for column in columns[1:]]
        rows.append(Row(((Part("合计", "label", said=True),), *rest)))
    return Table(tuple(columns), tuple(rows))


def _report_name(record: Hit | HitCount) -> str:
    """Return a short name for the report of a record: region and year, else the path."""
    known = f"{record.region} {record.year}" if record.region and record.year else ""
    return one_line(known or short_path(record.source))


def without_table(records: Sequence[WithoutHits]) -> Table:
    """Return the reports in which nothing stands."""
    rows = [
        Row(((Part(one_line(short_path(record.source))),), (Part(one_line(record.report)),)))
        for record in records
    ]
    return Table((Column("文件", folds=True), Column("报告", folds=True)), tuple(rows))
