"""Returns: where the last section of a run ends and the text goes back to the level above it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from dalian_report.data import load_data
from dalian_report.document.layout import Line

# Inside a paragraph, where a file has lost its line breaks.
_TO_THE_ROOM: Final = re.compile(r"(?<=[。!?])各位代表[!,]")
_FULL_STOP: Final = 2  # what a heading in a paragraph ends with, and one character more
_OPENING_CHARS: Final = 60
_MIN_SIBLINGS: Final = 3
_MIN_SHARE: Final = 2 / 3  # of the shortest sibling; a shorter paragraph only opens its section
_LEADS_ON: Final = (":", ";", ",", "、")


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
        self._last = {parent: self._last_of(children) for parent, children in self._children.items()}

    def _last_of(self, children: Sequence[int]) -> tuple[int, ...]:
        """Return the last of some siblings, and the last of those with a number."""
        numbered = [child for child in children if self._places[child].numbered]
        return children[-1], *numbered[-1:]

    def settled(self) -> list[int]:
        """Return the ends; a section is settled before the one that holds it."""
        for index in range(len(self._places) - 1, -1, -1):
            place = self._places[index]
            if place.parent is None or index not in self._last[place.parent]:
                continue
            more = self._first_more(index) if place.numbered else None
            for paragraph in self._open_to_return(index):
                if paragraph == more or self._goes_back(paragraph):
                    self._ends[index] = paragraph.start
                    break
            inside = _TO_THE_ROOM.search(self._folded, self._open_from(index), self._ends[index])
            self._ends[index] = inside.start() if inside else self._ends[index]
        return self._ends

    def _open_from(self, index: int) -> int:
        """Return where the text of a section begins that no child of it holds."""
        children = self._children.get(index)
        return self._ends[children[-1]] if children else self._places[index].heading_end + _FULL_STOP

    def _open_to_return(self, index: int) -> Sequence[Line]:
        """Return the paragraphs that could end a section: behind its first, or behind its last child."""
        children = self._children.get(index)
        if children:
            return self._between(self._ends[children[-1]], self._places[index].end)
        return self._own(index)[1 + self._stands_alone(index) :]

    def _own(self, index: int) -> Sequence[Line]:
        """Return the paragraphs of a section, the first with its heading."""
        place = self._places[index]
        first = bisect_right(self._starts, place.start) - 1
        return self._paragraphs[first : bisect_left(self._starts, place.end)]

    def _stands_alone(self, index: int) -> bool:
        """Tell whether the heading of a section is a paragraph of its own, before others."""
        own = self._own(index)
        return len(own) > 1 and own[0].end <= self._places[index].heading_end + 1

    def _is_heading(self, index: int) -> bool:
        """Tell whether a section is all one paragraph that its heading fills: a list of tasks."""
        own = self._own(index)
        return len(own) == 1 and own[0].end <= self._places[index].heading_end + 1

    def _between(self, start: int, end: int) -> Sequence[Line]:
        return self._paragraphs[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _goes_back(self, paragraph: Line) -> bool:
        end = min(paragraph.end, paragraph.start + _OPENING_CHARS)
        opening = "".join(self._folded[paragraph.start : end].split())
        plain, pattern = _returns()
        return opening.startswith(plain) or pattern.match(opening) is not None

    def _first_more(self, index: int) -> Line | None:
        """Return the paragraph behind the one that a section has, where each of its siblings has one."""
        siblings = [
            one
            for one in self._children[self._places[index].parent]
            if one != index and self._places[one].numbered
        ]
        if len(siblings) < _MIN_SIBLINGS or any(one in self._children for one in (index, *siblings)):
            return None
        texts = [self._own(one)[self._stands_alone(one) :] for one in siblings]
        own = self._own(index)
        if self._stands_alone(index) and not all(map(self._is_heading, siblings)):
            own = own[1:]
        if any(len(text) != 1 for text in texts) or len(own) == 1:
            return None
        shortest = min(text[0].end - text[0].start for text in texts)
        leads_on = self._folded.endswith(_LEADS_ON, own[0].start, own[0].end)
        return None if leads_on or own[0].end - own[0].start < _MIN_SHARE * shortest else own[1]
