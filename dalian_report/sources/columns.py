"""Which column of a table holds the full texts, and which say whose and of when they are."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile

from dalian_report.data import load_data
from dalian_report.errors import NoReportError, UsageError
from dalian_report.model import Stated

SAMPLE_ROWS = 50
MIN_NAMED_CHARS = 100  # of a text in a column that is called so
_MIN_FULL_CHARS = 400
_HEADER_ROWS = 6
_MAX_TOLD = 12
_PLAIN = re.compile(r"[\s_\-]+")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_HEADER_BYTES = 2_000


def is_header(data: bytes) -> bool:
    """Tell whether the first line of some bytes names the columns of a table, one of them with full texts."""
    text = _first_line(data)
    cells = next(csv.reader(io.StringIO(text), delimiter=find_delimiter(text)), [])
    return len(cells) > 1 and any(_plain(cell) in load_data("columns")["text"] for cell in cells)


def _first_line(data: bytes) -> str:
    """Return the first line of some bytes; nothing where it is in none of the usual encodings."""
    head = data[:_HEADER_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore").replace("\r", "\n").partition("\n")[0]
    line = head.replace(b"\r", b"\n").partition(b"\n")[0]
    for codec in ("utf-8-sig", "gb18030"):
        try:
            return line.decode(codec)
        except UnicodeDecodeError:
            continue
    return ""


def find_delimiter(line: str) -> str:
    """Return what divides the cells of a header line.

    >>> find_delimiter("province\\tyear\\ttext"), find_delimiter("标题;年份;正文")
    ('\\t', ';')
    """
    return max((",", "\t", ";", "|"), key=lambda mark: line.count(mark))


def find_header(rows: Sequence[Sequence[str]], wanted: Collection[str] = ()) -> int | None:
    """Return which of a table's first rows names the columns; None where the table begins with a report.

    It is the first that has a `wanted` name or one of full texts, else the first with several cells filled:
    above it a sheet may have a title. A row with a cell as long as a report ends the search.
    """
    early = list(takewhile(_is_short, rows[:_HEADER_ROWS]))
    if not early:
        return None
    known = {*map(_plain, wanted)} or load_data("columns")["text"]
    for number, cells in enumerate(early):
        if any(_plain(cell) in known for cell in cells):
            return number
    return next((n for n, cells in enumerate(early) if sum(bool(cell.strip()) for cell in cells) > 1), 0)


def _is_short(cells: Sequence[str]) -> bool:
    return all(len(cell) < MIN_NAMED_CHARS for cell in cells)


def choose_columns(
    names: Sequence[str], rows: Sequence[Sequence[str]], wanted: Mapping[str, str], *, where: str
) -> dict[str, list[int]]:
    """Return the columns of each role, the most telling first; `rows` are a sample, `wanted` was asked for.

    The full texts are in the column that is called so, else in the one with by far the longest cells.
    Raises UsageError for a wanted column that is not there, NoReportError where none holds full texts.
    """
    known = load_data("columns")
    plain = [_plain(name) for name in names]
    roles: dict[str, list[int]] = {}
    for role, terms in known.items():
        if role in wanted:
            roles[role] = [_named(wanted[role], names, plain, where=where)]
        elif role != "text":
            roles[role] = [plain.index(term) for term in terms if term in plain]
    if "text" not in roles:
        roles["text"] = [_find_texts(names, plain, rows, where=where)]
    return roles


def read_stated(cells: Sequence[str], roles: Mapping[str, Sequence[int]]) -> Stated:
    """Return what a row says of its text."""

    def first(role: str) -> str:
        texts = (cells[column].strip() for column in roles.get(role, ()) if column < len(cells))
        return next((text for text in texts if text), "")

    year = _YEAR.search(first("year"))
    return Stated(
        title=first("title"),
        region=first("region"),
        year=int(year[0]) if year else None,
        date=first("date").replace("/", "-"),
        origin=first("origin"),
    )


def _plain(name: str) -> str:
    return _PLAIN.sub("", name).strip("\ufeff").lower()


def _named(name: str, names: Sequence[str], plain: Sequence[str], *, where: str) -> int:
    for known, given in ((names, name), (plain, _plain(name))):
        if given in known:
            return known.index(given)
    raise UsageError(f"no column {name!r}", where=where, remedy=f"Columns: {_told(names)}.")


def _find_texts(
    names: Sequence[str], plain: Sequence[str], rows: Sequence[Sequence[str]], *, where: str
) -> int:
    """Return the column of full texts."""
    longest = [max((len(row[i]) for row in rows if i < len(row)), default=0) for i in range(len(names))]
    for term in load_data("columns")["text"]:
        if term in plain and longest[plain.index(term)] >= MIN_NAMED_CHARS:
            return plain.index(term)
    if longest and max(longest) >= _MIN_FULL_CHARS:
        return longest.index(max(longest))
    raise NoReportError(
        "no column of full texts",
        where=where,
        why=f"columns: {_told(names)}",
        remedy="Name it: --column text=NAME",
    )


def _told(names: Sequence[str]) -> str:
    shown = ", ".join(" ".join(name.split())[:30] or "(no name)" for name in names[:_MAX_TOLD])
    return shown + (", …" if len(names) > _MAX_TOLD else "")
