"""What the grammar hands on: figures that have their names, before sections and rules are known."""

from typing import NamedTuple

from dalian_report.indicators.kinds import Reading
from dalian_report.indicators.nouns import Name
from dalian_report.model import Quantity


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
