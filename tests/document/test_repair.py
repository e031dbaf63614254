"""Repaired views: what is repaired, what is left alone, and the map back to the file's own text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dalian_report
from dalian_report.document.repair import find_doubtful, find_repairs, repair
from dalian_report.model import Mark
from dalian_report.sources import make_source, original_span, where
from dalian_report.sources.source import Found, new_source


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("增长5 . 5%左右", "增长5.5%左右"),
        ("增长5. 5%", "增长5.5%"),
        ("达到12 .3亿元", "达到12.3亿元"),
        ("提高0 ．3个百分点", "提高0.3个百分点"),
        ("增长ll%", "增长11%"),
        ("增长8.l%", "增长8.1%"),
        ("增长lO.5%", "增长10.5%"),
        ("下降ll%o", "下降11‰"),
        ("新增1 200户", "新增1200户"),
        ("投资达到12 345.6亿元", "投资达到12345.6亿元"),
        ("共计5 000 000元", "共计5000000元"),
        ("2O24年", "2024年"),
        ("新增1O5家", "新增105家"),
        ("到202O年", "到2020年"),
        ("20l5年", "2015年"),
        ("增长６．５％%，", "增长６．５％，"),
        ("增长5 %％左右", "增长5 %左右"),
        ("PM2 . 5浓度", "PM2.5浓度"),
        ("pm2. 5平均浓度", "pm2.5平均浓度"),
        ("下降3%o。", "下降3‰。"),
        ("3. 5 . 5%", "3. 5.5%"),
        ("甲&nbsp;乙&ldquo;丙&rdquo;&#20013;", "甲\xa0乙“丙”中"),
        ("甲\\r\\n乙\\n丙", "甲\n乙\n丙"),
    ],
)
def test_what_is_repaired(text: str, repaired: str) -> None:
    assert repair(make_source(text)).text == repaired


@pytest.mark.parametrize(
    "text",
    [
        "1. 5月完成",
        "见附件1 . 2",
        "IO能力%",
        "Oil%",
        "增长5.5%",
        "A&B;",
        "&unknown;",
        "第1 、2条",
        "D:\\\\work",
        "2023 . 12",
        "I%",
        "占比6 5.2%",
        "表1 200户",
        "1 200户",
        "第1 200户",
        "2023 200户",
        "增长5 200%",
        "新增12 34户",
        "就业2 0 . 5万人",
        "投资1 200 . 5亿元",
        "投资3 5亿元",
        "增长5 . 5 3%",
        "12月31日 100户",
        "O2O体验店",
        "COP15会议",
        "ISO14001",
        "N2O5",
        "15EFlops",
        "20IO系统",
        "PM2.5",
        "PM10",
        "5%、6%",
        "5 %",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    source = make_source(text)
    assert repair(source) is source


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("占比6 5.2%", ["6 5.2"]),
        ("就业2 0 . 5万人", ["2 0 . 5"]),
        ("投资1 200 . 5亿元", ["1 200 . 5"]),
        ("公园10 1个", ["10 1"]),
        ("到2 024年", ["2 024"]),
        ("到2 0 2 4年", ["2 0 2 4"]),
        ("达到1 2 3 亿元", ["1 2 3"]),
        ("新增1 200户", []),
        ("增长5 . 5%", []),
        ("附件1 2024年重点工作", []),
        ("清单1 2024年重点工作", []),
        ("表1 200户", []),
        ("规划2025 200户", []),
        ("2026-02-03 09:02:33", []),
        ("12月31日 100户", []),
    ],
)
def test_what_may_be_two_numbers(text: str, doubtful: list[str]) -> None:
    assert [one.repaired for one in find_doubtful(text)] == doubtful


DEBRIS = st.sampled_from(["5 . 5%", "ll%", "&nbsp;", "\\r\\n", "增长", "，", "3%o", "\n", "1", " . "])


@given(st.lists(DEBRIS, max_size=30).map("".join))
def test_the_map_leads_back(text: str) -> None:
    repaired = repair(make_source(text))
    pieces, end = [], 0
    for one in repaired.repairs:
        pieces.append(text[end : one.original_start])
        pieces.append(repaired.text[one.start : one.end])
        assert original_span(repaired, one.start, one.end) == (one.original_start, one.original_end)
        end = one.original_end
    assert "".join([*pieces, text[end:]]) == repaired.text
    inside = {at for one in repaired.repairs for at in range(one.start, one.end)}
    for at in set(range(len(repaired.text))) - inside:
        start, stop = original_span(repaired, at, at + 1)
        assert text[start:stop] == repaired.text[at]
    assert not list(find_repairs(repaired.text)) or repair(repaired).text != repaired.text


def test_marks_move_along() -> None:
    text = "甲&nbsp;\n乙5 . 5%\n丙"
    marks = [Mark(0, "page 1"), Mark(text.index("乙"), "page 2"), Mark(text.index("丙"), "page 3")]
    source = new_source(text, "a.pdf", "pdf", decoded=("pdf", ""), found=Found(marks=marks))
    repaired = repair(source)
    places = [where(repaired, repaired.text.index(char)) for char in "甲乙丙"]
    assert places == [f"page {n}, character {text.index(char)}" for n, char in enumerate("甲乙丙", start=1)]


def test_lines_are_those_of_the_file() -> None:
    repaired = repair(make_source("一\\r\\n二\n三5 . 5%"))
    assert where(repaired, repaired.text.index("三")) == "line 2, character 7"


def test_metrics_of_the_view_lead_to_the_file(tmp_path: Path) -> None:
    text = "一、2023年工作回顾\n地区生产总值增长5 . 5%，粮食产量增长ll%。\n"
    assert [str(m.value) for m in dalian_report.extract(dalian_report.parse_report(text))] != ["5.5", "11"]
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    (report,) = dalian_report.read_reports(path, normalize=True)
    metrics = dalian_report.extract(report)
    assert [str(metric.value) for metric in metrics] == ["5.5", "11"]
    spans = [dalian_report.original_span(report, metric.start, metric.end) for metric in metrics]
    assert [text[slice(*span)] for span in spans] == ["5 . 5%", "ll%"]
    assert report.source.text_sha256 != make_source(text).text_sha256
