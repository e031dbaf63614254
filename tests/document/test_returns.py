"""Where the last section of a run ends, and what after it belongs to the level above."""

from __future__ import annotations

import pytest

from dalian_report.document import build_report, section_at
from dalian_report.sources import make_source

HEAD = "一、2023年工作回顾\n（一）产业升级。工业增长8%，服务业增长6%。\n（二）改革深化。新增经营主体3万户。\n"
LAST = "（三）民生改善。城镇新增就业3万人，新建学校5所。\n"
WORDS = "收官之言。"


def path_of(text: str, words: str) -> str:
    """Return the path of the section in which some words stand."""
    report = build_report(make_source(text))
    index = section_at(report, text.index(words))
    return report.sections[index].path if index is not None else ""


@pytest.mark.parametrize(
    "opening",
    [
        "各位代表！",
        "各位代表！\n",
        "各 位代表！",
        "过去一年，我们加强自身建设，",
        "一年来，我们加强自身建设，",
        "2023年，我们加强自身建设，",
        "我们也清醒认识到，困难不少。",
        "同时，我们清醒地看到，困难不少。",
        "在肯定成绩的同时，困难不少。",
        "这些成绩的取得，来之不易。",
        "新征程新使命，对政府工作提出新的更高要求。",
    ],
)
def test_words_that_go_back_to_the_whole_belong_to_the_parent(opening: str) -> None:
    text = f"{HEAD}{LAST}住房保障加强。\n{opening}{WORDS}\n还有一段。\n二、2024年工作安排\n增长5%。"
    assert path_of(text, "新建学校") == path_of(text, "住房保障") == "1.3"
    assert path_of(text, WORDS) == path_of(text, "还有一段") == "1"
    assert path_of(text, "增长5%") == "2"


def test_a_section_goes_on_where_nothing_goes_back() -> None:
    text = f"{HEAD}{LAST}住房保障加强。\n{WORDS}"
    assert path_of(text, WORDS) == "1.3"


@pytest.mark.parametrize("heading", ["（二）加强自身建设", "（二）加强自身建设。"])
def test_the_first_words_of_a_section_are_its_own(heading: str) -> None:
    text = (
        f"一、2024年工作安排\n（一）稳定增长\n增长5%。\n{heading}\n各位代表！{WORDS}\n各位代表！让我们奋斗。"
    )
    assert path_of(text, WORDS) == "1.2"
    assert path_of(text, "让我们") == "1"


def test_a_return_inside_a_paragraph() -> None:
    text = f"{HEAD}{LAST[:-1]}各位代表，{WORDS}\n二、2024年工作安排\n增长5%。"
    assert [path_of(text, words) for words in ("新建学校", WORDS, "增长5%")] == ["1.3", "1", "2"]
    assert path_of(f"{HEAD}（三）民生改善。各位代表，{WORDS}", WORDS) == "1.3"


def test_words_to_the_room_end_no_section_before_the_last() -> None:
    text = f"一、2024年工作安排\n（一）稳定增长\n增长5%。\n各位代表！{WORDS}\n（二）扩大开放\n外资增长3%。"
    assert path_of(text, WORDS) == "1.1"


def test_a_section_at_the_root_keeps_what_follows() -> None:
    assert path_of(f"一、2023年工作回顾\n增长8%。\n各位代表！{WORDS}", WORDS) == "1"


def test_what_is_cut_off_goes_up_as_far_as_it_goes_back() -> None:
    text = (
        f"一、2024年工作安排\n（一）稳定增长\n1.扩大投资\n增长5%。\n2.扩大消费\n增长6%。\n各位代表！{WORDS}"
    )
    assert path_of(text, WORDS) == "1"


def test_one_paragraph_each() -> None:
    items = "".join(
        f"（{n}）{name}。新建学校5所，新增床位3千张。\n" for n, name in zip("一二三", "甲乙丙", strict=True)
    )
    last = "（四）丁。新建公园5个，新增绿地3千公顷，新修道路。"
    assert path_of(f"一、工作\n{items}{last}\n{WORDS}", WORDS) == "1"
    assert path_of(f"一、工作\n{items}{last[:-1]}：\n{WORDS}", WORDS) == "1.4"
    assert path_of(f"一、工作\n{items}（四）丁。新建公园。\n{WORDS}", WORDS) == "1.4"
    assert path_of(f"一、工作\n（一）甲。新建学校。\n新增床位。\n{items[3:]}{last}\n{WORDS}", WORDS) == "1.4"


def test_one_sentence_each_that_is_all_heading() -> None:
    items = "".join(f"（{number}）大力发展林业、牧业、副业和渔业。\n" for number in "一二三")
    last = "（四）加强对穷队的领导。为了落实以上措施，增加投资。"
    assert path_of(f"一、工作\n{items}{last}\n{WORDS}", WORDS) == "1"


def test_siblings_without_a_number_do_not_count() -> None:
    items = "".join(f"（{number}）工业。新建学校5所，新增床位3千张。\n" for number in "一二三四")
    text = f"一、工作\n{items}{WORDS}\n关于国防建设的若干问题\n国防加强。\n外交活跃。"
    assert path_of(text, WORDS) == "1"


def test_a_topic_ends_with_its_section() -> None:
    last = "（二）扩大开放\n推动贸易提质增效。\n出口增长3%。\n"
    text = f"一、工作\n（一）稳定增长\n增长5%。\n{last}各位代表！{WORDS}"
    report = build_report(make_source(text))
    assert [topic.scope_end for topic in report.topics] == [report.sections[2].end]
