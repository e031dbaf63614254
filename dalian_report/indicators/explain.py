"""Why a metric came out as it did: its clause, its verb, what was trimmed from its name, what is doubtful.

All is read anew from the text and the finished metric, so that extraction pays nothing for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

from dalian_report.document import words_as_read
from dalian_report.indicators.clauses import Clause, find_clauses
from dalian_report.indicators.counted import name_behind
from dalian_report.indicators.figures import Figure
from dalian_report.indicators.left import Left, read_left
from dalian_report.indicators.lexicon import load_lexicon
from dalian_report.indicators.metrics import curl_quotes
from dalian_report.indicators.relations import find_relations
from dalian_report.model import Metric, Report, Span
from dalian_report.quantities import find_quantities
from dalian_report.quantities.gaps import is_split

DoubtKind = Literal["noun behind", "uneven list", "borrowed", "short", "split", "guess"]
_MARKS: Final = " \n\r\t\u3000、,，的“”\"'"
_SHORTEST_CLEAR: Final = 2


class Doubt(NamedTuple):
    """What makes a metric ambiguous, and the other name that it may have, where there is one.

    `noun behind`: the noun behind the figure may be what it counts. `uneven list`: the names and the figures
    of a list do not pair up well. `borrowed`: the name comes from another clause. `short`: it is one
    character. `split`: a blank between digits may part one number or two. `guess`: nothing near
    the figure is clearly its name.
    """

    why: DoubtKind
    other: str | None


class Explanation(NamedTuple):
    """Where a metric comes from: `text[clause_start:]` begins with its `clause`.

    `verb` is the verb of change or the link before the figure, else the action. `trimmed` is what stands
    before the figure in its part of the clause and is not in the name, in text order. `reason` is how the
    name was found.
    """

    clause: str
    clause_start: int
    verb: str | None
    trimmed: tuple[str, ...]
    reason: str
    ambiguous: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class ExplainedMetric(Metric):
    """A metric with its explanation, the last key of its record."""

    explain: Explanation


def explain_metrics(report: Report, metrics: Iterable[Metric]) -> Iterator[ExplainedMetric]:
    """Yield the metrics of a report, in the order given, each with its explanation."""
    folded = curl_quotes(report.simplified)
    figures = list(find_quantities(folded, report.body.start, report.body.end).quantities)
    starts = [figure.start for figure in figures]
    for metric in metrics:
        sentence = Span(metric.sentence_start, metric.sentence_start + len(metric.sentence))
        own = figures[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        if metric.type == "relation":
            own = sorted([*own, *find_relations(folded, *sentence, own)], key=lambda one: one.start)
        read = replace(metric, name=words_as_read(report, metric.name))
        explanation = _explain(report.text, folded, read, find_clauses(folded, *sentence, own))
        fields = {name: getattr(metric, name) for name in Metric.__match_args__}
        yield ExplainedMetric(**fields, explain=explanation)


def _explain(text: str, folded: str, metric: Metric, clauses: Sequence[Clause]) -> Explanation:
    clause = next((one for one in clauses if one.start <= metric.start < one.end), None)
    if clause is None:  # a rule found a figure that stands between two clauses
        end = metric.sentence_start + len(metric.sentence)
        clause = Clause(metric.sentence_start, end, (), inner=False)
    place = next((n for n, one in enumerate(clause.quantities) if one.start == metric.start), None)
    figures = clause.quantities
    earlier = [one.outer_end for one in figures if one.outer_end <= metric.start]
    start = max(earlier, default=clause.start)
    outer = metric.start if place is None else figures[place].outer_start
    left = read_left(folded[start:outer], multiple=metric.base_unit == "倍", ranked=metric.kind == "rank")
    figure = None if place is None else Figure(clause, place, left)
    words = text[clause.start : clause.end]
    return Explanation(
        clause=words.strip(),
        clause_start=clause.start + len(words) - len(words.lstrip()),
        verb=_verb(left) or metric.action,
        trimmed=_trimmed(folded, metric, Span(start, outer)),
        reason=metric.reason,
        ambiguous=tuple(_doubts(folded, metric, figure)) if metric.ambiguous else (),
    )


def _verb(left: Left) -> str:
    """Return the verb or link before a figure; where it has a scope the word before that (居 of 居全国)."""
    lexicon = load_lexicon()
    if not left.ranked or left.verb not in lexicon.rank_scopes:
        return left.verb
    place = left.text.rfind(left.verb)
    return lexicon.rank_scopes.at_end(left.text, place) or lexicon.links.at_end(left.text, place) or left.verb


def _trimmed(folded: str, metric: Metric, left: Span) -> tuple[str, ...]:
    """Return what of the text before a figure is no part of its name."""
    before = folded[left.start : left.end]
    place = before.find(metric.name)
    rest = [before] if place < 0 else [before[:place], before[place + len(metric.name) :]]
    pieces = (piece.strip(_MARKS) for piece in rest)
    return tuple(piece for piece in pieces if piece)


def _doubts(folded: str, metric: Metric, figure: Figure | None) -> Iterator[Doubt]:
    """Yield what may be wrong with the name of an ambiguous metric."""
    if len(metric.name) < _SHORTEST_CLEAR:
        yield Doubt("short", None)
    if metric.type == "metric" and is_split(folded, metric.start, metric.end):
        yield Doubt("split", None)
        return
    behind = name_behind(folded, figure) if figure and metric.type == "metric" else None
    if behind and behind.text not in metric.name:
        yield Doubt("noun behind", behind.text)
    elif metric.reason == "respectively":
        yield Doubt("uneven list", None)
    elif metric.reason in ("before", "previous clause"):
        yield Doubt("borrowed", None)
    elif len(metric.name) >= _SHORTEST_CLEAR:
        yield Doubt("guess", None)
