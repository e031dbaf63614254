"""What each section of a report says: topics, telling sentences, key figures, marking words, size."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dalian_report.document import heading_as_read, is_glossary, section_at
from dalian_report.explore.contrast import CHANCE, contrasts
from dalian_report.explore.figures import key_figures
from dalian_report.explore.places import (
    Group,
    OfSection,
    Places,
    below_title,
    characters,
    groups,
    is_salutation,
    origin,
)
from dalian_report.explore.telling import Extract, Sentences
from dalian_report.explore.words import telling_words
from dalian_report.model import Metric, Part, Report, Span

KEY_FIGURES = 6
SENTENCES = 2
WORDS = 6


class Branch(NamedTuple):
    """A branch of a section's tree of topics, `text[start:end]` of the report's text.

    `kind` is `section` for the heading of a subsection, `topic` for the lead sentence of a passage; `depth`
    is 1 at the root of the tree, and a branch hangs on the nearest one before it that is less deep.
    """

    text: str
    start: int
    end: int
    kind: Literal["section", "topic"]
    depth: int


@dataclass(frozen=True, slots=True)
class MarkingWord:
    """A word that the section has `count` times and more often than the rest, by its log-likelihood."""

    word: str
    count: int
    keyness: float


@dataclass(frozen=True, slots=True)
class SectionSummary(OfSection):
    """One section in short.

    `topics` are its tree of subsections and lead sentences, in text order. `extracts` are its most telling
    sentences, as they stand. `words` mark it against the rest of the report, or against the reference that
    was given. `results` (status achieved) and `targets` are its key figures as metric records: indicators
    with a key first, then the others, both in text order, and no more than were asked for; `left_out` counts
    the metrics of the section that are not among them. A glossary has only its size to tell. `characters`
    counts code points that are no white space; `sentences` and `metrics` (those with a number, whatever
    their status) count all that the section holds. The section runs from `start` to `end`. Text outside all
    sections is summarised with `section` and `part` None, `level` 0 and empty `section_path`, `label` and
    `heading`.
    """

    type: Literal["summary"]
    label: str
    heading: str
    level: int
    part: Part | None
    topics: tuple[Branch, ...]
    extracts: tuple[Extract, ...]
    words: tuple[MarkingWord, ...]
    results: tuple[Metric, ...]
    targets: tuple[Metric, ...]
    characters: int
    sentences: int
    metrics: int
    left_out: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SummaryOptions:
    """How much a summary tells: figures of each status, sentences and words, at most; 0 for none.

    `user_words` are kept whole by the segmenter, which is loaded only where words are asked for.
    `reference` counts the telling words of other reports: with it, words mark a section against those.
    """

    figures: int = KEY_FIGURES
    sentences: int = SENTENCES
    words: int = WORDS
    user_words: tuple[str, ...] = ()
    reference: Mapping[str, int] | None = None


def summarise(
    report: Report,
    metrics: Sequence[Metric],
    sections: Collection[int] | None = None,
    *,
    options: SummaryOptions = SummaryOptions(),
) -> list[SectionSummary]:
    """Return a summary of each section, in document order; `sections` (indices) chooses some.

    A topic, sentence or figure counts for the deepest chosen section that holds it: over the whole outline
    nothing is told twice, and a chapter chosen alone speaks for all of its parts. Without `sections`, text
    outside the outline comes first (all of it, where a report has no headings), but for a salutation
    without metrics.
    """
    places = Places(report, sections)
    by_section: dict[int | None, list[Metric]] = {}
    for metric in metrics:
        by_section.setdefault(places.at(metric.start), []).append(metric)
    sentences = Sentences(report, metrics)
    words = _MarkingWords(report, places, options)
    return [
        _summary(
            _Part(report, group, places, by_section.get(group.section, [])),
            sentences=sentences,
            words=words.of(group.section),
            options=options,
        )
        for group in groups(report, places)
        if group.section in by_section or not is_salutation(report, group)
    ]


class _Part:
    """What belongs to one group of text."""

    def __init__(self, report: Report, group: Group, places: Places, metrics: Sequence[Metric]) -> None:
        self.report, self.group, self.metrics = report, group, metrics
        self._places = places
        self.section = report.sections[group.section] if group.section is not None else None
        self.sentences = [one for one in report.sentences if places.at(one.start) == group.section]

    def branches(self) -> Iterator[Branch]:
        """Yield the headings of subsections and the lead sentences, in text order."""
        here, report = self.group.section, self.report
        own = report.sections[here].level if here is not None else 0
        inner = [
            section
            for index, section in enumerate(report.sections)
            if index != here and self._places.at(section.start) == here
        ]
        found = [
            Branch(s.heading, s.heading_start, s.heading_end, "section", s.level - own)
            for s in inner
            if s.heading
        ]
        for topic in report.topics:
            if self._places.at(topic.start) == here:
                deepest = section_at(report, topic.start)
                level = report.sections[deepest].level - own if deepest is not None else 0
                found.append(Branch(topic.text, topic.start, topic.end, "topic", max(level, 0) + 1))
        yield from sorted(found, key=lambda branch: branch.start)


class _MarkingWords:
    """The words of a report by section, counted once; none where none are asked for."""

    def __init__(self, report: Report, places: Places, options: SummaryOptions) -> None:
        self._options = options
        self._by_section: dict[int | None, Counter[str]] = {}
        self._all: Counter[str] = Counter()
        self._sentences: dict[tuple[int | None, str], set[int]] = {}
        if options.words:
            starts = [sentence.start for sentence in report.sentences]
            text = Span(below_title(report), report.body.end)
            for word in telling_words(report, [text], options.user_words):
                section = places.at(word.start)
                self._by_section.setdefault(section, Counter())[word.text] += 1
                self._all[word.text] += 1
                sentence = bisect_right(starts, word.start)
                self._sentences.setdefault((section, word.text), set()).add(sentence)

    def of(self, section: int | None) -> tuple[MarkingWord, ...]:
        """Return the words that a section has more often than the rest, the surest first.

        One that it has in a single sentence marks nothing, nor one that it may have more often by chance.
        """
        own = self._by_section.get(section)
        if not own:
            return ()
        reference = self._options.reference
        other = self._all - own if reference is None else reference
        marking = [
            MarkingWord(found.word, found.count, round(found.keyness, 2))
            for found in contrasts(own, other)
            if found.direction == "more"
            and found.keyness >= CHANCE
            and len(self._sentences[section, found.word]) > 1
        ]
        return tuple(marking[: self._options.words])


def _summary(
    part: _Part, *, sentences: Sentences, words: tuple[MarkingWord, ...], options: SummaryOptions
) -> SectionSummary:
    report, group, section = part.report, part.group, part.section
    notes = section is not None and is_glossary(heading_as_read(report, section))
    told = () if notes else part.metrics
    results = key_figures(told, "achieved", options.figures)
    targets = key_figures(told, "target", options.figures)
    topics = tuple(part.branches())
    shown = {sentence.start for sentence in part.sentences for b in topics if _opens(sentence, b)}
    shown |= {section.start} if section else set()
    return SectionSummary(
        type="summary",
        **origin(report, group.section),
        label=section.label if section else "",
        level=section.level if section else 0,
        part=section.part if section else None,
        topics=topics,
        extracts=tuple(
            sentences.most_telling(() if notes else part.sentences, options.sentences, leave_out=shown)
        ),
        words=() if notes else words,
        results=results,
        targets=targets,
        characters=characters(report, group),
        sentences=len(part.sentences),
        metrics=sum(metric.value is not None for metric in part.metrics),
        left_out=len(part.metrics) - len(results) - len(targets),
        start=section.start if section else group.spans[0].start,
        end=section.end if section else group.spans[-1].end,
    )


def _opens(sentence: tuple[int, int], branch: Branch) -> bool:
    """Return whether a sentence is a branch of the tree and says no more than that."""
    start, end = sentence
    return start <= branch.start < end and end <= branch.end + 1
