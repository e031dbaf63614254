"""What `dreport search` does with the hits of its reports: list, rank, count or tabulate them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from typing import Any, Literal, NamedTuple

from dalian_report.explore import Hit
from dalian_report.explore.ranking import Ranking
from dalian_report.explore.search import HitCount, count_hits
from dalian_report.model import Report
from dalian_report.views import Sink, record_keys
from dalian_report.views.hits import (
    WithoutHits,
    count_table,
    hit_table,
    kwic_table,
    ranked_table,
    rows_of,
    without_table,
)
from dalian_report.views.titles import section_named


class Manner(NamedTuple):
    """How hits are told: in which form, a concordance in which order, and how many at most.

    The limit is of rows where a table is shown (`in_rows`), else of records, which are hits. `whole` keeps
    all of the context in a concordance, on several lines where it does not fit on one.
    """

    form: Literal["list", "kwic", "rank", "report", "section", "without"] = "list"
    sort: Literal["text", "left", "right"] = "text"
    limit: int | None = None
    in_rows: bool = False
    whole: bool = False


class Teller:
    """Takes hits report by report and writes them; a limit cuts what is more."""

    keys: Sequence[str] = record_keys(Hit)

    def __init__(self, manner: Manner, terms: Sequence[str]) -> None:
        self._manner, self._terms = manner, terms
        self.found, self.left_out, self._shown = False, 0, 0

    def take(self, sink: Sink, report: Report, hits: list[Hit]) -> None:
        """Take the hits of the next report."""
        self.found = self.found or bool(hits)
        kept = self._limited(hits)
        if kept:
            sink.add(kept, partial(hit_table, report, kept))

    def close(self, sink: Sink) -> None:
        """Write what had to wait for all of the reports."""

    def _limited(self, hits: Sequence[Hit]) -> Sequence[Hit]:
        limit = self._manner.limit
        if limit is None:
            return hits
        rows = list(rows_of(hits)) if self._manner.in_rows else [[hit] for hit in hits]
        shown = rows[: max(0, limit - self._shown)]
        self._shown += len(shown)
        kept = list(chain.from_iterable(shown))
        self.left_out += len(hits) - len(kept)
        return kept


class _Concordance(Teller):
    """Hits of all reports in one table, in the order of their context."""

    def __init__(self, manner: Manner, terms: Sequence[str]) -> None:
        super().__init__(manner, terms)
        self._hits: list[Hit] = []

    def take(self, sink: Sink, report: Report, hits: list[Hit]) -> None:
        """Take the hits of the next report."""
        self._hits += hits

    def close(self, sink: Sink) -> None:
        """Write them in order."""
        orders: dict[str, Callable[[Hit], Any]] = {
            "text": lambda hit: 0,
            "left": lambda hit: (hit.left.rstrip()[::-1], hit.right),
            "right": lambda hit: (hit.text + hit.right.lstrip(), hit.left[::-1]),
        }
        self.found = bool(self._hits)
        kept = self._limited(sorted(self._hits, key=orders[self._manner.sort]))
        if kept:
            sink.add(kept, partial(kwic_table, kept, whole=self._manner.whole))


class _Ranked(Teller):
    """Hits of all reports, the best sections first."""

    def __init__(self, manner: Manner, terms: Sequence[str]) -> None:
        super().__init__(manner, terms)
        self._ranking = Ranking(terms)
        self._titles: dict[tuple[str, str], Any] = {}

    def take(self, sink: Sink, report: Report, hits: list[Hit]) -> None:
        """Take the hits of the next report."""
        self._ranking.add(report, hits)
        for hit in hits:
            key = (hit.source, hit.section_path)
            if key not in self._titles:
                self._titles[key] = section_named(report, hit.section_path, hit.heading)

    def close(self, sink: Sink) -> None:
        """Write them by score."""
        ranked = self._ranking.ranked()
        self.found = bool(ranked)
        kept = self._limited(ranked)
        if kept:
            sink.add(kept, partial(ranked_table, kept, self._titles))


class _Counts(Teller):
    """Counts of all reports in one table."""

    def __init__(self, manner: Manner, terms: Sequence[str]) -> None:
        super().__init__(manner, terms)
        self.keys = record_keys(HitCount)
        self._counts: list[HitCount] = []

    def take(self, sink: Sink, report: Report, hits: list[Hit]) -> None:
        """Count the hits of the next report."""
        by_section = self._manner.form == "section"
        self._counts += count_hits(report, hits, self._terms, by_section=by_section)

    def close(self, sink: Sink) -> None:
        """Write the counts."""
        self.found = bool(self._counts)
        if self._counts:
            sink.add(self._counts, partial(count_table, self._counts))


class _Without(Teller):
    """The reports without a hit."""

    keys = record_keys(WithoutHits)

    def __init__(self, manner: Manner, terms: Sequence[str]) -> None:
        super().__init__(manner, terms)
        self._records: list[WithoutHits] = []

    def take(self, sink: Sink, report: Report, hits: list[Hit]) -> None:
        """Take the next report."""
        if not hits:
            path = report.source.path
            self._records.append(WithoutHits("without", report.title, path, report.region, report.year))

    def close(self, sink: Sink) -> None:
        """Write them."""
        self.found = bool(self._records)
        if self._records:
            sink.add(self._records, partial(without_table, self._records))


FORMS: dict[str, type[Teller]] = {
    "list": Teller,
    "kwic": _Concordance,
    "rank": _Ranked,
    "report": _Counts,
    "section": _Counts,
    "without": _Without,
}


def teller_for(manner: Manner, terms: Sequence[str]) -> Teller:
    """Return what writes the hits in the manner that is asked for."""
    return FORMS[manner.form](manner, list(dict.fromkeys(terms)))
