"""`dreport show`: the metrics of reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from dalian_report.config import Settings
from dalian_report.errors import ExitCode, UsageError, counted
from dalian_report.model import Metric, Report
from dalian_report.views import Sink, record_keys

from .log import Log
from .options import Filters, Inputs, Writing, command
from .output import answer
from .reading import Chosen, Reading, read_settings

if TYPE_CHECKING:
    from dalian_report.views.table import Table

SORTS = ("text", "name", "amount", "key", "kind", "status", "region", "year")


class Listing(NamedTuple):
    """How the metrics are listed."""

    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="At most N metrics in all.", show_default=False),
    ] = None
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            metavar="FIELD",
            help=f"Order: {', '.join(SORTS)} (amount: unit by unit); -FIELD is descending.",
        ),
    ] = "text"
    context: Annotated[
        bool, typer.Option("--context", help="The sentence under the rows that come from it.")
    ] = False
    gloss: Annotated[
        bool, typer.Option("--gloss", help="A column with the English names of indicators, in tables.")
    ] = False
    qualitative: Annotated[
        bool,
        typer.Option(
            "--qualitative", help="Also targets and results without a number: 与经济增长同步, 只减不增."
        ),
    ] = False
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Under each row why it came out so: clause, verb, what was trimmed from the name, how "
            "the name was found, what is doubtful.",
        ),
    ] = False
    where: Annotated[
        bool,
        typer.Option("--where", help="Where each stands in the original: page and line, paragraph, row."),
    ] = False


@command
def show(log: Log, inputs: Inputs, filters: Filters, listing: Listing, writing: Writing) -> ExitCode:
    """Show metrics.

    A row reads: what is measured, after the action that was taken on it (改造 燃气管网); the figure as
    printed, with 以上, 以内 or 左右 where it is a bound, + or - where it is a change; kind (水平 level, 增速
    growth, 增减 delta, 位次 rank); status (完成 achieved, 目标 target, 其他 other; ? where another reading is
    possible); place (section:offset).
    """
    if listing.sort.removeprefix("-") not in SORTS:
        raise UsageError(f"no order {listing.sort!r}", remedy=f"Choose from: {', '.join(SORTS)}.")
    settings = read_settings(inputs.config, log)
    wanted = Wanted(filters, settings)
    reading = Reading(inputs, settings, log)

    def metrics_of(chosen: Chosen) -> list[Metric]:
        found = reading.extract(chosen, qualitative=listing.qualitative)
        metrics = [metric for metric in found if wanted.takes(metric)]
        return explained(chosen.report, metrics) if listing.explain else metrics

    keys = (*record_keys(Metric), *(["explain"] if listing.explain else []))
    with answer(writing, keys=keys, inputs=reading.files, worth=reading.answered) as sink:
        english = {rule.key: rule.english for rule in settings.rules if rule.english} if listing.gloss else {}
        lister = Lister(sink, listing, english)
        for report, metrics in reading.each(metrics_of):
            lister.add(report, metrics)
        lister.close()
    if lister.left_out:
        log.note(f"{counted(lister.left_out, 'more metric')} left out by --limit {listing.limit}")
    return reading.finish(found=bool(lister.shown))


def explained(report: Report, metrics: Sequence[Metric]) -> list[Metric]:
    """Return the metrics of a report, each with its explanation."""
    from dalian_report.indicators.explain import explain_metrics

    return list(explain_metrics(report, metrics))


class Wanted:
    """The filters as one question. Raises UsageError for a key or area that no rule has."""

    def __init__(self, filters: Filters, settings: Settings) -> None:
        if filters.key or filters.area:
            from .filters import known_keys

            filters = filters._replace(key=known_keys(filters.key, filters.area, settings))
        self._filters = filters
        self._areas = {rule.key: rule.area for rule in settings.rules}

    def takes(self, metric: Metric) -> bool:
        """Return whether a metric passes every filter."""
        keys, areas, kinds, statuses, ambiguous = self._filters
        if ambiguous is not None and metric.ambiguous != ambiguous:
            return False
        if keys and metric.key not in keys:
            return False
        if areas and self._areas.get(metric.key or "") not in areas:
            return False
        return (not kinds or metric.kind in kinds) and (not statuses or metric.status in statuses)


class Lister:
    """Writes metrics report by report in text order, or all together in another order, up to a limit."""

    def __init__(self, sink: Sink, listing: Listing, english: Mapping[str, str]) -> None:
        self._sink = sink
        self._listing = listing
        self._english = english  # the English names of keys
        self._waiting: list[Metric] = []
        self.shown = 0
        self.left_out = 0

    def add(self, report: Report, metrics: Sequence[Metric]) -> None:
        """Take the metrics of the next report."""
        if self._listing.sort != "text":
            self._waiting += metrics
            return
        metrics = self._limited(metrics)

        def table() -> object:
            from dalian_report.views.metrics import metric_table, with_where

            table = metric_table(report, metrics, context=self._listing.context)
            table = with_where(table, metrics) if self._listing.where else table
            return self._glossed(table, metrics)

        if metrics:
            self._sink.add(metrics, table)

    def close(self) -> None:
        """Write what had to wait for the order."""
        metrics = self._limited(sort_metrics(self._waiting, self._listing.sort))

        def table() -> object:
            from dalian_report.views.metrics import ranking_table, with_where

            table = ranking_table(metrics, context=self._listing.context)
            table = with_where(table, metrics) if self._listing.where else table
            return self._glossed(table, metrics)

        if metrics:
            self._sink.add(metrics, table)

    def _glossed(self, table: Table, metrics: Sequence[Metric]) -> Table:
        if not self._listing.gloss:
            return table
        from dalian_report.views.metrics import with_gloss

        return with_gloss(table, metrics, self._english)

    def _limited(self, metrics: Sequence[Metric]) -> Sequence[Metric]:
        limit = self._listing.limit
        kept = metrics if limit is None else metrics[: max(0, limit - self.shown)]
        self.shown += len(kept)
        self.left_out += len(metrics) - len(kept)
        return kept


def sort_metrics(metrics: Iterable[Metric], order: str) -> list[Metric]:
    """Return metrics by a field, `-field` descending; equal ones stay in text order, unknown come last.

    Amounts compare within a base unit; the units come in the order in which they first appear.
    """
    metrics = list(metrics)
    field = order.removeprefix("-")
    if field == "text":
        return metrics[::-1] if order.startswith("-") else metrics
    known = [metric for metric in metrics if getattr(metric, field) is not None]
    unknown = [metric for metric in metrics if getattr(metric, field) is None]
    known.sort(key=lambda metric: getattr(metric, field), reverse=order.startswith("-"))
    if field == "amount":
        units = list(dict.fromkeys(metric.base_unit for metric in metrics))
        known.sort(key=lambda metric: units.index(metric.base_unit))
    return known + unknown
