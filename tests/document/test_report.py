"""Reports: that every piece is a span of the text, and what a report is built without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
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
    "**",
    "# ",
    "到13个",
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
        in_head = cut.reason == "below title" and body.start <= cut.start < cut.end < body.end
        assert in_head or cut.end <= body.start or cut.start >= body.end


def uncovered(report: Report) -> str:
    """Return the characters of the body that no sentence holds."""
    folded, body = report.folded, report.body
    gaps, position = [], body.start
    heads = [(cut.start, cut.end) for cut in report.cuts if cut.reason == "below title"]
    for start, end in sorted([*report.sentences, *heads]):
        gaps.append(folded[position:start])
        position = end
    gaps.append(folded[position : body.end])
    return "".join(gaps).strip(BLANK)


@given(st.lists(PIECES, max_size=60).map("".join))
@example("# \r")
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


@given(
    st.lists(st.sampled_from([*"٢٠٣𝟐𝟎²〇二0零百十年月日、.()-第章节\n", "2023年", "工作回顾", "报告"])).map(
        "".join
    )
)
def test_digits_of_other_scripts_do_no_harm(text: str) -> None:
    check_spans(build_report(make_source(f"政府工作报告\n（{text}）\n{text}工作回顾\n{text}", f"{text}.txt")))


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
