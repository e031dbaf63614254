"""Building a report: one pass through the text for each thing its layout tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from dalian_report.document.frame import find_frame
from dalian_report.document.identity import Identity, gather, identify, title_span
from dalian_report.document.layout import find_lines, fold_breaks, join_lines
from dalian_report.document.outline import build_outline, find_headings
from dalian_report.document.regions import Region
from dalian_report.document.sentences import find_sentences
from dalian_report.document.topics import find_topics
from dalian_report.folding import fold
from dalian_report.model import Cut, Report, Section, Source, Span
from dalian_report.traditional import simplify

if TYPE_CHECKING:
    from dalian_report.document.turns import Turn


_REVIEWED: Final = 0.7  # of the body: a heading behind that which seems to review is one of the notes
_MIN_PLANNED: Final = 0.25  # of the body: less is a heading in the review, or among notes, that has the word


def build_report(
    source: Source, *, region: str | None = None, year: int | None = None, within: Span | None = None
) -> Report:
    """Return the report that a source holds: identity, body, outline, topics and sentences, all as spans.

    `region` and `year` (the year under review) override what the text says. `within` is the stretch to look
    in, such as a second copy. Any text makes a report; one without headings has no sections. `folded` has
    the length of the text.
    """
    text = source.text
    printed = fold_breaks(fold(text))
    folded = simplify(printed)
    lines = find_lines(folded)
    front = _front_matter(text)
    if front:
        lines = [line for line in lines if line.start >= front.end]
        region = region or source.stated.region or None
        year = year or source.stated.year
    if within:
        lines = [line for line in lines if within.start <= line.start and line.end <= within.end]
    if not lines:
        named = Region(region, None) if region else None
        return _bare(source, printed, folded, Identity("", named, None, year, "config" if year else None))
    frame = find_frame(folded, lines)
    head = [lines[i] for i in range(frame.front, frame.opening) if i not in frame.between]
    speech = join_lines(folded, lines[frame.opening : frame.stop])
    headings = find_headings(folded, speech)
    evidence = gather(
        folded,
        lines,
        frame,
        source=source,
        headings=[folded[heading.text_start : heading.text_end] for heading in headings],
    )
    titled = title_span(folded, lines, frame)
    identity = identify(
        evidence, printed_title=text[slice(*titled)].strip() if titled else None, region=region, year=year
    )
    body = Span(lines[frame.front].start, lines[frame.stop - 1].end)
    sections = build_outline(folded, text, speech, headings, end=body.end, year=identity.year)
    sentences = tuple(find_sentences(folded, [*head, *speech]))
    turn = _find_turn(folded, body, sections, sentences, identity.year)
    if turn and turn.year and identity.year is None:
        identity = identity._replace(year=turn.year - 1, year_source="body")
    topics = find_topics(folded, text, speech, [s for s in sentences if s.start >= speech[0].start], sections)
    return _bare(source, printed, folded, identity)._replace(
        body=body,
        cuts=(Cut(front.start, front.end, "front matter"), *frame.cuts) if front else frame.cuts,
        duplicates=frame.duplicates,
        sections=sections,
        topics=topics,
        sentences=sentences,
        plan_start=turn.start if turn else None,
    )


def _find_turn(
    folded: str, body: Span, sections: Sequence[Section], sentences: Sequence[Span], year: int | None
) -> Turn | None:
    """Return where a report turns to its plan, unless its headings tell."""
    planned = sum(one.end - one.start for one in sections if one.parent is None and one.part == "plan")
    if planned > _MIN_PLANNED * (body.end - body.start):
        return None
    from dalian_report.document.turns import find_turn  # most reports have headings

    late = body.start + int(_REVIEWED * (body.end - body.start))
    roots = (one for one in sections if one.parent is None and one.part == "review")
    reviews = [one.heading_end for one in roots if one.start < late]
    return find_turn(folded, sentences, year=year, behind=max(reviews, default=0))


def _front_matter(text: str) -> Span | None:
    """Return where the header of `key: value` lines stands that `dreport add` writes."""
    if not text.startswith("---"):
        return None
    from dalian_report.sources.frontmatter import find_front_matter

    front = find_front_matter(text)
    return Span(0, front.end) if front else None


def _bare(source: Source, folded: str, simplified: str, identity: Identity) -> Report:
    """Return a report that says what it is, without any layout."""
    region = identity.region
    return Report(
        source=source,
        folded=folded,
        simplified=simplified,
        title=identity.title,
        region=region.name if region else None,
        adcode=region.adcode if region else None,
        date=identity.date,
        year=identity.year,
        year_source=identity.year_source,
        body=Span(0, 0),
        cuts=(),
        duplicates=(),
        sections=(),
        topics=(),
        sentences=(),
    )
