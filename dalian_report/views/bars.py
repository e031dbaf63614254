"""Bars and sparklines of block characters.

They stand in the last column of a table, since terminals do not agree on how wide a block is. Plotext, the
library for terminal charts, was tried: importing it takes as long as the rest of a command, and its charts
do not fold into our tables.
"""

from __future__ import annotations

from collections.abc import Sequence

_WIDTH = 20
_EIGHTHS = " ▏▎▍▌▋▊▉"
_STEPS = "▁▂▃▄▅▆▇█"


def bar(value: float, most: float, width: int = _WIDTH) -> str:
    """Return a bar of at most `width` cells, as long as the value is beside the largest one.

    >>> bar(3, 6, 4), bar(0, 6, 4)
    ('██', '')
    """
    eighths = round(value / most * width * 8) if most > 0 and value > 0 else 0
    if value > 0:
        eighths = max(eighths, 1)  # what is there can be seen
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def shortened(text: str, longest: int, width: int) -> str:
    """Return a bar of a table whose longest takes `longest` cells, as it is where that one takes `width`.

    >>> shortened("████", 8, 6), shortened("▌", 8, 4)
    ('███', '▎')
    """
    eighths = sum(_EIGHTHS.find(block) if block in _EIGHTHS else 8 for block in text)
    return bar(eighths, longest * 8, width)


def sparkline(values: Sequence[float | None]) -> str:
    """Return a line with a step for each value, the largest full, none for 0, a gap where there is none.

    >>> sparkline([1, 4, 8, 0, None, 2])
    '▁▄█. ▂'
    """
    most = max((value for value in values if value is not None), default=0)
    return "".join(_step(value, most) for value in values)


def _step(value: float | None, most: float) -> str:
    if value is None:
        return " "
    if value <= 0 or most <= 0:
        return "."
    return _STEPS[max(0, min(7, round(value / most * 8) - 1))]
