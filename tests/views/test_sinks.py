import csv
import io
import json
from decimal import Decimal
from typing import NamedTuple

import pytest

from dalian_report.views import FORMATS, Format, Look, open_sink
from dalian_report.views.cells import Part, cell_width
from dalian_report.views.sinks import delimited_cell
from dalian_report.views.table import Column, Row, Table, Title, layout


class Record(NamedTuple):
    type: str
    text: str
    amount: Decimal | None


RECORDS = [
    Record("metric", "第一,“二”\n三", Decimal("4.2E+11")),
    Record("metric", "=1+1", Decimal("-23.4")),
    Record("metric", "第三|[x]", None),
]
TABLE = Table(
    (Column("指标", folds=True), Column("数值", right=True), Column("位置")),
    (
        Title(1, (Part("报告", "report"),)),
        Row(((Part("新增 ", "action"), Part("停车泊位")), (Part("4万个"),), (Part("5:10"),))),
        Row(
            ((Part("GDP"),), (Part("+9%以上", "up"),), (Part("5:1234"),)),
            (Part("增长"), Part("9%", "hit"), Part("以上。")),
        ),
    ),
)


def written(name: Format, *batches: list[Record]) -> str:
    stream = io.StringIO()
    sink = open_sink(name, stream, keys=Record._fields)
    for batch in batches:
        sink.add(batch, lambda: TABLE)
    sink.close()
    return stream.getvalue()


def test_json_is_one_array_with_an_object_a_line() -> None:
    text = written("json", RECORDS[:2], RECORDS[2:])
    assert [record["text"] for record in json.loads(text)] == [record.text for record in RECORDS]
    assert text.count("\n") == len(RECORDS) + 2
    assert written("json") == "[]\n"


def test_jsonl_is_an_object_a_line() -> None:
    lines = written("jsonl", RECORDS).splitlines()
    assert [list(json.loads(line)) for line in lines] == [list(Record._fields)] * 3


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_delimited_rows_come_back(name: Format, delimiter: str) -> None:
    rows = list(csv.reader(io.StringIO(written(name, RECORDS), newline=""), delimiter=delimiter))
    assert rows == [
        ["type", "text", "amount"],
        ["metric", "第一,“二”\n三", "420000000000"],
        ["metric", "'=1+1", "-23.4"],
        ["metric", "第三|[x]", ""],
    ]


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_delimited_cells_are_made_safe_on_a_terminal_only(name: Format) -> None:
    record = Record("metric", "\x1b[31m一\t\n\u202e二", None)
    shown = {}
    for on_terminal in (False, True):
        stream = io.StringIO()
        look = Look(on_terminal=on_terminal)
        open_sink(name, stream, keys=Record._fields, look=look).add([record], lambda: TABLE)
        shown[on_terminal] = stream.getvalue()
    assert record.text in shown[False]
    assert "\\x1b[31m一\\x09\\x0a\\u202e二" in shown[True]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_text_cell_is_a_formula(start: str) -> None:
    assert delimited_cell(f"{start}cmd") == f"'{start}cmd"


def test_markdown_escapes_what_it_would_act_on() -> None:
    table = Table((Column("a"), Column("b", right=True)), (Row(((Part("x|y*[z]"),), (Part("<b>"),))),))
    stream = io.StringIO()
    sink = open_sink("md", stream, keys=())
    sink.add([], lambda: table)
    assert stream.getvalue().splitlines() == ["| a | b |", "| --- | ---: |", "| x\\|y\\*\\[z\\] | \\<b\\> |"]


def test_markdown_puts_evidence_in_a_column() -> None:
    lines = written("md", RECORDS).splitlines()
    assert lines[:3] == ["## 报告", "", "| 指标 | 数值 | 位置 | 原文 |"]
    assert lines[-1] == "| GDP | +9%以上 | 5:1234 | 增长9%以上。 |"


def test_a_piped_table_is_aligned_by_cells_and_has_no_padding() -> None:
    lines = written("table", RECORDS).splitlines()
    assert lines == [
        "报告",
        "指标              数值  位置",
        "新增 停车泊位    4万个  5:10",
        "GDP            +9%以上  5:1234",
        "  增长9%以上。",
    ]
    assert {cell_width(line[: line.index("5:")]) for line in lines if "5:" in line} == {24}


@pytest.mark.parametrize("width", [24, 30, 60])
def test_a_folded_table_fits_and_loses_nothing(width: int) -> None:
    name = "国家乡村振兴重点帮扶县农村自来水普及率（含分散式供水工程）"
    table = Table(TABLE.columns, (Row(((Part(name),), (Part("100%"),), (Part("5:1234"),))),))
    lines = ["".join(part.text for part in line) for line in layout(table, width)]
    assert all(cell_width(line) <= width for line in lines)
    assert "".join(line.replace("100%", "").replace("5:1234", "").strip() for line in lines[1:]) == name


@pytest.mark.parametrize("width", [20, 30, 60])
def test_bars_fit_the_width_that_is_left(width: int) -> None:
    bars = ["█" * 30, "█" * 15, "▌", ""]
    rows = tuple(Row(((Part("2023"),), (Part(one, "bar"),))) for one in bars)
    _, *lines = layout(Table((Column("年份"), Column("")), rows), width)
    drawn = ["".join(part.text for part in line).removeprefix("2023").strip() for line in lines]
    longest = min(30, width - 6)
    assert [len(one) for one in drawn] == [longest, longest // 2, 1, 0]


def test_colours_change_no_character() -> None:
    plain, coloured = io.StringIO(), io.StringIO()
    for stream, color in ((plain, False), (coloured, True)):
        open_sink("table", stream, keys=(), look=Look(color=color)).add([], lambda: TABLE)
    assert "\x1b[" in coloured.getvalue()
    import re

    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured.getvalue()) == plain.getvalue()


def test_every_format_has_a_sink() -> None:
    assert [type(open_sink(name, io.StringIO(), keys=())).__name__ for name in FORMATS]
