"""What must hold for every report: the samples always, real reports where they lie beside the project."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

import dalian_report
from dalian_report.data import folder, shipped
from dalian_report.model import Metric, Report
from dalian_report.views.records import to_plain

SAMPLES = sorted(shipped("reports").glob("*.txt"))
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((folder() / "metric.schema.json").read_text(encoding="utf-8"))
)
HALF, FULL = ",;:()!?%0123456789", "，；：（）！？％０１２３４５６７８９"


def real_reports(shared: Path) -> Iterator[Path]:
    """Yield every real report that is a text or Word file with something in it."""
    for path in sorted((shared / "reports").rglob("*")):
        if path.suffix in (".txt", ".docx") and path.stat().st_size and path.parent.name != "traps":
            yield path


SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def printed_amount(metric: Metric) -> tuple[Decimal | None, Decimal | None]:
    """Return what value and unit as printed come to, with the sign of the amount."""
    unit, base = metric.unit or "", metric.base_unit or ""
    scale, sign = Decimal(1), Decimal(-1 if metric.amount is not None and metric.amount < 0 else 1)
    for char in unit:
        if char not in SCALES or unit == base:
            break
        scale *= SCALES[char]
        unit = unit[1:]
    ends = (metric.value, metric.value_max)
    low, high = (None if end is None else sign * abs(end) * scale for end in ends)
    return low, high


def check(report: Report, metrics: list[Metric], *, every: int = 1) -> None:
    """Assert what holds for each record of a report; the schema is tried on one of `every` so many."""
    for metric in metrics[::every]:
        SCHEMA.validate(to_plain(metric))
    text = report.text
    starts = [metric.start for metric in metrics]
    assert starts == sorted(starts)
    assert len({metric.id for metric in metrics}) == len(metrics)
    for metric in metrics:
        assert text[metric.start : metric.end] == metric.text
        end = metric.sentence_start + len(metric.sentence)
        assert text[metric.sentence_start : end] == metric.sentence
        assert metric.sentence_start <= metric.start < metric.end <= end
        assert report.body.start <= metric.start < report.body.end
        assert not any(copy.start <= metric.start < copy.end for copy in report.duplicates)
        assert metric.name
        assert printed_amount(metric) == (metric.amount, metric.amount_max)
        assert (metric.bound == "range") == (metric.amount_max is not None)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_sample_holds(sample: Path) -> None:
    report = dalian_report.read_report(sample)
    check(report, dalian_report.extract(report))


@pytest.mark.shared
def test_every_real_report_holds(shared: Path) -> None:
    rules = dalian_report.load_rules()
    counted = 0
    for path in real_reports(shared):
        report = dalian_report.read_report(path)
        metrics = dalian_report.extract(report, rules)
        assert metrics, path
        check(report, metrics, every=10)
        counted += 1
    assert counted > 50


def essence(metrics: list[Metric]) -> list[tuple[object, ...]]:
    """Return what the width of punctuation must not change."""
    return [(m.start, m.name, m.amount, m.base_unit, m.kind, m.bound, m.status, m.key) for m in metrics]


def widths(text: str) -> list[list[tuple[object, ...]]]:
    rules = dalian_report.load_rules()
    to_half, to_full = str.maketrans(FULL, HALF), str.maketrans(HALF, FULL)
    half = text.translate(to_half)
    texts = (half, half.translate(to_full))
    return [essence(dalian_report.extract(dalian_report.parse_report(one), rules)) for one in texts]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_width_of_punctuation_changes_nothing_in_a_sample(sample: Path) -> None:
    half, full = widths(sample.read_text(encoding="utf-8"))
    assert half == full
    assert half


@pytest.mark.shared
def test_width_of_punctuation_changes_nothing(shared: Path) -> None:
    for path in list(real_reports(shared))[::9]:
        half, full = widths(dalian_report.read_report(path).text)
        assert half == full, path


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_give_identical_records(tmp_path: Path, codec: str) -> None:
    text = SAMPLES[0].read_text(encoding="utf-8")
    records = []
    for name, encoding in (("plain.txt", "utf-8"), ("other.txt", codec)):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        metrics = dalian_report.extract(dalian_report.read_report(path))
        records.append([dataclasses.replace(metric, source="") for metric in metrics])
    assert records[0] == records[1]
    assert records[0]
