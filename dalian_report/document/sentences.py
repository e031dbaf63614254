"""Sentences: spans that tile the text of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from dalian_report.document.layout import Line
from dalian_report.model import Span

_POINT = re.compile(r"\.(?![A-Za-z0-9.%])")  # a full stop typed as "." that may end a sentence
_CLOSERS: Final = frozenset("\"'”’」』)]》】")
_BLANK: Final = " \t\n\r\v\f\x85\u2028\u2029\u200b\u200c\u200d\ufeff"


def find_sentences(folded: str, paragraphs: Iterable[Line]) -> list[Span]:
    """Return the sentences of each paragraph, blank ends left out; together they hold every other character.

    A sentence ends after 。！？ with the quotes and brackets that close behind it, and at the end of a
    paragraph; ； ends none. A heading is a sentence: with its label, to the end of its line or its 。
    """
    sentences: list[Span] = []
    stops = _with_stops(folded)
    for paragraph in paragraphs:
        start, last = paragraph.start, paragraph.end
        stop = stops.find("!", paragraph.label.end if paragraph.label else start, last)
        while stop >= 0:
            end = stop + 1
            if folded[stop] != ".":
                while end < last and stops[end] == "!":
                    end += 1
            while end < last and folded[end] in _CLOSERS:
                end += 1
            while folded[start] in _BLANK:
                start += 1
            sentences.append(Span(start, end))
            start = end
            stop = stops.find("!", end, last)
        if start < last:
            sentences.extend(_trimmed(folded, start, last))
    return sentences


def _with_stops(folded: str) -> str:
    """Return text with ! for all that ends a sentence: 。！？… and a "." that does."""
    stops = folded.replace("。", "!").replace("…", "!").replace("?", "!")
    return _POINT.sub(lambda point: "!" if _ends_word(folded, point.start()) else ".", stops)


def _ends_word(folded: str, stop: int) -> bool:
    """Tell whether a full stop typed as "." ends a sentence: after a Chinese character, not in a number."""
    before = folded[stop - 1 : stop]
    return "\u4e00" <= before <= "\u9fff" or before in ("%", ")", "”")


def _trimmed(folded: str, start: int, end: int) -> list[Span]:
    text = folded[start:end]
    stripped = text.strip(_BLANK)
    if not stripped:
        return []
    start += len(text) - len(text.lstrip(_BLANK))
    return [Span(start, start + len(stripped))]
