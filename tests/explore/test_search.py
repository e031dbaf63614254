from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalian_report.document import build_report
from dalian_report.errors import UsageError
from dalian_report.explore import search
from dalian_report.explore.queries import Matcher, Query, make_terms
from dalian_report.folding import fold
from dalian_report.indicators import RuleEngine, extract_metrics
from dalian_report.model import Metric, Report, Span
from dalian_report.sources import make_source
from dalian_report.views.hits import hit_table
from dalian_report.views.table import Row
from tests.explore.hand_made import build


def test_every_occurrence_in_the_body(report: Report) -> None:
    hits = search(report, ["海洋"])
    assert [hit.start for hit in hits] == [
        i for i in range(report.body.end) if report.text[i : i + 2] == "海洋"
    ]
    assert [hit.section_path for hit in hits] == ["", "1.1", "1.1", "1.1", "2"]
    assert all(hit.text == report.text[hit.start : hit.end] == "海洋" for hit in hits)
    assert all(hit.sentence == report.text[hit.sentence_start :][: len(hit.sentence)] for hit in hits)


def test_everywhere_takes_in_page_furniture(report: Report) -> None:
    hits = search(report, ["海洋"], everywhere=True)
    assert len(hits) == 6
    assert (hits[-1].section, hits[-1].section_path, hits[-1].sentence) == (None, "", "相关链接:海洋经济")


@pytest.mark.parametrize("term", ["4200亿元", "４２００亿元", "(一期)", "（一期）"])
def test_full_width_forms_are_folded(report: Report, term: str) -> None:
    (hit,) = search(report, [term])
    assert hit.term == term
    assert fold(hit.text) == fold(term)


def test_overlapping_hits_are_all_there() -> None:
    report = build("标题\n人人人有责。", headings=(), title="标题")
    assert [(h.start, h.text) for h in search(report, ["人人", "人人人", "人人"])] == [
        (3, "人人人"),
        (3, "人人"),
        (4, "人人"),
    ]


def test_a_hit_names_section_sentence_and_metrics(report: Report, metrics: tuple[Metric, ...]) -> None:
    (hit,) = search(report, ["牧场"], metrics=metrics)
    assert (hit.type, hit.section, hit.section_path, hit.heading) == ("hit", 1, "1.1", "海洋经济")
    assert hit.sentence == "海洋经济总产值４２００亿元,海洋牧场3个。"
    assert hit.metrics == (metrics[0].id, metrics[1].id)
    (hit,) = search(report, ["渔港"], metrics=metrics)
    assert hit.metrics == ()


def test_sections_hold_their_parts(report: Report) -> None:
    assert [h.section_path for h in search(report, ["海洋"], sections=[0])] == ["1.1"] * 3
    assert [h.section_path for h in search(report, ["海洋"], sections=[3, 1])] == ["1.1", "1.1", "1.1", "2"]
    assert len(search(report, ["海洋"], sections=[0, 1])) == 3
    assert search(report, ["海洋"], sections=[2]) == []


def test_a_second_copy_is_searched_on_demand(report: Report) -> None:
    copy = Span(report.text.index("二、"), report.body.end)
    marked = report._replace(duplicates=(copy,))
    assert [h.section_path for h in search(marked, ["海洋"])] == ["", "1.1", "1.1", "1.1"]
    assert len(search(marked, ["海洋"], everywhere=True)) == 6


def test_case_counts() -> None:
    report = build("标题\nGDP增长,gdp平稳。", headings=(), title="标题")
    assert [h.text for h in search(report, ["GDP"])] == ["GDP"]
    assert [h.text for h in search(report, ["ｇｄｐ"])] == ["gdp"]


@pytest.mark.parametrize("terms", [[], [""], ["海洋", " "], ["　"]])
def test_nothing_to_look_for(report: Report, terms: list[str]) -> None:
    with pytest.raises(UsageError):
        search(report, terms)


@given(st.text("人民(（,，a", max_size=40), st.lists(st.text("人民(（a", min_size=1, max_size=3), min_size=1))
def test_same_as_looking_at_every_place(text: str, terms: list[str]) -> None:
    report = build("标题" + text, headings=(), title="标题")
    folded = fold(report.text)
    wanted = {fold(term) for term in terms}
    expected = sorted((i, i + len(t)) for t in wanted for i in range(len(folded)) if folded.startswith(t, i))
    found = search(report, terms)
    assert sorted((hit.start, hit.end) for hit in found) == expected
    assert all(a.start <= b.start for a, b in pairwise(found))


def test_a_hit_over_several_sentences_has_all_of_them() -> None:
    """The context goes to the end of the last one, its 。 included, also at the end of a paragraph."""
    several = "造林2万亩。水质改善。新建学校3所，扩建1所。"
    text = f"某市2023年政府工作报告\n\n一、回顾\n\n{several}\n\n完成投资5亿元\n\n二、安排\n\n建桥3座。\n"
    report = build_report(make_source(text))
    matcher = Matcher(Query(make_terms(["万亩.*新建", "改善。新", "投资.*"]), way="regex"))
    metrics = extract_metrics(report, RuleEngine([])).metrics
    wide, crossing, last = search(report, matcher, metrics=metrics)
    assert wide.left + wide.text + wide.right == wide.sentence == several
    assert len(wide.metrics) == 3
    assert (crossing.left, crossing.right) == ("水质", "建学校3所，扩建1所。")
    assert len(crossing.metrics) == 2
    assert (last.left, last.right, last.sentence) == ("完成", "", "完成投资5亿元")
    (row,) = [line for line in hit_table(report, [wide]).lines if isinstance(line, Row)]
    assert "".join(part.text for part in row.cells[1]) == wide.sentence
