"""Key figures: which metrics of a section a reader should see first."""

from __future__ import annotations

from collections.abc import Sequence

from dalian_report.model import Metric, Status


def key_figures(metrics: Sequence[Metric], status: Status, limit: int) -> tuple[Metric, ...]:
    """Return at most `limit` metrics of a status: indicators first, then the others, both in text order.

    An indicator that is told twice in one way (the same key, kind and status) is taken once. Which ones
    stay is decided by `weight`, then by place.
    """
    seen: set[tuple[str, str]] = set()
    found: list[Metric] = []
    for metric in metrics:
        if metric.status != status:
            continue
        told = (metric.key, metric.kind) if metric.key else None
        if told is None or told not in seen:
            found.append(metric)
        if told:
            seen.add(told)
    best = sorted(found, key=lambda metric: (-weight(metric), metric.start))[:limit]
    return tuple(sorted(best, key=lambda metric: (metric.key is None, metric.start, metric.end)))


def weight(metric: Metric) -> float:
    """Return how much a figure tells by itself: one of an indicator more than one without, a doubtful less.

    Money, rates and changes say more than a count of things done (3个), a name of two characters (项目 10个)
    says little.
    """
    score = 4.0 if metric.key else 0.0
    score -= 2.0 if metric.ambiguous else 0.0
    if metric.kind in ("growth", "delta", "rank") or metric.base_unit in ("元", "%", "美元"):
        score += 1.0
    if len(metric.name) <= 2:
        score -= 1.0
    if metric.kind == "level" and metric.amount is not None and metric.base_unit not in ("%",):
        score += 0.5 if metric.amount >= 10_000 else 0.0
    return score
