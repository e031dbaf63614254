"""Many inputs: what to read, and one report or one named failure for each, in order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from dalian_report.config import ReportEntry
from dalian_report.document import build_report
from dalian_report.errors import DReportError, InternalError, SourceError
from dalian_report.model import Report, Source
from dalian_report.sources import (
    ReadOptions,
    Skipped,
    file_of,
    locate,
    read_each,
    read_within,
    real_path,
    source_name,
)

__all__ = [
    "Failure",
    "LoadOptions",
    "Plan",
    "attempt",
    "load_bytes",
    "load_entry",
    "load_reports",
    "plan_inputs",
]

Answer = TypeVar("Answer")
Takes = Callable[[str], bool]


class Failure(NamedTuple):
    """An input that gave no report: the path as given and the error that says why."""

    path: str
    error: DReportError


class LoadOptions(NamedTuple):
    """How inputs become reports: how they are read, whether repaired, whether each copy is a report."""

    reading: ReadOptions = ReadOptions()
    normalize: bool = False
    all_copies: bool = False
    takes: Takes | None = None


class Plan(NamedTuple):
    """What to read, in order and each file once, with the folders that failed; and what was skipped."""

    entries: tuple[ReportEntry | Failure, ...]
    skipped: tuple[Skipped, ...]


def plan_inputs(paths: Sequence[str], configured: Sequence[ReportEntry]) -> Plan:
    """Return what to read: the paths or, where there are none, the configured reports.

    Folders and globs become their files. A configured entry's region and year go to every file it names,
    also where that file is asked for by path; of several entries for a file, the one that names the file
    itself comes before those that name a folder. A file that is named twice is read once, where it first
    came.
    """
    if not paths:
        return _expand(configured)
    plan = _expand([ReportEntry(path, None, None) for path in paths])
    telling = [entry for entry in configured if entry.region or entry.year]
    overrides = {
        real_path(entry.path): entry for entry in _expand(telling).entries if isinstance(entry, ReportEntry)
    }
    if not overrides:
        return plan
    return Plan(tuple(_overridden(entry, overrides) for entry in plan.entries), plan.skipped)


def _overridden(entry: ReportEntry | Failure, overrides: dict[str, ReportEntry]) -> ReportEntry | Failure:
    if isinstance(entry, Failure):
        return entry
    known = overrides.get(real_path(entry.path)) or overrides.get(real_path(file_of(entry.path)))
    return ReportEntry(entry.path, known.region, known.year) if known else entry


def _expand(entries: Iterable[ReportEntry]) -> Plan:
    found: dict[str, ReportEntry | Failure] = {}
    skipped: dict[str, Skipped] = {}
    for entry in entries:
        located = locate([entry.path])
        for path in located.paths:
            real = real_path(path)
            found[real] = _joined(found.get(real), ReportEntry(path, entry.region, entry.year), entry.path)
        for error in located.failed:
            found.setdefault(f"{error.where}: {error.what}", Failure(error.where, error))
        skipped.update({item.path: item for item in located.skipped})
    left_out = tuple(item for item in skipped.values() if real_path(item.path) not in found)
    return Plan(tuple(found.values()), left_out)


def _joined(known: ReportEntry | Failure | None, new: ReportEntry, named: str) -> ReportEntry:
    """Return one entry for a file from what is known of it and a further entry, which names `named`."""
    if not isinstance(known, ReportEntry):
        return new
    first, second = (new, known) if new.path == named else (known, new)
    return ReportEntry(known.path, first.region or second.region, first.year or second.year)


def load_reports(
    entries: Iterable[ReportEntry | Failure], options: LoadOptions | None = None
) -> Iterator[Report | Failure]:
    """Yield the reports of every input in input order; one that cannot be read is a `Failure` in its place.

    Lazy: one input is read at a time, so memory does not grow with their number. Texts that `takes` refuses
    are passed over, before their layout is looked at.
    """
    for entry in entries:
        if isinstance(entry, Failure):
            yield entry
        else:
            yield from load_entry(entry, options)


def load_entry(entry: ReportEntry, options: LoadOptions | None = None) -> Iterator[Report | Failure]:
    """Yield the reports of one input, or the failure that kept it or one of them from being read.

    A file may hold several reports. Pure of all but the file, so that a pool can run it anywhere.
    """
    options = options or LoadOptions()
    yield from _built(read_each(entry.path, options.reading), entry, options)


def load_bytes(data: bytes, entry: ReportEntry, options: LoadOptions) -> Iterator[Report | Failure]:
    """Yield the reports in some bytes that are at hand, as `load_entry` does for a file."""
    yield from _built(read_within(data, entry.path, options.reading), entry, options)


def _built(
    items: Iterator[Source | SourceError], entry: ReportEntry, options: LoadOptions
) -> Iterator[Report | Failure]:
    """Yield the reports of sources, and a failure for each that gives none; one may end the rest."""
    while True:
        try:
            item = attempt(lambda: next(items, None), path=entry.path)
        except DReportError as error:
            yield Failure(entry.path, error)
            return
        if item is None or isinstance(item, Failure):
            if item is not None:
                yield item
            return
        if isinstance(item, SourceError):
            yield Failure(item.where or entry.path, item)
            continue
        built = attempt(lambda source=item: _build(source, entry, options), path=item.path)  # type: ignore[misc]
        yield from [built] if isinstance(built, Failure) else built


def _build(source: Source, entry: ReportEntry, options: LoadOptions) -> list[Report]:
    """Return the report of a source and, where asked for, of each further copy; none of a text not taken."""
    if options.normalize:
        from dalian_report.document.repair import repair

        source = repair(source)
    if options.takes is not None and not options.takes(source.text):
        return []
    report = build_report(source, region=entry.region, year=entry.year)
    if not options.all_copies:
        return [report]
    copies = [
        build_report(source, region=entry.region, year=entry.year, within=copy) for copy in report.duplicates
    ]
    return [report, *copies]


def attempt(work: Callable[[], Answer], *, path: str) -> Answer | Failure:
    """Return what `work` over one input gives; an error that none of us foresaw is a `Failure` of `path`.

    Errors that a user can act on (DReportError) are raised as they are.
    """
    try:
        return work()
    except DReportError:
        raise
    except Exception as error:  # a fault of ours in one report must not cost the user all the others
        told = InternalError(
            "internal error",
            where=source_name(path),
            why=f"{type(error).__name__}: {error}",
            remedy="Please report it, with what --verbose adds.",
        )
        told.__cause__ = error
        return Failure(path, told)
