"""From options to reports: settings, inputs, sections, and what is told on stderr on the way."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO, TypeVar

from dalian_report.config import ReportEntry, Settings, lacks_marker, load_settings
from dalian_report.corpus import Failure, LoadOptions, attempt, load_reports, plan_inputs
from dalian_report.document import select_sections
from dalian_report.document.wrapping import find_wraps
from dalian_report.errors import DReportError, ExitCode, NoReportError, UsageError, counted
from dalian_report.indicators import RuleEngine, extract_metrics
from dalian_report.model import Metric, Report, Span
from dalian_report.sources import ROLES, ReadOptions, Skipped, file_of, source_name

from .log import Log
from .options import Inputs, Tables
from .output import width_of

if TYPE_CHECKING:
    from .progress import Progress

Answer = TypeVar("Answer")
_MAX_KINDS = 8


class Chosen(NamedTuple):
    """A report and the sections asked for, as indices into `Report.sections`; None is the whole report."""

    report: Report
    sections: tuple[int, ...] | None

    @property
    def spans(self) -> list[Span] | None:
        """Where the sections lie that were asked for; None is the whole report."""
        if self.sections is None:
            return None
        parts = [self.report.sections[index] for index in self.sections]
        return [Span(part.start, part.end) for part in parts]


class Reading:
    """The reports of one run; go through them once by `each`, then ask `finish` for the exit code."""

    def __init__(self, inputs: Inputs, settings: Settings, log: Log) -> None:
        self._inputs = inputs
        self._log = log
        self._engine = RuleEngine(settings.rules)
        self._settings = settings
        self._answered = 0
        self._seen = 0
        configured = configured_reports(inputs, settings)
        plan = plan_inputs(inputs.paths or (), configured)
        self._entries = plan.entries
        self._skipped = list(plan.skipped)

    @property
    def files(self) -> list[str | Path]:
        """The files that this run reads: reports and configuration."""
        return [*(file_of(entry.path) for entry in self._entries), *self._settings.files]

    def answered(self) -> bool:
        """Return whether at least one report was read and gave its answer, if an empty one."""
        return self._answered > 0

    @property
    def encoding(self) -> str | None:
        """The encoding that was named for all files."""
        return self._inputs.encoding

    def readable(self) -> list[str]:
        """Return the paths of the run, for who reads them alone; those that failed already are told."""
        for entry in self._entries:
            if isinstance(entry, Failure):
                self._log.fail(entry.error)
        return [entry.path for entry in self._entries if not isinstance(entry, Failure)]

    def each(
        self, work: Callable[[Chosen], Answer], *, takes: Callable[[str], bool] | None = None
    ) -> Iterator[tuple[Report, Answer]]:
        """Yield the reports in input order with what `work` gives; what fails is told and counted.

        Reports whose text `takes` refuses count as answered, and are passed over.
        """
        watch = Watch(self._log, len(self._entries))
        try:
            for item in self._load(watch, takes):
                self._seen += 1
                if isinstance(item, Failure) and self._is_passed_over(item):
                    continue
                outcome = item if isinstance(item, Failure) else self._answer(item, work)
                if isinstance(outcome, Failure):
                    self._log.fail(outcome.error)
                else:
                    self._answered += 1
                    watch.hide()
                    yield outcome
        finally:
            watch.stop()

    def _load(self, watch: Watch, takes: Callable[[str], bool] | None) -> Iterator[Report | Failure]:
        options = load_options(self._inputs, self._skipped)._replace(takes=takes and self._counted(takes))
        for number, entry in enumerate(self._entries, 1):
            watch.at(number, entry.path)
            loaded = False
            for item in load_reports([entry], options):
                loaded = True
                yield item
            self._answered += not loaded  # read, and passed over

    def _counted(self, takes: Callable[[str], bool]) -> Callable[[str], bool]:
        """Return `takes`, having it count the reports that it refuses as seen."""

        def take(text: str) -> bool:
            taken = takes(text)
            self._seen += not taken
            return taken

        return take

    def _is_passed_over(self, failure: Failure) -> bool:
        """Tell of a file without a report, such as another table; it is a failure only where it was named."""
        if not isinstance(failure.error, NoReportError) or failure.path in (self._inputs.paths or ()):
            return False
        self._log.note(f"skipped: {failure.error.line()}")
        return True

    def _answer(self, report: Report, work: Callable[[Chosen], Answer]) -> tuple[Report, Answer] | Failure:
        path = report.source.path
        tell_reading(report, self._log)
        try:
            chosen = attempt(lambda: self._choose(report), path=path)
        except UsageError as error:
            error.where = error.where or source_name(path)
            return Failure(path, error)
        if isinstance(chosen, Failure):
            return chosen
        return attempt(lambda: (report, work(chosen)), path=path)

    def extract(self, chosen: Chosen, *, qualitative: bool = False) -> tuple[Metric, ...]:
        """Return the metrics of what was asked for, having told which rules were skipped."""
        report = chosen.report
        extraction = extract_metrics(report, self._engine, qualitative=qualitative, within=chosen.spans)
        for note in extraction.notes:
            self._log.lack(DReportError(note, where=source_name(report.source.path)))
        return extraction.metrics

    def count_words(self) -> Counter[str]:
        """Return how often the reports, or the sections asked for, have each telling word."""
        from dalian_report.explore.search import areas_of
        from dalian_report.explore.words import telling_words

        counts: Counter[str] = Counter()
        words = self._settings.words

        def work(chosen: Chosen) -> Counter[str]:
            spans = areas_of(chosen.report, chosen.sections)
            return Counter(word.text for word in telling_words(chosen.report, spans, words))

        for _, found in self.each(work):
            counts += found
        return counts

    def beside(self, paths: Sequence[str]) -> Reading:
        """Return the reading of other reports, as a whole, under the same settings."""
        return Reading(self._inputs._replace(paths=list(paths), section=None), self._settings, self._log)

    @property
    def total(self) -> int:
        """The number of inputs, of which each report in a table or a zip file is one."""
        return max(self._seen, len(self._entries))

    def finish(self, *, found: bool) -> ExitCode:
        """Return the exit code of the run, having told what was left out."""
        self.tell_skipped()
        return self._log.finish(found=found, inputs=self.total)

    def tell_skipped(self) -> None:
        """Tell what was left out of folders and zip files."""
        tell_skipped(self._skipped, self._log)

    def _choose(self, report: Report) -> Chosen:
        wanted: Sequence[str] = self._inputs.section or ()
        if not wanted:
            return Chosen(report, None)
        selection = select_sections(report, wanted)
        if selection.note:
            self._log.note(f"{source_name(report.source.path)}: {selection.note}")
        return Chosen(report, selection.sections)


def configured_reports(inputs: Inputs, settings: Settings) -> list[ReportEntry]:
    """Return the configured reports; raises UsageError where there are none and none is named."""
    configured = [entry._replace(path=near(entry.path, Path.cwd())) for entry in settings.reports]
    if not inputs.paths and not configured:
        raise UsageError("no report named and none configured", remedy="Name a file, or run: dreport init.")
    return configured


def tell_skipped(skipped: Sequence[Skipped], log: Log) -> None:
    """Tell how many files were left out that may be reports; with `--verbose` each file, and why."""
    for path, why in skipped:
        log.detail(f"{path}: skipped, {log.say(why)}")
    kinds = Counter(item.kind for item in skipped if item.may_be_report)
    if kinds and not log.verbose:
        told = ", ".join(f"{log.say(kind)}: {count}" for kind, count in kinds.most_common(_MAX_KINDS))
        more = ", …" if len(kinds) > _MAX_KINDS else ""
        log.note(f"{counted(kinds.total(), 'file')} skipped ({told}{more}); -v names them")


def load_options(inputs: Inputs, skipped: list[Skipped] | None = None) -> LoadOptions:
    """Return how inputs are to be read, and where to add what is `skipped` of zip files.

    Raises UsageError for a `--column` that says nothing.
    """
    reading = table_columns(inputs)._replace(skipped=skipped)
    return LoadOptions(reading, normalize=inputs.normalize, all_copies=inputs.all_copies)


def table_columns(options: Inputs | Tables) -> ReadOptions:
    """Return the encoding and the columns that the options name; raises UsageError for a wrong `--column`."""
    columns = []
    for item in options.column or ():
        role, sign, name = item.partition("=")
        if not sign or role not in ROLES or not name:
            raise UsageError(f"--column {item}: not ROLE=NAME", remedy=f"ROLE is one of {', '.join(ROLES)}.")
        columns.append((role, name))
    return ReadOptions(encoding=options.encoding, columns=tuple(columns))


class Watch:
    """The progress of a run over its inputs."""

    def __init__(self, log: Log, total: int) -> None:
        self._log, self._total = log, total
        log.progress = progress_on_stderr(quiet=log.quiet)

    def at(self, number: int, path: str) -> None:
        """Say which input is being read."""
        if self._log.progress is not None:
            self._log.progress.at(f"{number}/{self._total} {source_name(path)}")

    def hide(self) -> None:
        """Clear the line where the answer is written next to the same terminal."""
        if self._log.progress is not None and sys.stdout is not None and sys.stdout.isatty():
            self._log.progress.hide()

    def stop(self) -> None:
        """End the line."""
        if self._log.progress is not None:
            self._log.progress.stop()


def progress_on_stderr(*, quiet: bool) -> Progress | None:
    """Return the progress line; None where stderr is no terminal or nothing is to be said there."""
    stream: TextIO | None = sys.stderr
    if quiet or stream is None or not stream.isatty():
        return None
    from .progress import Progress

    return Progress(stream, columns=width_of(stream) or 80)


def near(path: str, folder: Path) -> str:
    """Return a path below `folder` as seen from there, so that output does not tell where that is."""
    place = Path(path)
    return str(place.relative_to(folder)) if place.is_absolute() and place.is_relative_to(folder) else path


def read_settings(config: str | None, log: Log, *, examples: bool = False, tell: bool = True) -> Settings:
    """Return the settings in force and tell, with `--verbose`, the files they came from.

    The rules come with their examples only where asked: the compiled packs leave them out.
    Rules with faults are left out and told, unless the caller does; the run then ends with exit 2.
    """
    settings = load_settings(config, cwd=Path(), environ=os.environ, examples=examples, lenient=True)
    if settings.faults and tell:
        from dalian_report.config.faults import faults_error

        log.lack(faults_error(settings.faults, str(settings.path)))
        log.note("the rules named are left out")
    log.detail(f"config: {settings.path} ({settings.origin})")
    if settings.origin in ("user folder", "shipped") and lacks_marker(Path()):
        log.note("config.yaml: not read, since it has no line dreport: 1")
    if log.verbose:
        from dalian_report.views.titles import by_folder

        for line in by_folder([str(path) for path in settings.files if path != settings.path]):
            log.detail(f"config: {line}")
    return settings


def tell_engine(log: Log) -> None:
    """Tell, with `--verbose`, what segments text into words, and why."""
    if log.verbose:
        from dalian_report.explore.segmenting import chosen_engine

        choice = chosen_engine()
        log.detail(f"words: {choice.engine}, {choice.reason}")


def tell_reading(report: Report, log: Log) -> None:
    """Tell how a report was read: its encoding, what was cut, and that it holds its body twice."""
    source, name = report.source, source_name(report.source.path)
    log.detail(f"{name}: {source.encoding}, {source.encoding_reason}")
    for dropped in source.dropped:
        log.detail(f"{name}: left out {dropped}")
    for lack in source.lacks:
        log.note(f"{name}: {lack}")
    if source.repairs:
        log.note(f"{name}: {counted(len(source.repairs), 'repair')} by --normalize")
    elif wraps := len(list(find_wraps(source.text))):
        log.note(f"{name}: {counted(wraps, 'line')} cut within sentences; --normalize joins them")
    for cut in report.cuts:
        lines, chars = len(report.text[cut.start : cut.end].splitlines()), cut.end - cut.start
        log.detail(f"{name}: cut {cut.reason}: {counted(lines, 'line')}, {counted(chars, 'character')}")
    for duplicate in report.duplicates:
        size = duplicate.end - duplicate.start
        log.note(f"{name}: holds its body again at {duplicate.start} ({size} characters), read once")
