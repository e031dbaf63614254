"""Sentences: spans that tile the text of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dalian_report.document.layout import Line
from dalian_report.model import Span

# A full stop typed as "." ends a sentence after a Chinese character, not inside a number or a name.
_END = re.compile(r"""(?:[。!?…]+|(?<=[\u4e00-\u9fff%)”])\.(?![A-Za-z0-9.%]))["'”’」』)\]》】]*""")
_BLANK = " \t\n\r\v\f\x85\u2028\u2029\u200b\u200c\u200d\ufeff"


def find_sentences(folded: str, paragraphs: Iterable[Line]) -> Iterator[Span]:
    """Yield the sentences of each paragraph, blank ends left out; together they hold every other character.

    A sentence ends after 。！？ with the quotes and brackets that close behind it, and at the end of a
    paragraph; ； ends none. A heading is a sentence: with its label, to the end of its line or its 。
    """
    for paragraph in paragraphs:
        start = paragraph.start
        floor = paragraph.label.end if paragraph.label else start
        for match in _END.finditer(folded, floor, paragraph.end):
            yield from _trimmed(folded, start, match.end())
            start = match.end()
        yield from _trimmed(folded, start, paragraph.end)


def _trimmed(folded: str, start: int, end: int) -> Iterator[Span]:
    text = folded[start:end]
    stripped = text.strip(_BLANK)
    if stripped:
        start += len(text) - len(text.lstrip(_BLANK))
        yield Span(start, start + len(stripped))
