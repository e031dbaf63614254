"""The doctor: whether a file is the report that it claims to be, and what is wrong with its text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from dalian_report.doctor.debris import find_debris
from dalian_report.doctor.findings import (
    CODES,
    Diagnosis,
    Finding,
    in_order,
    make_finding,
    verdict_of,
)
from dalian_report.doctor.identity import find_identity
from dalian_report.doctor.likeness import Memory
from dalian_report.doctor.wholeness import body_characters, find_wholeness
from dalian_report.errors import SourceError, counted
from dalian_report.model import Report
from dalian_report.sources.frontmatter import find_front_matter

__all__ = ["CODES", "Diagnosis", "Finding", "Memory", "diagnose", "diagnose_failure"]

# What a suffix promises, where it is not what the format is called.
_SUFFIXES = {
    "txt": ("txt", "text", "md", "markdown"),
    "md": ("md", "markdown"),
    "html": ("html", "htm", "shtml", "xhtml", "aspx", "jsp", "php"),
    "mhtml": ("mhtml", "mht"),
    "jsonl": ("jsonl", "ndjson", "json"),
}


def diagnose(
    report: Report, memory: Memory | None = None, *, region: str | None = None, year: int | None = None
) -> Diagnosis:
    """Return the verdict on a report and its findings, the gravest first.

    `memory` holds the reports seen before, to find near-duplicates; `region` and `year` are those that the
    configuration gives.
    """
    found = [
        *find_identity(report, region=region, year=year),
        *find_wholeness(report),
        *find_debris(report),
        *_reading(report),
    ]
    like = memory.recall(report) if memory is not None else None
    if like:
        same = like.source == report.source.path
        other = f"the copy at {like.where} of this file" if same else like.source
        message = f"shares {like.share:.0%} of its text with {other}"
        span = (report.body.start, report.body.end) if same else None
        found.append(make_finding(report, "near-duplicate", message, span))
    findings = in_order(found)
    source = report.source
    return Diagnosis(
        type="diagnosis",
        source=source.path,
        verdict=verdict_of(findings),
        report=report.title,
        region=report.region,
        date=report.date,
        year=report.year,
        format=source.format,
        encoding=source.encoding,
        characters=body_characters(report),
        head_cut=_cut(report, "before title"),
        tail_cut=_cut(report, "after end"),
        findings=findings,
    )


def diagnose_failure(path: str, error: SourceError) -> Diagnosis:
    """Return the diagnosis of a file that cannot be read at all."""
    what = f"{error.what} ({error.why})" if error.why else error.what
    remedy = error.remedy or CODES["unreadable"].remedy
    finding = Finding("unreadable", "error", what, None, None, None, None, remedy)
    blank = (None, None, None, None, None, None, 0, 0, 0)
    return Diagnosis("diagnosis", path, "bad", *blank, (finding,))


def _cut(report: Report, reason: str) -> int:
    return sum(cut.end - cut.start for cut in report.cuts if cut.reason == reason)


def _reading(report: Report) -> Iterator[Finding]:
    """Yield how the file was read: its encoding, what was cut or left out, what the reader could not read."""
    source = report.source
    yield make_finding(report, "encoding", f"{source.encoding}: {source.encoding_reason}")
    for cut in report.cuts:
        size = cut.end - cut.start
        if cut.reason != "front matter":
            message = f"{counted(size, 'character')} {cut.reason}"
            yield make_finding(report, "furniture", message, (cut.start, cut.end))
    for dropped in source.dropped:
        yield make_finding(report, "left-out", dropped)
    for lack in source.lacks:
        yield make_finding(report, "incomplete", lack)
    file, _, inside = source.path.partition("#")
    suffix = Path(inside if "." in inside else file).suffix[1:].lower()
    expected = _SUFFIXES.get(source.format, (source.format,))
    if suffix and suffix not in expected and source.path != "-" and not inside:
        yield make_finding(report, "format", f"named .{suffix}, it is {source.format}")
    front = find_front_matter(source.text)
    if front and front.sha256:
        now = hashlib.sha256(source.text[front.end :].encode("utf-8", "surrogatepass")).hexdigest()
        if now != front.sha256:
            yield make_finding(report, "changed", "its text is not what was added: the sha256 differs")
