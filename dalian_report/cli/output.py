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
from dalian_report.views import Format, Sink, open_sink

from .options import Writing

_BYTE_ORDER_MARK = "\ufeff"
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
    so does one of which `worth` says at the end that it gave no answer. An empty answer is one. On standard
    output the format is brought to its end also where the run fails, so that JSON stays JSON.
    Raises UsageError where the file cannot be written, or is one of the `inputs`.
    """
    name: Format = "json" if writing.json else writing.format
    if writing.output is None or writing.output == "-":
        stream = standard_output()
        sink = open_sink(
            name,
            stream,
            keys=keys,
            width=_width(stream),
            color=wants_color(writing.color, stream, os.environ),
        )
        try:
            yield sink
        except OSError:  # nothing can be written any more
            raise
        except Exception:
            sink.close()
            raise
        sink.close()
        return
    refuse_input(writing.output, inputs)
    with suppress(_NoAnswer), written_file(writing.output) as stream:
        if name in _MARKED:
            stream.write(_BYTE_ORDER_MARK)
        color = writing.color == "always"
        sink = open_sink(name, stream, keys=keys, width=_width(stream), color=color)
        yield sink
        if not worth():
            raise _NoAnswer
        sink.close()


class _NoAnswer(Exception):
    """Every input failed: the file stays as it is."""


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


def _width(stream: TextIO) -> int | None:
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
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with _opened(beside, "x") as stream:
            yield stream
        if target.exists():
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _opened(path: Path, mode: Literal["w", "x"]) -> TextIO:
    return path.open(mode, encoding="utf-8", errors="backslashreplace", newline="")
