"""Records that no longer hold, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from dalian_report.explore import Check

from .cells import Part, one_line
from .table import Column, Row, Table, Title
from .titles import short_path

COLUMNS = (
    Column("指标", folds=True),
    Column("记录", right=True),
    Column("原文现为", folds=True),
    Column("不符"),
    Column("位置"),
)
_MAX_THERE = 24


def check_table(checks: Sequence[Check]) -> Table:
    """Return the records under their sources: what each says, what stands there, what is wrong, its place."""
    lines: list[Title | Row] = []
    last: str | None = None
    for check in checks:
        if check.source != last:
            lines.append(
                Title(1 if last is None else 2, (Part(one_line(short_path(check.source)), "report"),))
            )
            last = check.source
        there = one_line(check.there)
        place = f"{check.start}" + (f" → {check.found_at}" if check.found_at is not None else "")
        lines.append(
            Row(
                (
                    (Part(one_line(check.name or "")),),
                    (Part(one_line(check.text)),),
                    (Part(there if len(there) <= _MAX_THERE else f"{there[:_MAX_THERE]}…"),),
                    (Part(", ".join(check.problems), "other"),),
                    (Part(place, "place"),),
                )
            )
        )
    return Table(COLUMNS, tuple(lines))
