"""Telling sentences: those that say most of a section, taken from it as they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from math import hypot, log, pow
from typing import NamedTuple

from dalian_report.model import Metric, Report, Span

_MIN_CHARS = 12
_LONG_CHARS = 90  # a reader takes a longer sentence in less easily
_LIKENESS = 0.6  # how much a sentence loses by being like one that was taken
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# To the people in the room, not about the work.
_ADDRESS = re.compile(
    r"各位代表|我(?:谨|再次)?代表|请予审议|请各位.{0,6}审议|提出意见|谢谢|^我们深知|同志们[!:]"
    r"|(?:衷心|诚挚|深深|由衷)的?感谢|表示.{0,4}感谢|致以.{0,12}(?:敬意|谢意|问候|祝贺|祝福)"
)
# How a paragraph ends that goes on in the next: an item of a list, or what leads to one.
_GOES_ON = (";", ":", ",")

Vector = Mapping[str, float]


class Extract(NamedTuple):
    """A sentence of the report: `text[start:end]` of its text."""

    text: str
    start: int
    end: int


class Sentences:
    """The sentences of a report, weighed once for all of its sections.

    What a sentence is about is told by pairs of Chinese characters, so no segmenter is needed: each pair
    counts by how rare it is among the sentences of the report.
    """

    def __init__(self, report: Report, metrics: Sequence[Metric]) -> None:
        self._report = report
        self._pairs = {sentence: _pairs(report.folded[slice(*sentence)]) for sentence in report.sentences}
        spread = Counter(pair for pairs in self._pairs.values() for pair in pairs)
        size = max(len(self._pairs), 1)
        self._rarity = {pair: log(1 + size / count) for pair, count in spread.items()}
        self._figures: dict[int, float] = {}
        for metric in metrics:
            weight = 0.12 if metric.key and not metric.ambiguous else 0.03
            self._figures[metric.sentence_start] = self._figures.get(metric.sentence_start, 0.0) + weight

    def most_telling(self, own: Sequence[Span], limit: int, *, leave_out: Collection[int]) -> list[Extract]:
        """Return at most `limit` of a section's own sentences, in text order.

        A sentence counts by how much it shares with the whole section (its centroid), by the figures in it,
        most by those of indicators, and by opening the section; it loses by length and by being like one that
        is taken already. A paragraph that the next one goes on with, and words to the room, tell nothing.
        `leave_out` are starts of sentences that are shown elsewhere.
        """
        report = self._report
        candidates = [
            sentence
            for sentence in own
            if sentence.start not in leave_out
            and sentence.end - sentence.start >= _MIN_CHARS
            and not report.folded.endswith(_GOES_ON, *sentence)
            and not _ADDRESS.search(report.folded, *sentence)
        ]
        vectors = {sentence: self._vector(sentence) for sentence in candidates}
        centre: dict[str, float] = {}
        for vector in vectors.values():
            for pair, weight in vector.items():
                centre[pair] = centre.get(pair, 0.0) + weight
        scores = {
            sentence: self._score(sentence, _likeness(vector, centre), first=sentence == candidates[0])
            for sentence, vector in vectors.items()
        }
        taken: list[Span] = []
        while scores and len(taken) < limit:
            best = max(scores, key=lambda sentence: (scores[sentence], -sentence.start))
            del scores[best]
            taken.append(best)
            for sentence in scores:
                scores[sentence] -= _LIKENESS * _likeness(vectors[sentence], vectors[best])
        return [Extract(report.text[slice(*span)], *span) for span in sorted(taken)]

    def _score(self, sentence: Span, likeness: float, *, first: bool) -> float:
        length = sentence.end - sentence.start
        figures = min(self._figures.get(sentence.start, 0.0), 0.4)
        return (likeness + figures + 0.1 * first) * min(1.0, pow(_LONG_CHARS / length, 0.3))

    def _vector(self, sentence: Span) -> Vector:
        return {pair: count * self._rarity[pair] for pair, count in self._pairs[sentence].items()}


def _pairs(text: str) -> Counter[str]:
    return Counter(run[i : i + 2] for run in _CHINESE.findall(text) for i in range(len(run) - 1))


def _likeness(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors."""
    shared: float = sum(weight * other[pair] for pair, weight in one.items() if pair in other)
    norms = hypot(*one.values()) * hypot(*other.values())
    return shared / norms if norms else 0.0
