"""Zip files: the Office formats among them, and those that hold other files, which are never written out."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePosixPath

from dalian_report.errors import DReportError, NoReportError, SourceError
from dalian_report.model import Source
from dalian_report.sources.archive import open_archive, read_part
from dalian_report.sources.limits import MAX_NESTING, Budget, OverBudget
from dalian_report.sources.places import has_known_suffix, inside, left_out, source_name
from dalian_report.sources.reading import read_bytes
from dalian_report.sources.source import ReadOptions, checked

_UTF8_NAME = 0x800
_OFFICE = "[Content_Types].xml"
_KINDS = (
    ("word/", "word/document.xml", "Word file"),
    ("xl/", "xl/workbook.xml", "Excel workbook"),
    ("OFD.xml", "OFD.xml", "OFD document"),
    ("ppt/", "ppt/presentation.xml", "presentation"),
)


def read_package(
    data: bytes, path: str, options: ReadOptions, budget: Budget
) -> Iterator[Source | SourceError]:
    """Yield the reports in a zip file; what is no report by its suffix is passed over.

    An entry that cannot be read is a SourceError in its place. Raises SourceError for a damaged archive, one
    past the limits or nested too deep, NoReportError for one that holds no file of a known format.
    """
    where = source_name(path)
    archive = open_archive(data, where, budget)
    match _kind(archive.namelist()):
        case "Word file":
            from dalian_report.sources.word import read_word

            yield checked(read_word(archive, path, budget))
        case "Excel workbook":
            from dalian_report.sources.tables import read_workbook

            yield from read_workbook(archive, data, path, options, budget)
        case "OFD document":
            from dalian_report.sources.ofd import read_ofd

            yield checked(read_ofd(archive, path, budget))
        case "presentation":
            raise SourceError("a presentation, which cannot be read", where=where, remedy="Save it as .pdf.")
        case _:
            if budget.nesting >= MAX_NESTING:
                raise SourceError("zip files in zip files", where=where, why=f"deeper than {MAX_NESTING}")
            yield from _entries(archive, path, options, budget)


def _kind(names: Collection[str]) -> str:
    """Return which Office format a zip file is in, "" for one of other files.

    Its main part tells; where that is missing or called otherwise, its folder beside the list of types.
    """
    for folder, part, what in _KINDS:
        if part in names or (_OFFICE in names and any(name.startswith(folder) for name in names)):
            return what
    return ""


def _entries(
    archive: zipfile.ZipFile, path: str, options: ReadOptions, budget: Budget
) -> Iterator[Source | SourceError]:
    """Yield the reports of each entry in the order of their names; `NAME#2` is the second of one name."""
    entries = [entry for entry in archive.infolist() if _is_shown(entry)]
    wanted = [entry for entry in entries if has_known_suffix(_name(entry))]
    if not wanted:
        raise NoReportError(
            "no report that can be read", where=source_name(path), why=f"{len(archive.infolist())} entries"
        )
    if options.skipped is not None:
        names = (_name(entry) for entry in entries)
        options.skipped.extend(left_out(inside(path, name)) for name in names if not has_known_suffix(name))
    for name, entry in _told_apart(wanted):
        own = inside(path, name)
        budget.nesting += 1
        try:
            data = read_part(archive, entry, source_name(own), "entry of a zip file", budget)
            yield from read_bytes(data, own, options, budget)
        except OverBudget:  # what is left would cost more
            raise
        except SourceError as error:
            yield error
        except DReportError as error:
            raise SourceError(error.what, where=error.where, why=error.why, remedy=error.remedy) from error
        finally:
            budget.nesting -= 1


def _told_apart(entries: Sequence[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield entries by their names, each under one that no other has."""
    taken = {_name(entry) for entry in entries}
    last: dict[str, int] = {}
    for entry in sorted(entries, key=_name):
        name = own = _name(entry)
        if name in last:
            while own in taken:
                last[name] += 1
                own = inside(name, str(last[name]))
            taken.add(own)
        last.setdefault(name, 1)
        yield own, entry


def _is_shown(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry is a file, not hidden and none of a system's own."""
    parts = PurePosixPath(_name(entry)).parts
    hidden = any(part.startswith((".", "~$", "__MACOSX")) and part != ".." for part in parts)
    return not hidden and not entry.filename.endswith("/")


def _name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; Windows writes Chinese ones in GBK, which zipfile reads as cp437."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename
