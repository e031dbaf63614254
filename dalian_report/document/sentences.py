"""Sentences: spans that tile the text of a report."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Final

from dalian_report.document.layout import Line
from dalian_report.model import Span

_STOP: Final = re.compile("!")
_STOPS: Final = frozenset("。…!?")
_POINT: Final = re.compile(r"\.(?![A-Za-z0-9.%])")  # a full stop typed as "." that may end a sentence
_CLOSERS: Final = frozenset("\"'”’」』)]》】")
_BLANK_CHARS: Final = " \t\n\r\v\f\x85\u2028\u2029\u200b\u200c\u200d\ufeff"
_BLANK: Final = frozenset(_BLANK_CHARS)
_NO_START: Final = _STOPS | _CLOSERS | _BLANK


def find_sentences(folded: str, paragraphs: Iterable[Line]) -> Iterator[Span]:
    """Return the sentences of each paragraph, blank ends left out; together they hold every other character.

    A sentence ends after 。！？ with the quotes and brackets that close behind it, and at the end of a
    paragraph; ； ends none. A heading is a sentence: with its label, to the end of its line or its 。
    """
    starts: list[int] = []
    ends: list[int] = []
    stops = _find_stops(folded)
    for paragraph in paragraphs:
        last = paragraph.end
        start = _skip(folded, paragraph.start, last, _BLANK)
        first = bisect_left(stops, paragraph.label.end if paragraph.label else start)
        for stop in stops[first : bisect_left(stops, last, first)]:
            if stop < start:
                continue  # one of several that end a sentence: ?!
            starts.append(start)
            end = start = stop + 1
            if end < last and folded[end] in _NO_START:
                if folded[stop] != ".":
                    end = _skip(folded, end, last, _STOPS)
                end = _skip(folded, end, last, _CLOSERS)
                start = _skip(folded, end, last, _BLANK)
            ends.append(end)
        if start < last:
            starts.append(start)
            ends.append(start + len(folded[start:last].rstrip(_BLANK_CHARS)))
    # Spans made without a call of Python code for each, which would take twice as long.
    return map(tuple.__new__, repeat(Span), zip(starts, ends, strict=True))


def _skip(folded: str, start: int, end: int, chars: frozenset[str]) -> int:
    """Return where other characters begin in a stretch."""
    while start < end and folded[start] in chars:
        start += 1
    return start


def _find_stops(folded: str) -> list[int]:
    """Return where there are 。！？… and each "." that ends a sentence."""
    stops = folded.replace("。", "!").replace("…", "!").replace("?", "!")
    stops = _POINT.sub(lambda point: "!" if _ends_word(folded, point.start()) else ".", stops)
    return [stop.start() for stop in _STOP.finditer(stops)]


def _ends_word(folded: str, stop: int) -> bool:
    """Tell whether a full stop typed as "." ends a sentence: after a Chinese character, not in a number."""
    before = folded[stop - 1 : stop]
    return "\u4e00" <= before <= "\u9fff" or before in ("%", ")", "”")
