"""`dreport sections`: the outline of reports."""

from __future__ import annotations

from functools import partial

from dalian_report.errors import ExitCode
from dalian_report.views import record_keys
from dalian_report.views.outline import SectionRecord, section_records, section_table

from .log import Log
from .options import Inputs, Writing, command
from .output import answer
from .reading import Chosen, Reading, read_settings


@command
def sections(log: Log, inputs: Inputs, writing: Writing) -> ExitCode:
    """List sections.

    字数 counts characters without white space, 指标 the metrics, both with those of the subsections.
    """
    settings = read_settings(inputs.config, log)
    reading = Reading(inputs, settings, log)
    found = False

    def records_of(chosen: Chosen) -> list[SectionRecord]:
        return section_records(chosen.report, reading.extract(chosen), chosen.sections)

    with answer(
        writing, keys=record_keys(SectionRecord), inputs=reading.files, worth=reading.answered
    ) as sink:
        for report, records in reading.each(records_of):
            if records:
                found = True
                sink.add(records, partial(section_table, report, records))
    return reading.finish(found=found)
