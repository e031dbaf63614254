"""From options to reports: settings, inputs, sections, and what is told on stderr on the way."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from dalian_report.config import Settings, load_settings
from dalian_report.corpus import Failure, load_reports, plan_inputs
from dalian_report.document import select_sections
from dalian_report.errors import DReportError, ExitCode, UsageError
from dalian_report.indicators import RuleEngine, extract_metrics
from dalian_report.model import Metric, Report

from .log import Log
from .options import Inputs


class Chosen(NamedTuple):
    """A report and the sections asked for, as indices into `Report.sections`; None is the whole report."""

    report: Report
    sections: tuple[int, ...] | None

    def contains(self, position: int) -> bool:
        """Return whether a position lies in what was asked for."""
        if self.sections is None:
            return True
        parts = [self.report.sections[index] for index in self.sections]
        return any(part.start <= position < part.end for part in parts)


class Reading:
    """The reports of one run; iterate over it once, then ask `finish` for the exit code."""

    def __init__(self, inputs: Inputs, settings: Settings, log: Log) -> None:
        self._inputs = inputs
        self._log = log
        self._engine = RuleEngine(settings.rules)
        configured = [replace(entry, path=near(entry.path, Path.cwd())) for entry in settings.reports]
        plan = plan_inputs(inputs.paths or (), configured)
        self._entries = plan.entries
        for path in plan.skipped:
            log.detail(f"{path}: skipped, no known format")
        if not plan.entries and not plan.skipped and not inputs.paths:
            raise UsageError(
                "no report named and none configured", remedy="Name a file, or run: dreport init."
            )

    def __iter__(self) -> Iterator[Chosen]:
        """Yield the reports in input order; what fails is told, counted and left out."""
        for item in load_reports(self._entries, encoding=self._inputs.encoding):
            if isinstance(item, Failure):
                self._log.fail(item.error)
                continue
            tell_reading(item, self._log)
            try:
                yield self._choose(item)
            except UsageError as error:
                error.where = error.where or item.source.path
                self._log.fail(error)

    def extract(self, report: Report) -> tuple[Metric, ...]:
        """Return the metrics of a report, having told which rules were skipped."""
        extraction = extract_metrics(report, self._engine)
        for note in extraction.notes:
            self._log.lack(DReportError(note, where=report.source.path))
        return extraction.metrics

    def finish(self, *, found: bool) -> ExitCode:
        """Return the exit code of the run."""
        return self._log.finish(found=found, inputs=len(self._entries))

    def _choose(self, report: Report) -> Chosen:
        wanted: Sequence[str] = self._inputs.section or ()
        if not wanted:
            return Chosen(report, None)
        selection = select_sections(report, wanted)
        if selection.note:
            self._log.note(f"{report.source.path}: {selection.note}")
        return Chosen(report, selection.sections)


def near(path: str, folder: Path) -> str:
    """Return a path below `folder` as seen from there, so that output does not tell where that is."""
    place = Path(path)
    return str(place.relative_to(folder)) if place.is_absolute() and place.is_relative_to(folder) else path


def read_settings(config: str | None, log: Log, *, examples: bool = False) -> Settings:
    """Return the settings in force and tell, with `--verbose`, the files they came from.

    The rules come with their examples only where asked: the compiled packs leave them out.
    """
    settings = load_settings(config, cwd=Path(), environ=os.environ, examples=examples)
    log.detail(f"config: {settings.path} ({settings.origin})")
    for path in settings.files:
        if str(path) != str(settings.path):
            log.detail(f"config: {path}")
    return settings


def tell_reading(report: Report, log: Log) -> None:
    """Tell how a report was read: its encoding, what was cut, and that it holds its body twice."""
    source = report.source
    log.detail(f"{source.path}: {source.encoding}, {source.encoding_reason}")
    for cut in report.cuts:
        lines = len(report.text[cut.start : cut.end].splitlines())
        log.detail(f"{source.path}: cut {cut.reason}: {lines} lines, {cut.end - cut.start} characters")
    for duplicate in report.duplicates:
        size = duplicate.end - duplicate.start
        log.note(f"{source.path}: holds its body again at {duplicate.start} ({size} characters), read once")
