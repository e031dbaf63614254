"""The ledger: every numeral of a report, captured by a metric, excluded for a reason, or unclaimed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dalian_report.document import section_at
from dalian_report.indicators import curl_quotes
from dalian_report.model import Metric, Report, Span
from dalian_report.quantities import find_quantities
from dalian_report.quantities.reasons import Reason, find_reasons
from dalian_report.traditional import simplify

from .dictionary import find_words

State = Literal["captured", "excluded", "unclaimed"]
STATES: tuple[State, ...] = ("captured", "excluded", "unclaimed")
# Every reason that there is, with what it says of a numeral; there is none for what is left over.
REASONS: dict[str, str] = {
    "furniture": "outside the report, in what its page put around it",
    "duplicate": "in a further copy of the report",
    "label": "numbers a section, an item of a list, a table or a note: （一）, 一是, [12]",
    "title": "in the title of a document: 《…》",
    "document": "in the number of a document: 〔2023〕5号",
    "plan": "the ordinal of a five-year plan: 十四五",
    "meeting": "the ordinal of a congress, a meeting or an event: 十九届四中全会, 第十三届省运会",
    "year": "a calendar year, or several: 2023年, 2021—2025年",
    "date": "a month, day, quarter, decade, century or time of day: 5月1日, 一季度, 90年代",
    "code": "in a code, a version, a formula or a number that is dialled: 5G, PM2.5, 1+3+N, 12345热线",
    "ratio": "a part of a ratio, which is no single amount: 产业结构由12:45:43",
    "ranking": "in the name of a ranking: 百强县, 500强",
    "ordinal": "an ordinal that is no rank: 第一产业, 三级医院, 二期",
    "period": "years that say when or for how long: 五年来, 三年行动",
    "rate base": "what a rate is told for: 每千人, 万元GDP",
    "threshold": "bounds or sizes a class of things: 2000万元以上项目, 百亿级",
    "list count": "counts what is named or listed, not measured: 三个方面, 三大攻坚战, 两化融合",
    "round number": "a round magnitude that says many, not how many: 百企, 千名干部",
    "indefinite": "says one, any or some: 一批, 几个, 这一",
    "slogan": "in a coined phrase, mostly quoted: “双千”, 四梁八柱",
    "word": "part of a word: 零售, 进一步, 统一",
    "proper name": "part of the name of a place or an institution: 三峡, 六盘水",
    "part of a name": "in the name of a metric that was captured, and no figure of its own: 己二腈项目",
}
_SCANNED = ("label", "ordinal", "threshold", "list count", "indefinite", "slogan", "rate base", "furniture")
_NUMERAL = re.compile(
    "[0-9０-９][0-9０-９.,，．]*[0-9０-９]|[0-9０-９]|百分之|[〇○零一二三四五六七八九十百千万亿两几]+"
)
_CLAUSE_MARKS = re.compile("[,;:。!?\n]")
_CONTEXT_CHARS = 16
_CLAUSE_CHARS = 60


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One numeral at `text[start:end]` and what became of it.

    `metrics` and `names` are the ids and names of the metrics that captured it, `reason` is why it was
    excluded (one of `REASONS`). `context` is the text around it, from `context_start`.
    """

    type: Literal["numeral"]
    report: str
    source: str
    text_sha256: str
    region: str | None
    year: int | None
    section: int | None
    section_path: str
    text: str
    start: int
    end: int
    state: State
    reason: str | None
    metrics: tuple[str, ...]
    names: tuple[str, ...]
    context: str
    context_start: int


def find_numerals(text: str) -> list[Span]:
    """Return every numeral of a text: runs of Arabic or of Chinese digits, and 百分之.

    >>> find_numerals("增长9.5%，零售百分之六")
    [Span(start=2, end=5), Span(start=7, end=8), Span(start=9, end=12), Span(start=12, end=13)]
    """
    return [Span(match.start(), match.end()) for match in _NUMERAL.finditer(text)]


def account_for(report: Report, metrics: Sequence[Metric]) -> list[LedgerEntry]:
    """Return an entry for every numeral of a report's text, in its order.

    `metrics` are all of the report: a figure whose metric is not among them is unclaimed."""
    numerals = find_numerals(simplify(report.text))
    captured = _captured(numerals, metrics)
    reasons = _reasons(report, metrics, [one for one in numerals if one not in captured])
    return [_entry(report, numeral, captured.get(numeral, ()), reasons.get(numeral)) for numeral in numerals]


def _entry(report: Report, numeral: Span, metrics: Sequence[Metric], reason: str | None) -> LedgerEntry:
    start, end = numeral
    index = section_at(report, start)
    section = None if index is None else report.sections[index]
    first = max(report.text.rfind("\n", 0, start) + 1, start - _CONTEXT_CHARS)
    last = min(end + _CONTEXT_CHARS, (report.text.find("\n", end) + 1 or len(report.text) + 1) - 1)
    return LedgerEntry(
        type="numeral",
        report=report.title,
        source=report.source.path,
        text_sha256=report.source.text_sha256,
        region=report.region,
        year=report.year,
        section=section.number if section else None,
        section_path=section.path if section else "",
        text=report.text[start:end],
        start=start,
        end=end,
        state="captured" if metrics else "excluded" if reason else "unclaimed",
        reason=None if metrics else reason,
        metrics=tuple(metric.id for metric in metrics),
        names=tuple(metric.name for metric in metrics),
        context=report.text[first:last],
        context_start=first,
    )


def _captured(numerals: Sequence[Span], metrics: Iterable[Metric]) -> dict[Span, list[Metric]]:
    """Return the metrics with a number whose span a numeral touches, by the numeral."""
    ends = [numeral.end for numeral in numerals]
    found: dict[Span, list[Metric]] = {}
    for metric in metrics:
        if metric.type != "metric":
            continue
        place = bisect_right(ends, metric.start)
        while place < len(numerals) and numerals[place].start < metric.end:
            found.setdefault(numerals[place], []).append(metric)
            place += 1
    return found


def _reasons(report: Report, metrics: Sequence[Metric], open_: Sequence[Span]) -> dict[Span, str]:
    """Return why each numeral is excluded; those of which nothing is known are left out."""
    found = {numeral: reason for numeral in open_ if (reason := _outside(report, numeral))}
    folded = curl_quotes(report.simplified)

    def left() -> list[Span]:
        return [numeral for numeral in open_ if numeral not in found]

    where = Span(max(0, report.body.start - 1), report.body.end)  # with the line break before the first label
    labels = (Reason(one.start, one.heading_start, "label") for one in report.sections)
    scan = find_quantities(folded, report.body.start, report.body.end)
    seen = {position for quantity in scan.quantities for position in range(quantity.start, quantity.end)}
    for layer in (
        labels,
        find_reasons(folded, "sure", *where),
        _words(folded, left, telling=True),
        find_reasons(folded, "quoted", *where),
        (Reason(one.start, one.end, one.reason) for one in scan.exclusions if one.reason in _SCANNED),
        find_reasons(folded, "likely", *where),
        _words(folded, left),
        _in_names(report.simplified, left, metrics),
    ):
        for numeral, reason in _holding(left(), layer):
            found.setdefault(numeral, reason)
    # What the scanner took for a quantity and no metric has is a figure that was missed.
    return {one: reason for one, reason in found.items() if seen.isdisjoint(range(*one))}


def _outside(report: Report, numeral: Span) -> str | None:
    if report.body.start <= numeral.start < report.body.end:
        return None
    copied = any(copy.start <= numeral.start < copy.end for copy in report.duplicates)
    return "duplicate" if copied else "furniture"


def _holding(numerals: Sequence[Span], reasons: Iterable[Reason]) -> Iterator[tuple[Span, str]]:
    """Yield the numerals that lie whole in the stretch of a reason, in the order of the reasons."""
    starts = [numeral.start for numeral in numerals]
    for start, end, reason in reasons:
        for numeral in numerals[bisect_left(starts, start) : bisect_left(starts, end)]:
            if numeral.end <= end:
                yield numeral, reason


def _words(folded: str, left: Callable[[], list[Span]], *, telling: bool = False) -> Iterator[Reason]:
    """Yield the words that hold a numeral, from the clauses in which one is left."""
    position = 0
    for numeral in left():
        if numeral.start < position:
            continue
        before = max(0, numeral.start - _CLAUSE_CHARS)
        marks = [mark.end() for mark in _CLAUSE_MARKS.finditer(folded, before, numeral.start)]
        behind = _CLAUSE_MARKS.search(folded, numeral.end, numeral.end + _CLAUSE_CHARS)
        position = behind.start() if behind else min(len(folded), numeral.end + _CLAUSE_CHARS)
        yield from find_words(folded, marks[-1] if marks else before, position, telling=telling)


def _in_names(folded: str, left: Callable[[], list[Span]], metrics: Sequence[Metric]) -> Iterator[Reason]:
    """Yield where the name of a captured metric stands in its sentence, if a numeral may be part of it."""
    sentences: dict[Span, set[str]] = {}
    for metric in metrics:
        end = metric.sentence_start + len(metric.sentence)
        sentences.setdefault(Span(metric.sentence_start, end), set()).add(metric.name)
    spans = sorted(sentences)
    starts = [span.start for span in spans]
    for numeral in left():
        place = bisect_right(starts, numeral.start) - 1
        if folded[numeral.start].isascii():  # 8功能区 counts, where a name takes it in by mistake
            continue
        if place < 0 or numeral.end > spans[place].end or not _goes_on(folded, numeral.end):
            continue
        for name in sorted(sentences[spans[place]]):
            start = folded.find(
                name, max(spans[place].start, numeral.end - len(name)), numeral.start + len(name)
            )
            if 0 <= start <= numeral.start and numeral.end < start + len(name):
                yield Reason(start, start + len(name), "part of a name")


def _goes_on(folded: str, end: int) -> bool:
    """Return whether a noun follows a numeral: 8.1万、… is a figure of its own, whatever the name says."""
    return folded[end : end + _CONTEXT_CHARS].lstrip("十百千万亿")[:1].isalpha()
