"""Tables of reports: csv, tsv, xlsx and JSON lines with a column of full texts, one report a row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from dalian_report.errors import NoReportError, SourceError
from dalian_report.model import Mark, Source
from dalian_report.sources.columns import (
    MIN_NAMED_CHARS,
    SAMPLE_ROWS,
    choose_columns,
    find_delimiter,
    find_header,
    read_stated,
)
from dalian_report.sources.encoding import Decoded, decode
from dalian_report.sources.limits import (
    MAX_CELLS,
    MAX_CHARS,
    MAX_OBJECTS,
    MAX_ROWS,
    MAX_VALUES,
    Budget,
)
from dalian_report.sources.places import inside, source_name
from dalian_report.sources.source import Found, ReadOptions, checked, new_source

if TYPE_CHECKING:
    import zipfile

_MAX_HEADER_CHARS = 60
_NO_HEADER = "the table has no header; its columns go by their numbers, as in --column region=1"


class Row(NamedTuple):
    """A row: what its place is called in a path (`2`, `Sheet1!2`) and in words, and its cells."""

    number: str
    place: str
    cells: Sequence[str]


class How(NamedTuple):
    """How a table was decoded, what was asked for, and what it may cost."""

    decoded: Decoded
    options: ReadOptions
    budget: Budget


def read_delimited(
    data: bytes, path: str, form: str, options: ReadOptions, budget: Budget
) -> Iterator[Source | SourceError]:
    """Yield the report of each row of a csv or tsv table, in which one of the first rows names the columns.

    A row that holds no report is a SourceError in its place. Text that has no header and no columns is one
    report of plain text. Raises NoReportError where no column holds full texts.
    """
    decoded = decode(data, path=source_name(path), encoding=options.encoding)
    if _is_prose(decoded.text):
        told = (decoded.encoding, decoded.reason)
        yield checked(new_source(decoded.text, path, "txt", decoded=told))
        return
    yield from _reports(_delimited_rows(decoded.text, path, form), path, form, How(decoded, options, budget))


def read_json(data: bytes, path: str, options: ReadOptions, budget: Budget) -> Iterator[Source | SourceError]:
    """Yield the report of each line of a JSON Lines file, or of each object of a JSON array.

    An array that stands alone inside an object, as interfaces wrap their answers, is read as one. The keys
    are the columns. A line that is no JSON object is a SourceError in its place; raises it where the others
    hold no report.
    """
    decoded = decode(data, path=source_name(path), encoding=options.encoding)
    _refuse_scraps(decoded.text, source_name(path))
    names, rows = _json_rows(decoded.text, path)
    yield from _reports(rows, path, "jsonl", How(decoded, options, budget), names)


def read_workbook(
    archive: zipfile.ZipFile, data: bytes, path: str, options: ReadOptions, budget: Budget
) -> Iterator[Source | SourceError]:
    """Yield the report of each row of each sheet that has a column of full texts.

    Raises SourceError for a damaged workbook, or where the library for it is not installed.
    """
    from dalian_report.sources.workbook import open_sheets

    how = How(Decoded("", "xlsx", "Excel workbook"), options, budget)
    found, refusals = False, []
    for name, rows in open_sheets(archive, data, path, budget):
        named = (Row(f"{name}!{number}", f"sheet {name}, row {number}", cells) for number, cells in rows)
        try:
            for report in _reports(named, path, "xlsx", how):
                found = True
                yield report
        except NoReportError as error:
            refusals.append(error)
    if not found:
        raise refusals[0] if refusals else NoReportError("holds no rows", where=source_name(path))


def _reports(
    rows: Iterator[Row | SourceError],
    path: str,
    form: str,
    how: How,
    names: Sequence[str] | None = None,
) -> Iterator[Source | SourceError]:
    """Yield the report of each row; without `names` one of the first rows has them, or none does.

    In a table without a header the columns are called by their numbers; its first report says so.
    """
    decoded, options = how.decoded, how.options
    name = source_name(path)
    sample = list(islice(rows, SAMPLE_ROWS))
    if not sample:
        raise NoReportError("holds no rows", where=name)
    cells = [row.cells for row in sample if isinstance(row, Row)]
    lacks: tuple[str, ...] = ()
    if names is None:
        header = find_header(cells, dict(options.columns).values())
        if header is None:
            names, lacks = [str(number) for number in range(1, len(cells[0]) + 1)], (_NO_HEADER,)
        else:
            names, sample, cells = cells[header], sample[header + 1 :], cells[header + 1 :]
    try:
        roles = choose_columns(names, cells, dict(options.columns), where=name)
    except NoReportError:
        for row in sample:
            if isinstance(row, SourceError):
                raise row from None
        raise
    if not sample:
        raise NoReportError("holds no rows below its header", where=name)
    (column,) = roles["text"]
    for count, row in enumerate(chain(sample, rows)):
        how.budget.check()
        if count >= MAX_ROWS:
            raise SourceError("too many rows", where=name, why=f"more than {MAX_ROWS:,}")
        if isinstance(row, SourceError):
            yield row
            continue
        if not any(cell.strip() for cell in row.cells):
            continue
        text = row.cells[column] if column < len(row.cells) else ""
        found = Found(read_stated(row.cells, roles), (Mark(0, row.place, counts_lines=True),), lacks=lacks)
        told = (decoded.encoding, decoded.reason)
        own = inside(path, row.number)
        try:
            yield checked(new_source(_seen(text, own), own, form, decoded=told, found=found))
            lacks = ()
        except SourceError as error:
            yield error


def _refuse_scraps(text: str, name: str) -> None:
    """Raise NoReportError for JSON of so many values that none can be a report: memory holds them all."""
    objects, values, lines = text.count("{") + text.count("["), text.count(","), text.count("\n")
    if objects > MAX_OBJECTS or values > MAX_VALUES or lines > MAX_ROWS:
        why = f"{objects:,} objects and lists, {values:,} values, {lines:,} lines"
        raise NoReportError("too many small values to be reports", where=name, why=why)


def _seen(text: str, path: str) -> str:
    """Return the text of a cell without the markup that a collected page left in it."""
    if not text.lstrip().startswith("<") and "</" not in text:
        return text
    from dalian_report.sources.web import seen_text

    return seen_text(text, source_name(path))


def _is_prose(text: str) -> bool:
    """Tell whether a text has no header line: its first line is a sentence, or has one long cell."""
    line = text.lstrip().partition("\n")[0].rstrip()
    return not any(mark in line for mark in ",\t;|") and (
        len(line) > _MAX_HEADER_CHARS or line.endswith(("。", "：", "报告", ":"))
    )


def _delimited_rows(text: str, path: str, form: str) -> Iterator[Row]:
    """Yield the rows of a csv or tsv text; raises SourceError where its quotes do not close."""
    delimiter = "\t" if form == "tsv" else find_delimiter(text.lstrip("\ufeff").partition("\n")[0])
    if text.count(delimiter) > MAX_CELLS and any(
        line.count(delimiter) > MAX_CELLS for line in text.split("\n")
    ):
        raise NoReportError(
            "too many columns to be reports", where=source_name(path), why=f"more than {MAX_CELLS:,}"
        )
    csv.field_size_limit(max(csv.field_size_limit(), 10 * MAX_CHARS))  # one for the whole process
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield Row(str(number), f"row {number}", cells)
    except csv.Error as error:
        raise SourceError(
            "a damaged table",
            where=source_name(path),
            why=f"line {reader.line_num}: {error}",
            remedy="Is it cut off? Fetch it again, or save it as .csv once more.",
        ) from error


def _json_rows(text: str, path: str) -> tuple[list[str], Iterator[Row | SourceError]]:
    """Return the keys, and a row for each object; objects may have different keys."""
    objects = list(_json_objects(text, path))
    names = list(dict.fromkeys(name for _, one in objects if isinstance(one, dict) for name in one))
    return names, (
        one
        if isinstance(one, SourceError)
        else Row(str(number), f"record {number}", [_cell(one.get(name)) for name in names])
        for number, one in objects
    )


def _json_objects(text: str, path: str) -> Iterator[tuple[int, dict[str, Any] | SourceError]]:
    """Yield the objects with their numbers: the line, or the place in an array."""
    lines = [line.strip("\ufeff \r\t") for line in text.split("\n")]
    try:
        whole = _parsed(text.lstrip("\ufeff"), path, "")
    except SourceError:
        if text.lstrip("\ufeff \r\n\t").startswith("[") or not any(map(_is_record, lines)):
            raise
    else:
        if isinstance(whole, dict):
            whole = _unwrapped(whole)
        if isinstance(whole, list):
            for number, one in enumerate(whole, start=1):
                yield number, _object(one, inside(path, str(number)), f"item {number}")
        else:
            number = next(number for number, line in enumerate(lines, start=1) if line)
            yield number, _object(whole, path, "")
        return
    for number, line in enumerate(lines, start=1):
        if line:
            own, place = inside(path, str(number)), f"line {number}"
            try:
                yield number, _object(_parsed(line, own, place), own, place)
            except SourceError as error:
                yield number, error


def _unwrapped(value: dict[str, Any]) -> Any:
    """Return the only list of objects in an object that holds no text of its own, else the object."""
    lists: list[list[Any]] = []
    layer = [value]
    while layer:
        cells = [cell for one in layer for cell in one.values()]
        if any(isinstance(cell, str) and len(cell) >= MIN_NAMED_CHARS for cell in cells):
            return value
        lists += (
            cell for cell in cells if isinstance(cell, list) and any(isinstance(one, dict) for one in cell)
        )
        layer = [cell for cell in cells if isinstance(cell, dict)]
    return lists[0] if len(lists) == 1 else value


def _is_record(line: str) -> bool:
    """Tell whether a line is a whole JSON object."""
    if not (line.startswith("{") and line.endswith("}")):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _parsed(text: str, path: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        why = "nested too deep" if isinstance(error, RecursionError) else " ".join(str(error).split())
        raise SourceError(
            "not JSON", where=source_name(path), why=f"{place}: {why}" if place else why
        ) from error


def _object(value: Any, path: str, place: str) -> dict[str, Any] | SourceError:
    if isinstance(value, dict):
        return value
    why = f"{place} is a {type(value).__name__}".strip()
    return SourceError("no JSON object with a report", where=source_name(path), why=why)


def _cell(value: Any) -> str:
    """Return a JSON value as text: `2024.0` is 2024, a list of texts its lines; others have none."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else str(value)
