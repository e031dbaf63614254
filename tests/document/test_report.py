"""Reports: identity, furniture, copies, and that every piece is a span of the text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalian_report.document import build_report, fold, section_at, topic_at
from dalian_report.model import Report
from dalian_report.sources import make_source, read_sources

WORDS = (
    "各位代表：",
    "\\r\\n",
    "工作回顾",
    "（一）",
    "1.",
    "第一，",
    "①",
    "增长5.2%",
    "版权所有",
    "2024年",
    "发展",
)
PIECES = st.sampled_from(
    [*"一二三四五、。！？；：，（）(),.;:!? \n\r\t\u3000-—“”\"'》】0123456789\u200b", *WORDS]
)
BLANK = " \t\n\r\v\f\x85\u2028\u2029\u200b\u200c\u200d\ufeff\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"


def check_spans(report: Report) -> None:
    """Assert that all spans lie in the body, in order, and cut to what they say."""
    text, body = report.text, report.body
    assert len(report.folded) == len(text)
    position = body.start
    for start, end in report.sentences:
        assert position <= start < end <= body.end
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        position = end
    for section in report.sections:
        assert (
            body.start
            <= section.start
            <= section.heading_start
            <= section.heading_end
            <= section.end
            <= body.end
        )
        assert text[section.heading_start : section.heading_end] == section.heading
        assert text.startswith(section.label, section.start)
        if section.parent is not None:
            parent = report.sections[section.parent]
            assert parent.start <= section.start
            assert section.end <= parent.end
    for topic in report.topics:
        assert text[topic.start : topic.end] == topic.text
        assert topic.end <= topic.scope_end <= body.end
        assert topic_at(report, topic.start) == topic
    for cut in report.cuts:
        assert cut.end <= body.start or cut.start >= body.end


def uncovered(report: Report) -> str:
    """Return the characters of the body that no sentence holds."""
    folded, body = report.folded, report.body
    gaps, position = [], body.start
    for start, end in report.sentences:
        gaps.append(folded[position:start])
        position = end
    gaps.append(folded[position : body.end])
    return "".join(gaps).strip(BLANK)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_sentences_tile_the_body_of_any_text(text: str) -> None:
    report = build_report(make_source(text))
    check_spans(report)
    assert not uncovered(report)


def test_folding_keeps_the_length_of_every_character() -> None:
    plane = "".join(chr(code) for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF)
    assert len(fold(plane)) == len(plane)
    assert all(len(fold(char)) == 1 for char in plane)


@given(st.text())
def test_folding_keeps_the_length_of_any_text(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "region", "adcode"),
    [
        ("(辽宁省)大连市人民政府工作报告(2022年12月28日)", "大连市", "210200"),
        ("2025年广西政府工作报告", "广西壮族自治区", "450000"),
        ("2024年凉山政府工作报告", "凉山彝族自治州", "513400"),
        ("平顶山市新华区2025年政府工作报告", "新华区", "410402"),
        ("清苑县2003年政府工作报告", "清苑县", "130622"),
        ("朝阳区政府工作报告", "朝阳区", None),
        ("——2021年3月5日在第十三届全国人民代表大会第四次会议上的政府工作报告", "全国", "100000"),
        ("工作报告", None, None),
    ],
)
def test_region_and_its_code_come_from_the_title(text: str, region: str | None, adcode: str | None) -> None:
    report = build_report(make_source(f"{text}\n各位代表：\n一、回顾\n增长5%。"))
    assert (report.region, report.adcode) == (region, adcode)


@pytest.mark.parametrize(
    ("said", "region"), [("市政府", "吉林市"), ("省人民政府", "吉林省"), ("国务院", "全国")]
)
def test_the_speaker_tells_which_of_two_regions_a_file_name_means(said: str, region: str) -> None:
    text = f"各位代表：\n我代表{said}向大会报告工作，请予审议。\n一、2023年工作回顾\n增长5%。"
    assert build_report(make_source(text, "reports/吉林.txt")).region == region


@pytest.mark.parametrize(
    ("text", "year", "source"),
    [
        ("海州市政府工作报告(2022年12月28日)\n\n(四)成效显著。增长5%。", 2022, "title"),
        ("海州市政府工作报告\n(2025年1月8日)\n各位代表：\n增长5%。", 2024, "title"),
        ("2025年海州市政府工作报告\n各位代表：\n增长5%。", 2024, "title"),
        ("各位代表：\n一、二○二三年工作回顾\n增长5%。", 2023, "body"),
        ("各位代表：\n刚刚过去的2011年，是极不平凡的一年。\n增长5%。", 2011, "body"),
        (
            "2018年海州市政府工作报告\n二〇一九年一月十四日在第三次会议上\n各位代表：\n一、2018年工作回顾\n增长。",
            2018,
            "body",
        ),
        ("各位代表：\n增长5%。", None, None),
    ],
)
def test_the_year_under_review_and_where_it_came_from(
    text: str, year: int | None, source: str | None
) -> None:
    report = build_report(make_source(text))
    assert (report.year, report.year_source) == (year, source)


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("2024年2月29日", "2024-02-29"),
        ("2000年2月29日", "2000-02-29"),
        ("2023年2月29日", None),
        ("1900年1月1日", None),
        ("2023年2月30日", None),
        ("2023年4月31日", None),
        ("2023年13月1日", None),
        ("2023年0月5日", None),
        ("二〇二三年二月三十日", None),
        ("2023年2月30日)\n(2023年3月2日", "2023-03-02"),
        ("٢٠٢٣年1月1日", None),
        ("𝟐𝟎𝟐𝟑年1月1日", None),
        ("2023年١月1日", None),
    ],
)
def test_an_impossible_date_is_no_date(printed: str, date: str | None) -> None:
    report = build_report(make_source(f"海州市政府工作报告\n({printed})\n各位代表：\n增长5%。"))
    assert report.date == date


@given(
    st.lists(st.sampled_from([*"٢٠٣𝟐𝟎²〇二0零百十年月日、.()-第章节\n", "2023年", "工作回顾", "报告"])).map(
        "".join
    )
)
def test_digits_of_other_scripts_do_no_harm(text: str) -> None:
    check_spans(build_report(make_source(f"政府工作报告\n（{text}）\n{text}工作回顾\n{text}", f"{text}.txt")))


def test_the_configuration_goes_before_the_text() -> None:
    source = make_source("2025年海州市政府工作报告\n各位代表：\n增长5%。")
    report = build_report(source, region="大连市", year=2023)
    assert (report.region, report.adcode, report.year, report.year_source) == (
        "大连市",
        "210200",
        2023,
        "config",
    )


def copy_of(paragraphs: int) -> str:
    lines = ["各位代表：", "现在，我代表海州市人民政府向大会报告工作，请予审议。", "一、2023年工作回顾"]
    lines += [
        f"第{i}项重点工作按照计划推进，累计完成投资{i}亿元以上，全市面貌有了新的变化。"
        for i in range(1, paragraphs)
    ]
    return "\n".join(lines)


def test_a_second_copy_is_marked_and_not_read_again() -> None:
    first, footer, second = copy_of(30), "\n版权所有：海州市人民政府\n网站地图\n首页\n", copy_of(30)
    report = build_report(make_source(first + footer + second + footer))
    assert [report.text[slice(*span)] for span in report.duplicates] == [second]
    assert report.text[slice(*report.body)] == first
    assert [cut.reason for cut in report.cuts] == ["after end", "after copy"]
    assert len(report.sections) == 1


def test_a_copy_broken_into_other_lines_is_found_too() -> None:
    broken = copy_of(30).replace("，全市", "\n，全市")
    report = build_report(make_source(copy_of(30) + "\n版权所有\n" + broken))
    assert len(report.duplicates) == 1


@pytest.mark.parametrize("count", [2, 3, 4, 6, 10])
@pytest.mark.parametrize(
    "head", ["", "海州市人民政府工作报告（2024年1月8日在市第十七届人民代表大会第三次会议上）\n"]
)
@pytest.mark.parametrize("footer", ["", "版权所有：海州市人民政府\n网站地图\n首页\n"])
def test_every_further_copy_is_marked(count: int, head: str, footer: str) -> None:
    page = f"{head}{copy_of(30)}\n"
    report = build_report(make_source((page + footer) * count))
    assert report.text[slice(*report.body)] == page.strip()
    assert [report.text[slice(*span)] for span in report.duplicates] == [page.strip()] * (count - 1)
    assert len(report.sections) == 1


def test_a_passage_said_twice_does_not_hide_a_copy() -> None:
    lines = copy_of(60).replace("，全市面貌有了新的变化", "").split("\n")
    page = "\n".join([*lines[:15], *lines[3:15], *lines[15:]])
    report = build_report(make_source(f"{page}\n版权所有\n{page}"))
    assert report.text[slice(*report.body)] == page
    assert len(report.duplicates) == 1


def test_a_slogan_said_twice_is_no_copy() -> None:
    slogan = "让我们紧密团结起来，为建设美丽海州而努力奋斗，谱写新的篇章！\n"
    assert build_report(make_source(copy_of(30) + "\n" + slogan * 3)).duplicates == ()


def test_a_report_that_opens_with_its_own_summary_is_no_copy() -> None:
    summary = "\n".join(copy_of(30).split("\n")[3:15])
    report = build_report(make_source(f"{summary}\n{copy_of(30)}"))
    assert report.duplicates == ()
    assert report.body.end == len(report.text)


HEADINGS = "各位代表：\n一、2023年工作回顾\n" + "".join(
    f"（{n}）完成第{n}项工作\n全市各项工作稳步推进，完成投资{i}亿元，人民生活水平不断提高。\n"
    for i, n in enumerate("一二三四五六")
)


@pytest.mark.parametrize(
    "heading",
    [
        "（七）强化科技创新技术支持",
        "（七）推广“扫一扫”服务",
        "（七）把成果分享到基层",
        "（七）加强网站地图管理",
        "强化科技创新技术支持",
        "扫一扫服务覆盖城乡",
        "分享到基层的成果",
        "技术支持：强化科技创新",
        "加强技术支持。推行扫一扫。分享到基层。",
    ],
)
def test_words_of_a_report_do_not_end_it(heading: str) -> None:
    text = (
        f"{HEADINGS}{heading}\n新增高新技术企业30家，研发投入增长12%，创新平台达到8个。\n专利授权量增长5%。"
    )
    assert build_report(make_source(text)).body.end == len(text)


def test_nothing_is_cut_that_holds_a_numbered_heading_with_its_text() -> None:
    text = f"{HEADINGS}相关链接某某\n（七）强化科技创新\n新增高新技术企业30家，研发投入增长12%，平台达到8个。"
    assert build_report(make_source(text)).body.end == len(text)
    run_in = f"{HEADINGS}相关链接某某\n（七）强化科技创新。新增高新技术企业30家，研发投入增长12%。"
    assert build_report(make_source(run_in)).body.end == len(run_in)


@pytest.mark.parametrize(
    "footer",
    ["技术支持：海州网", "分享到：", "分享到", "扫一扫在手机打开当前页", "主办：市政府 技术支持：海州网"],
)
def test_footers_end_a_report(footer: str) -> None:
    report = build_report(
        make_source(f"{HEADINGS}{footer}\n首页\n版权所有海州市人民政府，未经书面许可，任何人不得转载。")
    )
    assert report.text[slice(*report.body)] == HEADINGS.strip()


@pytest.mark.parametrize(
    "notice",
    [
        "本文为演示用转述稿，文中数据均为虚构，不得引用。",
        "本文为演示稿。",
        "市政府办公室整理。\n转载请注明出处，数据以统计公报为准。",
    ],
)
@pytest.mark.parametrize("opening", ["", "各位代表：\n"])
@pytest.mark.parametrize("day", ["", "（2024年1月8日）\n"])
def test_the_title_is_found_below_a_notice(notice: str, opening: str, day: str) -> None:
    text = f"{notice}\n海州市人民政府工作报告\n{day}{opening}一、2023年工作回顾\n增长5%。"
    report = build_report(make_source(text, "演示.txt"))
    assert (report.title, report.region, report.year) == ("海州市人民政府工作报告", None, 2023)
    assert report.text[report.body.start :].startswith("海州市")
    assert [cut.reason for cut in report.cuts] == ["before title"]


def test_a_style_is_nested_in_itself_only_so_deep() -> None:
    report = build_report(make_source("（一）推进\n（二）推进\n" * 300 + "（三）推进"))
    assert max(section.level for section in report.sections) <= 4


def test_text_without_layout_is_a_report_without_sections() -> None:
    for text in ("", " \n", "增长5%"):
        report = build_report(make_source(text))
        assert (report.sections, report.topics) == ((), ())
        assert [report.text[slice(*span)] for span in report.sentences] == [text.strip()] * bool(text.strip())


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("增长1.5%。他说：“好！”会场鼓掌；散会。", ["增长1.5%。", "他说：“好！”", "会场鼓掌；散会。"]),
        ("PM2.5下降.新增3项. 完成", ["PM2.5下降.", "新增3项.", "完成"]),
        ("（见表。）之后？！是", ["（见表。）", "之后？！", "是"]),
        ("一、回顾\n增长", ["一、回顾", "增长"]),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: list[str]) -> None:
    report = build_report(make_source(text))
    assert [text[start:end] for start, end in report.sentences] == sentences


def test_sections_and_topics_are_found_by_position() -> None:
    text = "一、回顾\n（一）经济\n增长5%。\n二、今年任务\n增长6%。"
    report = build_report(make_source(text))
    found = [section_at(report, position) for position in range(len(text) + 1)]
    assert [report.sections[i].path if i is not None else None for i in (found[0], found[6], found[-3])] == [
        "1",
        "1.1",
        "2",
    ]
    assert found[-1] is None
    assert topic_at(report, 0) is None


@pytest.mark.shared
def test_every_real_report_is_whole(shared: Path) -> None:
    unknown = []
    for path in sorted((shared / "reports").rglob("*.*")):
        if path.suffix not in (".txt", ".docx") or not path.stat().st_size or "traps" in path.parts:
            continue
        for source in read_sources(str(path)):
            report = build_report(source)
            check_spans(report)
            assert not uncovered(report), path.name
            if report.year is None or report.region is None:
                unknown.append(path.name)
    assert not unknown


@pytest.mark.shared
def test_the_dalian_report_has_its_topics(shared: Path) -> None:
    (source,) = read_sources(str(shared / "reports" / "dalian-2023.txt"))
    report = build_report(source)
    assert [section.path for section in report.sections] == ["4", "5", "6", "7", "8"]
    assert [topic.text for topic in report.topics if topic.section == 1] == [
        "深入推进环境污染防治",
        "加强生态环境保护和修复",
        "加快发展方式绿色转型",
    ]


@pytest.mark.shared
def test_eleven_of_the_series_hold_a_second_copy(shared: Path) -> None:
    paths = sorted((shared / "reports" / "series").glob("*.txt"))
    reports = [build_report(read_sources(str(path))[0]) for path in paths]
    assert sum(len(report.duplicates) for report in reports) == 11


def test_the_report_is_built_without_word_or_terminal_libraries() -> None:
    code = (
        "import sys; from dalian_report.document import build_report;"
        "from dalian_report.sources import make_source;"
        "build_report(make_source('一、回顾。'));"
        "sys.exit(any(name in sys.modules for name in ('docx', 'rich', 'jieba', 'lxml')))"
    )
    root = Path(__file__).resolve().parent.parent.parent
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
