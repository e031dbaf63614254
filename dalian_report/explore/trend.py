"""Trend: how often reports say given phrases, year by year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from dalian_report.explore.search import areas_of, rate, search
from dalian_report.folding import count_visible
from dalian_report.model import Report


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """How often the reports of a year say a phrase; `year` None holds those whose year is not known.

    `reports` is how many there are, `characters` what they have together without white space, `per_10k` the
    occurrences for 10,000 of them.
    """

    type: Literal["trend"]
    phrase: str
    year: int | None
    reports: int
    count: int
    characters: int
    per_10k: float


class Trend:
    """Counts phrases over the reports that it is given; phrases are taken literally, full width folded."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self.phrases = tuple(dict.fromkeys(phrases))
        self._counts: dict[tuple[str, int | None], int] = {}
        self._sizes: dict[int | None, list[int]] = {}

    def add(self, report: Report, sections: Collection[int] | None = None) -> int:
        """Take a report, or some of its sections (indices), and return how many hits there were."""
        size = sum(count_visible(report.text[start:end]) for start, end in areas_of(report, sections))
        self._sizes.setdefault(report.year, []).append(size)
        hits = search(report, self.phrases, sections=sections)
        for hit in hits:
            key = (hit.term, report.year)
            self._counts[key] = self._counts.get(key, 0) + 1
        return len(hits)

    def points(self) -> list[TrendPoint]:
        """Return a point for each phrase and year, phrases as given, years rising, an unknown one last."""
        years = sorted(self._sizes, key=lambda year: (year is None, year or 0))
        return [
            TrendPoint(
                type="trend",
                phrase=phrase,
                year=year,
                reports=len(self._sizes[year]),
                count=self._counts.get((phrase, year), 0),
                characters=sum(self._sizes[year]),
                per_10k=rate(self._counts.get((phrase, year), 0), sum(self._sizes[year])),
            )
            for phrase in self.phrases
            for year in years
        ]
