"""Reading back the records that dreport wrote: a JSON array, or one object a line."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from dalian_report.errors import SourceError

from .places import source_name
from .reading import read_file

_REMEDY = "Give a file that dreport wrote with --format json or jsonl."


def read_records(path: str) -> list[dict[str, Any]]:
    """Return the records of a file (`-` for standard input), numbers with a fraction as `Decimal`.

    Raises SourceError for a file that cannot be read, is no JSON or JSON Lines, or holds other than objects.
    """
    name = source_name(path)
    try:
        text = read_file(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_records(name, f"not UTF-8 at byte {error.start}") from error
    records = _parse_array(text, name) if text.lstrip().startswith("[") else _parse_lines(text, name)
    if not text.strip():
        raise _no_records(name, "empty")
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict):
            raise _no_records(name, f"item {number} is no object")
    return records


def _parse_array(text: str, name: str) -> list[Any]:
    try:
        parsed = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise _no_records(name, _fault(error)) from error
    return list(parsed)


def _parse_lines(text: str, name: str) -> list[Any]:
    records = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                records.append(json.loads(line, parse_float=Decimal))
            except (ValueError, RecursionError) as error:
                raise _no_records(name, f"line {number}: {_fault(error, lines=False)}") from error
    return records


def _fault(error: Exception, *, lines: bool = True) -> str:
    if not isinstance(error, json.JSONDecodeError):
        return "nested too deeply" if isinstance(error, RecursionError) else "a number with too many digits"
    place = f"line {error.lineno}, column {error.colno}: " if lines else ""
    return f"{place}{error.msg[:1].lower()}{error.msg[1:]}"


def _no_records(name: str, why: str) -> SourceError:
    return SourceError("no file of records", where=name, why=why, remedy=_REMEDY)
