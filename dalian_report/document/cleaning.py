"""The text of a report alone: without page furniture, second copies and blank ends of lines."""

from __future__ import annotations

from typing import Final

from dalian_report.document.furniture import header_value, is_furniture
from dalian_report.document.layout import find_lines
from dalian_report.model import Report

_EDGES: Final = " \t\xa0\u3000\u200b\ufeff"
_HEAD_LINES: Final = 12


def clean_text(report: Report) -> str:
    """Return the body of a report line by line, its characters as they are.

    Lines of furniture between title and text (字号：大 中 小), blank lines and blank ends are left out.
    """
    folded, body = report.folded, report.body
    lines = [line for line in find_lines(folded) if body.start <= line.start < body.end]
    cut = {cut.start for cut in report.cuts}
    texts = [
        report.text[line.start : line.end].strip(_EDGES)
        for number, line in enumerate(lines)
        if line.start not in cut
        and (number >= _HEAD_LINES or not is_furniture(folded, line) or header_value(folded, [line], "标题"))
    ]
    return "\n".join(texts) + "\n"
