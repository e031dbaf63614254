"""`dreport verify`: records against their source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from dalian_report.document.repair import repair
from dalian_report.errors import DReportError, ExitCode, SourceError, UsageError, counted
from dalian_report.explore import Check, Readings, check_record, fault_of, read_anew
from dalian_report.model import Source
from dalian_report.sources import file_of, read_records, read_sources, source_name
from dalian_report.views import record_keys
from dalian_report.views.evidence import check_table

from .log import Log
from .options import Writing, command
from .output import answer


class Records(NamedTuple):
    """Which records, and where their sources are."""

    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="Records as json or jsonl; - for standard input.", show_default=False
        ),
    ]
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            metavar="PATH",
            help="The report that they came from, or the folder that it lies in now.",
            show_default=False,
        ),
    ] = None
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding", metavar="NAME", help="Encoding of the sources: gb18030, big5, …", show_default=False
        ),
    ] = None
    normalize: Annotated[
        bool, typer.Option("--normalize", help="The records came from the view of --normalize.")
    ] = False


@command
def verify(log: Log, records: Records, writing: Writing) -> ExitCode:
    """Check records.

    Takes what show, with or without --qualitative, and ledger write as json or jsonl. Listed is each record
    that no longer holds, with what is wrong: text_sha256, the text of the source has changed; span, it has
    something else at start to end; sentence, that stands elsewhere or nowhere; quote, the sentence does not
    hold the figure at its place; amount, value and unit do not come to it, or the figure in the sentence does
    not. Then the source is read anew, and amount, unit, kind, bound or name is told where the record says
    otherwise, figure where none is read at its place; what a pattern rule named is that rule's, and is not
    compared. Where the sentence stands elsewhere in the source, the new place is told.
    """
    library = Library(records, log)
    checked, failed = 0, 0
    with answer(
        writing, keys=record_keys(Check), inputs=list(records.files), worth=lambda: library.opened
    ) as sink:
        for name in records.files:
            try:
                read = _checkable(name)
            except DReportError as error:
                log.fail(error)
                continue
            done = [
                check_record(record, source, library.readings(source))
                for record, source in library.with_sources(read)
            ]
            checked += len(done)
            wrong = [check for check in done if check is not None]
            failed += len(wrong)
            if wrong:
                sink.add(wrong, partial(check_table, wrong))
    if checked or not log.failed_inputs:
        log.note(f"{counted(checked, 'record')} checked, {failed} {'does' if failed == 1 else 'do'} not hold")
    return log.finish(found=True, bad=failed > 0)


def _checkable(name: str) -> list[dict[str, Any]]:
    """Return the records of a file. Raises SourceError where one of them is no record that can be checked."""
    read = read_records(name)
    for number, record in enumerate(read, 1):
        fault = fault_of(record)
        if fault:
            raise SourceError(
                f"record {number} cannot be checked",
                where=source_name(name),
                why=fault,
                remedy="Give what dreport show or dreport ledger wrote as json or jsonl.",
            )
    return read


class Library:
    """The sources of the records, each read once; one that cannot be read is told once."""

    def __init__(self, records: Records, log: Log) -> None:
        self._place = records.source
        self._encoding = records.encoding
        self._normalize = records.normalize
        self._log = log
        self._shelf: dict[str, list[Source]] = {}
        self._originals: dict[str, list[Source]] = {}  # as the files are, not normalized
        self._told: set[str] = set()
        self._readings: dict[str, Readings] = {}

    @property
    def opened(self) -> bool:
        """Whether any source could be read."""
        return any(self._shelf.values())

    def with_sources(self, records: list[dict[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Source]]:
        """Yield the records whose source can be read, each with it."""
        for record in records:
            path = record["source"]
            if path not in self._shelf:
                self._shelf[path] = self._read(path)
            sources = self._shelf[path]
            same = next((one for one in sources if one.text_sha256 == record["text_sha256"]), None)
            if sources and same is None:
                self._tell_view(path, record["text_sha256"])
            if sources:
                yield record, same or sources[0]

    def _tell_view(self, path: str, text_sha256: str) -> None:
        """Tell once for each source where the records came from its other view."""
        if path in self._told:
            return
        self._told.add(path)
        own = self._originals[path]
        others = own if self._normalize else map(repair, own)
        if not any(one.text_sha256 == text_sha256 for one in others):
            return
        name = source_name(path)
        if self._normalize:
            self._log.note(f"{name}: the records came from another view; leave out --normalize")
        else:
            self._log.note(f"{name}: the records came from another view; add --normalize")

    def readings(self, source: Source) -> Readings:
        """Return what a source gives when it is read anew, which is done once, however records are sorted."""
        if source.text_sha256 not in self._readings:
            self._readings[source.text_sha256] = read_anew(source)
        return self._readings[source.text_sha256]

    def _read(self, path: str) -> list[Source]:
        try:
            sources = read_sources(self._found(path), encoding=self._encoding)
        except DReportError as error:
            if isinstance(error, SourceError) and self._place is None:
                error.remedy = error.remedy or "If it has moved, say where it is: --source PATH."
            self._log.fail(error)
            return []
        self._originals[path] = sources
        return list(map(repair, sources)) if self._normalize else sources

    def _found(self, path: str) -> str:
        """Return where a source lies now; raises SourceError for one that came through a pipe."""
        if self._place is None:
            if path == "-":
                raise SourceError(
                    "the source came through standard input",
                    where="records",
                    remedy="Name it: --source PATH.",
                )
            return path
        place = Path(self._place)
        if not place.exists():
            raise UsageError("no such file or folder", where=self._place)
        if not place.is_dir():
            return self._place
        whole = place / path
        if not Path(path).is_absolute() and Path(file_of(str(whole))).is_file():
            return str(whole)
        if (place / Path(path).name).is_file():
            return str(place / Path(path).name)
        file, sign, inside = path.partition("#")
        return f"{place / Path(file).name}{sign}{inside}"
