"""`dreport summary`: what each section says."""

from __future__ import annotations

from functools import partial

from dalian_report.errors import ExitCode
from dalian_report.explore import SectionSummary, summarise
from dalian_report.views import record_keys
from dalian_report.views.answers import summary_table

from .log import Log
from .options import Inputs, Writing, command
from .output import answer
from .reading import Chosen, Reading, read_settings


@command
def summary(log: Log, inputs: Inputs, writing: Writing) -> ExitCode:
    """Sum up sections.

    For each section: its heading and size, the lead sentences of its passages, and up to six results and
    six targets, indicators with a rule first; a line tells how many metrics there are beside those. A section
    named by --section speaks for its subsections too, but for those that are named beside it; without
    --section each tells what its subsections do not.
    """
    settings = read_settings(inputs.config, log)
    reading = Reading(inputs, settings, log)
    found = False

    def summaries_of(chosen: Chosen) -> list[SectionSummary]:
        return summarise(chosen.report, reading.extract(chosen), chosen.sections)

    with answer(
        writing, keys=record_keys(SectionSummary), inputs=reading.files, worth=reading.answered
    ) as sink:
        for report, summaries in reading.each(summaries_of):
            if summaries:
                found = True
                sink.add(summaries, partial(summary_table, report, summaries))
    return reading.finish(found=found)
