"""`dreport search --count file`: terms counted in whole files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from dalian_report.corpus.counting import count_files
from dalian_report.errors import ExitCode, SourceError
from dalian_report.explore.queries import Matcher
from dalian_report.explore.search import HitCount
from dalian_report.views import record_keys
from dalian_report.views.hits import count_table

from .log import Log
from .options import Writing
from .output import answer
from .reading import Reading


def count_in_files(reading: Reading, matcher: Matcher, writing: Writing, log: Log) -> ExitCode:
    """Write how often each term stands in each file; a file that cannot be read is told and counted."""
    records: list[HitCount] = []
    with answer(writing, keys=record_keys(HitCount), inputs=reading.files) as sink:
        for counted in count_files(reading.readable(), matcher, encoding=reading.encoding):
            if counted.fault is not None:
                log.fail(SourceError(counted.fault.rstrip(".")))
            records += _records(counted.path, counted.counts, matcher)
        if records:
            sink.add(records, partial(count_table, records, of_files=True))
    return reading.finish(found=bool(records))


def _records(path: str, counts: Sequence[int], matcher: Matcher) -> list[HitCount]:
    return [
        HitCount(
            type="count",
            report="",
            source=path,
            region=None,
            year=None,
            section=None,
            section_path="",
            heading="",
            term=term.asked,
            hits=count,
            characters=None,
            per_10k=None,
        )
        for term, count in zip(matcher.query.terms, counts, strict=True)
        if count
    ]
