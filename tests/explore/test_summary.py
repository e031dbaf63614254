from __future__ import annotations

from collections import Counter

import pytest

from dalian_report.explore import SummaryOptions, summarise
from dalian_report.explore.figures import key_figures
from dalian_report.explore.places import Places
from dalian_report.explore.summary import Branch
from dalian_report.model import Metric, Report, Span
from tests.explore.hand_made import build, figure, topic


def test_each_section_in_document_order(report: Report, metrics: tuple[Metric, ...]) -> None:
    found = summarise(report, metrics)
    assert [s.section_path for s in found] == ["1", "1.1", "1.2", "2"]
    assert [s.label for s in found] == ["一、", "(一)", "(二)", "二、"]
    assert [s.metrics for s in found] == [0, 2, 1, 1]
    marine = found[1]
    assert (marine.type, marine.section, marine.heading, marine.level) == ("summary", 1, "海洋经济", 2)
    assert [m.name for m in marine.results] == ["海洋经济总产值", "海洋牧场"]
    assert (found[3].part, found[3].results, [m.text for m in found[3].targets]) == ("plan", (), ["13万人"])


def test_a_chapter_alone_speaks_for_its_parts(report: Report, metrics: tuple[Metric, ...]) -> None:
    (chapter,) = summarise(report, metrics, [0])
    assert (chapter.section_path, chapter.metrics) == ("1", 3)
    chapter, part = summarise(report, metrics, [1, 0])
    assert [chapter.metrics, part.metrics] == [1, 2]


def test_every_character_and_sentence_counts_once(report: Report, metrics: tuple[Metric, ...]) -> None:
    found = summarise(report, [*metrics, figure(report, "各位代表", "致辞")])
    body = report.text[report.body.start : report.body.end]
    assert sum(s.characters for s in found) == len("".join(body.split())) - len(report.title)
    assert sum(s.sentences for s in found) == len(report.sentences)
    assert sum(s.metrics for s in found) == len(metrics) + 1
    assert (found[0].section_path, found[0].level, found[0].metrics) == ("", 0, 1)


def test_places_are_the_deepest_sections(report: Report) -> None:
    for chosen in (None, [0], [1, 2], [0, 2, 3], []):
        places = Places(report, chosen)
        assert (
            "".join(report.text[s.start : s.end] for s in places.stretches)
            == report.text[slice(*report.body)]
        )
        for position in range(len(report.text)):
            holding = [i for i in places.sections if _holds(report, i, position)]
            assert places.at(position) == max(holding, key=lambda i: report.sections[i].level, default=None)


def _holds(report: Report, index: int, position: int) -> bool:
    return report.sections[index].start <= position < report.sections[index].end


def test_indicators_come_first_and_no_more_than_asked(report: Report) -> None:
    found = [
        figure(report, "3个", "甲", action="新建"),
        figure(report, "４２００亿元", "总产值", base_unit="元"),
        figure(report, "3个", "丙", key="k"),
    ]
    (summary,) = summarise(report, found, [1])
    assert [m.name for m in summary.results] == ["丙", "总产值", "甲"]
    (summary,) = summarise(report, found, [1], options=SummaryOptions(figures=1))
    assert ([m.name for m in summary.results], summary.metrics, summary.left_out) == (["丙"], 3, 2)


def test_what_tells_nothing_by_itself_is_no_key_figure(report: Report) -> None:
    found = [
        figure(report, "3个", "行动的落实"),
        figure(report, "3个", "国家级", action="实施"),
        figure(report, "４２００亿元", "总产值", ambiguous=True),
        figure(report, "４２００亿元", "产值", key="k"),
        figure(report, "3个", "产值", key="k"),
    ]
    (summary,) = summarise(report, found, [1])
    assert [m.text for m in summary.results] == ["４２００亿元"]  # an indicator told twice is taken once
    assert summary.left_out == 4


def test_relations_and_base_values(report: Report) -> None:
    base = figure(report, "3个", "甲", status="other")
    relation = figure(report, "渔港", "渔港码头", type="relation", value=None, amount=None)
    (summary,) = summarise(report, [base, relation], [1])
    assert ([m.name for m in summary.results], summary.targets, summary.metrics) == (["渔港码头"], (), 1)


def test_topics_stand_with_their_section(report: Report) -> None:
    lead = topic(report, "居民有活干,人人有书读。")
    found = summarise(report._replace(topics=(lead,)), ())
    assert [[branch.text for branch in s.topics] for s in found] == [[], [], [lead.text], []]
    assert found[2].topics[0] == Branch(lead.text, lead.start, lead.end, "topic", 1)
    (chapter,) = summarise(report._replace(topics=(lead,)), (), [0])
    tree = [(branch.text, branch.kind, branch.depth) for branch in chapter.topics]
    assert tree == [("海洋经济", "section", 1), ("就业", "section", 1), (lead.text, "topic", 2)]
    for branch in chapter.topics:
        assert report.text[branch.start : branch.end] == branch.text


def test_a_report_without_headings() -> None:
    report = build("标题(2023年1月)\n 全文只有一段。\n第二句。\n", headings=(), title="标题")
    (summary,) = summarise(report, ())
    assert (summary.section, summary.section_path, summary.level, summary.part) == (None, "", 0, None)
    assert (summary.characters, Counter(report.text)["\n"]) == (len("全文只有一段。第二句。"), 3)
    assert report.text[summary.start : summary.end].strip().startswith("全文")


def test_a_report_that_is_all_title() -> None:
    assert summarise(build("标题\n", headings=(), title="标题"), ()) == []


def test_notes_on_words_are_not_told() -> None:
    text = "标题\n一、回顾\n总产值3亿元。\n名词解释\n独角兽指估值10亿美元的企业，成立不满10年。\n"
    headings = (("一、", 1, "1", 1, "回顾", None, "review"), ("", None, "h1", 1, "名词解释", None, None))
    report = build(text, headings=headings, title="标题")
    found = [figure(report, "3亿元", "总产值", key="a"), figure(report, "10亿美元", "估值", key="b")]
    review, notes = summarise(report, found)
    assert ([m.name for m in review.results], notes.results, notes.extracts) == (["总产值"], (), ())
    assert (notes.metrics, notes.left_out) == (1, 1)


def test_two_series_under_one_key_are_not_mixed(report: Report) -> None:
    found = [
        figure(report, "3个", "断面水质优良比例", key="water"),
        figure(report, "４２００亿元", "河流水体优良比例", key="water", kind="delta"),
        figure(report, "12.5万人", "城镇新增就业", key="jobs"),
        figure(report, "13万人", "城镇新增就业人数", key="jobs", kind="growth"),
    ]
    assert [m.text for m in key_figures(found, "achieved", 6)] == ["3个", "12.5万人", "13万人"]


def test_a_size_in_two_units_is_two_figures(report: Report) -> None:
    found = [
        figure(report, "3个", "剩余贫困人口", key="poor", base_unit="户"),
        figure(report, "12.5万人", "剩余贫困人口", key="poor", base_unit="人"),
        figure(report, "13万人", "剩余贫困人口", key="poor", base_unit="人"),
        figure(report, "２００亿元", "总产值", key="output", kind="growth", base_unit="%"),
        figure(report, "４２００亿元", "总产值", key="output", kind="growth", base_unit="倍"),
    ]
    assert [m.text for m in key_figures(found, "achieved", 6)] == ["２００亿元", "3个", "12.5万人"]


def test_a_figure_that_only_says_which_is_no_key_figure() -> None:
    text = "标题\n一、回顾\n开工总投资113亿元的新厂，收入1万元以下且有劳动能力的户实现清零，产值5亿元以上。\n"
    report = build(text, headings=(("一、", 1, "1", 1, "回顾", None, "review"),), title="标题")
    names = {"113亿元": "总投资", "1万元": "人均收入", "5亿元": "总产值"}
    found = [figure(report, text, name, base_unit="元") for text, name in names.items()]
    (summary,) = summarise(report, found, [0])
    assert [m.name for m in summary.results] == ["总产值"]


def test_words_mark_a_section_by_more_than_one_sentence_and_more_than_chance() -> None:
    told = "港口扩建。港口通航。企业纳税，企业用工。"
    rest = "学校招生。医院门诊。住房公积金。养老保险。渔民出海。旅游旺季。" * 3
    text = f"标题\n一、港口\n{told}\n二、民生\n{rest}企业培训。\n"
    headings = (("一、", 1, "1", 1, "港口", None, "review"), ("二、", 2, "2", 1, "民生", None, "review"))
    first, _ = summarise(build(text, headings=headings, title="标题"), ())
    assert [word.word for word in first.words] == ["港口"]


def test_a_title_inside_the_text_cuts_nothing() -> None:
    for line in ("今年绵阳继续发展。\n", "绵阳继续发展。\n"):
        text = "过去一年经济平稳增长。投资增长5%。\n" + line
        report = build(text, headings=(), title="绵阳")
        whole = report._replace(body=Span(0, len(text)))
        (summary,) = summarise(whole, (), options=SummaryOptions(words=0))
        assert (summary.start, summary.characters) == (0, len("".join(text.split())))


def test_words_of_the_title_mark_nothing() -> None:
    text = "渔港报告\n渔港开会，投资3亿元。\n一、民生\n" + "学校招生。医院门诊。" * 20
    report = build(text, headings=(("一、", 1, "1", 1, "民生", None, None),), title="渔港报告")
    first, _ = summarise(report, [figure(report, "3亿元", "投资", base_unit="元")])
    assert (first.section, first.words) == (None, ())


def test_a_name_cut_out_of_its_sentence_tells_little(report: Report) -> None:
    found = [
        figure(report, "3个", "虽然每年减少投资", base_unit="元"),
        figure(report, "12.5万人", "手工业)中的比重", base_unit="%"),
        figure(report, "４２００亿元", "和美乡村投资", base_unit="元"),
    ]
    assert [m.name for m in key_figures(found, "achieved", 6)] == ["和美乡村投资"]


@pytest.mark.parametrize("name", ["从业人员", "及格学员", "除险水库", "和平街道"])
def test_a_name_that_begins_like_a_particle_is_whole(report: Report, name: str) -> None:
    found = [figure(report, "12.5万人", name, action="新增")]
    assert [metric.name for metric in key_figures(found, "achieved", 6)] == [name]


def test_what_is_attended_to_is_not_made(report: Report) -> None:
    found = [
        figure(report, "3个", "重点工作", action="抓好"),
        figure(report, "12.5万人", "学位", action="新增"),
    ]
    assert [m.name for m in key_figures(found, "achieved", 6)] == ["学位"]
