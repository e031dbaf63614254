"""Metrics as a table: a title for each section, a row for each metric.

A row reads: what is measured, with the action before it (改造 燃气管网); the figure as printed, with its
bound in a word (9%以上) and, on a growth or a change, its sign (+9%, -23.4%); kind and status in a word
each, `?` where another reading is possible; and the place, section path and offset, last.
The bounds are words and the signs ASCII because ≥ ≈ ▲ are of ambiguous width and break columns on
Chinese terminals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from dalian_report.alphabet import code
from dalian_report.document import section_at
from dalian_report.model import Metric, Report

from .cells import Part, one_line
from .table import Column, Row, Table, Title
from .titles import report_title, section_title, short_path, title_parts

if TYPE_CHECKING:
    from dalian_report.indicators.explain import Doubt, Explanation

KIND_WORDS = {"level": "水平", "growth": "增速", "delta": "增减", "rank": "位次"}
STATUS_WORDS = {"achieved": "完成", "target": "目标", "other": "其他"}
_BOUND_WORDS = {"at_least": "以上", "at_most": "以内", "about": "左右"}
_SAID = "多余"  # 530余个 says itself that it is a bound
_BARE = tuple("万亿")  # 过亿美元, 万亿元: one of them
_SIGNS = "+-－—−±负"

COLUMNS = (
    Column("指标", folds=True),
    Column("数值", right=True),
    Column("类型"),
    Column("状态"),
    Column("位置"),
)


def metric_table(report: Report, metrics: Sequence[Metric], *, context: bool = False) -> Table:
    """Return the metrics of one report, in the order given, under a title for the report and each section.

    `context` puts the sentence below, once for rows that follow each other in it, their figures marked.
    """
    lines: list[Title | Row] = [Title(1, report_title(report))]
    last: int | None = -1
    for metric in metrics:
        section = section_at(report, metric.start)
        if section != last:
            if section is not None:
                lines.append(Title(2, section_title(report, section)))
            last = section
        lines.append(metric_row(metric))
    return Table(COLUMNS, tuple(with_evidence(lines, metrics) if context else lines))


def ranking_table(metrics: Sequence[Metric], *, context: bool = False) -> Table:
    """Return metrics of any number of reports in one list, in the order given.

    Those of one report stand under its title; where there are more, a column says which.
    """
    rows = [metric_row(metric) for metric in metrics]
    if context:
        rows = [line for line in with_evidence(rows, metrics) if isinstance(line, Row)]
    if len({metric.source for metric in metrics}) < 2:
        first = metrics[0]
        title = title_parts(first.report, first.region, first.year, first.source)
        return Table(COLUMNS, (Title(1, title), *rows))
    named = tuple(
        Row((*row.cells[:-1], (Part(one_line(origin(metric))),), row.cells[-1]), row.below)
        for row, metric in zip(rows, metrics, strict=True)
    )
    return Table((*COLUMNS[:-1], Column("报告", folds=True), COLUMNS[-1]), named)


def with_gloss(table: Table, metrics: Sequence[Metric], english: Mapping[str, str]) -> Table:
    """Return a table of metrics with the English names of their keys in a column behind the names.

    `metrics` are those of its rows, in their order.
    """
    left = iter(metrics)
    lines: list[Title | Row] = []
    for line in table.lines:
        if isinstance(line, Row):
            name = english.get(next(left).key or "", "")
            line = line._replace(cells=(line.cells[0], (Part(one_line(name)),), *line.cells[1:]))
        lines.append(line)
    return Table((table.columns[0], Column("英文", folds=True), *table.columns[1:]), tuple(lines))


def with_where(table: Table, metrics: Sequence[Metric]) -> Table:
    """Return a table of metrics with a last column that says where each stands in the original file."""
    rest = iter(metrics)
    lines = [
        Row((*line.cells, (Part(one_line(next(rest).where), "place", said=True),)), line.below)
        if isinstance(line, Row)
        else line
        for line in table.lines
    ]
    return Table((*table.columns, Column("原处")), tuple(lines))


def origin(metric: Metric) -> str:
    """Return a short name for a metric's report: region and year where both are known, else its path."""
    return f"{metric.region} {metric.year}" if metric.region and metric.year else short_path(metric.source)


def metric_row(metric: Metric) -> Row:
    """Return a metric as the cells of `COLUMNS`."""
    style = "" if metric.status == "achieved" else metric.status
    doubt = (Part("?", style),) if metric.ambiguous else ()
    explanation = getattr(metric, "explain", None)  # of show --explain alone
    place = f"{metric.section_path}:{metric.start}" if metric.section_path else str(metric.start)
    return Row(
        (
            name_parts(metric),
            figure_parts(metric),
            (Part(KIND_WORDS[metric.kind], said=True),),
            (Part(STATUS_WORDS[metric.status], style, said=True), *doubt),
            (Part(place, "place"),),
        ),
        explanation_parts(explanation) if explanation else (),
    )


def explanation_parts(explanation: Explanation) -> tuple[Part, ...]:
    """Return why a metric came out as it did, on one line: 分句 … · 动词 … · 略去 … · 依据 … · 存疑 …."""
    told = {
        "分句": [Part(one_line(explanation.clause))],
        "动词": [Part(one_line(explanation.verb))] if explanation.verb else [],
        "略去": [Part(one_line("｜".join(explanation.trimmed)))] if explanation.trimmed else [],
        "依据": [Part(explanation.reason, said=True)],
        "存疑": [part for one in explanation.ambiguous for part in _doubt_parts(one)][1:],
    }
    parts: list[Part] = []
    for word, values in told.items():
        if values:
            parts += [Part(" · ", "place")] if parts else []
            parts += [Part(f"{word} ", "place", said=True), *values]
    return tuple(parts)


def _doubt_parts(doubt: Doubt) -> tuple[Part, ...]:
    """Return what is doubtful, and in brackets which other name there may be, with a comma before it."""
    other = (Part(f" ({one_line(doubt.other)})", "other"),) if doubt.other else ()
    return (Part(", ", "other"), Part(doubt.why, "other", said=True), *other)


def with_evidence(lines: Sequence[Title | Row], metrics: Sequence[Metric]) -> list[Title | Row]:
    """Return the lines with each sentence below the last of the rows that follow each other in it.

    `metrics` are those of the rows, in their order.
    """
    found = list(lines)
    places = [index for index, line in enumerate(lines) if isinstance(line, Row)]
    runs = groupby(zip(places, metrics, strict=True), key=lambda pair: _sentence(pair[1]))
    for (_, _, sentence), run in runs:
        members = list(run)
        spans = [
            (metric.start - metric.sentence_start, metric.end - metric.sentence_start)
            for _, metric in members
        ]
        last = members[-1][0]
        row = found[last]
        if isinstance(row, Row):
            gap = (Part(" · ", "place"), Part("原文 ", "place", said=True)) if row.below else ()
            found[last] = Row(row.cells, (*row.below, *gap, *marked_parts(sentence, spans)))
    return found


def _sentence(metric: Metric) -> tuple[str, int, str]:
    return metric.source, metric.sentence_start, metric.sentence


def name_parts(metric: Metric) -> tuple[Part, ...]:
    """Return what is measured: the action, then the indicator's label or the name in the text.

    No word of the text is hidden: a name that says more than the label stands in its place (农村公路大中修,
    not 农村公路), one in other words beside it: 地区生产总值（经济总量）.
    """
    name, action = one_line(metric.name), one_line(metric.action or "")
    label = one_line(metric.label or "")
    core = label.removeprefix(action) or label  # 停车泊位 of 新增停车泊位
    says_more = bool(core) and core in name and core != name
    shown = name if says_more else label or name
    parts = []
    if action and not _says_itself(shown, action, labelled=shown == label):
        parts.append(Part(f"{action} ", "action"))
    parts.append(Part(shown, "label" if label else ""))
    if label and name not in label and not says_more:
        parts.append(Part(f"（{name}）"))
    return tuple(parts)


def _says_itself(shown: str, action: str, *, labelled: bool) -> bool:
    """Tell whether a name says its action itself: at its beginning, a label in any place or as 新建, 新增.

    >>> [_says_itself(name, "建设", labelled=True) for name in ("新建改造农田", "绿色建筑", "基本建设项目")]
    [True, False, True]
    """
    verb = action[:2]  # labels often hold an action in other words: 新建改造提升 and 新建改造高标准农田
    if shown.startswith(verb):
        return True
    return labelled and (verb in shown or shown.startswith(f"新{action[0]}"))


def metric_words(metric: Metric) -> str:
    """Return a metric in one short text, as a table cell holds it: 海洋经济总产值 +9%以上."""
    return "".join(part.text for part in (*name_parts(metric), Part(" "), *figure_parts(metric)))


def figure_parts(metric: Metric) -> tuple[Part, ...]:
    """Return the figure as printed, with its sign and bound; a relation (与经济增长同步) as its words."""
    if metric.value is None:
        return (Part(one_line(metric.relation or metric.text)),)
    text = one_line(metric.text)
    if metric.unit and text.replace(".", "").replace(",", "").isnumeric():
        text = _with_unit(text, one_line(metric.unit))
    if text.startswith(_BARE):
        text = f"1{text}"
    falls = metric.amount is not None and metric.amount < 0
    changes = metric.kind in ("growth", "delta")
    sign = ("-" if falls else "+") if changes and not text.startswith(tuple(_SIGNS)) else ""
    style = ("down" if falls else "up") if changes else ""
    bound = "" if any(word in text for word in _SAID) else _BOUND_WORDS.get(metric.bound, "")
    figure = Part(sign + text, style)
    return (figure, Part(bound, style, said=True)) if bound else (figure,)


def _with_unit(text: str, unit: str) -> str:
    """Return a figure with what it lacks of the unit that the text prints elsewhere (投资(亿元)300).

    >>> _with_unit("300", "亿元"), _with_unit("14亿", "亿"), _with_unit("14亿", "亿元")
    ('300亿元', '14亿', '14亿元')
    """
    read, lacked = code(text), code(unit)  # 26萬 lacks nothing of 万
    said = next((n for n in range(len(unit), 0, -1) if read.endswith(lacked[:n])), 0)
    return text + unit[said:]


def marked_parts(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Part, ...]:
    """Return a text on one line with spans marked; spans may overlap."""
    marked = [False] * len(text)
    for start, end in spans:
        marked[max(start, 0) : end] = [True] * len(text[max(start, 0) : end])
    parts = []
    for hit, run in groupby(zip(text, marked, strict=True), key=lambda pair: pair[1]):
        parts.append(Part(one_line("".join(char for char, _ in run)), "hit" if hit else ""))
    return tuple(parts)
