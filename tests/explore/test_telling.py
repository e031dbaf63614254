from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalian_report.explore.telling import Sentences
from dalian_report.model import Report, Span
from tests.explore.hand_made import build, figure

TEXT = """标题
各位代表,现在我代表市政府向大会报告工作,请予审议。海洋经济总产值突破新的关口。
海洋经济和渔港经济一起发展,渔港建成。今天天气晴朗,适合大家出门。海洋经济总产值突破新关口了。
"""


def report() -> Report:
    return build(TEXT, headings=(), title="标题")


def told(limit: int, **options: list[int]) -> list[str]:
    found = Sentences(report(), ()).most_telling(
        report().sentences, limit, leave_out=options.get("leave_out", [])
    )
    assert all(TEXT[one.start : one.end] == one.text for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    return [one.text for one in found]


def told_of(paragraphs: list[str], limit: int = 9) -> list[str]:
    text = "\n".join(["标题", *paragraphs])
    starts = [text.index(paragraph) for paragraph in paragraphs]
    spans = [Span(start, start + len(one)) for start, one in zip(starts, paragraphs, strict=True)]
    built = build(text, headings=(), title="标题")._replace(sentences=tuple(spans))
    return [one.text for one in Sentences(built, ()).most_telling(spans, limit, leave_out=())]


def test_what_the_section_is_about_comes_first() -> None:
    assert all("海洋经济" in text for text in told(2))
    assert len(told(99)) == 4  # not the address to the room
    assert told(0) == []


def test_a_sentence_like_one_that_was_taken_comes_late() -> None:
    assert sum("总产值" in text for text in told(2)) == 1


def test_what_is_shown_elsewhere_is_left_out() -> None:
    first = TEXT.index("海洋经济总产值")
    assert len(told(99, leave_out=[first])) == 3


def test_figures_of_indicators_weigh() -> None:
    weather = figure(report(), "今天天气晴朗", "晴天", key="k")
    metrics = [weather] * 4
    (best,) = Sentences(report(), metrics).most_telling(report().sentences, 1, leave_out=())
    assert best.text.startswith("今天天气")


@pytest.mark.parametrize(
    "sentence",
    [
        "海洋经济总产值突破新的关口,渔港建成投产；",
        "海洋经济今年的重点工作有以下几个方面：",
        "我代表市人民政府向关心海洋经济的朋友们表示衷心感谢!",
        "向为海洋经济作出贡献的全市人民致以崇高的敬意。",
        "受市人民政府委托,我代表市政府报告海洋经济工作。",
        "以上关于海洋经济的报告,请予审议。",
    ],
)
def test_what_goes_on_or_is_said_to_the_room_is_left_out(sentence: str) -> None:
    assert told_of([sentence, "海洋经济和渔港经济一起发展起来。"]) == ["海洋经济和渔港经济一起发展起来。"]


def test_thanks_in_the_work_itself_are_told() -> None:
    assert len(told_of(["开展感谢海洋经济工作者的活动一百场以上。"])) == 1


@given(st.text("海洋经济,总产值。\n ", max_size=120), st.integers(0, 4))
def test_any_text_gives_sentences_of_its_own(text: str, limit: int) -> None:
    built = build("标题\n" + text, headings=(), title="标题")
    found = Sentences(built, ()).most_telling(built.sentences, limit, leave_out=())
    assert len(found) <= limit
    assert {Span(one.start, one.end) for one in found} <= set(built.sentences)


GOOD = "海洋经济和渔港经济一起发展起来。"


@pytest.mark.parametrize(
    "sentence",
    [
        "让我们为海洋经济和渔港经济的发展而努力奋斗!",
        "现在我想就海洋经济的以下问题作一些说明。",
        "我们可以不顾一切地去扩大海洋经济吗?",
        "海洋经济逐步发展,渔港经济逐步改造。”",
        "海洋经济和渔港经济示范区主办单位",
    ],
)
def test_what_states_nothing_is_left_out(sentence: str) -> None:
    assert told_of([sentence, GOOD]) == [GOOD]


@pytest.mark.parametrize("opening", ["但是,", "这些说明,", "他们认为,", "一是,", "(5)", "牢记“两个确立”,"])
def test_what_leans_on_another_sentence_comes_late(opening: str) -> None:
    leaning = f"{opening}海洋经济发展壮大,渔港经济发展壮大。"
    alone = "海洋经济发展壮大,渔港经济发展壮大起来。"
    assert told_of([leaning, alone], 1) == [alone]


def test_the_basis_of_a_plan_is_told_however_long() -> None:
    basis = f"2024年工作的总体要求是:{'坚持海洋经济和渔港经济一起发展,' * 12}走在前列。"
    others = [
        "开展渔业活动一百场以上。",
        "修建道路和桥梁。",
        "举办书画展览和音乐会。",
        "改造农贸市场和公园。",
    ]
    assert told_of([*others, basis], 1) == [basis]
