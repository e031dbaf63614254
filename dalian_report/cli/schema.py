"""`dreport schema`: the JSON Schema of a metric record."""

from __future__ import annotations

from pathlib import Path

from dalian_report import data
from dalian_report.errors import ExitCode

from .log import Log
from .options import Output, command
from .output import standard_output, written_file

SCHEMA = "metric.schema.json"


@command
def schema(log: Log, output: Output) -> ExitCode:
    """Print the schema.

    JSON Schema 2020-12 of what `dreport show --format jsonl` writes on each line.
    """
    text = (Path(data.__file__).parent / SCHEMA).read_text(encoding="utf-8")
    if output.output is None or output.output == "-":
        standard_output().write(text)
        return ExitCode.FOUND
    with written_file(output.output) as stream:
        stream.write(text)
    return ExitCode.FOUND
