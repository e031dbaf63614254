"""Shipped word lists: no entry twice, all folded, every one reachable."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from dalian_report.data import load_data, load_text
from dalian_report.document import build_report, fold
from dalian_report.document.regions import find_region
from dalian_report.sources import make_source


@pytest.mark.parametrize("name", ["furniture", "headings", "topics"])
def test_lists_hold_each_word_once_and_folded(name: str) -> None:
    for words in load_data(name).values():
        assert [word for word, count in Counter(words).items() if count > 1] == []
        for word in words:
            assert isinstance(word, str)
            assert fold(word) == word
            re.compile(word)


@pytest.mark.parametrize(
    "sign", [sign for name in ("ends", "ends_at_start") for sign in load_data("furniture")[name]]
)
def test_each_sign_of_an_end_ends_a_report(sign: str) -> None:
    last = "地区生产总值增长5%，人民生活水平不断提高，社会保持和谐稳定。"
    text = f"各位代表：\n一、回顾\n{last}\n{sign}某某网站\n首页"
    report = build_report(make_source(text))
    assert report.text[slice(*report.body)].endswith("稳定。")
    assert [cut.reason for cut in report.cuts] == ["after end"]


@pytest.mark.parametrize("key", load_data("furniture")["header"])
def test_each_header_line_is_cut(key: str) -> None:
    report = build_report(make_source(f"{key}：某某\n各位代表：\n一、回顾\n增长5%。"))
    assert report.text[report.body.start :].startswith("各位代表")


@pytest.mark.parametrize("heading", load_data("headings")["short"])
def test_each_short_heading_heads_a_section(heading: str) -> None:
    report = build_report(make_source(f"各位代表：\n一、回顾\n增长5%。\n{heading}\n稳定是前提。"))
    assert heading in [section.heading for section in report.sections]


def test_each_region_is_found_by_its_name() -> None:
    lines = [line.split(" ") for line in load_text("regions.txt").splitlines()]
    names = Counter(name for name, _ in lines)
    assert all(re.fullmatch(r"\d{6}", code) for _, code in lines)
    lost = []
    for name, code in lines[1:]:
        region = find_region(name)
        if region is None or (names[name] == 1 and region.adcode != code):
            lost.append(name)
    assert lost == []


def test_there_are_five_hundred_common_characters() -> None:
    characters = load_text("common_characters.txt").replace("\n", "")
    assert len(characters) == len(set(characters)) == 500
