"""The words of data/grammar.yaml, ready to be looked up at either end of a text."""

import re
from functools import cache
from typing import NamedTuple

from dalian_report.alphabet import YEAR
from dalian_report.data import load_data


class Words:
    """A set of words that can be looked for at the start or the end of a text, longest first."""

    __slots__ = ("first", "last", "lengths", "words")

    def __init__(self, words: list[str]) -> None:
        self.words = frozenset(words)
        self.first = frozenset([word[0] for word in words])
        self.last = frozenset([word[-1] for word in words])
        self.lengths = sorted(set(map(len, words)), reverse=True)

    def at_end(self, text: str, end: int) -> str:
        """Return the longest word that ends at `end`, or an empty string."""
        if text[end - 1 : end] in self.last:
            for length in self.lengths:
                if length <= end and text[end - length : end] in self.words:
                    return text[end - length : end]
        return ""

    def at_start(self, text: str, start: int = 0) -> str:
        """Return the longest word that starts at `start`, or an empty string."""
        if text[start : start + 1] in self.first:
            for length in self.lengths:
                if text[start : start + length] in self.words:
                    return text[start : start + length]
        return ""

    def find(self, text: str, start: int, end: int) -> list[tuple[int, str]]:
        """Return the words that lie inside text[start:end] with their places, longest at each place."""
        found: list[tuple[int, str]] = []
        position, first = start, self.first
        while position < end:
            word = self.at_start(text, position) if text[position] in first else ""
            if word and position + len(word) <= end:
                found.append((position, word))
                position += len(word)
            else:
                position += 1
        return found

    def __contains__(self, word: str) -> bool:
        return word in self.words


class Lexicon(NamedTuple):
    """The word classes of data/grammar.yaml."""

    change_up: Words
    change_down: Words
    links: Words
    heads: Words
    actions: Words
    strong_actions: Words
    nouns: Words
    stops: Words
    starts_not: Words
    rates: tuple[str, ...]
    brought: tuple[str, ...]
    attributes: Words
    pairs: Words
    growth_names: Words
    fall_names: Words
    goal_names: Words
    generic: Words
    bare_attributes: Words
    rank_scopes: Words
    noun_actions: Words
    not_subjects: Words
    sums: Words
    level_links: tuple[str, ...]
    labelled: tuple[str, ...]
    raising: Words
    lowering: Words
    purposes: Words
    changed: Words
    changed_how: Words
    betterings: Words
    extremes: Words
    works: Words
    benefits: Words
    modifiers: Words
    wholes: Words
    counted: Words
    added: Words
    noun_heads: Words
    things: Words
    qualifiers: Words
    deeds: Words
    wins: Words
    prizes: tuple[str, ...]
    offices: tuple[str, ...]


_LISTS = {"stops": "noun_stops", "starts_not": "noun_starts_not"}
_PLAIN = (
    "rates",
    "brought",
    "level_links",
    "labelled",
    "offices",
    "prizes",
)  # looked for with str.endswith and startswith


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon of the grammar."""
    data: dict[str, list[str]] = load_data("grammar")
    lists = ((name, data[_LISTS.get(name, name)]) for name in Lexicon._fields)
    return Lexicon._make(tuple(words) if name in _PLAIN else Words(words) for name, words in lists)


@cache
def said(name: str) -> re.Pattern[str]:
    """Return the pattern of one list of data/status.yaml; YEAR in it is a year in coded text."""
    return re.compile("|".join(load_data("status")[name]).replace("YEAR", YEAR))


def last_said(name: str, text: str) -> re.Match[str] | None:
    """Return the last of what one list of data/status.yaml finds in a text."""
    found = list(said(name).finditer(text))
    return found[-1] if found else None
