"""What the grammar hands on: figures that have their names, before sections and rules are known."""

from collections.abc import Sequence
from itertools import groupby, islice
from typing import NamedTuple

from dalian_report.indicators.figures import Figure
from dalian_report.indicators.kinds import Reading
from dalian_report.indicators.lexicon import load_lexicon
from dalian_report.indicators.nouns import Name
from dalian_report.model import Quantity
from dalian_report.quantities.units import counts

_TWO = 2
_SUMMED = ("累计", "总数", "合计", "共计", "总计")  # 新增18家、累计38家: the sum was not added


class Draft(NamedTuple):
    """A figure with the name that the grammar gave it, before sections and rules are known.

    `clause` is the span of its clause; `left` the text before it; `base` marks what a figure started from
    (由A到B), `compared` one that only serves a comparison. `reason` is one of the values of the JSON field.
    """

    quantity: Quantity
    name: Name
    reading: Reading
    clause: tuple[int, int]
    left: str
    base: bool
    compared: bool
    reason: str
    ambiguous: bool


def counted_alike(drafts: Sequence[Draft], unit: str) -> Draft | None:
    """Return the last figure in the unit of a bare count (开工项目400个、完成投资380亿元，建成50个)."""
    alike = (draft for draft in reversed(drafts) if draft.quantity.base_unit == unit)
    return next(alike, None) if counts(unit) else None


def sums_up(figure: Figure, carrier: Draft) -> bool:
    """Return whether a figure is the total to which the last was added (新增18家、累计38家; 达到38家)."""
    quantity, left = figure.quantity, figure.left
    if left.text.lstrip("、, ").startswith(_SUMMED):
        return True
    reached = left.linked or (quantity.bound == "at_least" and quantity.outer_start < quantity.start)
    alike = quantity.base_unit == carrier.quantity.base_unit and not left.change
    return reached and alike and carrier.name.action in load_lexicon().added


def last_names(drafts: Sequence[Draft]) -> list[Name]:
    """Return the names of the last clause with figures, each once; of the last two where it has one."""
    for clauses in (1, _TWO):
        names = {draft.name.text: draft.name for draft in last_drafts(drafts, clauses)}
        if len(names) > 1:
            break
    return list(names.values())


def last_drafts(drafts: Sequence[Draft], clauses: int) -> list[Draft]:
    """Return the figures of the last clauses that have some."""
    runs = groupby(reversed(drafts), key=lambda draft: draft.clause)
    return [draft for _, run in islice(runs, clauses) for draft in run][::-1]
