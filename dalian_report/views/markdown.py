"""A table as GitHub Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .cells import Part, lines_of
from .language import Language, said
from .table import Row, Table, Title

_ACTIVE = str.maketrans({char: f"\\{char}" for char in "\\`*_[]|~#<>"} | {"&": "&amp;"})
_EVIDENCE = "原文"
_MAX_HEADING, _MAX_TITLE = 6, 2  # of a document, of a table: deeper titles are points, or plain lines


def escape_markdown(text: str) -> str:
    r"""Return the text with every character that Markdown would act on made literal.

    >>> escape_markdown("a|b [x]")
    'a\\|b \\[x\\]'
    """
    return text.translate(_ACTIVE)


def markdown_lines(table: Table, language: Language = "zh") -> Iterator[str]:
    """Yield titles as headings and rows as tables; what stands below rows is a last column of each.

    Titles of level 3 are plain lines. A table with a brief is written as that.
    """
    if table.brief:
        yield from _brief(table.brief)
        return
    below = _below(table.lines)
    evidence = any(below)
    in_table = False
    for number, line in enumerate(table.lines):
        if isinstance(line, Row):
            if not in_table:
                yield from _head(table, said(_EVIDENCE, language) if evidence else "", first=number == 0)
                in_table = True
            cells = [_text(cell) for cell in line.cells]
            yield _row([*cells, _text(below[number])] if evidence else cells)
            continue
        in_table = False
        if number:
            yield ""
        mark = f"{'#' * (line.level + 1)} " if line.level <= _MAX_TITLE else ""
        yield f"{mark}{_text(line.parts)}"


def _below(lines: Sequence[Title | Row]) -> list[tuple[Part, ...]]:
    """Return what stands below each line or, where rows share it, below the last of them."""
    found: list[tuple[Part, ...]] = []
    last: tuple[Part, ...] = ()
    for line in reversed(lines):
        last = () if isinstance(line, Title) else line.below or last
        found.append(last)
    return found[::-1]


def _brief(lines: Sequence[Title | Row]) -> Iterator[str]:
    """Yield titles to level 6 as headings, deeper ones as nested points, rows as paragraphs or quotes."""
    points = False
    for number, line in enumerate(lines):
        is_point = isinstance(line, Title) and line.level > _MAX_HEADING
        if number and not (points and is_point):
            yield ""
        points = is_point
        if isinstance(line, Row):
            mark = "> " if line.below else ""
            yield mark + "".join(_text(cell) for cell in (*line.cells, line.below) if cell)
        elif is_point:
            yield f"{'  ' * (line.level - _MAX_HEADING - 1)}- {_text(line.parts)}"
        else:
            yield f"{'#' * line.level} {_text(line.parts)}"


def _head(table: Table, evidence: str, *, first: bool) -> Iterator[str]:
    if not first:
        yield ""
    heads = [column.head for column in table.columns] + ([evidence] if evidence else [])
    rules = ["---:" if column.right else "---" for column in table.columns] + (["---"] if evidence else [])
    yield _row(heads)
    yield _row(rules)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(parts: Sequence[Part]) -> str:
    lines = ("".join(part.text for part in line).strip() for line in lines_of(parts))
    return "<br>".join(map(escape_markdown, lines))
