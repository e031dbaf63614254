"""Literal search in one report, each hit with its section, its sentence and the metrics beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dalian_report.errors import UsageError
from dalian_report.explore.places import Places, origin
from dalian_report.folding import fold
from dalian_report.model import Metric, Report, Span


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a term stands.

    `term` is as it was asked for, `text` as the report has it: `text[start:end]` of the report's text, equal
    but for full-width forms and dashes. `section` is the number of the deepest section around it, with
    `section_path` and `heading`; None and empty outside all sections. `sentence` begins at
    `sentence_start`; a hit in no sentence (the title, page furniture) has its line. `metrics` are the ids of
    the metrics whose figure stands in that sentence, in text order.
    """

    type: Literal["hit"]
    report: str
    source: str
    region: str | None
    year: int | None
    section: int | None
    section_path: str
    heading: str
    term: str
    text: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    metrics: tuple[str, ...]


def search(
    report: Report,
    terms: Sequence[str],
    *,
    sections: Collection[int] | None = None,
    metrics: Sequence[Metric] = (),
    everywhere: bool = False,
) -> list[Hit]:
    """Return every place where any of the terms stands, in text order; at one place the longer hit first.

    A term is taken literally and case counts, as with `rg -F`; only full-width forms and dashes are
    folded, in the term and in the text (５Ｇ finds 5G). Each occurrence is a hit, overlapping ones too, so
    who highlights them must merge spans. `sections` (indices into `report.sections`) keeps hits that begin
    in those sections or in parts of them. The body is searched, or with `everywhere` the whole
    text, page furniture and second copies included. Raises UsageError for no term or an empty one.
    """
    wanted = _folded_terms(terms)
    areas = _areas(report, sections=sections, everywhere=everywhere)
    found = [
        (position, -len(folded), order)
        for order, folded in enumerate(wanted)
        for position in _occurrences(report.folded, folded, areas)
    ]
    surfaces = list(wanted.values())
    context = _Context(report, metrics)
    return [
        context.hit(surfaces[order], Span(start, start - length)) for start, length, order in sorted(found)
    ]


def _folded_terms(terms: Sequence[str]) -> dict[str, str]:
    """Return folded terms, each once, with the form that was asked for."""
    folded: dict[str, str] = {}
    for term in terms:
        if not term.strip():
            raise UsageError("the search term is empty", remedy="Give at least one character to look for.")
        folded.setdefault(fold(term), term)
    if not folded:
        raise UsageError("no search term", remedy="Name one: dreport search 海洋经济.")
    return folded


def _areas(report: Report, *, sections: Collection[int] | None, everywhere: bool) -> list[Span]:
    """Return the spans to search, disjoint and in text order."""
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


def _occurrences(text: str, term: str, areas: Sequence[Span]) -> Iterator[int]:
    for start, end in areas:
        position = text.find(term, start, end)
        while position >= 0:
            yield position
            position = text.find(term, position + 1, end)


class _Context:
    """What stands around a position: section, sentence, metrics."""

    def __init__(self, report: Report, metrics: Sequence[Metric]) -> None:
        self.report = report
        self.places = Places(report)
        self.sentence_starts = [sentence.start for sentence in report.sentences]
        self.metrics: dict[Span, list[str]] = {}
        for metric in sorted(metrics, key=lambda metric: metric.start):
            self.metrics.setdefault(self.sentence(metric.start), []).append(metric.id)

    def sentence(self, position: int) -> Span:
        """Return the sentence at a position, or its line where it stands in none."""
        index = bisect_right(self.sentence_starts, position) - 1
        if index >= 0 and position < self.report.sentences[index].end:
            return self.report.sentences[index]
        line_end = self.report.text.find("\n", position)
        end = line_end if line_end >= 0 else len(self.report.text)
        return Span(min(self.report.text.rfind("\n", 0, position) + 1, position), end)

    def hit(self, term: str, span: Span) -> Hit:
        report, sentence = self.report, self.sentence(span.start)
        return Hit(
            type="hit",
            **origin(report, self.places.at(span.start)),
            term=term,
            text=report.text[span.start : span.end],
            start=span.start,
            end=span.end,
            sentence=report.text[sentence.start : sentence.end],
            sentence_start=sentence.start,
            metrics=tuple(self.metrics.get(sentence, ())),
        )
