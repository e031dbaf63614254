"""Where figures stand: the sentences of a report, each with what its paragraph has said so far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from dalian_report.document.parts import is_mixed
from dalian_report.document.selection import heading_as_read
from dalian_report.indicators.status import asks, is_done, looks_ahead, looks_back, says_plan, tells, turn_of
from dalian_report.model import Part, Report, Span


class Place(NamedTuple):
    """A sentence, and what it and earlier ones of its paragraph said; `asked` where this one asks.

    `turned` is the part that a section of both has come to.
    """

    sentence: Span
    pledged: bool
    recalled: bool
    asked: bool
    turned: Part | None = None


def is_late(report: Report) -> bool:
    """Return whether a report was given in the year that it reviews, which it then calls 今年."""
    return report.date is not None and report.year is not None and report.date.startswith(str(report.year))


class Places:
    """The sentences of a report by number; what their paragraphs say is read where it is asked for."""

    def __init__(self, report: Report, folded: str) -> None:
        self._report, self._folded, self._late = report, folded, is_late(report)
        self.sentences = report.sentences
        self._firsts = self._find_firsts()
        self._read: dict[int, list[Place]] = {}
        self._turned = dict(self._find_turns())
        # From here on sections tell what is planned, so that it does not matter what a sentence asks for.
        told = report.sections and all(section.part for section in report.sections)
        self._decided = report.sections[0].start if told else report.body.end

    def _find_firsts(self) -> list[int]:
        """Return the number of the first sentence of each paragraph."""
        folded, end = self._folded, 0
        firsts: list[int] = []
        for number, (start, next_end) in enumerate(self.sentences):
            if number == 0 or (start > end and "\n" in folded[end:start]):
                firsts.append(number)
            end = next_end
        return firsts

    def _find_turns(self) -> Iterator[tuple[int, Part]]:
        """Yield the sentences of sections that review and plan, with the part that each has come to."""
        sections = (
            one
            for one in self._report.sections
            if one.part is None and is_mixed(heading_as_read(self._report, one))
        )
        mixed = [Span(section.start, section.end) for section in sections]
        turned: Part | None = None
        for number, sentence in enumerate(self.sentences if mixed else ()):
            if not any(span.start <= sentence.start < span.end for span in mixed):
                turned = None
                continue
            turned = turn_of(self._text(number), self._report.year) or turned
            if turned:
                yield number, turned

    def __getitem__(self, number: int) -> Place:
        """Return the place of a sentence."""
        paragraph = bisect_right(self._firsts, number) - 1
        first = paragraph
        while first > 0 and first not in self._read and self._leads_on(first):
            first -= 1
        for one in range(first, paragraph + 1):
            if one not in self._read:
                self._read[one] = self._read_paragraph(one)
        return self._read[paragraph][number - self._firsts[paragraph]]

    def paragraph_of(self, number: int) -> range:
        """Return the numbers of the sentences that stand in one paragraph with a sentence."""
        return self._numbers(bisect_right(self._firsts, number) - 1)

    def _numbers(self, paragraph: int) -> range:
        behind = self._firsts[paragraph + 1 : paragraph + 2] or [len(self.sentences)]
        return range(self._firsts[paragraph], behind[0])

    def _leads_on(self, paragraph: int) -> bool:
        """Return whether the paragraph before ends with a colon."""
        return self._folded.endswith(":", 0, self.sentences[self._firsts[paragraph] - 1].end)

    def _text(self, number: int) -> str:
        start, end = self.sentences[number]
        return self._folded[start:end]

    def _read_paragraph(self, paragraph: int) -> list[Place]:
        """Return the places of a paragraph; the one before is read where it leads on to this."""
        leading = paragraph > 0 and self._leads_on(paragraph)
        asked = introduced = leading and self._read[paragraph - 1][-1].asked
        pledged = recalled = False
        places: list[Place] = []
        for number in self._numbers(paragraph):
            text = self._text(number)
            pledged = says_plan(text, self._report.year) or (pledged and not is_done(text, self._report.year))
            recalled = recalled or looks_back(text, self._report.year)
            recalled = recalled and not (pledged or looks_ahead(text, late=self._late))
            sentence = self.sentences[number]
            undecided = sentence.start < self._decided
            asked = undecided and (asks(text) or (asked and introduced and not tells(text)))
            places.append(Place(sentence, pledged, recalled, asked, self._turned.get(number)))
        return places
