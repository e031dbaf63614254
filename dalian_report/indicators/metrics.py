"""A report's metrics: the grammar's figures, keyed by the rules and placed in the outline."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dalian_report.document import section_at, topic_at
from dalian_report.indicators.engine import Candidate, PatternHit, RuleEngine
from dalian_report.indicators.grammar import Draft, read_sentence
from dalian_report.indicators.kinds import Reading
from dalian_report.indicators.nouns import Name
from dalian_report.indicators.status import Context, looks_back, read_promise, says_plan, without_quotes
from dalian_report.model import Metric, Quantity, Report, Rule, Span
from dalian_report.quantities import find_quantities


@dataclass(frozen=True, slots=True)
class Extraction:
    """The metrics of one report in text order, and notes on rules that were skipped."""

    metrics: tuple[Metric, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A draft with its sentence, its section's index and the rule that gave it a key."""

    draft: Draft
    sentence: Span
    section: int | None
    rule: Rule | None
    pledged: bool = False
    recalled: bool = False


def extract_metrics(report: Report, engine: RuleEngine) -> Extraction:
    """Return the metrics of a report.

    Every metric's `text` is `report.text[start:end]`. Amounts are in base units; falls are negative.
    """
    engine.begin_report()
    folded = curl_quotes(report.folded)
    placed = _drafts(report, folded)
    rules = engine.label([_candidate(one.draft, folded) for one in placed])
    placed = [replace(one, rule=rule) for one, rule in zip(placed, rules, strict=True)]
    for hit in engine.find(report.folded, report.body.start, report.body.end):
        placed = _claim(report, placed, hit)
    return Extraction(tuple(_metrics(report, folded, placed)), engine.notes)


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


def _drafts(report: Report, folded: str) -> list[_Placed]:
    """Return the grammar's figures over all sentences of the report.

    A sentence without figures is read only where the next one may go on with its subject.
    """
    quantities = find_quantities(folded, report.body.start, report.body.end).quantities
    starts = [quantity.start for quantity in quantities]
    placed: list[_Placed] = []
    subject: Name | None = None
    silent: Span | None = None
    pledged = recalled = False
    end = report.body.start
    for sentence in report.sentences:
        if "\n" in folded[end : sentence.start]:
            subject, silent, pledged, recalled = None, None, False, False
        end = sentence.end
        pledged = pledged or says_plan(folded[sentence.start : end])
        recalled = not pledged and (recalled or looks_back(folded[sentence.start : end]))
        own = quantities[bisect_left(starts, sentence.start) : bisect_left(starts, end)]
        if not own:
            silent = sentence
            continue
        if silent:
            subject = read_sentence(folded, *silent, ()).subject
        drafts, subject = read_sentence(folded, *sentence, own, subject)
        silent = None
        for draft in drafts:
            section = section_at(report, draft.quantity.start)
            placed.append(_Placed(draft, sentence, section, None, pledged, recalled))
    return placed


def _candidate(draft: Draft, folded: str) -> Candidate:
    name = draft.name
    extent = folded[min(draft.clause[0], name.start) : name.end] if name.placed else name.text
    return Candidate(
        name=name.text,
        extent=extent,
        action=name.action or None,
        base_unit=draft.quantity.base_unit,
        kind=draft.reading.kind,
    )


def _claim(report: Report, placed: Sequence[_Placed], hit: PatternHit) -> list[_Placed]:
    """Return the figures with what a pattern rule found: it takes over the figure, or adds it."""
    value_end = hit.unit.end if hit.unit else hit.value.end
    same = [
        number
        for number, one in enumerate(placed)
        if one.draft.quantity.start < value_end and hit.value.start < one.draft.quantity.end
    ]
    if any(placed[number].draft.reason == "rule" for number in same):
        return list(placed)
    name = _hit_name(report, hit)
    if same:
        kept = [number for number in same if hit.rule.name in placed[number].draft.name.text] or same[:1]
        draft = replace(placed[kept[0]].draft, name=name, reason="rule", ambiguous=False)
        if hit.rule.kinds and draft.reading.kind not in hit.rule.kinds:
            draft = replace(draft, reading=Reading(hit.rule.kinds[0], draft.reading.sign))
        taken = _Placed(draft, placed[kept[0]].sentence, placed[kept[0]].section, hit.rule)
        return [taken if number == kept[0] else one for number, one in enumerate(placed)]
    return _add(report, placed, hit, name)


def _add(report: Report, placed: Sequence[_Placed], hit: PatternHit, name: Name) -> list[_Placed]:
    quantity = _hit_quantity(report, hit)
    if quantity is None:
        return list(placed)
    sentence = next(
        (one for one in report.sentences if one.start <= quantity.start < one.end), Span(hit.start, hit.end)
    )
    draft = Draft(
        quantity=quantity,
        name=name,
        reading=Reading(hit.rule.kinds[0] if hit.rule.kinds else "level", 1),
        clause=(hit.start, hit.end),
        left=report.folded[hit.start : quantity.start],
        base=False,
        compared=False,
        reason="rule",
        ambiguous=False,
    )
    added = _Placed(draft, sentence, section_at(report, quantity.start), hit.rule)
    return sorted([*placed, added], key=lambda one: one.draft.quantity.start)


def _hit_name(report: Report, hit: PatternHit) -> Name:
    if hit.name and hit.name.end > hit.name.start:
        return Name(report.folded[hit.name.start : hit.name.end], hit.name.start, hit.name.end)
    return Name(hit.rule.name, -1, -1)


def _hit_quantity(report: Report, hit: PatternHit) -> Quantity | None:
    end = hit.unit.end if hit.unit else hit.value.end
    found = find_quantities(report.folded, hit.value.start, end).quantities
    return found[0] if found else None


def _metrics(report: Report, folded: str, placed: Sequence[_Placed]) -> list[Metric]:
    """Return the finished records; the ordinal of metrics that share a span makes their ids differ."""
    ordinals: dict[Span, int] = {}
    metrics: list[Metric] = []
    for one in placed:
        span = Span(one.draft.quantity.start, one.draft.quantity.end)
        ordinals[span] = ordinals.get(span, -1) + 1
        metrics.append(_metric(report, folded, one, ordinals[span]))
    return metrics


def _metric(report: Report, folded: str, one: _Placed, ordinal: int) -> Metric:
    draft, quantity = one.draft, one.draft.quantity
    section = report.sections[one.section] if one.section is not None else None
    topic = topic_at(report, quantity.start)
    context = Context(
        before=without_quotes(folded[one.sentence.start : quantity.start]),
        leading=folded[draft.clause[0] : quantity.start],
        clause=without_quotes(folded[draft.clause[0] : draft.clause[1]]),
        part=section.part if section else None,
        year=report.year,
        pledged=one.pledged,
        recalled=one.recalled,
    )
    promise = read_promise(draft, context)
    sign = draft.reading.sign
    return Metric(
        type="metric",
        id=_identity(report.source.text_sha256, quantity.start, quantity.end, ordinal),
        report=report.title,
        source=report.source.path,
        text_sha256=report.source.text_sha256,
        region=report.region,
        adcode=report.adcode,
        year=report.year,
        year_source=report.year_source,
        section=section.number if section else None,
        section_path=section.path if section else "",
        heading=section.heading if section else "",
        topic=topic.text if topic else None,
        key=one.rule.key if one.rule else None,
        name=_printed(report.text, folded, draft.name) or (topic.text if topic else report.title),
        label=one.rule.name if one.rule else None,
        action=draft.name.action or None,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit or None,
        amount=sign * quantity.amount,
        amount_max=None if quantity.amount_max is None else sign * quantity.amount_max,
        base_unit=quantity.base_unit or None,
        kind=draft.reading.kind,
        bound=quantity.bound,
        status=promise.status,
        strength=promise.strength,
        relation=None,
        period=promise.period,
        text=report.text[quantity.start : quantity.end],
        start=quantity.start,
        end=quantity.end,
        sentence=report.text[one.sentence.start : one.sentence.end],
        sentence_start=one.sentence.start,
        ambiguous=draft.ambiguous,
        rule=one.rule.key if one.rule else "grammar",
        reason="rule" if draft.reason == "rule" else draft.reason,
    )


def _printed(text: str, folded: str, name: Name) -> str:
    """Return a name as the text has it, full-width forms and straight quotes in their plain form."""
    if not name.placed:
        return name.text
    pairs = zip(text[name.start : name.end], folded[name.start : name.end], strict=True)
    return "".join(
        plain if char == '"' or "\uff01" <= char <= "\uff5e" or char.isspace() else char
        for char, plain in pairs
    )


def _identity(text_sha256: str, start: int, end: int, ordinal: int) -> str:
    return hashlib.sha256(f"{text_sha256}:{start}:{end}:{ordinal}".encode()).hexdigest()[:16]
