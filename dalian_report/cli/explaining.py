"""`dreport rules explain`: step by step, why a rule knows a figure or does not."""

from functools import partial
from typing import Annotated, NamedTuple

import typer

from dalian_report.document import build_report
from dalian_report.errors import ExitCode, UsageError, counted
from dalian_report.indicators.tracing import Attempt, explain_rule, nearest_attempt
from dalian_report.model import Report
from dalian_report.sources import make_source, source_name
from dalian_report.views import record_keys
from dalian_report.views.rules import AttemptRecord, attempt_record, attempt_table

from .filters import known_key
from .log import Log
from .options import Inputs, Settled, Writing, command
from .output import answer
from .reading import Reading, read_settings

_MOST = 10


class Asked(NamedTuple):
    """Which rule, and on what."""

    key: Annotated[str, typer.Argument(metavar="KEY", help="Key of the rule.", show_default=False)]
    text: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="A sentence to try the rule on.", show_default=False),
    ] = None
    report: Annotated[
        list[str] | None,
        typer.Option(
            "--report", metavar="PATH", help="Try it on a report instead; repeatable.", show_default=False
        ),
    ] = None
    all: Annotated[
        bool, typer.Option("--all", help="Show every figure of a report, not only the nearest.")
    ] = False


@command
def explain(log: Log, asked: Asked, settled: Settled, writing: Writing) -> ExitCode:
    """Explain a rule.

    For each figure the steps that the rule takes: is there a literal of its regex, does the regex fit, do
    action, kind and unit suit, did another rule take the figure. It ends at the first that fails: mend that.
    Of a report the figures that have the key are shown, and the nearest of those that have not.
    Exit 1: it knows none.
    """
    if (asked.text is None) == (not asked.report):
        raise UsageError(
            "name a text or a report to try the rule on",
            remedy="dreport rules explain KEY 'TEXT', or --report FILE.",
        )
    settings = read_settings(settled.config, log)
    key = known_key(asked.key, settings)
    rule = next(rule for rule in settings.rules if rule.key == key)

    def records_of(report: Report) -> list[AttemptRecord]:
        attempts = explain_rule(rule, report, settings.rules)
        chosen = attempts if asked.all or asked.text is not None else nearest(attempts)
        return [attempt_record(one, rule, source_name(report.source.path)) for one in chosen]

    if asked.text is not None:
        found = [records_of(build_report(make_source(asked.text)))]
        reading = None
    else:
        inputs = Inputs(asked.report, None, settled.config, None)
        reading = Reading(inputs, settings, log)
        found = [records for _, records in reading.each(lambda chosen: records_of(chosen.report))]
    records = [record for several in found for record in several]
    files = reading.files if reading else settings.files
    with answer(writing, keys=record_keys(AttemptRecord), inputs=files) as sink:
        if records:
            sink.add(records, partial(attempt_table, records))
    held = sum(record.held for record in records)
    if not records:
        log.note("the text holds no figure: a number with a unit, a percentage or a rank")
    log.note(f"{counted(held, 'figure')} with the key {key}")
    return reading.finish(found=held > 0) if reading else ExitCode.FOUND if held else ExitCode.NOTHING


def nearest(attempts: list[Attempt]) -> list[Attempt]:
    """Return the attempts that held, then those that came farthest of the others, in text order."""
    missed = [one for one in attempts if not one.held and one.reached]
    missed.sort(key=lambda one: -one.reached)
    kept = [one for one in attempts if one.held][:_MOST] + missed[:_MOST]
    best = nearest_attempt(attempts)
    if not kept and best is not None:
        kept = [best]
    return sorted(kept, key=lambda one: one.start)
