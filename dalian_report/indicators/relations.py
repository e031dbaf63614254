"""Targets and results that are told without a number: 与经济增长同步, 只减不增, 高于全国平均水平."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Final

from dalian_report.data import load_data
from dalian_report.model import Bound, Quantity

_BREAK: Final = re.compile(r"[,;。:!?\n]")
_NOT_SAID: Final = ("的", "机制", "制度", "行动", "方针", "政策", "要求", "改造", "成果", "”成果")


@cache
def _forms() -> re.Pattern[str]:
    """Return the pattern of data/relations.yaml."""
    data = load_data("relations")
    yardstick = f"(?:{'|'.join(data['yardstick'])})"
    return re.compile("|".join(form.replace("{yardstick}", yardstick) for form in data["forms"]))


def find_relations(folded: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return what folded[start:end] says without a number, as quantities of form `relation` and amount 0.

    `quantities` are the figures of the text in its order. A comparison that a figure completes
    (高于全国2.6个百分点) is no relation, nor one that only qualifies a noun behind it (全覆盖的网络).

    >>> text = "居民收入增长与经济增长同步,城镇新增就业5万人。"
    >>> [(one.text, one.start) for one in find_relations(text, 0, len(text), ())]
    [('与经济增长同步', 6)]
    """
    starts = [quantity.outer_start for quantity in quantities]
    found: list[Quantity] = []
    for match in _forms().finditer(folded, start, end):
        mark = _BREAK.search(folded, match.end(), end)
        limit = mark.start() if mark else end
        following = bisect_left(starts, match.start())
        completed = following < len(starts) and starts[following] < limit
        inside = following and quantities[following - 1].outer_end > match.start()
        quoted = folded.rfind("“", start, match.start()) > folded.rfind("”", start, match.start())
        if not (completed or inside or quoted or folded.startswith(_NOT_SAID, match.end())):
            found.append(_relation(match))
    return found


def _bound(text: str) -> Bound:
    """Return what a comparison says of its yardstick: 不低于上年 at least, 低于全国 at most."""
    if text.startswith(("不低于", "高于", "快于", "多于", "超过", "赶上", "赶超")):
        return "at_least"
    return "at_most" if text.startswith(("不高于", "不超过", "低于", "慢于", "少于")) else "exact"


def _relation(match: re.Match[str]) -> Quantity:
    return Quantity(
        start=match.start(),
        end=match.end(),
        outer_start=match.start(),
        outer_end=match.end(),
        text=match.group(),
        value=Decimal(0),
        value_max=None,
        unit="",
        amount=Decimal(0),
        amount_max=None,
        base_unit="%",  # named like a growth: 居民收入增速 gives 居民收入
        bound=_bound(match.group()),
        form="relation",
    )
