"""`dreport schema`: the JSON Schemas of records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from dalian_report import data
from dalian_report.errors import ExitCode

from .log import Log
from .options import Output, command
from .output import write_text


class Kind(NamedTuple):
    """Which record."""

    record: Annotated[
        Literal["metric", "numeral", "check"],
        typer.Option("--record", help="What show (metric), ledger (numeral) or verify (check) writes."),
    ] = "metric"


@command
def schema(log: Log, kind: Kind, output: Output) -> ExitCode:
    """Print the schema.

    JSON Schema 2020-12 of what `dreport show --format jsonl` writes on each line, or another command that has
    records of its own.
    """
    text = (Path(data.__file__).parent / f"{kind.record}.schema.json").read_text(encoding="utf-8")
    write_text(text, output.output)
    return ExitCode.FOUND
