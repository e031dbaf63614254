"""`dreport doctor`: whether files are the reports that they claim to be."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from dalian_report.config import ReportEntry
from dalian_report.corpus import Failure, attempt, load_entry, plan_inputs
from dalian_report.doctor import Diagnosis, Memory, diagnose, diagnose_failure
from dalian_report.errors import ExitCode, NoReportError, SourceError, UsageError, counted
from dalian_report.model import Report
from dalian_report.sources import file_of
from dalian_report.views import record_keys
from dalian_report.views.doctor import diagnosis_table

from .log import Log
from .options import Inputs, Writing, command
from .output import answer
from .reading import configured_reports, load_options, read_settings, tell_skipped


class Scope(NamedTuple):
    """How much is told."""

    all: Annotated[
        bool, typer.Option("--all", help="In tables also what is only information, such as the encoding.")
    ] = False


@command
def doctor(log: Log, inputs: Inputs, scope: Scope, writing: Writing) -> ExitCode:
    """Check files.

    Each file gets one verdict, good, doubtful or bad, and its findings: error, warning or info, each with a
    code, its evidence and what to do. Exit 1 where a finding is an error, 2 where a path does not exist.
    """
    if inputs.section:
        raise UsageError("--section is not for doctor", remedy="It looks at whole files.")
    settings = read_settings(inputs.config, log)
    configured = configured_reports(inputs, settings)
    plan = plan_inputs(inputs.paths or (), configured)
    skipped = list(plan.skipped)
    options = load_options(inputs, skipped)
    memory = Memory()
    verdicts: dict[str, int] = {}
    seen = 0
    files: list[str | Path] = [*(file_of(entry.path) for entry in plan.entries), *settings.files]
    with answer(writing, keys=record_keys(Diagnosis), inputs=files) as sink:
        for entry in plan.entries:
            items = [entry] if isinstance(entry, Failure) else load_entry(entry, options)
            for item in items:
                seen += 1
                diagnosis = _diagnose(item, entry, memory, log)
                if diagnosis is not None:
                    verdicts[diagnosis.verdict] = verdicts.get(diagnosis.verdict, 0) + 1
                    sink.add([diagnosis], partial(diagnosis_table, diagnosis, all_findings=scope.all))
    tell_skipped(skipped, log)
    told = ", ".join(f"{verdicts[name]} {name}" for name in ("good", "doubtful", "bad") if name in verdicts)
    log.note(f"{counted(sum(verdicts.values()), 'report')}: {told}" if verdicts else "no report was examined")
    return log.finish(found=True, inputs=seen, bad="bad" in verdicts)


def _diagnose(
    item: Report | Failure, entry: ReportEntry | Failure, memory: Memory, log: Log
) -> Diagnosis | None:
    """Return the diagnosis of a report or of a file that cannot be read; None for a path that is wrong."""
    if isinstance(item, Failure):
        path = file_of(item.path)
        if (
            isinstance(item.error, NoReportError)
            or not isinstance(item.error, SourceError)
            or not Path(path).is_file()
        ):
            log.fail(item.error)
            return None
        return diagnose_failure(item.path, item.error)
    region, year = (None, None) if isinstance(entry, Failure) else (entry.region, entry.year)
    examined = attempt(lambda: diagnose(item, memory, region=region, year=year), path=item.source.path)
    if isinstance(examined, Failure):
        log.fail(examined.error)
        return None
    return examined
