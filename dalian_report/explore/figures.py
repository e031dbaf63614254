"""Key figures: which metrics of a section a reader should see first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dalian_report.explore.words import stop_words
from dalian_report.model import Metric, Status

_MIN_WEIGHT = 0.5
_TELLING_UNITS = ("元", "美元", "%")
# What is attended to (抓好12项重点工作) is not made yet.
_ATTENDED = frozenset(("抓好", "做好", "办好", "搞好", "支持", "突出"))
_MANY, _SHORT_NAME = 10_000, 2
# What follows a figure that only tells which things are meant: 投资2亿元的新厂, 收入1万元以下且能劳动的户.
_QUALIFIES = re.compile("(?:以上|以下|以内|左右)?(?:的|且)")
# How a name begins that was cut out of its sentence: 虽然每年减少粮食, 它们提供的商品粮, 比全国一九五五年….
_CUT_OUT = re.compile(
    "虽然|如果|[他它]们|这[个些]|剩下|其[中余]|超过|加上|还应|占[全国]|不包括|以至|除(?![草湿险尘])|比[一全前去上]|由新|从(?![业教事军政])|和(?![美谐平田县龙])|及(?![格时])"
)


def key_figures(metrics: Sequence[Metric], status: Status, limit: int) -> tuple[Metric, ...]:
    """Return at most `limit` metrics of a status: indicators first, then the others, both in text order.

    An indicator that is told twice in one way (the same key and kind, but for sizes in two units: 322户677人)
    is taken once, and of two series under one key (the rivers by number, by length) only the first, as a
    reader would take them for one. Which ones stay is decided by `weight`, then by place: reports tell the
    main figures first. What tells nothing by itself is left out.
    """
    series: dict[str, str] = {}
    seen: set[tuple[str, str, str | None]] = set()
    found: list[Metric] = []
    for metric in metrics:
        if metric.status != status or weight(metric) < _MIN_WEIGHT:
            continue
        if metric.key:
            name = series.setdefault(metric.key, metric.name)
            way = metric.key, metric.kind, None if metric.kind == "growth" else metric.base_unit
            if way in seen or not (name in metric.name or metric.name in name):
                continue
            seen.add(way)
        found.append(metric)
    best = sorted(found, key=lambda metric: (-weight(metric), metric.start))[:limit]
    return tuple(sorted(best, key=lambda metric: (metric.key is None, metric.start, metric.end)))


def weight(metric: Metric) -> float:
    """Return how much a figure tells by itself: one of an indicator most, a doubtful one less.

    Of the others, relations, money, rates, ranks and changes say more than a count of things, a count of
    things that were made (新增, 建成) more than one that is only mentioned (八项), and a name of two
    characters alone (项目 10个) or one that every report has (国家级 74项) says little; so do a name that is
    only a piece of its sentence and a figure that only tells which things are meant.
    """
    doubt = 2.0 if metric.ambiguous else 0.0
    if metric.key:
        return 4.0 - doubt
    made = metric.action is not None and metric.action not in _ATTENDED
    score = 0.5 if made else 0.0
    if metric.type == "relation" or metric.kind != "level" or metric.base_unit in _TELLING_UNITS:
        score += 1.0
    elif metric.amount is not None and metric.amount >= _MANY:
        score += 0.5
    says_little = (
        metric.name in stop_words()
        or (len(metric.name) <= _SHORT_NAME and not made)
        or _is_cut_out(metric.name)
        or (metric.kind == "level" and _QUALIFIES.match(metric.sentence, metric.end - metric.sentence_start))
    )
    return score - doubt - (1.0 if says_little else 0.0)


def _is_cut_out(name: str) -> bool:
    """Return whether a name is a piece of its sentence: by its beginning, or by half a pair of brackets."""
    return _CUT_OUT.match(name) is not None or name.count("(") != name.count(")")
