"""The ledger as a table: a row for each numeral under its section, and a line that sums it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dalian_report.document import section_at
from dalian_report.explore import LedgerEntry
from dalian_report.model import Report

from .cells import Part, one_line
from .metrics import marked_parts
from .table import Column, Row, Table, Title
from .titles import report_title, section_title

STATE_WORDS = {"captured": "收录", "excluded": "排除", "unclaimed": "遗漏"}
COLUMNS = (
    Column("数字", right=True),
    Column("去向"),
    Column("指标或理由", folds=True),
    Column("原文", folds=True),
    Column("位置"),
)


def ledger_table(report: Report, entries: Sequence[LedgerEntry], shown: Sequence[LedgerEntry]) -> Table:
    """Return the entries to show under their sections; the last line sums up all `entries`."""
    lines: list[Title | Row] = [Title(1, report_title(report))]
    last: int | None = -1
    for entry in shown:
        section = section_at(report, entry.start)
        if section != last:
            lines.append(Title(2, section_title(report, section)))
            last = section
        lines.append(_row(entry))
    lines.append(Title(2, (Part(_sum(entries), said=True),)))
    return Table(COLUMNS, tuple(lines))


def summary_words(entries: Sequence[LedgerEntry]) -> str:
    """Return how many numerals were captured, excluded, the commonest reason first, and unclaimed."""
    states, told = _counts(entries)
    return (
        f"{len(entries)} numerals: {states['captured']} captured, {states['excluded']} excluded"
        f"{f' ({told})' if told else ''}, {states['unclaimed']} unclaimed"
    )


def _sum(entries: Sequence[LedgerEntry]) -> str:
    states, told = _counts(entries)
    return (
        f"共 {len(entries)} 个数字：收录 {states['captured']}，排除 {states['excluded']}"
        f"{f'（{told}）' if told else ''}，遗漏 {states['unclaimed']}"
    )


def _counts(entries: Sequence[LedgerEntry]) -> tuple[Counter[str], str]:
    reasons = Counter(entry.reason for entry in entries if entry.reason)
    told = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
    return Counter(entry.state for entry in entries), told


def _row(entry: LedgerEntry) -> Row:
    why = "；".join(dict.fromkeys(map(one_line, entry.names))) or entry.reason or ""
    start = entry.start - entry.context_start
    place = f"{entry.section_path}:{entry.start}" if entry.section_path else str(entry.start)
    return Row(
        (
            (Part(one_line(entry.text)),),
            (Part(STATE_WORDS[entry.state], "other" if entry.state == "unclaimed" else "", said=True),),
            (Part(why, "" if entry.names else "place"),),
            marked_parts(entry.context, [(start, start + len(entry.text))]),
            (Part(place, "place"),),
        )
    )
