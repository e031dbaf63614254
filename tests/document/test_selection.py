"""Selecting sections by number, path, heading and range."""

from __future__ import annotations

import pytest

from dalian_report.document import build_report, select_sections
from dalian_report.errors import UsageError
from dalian_report.model import Report
from dalian_report.sources import make_source


def report(text: str) -> Report:
    return build_report(make_source(text, "a.txt"))


BOTH = report(
    "一、2024年工作回顾\n"
    + "".join(f"（{n}）完成第{n}项工作\n增长5%。\n" for n in "一二三四五")
    + "二、2025年工作安排\n"
    + "".join(f"（{n}）推进第{n}项任务\n增长6%。\n" for n in "一二三四五六")
)
LATE = report("".join(f"({n})第{n}项成效。增长5%。\n\n" for n in "四五六七八"))
PLAIN = report("各位代表：\n过去一年的成就\n我们取得了很大的成绩。\n今后的重点任务\n要继续努力工作。")


def paths(source: Report, *wanted: str) -> list[str]:
    return [source.sections[i].path for i in select_sections(source, wanted).sections]


@pytest.mark.parametrize("word", ["5", "５", "五", "（五）", "(五)", "五、", "第五", "第五章", " 5 "])
def test_a_number_is_a_label_however_written(word: str) -> None:
    assert paths(LATE, word) == ["5"]


def test_a_number_takes_the_shallowest_level_and_the_note_tells_where() -> None:
    assert paths(BOTH, "2") == ["2"]
    selection = select_sections(BOTH, ["5"])
    assert [BOTH.sections[i].path for i in selection.sections] == ["1.5", "2.5"]
    assert selection.note == "2 sections are numbered 5: 1.5, 2.5"
    assert select_sections(BOTH, ["6"]).note is None


def test_paths_headings_ranges_and_repeats() -> None:
    assert paths(BOTH, "2.5") == ["2.5"]
    assert paths(BOTH, "工作安排") == ["2"]
    assert paths(LATE, "4-6") == paths(LATE, "六—四") == paths(LATE, "6", "5", "4") == ["4", "5", "6"]
    assert paths(LATE, "5", "（五）") == ["5"]
    assert paths(PLAIN, "h2") == ["h2"]


@pytest.mark.parametrize(
    ("word", "found", "note"),
    [
        (
            "1-5",
            ["1", "1.3", "1.4", "1.5", "2", "2.3", "2.4", "2.5"],
            "; ".join(f"2 sections are numbered {n}: 1.{n}, 2.{n}" for n in (3, 4, 5)),
        ),
        (
            "四—六",
            ["1.4", "1.5", "2.4", "2.5", "2.6"],
            "2 sections are numbered 4: 1.4, 2.4; 2 sections are numbered 5: 1.5, 2.5",
        ),
        ("6-99", ["2.6"], "no section is numbered 7-99"),
        ("2-2", ["2"], None),
    ],
)
def test_a_range_takes_what_each_of_its_numbers_takes(word: str, found: list[str], note: str | None) -> None:
    selection = select_sections(BOTH, [word])
    assert [BOTH.sections[i].path for i in selection.sections] == found
    assert selection.note == note


@pytest.mark.parametrize("source", [BOTH, LATE])
@pytest.mark.parametrize(("first", "last"), [(1, 9), (4, 6), (2, 5), (6, 8)])
def test_a_range_and_its_numbers_one_by_one_select_the_same(source: Report, first: int, last: int) -> None:
    there = {section.number for section in source.sections}
    numbers = [str(number) for number in range(first, last + 1) if number in there]
    assert select_sections(source, [f"{first}-{last}"]).sections == select_sections(source, numbers).sections


def test_a_range_tells_which_of_its_numbers_are_not_there() -> None:
    gaps = report("一、回顾\n增长5%。\n三、成效\n增长5%。\n七、安排\n增长5%。")
    assert select_sections(gaps, ["1-9"]) == ((0, 1, 2), "no section is numbered 2, 4-6, 8-9")
    with pytest.raises(UsageError, match=r"no section '8-9'\. It has 1, 3, 7\."):
        select_sections(gaps, ["8-9"])


@pytest.mark.parametrize("word", ["٥", "𝟓", "٥-٦"])
def test_digits_of_other_scripts_are_no_numbers(word: str) -> None:
    with pytest.raises(UsageError):
        select_sections(LATE, [word])


DEEP = report(
    "一、回顾\n（一）经济\n1.工业\n增长5%。\n2.农业\n增长5%。\n（二）社会\n增长5%。\n"
    "二、安排\n（一）经济\n增长6%。\n（二）社会\n增长6%。\n（四）生态\n增长6%。\n（五）民生\n增长6%。"
)
NAMED = report(
    "各位代表：\n过去五年的回顾\n我们取得了很大的成绩。\n一、经济\n增长5%。\n二、社会\n增长5%。\n三、生态\n增长5%。\n"
    "今后的重点任务\n要继续努力工作。\n一、经济\n增长6%。\n二、社会\n增长6%。"
)


@pytest.mark.parametrize(
    ("source", "words", "found", "note"),
    [
        (DEEP, ["二.五"], ["2.5"], None),
        (DEEP, ["二．五"], ["2.5"], None),
        (DEEP, ["一.一.二"], ["1.1.2"], None),
        (DEEP, ["1.一"], ["1.1"], None),
        (DEEP, ["2.4-2.5"], ["2.4", "2.5"], None),
        (DEEP, ["二.五—二.四"], ["2.4", "2.5"], None),
        (DEEP, ["2.1-2.9"], ["2.1", "2.2", "2.4", "2.5"], "no section is numbered 2.3, 2.6-2.9"),
        (DEEP, ["1.1.1-1.1.2"], ["1.1.1", "1.1.2"], None),
        (DEEP, ["1.2-2.2"], ["1.2", "2.1", "2.2"], None),
        (DEEP, ["1.2-2.3"], ["1.2", "2.1", "2.2"], "no section is numbered 2.3"),
        (DEEP, ["1-2.1"], ["1", "2.1"], None),
        (NAMED, ["h1-h2"], ["h1", "h2"], None),
        (NAMED, ["h1.2-h1.3"], ["h1.2", "h1.3"], None),
        (NAMED, ["h1.二"], ["h1.2"], None),
        (NAMED, ["h1-h4"], ["h1", "h2"], "no section is numbered h3-h4"),
    ],
)
def test_paths_have_ranges_and_chinese_numerals(
    source: Report, words: list[str], found: list[str], note: str | None
) -> None:
    selection = select_sections(source, words)
    assert [source.sections[i].path for i in selection.sections] == found
    assert selection.note == note


@pytest.mark.parametrize(
    ("words", "found", "note"),
    [
        (["5", "9"], ["5"], "no section is numbered 9"),
        (
            ["9", "5", "2.7", "成效"],
            ["4", "5", "6", "7", "8"],
            "no section is numbered 9; no section is numbered 2.7",
        ),
        (["5", "海洋"], ["5"], "no section's heading has '海洋'"),
        (["5", "10-12"], ["5"], "no section is numbered 10-12"),
        (["5", "（九）"], ["5"], "no section is numbered 9"),
    ],
)
def test_what_is_there_is_taken_and_what_is_not_is_told(
    words: list[str], found: list[str], note: str
) -> None:
    selection = select_sections(LATE, words)
    assert [LATE.sections[i].path for i in selection.sections] == found
    assert selection.note == note


@pytest.mark.parametrize(
    ("source", "listed"),
    [
        (LATE, "4-8"),
        (BOTH, "1-2, 1.1-1.5, 2.1-2.6"),
        (DEEP, "1-2, 1.1-1.2, 2.1-2.2, 2.4-2.5, 1.1.1-1.1.2"),
        (NAMED, "h1-h2, h1.1-h1.3, h2.1-h2.2"),
        (PLAIN, "h1 过去一年的成就, h2 今后的重点任务"),
    ],
)
def test_what_is_not_there_is_answered_with_all_that_is(source: Report, listed: str) -> None:
    with pytest.raises(UsageError) as caught:
        select_sections(source, ["99"])
    assert str(caught.value) == f"a.txt: no section '99'. It has {listed}."
    for word in listed.split(", "):
        assert select_sections(source, [word.partition(" ")[0]]).sections


def test_what_cannot_be_found_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"no section '9', '2\.7'\. It has 4-8\."):
        select_sections(LATE, ["9", "2.7"])
    with pytest.raises(
        UsageError, match=r"a\.txt: the report has no sections \(no heading was found in it\)"
    ):
        select_sections(report("增长5%。"), ["5"])
    for word in ("", "h1-3", "4-h5", "二.", "2..5", "-", "4-"):
        with pytest.raises(UsageError):
            select_sections(LATE, [word])


def test_a_long_list_of_sections_is_cut() -> None:
    many = report("".join(f"一、第{n}章\n" + "（一）甲项\n1.乙项\n（三）丙项\n" for n in range(30)))
    with pytest.raises(UsageError) as caught:
        select_sections(many, ["99"])
    assert len(str(caught.value)) < 400


def test_nothing_wanted_selects_nothing() -> None:
    assert select_sections(LATE, []) == ((), None)
