"""Sentences: spans that tile the text of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dalian_report.document.layout import Line
from dalian_report.model import Span

# Over text with ! for 。 and … alike.
_END = re.compile(r"[!?]+|\.(?![A-Za-z0-9.%])")
_CLOSERS = frozenset("\"'”’」』)]》】")
_BLANK = " \t\n\r\v\f\x85\u2028\u2029\u200b\u200c\u200d\ufeff"


def find_sentences(folded: str, paragraphs: Iterable[Line]) -> Iterator[Span]:
    """Yield the sentences of each paragraph, blank ends left out; together they hold every other character.

    A sentence ends after 。！？ with the quotes and brackets that close behind it, and at the end of a
    paragraph; ； ends none. A heading is a sentence: with its label, to the end of its line or its 。
    """
    marked = folded.replace("。", "!").replace("…", "!")
    for paragraph in paragraphs:
        start = paragraph.start
        floor = paragraph.label.end if paragraph.label else start
        for match in _END.finditer(marked, floor, paragraph.end):
            if folded[match.start()] == "." and not _ends_word(folded, match.start()):
                continue
            end = match.end()
            while end < paragraph.end and folded[end] in _CLOSERS:
                end += 1
            yield from _trimmed(folded, start, end)
            start = end
        yield from _trimmed(folded, start, paragraph.end)


def _ends_word(folded: str, stop: int) -> bool:
    """Tell whether a full stop typed as "." ends a sentence: after a Chinese character, not in a number."""
    before = folded[stop - 1 : stop]
    return "\u4e00" <= before <= "\u9fff" or before in ("%", ")", "”")


def _trimmed(folded: str, start: int, end: int) -> Iterator[Span]:
    text = folded[start:end]
    stripped = text.strip(_BLANK)
    if stripped:
        start += len(text) - len(text.lstrip(_BLANK))
        yield Span(start, start + len(stripped))
