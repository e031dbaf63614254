"""Figures that follow one another and share what stands before them: 分别增长5%、6%和7%."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from dalian_report.indicators.left import Left, read_left
from dalian_report.indicators.nouns import split_names, trim_name
from dalian_report.model import Quantity

_GAP_WORDS: Final = "、和与及或,;以并"
LONGEST_RUN: Final = 40  # no list is longer; what is would cost its square


def is_connector(gap: str) -> bool:
    """Return whether the text between two figures only joins them (、 和 及)."""
    for char in gap:  # noqa: SIM110 - hardly a gap gets beyond the first, for which `all` is slow
        if char not in _GAP_WORDS and not char.isspace():
            return False
    return True


def run_length(folded: str, quantities: Sequence[Quantity], place: int) -> int:
    """Return how many figures follow one another with nothing but list marks between them."""
    run = 1
    while run < LONGEST_RUN and place + run < len(quantities):
        gap = folded[quantities[place + run - 1].outer_end : quantities[place + run].outer_start]
        if not is_connector(gap):
            break
        run += 1
    return run


def respective_lefts(folded: str, quantities: Sequence[Quantity], place: int, first: Left) -> list[Left]:
    """Return what stands before each figure of a 分别 list; a verb of change may stand between two.

    In A、B分别增长5%、下降6% the second has its own verb, in A、B分别增长5%、6% it has the first's.
    """
    lefts = [first]
    for following in range(place + 1, min(len(quantities), place + LONGEST_RUN)):
        gap = folded[quantities[following - 1].outer_end : quantities[following].outer_start]
        if is_connector(gap):
            lefts.append(lefts[-1])
            continue
        own = read_left(gap)
        alike = first.change and own.change and quantities[following].base_unit == quantities[place].base_unit
        if not alike or own.rest.strip(" 、和与及"):
            break
        lefts.append(own)
    return lefts


def pairs_up(left: Left, run: Sequence[Quantity]) -> bool:
    """Return whether names and figures pair up without 分别 (A和B增长13%和12%)."""
    name = trim_name(left.rest, 0, left.end, percent=True) if left.rest else None
    if name is None or any(one.outer_end == following.outer_start for one, following in pairwise(run)):
        return False
    alike = len({quantity.base_unit for quantity in run}) == 1  # 城乡 stands for two only where units agree
    return len(split_names(name, len(run) if alike else None)) == len(run)
