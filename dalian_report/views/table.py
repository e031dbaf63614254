"""Tables for people: what they hold, and how they become lines of a given width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from .bars import shortened
from .cells import Part, cell_width, cut_parts, fold_parts, one_line, parts_width

_GAP = 2
_MIN_FOLDED = 8
_INDENT = 2


class Column(NamedTuple):
    """A column: its head, its side, and whether its cells may fold where the terminal is narrow.

    Where it `cuts`, they lose what is too much instead, from the end that is away from their side.
    """

    head: str
    right: bool = False
    folds: bool = False
    cuts: bool = False


class Title(NamedTuple):
    """A line over the rows, as wide as the table: level 1 a report, 2 a section, 3 a passage."""

    level: int
    parts: tuple[Part, ...]


class Row(NamedTuple):
    """A row: parts for each column, and text that stands below the row (its evidence)."""

    cells: tuple[tuple[Part, ...], ...]
    below: tuple[Part, ...] = ()


class Table(NamedTuple):
    """Columns, and titles and rows in order. Text in it must be `one_line` text.

    `brief` is the answer as lines of a document, where that says it better in Markdown than a table does.
    """

    columns: tuple[Column, ...]
    lines: tuple[Title | Row, ...]
    brief: tuple[Title | Row, ...] = ()


def plain_row(cells: Sequence[str]) -> Row:
    """Return a row of texts without a style, each on one line."""
    return Row(tuple((Part(one_line(cell)),) for cell in cells))


def layout(table: Table, width: int | None) -> Iterator[list[Part]]:
    """Yield the lines of the table, folded to `width` cells, or each row on one line where it is None.

    The heads of the columns follow the title of level 1, or stand first where there is none; lines carry no
    trailing spaces.
    """
    rows = [line for line in table.lines if isinstance(line, Row)]
    widths = _widths(table.columns, rows, width)
    longest = [max(map(parts_width, cells)) for cells in zip(*(row.cells for row in rows), strict=True)]
    headed = bool(rows) and not (isinstance(table.lines[0], Title) and table.lines[0].level == 1)
    if headed:
        yield from _heads(table.columns, widths)
    for number, line in enumerate(table.lines):
        if isinstance(line, Row):
            yield from _row_lines(table.columns, widths, _with_short_bars(line, longest, widths))
            yield from _below_lines(line.below, width)
            continue
        if (number or headed) and line.level < 3:
            yield []
        yield from _title_lines(line.parts, width)
        if line.level == 1 and rows:
            yield from _heads(table.columns, widths)


def _widths(columns: Sequence[Column], rows: Sequence[Row], width: int | None) -> list[int]:
    natural = [
        max([cell_width(column.head), *(parts_width(row.cells[index]) for row in rows)])
        for index, column in enumerate(columns)
    ]
    if width is None:
        return natural
    excess = sum(natural) + _GAP * (len(columns) - 1) - width
    drawn = [any(_is_bar(row.cells[index]) for row in rows) for index in range(len(columns))]
    folding = [index for index, column in enumerate(columns) if column.folds or column.cuts or drawn[index]]
    while excess > 0:
        widest = max(folding, key=lambda index: natural[index], default=None)
        if widest is None or natural[widest] <= _MIN_FOLDED:
            widest = max(range(len(columns)), key=lambda index: natural[index])
            if natural[widest] <= _MIN_FOLDED:
                break
        natural[widest] -= 1
        excess -= 1
    return natural


def _is_bar(cell: Sequence[Part]) -> bool:
    return [part.style for part in cell] == ["bar"]


def _with_short_bars(row: Row, longest: Sequence[int], widths: Sequence[int]) -> Row:
    """Return a row whose bars are drawn to the width of their columns: folded, they would say nothing."""
    cells = tuple(
        (Part(shortened(cell[0].text, most, width), "bar"),) if most > width and _is_bar(cell) else cell
        for cell, most, width in zip(row.cells, longest, widths, strict=True)
    )
    return Row(cells, row.below)


def _heads(columns: Sequence[Column], widths: Sequence[int]) -> Iterator[list[Part]]:
    heads = Row(tuple((Part(column.head, "head"),) for column in columns))
    yield from _row_lines(columns, widths, heads)


def _row_lines(columns: Sequence[Column], widths: Sequence[int], row: Row) -> Iterator[list[Part]]:
    folded = [
        [cut_parts(cell, width, left=column.right)] if column.cuts else fold_parts(cell, width)
        for column, cell, width in zip(columns, row.cells, widths, strict=True)
    ]
    for pieces in zip_longest(*folded, fillvalue=[]):
        line: list[Part] = []
        for column, width, piece in zip(columns, widths, pieces, strict=True):
            space = Part(" " * (width - parts_width(piece)))
            line += [space, *piece] if column.right else [*piece, space]
            line.append(Part(" " * _GAP))
        yield _stripped(line)


def _title_lines(parts: Sequence[Part], width: int | None) -> Iterator[list[Part]]:
    """Yield a title as lines; a part that would fold goes to a line of its own where it fits there."""
    lines: list[list[Part]] = [[]]
    for part in parts:
        here = [*lines[-1], part]
        if width is None or parts_width(here) <= width:
            lines[-1] = here
            continue
        bare = Part(part.text.lstrip(" "), part.style)
        lines += fold_parts([bare], width)
    yield from (_stripped(line) for line in lines if line)


def _full_lines(parts: Sequence[Part], width: int | None) -> Iterator[list[Part]]:
    if width is None:
        yield _stripped(list(parts))
        return
    for line in fold_parts(parts, width):
        yield _stripped(line)


def _below_lines(parts: Sequence[Part], width: int | None) -> Iterator[list[Part]]:
    if not parts:
        return
    for line in _full_lines(parts, None if width is None else max(width - _INDENT, _MIN_FOLDED)):
        yield [Part(" " * _INDENT), *line]


def _stripped(line: list[Part]) -> list[Part]:
    """Return the line without spaces at its end."""
    while line and not line[-1].text.rstrip(" "):
        line.pop()
    if line:
        line[-1] = Part(line[-1].text.rstrip(" "), line[-1].style)
    return line
