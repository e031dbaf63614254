"""Reading one input into decoded texts, whatever its format."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dalian_report.errors import SourceError
from dalian_report.model import Source
from dalian_report.sources.encoding import decode
from dalian_report.sources.formats import find_format
from dalian_report.sources.limits import MAX_BYTES, MIB, Budget, work_time
from dalian_report.sources.places import PIPE, STDIN, source_name, special_file, split_path
from dalian_report.sources.source import Found, ReadOptions, checked, new_source

_HANDED_OVER = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


def read_each(path: str, options: ReadOptions | None = None) -> Iterator[Source | SourceError]:
    """Yield the reports in the file at `path` in order; `-` reads standard input.

    A table has a report a row and a zip file one an entry, each under a path of its own (`all.csv#2`,
    `all.zip#a.txt`), which can be given in place of the file's. One of them that cannot be read is a
    SourceError in its place. The format goes by the content. Raises SourceError, EncodingError or
    NoReportError where the whole file cannot be read.
    """
    yield from read_within(read_file(split_path(path)[0]), path, options)


def read_within(data: bytes, path: str, options: ReadOptions | None = None) -> Iterator[Source | SourceError]:
    """Yield the reports at a path in the bytes of its file: all of them, or those at the place after `#`."""
    file, inside = split_path(path)
    if not inside:
        yield from read_bytes(data, file, options)
        return
    found = exact = False
    for item in read_bytes(data, file, options):
        if _is_inside(path, item, exact=exact):
            exact = exact or _place(item) == path
            found = True
            yield item
    if not found:
        raise SourceError(f"nothing at {inside!r} in it that can be read", where=source_name(file))


def read_sources(path: str, *, encoding: str | None = None) -> list[Source]:
    """Return the reports in the file at `path`; `-` reads standard input.

    `encoding` overrides the detection for plain text. Raises SourceError or EncodingError with one clear
    line, also for one report among several that cannot be read: `read_each` goes on behind it.
    """
    sources = []
    for item in read_each(path, ReadOptions(encoding=encoding)):
        if isinstance(item, SourceError):
            raise item
        sources.append(item)
    return sources


def read_bytes(
    data: bytes, path: str, options: ReadOptions | None = None, budget: Budget | None = None
) -> Iterator[Source | SourceError]:
    """Yield the reports in some bytes, as `read_each` does; `path` names them.

    What they may cost is drawn from the `budget` of the file that they are packed in, if any. What is done
    with a report before the next is asked for costs nothing.
    """
    if budget is not None:
        yield from _reports_in(data, path, options or ReadOptions(), budget)
        return
    own = Budget(source_name(path), len(data))
    for report in _reports_in(data, path, options or ReadOptions(), own):
        given = work_time()
        yield report
        own.forgive(work_time() - given)


def _reports_in(
    data: bytes, path: str, options: ReadOptions, budget: Budget
) -> Iterator[Source | SourceError]:
    if not data:
        raise SourceError("empty" if path == STDIN else "empty file", where=source_name(path))
    form = find_format(data, path)
    match form.format:
        case "text":
            decoded = decode(data, path=source_name(path), encoding=options.encoding)
            told, found = (decoded.encoding, decoded.reason), None
            if decoded.text.startswith("---"):
                from dalian_report.sources.frontmatter import find_front_matter

                front = find_front_matter(decoded.text)
                found = Found(front.stated) if front else None
            yield checked(new_source(decoded.text, path, form.name, decoded=told, found=found))
        case "zip":
            from dalian_report.sources.packages import read_package

            yield from read_package(data, path, options, budget)
        case "pdf":
            from dalian_report.sources.pdf import read_pdf

            yield checked(read_pdf(data, path))
        case "html" | "mhtml":
            from dalian_report.sources.web import read_mhtml, read_page

            read = read_page if form.format == "html" else read_mhtml
            yield checked(read(data, path, options))
        case "delimited":
            from dalian_report.sources.tables import read_delimited

            yield from read_delimited(data, path, form.name, options, budget)
        case "json":
            from dalian_report.sources.tables import read_json

            yield from read_json(data, path, options, budget)


def make_source(text: str, path: str = STDIN) -> Source:
    """Return a text at hand as a source, for the API and for tests."""
    form = Path(path).suffix.lower().removeprefix(".") or "txt"
    return new_source(text, path, form, decoded=("utf-8", "given as text"))


def read_file(path: str) -> bytes:
    """Return the bytes of a file or of standard input, at most `MAX_BYTES`; raises SourceError."""
    try:
        if path == STDIN:
            data = _standard_input().read(MAX_BYTES + 1)
        else:
            _refuse_special(path)
            with Path(path).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise SourceError("no such file", where=source_name(path)) from error
    except IsADirectoryError as error:
        raise SourceError("a folder, not a file", where=source_name(path)) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise SourceError("cannot be read", where=source_name(path), why=why) from error
    if len(data) > MAX_BYTES:
        raise SourceError("too large", where=source_name(path), why=f"more than {MAX_BYTES // MIB} MiB")
    return data


def _refuse_special(path: str) -> None:
    """Raise SourceError for a pipe, device or socket: reading it may wait for ever.

    What the shell hands over, such as `<(curl ...)`, is under /dev/fd and ends as standard input does.
    """
    what = special_file(Path(path).stat().st_mode)
    if what and not path.startswith(_HANDED_OVER):
        remedy = f"Read what comes out of it: dreport show - < {path}" if what == PIPE else ""
        raise SourceError(what, where=path, remedy=remedy)


def _is_inside(path: str, item: Source | SourceError, *, exact: bool) -> bool:
    """Tell whether an item is the one at a path, or, but for an `exact` one, inside it."""
    own = _place(item)
    path = path if isinstance(item, Source) else source_name(path)
    return own == path or (not exact and own.startswith(f"{path}#"))


def _place(item: Source | SourceError) -> str:
    """Return the path of an item; an error tells it by its `where`."""
    return item.path if isinstance(item, Source) else item.where


def _standard_input() -> BinaryIO:
    """Return standard input as bytes; raises SourceError where the shell has closed it or it is no file."""
    stream: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise SourceError("closed", where=source_name(STDIN), remedy="Name a file.")
    return stream
