"""What each section of a report says: its topics, its key figures, its size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from dalian_report.explore.places import Group, Places, characters, groups, is_salutation, origin
from dalian_report.model import Metric, Part, Report, Status

KEY_FIGURES = 6


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """One section in short.

    `topics` are the lead sentences of its passages. `results` (status achieved) and `targets` are its key
    figures as metric records: indicators with a key first, then the others, both in text order, and no more
    than were asked for; `left_out` counts the metrics of the section that are not among them. `characters`
    counts code points that are no white space; `sentences` and `metrics` (those with a number, whatever their
    status) count all that the section holds. The section runs from
    `start` to `end`. Text outside all sections is summarised with `section` and `part` None, `level` 0 and
    empty `section_path`, `label` and `heading`.
    """

    type: Literal["summary"]
    report: str
    source: str
    region: str | None
    year: int | None
    section: int | None
    section_path: str
    label: str
    heading: str
    level: int
    part: Part | None
    topics: tuple[str, ...]
    results: tuple[Metric, ...]
    targets: tuple[Metric, ...]
    characters: int
    sentences: int
    metrics: int
    left_out: int
    start: int
    end: int


def summarise(
    report: Report,
    metrics: Sequence[Metric],
    sections: Collection[int] | None = None,
    *,
    figures_each: int = KEY_FIGURES,
) -> list[SectionSummary]:
    """Return a summary of each section, in document order; `sections` (indices) chooses some.

    A topic, sentence or figure counts for the deepest chosen section that holds it: over the whole outline
    nothing is told twice, and a chapter chosen alone speaks for all of its parts. Without `sections`, text
    outside the outline comes first (all of it, where a report has no headings), but for a salutation
    without metrics. `results` and `targets` hold at most `figures_each` metrics each.
    """
    places = Places(report, sections)
    by_section: dict[int | None, list[Metric]] = {}
    for metric in metrics:
        by_section.setdefault(places.at(metric.start), []).append(metric)
    topics: dict[int | None, list[str]] = {}
    for topic in report.topics:
        topics.setdefault(places.at(topic.start), []).append(topic.text)
    sentences = Counter(places.at(sentence.start) for sentence in report.sentences)
    return [
        _summary(
            report,
            group,
            topics=tuple(topics.get(group.section, ())),
            metrics=_Figures(by_section.get(group.section, ()), figures_each),
            sentences=sentences[group.section],
        )
        for group in groups(report, places)
        if group.section in by_section or not is_salutation(report, group)
    ]


class _Figures:
    """The metrics of one section, the telling ones first."""

    def __init__(self, metrics: Sequence[Metric], limit: int) -> None:
        self.count = sum(metric.value is not None for metric in metrics)
        self._ordered = sorted(metrics, key=lambda metric: (metric.key is None, metric.start))
        self._limit = limit

    def __len__(self) -> int:
        return len(self._ordered)

    def of(self, status: Status) -> tuple[Metric, ...]:
        return tuple([metric for metric in self._ordered if metric.status == status][: self._limit])


def _summary(
    report: Report,
    group: Group,
    *,
    topics: tuple[str, ...],
    metrics: _Figures,
    sentences: int,
) -> SectionSummary:
    section = report.sections[group.section] if group.section is not None else None
    results, targets = metrics.of("achieved"), metrics.of("target")
    return SectionSummary(
        type="summary",
        **origin(report, group.section),
        label=section.label if section else "",
        level=section.level if section else 0,
        part=section.part if section else None,
        topics=topics,
        results=results,
        targets=targets,
        characters=characters(report, group),
        sentences=sentences,
        metrics=metrics.count,
        left_out=len(metrics) - len(results) - len(targets),
        start=section.start if section else group.spans[0].start,
        end=section.end if section else group.spans[-1].end,
    )
