"""A table in English or in Chinese: its heads, and what the program says in it."""

from __future__ import annotations

from .cells import Part
from .language import Language, said
from .table import Row, Table, Title


def table_in(table: Table, language: Language) -> Table:
    """Return a table with its heads, and the parts that the program says, in a language."""
    columns = tuple(column._replace(head=said(column.head, language)) for column in table.columns)
    lines = tuple(_line_in(line, language) for line in table.lines)
    return Table(columns, lines, tuple(_line_in(line, language) for line in table.brief))


def _line_in(line: Title | Row, language: Language) -> Title | Row:
    if isinstance(line, Title):
        return Title(line.level, _parts_in(line.parts, language))
    cells = tuple(_parts_in(cell, language) for cell in line.cells)
    return Row(cells, _parts_in(line.below, language))


def _parts_in(parts: tuple[Part, ...], language: Language) -> tuple[Part, ...]:
    return tuple(
        Part(_padded(part.text, language), part.style, part.said) if part.said else part for part in parts
    )


def _padded(text: str, language: Language) -> str:
    """Translate what lies between the spaces around a text."""
    core = text.strip(" ")
    return text.replace(core, said(core, language), 1) if core else text
