"""Keywords, contrasts and trends as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dalian_report.explore import Keyword
from dalian_report.explore.contrast import Direction
from dalian_report.explore.trend import TrendPoint
from dalian_report.model import Report

from .bars import bar, sparkline
from .cells import Part, one_line
from .table import Column, Row, Table, Title
from .titles import report_title, section_named

KEYWORD_COLUMNS = (
    Column("词", folds=True),
    Column("次数", right=True),
    Column("权重", right=True),
    Column("位置"),
    Column("权重图"),
)
TREND_COLUMNS = (
    Column("年份"),
    Column("报告数", right=True),
    Column("次数", right=True),
    Column("每万字", right=True),
    Column("每万字图"),
)


@dataclass(frozen=True, slots=True)
class ContrastRecord:
    """A word that one set of reports has more or less often than another.

    `count_a` and `count_b` are how often, `per_10k_a` and `per_10k_b` for 10,000 counted words. `keyness` is
    the log-likelihood (G2), `log_ratio` the effect size: 1 is twice as often in A, -1 half as often.
    """

    type: Literal["contrast"]
    a: str
    b: str
    rank: int
    word: str
    direction: Direction
    count_a: int
    count_b: int
    per_10k_a: float
    per_10k_b: float
    keyness: float
    log_ratio: float


def keyword_table(report: Report, keywords: Sequence[Keyword], *, whole: bool = False) -> Table:
    """Return words under their sections, the strongest first, with a bar for the weight, all on one scale.

    `whole` says that they are those of the report: no section is named.
    """
    lines: list[Title | Row] = [Title(1, report_title(report))]
    last: tuple[str, str] | None = None
    heaviest = max((float(keyword.weight) for keyword in keywords), default=0.0)
    for keyword in keywords:
        if (keyword.section_path, keyword.heading) != last and not whole:
            last = (keyword.section_path, keyword.heading)
            lines.append(Title(2, section_named(report, *last)))
        place = f"{keyword.section_path}:{keyword.start}" if keyword.section_path else str(keyword.start)
        cells = (one_line(keyword.word), str(keyword.count), str(keyword.weight))
        strength = bar(float(keyword.weight), heaviest, 12)
        lines.append(
            Row((*((Part(cell),) for cell in cells), (Part(place, "place"),), (Part(strength, "bar"),)))
        )
    return Table(KEYWORD_COLUMNS, tuple(lines))


def contrast_table(records: Sequence[ContrastRecord]) -> Table:
    """Return contrasts, those of A first, then those of B, each with its counts, G2 and effect size."""
    if not records:
        return Table((), ())
    columns = (
        Column("词", folds=True),
        Column("次数A", right=True),
        Column("次数B", right=True),
        Column("每万词A", right=True),
        Column("每万词B", right=True),
        Column("G2", right=True),
        Column("log2", right=True),
    )
    lines: list[Title | Row] = []
    last: Direction | None = None
    for record in records:
        if record.direction != last:
            last = record.direction
            head = "A 更常用" if last == "more" else "B 更常用"
            named = record.a if last == "more" else record.b
            lines.append(Title(2, (Part(head, "section", said=True), Part(f"  {one_line(named)}", "place"))))
        style = "up" if record.direction == "more" else "down"
        numbers = (
            Part(str(record.count_a)),
            Part(str(record.count_b)),
            Part(f"{record.per_10k_a:.1f}"),
            Part(f"{record.per_10k_b:.1f}"),
            Part(f"{record.keyness:.1f}"),
            Part(f"{record.log_ratio:+.2f}", style),
        )
        lines.append(Row(((Part(one_line(record.word)),), *((number,) for number in numbers))))
    return Table(columns, tuple(lines))


def trend_table(points: Iterable[TrendPoint]) -> Table:
    """Return phrases as titles, each with a sparkline, and a row with a bar for each year.

    They are of the occurrences in 10,000 characters, the bars of all phrases on one scale, each sparkline on
    its own.
    """
    by_phrase: dict[str, list[TrendPoint]] = {}
    for point in points:
        by_phrase.setdefault(point.phrase, []).append(point)
    most = max((point.per_10k for found in by_phrase.values() for point in found), default=0.0)
    lines: list[Title | Row] = []
    for phrase, found in by_phrase.items():
        total = sum(point.count for point in found)
        spark = sparkline([point.per_10k for point in found])
        lines.append(
            Title(
                2,
                (
                    Part(one_line(phrase), "section"),
                    Part(f"  共 {total} 处", "place", said=True),
                    Part(f"  {spark}", "bar"),
                ),
            )
        )
        lines += [_trend_row(point, most) for point in found]
    return Table(TREND_COLUMNS, tuple(lines))


def _trend_row(point: TrendPoint, most: float) -> Row:
    year = Part(str(point.year)) if point.year is not None else Part("不明", said=True)
    numbers = (str(point.reports), str(point.count), f"{point.per_10k:.2f}")
    return Row(
        ((year,), *((Part(number),) for number in numbers), (Part(bar(point.per_10k, most, 30), "bar"),))
    )
