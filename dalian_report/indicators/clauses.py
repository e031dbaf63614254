"""Clauses of a sentence, with the figures that stand in each."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from dalian_report.model import Quantity

_MARKS: Final = ",;:!?。\n"
_LABELS: Final = "①-⑳⑴-⒇㈠-㈩"  # ①改造道路②新建桥梁
# A line that breaks off before what it leads to has only been wrapped: 分别降低 / 15%, 产量居 / 全省第一.
_LEADS: Final = (
    "增长|下降|降低|减少|增加|提高|上升|上涨|回升|回落|扩大|缩小|达到|分别|超过|突破|保持|位居|并列|排在"
    "|控制在|稳定在|维持在|保持在|实现|完成|比上年|同比"
)
_WRAPPED: Final = (
    f"(?:{'|'.join(f'(?<={word})' for word in _LEADS.split('|'))}|(?<=[达为超约近居列到至]))"
    r"\n *(?:[0-9]|百分之|第[一二三四五六七八九十0-9]|全[国省市区县州球]|世界)|(?<=[、和与及])\n"
    r"|(?<=[省市县州区])\n *级|\n *全[国省市区县州]第[一二三四五六七八九十0-9]"
)
_END: Final = re.compile(f"[{_MARKS}{_LABELS}]")


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
    brackets, asides = _brackets(folded, start, end, quantities)
    within = {place for q in quantities for place in range(q.start, q.end) if folded[place] in _MARKS}
    marks = _marks(folded, start, end)
    if within:
        marks = [mark for mark in marks if mark not in within]
    if folded.find("\n", start, end) >= 0:
        marks = [mark for mark in marks if not re.compile(_WRAPPED).match(folded, mark)]
    if asides:
        opened = [opening for opening, _ in asides]
        marks = [mark for mark in marks if not _is_inside(mark, asides, opened)]
    opens: dict[int, bool] = {}
    for opening, closing in brackets:
        opens[opening], opens[closing] = True, False
    if opens:
        marks = sorted([*marks, *opens])
    clauses: list[Clause] = []
    position, taken, inside = start, 0, False
    for border in [*marks, end]:
        if border > position:
            last = taken
            while last < len(quantities) and quantities[last].start < border:
                last += 1
            clauses.append(Clause(position, border, tuple(quantities[taken:last]), inside))
            taken = last
        inside = opens.get(border, inside)
        position = border + 1
    return clauses


def _marks(folded: str, start: int, end: int) -> list[int]:
    """Return where the marks stand that may end a clause; to split is faster than to find each."""
    places: list[int] = []
    place = start - 1
    for piece in _END.split(folded[start:end]):
        place += len(piece) + 1
        places.append(place)
    places.pop()
    return places


def _is_inside(place: int, asides: Sequence[tuple[int, int]], opened: Sequence[int]) -> bool:
    """Return whether a place lies in one of some brackets in text order; `opened` is where these open."""
    last = bisect_left(opened, place) - 1
    return last >= 0 and place < asides[last][1]


def _brackets(
    folded: str, start: int, end: int, quantities: Sequence[Quantity]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the brackets that hold a figure, and those that hold none but are followed in their clause."""
    found: list[tuple[int, int]] = []
    asides: list[tuple[int, int]] = []
    starts = [quantity.start for quantity in quantities]
    opening = folded.find("(", start, end)
    while opening >= 0:
        closing = folded.find(")", opening, end)
        if closing < 0:
            break
        if bisect_left(starts, opening) < bisect_left(starts, closing):
            found.append((opening, closing))
        elif folded[closing + 1 : closing + 2] not in _MARKS:
            asides.append((opening, closing))
        opening = folded.find("(", closing, end)
    return found, asides
