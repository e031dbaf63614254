"""The words that mark a section or a report, by TF-IDF."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from dalian_report.explore.places import Group, Places, groups, is_salutation, origin
from dalian_report.explore.segmenting import Word, segment
from dalian_report.explore.words import is_telling, rarity
from dalian_report.model import Report, Span


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that marks a section: `rank` 1 is the strongest.

    `count` is how often the section has it, `weight` its TF-IDF to four places, comparable within one
    section only. `start` and `end` are its first occurrence there. A keyword of text outside all sections
    has `section` None and empty `section_path` and `heading`.
    """

    type: Literal["keyword"]
    report: str
    source: str
    region: str | None
    year: int | None
    section: int | None
    section_path: str
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
) -> list[Keyword]:
    """Return the `top` words of each section, sections in document order, words by weight, then by place.

    `sections` (indices) chooses some; the text is shared out as in `summarise`, without a salutation. The
    rarity of a word is the one that jieba ships, from a general corpus, and not taken from the other
    sections: a report has few of them, and the order must not change with what else was chosen. What every
    report says (推进, 万亩) is in `data/stopwords.yaml`. `words` are the user's, kept whole. The first call
    loads jieba, about half a second.
    """
    return [
        keyword
        for group in groups(report, Places(report, sections))
        if not is_salutation(report, group)
        for keyword in _of_group(report, group, words=tuple(words), top=top)
    ]


def _of_group(report: Report, group: Group, *, words: tuple[str, ...], top: int) -> Iterator[Keyword]:
    """Yield the strongest words of one section."""
    ranked = _ranked(_telling(report, group.spans, words))[:top]
    for rank, (first, count, weight) in enumerate(ranked, 1):
        yield Keyword(
            type="keyword",
            **origin(report, group.section),
            rank=rank,
            word=report.text[first.start : first.end],
            count=count,
            weight=Decimal(f"{weight:.4f}"),
            start=first.start,
            end=first.end,
        )


def _telling(report: Report, spans: Iterable[Span], words: tuple[str, ...]) -> list[Word]:
    """Return the words that count, at their place in the report."""
    return [
        Word(word.text, start + word.start, start + word.end)
        for start, end in spans
        for word in segment(report.folded[start:end], words)
        if is_telling(word.text)
    ]


def _ranked(words: Sequence[Word]) -> list[tuple[Word, int, float]]:
    """Return each word's first place, count and weight, the heaviest first."""
    first: dict[str, Word] = {}
    counts: dict[str, int] = {}
    for word in words:
        first.setdefault(word.text, word)
        counts[word.text] = counts.get(word.text, 0) + 1
    frequencies, median = rarity()
    ranked = [
        (first[text], count, count * frequencies.get(text, median) / len(words))
        for text, count in counts.items()
    ]
    return sorted(ranked, key=lambda entry: -entry[2])
