"""Keyness: which words one text has more often, or less often, than another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, log2
from typing import Literal

CHANCE = 3.84  # a keyness below it comes by chance in more than 5 of 100 cases
Direction = Literal["more", "less", "same"]


@dataclass(frozen=True, slots=True)
class Contrast:
    """How often a word stands in two texts: `direction` is how the first has it, beside the second;
    "same" where nothing tells them apart.

    `keyness` is the log-likelihood (G2) of the two counts, never negative: 3.84 and more is unlikely to be
    chance at 5 in 100, 15.13 at 1 in 10,000. `ratio` is the effect size, the binary logarithm of the quotient
    of the two relative frequencies: 1 is twice as often, -2 a quarter; for none stands half an occurrence in
    the two texts together.
    """

    word: str
    count: int
    other: int
    keyness: float
    ratio: float
    direction: Direction


def contrasts(own: Mapping[str, int], other: Mapping[str, int]) -> list[Contrast]:
    """Return every word of either text, the surest difference first, then by word; none where one is empty.

    Frequencies are relative to all counted words of a text. Log-likelihood as in Dunning (1993) in the form
    of Rayson and Garside (2000); log ratio as in Hardie (2014).
    """
    own_size, other_size = sum(own.values()), sum(other.values())
    if not own_size or not other_size:
        return []
    found = [
        _contrast(word, (own.get(word, 0), own_size), (other.get(word, 0), other_size))
        for word in sorted({*own, *other})
    ]
    return sorted(found, key=lambda contrast: (-contrast.keyness, contrast.word))


def _contrast(word: str, own: tuple[int, int], other: tuple[int, int]) -> Contrast:
    """Return the contrast of a word from its count and the size in each text."""
    (count, size), (other_count, other_size) = own, other
    share = (count + other_count) / (size + other_size)
    keyness = 2 * (_term(count, size * share) + _term(other_count, other_size * share))
    least = 0.5 / (size + other_size)
    ratio = log2((count / size or least) / (other_count / other_size or least))
    lead = count * other_size - other_count * size
    direction: Direction = "more" if lead > 0 else "less" if lead else "same"
    return Contrast(word, count, other_count, max(keyness, 0.0), ratio, direction)


def _term(count: int, expected: float) -> float:
    return count * log(count / expected) if count else 0.0
