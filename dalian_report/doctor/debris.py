"""Debris in the text: what recognition of scans, page code and wrong encodings leave behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dalian_report.data import load_data
from dalian_report.doctor.findings import Finding, make_finding
from dalian_report.document.repair import find_doubtful, find_repairs
from dalian_report.errors import counted
from dalian_report.model import Report

_NAMES = {
    "wrapped-lines": "line breaks within sentences",
    "split-numbers": "numbers with spaces in them",
    "letters-for-digits": "letters in place of digits",
    "doubled-signs": "percent signs written twice",
    "entities": "character codes of web pages",
    "written-breaks": "line breaks written out",
    "doubtful-numbers": "numbers with a space in them that may be two",
}
_MOJIBAKE_SHARE = 0.02
_MIN_KINDS = 4
_LATIN = re.compile("[\u0080-\u00ff]")
_LATIN_SHARE = 0.2
_HAN = re.compile("[\u3400-\u9fff]")
_HAN_SHARE = 0.1


def find_debris(report: Report) -> Iterator[Finding]:
    """Yield a finding for each kind of debris, with its number and the first place."""
    found: dict[str, list[tuple[int, int]]] = {}
    repairs = list(find_repairs(report.text))
    for one in (*repairs, *find_doubtful(report.text, repairs)):
        found.setdefault(one.code, []).append((one.start, one.end))
    for code, spans in found.items():
        yield make_finding(report, code, f"{len(spans)} {_NAMES[code]}", spans[0])
    yield from _mojibake(report)
    unknown = report.text.count("\ufffd")
    if unknown:
        at = report.text.index("\ufffd")
        message = f"{counted(unknown, 'character')} lost before it was saved (U+FFFD)"
        yield make_finding(report, "unknown-characters", message, (at, at + 1))


def _mojibake(report: Report) -> Iterator[Finding]:
    """Yield a finding where Chinese was read in another encoding, or where there is none in the text.

    UTF-8 read as GBK has signs that take the place of the commonest characters; what was read as Latin-1 or
    Windows-1252 is of the accented letters and signs that end those.
    """
    text = report.text[report.body.start : report.body.end]
    counts = {sign: count for sign in load_data("doctor")["mojibake"] if (count := text.count(sign))}
    latin = _LATIN.search(text)
    if len(counts) >= _MIN_KINDS and sum(counts.values()) > _MOJIBAKE_SHARE * len(text):
        message, at = "UTF-8 that was read as GBK and saved so", min(text.index(sign) for sign in counts)
    elif latin and len(_LATIN.findall(text)) > _LATIN_SHARE * len(text):
        message, at = "Chinese that was read as Latin-1 or Windows-1252 and saved so", latin.start()
    else:
        if text and len(_HAN.findall(text)) < _HAN_SHARE * len(text):
            message = f"{len(_HAN.findall(text)):,} of its {len(text):,} characters are Chinese"
            yield make_finding(report, "unreadable", message, (report.body.start, report.body.start + 20))
        return
    at += report.body.start
    yield make_finding(report, "mojibake", message, (at, min(at + 20, report.body.end)))
