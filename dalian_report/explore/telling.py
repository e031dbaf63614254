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
# To the people in the room, or of the speech or the page itself, not about the work.
_ADDRESS = re.compile(
    r"各位代表|我(?:谨|再次|现在)?代表|请予审议|请各位.{0,6}审议|[请交].{0,8}大会.{0,4}审[议查]|提出意见|谢谢"
    r"|^我们深知|同志们[!:]|(?:衷心|诚挚|深深|由衷)的?感谢|表示.{0,4}感谢|致以.{0,12}(?:敬意|谢意|问候|祝贺|祝福)"
    r"|让我们|[上下][接转]第|紧密地?团结在|(?:^|,)(?:(?:现在|这里|下面|最后),?)?我(?=[想来讲说谈还再要就只])"
)
# What leans on the sentence before it says less alone.
_LEANS = re.compile(
    r"但|因此|因而|所以|然而|可是|而|并且|同时|其[中次他它余]|此外|另外|另一|这|那[末么些种是]|他们|它们|由此"
    r"|对此|为此|总之|例如|比如|前面|上述|以上|如上|[一二三四五六七八九十]{1,2}是|\(?[0-9]{1,2}[).、](?![0-9])|[①-⑳]"
)
# Formulas that every report has.
_FORMULA = re.compile(r"两个(?:确立|维护)|凝心铸魂|是[^,。;]{0,30}(?:一年|之年|周年|年头|时期)[,。]")
_WEAK = 0.7
# What a plan stands on: told however long it is.
_BASIS = re.compile(r"(?:总体要求|总体思路|指导思想|基本思路|[期要展斗体]目标)(?:和任务)?[是为:]")
# How a sentence ends that is whole and states something: no item of a list, no heading, no question.
_WHOLE = re.compile(r"[。!.…][”’」』)》]*$")
_PAIRS = (("“", "”"), ("(", ")"), ("《", "》"), ("‘", "’"))

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
        self._pairs = {sentence: _pairs(report.simplified[slice(*sentence)]) for sentence in report.sentences}
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
        is taken already, by leaning on the one before it or being a formula. A paragraph that the next one
        goes on with, a piece of a quotation, a question, and words to the room tell nothing. `leave_out` are
        starts of sentences that are shown elsewhere.
        """
        report = self._report
        candidates = [
            sentence
            for sentence in own
            if sentence.start not in leave_out
            and sentence.end - sentence.start >= _MIN_CHARS
            and _states(report.simplified[slice(*sentence)])
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
        folded = self._report.simplified
        weak = _WEAK if _LEANS.match(folded, *sentence) or _FORMULA.search(folded, *sentence) else 1.0
        figures = min(self._figures.get(sentence.start, 0.0), 0.4)
        fits = length <= _LONG_CHARS or _BASIS.search(folded, *sentence)
        return (likeness + figures + 0.1 * first) * (1.0 if fits else pow(_LONG_CHARS / length, 0.4)) * weak

    def _vector(self, sentence: Span) -> Vector:
        return {pair: count * self._rarity[pair] for pair, count in self._pairs[sentence].items()}


def _states(sentence: str) -> bool:
    """Return whether a sentence is whole and states something to a reader, rather than to the room."""
    if not _WHOLE.search(sentence) or _ADDRESS.search(sentence):
        return False
    return all(sentence.count(opening) == sentence.count(closing) for opening, closing in _PAIRS)


def _pairs(text: str) -> Counter[str]:
    return Counter(run[i : i + 2] for run in _CHINESE.findall(text) for i in range(len(run) - 1))


def _likeness(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors."""
    shared: float = sum(weight * other[pair] for pair, weight in one.items() if pair in other)
    norms = hypot(*one.values()) * hypot(*other.values())
    return shared / norms if norms else 0.0
