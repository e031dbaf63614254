"""The words that mark a section or a report, by TF-IDF or by TextRank."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from dalian_report.document import words_as_read
from dalian_report.explore.places import Group, OfSection, Origin, Places, groups, is_salutation, origin
from dalian_report.explore.segmenting import Word, jieba_module, jieba_tokenizer
from dalian_report.explore.words import rarity, stop_words, telling_words
from dalian_report.folding import fold
from dalian_report.model import Report

Method = Literal["tfidf", "textrank"]


@dataclass(frozen=True, slots=True)
class Keyword(OfSection):
    """A word that marks a section or a report: `rank` 1 is the strongest.

    `count` is how often the text has it, `weight` its TF-IDF or its TextRank to four places, comparable
    within one text only. `start` and `end` are its first occurrence there. A keyword outside
    all sections, or of a whole report, has `section` None and empty `section_path` and `heading`.
    """

    type: Literal["keyword"]
    heading: str
    rank: int
    word: str
    count: int
    weight: Decimal
    start: int
    end: int


def keywords(
    report: Report,
    sections: Collection[int] | None = None,
    *,
    words: Sequence[str] = (),
    top: int = 10,
    method: Method = "tfidf",
) -> list[Keyword]:
    """Return the `top` words of each section, sections in document order, words by weight, then by place.

    `sections` (indices) chooses some; the text is shared out as in `summarise`, without a salutation. With
    `tfidf` the rarity of a word is the one that jieba ships, from a general corpus, and not taken from the
    other sections: a report has few of them, and the order must not change with what else was chosen. What
    every report says (推进, 万亩) is in `data/stopwords.yaml`. With `textrank` it is jieba's TextRank, over
    nouns and verbs that stand near each other. `words` are the user's, kept whole. The first call loads the
    dictionary, about half a second.
    """
    return [
        keyword
        for group in groups(report, Places(report, sections))
        if not is_salutation(report, group)
        for keyword in _Weigher(report, tuple(words), method).keywords(group, top)
    ]


def report_keywords(
    report: Report, *, words: Sequence[str] = (), top: int = 10, method: Method = "tfidf"
) -> list[Keyword]:
    """Return the `top` words of the body of a report as a whole."""
    whole = Group(None, (report.body,))
    return list(_Weigher(report, tuple(words), method).keywords(whole, top))


class _Weigher:
    """Weighs the words of groups of text of one report."""

    def __init__(self, report: Report, words: tuple[str, ...], method: Method) -> None:
        self._report, self._words, self._method = report, words, method

    def keywords(self, group: Group, top: int) -> Iterator[Keyword]:
        """Yield the strongest words of a group."""
        place = origin(self._report, group.section)
        found = telling_words(self._report, group.spans, self._words)
        weights = self._textrank(group) if self._method == "textrank" else None
        for rank, (first, count, weight) in enumerate(_ranked(found, weights)[:top], 1):
            yield _keyword(self._report, place, first, (rank, count, weight))

    def _textrank(self, group: Group) -> dict[str, float]:
        """Return jieba's TextRank of the words of a group."""
        text = "".join(self._report.simplified[start:end] for start, end in group.spans)
        words = (words_as_read(self._report, fold(word)) for word in self._words)
        ranker = text_ranker(tuple(dict.fromkeys(words)))
        return dict(ranker.textrank(text, topK=None, withWeight=True))


@lru_cache(maxsize=4)
def text_ranker(words: tuple[str, ...]) -> Any:
    """Return jieba's TextRank over a tokenizer that keeps the user's words whole, with our stop words."""
    jieba_module()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it leaves a file of its own open
        import jieba.analyse
        import jieba.posseg
    ranker = jieba.analyse.TextRank()
    ranker.tokenizer = ranker.postokenizer = jieba.posseg.POSTokenizer(jieba_tokenizer(words))
    ranker.stop_words = set(stop_words())
    return ranker


def _keyword(report: Report, place: Origin, first: Word, found: tuple[int, int, float]) -> Keyword:
    rank, count, weight = found
    return Keyword(
        type="keyword",
        **place,
        rank=rank,
        word=report.text[first.start : first.end],
        count=count,
        weight=Decimal(f"{weight:.4f}"),
        start=first.start,
        end=first.end,
    )


def _ranked(words: Sequence[Word], weights: dict[str, float] | None) -> list[tuple[Word, int, float]]:
    """Return each word's first place, count and weight, the heaviest first; without weights by TF-IDF."""
    first: dict[str, Word] = {}
    counts: dict[str, int] = {}
    for word in words:
        first.setdefault(word.text, word)
        counts[word.text] = counts.get(word.text, 0) + 1
    if weights is None:
        frequencies, median = rarity()
        weights = {text: count * frequencies.get(text, median) / len(words) for text, count in counts.items()}
    ranked = [(first[text], counts[text], weights[text]) for text in counts if text in weights]
    return sorted(ranked, key=lambda entry: -entry[2])
