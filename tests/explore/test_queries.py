from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from dalian_report.errors import UsageError
from dalian_report.explore import search
from dalian_report.explore.queries import Matcher, Query, make_terms
from dalian_report.explore.search import Hit, count_hits
from dalian_report.explore.segmenting import segment
from dalian_report.model import Metric, Report
from tests.explore.hand_made import build, figure

TEXT = "标题\n今年开发展示中心，推动发展。海洋经济发展提速，蓝色经济占3个百分点。\n渔港建成。"


def hits(terms: Sequence[str], text: str = TEXT, **options: Any) -> list[Hit]:
    synonyms = options.pop("synonyms", ())
    metrics = options.pop("metrics", ())
    report = build(text, headings=(), title="标题")
    query = Query(make_terms(terms, synonyms), **options)
    found = search(report, Matcher(query), metrics=metrics)
    for hit in found:
        assert report.text[hit.start : hit.end] == hit.text
        assert (hit.left + hit.text + hit.right) in report.text
    return found


def test_whole_words_as_jieba_cuts_them() -> None:
    import jieba

    assert [hit.left[-2:] for hit in hits(["发展"])] == ["年开", "推动", "经济"]
    assert [hit.left[-2:] for hit in hits(["发展"], way="words")] == ["推动", "经济"]
    assert len(hits(["海洋经济"], way="words")) == 1  # two words together
    text = TEXT.split("\n")[1]
    bounds = [0]
    for word in jieba.Tokenizer().cut(text.replace("，", ",")):
        bounds.append(bounds[-1] + len(word))
    assert [word.end for word in segment(text.replace("，", ","), engine="jieba")] == bounds[1:]


def test_synonyms_are_hits_of_the_term() -> None:
    found = hits(["海洋经济"], synonyms=[["海洋经济", "蓝色经济"], ["甲", "乙"]])
    assert [(hit.term, hit.text) for hit in found] == [("海洋经济", "海洋经济"), ("海洋经济", "蓝色经济")]
    # What two forms have in common is one hit, the longest.
    found = hits(["海洋"], synonyms=[["海洋", "海洋经济"]])
    assert [hit.text for hit in found] == ["海洋经济"]


def test_terms_that_are_synonyms_share_nothing() -> None:
    groups = [["海洋经济", "蓝色经济", "海上经济"]]
    terms = make_terms(["蓝色经济", "海洋经济"], groups)
    assert [term.forms for term in terms] == [("蓝色经济", "海上经济"), ("海洋经济",)]
    found = hits(["海洋经济", "蓝色经济"], synonyms=groups)
    assert [(hit.term, hit.text) for hit in found] == [("海洋经济", "海洋经济"), ("蓝色经济", "蓝色经济")]


def test_all_terms_in_one_sentence() -> None:
    assert [hit.text for hit in hits(["发展", "海洋"], together=True)] == ["海洋", "发展"]
    assert hits(["渔港", "海洋"], together=True) == []


def test_near() -> None:
    assert [hit.text for hit in hits(["展示", "推动"], near=3)] == ["展示", "推动"]
    assert hits(["展示", "推动"], near=2) == []


def test_has_a_figure() -> None:
    report = build(TEXT, headings=(), title="标题")
    metric = figure(report, "3个百分点", "占比", status="target")
    assert [hit.left[-2:] for hit in hits(["发展"], has="metric", metrics=(metric,))] == ["经济"]
    assert len(hits(["发展"], has="target", metrics=(metric,))) == 1
    assert hits(["发展"], has="achieved", metrics=(metric,)) == []


def test_metrics_are_asked_for_only_where_there_is_a_hit() -> None:
    def metrics() -> Sequence[Metric]:
        raise AssertionError

    assert hits(["不在"], metrics=metrics) == []


def test_context_is_a_number_of_characters_of_the_line() -> None:
    (hit,) = hits(["渔港"], context=2)
    assert (hit.left, hit.right) == ("", "建成")
    (hit,) = hits(["推动"], context=3)
    assert (hit.left, hit.right) == ("中心，", "发展。")


def test_a_regex_matches_within_lines_and_folded() -> None:
    assert [hit.text for hit in hits([r"^渔.$|发.[,，]"], way="regex")] == []
    assert [hit.text for hit in hits([r"^渔.建"], way="regex")] == ["渔港建"]
    assert [hit.text for hit in hits([r"中心,.."], way="regex")] == ["中心，推动"]
    assert hits([r"点。\s渔"], way="regex") == []


@pytest.mark.parametrize("regex", ["(", "发展*?|", "a{2", "(?:(?:a{99}){99}){99}"])
def test_a_regex_that_is_refused(regex: str) -> None:
    with pytest.raises(UsageError) as caught:
        hits([regex], way="regex")
    assert regex in str(caught.value)


def test_a_regex_that_takes_too_long() -> None:
    with pytest.raises(UsageError, match="takes too long"):
        hits(["(?:a|aa)+[bc]"], "标题\n" + "a" * 200 + "。", way="regex")


def test_counts_by_section_add_up(report: Report) -> None:
    found = search(report, ["海洋", "就业"])
    by_section = count_hits(report, found, ["海洋", "就业"], by_section=True)
    (marine, work) = count_hits(report, found, ["海洋", "就业"], by_section=False)
    assert [(c.section_path, c.term, c.hits) for c in by_section] == [
        ("", "海洋", 1),
        ("1.1", "海洋", 3),
        ("1.2", "就业", 2),
        ("2", "海洋", 1),
        ("2", "就业", 1),
    ]
    assert (marine.hits, work.hits) == (5, 3)
    body = "".join(report.text[report.body.start : report.body.end].split())
    assert marine.characters == len(body)
    assert marine.per_10k == round(5 * 10_000 / len(body), 2)
