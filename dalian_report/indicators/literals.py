"""Which rules can match at all: one pass over a text for the literals that their regexes must contain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

# Below this many literals, and for the first so many characters, str.find for each literal costs less than
# building an automaton, which takes some 10 ms for those of the default packs.
AUTOMATON_FROM: Final = 100
FIRST_CHARS: Final = 8_000


class LiteralIndex:
    """Finds where the literals of each rule occur; `groups` holds one set of literals for each rule.

    An automaton is built once there are enough literals and text for it to pay; what is found is the same.
    """

    def __init__(
        self,
        groups: Sequence[tuple[str, ...]],
        *,
        automaton_from: int = AUTOMATON_FROM,
        first_chars: int = FIRST_CHARS,
    ) -> None:
        owners: dict[str, list[int]] = {}
        for number, literals in enumerate(groups):
            for literal in literals:
                owners.setdefault(literal, []).append(number)
        self._literals = list(owners)
        self._owners = list(owners.values())
        self._automaton_from = automaton_from
        self._first_chars = first_chars
        self._automaton: AhoCorasick | None = None

    def occurrences(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield (rule number, position) for every occurrence of a literal, in no useful order."""
        for number, position in self._hits(text):
            for owner in self._owners[number]:
                yield owner, position

    def _hits(self, text: str) -> Iterator[tuple[int, int]]:
        self._first_chars -= len(text)
        if len(self._literals) >= self._automaton_from and self._first_chars < 0:
            if self._automaton is None:
                self._automaton = _build(self._literals)
            # Without overlapping a longer literal would hide a shorter one inside it.
            for number, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
                yield number, start
            return
        for number, literal in enumerate(self._literals):
            position = text.find(literal)
            while position >= 0:
                yield number, position
                position = text.find(literal, position + 1)


def _build(literals: Sequence[str]) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick(literals)
