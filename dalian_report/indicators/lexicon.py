"""The words of data/grammar.yaml, ready to be looked up at either end of a text."""

import re
from functools import cache
from typing import Final, NamedTuple

from dalian_report.alphabet import YEAR
from dalian_report.data import load_data


class Words:
    """A set of words that can be looked for at the start or the end of a text, longest first.

    `first` and `last` tell of each character how long the longest word is that begins or ends with it.
    """

    __slots__ = ("first", "last", "words")

    def __init__(self, words: list[str]) -> None:
        self.words = frozenset(words)
        rising = sorted(words, key=len)
        self.first = {word[0]: len(word) for word in rising}
        self.last = {word[-1]: len(word) for word in rising}

    def at_end(self, text: str, end: int) -> str:
        """Return the longest word that ends at `end`, or an empty string."""
        last = text[end - 1 : end]
        if last in self.last:
            for start in range(max(end - self.last[last], 0), end):
                if text[start:end] in self.words:
                    return text[start:end]
        return ""

    def at_start(self, text: str, start: int = 0) -> str:
        """Return the longest word that starts at `start`, or an empty string."""
        first = text[start : start + 1]
        if first in self.first:
            for end in range(start + self.first[first], start, -1):
                if text[start:end] in self.words:
                    return text[start:end]
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


_LOOKS_BACK: Final = re.compile(r"((?:\(\?<!(?:\[[^\]]+\]|[^\W_]+)\))+)([^\W_])(?![?*+{])")  # (?<![由从])目
_LISTS: Final = {"stops": "noun_stops", "starts_not": "noun_starts_not"}
_PLAIN: Final = (
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
def said(name: str, *, without: str = "-", old: bool = False) -> re.Pattern[str]:
    """Return the pattern of one list of data/status.yaml, but for its entries that begin with a word.

    For `old` reports it has the entries of NAME_of_old too. YEAR in it is a year in coded text.
    """
    data: dict[str, list[str]] = load_data("status")
    entries = [entry for entry in data[name] if not entry.startswith(without)]
    entries += data.get(f"{name}_of_old", []) if old else []
    return re.compile("|".join(map(_begin_plainly, entries)).replace("YEAR", YEAR))


def _begin_plainly(entry: str) -> str:
    """Return a regex with what may not stand before it behind its first character: 目(?<![由从].)前.

    Only where each alternative begins with a plain character does Python skip to where one could begin.
    """
    found = _LOOKS_BACK.match(entry)
    return found[2] + found[1].replace(")", ".)") + entry[found.end() :] if found else entry


def last_said(name: str, text: str, *, without: str = "-", old: bool = False) -> re.Match[str] | None:
    """Return the last of what one list of data/status.yaml finds in a text; the rest is as for `said`."""
    found = list(said(name, without=without, old=old).finditer(text))
    return found[-1] if found else None
