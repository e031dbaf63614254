"""Lines that were wrapped: which are found, and that the view without them gives the records of the text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dalian_report
from dalian_report.document.repair import repair
from dalian_report.document.wrapping import find_wraps
from dalian_report.sources import make_source, original_span, where

REPORTS = Path(__file__).parent.parent.parent / "reports"
NO_START = "，。；：、！？”）%％"  # no line begins with one of these


def wrapped(text: str, width: int, indent: str) -> str:
    """Return a text with its paragraphs cut to lines of so many full-width characters."""
    lines: list[str] = []
    for paragraph in filter(None, map(str.strip, text.splitlines())):
        line, taken = indent, float(len(indent))
        for char in paragraph:
            size = 0.5 if char.isascii() else 1.0
            if taken + size > width and char not in NO_START:
                lines.append(line)
                line, taken = "", 0.0
            line, taken = line + char, taken + size
        lines.append(line)
    return "\n".join(lines)


def records(text: str) -> list[tuple[object, ...]]:
    metrics = dalian_report.extract(dalian_report.parse_report(text), rules=())
    return [
        (one.text, one.amount, one.base_unit, one.kind, one.bound, one.status, one.name) for one in metrics
    ]


@pytest.mark.parametrize("name", ["dalian-2023.txt", "liaoning-2025.txt"])
@pytest.mark.parametrize("width", [24, 36, 45])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_joined_lines_give_the_records_of_the_text(name: str, width: int, indent: str) -> None:
    text = "\n".join(filter(None, (REPORTS / name).read_text(encoding="utf-8").splitlines()))
    cut = wrapped(text, width, indent)
    assert records(cut) != records(text)
    assert records(repair(make_source(cut)).text) == records(text)


@given(st.integers(20, 60), st.sampled_from(["", "　　", "    "]))
def test_only_breaks_and_indents_are_taken_out(width: int, indent: str) -> None:
    cut = wrapped((REPORTS / "dalian-2023.txt").read_text(encoding="utf-8"), width, indent)
    for start, end in find_wraps(cut):
        assert not cut[start:end].strip()
        assert cut[start] == "\n"
    source = repair(make_source(cut))
    for metric in dalian_report.extract(dalian_report.document.build_report(source), rules=()):
        start, end = original_span(source, metric.start, metric.end)
        assert "".join(cut[start:end].split()) == "".join(metric.text.split())
        line = cut.count("\n", 0, start) + 1
        assert where(source, metric.start).startswith(f"line {line},")


@pytest.mark.parametrize("name", ["dalian-2023.txt", "liaoning-2025.txt"])
def test_a_text_that_is_not_wrapped_is_left_alone(name: str) -> None:
    assert not list(find_wraps((REPORTS / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "line",
    [
        "地区生产总值增长6%",  # a list of short lines
        "全市坚持稳中求进工作总基调，奋力推进各项事业发展。",  # each line is a sentence
        "| 全市坚持稳中求进工作总基调，奋力推进各项事业发展 |",
        "- 全市坚持稳中求进工作总基调，奋力推进各项事业发展",
        "1.全市坚持稳中求进工作总基调，奋力推进各项事业发展",
        "（一）全市坚持稳中求进工作总基调，奋力推进各项事业",
    ],
)
def test_lines_that_stand_for_themselves_are_not_joined(line: str) -> None:
    assert not list(find_wraps("\n".join([line] * 12)))


def test_carriage_returns_are_part_of_a_break() -> None:
    line = "全市坚持稳中求进工作总基调，奋力推进各项事业发展"
    joined = repair(make_source("\r\n".join([line] * 8)))
    assert joined.text == line * 8
    assert {one.code for one in joined.repairs} == {"wrapped-lines"}
    assert re.match("line 8", where(joined, len(joined.text) - 1))


def test_a_line_that_closes_or_begins_a_year_is_not_joined() -> None:
    line = "全市坚持稳中求进工作总基调，奋力推进各项事业发展"
    text = "\n".join([line] * 8)
    assert repair(make_source(f"{text}5\n2024年投资")).text == f"{line * 8}5\n2024年投资"
    assert repair(make_source(f"{text}！\n2024年投资")).text == f"{line * 8}！\n2024年投资"


def test_latin_words_keep_a_blank_between_them() -> None:
    line = "全市坚持稳中求进工作总基调，奋力推进各项发展GDP"
    assert repair(make_source("\n".join([line] * 8 + ["Index"]))).text.endswith("发展GDP Index")


def test_a_text_without_stops_is_joined_in_parts_only() -> None:
    line = "全市坚持稳中求进工作总基调，奋力推进各项事业发展"
    joined = repair(make_source("\n".join([line] * 2_000))).text
    assert max(map(len, joined.split("\n"))) < 3_000


def test_lines_cut_by_characters_are_joined_where_digits_count_as_much() -> None:
    text = (
        "空气优良天数319天，水质优良比例达100%，建设用地利用率、废物处置利用率达100%，植树200万株、造林15000亩。"
        * 6
    )
    cut = "\n".join(text[start : start + 25] for start in range(0, len(text), 25))
    assert repair(make_source(cut)).text == text
