"""Ranking: the sections that say most about the terms, by BM25."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

from dalian_report.explore.places import Places
from dalian_report.explore.search import Hit
from dalian_report.model import Report

_SATURATION, _BY_LENGTH = 1.2, 0.75  # k1 and b, as usual


@dataclass(frozen=True, slots=True)
class _Passage:
    """The hits of a section."""

    hits: tuple[Hit, ...]
    characters: int


class Ranking:
    """Hits of many reports, the sections that say most about the terms first.

    The documents of BM25 are sections, each with the text that its subsections do not have; frequencies are
    counts of hits, lengths count characters. Every report must be added, also those without hits: how rare a
    term is depends on them.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        self._terms = tuple(terms)
        self._passages: list[_Passage] = []
        self._documents = 0
        self._characters = 0

    def add(self, report: Report, hits: Iterable[Hit]) -> None:
        """Take the hits of the next report."""
        places = Places(report)
        sizes: dict[int | None, int] = {}
        for stretch in places.stretches:
            sizes[stretch.section] = sizes.get(stretch.section, 0) + stretch.end - stretch.start
        self._documents += len(sizes)
        self._characters += sum(sizes.values())
        by_section: dict[int | None, list[Hit]] = {}
        for hit in hits:
            by_section.setdefault(places.at(hit.start), []).append(hit)
        for section, found in by_section.items():
            self._passages.append(_Passage(tuple(found), sizes.get(section, 0)))

    def ranked(self) -> list[Hit]:
        """Return the hits with the scores of their sections, the highest first, then in input order.

        The hits of one section follow each other in text order.
        """
        spread = Counter(term for passage in self._passages for term in {hit.term for hit in passage.hits})
        scored = [(self._score(passage, spread), passage) for passage in self._passages]
        scored.sort(key=lambda pair: -pair[0])
        return [replace(hit, score=round(score, 3)) for score, passage in scored for hit in passage.hits]

    def _score(self, passage: _Passage, spread: Counter[str]) -> float:
        counts = Counter(hit.term for hit in passage.hits)
        usual = self._characters / max(self._documents, 1)
        damped = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * passage.characters / max(usual, 1))
        return sum(
            log(1 + (self._documents - spread[term] + 0.5) / (spread[term] + 0.5))
            * counts[term]
            * (_SATURATION + 1)
            / (counts[term] + damped)
            for term in self._terms
            if counts[term]
        )
