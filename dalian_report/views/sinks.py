"""One way to write rows in every format: a sink takes records and, for people, the table that shows them."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple, Protocol, TextIO, get_args

from dalian_report.model import Metric

from .language import Language
from .records import json_text, to_plain

Format = Literal["table", "json", "jsonl", "csv", "tsv", "md"]
Theme = Literal["light", "dark"]  # as terminal_svg has them, whose import costs
FORMATS: tuple[Format, ...] = get_args(Format)

_TEXTS = ("Branch", "Extract")  # pieces of a report, which a csv cell holds as their text alone
# A spreadsheet runs a cell that begins with one of these (full-width forms too in a Chinese one).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Look(NamedTuple):
    """How an answer looks: the `width` of tables in cells, None to leave every row on one line; the rest.

    On a terminal, data are shown without what would drive it.
    """

    width: int | None = None
    color: bool = False
    language: Language = "zh"
    on_terminal: bool = False


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
    table has it (海洋经济总产值 +9%以上), a piece of text as itself, any other record as its values.
    A text that a spreadsheet would run gets a `'` before it.

    >>> [delimited_cell(value) for value in ("=1+1", Decimal("-23.4"), 0.5, ("a", "b"))]
    ["'=1+1", '-23.4', '0.5', 'a；b']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        value = Decimal(str(value))
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
    if type(item).__name__ in _TEXTS:
        return str(item.text)
    plain = to_plain(item)
    values = plain.values() if isinstance(plain, dict) else plain if isinstance(plain, list) else [plain]
    known = (part for part in values if part is not None)
    return " ".join(_item_text(part) if isinstance(part, dict | list) else str(part) for part in known)


class TableSink:
    """Tables on a terminal or through a pipe."""

    def __init__(self, stream: TextIO, look: Look) -> None:
        self._stream = stream
        self._look = look
        self._begun = False

    def add(self, records: Sequence[Any], table: Callable[[], Any]) -> None:
        """Write the table, with an empty line before every one but the first."""
        from .table import layout
        from .translation import table_in

        if self._begun:
            self._stream.write("\n")
        self._begun = True
        lines = layout(table_in(table(), self._look.language), self._look.width)
        if self._look.color:
            from .terminal import paint

            paint(lines, self._stream)
            return
        for line in lines:
            self._stream.write("".join(part.text for part in line) + "\n")

    def close(self) -> None:
        """Nothing ends a table."""


class MarkdownSink:
    """GitHub tables, a heading over each; or the brief that a table brings with it."""

    def __init__(self, stream: TextIO, language: Language) -> None:
        self._stream = stream
        self._language = language
        self._begun = False

    def add(self, records: Sequence[Any], table: Callable[[], Any]) -> None:
        """Write the table."""
        from .markdown import markdown_lines
        from .translation import table_in

        if self._begun:
            self._stream.write("\n")
        self._begun = True
        for line in markdown_lines(table_in(table(), self._language), self._language):
            self._stream.write(line + "\n")

    def close(self) -> None:
        """Nothing ends Markdown."""


class SvgSink:
    """Tables as one picture, drawn at the end."""

    def __init__(self, stream: TextIO, look: Look, theme: Theme) -> None:
        self._stream = stream
        self._look = look
        self._theme = theme
        self._lines: list[list[Any]] = []

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self._lines

    def add(self, records: Sequence[Any], table: Callable[[], Any]) -> None:
        """Take the table, with an empty line before every one but the first."""
        from .table import layout
        from .translation import table_in

        if self._lines:
            self._lines.append([])
        self._lines += layout(table_in(table(), self._look.language), self._look.width)

    def close(self) -> None:
        """Draw."""
        from .cells import parts_width
        from .terminal_svg import draw_lines

        width = self._look.width or max(map(parts_width, self._lines), default=1)
        self._stream.write(draw_lines(self._lines, width, theme=self._theme))


def open_sink(name: Format, stream: TextIO, *, keys: Sequence[str], look: Look = Look()) -> Sink:  # noqa: B008
    """Return the sink of a format; `keys` are the record's keys, the first line of csv and tsv."""
    match name:
        case "json":
            return JsonSink(stream)
        case "jsonl":
            return JsonLinesSink(stream)
        case "csv" | "tsv":
            delimiter = "," if name == "csv" else "\t"
            return DelimitedSink(stream, keys, delimiter=delimiter, on_terminal=look.on_terminal)
        case "md":
            return MarkdownSink(stream, look.language)
        case "table":
            return TableSink(stream, look)
