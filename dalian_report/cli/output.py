"""Where the answer goes: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, TextIO

from dalian_report.errors import UsageError
from dalian_report.views import Format, Look, Sink, SvgSink, open_sink

from .options import Writing
from .wholly import beside

_BYTE_ORDER_MARK = "\ufeff"
_PICTURE_COLUMNS = 100  # of a picture whose width is not named
# Formats that spreadsheets open, which take UTF-8 without a mark for the local encoding.
_MARKED: tuple[Format, ...] = ("csv", "tsv")


@contextmanager
def answer(
    writing: Writing,
    *,
    keys: Sequence[str],
    inputs: Iterable[str | Path],
    worth: Callable[[], object] = lambda: True,
) -> Iterator[Sink]:
    """Give the sink that the options ask for, and close it when the block ends.

    A file is written beside its place and moved there at the end, so a failed run leaves the old one, and
    so does one of which `worth` says at the end that it gave no answer. An empty answer is one, but not for
    a picture, which would show nothing. On standard output the format is brought to its end also where the
    run fails, so that JSON stays JSON.
    Raises UsageError where the file cannot be written, or is one of the `inputs`.
    """
    name: Format = "json" if writing.json else writing.format
    output = _picture(writing) or writing.output
    if output is None or output == "-":
        with _screen(writing, name) as stream:
            yield from _closed(open_sink(name, stream, keys=keys, look=_look(writing, stream)))
        return
    refuse_input(output, inputs)
    with suppress(_NoAnswer), written_file(output) as stream:
        if name in _MARKED:
            stream.write(_BYTE_ORDER_MARK)
        look = _look(writing, stream)
        sink = (
            SvgSink(stream, look, writing.theme)
            if writing.svg
            else open_sink(name, stream, keys=keys, look=look)
        )
        yield sink
        if not worth() or (isinstance(sink, SvgSink) and sink.is_empty):
            raise _NoAnswer
        sink.close()


def _picture(writing: Writing) -> str | None:
    """Return the file to draw to; raises UsageError where the answer is asked for in another form too."""
    if writing.svg and (writing.output or writing.json or writing.format != "table"):
        raise UsageError(
            "--svg draws the table, and nothing else is written", remedy="Leave out -f, --json and -o."
        )
    return writing.svg


def _look(writing: Writing, stream: TextIO) -> Look:
    """Return how tables look on a stream."""
    in_file = writing.output not in (None, "-")
    color = writing.color == "always" if in_file else wants_color(writing.color, stream, os.environ)
    return Look(table_width(writing), color, writing.lang or "en", stream.isatty())


def table_width(writing: Writing) -> int | None:
    """Return the width of the tables of an answer; None where every row stays whole."""
    if writing.columns or writing.svg:
        return writing.columns or _PICTURE_COLUMNS
    on_screen = writing.output in (None, "-") and sys.stdout is not None
    return width_of(sys.stdout) if on_screen else None


@contextmanager
def _screen(writing: Writing, name: Format) -> Iterator[TextIO]:
    """Give standard output; on a terminal with a pager, a table that is longer than the screen goes there."""
    stream = standard_output()
    pager = os.environ.get("PAGER", "").strip()
    if name != "table" or not pager or not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield stream
        return
    from .paging import paged

    with paged(stream, rows=_rows(stream), pager=pager, environ=os.environ) as stream:
        yield stream


def _rows(stream: TextIO) -> int:
    lines = os.environ.get("LINES", "")
    if lines.isdecimal() and int(lines):
        return int(lines)
    try:
        return os.get_terminal_size(stream.fileno()).lines or 24
    except OSError:
        return 24


def _closed(sink: Sink) -> Iterator[Sink]:
    """Give a sink, and end its format also where the run fails, unless nothing can be written any more."""
    try:
        yield sink
    except OSError:
        raise
    except Exception:
        sink.close()
        raise
    sink.close()


class _NoAnswer(Exception):
    """Every input failed, or there is nothing to draw: the file stays as it is."""


def refuse_input(output: str, inputs: Iterable[str | Path]) -> None:
    """Raise UsageError where the file to write is one of those that are read."""
    target = os.path.realpath(output)
    if Path(target).is_file() and target in map(os.path.realpath, inputs):
        raise UsageError(
            "is one of the inputs, which it would replace", where=output, remedy="Name another file."
        )


def standard_output() -> TextIO:
    """Return standard output; raises UsageError where the shell has closed it."""
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise UsageError("standard output is closed", remedy="Name a file: -o FILE.")
    return stream


def wants_color(choice: str, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Return whether to colour: `--color`, then a non-empty NO_COLOR, then whether this is a terminal."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def width_of(stream: TextIO) -> int | None:
    """Return the width to fold tables to; None off a terminal, where every row stays whole."""
    if not stream.isatty():
        return None
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except OSError:
        return 80


def write_text(text: str, output: str | None, inputs: Iterable[str | Path] = ()) -> None:
    """Write text to standard output, or to the file of `-o`, which must not be one of the inputs."""
    if output is None or output == "-":
        standard_output().write(text)
        return
    refuse_input(output, inputs)
    with written_file(output) as stream:
        stream.write(text)


@contextmanager
def written_file(path: str) -> Iterator[TextIO]:
    """Give a UTF-8 stream whose text replaces the file at `path` when the block ends without an error.

    A link is followed; a device or pipe is written to directly. Raises UsageError for a folder or a place
    that cannot be written.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.is_dir():
            raise UsageError("is a folder", where=path, remedy="Name a file in it.")
        if target.exists() and not target.is_file():
            with _opened(target, "w") as stream:
                yield stream
            return
        with _replaced(target) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError("cannot be written", where=path, why=why) from error


@contextmanager
def _replaced(target: Path) -> Iterator[TextIO]:
    """Give a stream to a file beside the target, which takes its place and its mode at the end."""
    with beside(target) as spare:
        with _opened(spare, "x") as stream:
            yield stream
        if target.exists():
            spare.chmod(stat.S_IMODE(target.stat().st_mode))
        spare.replace(target)


def _opened(path: Path, mode: Literal["w", "x"]) -> TextIO:
    return path.open(mode, encoding="utf-8", errors="backslashreplace", newline="")
