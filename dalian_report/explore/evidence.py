"""Evidence: whether a record still says what its source says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args

from dalian_report.document import build_report
from dalian_report.folding import fold
from dalian_report.indicators import RuleEngine, curl_quotes, extract_metrics
from dalian_report.model import Metric, Quantity, Source, Span
from dalian_report.quantities import find_quantities
from dalian_report.quantities.numerals import magnitude
from dalian_report.quantities.units import base_unit
from dalian_report.traditional import simplify

Problem = Literal[
    "text_sha256", "span", "sentence", "quote", "amount", "unit", "kind", "bound", "name", "figure"
]
PROBLEMS: tuple[Problem, ...] = get_args(Problem)
KINDS_OF_RECORD = ("metric", "relation", "numeral")
_NEEDED = ("type", "source", "text_sha256", "text", "start", "end")
_SCALES = "十百千万亿"
_BY_RULE = "rule"  # the reason of a record that a pattern rule named

Readings = Mapping[Span, Sequence[Metric]]


@dataclass(frozen=True, slots=True)
class Check:
    """A record that no longer holds: in what, what the source has at its span, and where its sentence went.

    `found_at` is where the quantity stands now if its sentence is still in the source, once and elsewhere.
    """

    type: Literal["check"]
    id: str | None
    source: str
    name: str | None
    text: str
    start: int
    end: int
    problems: tuple[Problem, ...]
    there: str
    found_at: int | None


def fault_of(record: Mapping[str, Any]) -> str | None:
    """Return why a record cannot be checked, None where it can.

    >>> fault_of({"type": "section"})
    "type 'section' is none of metric, relation, numeral"
    """
    if record.get("type") not in KINDS_OF_RECORD:
        return f"type {record.get('type')!r} is none of {', '.join(KINDS_OF_RECORD)}"
    quote, begin = _quote_keys(record)
    missing = [key for key in (*_NEEDED, quote, begin) if key not in record]
    if missing:
        return f"it has no {', '.join(missing)}"
    wrong = [key for key in ("source", "text_sha256", "text", quote) if not isinstance(record[key], str)]
    wrong += [key for key in ("start", "end", begin) if not _is_position(record[key])]
    return f"{', '.join(wrong)} of a wrong type" if wrong else None


def _is_position(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _quote_keys(record: Mapping[str, Any]) -> tuple[str, str]:
    return ("context", "context_start") if record["type"] == "numeral" else ("sentence", "sentence_start")


def read_anew(source: Source) -> Readings:
    """Return what the grammar reads in a source and in second copies inside it, by span.

    That is figures, and what is told without a number.
    """
    found: dict[Span, list[Metric]] = {}
    report = build_report(source)
    for one in (report, *(build_report(source, within=copy) for copy in report.duplicates)):
        for metric in extract_metrics(one, RuleEngine(()), qualitative=True).metrics:
            found.setdefault(Span(metric.start, metric.end), []).append(metric)
    return found


def check_record(record: Mapping[str, Any], source: Source, readings: Readings | None = None) -> Check | None:
    """Return in what a record no longer holds against its source, None where it holds.

    What is checked: the hash of the text; that the span cuts to the record's `text`; that its sentence stands
    where it says, and holds the text at the span; that value and unit as printed come to the amount, falls
    negative, and that the scanner reads the same from the span. A relation has no amount.
    `readings` are what the source gives when read anew; where its text is unchanged, the record must say
    the same. A record that a pattern rule named is that rule's, and is not compared.
    """
    text, start, end = source.text, record["start"], record["end"]
    quote_key, begin_key = _quote_keys(record)
    quote, begin = record[quote_key], record[begin_key]
    problems: list[Problem] = []
    if record["text_sha256"] != source.text_sha256:
        problems.append("text_sha256")
    if text[start:end] != record["text"] or start >= end:
        problems.append("span")
    if text[begin : begin + len(quote)] != quote:
        problems.append("sentence")
    if begin > start or quote[start - begin : end - begin] != record["text"]:
        problems.append("quote")
    if record["type"] != "numeral" and not _amount_holds(record):
        problems.append("amount")
    if readings is not None and not set(problems) - {"amount"} and _is_the_grammars(record):
        told = _differences(record, readings.get(Span(start, end), ()))
        problems += [problem for problem in told if problem not in problems]
    if not problems:
        return None
    place = text.find(quote)
    moved = quote and place not in (-1, begin) and text.find(quote, place + 1) < 0
    return Check(
        type="check",
        id=record.get("id"),
        source=record["source"],
        name=record.get("name"),
        text=record["text"],
        start=start,
        end=end,
        problems=tuple(problems),
        there=text[start:end],
        found_at=place + start - begin if moved else None,
    )


def _is_the_grammars(record: Mapping[str, Any]) -> bool:
    return record["type"] != "numeral" and record.get("reason") != _BY_RULE


def _differences(record: Mapping[str, Any], found: Sequence[Metric]) -> list[Problem]:
    """Return in what a record differs from the one most like it of those read at its span."""
    each = [_unlike(record, metric) for metric in found if metric.type == record["type"]]
    return min(each, key=len, default=["figure"])


def _unlike(record: Mapping[str, Any], metric: Metric) -> list[Problem]:
    fields: list[tuple[Problem, str]] = [
        ("amount", "amount"),
        ("amount", "amount_max"),
        ("unit", "base_unit"),
        ("kind", "kind"),
        ("bound", "bound"),
        ("name", "name"),
    ]
    return [
        problem
        for problem, field in fields
        if field in record and not _is_same(record[field], getattr(metric, field))
    ]


def _is_same(said: object, read: object) -> bool:
    """Return whether a record says what was read; numbers may be written as text."""
    if not isinstance(read, Decimal):
        return said == read
    try:
        return _decimal(said) == read
    except (InvalidOperation, TypeError, ValueError):
        return False


def _amount_holds(record: Mapping[str, Any]) -> bool:
    keys = ("value", "value_max", "unit", "amount", "amount_max", "base_unit")
    if record["type"] == "relation":
        return all(record.get(key) is None for key in keys)
    try:
        value, high, amount, most = (
            _decimal(record.get(key)) for key in ("value", "value_max", "amount", "amount_max")
        )
    except (InvalidOperation, TypeError, ValueError):
        return False
    if value is None or amount is None or (high is None) != (most is None):
        return False
    unit, base = record.get("unit") or "", record.get("base_unit") or ""
    scale = _scale(unit, base)
    printed = [abs(one) * scale for one in (value, high) if one is not None]
    if printed != [abs(one) for one in (amount, most) if one is not None]:
        return False
    scanned = _scanned(record)
    return scanned is None or (abs(scanned.amount), scanned.base_unit) == (abs(amount), base)


def _scale(unit: str, base: str) -> Decimal:
    """Return what the magnitudes that open a printed unit multiply by: 10000 in 万吨, 1 in 千瓦."""
    scales = 0
    while unit[scales : scales + 1] in tuple(_SCALES) and base_unit(unit[scales:]) != base:
        scales += 1
    return Decimal(magnitude(unit[:scales]))


def _scanned(record: Mapping[str, Any]) -> Quantity | None:
    """Return the quantity that the scanner reads at the record's span, None where it reads none there."""
    start, end = record["start"] - record["sentence_start"], record["end"] - record["sentence_start"]
    found = find_quantities(curl_quotes(simplify(fold(record["sentence"])))).quantities
    return next((one for one in found if (one.start, one.end) == (start, end)), None)


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool):
        raise TypeError(value)
    if value is None or isinstance(value, Decimal):
        return value
    return Decimal(str(value))
