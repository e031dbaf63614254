from __future__ import annotations

from dalian_report.explore import search
from dalian_report.explore.ranking import Ranking
from dalian_report.explore.trend import Trend
from dalian_report.model import Report


def test_the_section_that_says_most_comes_first(report: Report) -> None:
    ranking = Ranking(["海洋"])
    ranking.add(report, search(report, ["海洋"]))
    found = ranking.ranked()
    assert [hit.section_path for hit in found][:3] == ["1.1"] * 3
    scores = [hit.score for hit in found]
    assert all(score is not None for score in scores)
    assert scores == sorted(scores, reverse=True)  # type: ignore[type-var]
    assert {hit.start for hit in found} == {hit.start for hit in search(report, ["海洋"])}


def test_a_rare_term_weighs_more(report: Report) -> None:
    ranking = Ranking(["海洋", "渔港"])
    ranking.add(report, search(report, ["海洋", "渔港"]))
    alone = Ranking(["海洋"])
    alone.add(report, search(report, ["海洋"]))
    gain = (ranking.ranked()[0].score or 0) - (alone.ranked()[0].score or 0)
    assert ranking.ranked()[0].section_path == "1.1"
    assert gain > (alone.ranked()[-1].score or 0) / 2
    assert Ranking(["海洋"]).ranked() == []


def test_trend_by_year(report: Report) -> None:
    trend = Trend(["海洋", "就业", "海洋"])
    assert trend.add(report) == 8
    assert trend.add(report._replace(year=2021), [1]) == 3
    assert trend.add(report._replace(year=None), [2]) == 2
    points = trend.points()
    assert [(p.phrase, p.year, p.reports, p.count) for p in points] == [
        ("海洋", 2021, 1, 3),
        ("海洋", 2023, 1, 5),
        ("海洋", None, 1, 0),
        ("就业", 2021, 1, 0),
        ("就业", 2023, 1, 3),
        ("就业", None, 1, 2),
    ]
    for point in points:
        assert point.per_10k == round(point.count * 10_000 / point.characters, 2)
