"""One way to write rows in every format: a sink takes records and, for people, the table that shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Literal, Protocol, TextIO, get_args

from dalian_report.model import Metric

from .records import json_text, to_plain

Format = Literal["table", "json", "jsonl", "csv", "tsv", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)

# A spreadsheet runs a cell that begins with one of these (full-width forms too in a Chinese one).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Sink(Protocol):
    """Where a command's answer goes; `close` is called once, also where nothing was added."""

    def add(self, records: Sequence[Any], table: Callable[[], Any]) -> None:
        """Write the records, or the table that shows them, which is built only where it is wanted."""

    def close(self) -> None:
        """Write what ends the format."""


class JsonSink:
    """One array, one object a line, written record by record."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._before = "[\n"

    def add(self, records: Sequence[Any], table: Callable[[], Any]) -> None:
        """Write the records."""
        for record in records:
            self._stream.write(self._before + json_text(record))
            self._before = ",\n"

    def close(self) -> None:
        """End the array."""
        self._stream.write("[]\n" if self._before == "[\n" else "\n]\n")


class JsonLinesSink:
    """One object a line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def add(self, records: Sequence[Any], table: Callable[[], Any]) -> None:
        """Write the records."""
        for record in records:
            self._stream.write(json_text(record) + "\n")

    def close(self) -> None:
        """Nothing ends JSON Lines."""


class DelimitedSink:
    """csv or tsv: a line of keys, then one line a record; numbers as numbers, formulas made harmless.

    On a terminal what would drive it is written out; elsewhere the data stay as they are.
    """

    def __init__(self, stream: TextIO, keys: Sequence[str], *, delimiter: str, on_terminal: bool) -> None:
        import csv

        self._writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        self._keys = keys
        self._on_terminal = on_terminal
        self._writer.writerow(keys)

    def add(self, records: Sequence[Any], table: Callable[[], Any]) -> None:
        """Write the records."""
        from .cells import escape_unsafe

        for record in records:
            cells = [delimited_cell(getattr(record, key)) for key in self._keys]
            self._writer.writerow(map(escape_unsafe, cells) if self._on_terminal else cells)

    def close(self) -> None:
        """Nothing ends csv."""


def delimited_cell(value: Any) -> str:
    """Return a value as the text of a csv cell.

    A number is written in digits (never 1E+3). A list is one text, its items joined by `；`: a metric as a
    table has it (海洋经济总产值 +9%以上), any other record as its values.
    A text that a spreadsheet would run gets a `'` before it.

    >>> delimited_cell("=1+1"), delimited_cell(Decimal("-23.4")), delimited_cell(("a", "b"))
    ("'=1+1", '-23.4', 'a；b')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        short = to_plain(value)
        return short if isinstance(short, str) else format(value.normalize(), "f")
    text = value if isinstance(value, str) else _nested_cell(value)
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _nested_cell(value: Any) -> str:
    return "；".join(map(_item_text, value))


def _item_text(item: Any) -> str:
    if isinstance(item, Metric):
        from .metrics import metric_words

        return metric_words(item)
    plain = to_plain(item)
    values = plain.values() if isinstance(plain, dict) else plain if isinstance(plain, list) else [plain]
    known = (part for part in values if part is not None)
    return " ".join(_item_text(part) if isinstance(part, dict | list) else str(part) for part in known)


class TableSink:
    """Tables on a terminal or through a pipe; `width` None leaves every row on one line."""

    def __init__(self, stream: TextIO, *, width: int | None, color: bool) -> None:
        self._stream = stream
        self._width = width
        self._color = color
        self._begun = False

    def add(self, records: Sequence[Any], table: Callable[[], Any]) -> None:
        """Write the table, with an empty line before every one but the first."""
        from .table import layout

        if self._begun:
            self._stream.write("\n")
        self._begun = True
        lines = layout(table(), self._width)
        if self._color:
            from .terminal import paint

            paint(lines, self._stream)
            return
        for line in lines:
            self._stream.write("".join(part.text for part in line) + "\n")

    def close(self) -> None:
        """Nothing ends a table."""


class MarkdownSink:
    """GitHub tables, a heading over each."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = False

    def add(self, records: Sequence[Any], table: Callable[[], Any]) -> None:
        """Write the table."""
        from .markdown import markdown_lines

        if self._begun:
            self._stream.write("\n")
        self._begun = True
        for line in markdown_lines(table()):
            self._stream.write(line + "\n")

    def close(self) -> None:
        """Nothing ends Markdown."""


def open_sink(
    name: Format, stream: TextIO, *, keys: Sequence[str], width: int | None = None, color: bool = False
) -> Sink:
    """Return the sink of a format; `keys` are the record's keys, the first line of csv and tsv.

    `width` is that of the terminal, None where the stream is none.
    """
    match name:
        case "json":
            return JsonSink(stream)
        case "jsonl":
            return JsonLinesSink(stream)
        case "csv" | "tsv":
            delimiter = "," if name == "csv" else "\t"
            return DelimitedSink(stream, keys, delimiter=delimiter, on_terminal=width is not None)
        case "md":
            return MarkdownSink(stream)
        case "table":
            return TableSink(stream, width=width, color=color)
