"""`dreport rules profile`: what each rule costs and finds over reports."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, NamedTuple

import typer

from dalian_report.errors import DReportError, ExitCode, counted
from dalian_report.indicators.profiling import Profiler
from dalian_report.sources import source_name
from dalian_report.views import record_keys
from dalian_report.views.rules import ProfileRecord, profile_record, profile_table

from .filters import known_keys
from .log import Log
from .options import Inputs, RuleFilters, Writing, command
from .output import answer
from .reading import Chosen, Reading, read_settings

ORDERS = ("time", "hits", "tried", "lost", "key")


class Choice(NamedTuple):
    """Which rules, in which order."""

    sort: Annotated[str, typer.Option("--sort", metavar="FIELD", help=f"Order: {', '.join(ORDERS)}.")] = (
        "time"
    )
    never: Annotated[bool, typer.Option("--never", help="Only rules without a hit.")] = False
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="At most N rules.", show_default=False),
    ] = None


@command
def profile(log: Log, inputs: Inputs, filters: RuleFilters, choice: Choice, writing: Writing) -> ExitCode:
    """Profile rules.

    Columns: 命中 metrics with the key, 匹配 names that the regex fitted, 尝试 names that it was tried on,
    毫秒 the time of the regex, 让与 the rules that took a figure which this one fitted too (* as long a
    match: the order of the rules decided). Rules run over whole reports, also where a section is named.
    """
    if choice.sort not in ORDERS:
        raise typer.BadParameter(f"{choice.sort!r} is not one of {', '.join(ORDERS)}.", param_hint="--sort")
    settings = read_settings(inputs.config, log)
    filters = filters._replace(key=known_keys(filters.key, filters.area, settings))
    reading = Reading(inputs, settings, log)
    profiler = Profiler(settings.rules)

    def work(chosen: Chosen) -> None:
        for note in profiler.add(chosen.report):
            log.lack(DReportError(note, where=source_name(chosen.report.source.path)))

    reports = sum(1 for _ in reading.each(work))
    records = [profile_record(one) for one in profiler.profiles.values() if filters.takes(one.rule)]
    never = [record for record in records if not record.hits]
    shown = ordered(never if choice.never else records, choice.sort)[: choice.limit]
    with answer(
        writing, keys=record_keys(ProfileRecord), inputs=reading.files, worth=reading.answered
    ) as sink:
        if shown and reports:
            sink.add(shown, partial(profile_table, shown))
    if reports:
        total = sum(record.ms for record in records)
        hits = sum(record.hits for record in records)
        log.note(
            f"{counted(reports, 'report')}, {counted(len(records), 'rule')}: {counted(hits, 'hit')}, "
            f"{total:.0f} ms in regexes, {len(never)} never hit"
        )
    return reading.finish(found=bool(shown))


def ordered(records: Sequence[ProfileRecord], order: str) -> list[ProfileRecord]:
    """Return records by an order, the largest first; by key from a to z."""
    if order == "key":
        return sorted(records, key=lambda record: record.key)
    values = {
        "time": lambda record: record.ms,
        "hits": lambda record: record.hits,
        "tried": lambda record: record.tried,
        "lost": lambda record: record.matched - record.hits,
    }
    return sorted(records, key=values[order], reverse=True)
