"""Headings: what is one and what only looks like one, and the marks of Markdown around them."""

from __future__ import annotations

import pytest

from dalian_report.document import build_report
from dalian_report.sources import make_source

BEFORE = "各位代表：\n一、2023年工作回顾\n全年经济平稳增长。\n"
AFTER = "\n（一）强化创新\n创新能力增强。"


def outline(text: str) -> list[tuple[str, str]]:
    return [(section.path, section.heading) for section in build_report(make_source(text)).sections]


@pytest.mark.parametrize(
    "line",
    [
        "第一、二、三产业增加值分别增长2.8%、4.6%和6%。",
        "第一、第二和第三产业增加值分别增长2.8%、4.6%和6%。",
        "第二、三产业增加值分别增长4.6%和6%。",
        "第一、二季度生产总值分别增长4.6%和6%。",
        "第一、二批项目全部开工。",
        "一、二、三产业增加值分别增长2.8%、4.6%和6%。",
        "1、2、3号线全部通车。",
        "1、2号线全部通车。",
    ],
)
def test_an_enumeration_of_numbers_is_no_label(line: str) -> None:
    assert outline(BEFORE + line + AFTER) == [("1", "2023年工作回顾"), ("1.1", "强化创新")]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("第一、加快发展。", "加快发展"),
        ("第一，三次产业协调发展。", "三次产业协调发展"),
        ("第二、十大工程全部开工。", "十大工程全部开工"),
        ("1、5G基站建设。", "5G基站建设"),
        ("1、2023年工作。", "2023年工作"),
    ],
)
def test_a_number_after_a_label_may_begin_its_heading(line: str, heading: str) -> None:
    assert outline(BEFORE + line)[1][1] == heading


@pytest.mark.parametrize(
    "rest",
    [
        "发展到13个。改造和关闭工作成效明显。",
        "达到13个。",
        "增加到约十三个。",
        "增至13个。",
        "达13个。",
        "增长5%。",
        "下降了0.3个百分点。",
    ],
)
@pytest.mark.parametrize("word", ["中国驰名商标", "专利授权量", "地区生产总值"])
def test_a_line_that_the_next_one_goes_on_with_is_no_heading(word: str, rest: str) -> None:
    report = build_report(make_source(f"{BEFORE}{word}\n\n{rest}\n人民生活水平不断提高。"))
    assert [section.path for section in report.sections] == ["1"]
    sentence = next(span for span in report.sentences if report.text.startswith(word, span.start))
    assert report.text[slice(*sentence)] == f"{word}\n\n{rest.partition('。')[0]}。"


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("人民生活水平提高", "到2005年，人民生活达到小康水平。"),
        ("人民生活水平提高", "截至6月底，城镇居民收入增长5%。"),
        ("人民生活水平提高", "达到小康水平的农户不断增加。"),
        ("过去一年的成就", "增长5%的目标顺利实现。"),
    ],
)
def test_a_heading_stays_one_before_a_whole_sentence(heading: str, text: str) -> None:
    assert outline(f"{BEFORE}{heading}\n{text}")[-1][1] == heading


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("**（五）推进生态文明建设**\n增长5%。", "推进生态文明建设"),
        ("**（五）** 推进生态文明建设\n增长5%。", "推进生态文明建设"),
        ("**（五）推进生态文明建设。**增长5%。", "推进生态文明建设"),
        ("### **（五）推进生态文明建设**\n增长5%。", "推进生态文明建设"),
        ("__（五）推进生态文明建设__\n增长5%。", "推进生态文明建设"),
        ("### （五）推进生态文明建设 ###\n增长5%。", "推进生态文明建设"),
    ],
)
def test_marks_around_a_heading_are_no_part_of_it(line: str, heading: str) -> None:
    text = f"{BEFORE}**（四）统筹城乡建设**\n增长6%。\n{line}\n投资增长7%。"
    assert outline(text)[1:] == [("1.4", "统筹城乡建设"), ("1.5", heading)]
    report = build_report(make_source(text))
    assert [section.label for section in report.sections] == ["一、", "（四）", "（五）"]


def test_a_bold_line_without_a_number_is_a_heading_without_its_marks() -> None:
    assert outline(f"{BEFORE}**强化科技创新引领**\n专利授权量增长5%。")[1:] == [("1.h1", "强化科技创新引领")]


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        ("# 海州市政府工作报告\n\n增长5%。\n", "海州市政府工作报告", []),
        ("# 海州市情况\n\n## 一、回顾\n增长5%。\n", "海州市情况", [("1", "回顾")]),
        ("# 海州市情况\n\n各位代表：\n\n一、回顾\n增长5%。\n", "海州市情况", [("1", "回顾")]),
        ("# 海州市情况\n\n## 工作回顾\n\n增长5%。\n\n### 一、经济\n增长6%。", "海州市情况", None),
        ("# 回顾过去\n\n增长5%。\n\n# 一、经济\n\n增长6%。\n", "演示", None),
        ("# 工作回顾\n\n增长5%。\n\n## 一、经济\n\n增长6%。\n", "演示", None),
    ],
)
def test_the_first_heading_in_markdown_may_be_the_title(
    text: str, title: str, found: list[tuple[str, str]] | None
) -> None:
    report = build_report(make_source(text, "演示.txt"))
    assert report.title == title
    headings = [(section.path, section.heading) for section in report.sections]
    if found is not None:
        assert headings == found
    else:
        assert headings[0][1].endswith(("回顾", "回顾过去"))


def test_a_short_heading_is_not_joined_with_what_follows() -> None:
    text = BEFORE + "结束语\n\n各位代表！\n让我们团结奋斗。"
    assert outline(text) == [("1", "2023年工作回顾"), ("h1", "结束语")]


@pytest.mark.parametrize("line", ["※名词解释※", "【名词解释】", "★名词解释："])
def test_a_glossary_between_ornaments(line: str) -> None:
    notes = "1.三保：保工资、保运转、保基本民生。\n2.六稳：稳就业、稳金融。"
    for before in ("一段完整的话。", "推进文明城、卫生城同创的标语"):
        assert outline(f"{BEFORE}{before}\n{line}\n{notes}")[-1] == ("h1", "名词解释")


def test_captions_between_the_closing_and_the_annexes_are_no_headings() -> None:
    captions = "推进文明城、卫生城、园林城同创\n着力打造宜居宜业现代新城"
    notes = "※名词解释※\n1.三保：保工资、保运转、保基本民生。"
    assert outline(f"{BEFORE}努力奋斗！\n{captions}\n{notes}") == [
        ("1", "2023年工作回顾"),
        ("h1", "名词解释"),
    ]
    for told in ("着力打造宜居新城。", "新建绿道20公里"):
        assert ("1.h1", "推进文明城、卫生城、园林城同创") in outline(
            f"{BEFORE}完成。\n推进文明城、卫生城、园林城同创\n{told}\n{notes}"
        )


def leads(lead: str) -> list[str]:
    """Return the topics of a report whose second paragraph begins with a sentence."""
    text = f"一、工作\n成绩不小，问题也有，我们都看到了。\n{lead}。各地农民积极生产，收成好得多。"
    return [topic.text for topic in build_report(make_source(text)).topics]


@pytest.mark.parametrize(
    "lead",
    [
        "粮食产量达到八千亿斤",
        "农业总产值增长百分之五左右",
        "一九七六年九月工厂开工",
        "上面所举的例子已经说明问题",
    ],
)
def test_a_lead_has_no_figure_in_chinese_numerals(lead: str) -> None:
    assert leads(lead) == []


@pytest.mark.parametrize("lead", ["粮食生产全面增产", "有力实施“五千工程”", "十分重视粮食生产"])
def test_a_numeral_in_a_lead_may_be_part_of_a_word(lead: str) -> None:
    assert leads(lead) == [lead]


def topics_of(*paragraphs: str) -> list[str]:
    text = "\n".join(("一、工作", "成绩不小，问题也有，我们都看到了。", *paragraphs))
    return [topic.text for topic in build_report(make_source(text)).topics]


@pytest.mark.parametrize("opening", ["这五年，", "——2019年，我们", "五年来，我们", "过去一年，"])
def test_years_with_which_several_paragraphs_open_are_no_part_of_their_leads(opening: str) -> None:
    tasks = ("补短板、树亮点，脱贫成效更加明显", "综合实力不断增强", "基础设施更加坚实")
    told = [f"{opening}{task}。各地农民积极生产，收成好得多。" for task in tasks]
    assert topics_of(*told) == list(tasks)


def test_a_year_that_one_paragraph_opens_with_leads_nothing() -> None:
    assert topics_of("2019年，我们补短板、树亮点。各地农民积极生产，收成好得多。") == []


def test_leads_below_a_line_that_stands_alone() -> None:
    line, rest = "激发有潜能的消费，扩大有效益的投资。", "开展专项行动，把握四个环节。"
    first, second = "强化项目导向", "加快设施建设"
    assert topics_of(line, f"{first}。{rest}", f"{second}。{rest}") == [line[:-1], first, second]
    plain = "各地农民积极生产：收成好得多。生活也好得多了。"
    assert topics_of(line, f"{first}。{rest}", plain) == [line[:-1]]


@pytest.mark.parametrize(
    "verse", ["看似寻常最奇崛，成如容易却艰辛", "九万里风鹏正举，新征程未来可期", "产业强则经济强"]
)
def test_a_verse_leads_nothing(verse: str) -> None:
    assert leads(verse) == []
    assert leads("加快城镇化进程，优化生产力布局") == ["加快城镇化进程，优化生产力布局"]
