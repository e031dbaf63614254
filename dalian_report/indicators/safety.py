"""Running a rule's regex: on `re` where backtracking is bounded, else on `regex` within a time budget."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any, Final, Protocol

from dalian_report.model import RegexPlan

BUDGET_S: Final = 0.5  # what one rule may spend on one report


class Match(Protocol):
    """What `re` and `regex` matches have in common."""

    def start(self, group: int | str = 0, /) -> int:
        """Return where the group starts, -1 where it took no part."""

    def end(self, group: int | str = 0, /) -> int:
        """Return where the group ends."""


class OutOfBudgetError(Exception):
    """A rule has spent its time on this report."""


class Runner:
    """One rule's regex, compiled when it is first tried.

    `find` looks for every match, `ending` for the longest match that ends where the text ends.
    """

    __slots__ = ("_compiled", "_ending", "_plan", "groups", "left_s", "stops")

    def __init__(self, plan: RegexPlan) -> None:
        self._plan = plan
        self._compiled: Any = None
        self._ending: Any = None
        self.left_s = BUDGET_S
        self.stops = plan.stops
        self.groups: frozenset[str] = frozenset()

    def find(self, text: str, start: int, end: int) -> Iterator[Match]:
        """Yield the matches in `text[start:end]` from left to right; raises OutOfBudgetError."""
        if self._compiled is None:
            self._compiled = self._compile(self._plan.source)
            self.groups = frozenset(self._compiled.groupindex)
        if self._plan.safe:
            yield from self._compiled.finditer(text, start, end)
            return
        position = start
        while position <= end and (match := self._timed(self._compiled, text, position, end)) is not None:
            yield match
            position = match.end() + (match.end() == match.start())

    def ending(self, text: str) -> Match | None:
        """Return the longest match that ends at the end of the text, or None; raises OutOfBudgetError."""
        if self._ending is None:
            self._ending = self._compile(rf"(?:{self._plan.source})\Z")
        if self._plan.safe:
            found: Match | None = self._ending.search(text)
            return found
        return self._timed(self._ending, text, 0, len(text))

    def _compile(self, source: str) -> Any:
        if self._plan.safe:
            return re.compile(source)
        import regex

        return regex.compile(source)

    def _timed(self, compiled: Any, text: str, start: int, end: int) -> Match | None:
        if self.left_s <= 0:
            raise OutOfBudgetError
        began = time.perf_counter()
        try:
            found: Match | None = compiled.search(text, start, end, timeout=self.left_s)
        except TimeoutError:
            self.left_s = 0.0
            raise OutOfBudgetError from None
        self.left_s -= time.perf_counter() - began
        return found
