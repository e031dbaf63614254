"""Why a metric came out as it did: the clause, the verb, what was trimmed, what is doubtful."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import dalian_report
from dalian_report.data import folder, shipped
from dalian_report.indicators.explain import ExplainedMetric, explain_metrics
from dalian_report.model import Metric
from dalian_report.views.records import record_keys, to_plain
from tests.test_real_reports import real_reports

SCHEMA = jsonschema.Draft202012Validator(
    json.loads((folder() / "metric.schema.json").read_text(encoding="utf-8"))
)


def explained(text: str, *, qualitative: bool = False) -> list[ExplainedMetric]:
    report = dalian_report.parse_report(text)
    return list(explain_metrics(report, dalian_report.extract(report, (), qualitative=qualitative)))


@pytest.mark.parametrize(
    ("text", "clause", "verb", "trimmed"),
    [
        (
            "去年底，全市海洋经济总产值比上年增长9%以上。",
            "全市海洋经济总产值比上年增长9%以上",
            "增长",
            ("全市", "比上年增长"),
        ),
        ("新建改造提升高标准农田2万亩", "新建改造提升高标准农田2万亩", "新建改造提升", ("新建改造提升",)),
        ("整治94处农村黑臭水体", "整治94处农村黑臭水体", "整治", ("整治",)),
        ("外贸规模居全省第3位", "外贸规模居全省第3位", "居", ("居全省",)),
        ("综合实力排名第5位", "综合实力排名第5位", "排名", ("排名",)),
        ("粮食产量达到5亿斤", "粮食产量达到5亿斤", "达到", ("达到",)),
    ],
)
def test_clause_verb_and_what_was_trimmed(
    text: str, clause: str, verb: str, trimmed: tuple[str, ...]
) -> None:
    (metric,) = explained(text)
    assert metric.explain.clause == clause
    assert (metric.explain.verb, metric.explain.trimmed) == (verb, trimmed)
    assert (metric.explain.reason, metric.explain.ambiguous) == (metric.reason, ())


def test_the_noun_that_may_be_meant_is_told() -> None:
    (metric,) = explained("专项资金300万元校舍改造")
    assert metric.ambiguous
    assert metric.explain.ambiguous == (("noun behind", "校舍改造"),)


@pytest.mark.parametrize("text", ["森林覆盖率达到6 5.2%", "新增就业岗位2 0 . 5万个"])
def test_a_blank_between_digits_is_told(text: str) -> None:
    (metric,) = explained(text)
    assert metric.ambiguous
    assert metric.explain.ambiguous == (("split", None),)


def check(metrics: list[ExplainedMetric], text: str) -> None:
    for metric in metrics:
        told = metric.explain
        assert text.startswith(told.clause, told.clause_start)
        assert told.clause_start <= metric.start < told.clause_start + len(told.clause)
        assert told.reason == metric.reason
        assert bool(told.ambiguous) == metric.ambiguous
        assert all(piece and piece == piece.strip() for piece in told.trimmed)


def test_every_metric_of_the_sample_is_explained() -> None:
    report = dalian_report.read_report(shipped("reports") / "dalian-2023.txt")
    plain = dalian_report.extract(report, qualitative=True)
    metrics = list(explain_metrics(report, plain))
    check(metrics, report.text)
    assert record_keys(ExplainedMetric) == (*record_keys(Metric), "explain")
    for metric, before in zip(metrics, plain, strict=True):
        record = to_plain(metric)
        SCHEMA.validate(record)
        assert not SCHEMA.is_valid(record | {"explain": {}})
        del record["explain"]
        assert record == to_plain(before)


@pytest.mark.shared
def test_every_metric_of_real_reports_is_explained(shared: Path) -> None:
    rules = dalian_report.load_rules()
    for path in list(real_reports(shared))[::15]:
        report = dalian_report.read_report(path)
        check(
            list(explain_metrics(report, dalian_report.extract(report, rules, qualitative=True))), report.text
        )
