"""`dreport init`: a starter configuration and sample reports in a folder of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from dalian_report.data import shipped
from dalian_report.errors import ExitCode, UsageError

from .log import Log
from .options import command
from .output import standard_output
from .wholly import write_whole


class Place(NamedTuple):
    """Where to begin."""

    folder: Annotated[
        str,
        typer.Argument(
            metavar="[DIR]",
            help="The folder, made where it is missing; the current one by default.",
            show_default=False,
        ),
    ] = "."
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False


@command
def init(log: Log, place: Place) -> ExitCode:
    """Write the starter.

    Writes config.yaml and reports/, and prints the paths written. Nothing is written where one of the
    files is there already, unless --force is given; other files are left alone.
    """
    files = starter_files()
    folder = Path(place.folder)
    present = [name for name in files if (folder / name).exists()]
    if present and not place.force:
        raise UsageError(
            f"already there: {', '.join(present)}", where=place.folder, remedy="Replace with --force."
        )
    try:
        for name, content in files.items():
            write_whole(folder / name, content)
            standard_output().write(f"{(folder / name).as_posix()}\n")
    except OSError as error:
        where = str(error.filename or place.folder)
        raise UsageError("cannot be written", where=where, why=error.strerror or str(error)) from error
    log.note(f"next: {next_step(place.folder)}")
    return ExitCode.FOUND


def next_step(folder: str) -> str:
    """Return the shell line that shows the samples of a new folder."""
    if Path(folder).resolve() == Path.cwd():
        return "dreport show"
    from shlex import quote

    return f"cd {quote(folder)} && dreport show"


def starter_files() -> dict[str, bytes]:
    """Return the shipped configuration and sample reports by their path below the new folder."""
    root = shipped("reports")
    files = {"config.yaml": shipped("config.yaml").read_bytes()}
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            files[f"reports/{path.relative_to(root).as_posix()}"] = path.read_bytes()
    return files
