"""Search in one report: each hit with its section, its sentence and the metrics beside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from dalian_report.explore.places import OfSection, Places, origin
from dalian_report.explore.queries import Matcher, Owner, Query, make_terms
from dalian_report.folding import count_visible
from dalian_report.model import Metric, Report, Span


@dataclass(frozen=True, slots=True)
class Hit(OfSection):
    """One place where a term stands.

    `term` is as it was asked for, `text` as the report has it: `text[start:end]` of the report's text, equal
    but for full-width forms and dashes, or a synonym, or what a regex matched. `section` is the number of
    the deepest section around it, with `section_path` and `heading`; None and empty outside all sections.
    `left` and `right` are the context that was asked for: the rest of the sentence, or so many characters of
    the line. `sentence` begins at `sentence_start`; a hit that runs over several sentences has all of them,
    a hit in none (title, page furniture) has its line. `metrics` are the ids of the metrics whose figure
    stands in that sentence, in text order; empty also where metrics were not extracted. `score` is that of
    its section where hits are ranked, else None.
    """

    type: Literal["hit"]
    heading: str
    term: str
    left: str
    text: str
    right: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    metrics: tuple[str, ...]
    score: float | None = None


def search(
    report: Report,
    terms: Sequence[str] | Matcher,
    *,
    sections: Collection[int] | None = None,
    metrics: Sequence[Metric] | Callable[[], Sequence[Metric]] = (),
    everywhere: bool = False,
) -> list[Hit]:
    """Return every place where any of the terms stands, in text order; at one place the longer hit first.

    A term is taken literally and case counts, as with `rg -F`; only full-width forms and dashes are folded,
    in the term and in the text (５Ｇ finds 5G), and in a report in traditional characters both are read as
    simplified ones (群众 finds 羣衆). A `Matcher` asks for more than that. Each occurrence is a
    hit, overlapping ones too, so who highlights them must merge spans. `sections` (indices into
    `report.sections`) keeps hits that begin in those sections or in parts of them. The body is searched, or
    with `everywhere` the whole text, page furniture and second copies included. `metrics` that are given as
    a function are asked for only where there is a hit. Raises UsageError for no term or an empty one.
    """
    matcher = terms if isinstance(terms, Matcher) else Matcher(Query(make_terms(terms)))
    areas = areas_of(report, sections, everywhere=everywhere)
    spans = set(matcher.find(report.folded, areas))
    if report.converted and (simplified := matcher.simplified):
        spans.update(simplified.find(report.simplified, areas))
    found = sorted((span.start, -span.end, number) for number, span in spans)
    places = [_Place(Span(start, -end), number) for start, end, number in found]
    if not places:
        return []
    context = _Context(report, metrics() if callable(metrics) else metrics)
    return [context.hit(place, matcher.query) for place in _kept(places, matcher.query, context)]


@dataclass(frozen=True, slots=True)
class _Place:
    span: Span
    number: int  # of the term


def _kept(places: Sequence[_Place], query: Query, context: _Context) -> Iterator[_Place]:
    """Yield the places that stand as the query asks."""
    everyone = range(len(query.terms))
    by_sentence: dict[Span, set[int]] = {}
    for place in places if query.together else ():
        by_sentence.setdefault(context.sentence(place.span.start), set()).add(place.number)
    for place in places:
        if query.has and not context.has(context.sentences(place.span), query.has):
            continue
        if query.near is not None:
            if not all(_is_near(place, number, places, query.near) for number in everyone):
                continue
        elif query.together and len(by_sentence[context.sentence(place.span.start)]) < len(query.terms):
            continue
        yield place


def _is_near(place: _Place, number: int, places: Sequence[_Place], most: int) -> bool:
    """Return whether a term has a hit with at most so many characters between it and a place."""
    if number == place.number:
        return True
    start, end = place.span
    return any(
        other.number == number and other.span.start - end <= most and start - other.span.end <= most
        for other in places
    )


def areas_of(
    report: Report, sections: Collection[int] | None = None, *, everywhere: bool = False
) -> list[Span]:
    """Return the spans that are searched, disjoint and in text order."""
    if sections is not None:
        outline = [report.sections[index] for index in sorted(set(sections))]
        spans = [Span(section.start, section.end) for section in outline]
    else:
        spans = [Span(0, len(report.text)) if everywhere else report.body]
    merged: list[Span] = []
    for span in spans:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged if everywhere else list(_without(merged, report.duplicates))


def _without(spans: Sequence[Span], holes: Sequence[Span]) -> Iterator[Span]:
    """Yield what the holes leave of the spans; both are in text order."""
    for start, end in spans:
        at = start
        for hole_start, hole_end in holes:
            if hole_end <= at or hole_start >= end:
                continue
            if hole_start > at:
                yield Span(at, hole_start)
            at = hole_end
        if at < end:
            yield Span(at, end)


class _Context:
    """What stands around a position: section, sentence, metrics."""

    def __init__(self, report: Report, metrics: Sequence[Metric]) -> None:
        self.report = report
        self.places = Places(report)
        self.sentence_starts = [sentence.start for sentence in report.sentences]
        self._metrics = sorted(metrics, key=lambda metric: metric.start)
        self._metric_starts = [metric.start for metric in self._metrics]

    def sentence(self, position: int) -> Span:
        """Return the sentence at a position, or its line where it stands in none."""
        index = bisect_right(self.sentence_starts, position) - 1
        if index >= 0 and position < self.report.sentences[index].end:
            return self.report.sentences[index]
        return self.line(position)

    def sentences(self, span: Span) -> Span:
        """Return the sentence that holds a span, or all of them that it reaches into."""
        first = self.sentence(span.start)
        if span.end <= first.end:
            return first
        return Span(first.start, max(span.end, self.sentence(span.end - 1).end))

    def metrics(self, span: Span) -> list[Metric]:
        """Return the metrics whose figures begin in a span, in text order."""
        start, end = (bisect_left(self._metric_starts, position) for position in span)
        return self._metrics[start:end]

    def line(self, position: int) -> Span:
        """Return the line at a position."""
        line_end = self.report.text.find("\n", position)
        end = line_end if line_end >= 0 else len(self.report.text)
        return Span(min(self.report.text.rfind("\n", 0, position) + 1, position), end)

    def has(self, sentence: Span, owner: Owner) -> bool:
        """Return whether a sentence holds a metric, or one of a status."""
        return any(owner in ("metric", metric.status) for metric in self.metrics(sentence))

    def hit(self, place: _Place, query: Query) -> Hit:
        """Return the record of a place."""
        report, (start, end) = self.report, place.span
        around = sentence = self.sentences(place.span)
        if query.context is not None:
            line = self.line(start)
            around = Span(max(line.start, start - query.context), min(line.end, end + query.context))
        return Hit(
            type="hit",
            **origin(report, self.places.at(start)),
            term=query.terms[place.number].asked,
            left=report.text[around.start : start],
            text=report.text[start:end],
            right=report.text[end : around.end],
            start=start,
            end=end,
            sentence=report.text[sentence.start : sentence.end],
            sentence_start=sentence.start,
            metrics=tuple(metric.id for metric in self.metrics(sentence)),
        )


@dataclass(frozen=True, slots=True)
class HitCount(OfSection):
    """How often a term stands in a report, in one of its sections, or in a file.

    `per_10k` is for 10,000 characters that are no white space; both are None where a file was only counted.
    The fields of report and section are empty there too.
    """

    type: Literal["count"]
    heading: str
    term: str
    hits: int
    characters: int | None
    per_10k: float | None


def count_hits(
    report: Report, hits: Iterable[Hit], terms: Sequence[str], *, by_section: bool
) -> list[HitCount]:
    """Return how many hits each term has in the report or in each of its sections, in text order.

    Sections without a hit are left out; a count takes in what `Places` gives to the section and not its
    subsections, so the counts add up to those of the report.
    """
    places = Places(report, None if by_section else ())
    counts: dict[tuple[int | None, str], int] = {}
    for hit in hits:
        key = (places.at(hit.start), hit.term)
        counts[key] = counts.get(key, 0) + 1
    sizes: dict[int | None, int] = {}
    for stretch in places.stretches:
        size = count_visible(report.text[stretch.start : stretch.end])
        sizes[stretch.section] = sizes.get(stretch.section, 0) + size
    order = list(dict.fromkeys(chain((stretch.section for stretch in places.stretches), (None,))))
    return [
        HitCount(
            type="count",
            **origin(report, section),
            term=term,
            hits=counts[section, term],
            characters=sizes.get(section, 0),
            per_10k=rate(counts[section, term], sizes.get(section, 0)),
        )
        for section in order
        for term in terms
        if (section, term) in counts
    ]


def rate(count: int, characters: int) -> float:
    """Return occurrences for 10,000 characters, to two places."""
    return round(count * 10_000 / characters, 2) if characters else 0.0
