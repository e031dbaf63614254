"""`dreport sections`: the outline of reports, and their map."""

from __future__ import annotations

from functools import partial
from typing import Annotated, NamedTuple

import typer

from dalian_report.errors import ExitCode, UsageError
from dalian_report.model import Report
from dalian_report.sources import source_name
from dalian_report.views import record_keys
from dalian_report.views.outline import SectionRecord, section_records, section_table

from .log import Log
from .options import Inputs, Writing, command
from .output import answer, table_width
from .reading import Chosen, Reading, read_settings

_FEWEST, _MOST = 20, 60  # cells of a line of the map


class Mapping(NamedTuple):
    """Whether to draw the map, and what to mark in it."""

    map: Annotated[
        bool, typer.Option("--map", help="Draw where metrics, targets and hits lie along the text.")
    ] = False
    term: Annotated[
        list[str] | None,
        typer.Option("--term", metavar="TERM", help="Mark this in the map; repeatable.", show_default=False),
    ] = None


@command
def sections(log: Log, inputs: Inputs, mapping: Mapping, writing: Writing) -> ExitCode:
    """List sections.

    字数 counts characters without white space, 指标 the metrics, both with those of the subsections.

    The map (--map) has a line for the metrics of a section, one for the targets among them and one for the
    hits of --term. Each runs along the whole report and says how many begin there, 9 for nine and more.
    """
    if mapping.term and not mapping.map:
        raise UsageError("--term marks hits in the map", remedy="Add --map, or say: dreport search.")
    settings = read_settings(inputs.config, log)
    reading = Reading(inputs, settings, log)
    if mapping.map:
        return _draw(reading, mapping.term or [], writing, log)
    found = False

    def records_of(chosen: Chosen) -> list[SectionRecord]:
        return section_records(chosen.report, reading.extract(chosen), chosen.sections)

    with answer(
        writing, keys=record_keys(SectionRecord), inputs=reading.files, worth=reading.answered
    ) as sink:
        for report, records in reading.each(records_of):
            _tell_without(report, log)
            if records:
                found = True
                sink.add(records, partial(section_table, report, records))
    return reading.finish(found=found)


def _draw(reading: Reading, terms: list[str], writing: Writing, log: Log) -> ExitCode:
    """Write the maps of the reports."""
    from dalian_report.explore import search
    from dalian_report.views.maps import CELLS, SectionMap, map_table, section_maps

    found = False
    width = table_width(writing)
    cells = CELLS if width is None else max(_FEWEST, min(width // 2 - _FEWEST // 2, _MOST))

    def maps_of(chosen: Chosen) -> list[SectionMap]:
        hits = search(chosen.report, terms) if terms else ()
        metrics = reading.extract(chosen)
        return section_maps(chosen.report, metrics, chosen.sections, hits=hits)

    with answer(writing, keys=record_keys(SectionMap), inputs=reading.files, worth=reading.answered) as sink:
        for report, maps in reading.each(maps_of):
            _tell_without(report, log)
            if maps:
                found = True
                sink.add(maps, partial(map_table, report, maps, searched=bool(terms), cells=cells))
    return reading.finish(found=found)


def _tell_without(report: Report, log: Log) -> None:
    """Tell of a report that has no sections."""
    if not report.sections:
        log.note(f"{source_name(report.source.path)}: no headings were found in it")
