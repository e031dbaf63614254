"""A report's metrics: the grammar's figures, keyed by the rules and placed in the outline."""

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from dalian_report.document import part_at, section_at, topic_at
from dalian_report.indicators.claims import Body, Placed, claim_figures
from dalian_report.indicators.drafts import Draft, Sentence
from dalian_report.indicators.engine import Candidate, Label, RuleEngine
from dalian_report.indicators.grammar import read_sentence
from dalian_report.indicators.nouns import Name
from dalian_report.indicators.places import Places, is_late
from dalian_report.indicators.status import (
    BEHIND_CHARS,
    NEAR_CHARS,
    Context,
    read_promise,
    without_quotes,
)
from dalian_report.model import Metric, Quantity, Report, Span, close_metric, open_metric
from dalian_report.quantities import find_quantities
from dalian_report.quantities.gaps import is_split
from dalian_report.sources import Locator
from dalian_report.traditional import Printed

_NATION: Final = "100000"
_COUNTED: Final = ("value", "value_max", "unit", "amount", "amount_max", "base_unit")


class Extraction(NamedTuple):
    """The metrics of one report in text order, and notes on rules that were skipped."""

    metrics: tuple[Metric, ...]
    notes: tuple[str, ...]


def extract_metrics(
    report: Report,
    engine: RuleEngine,
    *,
    qualitative: bool = False,
    within: Sequence[Span] | None = None,
) -> Extraction:
    """Return the metrics of a report; `qualitative` adds what it says without a number (type `relation`).

    Every metric's `text` is `report.text[start:end]`. Amounts are in base units; falls are negative. What
    has a number is the same with and without relations. `within` gives the metrics alone that begin in one
    of these spans, the same as without it, and reads no paragraph in vain.
    """
    engine.begin_report()
    folded = curl_quotes(report.simplified)
    body = _read_body(report, folded, within)
    labels = engine.label([_candidate(one.draft, folded) for one in body.placed])
    placed = _labelled(body.placed, labels)
    hits = engine.find(report.simplified, report.body.start, report.body.end)
    if hits:
        placed = claim_figures(body._replace(placed=placed), hits)
    if qualitative:
        said = _read_relations(body, within)
        labels = engine.label([_candidate(one.draft, folded) for one in said])
        placed += _labelled(said, labels)
        placed.sort(key=lambda one: one.draft.quantity.start)
    if within is not None:
        placed = [one for one in placed if _is_within(one.draft.quantity.start, within)]
    records = _Records(report, folded)
    return Extraction(tuple([records.record(one) for one in placed]), engine.notes)


def curl_quotes(folded: str) -> str:
    """Return the text with straight double quotes turned to “ and ” by turns in each line, length unchanged.

    >>> curl_quotes('建成"口袋公园"116处')
    '建成“口袋公园”116处'
    """
    if '"' not in folded:
        return folded
    lines: list[str] = []
    for line in folded.splitlines(keepends=True):
        pieces = line.split('"')
        joined = pieces[0]
        for number, piece in enumerate(pieces[1:]):
            joined += ("”" if number % 2 else "“") + piece
        lines.append(joined)
    return "".join(lines)


def _labelled(placed: Sequence[Placed], labels: Sequence[Label | None]) -> list[Placed]:
    pairs = zip(placed, labels, strict=True)
    return [Placed(one.draft, one.place, label) if label else one for one, label in pairs]


def _read_body(report: Report, folded: str, within: Sequence[Span] | None) -> Body:
    """Return the sentences of a report and the grammar's figures in them."""
    quantities = find_quantities(folded, report.body.start, report.body.end).quantities
    body = Body(report, folded, Places(report, folded), quantities, ())
    return body._replace(placed=_place(body, quantities, within))


def _read_relations(body: Body, within: Sequence[Span] | None) -> list[Placed]:
    """Return what the report says without a number, named as a figure in its place would be."""
    from dalian_report.indicators.relations import find_relations  # asked for by few

    relations = find_relations(body.folded, *body.report.body, body.quantities)
    both = sorted([*body.quantities, *relations], key=lambda quantity: quantity.start)
    said = (one for one in _place(body, both, within) if one.draft.quantity.form == "relation")
    # 完成国家下达任务 and 应保尽保 say nothing of what the clause before is about.
    return [one for one in said if one.draft.reason != "previous clause" or not _is_own(one.draft)]


def _is_own(draft: Draft) -> bool:
    return draft.quantity.text.startswith(("完成", "达到", "应", "控制在"))


def _place(body: Body, quantities: Sequence[Quantity], within: Sequence[Span] | None) -> list[Placed]:
    """Return the grammar's reading of quantities in their sentences.

    A sentence without figures is read only where the next one goes on with its subject.
    """
    report, folded, places = body.report, body.folded, body.places
    starts = [*(quantity.start for quantity in quantities), len(folded)]
    placed: list[Placed] = []
    first = 0
    before: Sentence | None = None
    end = report.body.start
    for number in range(len(places.sentences)) if within is None else _touched(places, within):
        sentence = places.sentences[number]
        start = sentence.start
        if start > end and "\n" in folded[end:start]:
            before = None
        end = sentence.end
        while starts[first] < start:
            first += 1
        if starts[first] >= end:
            before = Sentence(folded, start, end, [])
            continue
        own = quantities[first : bisect_left(starts, end, first)]
        before = read_sentence(folded, start, end, own, before)
        if before.drafts:
            place = places[number]
            placed += [Placed(draft, place) for draft in before.drafts]
    return placed


def _touched(places: Places, within: Sequence[Span]) -> list[int]:
    """Return the sentences of the paragraphs that a span touches: names do not go on beyond these."""
    kept: list[int] = []
    number = 0
    while number < len(places.sentences):
        paragraph = places.paragraph_of(number)
        start, end = places.sentences[number].start, places.sentences[paragraph[-1]].end
        if any(span.start < end and start < span.end for span in within):
            kept += paragraph
        number = paragraph.stop
    return kept


def _is_within(position: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= position < span.end for span in spans)


def _candidate(draft: Draft, folded: str) -> Candidate:
    name = draft.name
    start = max(draft.clause[0], name.end - NEAR_CHARS)
    extent = folded[min(start, name.start) : name.end] if name.placed else name.text
    return Candidate(
        name=_unwrapped(name.text),
        extent=_unwrapped(extent),
        action=name.action or None,
        base_unit=draft.quantity.base_unit,
        kind="growth" if draft.quantity.form == "relation" else draft.reading.kind,
    )


class _Records:
    """Makes the finished records of one report; what several of them share is made once."""

    __slots__ = (
        "_folded",
        "_locator",
        "_open_metric",
        "_ordinals",
        "_printed",
        "_report",
        "_sections",
        "_sentences",
        "_shared",
    )

    def __init__(self, report: Report, folded: str) -> None:
        self._report, self._folded = report, folded
        self._locator = Locator(report.source)
        self._open_metric = open_metric()
        self._printed = Printed(report.folded, report.simplified)
        self._shared = _report_fields(report)
        self._sections: dict[int | None, dict[str, Any]] = {}
        self._sentences: dict[Span, str] = {}  # one copy of a sentence, however many figures it holds
        self._ordinals: dict[tuple[int, int], int] = {}

    def record(self, one: Placed) -> Metric:
        """Return the record of a figure."""
        report, draft, sentence = self._report, one.draft, one.place.sentence
        start, end = draft.quantity.start, draft.quantity.end
        section = section_at(report, start)
        if section not in self._sections:
            self._sections[section] = {**self._shared, **_section_fields(report, section)}
        if sentence not in self._sentences:
            self._sentences[sentence] = report.text[sentence.start : sentence.end]
        topic = topic_at(report, start)
        promise = read_promise(draft, _context(report, self._folded, one, section))
        name = _unwrapped(_printed(report, self._folded, draft.name, self._printed))
        text = report.text[start:end]
        relation = text if draft.quantity.form == "relation" else None
        metric = self._open_metric(
            type="metric" if relation is None else "relation",
            id=self._identity(start, end),
            **self._sections[section],
            topic=topic.text if topic else None,
            key=one.label.rule.key if one.label else None,
            name=name or (topic.text if topic else draft.quantity.text),
            label=one.label.rule.name if one.label else None,
            action=draft.name.action or None,
            **_figure_fields(draft),
            status=promise.status,
            strength=promise.strength,
            relation=relation,
            period=promise.period,
            text=text,
            start=start,
            end=end,
            sentence=self._sentences[sentence],
            sentence_start=sentence.start,
            ambiguous=_is_ambiguous(draft, self._folded),
            rule=one.label.rule.key if one.label else "grammar",
            reason=draft.reason,
            where=self._locator.where(start),
        )
        return close_metric(metric)

    def _identity(self, start: int, end: int) -> str:
        """Return an id; the ordinal of metrics that share a span makes theirs differ."""
        ordinal = self._ordinals.get((start, end), 0)
        self._ordinals[start, end] = ordinal + 1
        told = f"{self._report.source.text_sha256}:{start}:{end}:{ordinal}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def _is_ambiguous(draft: Draft, folded: str) -> bool:
    quantity = draft.quantity
    if draft.ambiguous or is_split(folded, quantity.start, quantity.end):
        return True
    return quantity.form == "relation" and draft.reason != "clause"


def _context(report: Report, folded: str, one: Placed, section: int | None) -> Context:
    """Return what stands near a figure and may tell whether it is promised."""
    draft, place = one.draft, one.place
    start = draft.quantity.start
    near, far = start - NEAR_CHARS, start + NEAR_CHARS
    clause, behind = max(draft.clause[0], near), draft.quantity.outer_end
    return Context(
        before=without_quotes(folded[max(place.sentence.start, near) : start]),
        leading=folded[clause:start],
        clause=without_quotes(folded[clause : min(draft.clause[1], far)]),
        behind=folded[behind : min(place.sentence.end, behind + BEHIND_CHARS)],
        part=place.turned or part_at(report, section, start),
        year=report.year,
        pledged=place.pledged,
        recalled=place.recalled,
        asked=place.asked,
        national=report.adcode in (None, _NATION),
        late=is_late(report),
    )


def _report_fields(report: Report) -> dict[str, Any]:
    return {
        "report": report.title,
        "source": report.source.path,
        "text_sha256": report.source.text_sha256,
        "region": report.region,
        "adcode": report.adcode,
        "year": report.year,
        "year_source": report.year_source,
    }


def _section_fields(report: Report, index: int | None) -> dict[str, Any]:
    if index is None:
        return {"section": None, "section_path": "", "heading": ""}
    section = report.sections[index]
    return {"section": section.number, "section_path": section.path, "heading": section.heading}


def _figure_fields(draft: Draft) -> dict[str, Any]:
    """Return what is counted, as printed and multiplied out; falls are negative, relations count nothing."""
    quantity, reading = draft.quantity, draft.reading
    if quantity.form == "relation":
        grows = "增" in quantity.text and "只" not in quantity.text
        kind = "growth" if grows else reading.kind
        return {**dict.fromkeys(_COUNTED), "kind": kind, "bound": quantity.bound}
    high = quantity.amount_max
    return {
        "value": quantity.value,
        "value_max": quantity.value_max,
        "unit": quantity.unit or None,
        "amount": reading.sign * quantity.amount,
        "amount_max": None if high is None else reading.sign * high,
        "base_unit": quantity.base_unit or None,
        "kind": reading.kind,
        "bound": quantity.bound,
    }


def _printed(report: Report, folded: str, name: Name, printed: Printed) -> str:
    """Return a name as the text has it, full-width forms and straight quotes in their plain form."""
    if not name.placed:
        return printed.words(name.text)
    shown, plain_form = report.text[name.start : name.end], folded[name.start : name.end]
    if shown == plain_form:
        return shown
    pairs = zip(shown, plain_form, strict=True)
    return "".join(
        plain if char == '"' or "\uff01" <= char <= "\uff5e" or char.isspace() else char
        for char, plain in pairs
    )


def _unwrapped(text: str) -> str:
    """Return a text without the line breaks in it."""
    return "".join(map(str.strip, text.splitlines())) if "\n" in text else text
