"""`dreport add`: reports from files and web addresses, as clean text with a header."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from dalian_report.config import ReportEntry, Settings
from dalian_report.corpus import Failure, LoadOptions, attempt, load_bytes, plan_inputs
from dalian_report.doctor import diagnose
from dalian_report.document import clean_text
from dalian_report.errors import DReportError, ExitCode, UsageError, counted
from dalian_report.model import Report
from dalian_report.sources import Skipped, file_of, read_file
from dalian_report.sources.fetching import fetch, is_address
from dalian_report.sources.frontmatter import write_front_matter

from .log import Log
from .options import Config, Tables, command
from .output import standard_output
from .reading import near, read_settings, table_columns, tell_skipped
from .wholly import beside, write_to_disk, write_whole

_NO_NAME = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f-\x9f]+')
_MAX_NAME_BYTES = 200
_TEXT_SUFFIXES = (".txt", ".md")


class Origins(NamedTuple):
    """What is added."""

    origins: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|URL...", help="Files, folders, globs, web addresses, - for standard input."
        ),
    ]
    config: Config = None


class Adding(NamedTuple):
    """Where it goes and what it is called."""

    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DIR",
            help="The folder; without it reports/ beside the configuration in force.",
            show_default=False,
        ),
    ] = None
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="Name of the file, for one report.", show_default=False),
    ] = None
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="Title of the report.", show_default=False)
    ] = None
    region: Annotated[
        str | None,
        typer.Option("--region", metavar="NAME", help="Region that it is of.", show_default=False),
    ] = None
    year: Annotated[
        int | None,
        typer.Option(
            "--year", metavar="YEAR", help="Year that it reviews.", min=1949, max=2100, show_default=False
        ),
    ] = None
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False


class Added(NamedTuple):
    """A report to be written: its text with the header, and the name of its file."""

    name: str
    content: str


@command
def add(log: Log, origins: Origins, tables: Tables, adding: Adding) -> ExitCode:
    """Add reports.

    Each report becomes one UTF-8 file, REGION-YEAR.txt with the year that it reviews: a header with title,
    region, date, source and sha256 (of the text below it), then the text without page furniture and second
    copies. A file that is there is never replaced without --force. What the doctor finds wrong is told; exit
    1 where that is an error.
    """
    settings = read_settings(origins.config, log)
    folder = Path(adding.to) if adding.to is not None else reports_folder(settings)
    if folder.exists() and not folder.is_dir():
        raise UsageError("is a file, not a folder", where=str(folder))
    if adding.name is not None:
        _check_name(adding.name)
    skipped: list[Skipped] = []
    options = LoadOptions(table_columns(tables)._replace(skipped=skipped), normalize=tables.normalize)
    configured = [entry._replace(path=near(entry.path, Path.cwd())) for entry in settings.reports]
    added = count = 0
    bad = False
    for entry in _expanded(origins.origins, configured, skipped):
        for item in [entry] if isinstance(entry, Failure) else _load(entry, options, adding):
            count += 1
            try:
                if isinstance(item, Failure):
                    raise item.error
                if adding.name is not None and added:
                    raise UsageError(
                        "--name is for one report", remedy="Give one report, or leave the names to dreport."
                    )
                bad |= _store(item, folder, adding, log)
                added += 1
            except DReportError as error:
                log.fail(error)
    tell_skipped(skipped, log)
    if added:
        log.note(f"{counted(added, 'report')} in {folder}")
    return log.finish(found=bool(added), inputs=count, bad=bad)


def reports_folder(settings: Settings) -> Path:
    """Return reports/ beside the configuration in force; in the current folder where that is shipped."""
    if settings.origin == "shipped":
        return Path("reports")
    return Path(near(str(Path(settings.path).absolute().parent / "reports"), Path.cwd()))


def _expanded(
    origins: list[str], configured: Sequence[ReportEntry], skipped: list[Skipped]
) -> Iterator[ReportEntry | Failure]:
    """Yield web addresses as they are, and the files that paths name with what is configured for them.

    What is left out of folders is added to `skipped`.
    """
    for origin in origins:
        if is_address(origin):
            yield ReportEntry(origin, None, None)
            continue
        plan = plan_inputs([origin], configured)
        skipped += plan.skipped
        yield from plan.entries


def _load(entry: ReportEntry, options: LoadOptions, adding: Adding) -> Iterator[Report | Failure]:
    """Yield the reports at an address or in a file."""
    entry = entry._replace(region=adding.region or entry.region, year=adding.year or entry.year)
    try:
        if is_address(entry.path):
            data, charset, address = fetch(entry.path)
            options = options._replace(reading=options.reading._replace(charset=charset))
            entry = entry._replace(path=address.partition("#")[0])
        else:
            data = read_file(file_of(entry.path))
    except DReportError as error:
        yield Failure(entry.path, error)
        return
    yield from load_bytes(data, entry, options)


def _store(report: Report, folder: Path, adding: Adding, log: Log) -> bool:
    """Write a report to the folder, say where, and return whether the doctor finds an error in it.

    Raises UsageError where something else is there.
    """
    added = attempt(lambda: render(report, adding), path=report.source.path)
    if isinstance(added, Failure):
        raise added.error
    path = folder / added.name
    content = added.content.encode("utf-8")
    if path.is_file() and _same(path, content):
        log.note(f"{path}: there already, unchanged")
    else:
        write_new(path, content, force=adding.force)
    standard_output().write(f"{path.as_posix()}\n")
    diagnosis = diagnose(_as_written(report))
    for finding in diagnosis.findings:
        if finding.severity != "info" and finding.code not in ("body-twice", "format"):
            log.note(f"{path}: {finding.severity} {finding.code}: {finding.message}")
    for lack in report.source.lacks:
        log.note(f"{path}: {lack}")
    return diagnosis.verdict == "bad"


def _as_written(report: Report) -> Report:
    """Return a report as its file states it: a year that was given stands in the header."""
    if report.year_source != "config":
        return report
    stated = report.source.stated._replace(year=report.year)
    return report._replace(source=report.source._replace(stated=stated))


def render(report: Report, adding: Adding) -> Added:
    """Return a report as the text of its file, and the name of that."""
    text = clean_text(report)
    source = report.source
    header = write_front_matter(
        {
            "title": adding.title or report.title,
            "region": adding.region or report.region or "",
            "date": report.date or "",
            "year": str(report.year) if report.year_source == "config" else "",
            "source": source.path if is_address(source.path) else _origin(report),
            "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
        }
    )
    name = adding.name if adding.name is not None else _name(report, adding)
    return Added(name if name.lower().endswith(_TEXT_SUFFIXES) else f"{name}.txt", header + text)


def _check_name(name: str) -> None:
    """Raise UsageError for a name that is a path, hidden, too long or none that every system takes."""
    if (
        not name.strip()
        or name.startswith(".")
        or re.search(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f]', name)
        or len(name.encode("utf-8", "backslashreplace")) > _MAX_NAME_BYTES
    ):
        raise UsageError(
            "no plain name of a file", where="--name", remedy="Give a name without / and a folder with --to."
        )


def _origin(report: Report) -> str:
    """Return where a report came from: the address that its file states, else the file's name."""
    path = report.source.path
    file = file_of(path)
    named = "standard input" if path == "-" else Path(file).name + path.removeprefix(file)
    return report.source.stated.origin or named


def _name(report: Report, adding: Adding) -> str:
    """Return REGION-YEAR, or the name of the file it came from where those are not known."""
    if report.region and report.year:
        words = f"{report.region}-{report.year}"
    else:
        words = adding.title or report.title or Path(report.source.path.rpartition("/")[2]).stem
    name = _NO_NAME.sub("_", words).strip("._") or "report"
    while len(name.encode("utf-8", "backslashreplace")) > _MAX_NAME_BYTES:
        name = name[:-1]
    return name


def _same(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def write_new(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file that is there whole or not at all; raises UsageError where one is there already.

    Without `force` the last step is a link, which fails where another process was quicker.
    """
    try:
        if force:
            write_whole(path, content)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside(path) as spare:
            write_to_disk(spare, content)
            _place(spare, path)
    except OSError as error:
        raise UsageError("cannot be written", where=str(path), why=error.strerror or str(error)) from error


def _place(spare: Path, path: Path) -> None:
    """Give a written file its name; raises UsageError where there is one of that name."""
    try:
        os.link(spare, path)
    except FileExistsError:
        raise _taken(path) from None
    except OSError:  # a file system without links
        if path.exists():
            raise _taken(path) from None
        spare.rename(path)


def _taken(path: Path) -> UsageError:
    return UsageError(
        "there already", where=str(path), remedy="Replace it with --force, or name another: --name."
    )
