"""Section summaries as a table, and as a brief for a document."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence

from dalian_report.explore import SectionSummary
from dalian_report.model import Report

from .cells import Part, one_line
from .metrics import COLUMNS, figure_parts, metric_row, name_parts
from .table import Row, Table, Title
from .titles import OUTSIDE, labelled, report_title, section_named

_POINT = 6  # the level of the last heading of a brief; deeper titles are points


def summary_table(report: Report, summaries: Iterable[SectionSummary], *, path: str | None = None) -> Table:
    """Return sections as titles, each with its tree of topics, telling sentences and key figures.

    Results stand before targets, with a line over the targets where a section has both. A line at the end of
    a section tells how many metrics it has beside those, and how to see them: in the report at `path`, where
    one was named.
    """
    told = tuple(summaries)
    lines: list[Title | Row] = [Title(1, report_title(report))]
    for summary in told:
        lines += _section_lines(report, summary, path)
    return Table(COLUMNS, tuple(lines), tuple(_brief(report, told)))


def _section_lines(report: Report, summary: SectionSummary, path: str | None) -> Iterator[Title | Row]:
    heading = section_named(report, summary.section_path, summary.heading)
    yield Title(2, (*heading, Part(f"  {_size(summary)}", "place", said=True)))
    for branch in summary.topics:
        indent = "  " * (branch.depth - 1)
        style = "topic" if branch.kind == "topic" else "section"
        mark = "· " if branch.kind == "topic" else ""
        yield Title(3, (Part(f"{indent}{mark}{one_line(branch.text)}", style),))
    if summary.words:
        yield Title(3, (Part("特征词: ", "place", said=True), Part(_words(summary))))
    for extract in summary.extracts:
        yield Title(3, (Part(f"» {one_line(extract.text)}", "extract"),))
    yield from map(metric_row, summary.results)
    if summary.targets:
        if summary.results:
            yield Title(3, (Part("目标:", "target", said=True),))
        yield from map(metric_row, summary.targets)
    if summary.left_out:
        where = f" --section {summary.section_path}" if summary.section_path else ""
        where += f" {one_line(_typed(path))}" if path else ""
        more = f"… 另有 {summary.left_out} 项，见 dreport show{where}"
        if not (summary.results or summary.targets):
            more = f"共 {summary.left_out} 个指标，见 dreport show{where}"
        yield Title(3, (Part(more, "place", said=True),))


def _typed(path: str) -> str:
    """Return a path as a shell takes it: in quotes but where it has only letters of any script, digits, /."""
    return path if re.fullmatch(r"[\w@%+=:,./-]+", path) else shlex.quote(path)


def _size(summary: SectionSummary) -> str:
    return f"{summary.characters} 字 {summary.sentences} 句 {summary.metrics} 个指标"


def _words(summary: SectionSummary) -> str:
    return " ".join(f"{one_line(word.word)}({word.count})" for word in summary.words)


def _brief(report: Report, summaries: Sequence[SectionSummary]) -> Iterator[Title | Row]:
    """Yield the summaries as headings, points and paragraphs of a document.

    The least deep of the sections follow the title of the report, without a level left out between.
    """
    yield Title(1, report_title(report))
    highest = min((max(summary.level, 1) for summary in summaries), default=1)
    for summary in summaries:
        level = min(max(summary.level, 1) - highest + 2, _POINT)
        name = labelled(summary.label, summary.heading)
        yield Title(level, (Part(name) if name else Part(OUTSIDE, said=True),))
        yield _paragraph(Part(_size(summary), said=True))
        for branch in summary.topics:
            yield Title(_POINT + branch.depth, (Part(one_line(branch.text)),))
        for extract in summary.extracts:
            yield Row((), (Part(one_line(extract.text)),))
        if summary.words:
            yield _paragraph(Part("特征词: ", said=True), Part(_words(summary)))
        for head, metrics in (("完成:", summary.results), ("目标:", summary.targets)):
            if metrics:
                yield _paragraph(Part(head, said=True))
            for metric in metrics:
                yield Title(_POINT + 1, (*name_parts(metric), Part(" "), *figure_parts(metric)))


def _paragraph(*parts: Part) -> Row:
    return Row((parts,))
