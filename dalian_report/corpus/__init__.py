"""Many inputs: what to read, and one report or one named failure for each, in order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dalian_report.config import ReportEntry
from dalian_report.document import build_report
from dalian_report.errors import DReportError
from dalian_report.model import Report
from dalian_report.sources import locate, read_sources

__all__ = ["Failure", "Plan", "load_entry", "load_reports", "plan_inputs"]


class Failure(NamedTuple):
    """An input that gave no report: the path as given and the error that says why."""

    path: str
    error: DReportError


class Plan(NamedTuple):
    """The files to read, in order, each once, and the files in folders that are of no known format."""

    entries: tuple[ReportEntry, ...]
    skipped: tuple[str, ...]


def plan_inputs(paths: Sequence[str], configured: Sequence[ReportEntry]) -> Plan:
    """Return what to read: the paths or, where there are none, the configured reports.

    Folders and globs become their files. A configured entry's region and year go to every file it names,
    also where that file is asked for by path. A path named twice is read once.
    """
    if not paths:
        return _expand(configured)
    plan = _expand([ReportEntry(path, None, None) for path in paths])
    overrides = {
        os.path.realpath(entry.path): entry
        for entry in _expand([entry for entry in configured if entry.region or entry.year]).entries
    }
    if not overrides:
        return plan
    entries = []
    for entry in plan.entries:
        known = overrides.get(os.path.realpath(entry.path))
        entries.append(ReportEntry(entry.path, known.region, known.year) if known else entry)
    return Plan(tuple(entries), plan.skipped)


def _expand(entries: Iterable[ReportEntry]) -> Plan:
    found: dict[str, ReportEntry] = {}
    skipped: dict[str, None] = {}
    for entry in entries:
        located = locate([entry.path])
        for path in located.paths:
            found.setdefault(path, ReportEntry(path, entry.region, entry.year))
        skipped.update(dict.fromkeys(located.skipped))
    return Plan(tuple(found.values()), tuple(skipped))


def load_reports(
    entries: Iterable[ReportEntry], *, encoding: str | None = None
) -> Iterator[Report | Failure]:
    """Yield the reports of every input in input order; one that cannot be read is a `Failure` in its place.

    Lazy: one input is read at a time, so memory does not grow with their number.
    """
    for entry in entries:
        yield from load_entry(entry, encoding=encoding)


def load_entry(entry: ReportEntry, *, encoding: str | None = None) -> list[Report | Failure]:
    """Return the reports of one input, or the one failure that kept it from being read.

    A file may hold several reports. Pure of all but the file, so that a pool can run it anywhere.
    """
    try:
        sources = read_sources(entry.path, encoding=encoding)
        return [build_report(source, region=entry.region, year=entry.year) for source in sources]
    except DReportError as error:
        return [Failure(entry.path, error)]
