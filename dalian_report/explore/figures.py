"""Key figures: which metrics of a section a reader should see first."""

from __future__ import annotations

from collections.abc import Sequence

from dalian_report.explore.words import stop_words
from dalian_report.model import Metric, Status

_MIN_WEIGHT = 0.5
_TELLING_UNITS = ("元", "美元", "%")
_MANY, _SHORT_NAME = 10_000, 2


def key_figures(metrics: Sequence[Metric], status: Status, limit: int) -> tuple[Metric, ...]:
    """Return at most `limit` metrics of a status: indicators first, then the others, both in text order.

    An indicator that is told twice in one way (the same key and kind) is taken once. Which ones stay is
    decided by `weight`, then by place: reports tell the main figures first. What tells nothing by itself is
    left out.
    """
    seen: set[tuple[str, str]] = set()
    found: list[Metric] = []
    for metric in metrics:
        told = (metric.key, metric.kind) if metric.key else None
        if metric.status == status and (told is None or told not in seen) and weight(metric) >= _MIN_WEIGHT:
            found.append(metric)
            if told:
                seen.add(told)
    best = sorted(found, key=lambda metric: (-weight(metric), metric.start))[:limit]
    return tuple(sorted(best, key=lambda metric: (metric.key is None, metric.start, metric.end)))


def weight(metric: Metric) -> float:
    """Return how much a figure tells by itself: one of an indicator most, a doubtful one less.

    Of the others, relations, money, rates, ranks and changes say more than a count of things, a count of
    things that were made (新增, 建成) more than one that is only mentioned (八项), and a name of two
    characters alone (项目 10个) or one that every report has (国家级 74项) says little.
    """
    doubt = 2.0 if metric.ambiguous else 0.0
    if metric.key:
        return 4.0 - doubt
    score = 0.5 if metric.action else 0.0
    if metric.type == "relation" or metric.kind != "level" or metric.base_unit in _TELLING_UNITS:
        score += 1.0
    elif metric.amount is not None and metric.amount >= _MANY:
        score += 0.5
    says_little = metric.name in stop_words() or (len(metric.name) <= _SHORT_NAME and not metric.action)
    return score - doubt - (1.0 if says_little else 0.0)
