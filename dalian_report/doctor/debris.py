"""Debris in the text: what recognition of scans, page code and wrong encodings leave behind."""

from __future__ import annotations

from collections.abc import Iterator

from dalian_report.data import load_data
from dalian_report.doctor.findings import Finding, make_finding
from dalian_report.document.repair import find_repairs
from dalian_report.model import Report

_NAMES = {
    "split-numbers": "numbers with spaces in them",
    "letters-for-digits": "letters in place of digits",
    "entities": "character codes of web pages",
    "written-breaks": "line breaks written out",
}
_MOJIBAKE_SHARE = 0.02
_MIN_KINDS = 4


def find_debris(report: Report) -> Iterator[Finding]:
    """Yield a finding for each kind of debris, with its number and the first place."""
    found: dict[str, list[tuple[int, int]]] = {}
    for one in find_repairs(report.text):
        found.setdefault(one.code, []).append((one.start, one.end))
    for code, spans in found.items():
        yield make_finding(report, code, f"{len(spans)} {_NAMES[code]}", spans[0])
    yield from _mojibake(report)
    unknown = report.text.count("\ufffd")
    if unknown:
        at = report.text.index("\ufffd")
        message = f"{unknown} characters were lost before it was saved (U+FFFD)"
        yield make_finding(report, "unknown-characters", message, (at, at + 1))


def _mojibake(report: Report) -> Iterator[Finding]:
    """Yield a finding where UTF-8 was read as GBK: signs that take the place of the commonest characters."""
    text = report.text[report.body.start : report.body.end]
    counts = {sign: count for sign in load_data("doctor")["mojibake"] if (count := text.count(sign))}
    if len(counts) >= _MIN_KINDS and sum(counts.values()) > _MOJIBAKE_SHARE * len(text):
        at = report.body.start + min(text.index(sign) for sign in counts)
        message = "UTF-8 that was read as GBK and saved so"
        yield make_finding(report, "mojibake", message, (at, at + 20))
