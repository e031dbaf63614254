"""Which section a position belongs to, where sections hold sections."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypedDict

from dalian_report.folding import count_visible
from dalian_report.model import Report, Span

_SALUTATION_CHARS = 300


@dataclass(frozen=True, slots=True)
class OfSection:
    """What the records of a section begin with: what they are, then which report and section it is.

    `section` is the number of the heading and `section_path` the numbers from the root; None and empty
    outside all sections and of a whole report.
    """

    type: str
    report: str
    source: str
    region: str | None
    year: int | None
    section: int | None
    section_path: str


class Origin(TypedDict):
    """The fields with which an answer says what report and section it comes from."""

    report: str
    source: str
    region: str | None
    year: int | None
    section: int | None
    section_path: str
    heading: str


def origin(report: Report, index: int | None) -> Origin:
    """Return the fields of a report and one of its sections, an index; of no section they are empty."""
    section = report.sections[index] if index is not None else None
    return {
        "report": report.title,
        "source": report.source.path,
        "region": report.region,
        "year": report.year,
        "section": section.number if section else None,
        "section_path": section.path if section else "",
        "heading": section.heading if section else "",
    }


class Stretch(NamedTuple):
    """Text from `start` to `end` whose deepest section is `section`, an index; None outside all."""

    start: int
    end: int
    section: int | None


class Places:
    """The body of a report tiled by its sections, or by some of them.

    Each position belongs to the deepest of the sections that hold it, so what is counted by place is
    counted once: with every section, a chapter keeps only the text before its first subsection; with the
    chapter alone, it has all of it.
    """

    def __init__(self, report: Report, sections: Collection[int] | None = None) -> None:
        self._report = report
        self.whole = sections is None
        self.sections = tuple(range(len(report.sections)) if sections is None else sorted(set(sections)))
        self.stretches = tuple(self._tile())
        self._starts = [stretch.start for stretch in self.stretches]

    def _tile(self) -> Iterator[Stretch]:
        body, outline = self._report.body, self._report.sections
        at = body.start
        is_open: list[int] = []

        def upto(position: int) -> Iterator[Stretch]:
            nonlocal at
            if position > at:
                yield Stretch(at, position, is_open[-1] if is_open else None)
                at = position

        for index in self.sections:
            while is_open and outline[is_open[-1]].end <= outline[index].start:
                yield from upto(outline[is_open[-1]].end)
                is_open.pop()
            yield from upto(outline[index].start)
            is_open.append(index)
        while is_open:
            yield from upto(outline[is_open[-1]].end)
            is_open.pop()
        yield from upto(body.end)

    def at(self, position: int) -> int | None:
        """Return the index of the deepest of these sections at a position, None outside them."""
        place = bisect_right(self._starts, position) - 1
        if place < 0 or position >= self.stretches[place].end:
            return None
        return self.stretches[place].section


class Group(NamedTuple):
    """The text that belongs to a section, an index, or to none of them."""

    section: int | None
    spans: tuple[Span, ...]


def groups(report: Report, places: Places) -> list[Group]:
    """Return each section with its text as `places` shares it out, in document order.

    Where `places` has the whole outline, the body outside comes first, as None, if there is more of it than
    the title: an introduction, or all of a report without headings.
    """
    spans: dict[int | None, list[Span]] = {}
    for stretch in places.stretches:
        spans.setdefault(stretch.section, []).append(Span(stretch.start, stretch.end))
    found = [Group(index, tuple(spans.get(index, ()))) for index in places.sections]
    outside = _below_title(report, spans.get(None, [])) if places.whole else ()
    return [Group(None, outside), *found] if outside else found


def is_salutation(report: Report, group: Group) -> bool:
    """Return whether a group is only what stands before the first heading of a report: 各位代表:现在,我…."""
    return group.section is None and bool(report.sections) and characters(report, group) < _SALUTATION_CHARS


def characters(report: Report, group: Group) -> int:
    """Return the number of code points in a group that are no white space."""
    return sum(count_visible(report.text[start:end]) for start, end in group.spans)


def below_title(report: Report) -> int:
    """Return where a report begins below the line of its title; where its body does, if it has none.

    A place that is all of a title (绵阳) also stands inside the text.
    """
    text, start = report.text, report.body.start
    title = text.find(report.title, start) if report.title else -1
    before = text[start : max(title, start)]
    if title < 0 or "。" in before or before.rpartition("\n")[2].strip():
        return start
    line_end = text.find("\n", title)
    if line_end < 0 or "。" in text[title:line_end]:
        return title + len(report.title)
    return line_end


def _below_title(report: Report, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans without the line of the title and without those that are blank."""
    start = below_title(report)
    cut = [Span(max(span.start, start), span.end) for span in spans]
    return tuple(span for span in cut if span.start < span.end and report.text[span.start : span.end].strip())
