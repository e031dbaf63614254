"""`dreport ledger`: every numeral of reports accounted for."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Annotated, NamedTuple

import typer

from dalian_report.errors import ExitCode, counted
from dalian_report.explore import LedgerEntry, account_for
from dalian_report.explore.ledger import REASONS, STATES
from dalian_report.sources import source_name
from dalian_report.views import record_keys
from dalian_report.views.ledger import ledger_table, summary_words

from .log import Log
from .options import Inputs, Writing, command, one_of
from .output import answer
from .reading import Chosen, Reading, read_settings


class Entries(NamedTuple):
    """Which entries are shown, and whether one may be unclaimed."""

    unclaimed: Annotated[
        bool, typer.Option("--unclaimed", help="Only numerals that nothing accounts for.")
    ] = False
    state: Annotated[
        list[str] | None, one_of("--state", STATES, help="Only numerals in this state; repeatable.")
    ] = None
    reason: Annotated[
        list[str] | None,
        one_of(
            "--reason", tuple(REASONS), metavar="REASON", help="Only numerals excluded for this; repeatable."
        ),
    ] = None
    strict: Annotated[bool, typer.Option("--strict", help="Exit 3 where a numeral is unclaimed.")] = False

    def takes(self, entry: LedgerEntry) -> bool:
        """Return whether an entry is to be shown."""
        if self.unclaimed and entry.state != "unclaimed":
            return False
        if self.state and entry.state not in self.state:
            return False
        return not self.reason or entry.reason in self.reason


@command
def ledger(log: Log, inputs: Inputs, entries: Entries, writing: Writing) -> ExitCode:
    """Account for numerals.

    A row reads: the numeral; 收录 captured, 排除 excluded or 遗漏 unclaimed; the metrics that captured it, or
    the reason why it is no figure; the text around it; place (section:offset). The last line sums up all
    numerals of the report or the sections asked for, whatever is shown.

    Reasons: {reasons}.
    """
    settings = read_settings(inputs.config, log)
    reading = Reading(inputs, settings, log)
    shown = 0
    states: Counter[str] = Counter()
    reports = 0
    summed = writing.json or writing.format not in ("table", "md")

    def entries_of(chosen: Chosen) -> list[LedgerEntry]:
        found, spans = account_for(chosen.report, reading.extract(chosen)), chosen.spans
        if spans is None:
            return found
        return [entry for entry in found if any(span.start <= entry.start < span.end for span in spans)]

    with answer(writing, keys=record_keys(LedgerEntry), inputs=reading.files, worth=reading.answered) as sink:
        for report, found in reading.each(entries_of):
            taken = [entry for entry in found if entries.takes(entry)]
            shown += len(taken)
            reports += 1
            states.update(entry.state for entry in found)
            if found:
                sink.add(taken, partial(ledger_table, report, found, taken))
            if summed:
                log.note(f"{source_name(report.source.path)}: {summary_words(found)}")
    if reports > 1:
        told = ", ".join(f"{states[state]} {state}" for state in STATES)
        log.note(f"{counted(reports, 'report')}: {states.total()} numerals, {told}")
    code = reading.finish(found=bool(shown) or entries.strict)
    return ExitCode.UNCLAIMED if entries.strict and states["unclaimed"] and code == ExitCode.FOUND else code


ledger.__doc__ = (ledger.__doc__ or "").replace(
    "{reasons}", "; ".join(f"{name} ({said})" for name, said in REASONS.items())
)
