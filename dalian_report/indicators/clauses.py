"""Clauses of a sentence, with the figures that stand in each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dalian_report.model import Quantity

_END = re.compile(r"[,;:!?。\n]")


class Clause(NamedTuple):
    """A clause at [start, end) with its figures; `inner` where it stands in brackets."""

    start: int
    end: int
    quantities: tuple[Quantity, ...]
    inner: bool


def find_clauses(folded: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[Clause]:
    """Return the clauses of folded[start:end] in text order.

    Commas, semicolons and colons end a clause, unless they stand inside a figure. A bracket that holds a
    figure is a clause of its own, and ends the one before it.

    >>> text = "甲增长5%,乙下降3%。"
    >>> [text[clause.start : clause.end] for clause in find_clauses(text, 0, len(text), ())]
    ['甲增长5%', '乙下降3%']
    """
    brackets = _brackets_with_figures(folded, start, end, quantities)
    borders: list[tuple[int, int, bool]] = []
    position, inside = start, False
    for match in _END.finditer(folded, start, end):
        if any(q.start <= match.start() < q.end for q in quantities):
            continue
        borders.append((match.start(), match.end(), False))
    for opening, closing in brackets:
        borders += [(opening, opening + 1, True), (closing, closing + 1, False)]
    clauses: list[Clause] = []
    for border_start, border_end, opens in [*sorted(borders), (end, end, False)]:
        if border_start > position:
            own = tuple(q for q in quantities if position <= q.start < border_start)
            clauses.append(Clause(position, border_start, own, inside))
        if opens:
            inside = True
        elif folded[border_start : border_start + 1] == ")":
            inside = False
        position = max(position, border_end)
    return clauses


def _brackets_with_figures(
    folded: str, start: int, end: int, quantities: Sequence[Quantity]
) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opening = folded.find("(", start, end)
    while opening >= 0:
        closing = folded.find(")", opening, end)
        if closing < 0:
            break
        if any(opening < q.start < closing for q in quantities):
            found.append((opening, closing))
        opening = folded.find("(", closing, end)
    return found
