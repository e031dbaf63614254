"""What to look for: terms as they stand, as whole words or as regexes, and where they must stand together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

from dalian_report.config.regexes import RegexFault, may_be_empty, plan_regex
from dalian_report.errors import UsageError
from dalian_report.explore.segmenting import segment
from dalian_report.folding import fold, stands_alone
from dalian_report.indicators.safety import BUDGET_S, OutOfBudgetError, Runner
from dalian_report.model import RegexPlan, Span
from dalian_report.traditional import may_be_traditional, simplify_words

Way = Literal["literal", "words", "regex"]
Owner = Literal["metric", "achieved", "target"]


class Term(NamedTuple):
    """A term as it was asked for, and the folded forms that stand for it: itself, and its synonyms."""

    asked: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question to a text.

    `way` says how terms match. With `together` a hit counts only where its sentence has a hit of every term;
    with `near` only where every other term has a hit at most so many characters away. With `has` the sentence
    must hold a metric (with that status). `context` is how many characters around a hit are shown; None: its
    sentence.
    """

    terms: tuple[Term, ...]
    way: Way = "literal"
    together: bool = False
    near: int | None = None
    has: Owner | None = None
    context: int | None = None


def make_terms(terms: Sequence[str], synonyms: Sequence[Sequence[str]] = ()) -> tuple[Term, ...]:
    """Return terms, each once, with those that the groups of synonyms say are the same.

    No form belongs to two terms, so that nothing is found twice: what is asked for is a term of its own,
    any other synonym is that of the first term. Raises UsageError for no term or an empty one.

    >>> make_terms(["ＡＩ"], [["人工智能", "AI"]])
    (Term(asked='ＡＩ', forms=('AI', '人工智能')),)
    """
    asked: dict[str, str] = {}
    for term in terms:
        if not term.strip():
            raise UsageError("the search term is empty", remedy="Give at least one character to look for.")
        asked.setdefault(fold(term), term)
    groups = [[fold(word) for word in group] for group in synonyms]
    taken = set(asked)
    found: dict[str, Term] = {}
    for folded, term in asked.items():
        same = [word for group in groups if folded in group for word in group if word not in taken]
        taken.update(same)
        found[folded] = Term(term, tuple(dict.fromkeys([folded, *same])))
    if not found:
        raise UsageError("no search term", remedy="Name one: dreport search 海洋经济.")
    return tuple(found.values())


class Matcher:
    """Finds the terms of a query in folded texts; made once for all texts."""

    def __init__(self, query: Query, words: Sequence[str] = ()) -> None:
        self.query = query
        self._words = tuple(words)
        self.plans = tuple(_plan(term.asked) for term in query.terms) if query.way == "regex" else ()
        self._runners = [Runner(plan) for plan in self.plans]
        self._needles = [form for term in query.terms for form in term.forms]
        self.prefilters = query.way != "regex" and all(map(stands_alone, self._needles))

    def may_match(self, text: str) -> bool:
        """Return False only where a decoded text cannot hold any term: a quick look before all else."""
        held = not self.prefilters or any(needle in text for needle in self._needles)
        return held or may_be_traditional(text)

    @cached_property
    def simplified(self) -> Matcher | None:
        """The matcher for texts that are read in simplified characters, where 群众 finds 羣衆.

        None where a regex means nothing in them: a range ([這-邊]) is one of the other script.
        """
        terms = (
            Term(simplify_words(term.asked), tuple(dict.fromkeys(map(simplify_words, term.forms))))
            for term in self.query.terms
        )
        words = tuple(map(simplify_words, self._words))
        try:
            return Matcher(replace(self.query, terms=tuple(terms)), words)
        except UsageError:
            return None

    def find(self, folded: str, areas: Sequence[Span]) -> Iterator[tuple[int, Span]]:
        """Yield the number of a term and a span for each hit in some areas of a text, overlapping ones too.

        Spans that several forms of one term have in common are given once, the longest. A regex is matched
        line by line. Raises UsageError where a regex runs out of its time.
        """
        if self.query.way == "regex":
            for number in range(len(self.query.terms)):
                yield from ((number, span) for span in self._matches(number, folded, areas))
            return
        bounds = self._bounds(folded, areas) if self.query.way == "words" else None
        for number, term in enumerate(self.query.terms):
            spans = [
                Span(start, start + len(form))
                for form in term.forms
                for start in occurrences(folded, form, areas)
                if bounds is None or (start in bounds and start + len(form) in bounds)
            ]
            yield from ((number, span) for span in (_outermost(spans) if len(term.forms) > 1 else spans))

    def _bounds(self, folded: str, areas: Sequence[Span]) -> set[int]:
        """Return where words begin and end in the areas; those without any term are not segmented."""
        bounds = set()
        for start, end in areas:
            for line in lines_of(folded, start, end):
                if any(needle in folded[line.start : line.end] for needle in self._needles):
                    bounds.add(line.start)
                    for word in segment(folded[line.start : line.end], self._words):
                        bounds.add(line.start + word.end)
        return bounds

    def _matches(self, number: int, folded: str, areas: Sequence[Span]) -> Iterator[Span]:
        plan, runner = self.plans[number], self._runners[number]
        if plan.literals and not any(literal in folded for literal in plan.literals):
            return
        runner.left_s = BUDGET_S
        try:
            for area in areas:
                for start, end in lines_of(folded, *area):
                    for match in runner.find(folded, start, end):
                        if match.end() > match.start():
                            yield Span(match.start(), match.end())
        except OutOfBudgetError:
            asked = self.query.terms[number].asked
            raise UsageError(
                f"the regex {asked} takes too long",
                why="half a second for one report",
                remedy="Begin it with a word that must be there, and repeat less.",
            ) from None


def _plan(source: str) -> RegexPlan:
    """Return how a regex is run; raises UsageError where it is wrong, unbounded or matches nothing."""
    try:
        plan = plan_regex(source)
        if may_be_empty(source):
            raise RegexFault("it can match nothing at all", remedy="Ask for at least one character")
    except RegexFault as fault:
        remedy = f"{fault.remedy}." if fault.remedy else ""
        raise UsageError(f"the regex {source}: {fault.what}", why=fault.why, remedy=remedy) from None
    return plan._replace(source=f"(?m:{plan.source})")


def lines_of(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the lines of a stretch of text, without their breaks and without empty ones."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield Span(start, stop)
        start = stop + 1


def occurrences(text: str, term: str, areas: Sequence[Span]) -> Iterator[int]:
    """Yield where a term stands in some areas of a text, overlapping places too."""
    for start, end in areas:
        position = text.find(term, start, end)
        while position >= 0:
            yield position
            position = text.find(term, position + 1, end)


def _outermost(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans that lie in no other."""
    reached = -1
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        if span.end > reached:
            yield span
            reached = span.end
