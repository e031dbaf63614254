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


def test_a_slogan_said_twice_is_no_copy() -> None:
    slogan = "让我们紧密团结起来，为建设美丽海州而努力奋斗，谱写新的篇章！\n"
    assert build_report(make_source(copy_of(30) + "\n" + slogan * 3)).duplicates == ()


def test_a_report_that_opens_with_its_own_summary_is_no_copy() -> None:
    summary = "\n".join(copy_of(30).split("\n")[3:15])
    report = build_report(make_source(f"{summary}\n{copy_of(30)}"))
    assert report.duplicates == ()
    assert report.body.end == len(report.text)


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
