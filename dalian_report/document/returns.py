"""Returns: where the last section of a run ends and the text goes back to the level above it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from dalian_report.data import load_data
from dalian_report.document.layout import Line

_OPENING_CHARS = 48
_MIN_SIBLINGS = 3
_LEADS_ON = (":", ";", ",", "、")


class Place(NamedTuple):
    """A section while its end is not settled: whether it has a number, where it and its heading stand."""

    numbered: bool
    start: int
    heading_end: int
    end: int
    parent: int | None


@cache
def _returns() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """Return the openings that go back, those that are plain text and the pattern of the others."""
    words: list[str] = load_data("headings")["returns"]
    others = [word for word in words if "[" in word]
    return tuple(word for word in words if "[" not in word), re.compile("|".join(others))


def find_ends(folded: str, paragraphs: Sequence[Line], places: Sequence[Place]) -> list[int]:
    """Return where each section ends, its part of the text ended before what goes back to the level above.

    Nothing marks the end of the last of (一) (二) (三) but what follows: words to the room (各位代表!), a
    look back at the year, what the work ahead asks of the government. Where each of its siblings is one
    paragraph, the last one is too. What is cut off belongs to the parent, and from that to its own where it
    is the last one again; a section at the root keeps all.
    """
    return _Ends(folded, paragraphs, places).settled()


class _Ends:
    """The sections of a report by parent, and the paragraphs in them."""

    def __init__(self, folded: str, paragraphs: Sequence[Line], places: Sequence[Place]) -> None:
        self._folded, self._paragraphs, self._places = folded, paragraphs, places
        self._starts = [paragraph.start for paragraph in paragraphs]
        self._ends = [place.end for place in places]
        self._children: dict[int | None, list[int]] = {}
        for index, place in enumerate(places):
            self._children.setdefault(place.parent, []).append(index)

    def settled(self) -> list[int]:
        """Return the ends; a section is settled before the one that holds it."""
        for index in range(len(self._places) - 1, -1, -1):
            place = self._places[index]
            if place.parent is None or not self._is_last(index, place):
                continue
            for paragraph in self._open_to_return(index):
                if self._goes_back(paragraph) or self._is_more(index, paragraph):
                    self._ends[index] = paragraph.start
                    break
        return self._ends

    def _is_last(self, index: int, place: Place) -> bool:
        """Tell whether no section of its kind follows under the same parent."""
        siblings = self._children[place.parent]
        after = siblings[siblings.index(index) + 1 :]
        return not after or (place.numbered and not any(self._places[one].numbered for one in after))

    def _open_to_return(self, index: int) -> Sequence[Line]:
        """Return the paragraphs that could end a section: behind its first, or behind its last child."""
        children = self._children.get(index)
        if children:
            return self._between(self._ends[children[-1]], self._places[index].end)
        return self._own(index)[1:]

    def _own(self, index: int) -> Sequence[Line]:
        """Return the paragraphs of a section, without that of its heading where that stands alone."""
        place = self._places[index]
        first = bisect_right(self._starts, place.start) - 1
        found = self._paragraphs[first : bisect_left(self._starts, place.end)]
        return found[1:] if found[0].end <= place.heading_end + 1 else found

    def _between(self, start: int, end: int) -> Sequence[Line]:
        return self._paragraphs[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _goes_back(self, paragraph: Line) -> bool:
        opening = "".join(self._folded[paragraph.start : paragraph.end].split())[:_OPENING_CHARS]
        plain, pattern = _returns()
        return opening.startswith(plain) or pattern.match(opening) is not None

    def _is_more(self, index: int, paragraph: Line) -> bool:
        """Tell whether a paragraph comes after the one that a section and each of its siblings has."""
        siblings = [one for one in self._children[self._places[index].parent] if one != index]
        own = self._own(index)
        if len(siblings) < _MIN_SIBLINGS or index in self._children or paragraph != own[1]:
            return False
        if self._folded.endswith(_LEADS_ON, own[0].start, own[0].end):
            return False
        texts = [self._own(one) for one in siblings]
        if any(len(text) != 1 or one in self._children for text, one in zip(texts, siblings, strict=True)):
            return False
        return own[0].end - own[0].start >= min(text[0].end - text[0].start for text in texts)
