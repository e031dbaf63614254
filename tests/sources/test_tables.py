"""Tables of reports: which column is which, rows that are none, damage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dalian_report
from dalian_report.errors import NoReportError, SourceError, UsageError
from dalian_report.model import Source
from dalian_report.sources import ReadOptions, read_bytes, read_each, read_sources, where
from tests.sources.makers import TEXT, as_csv

LONG = TEXT.replace("\n", " ")


def read(path: Path, content: str, **columns: str) -> list[Source | SourceError]:
    path.write_text(content, encoding="utf-8")
    return list(read_each(str(path), ReadOptions(columns=tuple(columns.items()))))


def test_each_row_is_a_report_and_a_bad_one_is_named(tmp_path: Path) -> None:
    rows = f'city,year,full_text\n大连市,2024,"{LONG}"\n沈阳市,2024,\n\n鞍山市,2023,"{LONG}"\n'
    first, failed, last = read(tmp_path / "a.csv", rows)
    assert isinstance(first, Source)
    assert isinstance(last, Source)
    assert (first.path, last.path) == (f"{tmp_path}/a.csv#2", f"{tmp_path}/a.csv#5")
    assert (first.stated.region, first.stated.year) == ("大连市", 2024)
    assert str(failed) == f"{tmp_path}/a.csv#3: holds no text."


@pytest.mark.parametrize(
    ("header", "region", "year"),
    [
        ("Province,Publish Year,Full Text", "辽宁省", None),
        ("province,year,content", "辽宁省", 2024),
        ("省份,年份,报告全文", "辽宁省", 2024),
        ("地区,年度,正文", "辽宁省", 2024),
        ("甲,乙,丙", "", None),
    ],
)
def test_columns_are_found_by_name_or_by_length(
    tmp_path: Path, header: str, region: str, year: int | None
) -> None:
    (source,) = read(tmp_path / "a.csv", f'{header}\n辽宁省,2024年,"{LONG}"\n')
    assert isinstance(source, Source)
    assert source.text == LONG
    assert (source.stated.region, source.stated.year) == (region, year)


def test_the_smallest_region_counts(tmp_path: Path) -> None:
    rows = f'province,city,full_text\n辽宁省,大连市,"{LONG}"\n辽宁省,,"{LONG}"\n'
    regions = [one.stated.region for one in read(tmp_path / "a.csv", rows) if isinstance(one, Source)]
    assert regions == ["大连市", "辽宁省"]


@pytest.mark.parametrize("text", ["<p>\u3000各位代表：&nbsp;</p>", "\u3000<div>各位代表：</div>"])
def test_the_markup_of_a_collected_page_is_no_text(tmp_path: Path, text: str) -> None:
    long = "地区生产总值增长5%，" * 30
    (source,) = read(tmp_path / "a.csv", f"地区,年份,正文\n海州市,2024,{text}<p>{long}<br>完</p>\n")
    assert isinstance(source, Source)
    assert source.text == f"各位代表：\n{long}\n完"
    assert where(source, source.text.index("5%")) == "row 2, line 2"
    page = tmp_path / "a.txt"
    page.write_text(f"{text}<p>{long}</p>", encoding="utf-8")
    assert read_sources(str(page))[0].text == f"各位代表：\n{long}"


def test_a_title_in_angle_brackets_is_no_markup(tmp_path: Path) -> None:
    text = "<2024年海州市政府工作报告>" + "地区生产总值增长5%，" * 30
    (source,) = read(tmp_path / "a.csv", f"地区,年份,正文\n海州市,2024,{text}\n")
    assert isinstance(source, Source)
    assert source.text == text


def test_a_table_without_a_header_loses_no_report(tmp_path: Path) -> None:
    rows = f'辽宁省,2025,"{TEXT}"\n吉林省,2025,"{TEXT}"\n'
    sources = read(tmp_path / "a.csv", rows)
    assert [one.path for one in sources if isinstance(one, Source)] == [
        f"{tmp_path}/a.csv#1",
        f"{tmp_path}/a.csv#2",
    ]
    first, second = read(tmp_path / "a.csv", rows, region="1")
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert (first.text, first.stated.region, second.stated.region) == (TEXT, "辽宁省", "吉林省")
    assert first.lacks[0].startswith("the table has no header")
    assert not second.lacks


@pytest.mark.parametrize(
    "above", ["2025年政府工作报告汇总,,\n", ",,\n2025年汇总,,\n单位：,份,\n", "报告汇总\n", "\n\n"]
)
def test_a_title_may_stand_above_the_header(tmp_path: Path, above: str) -> None:
    (source,) = read(tmp_path / "a.csv", f'{above}地区,年份,全文\n辽宁省,2025,"{TEXT}"\n')
    assert isinstance(source, Source)
    assert (source.text, source.stated.region, source.stated.year) == (TEXT, "辽宁省", 2025)
    (source,) = read(tmp_path / "a.csv", f'{above}甲,乙,丙\n辽宁省,2025,"{TEXT}"\n', region="甲")
    assert isinstance(source, Source)
    assert (source.text, source.stated.region) == (TEXT, "辽宁省")


def test_columns_can_be_named(tmp_path: Path) -> None:
    rows = f'甲,full_text,乙\n大连市,"{LONG}","{LONG[::-1]}"\n'
    (source,) = read(tmp_path / "a.csv", rows, text="乙", region="甲")
    assert isinstance(source, Source)
    assert (source.text, source.stated.region) == (LONG[::-1], "大连市")
    with pytest.raises(UsageError, match=r"a\.csv: no column 'x'\. Columns: 甲, full_text, 乙\.$"):
        read(tmp_path / "a.csv", rows, text="x")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "name,value\n就业,12\n", r"no column of full texts \(columns: name, value\)"),
        ("a.csv", "name,full_text\n", "no column of full texts"),
        ("a.csv", 'a,"name\nof\nall"\n1,2\n', r"\(columns: a, name of all\)"),
        ("a.jsonl", '{"name": "就业", "text": "12万人"}\n', "no column of full texts"),
        ("a.json", "[]", "no column of full texts|holds no rows"),
    ],
)
def test_a_table_without_reports_is_told_from_a_damaged_one(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(NoReportError, match=message):
        read(tmp_path / name, text)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", f'full_text\n"{LONG}', r"a damaged table \(line 2: unexpected end of data\)"),
        ("a.jsonl", '{"text": "x"}\n{"text"\n', r"not JSON \(line 2: "),
        ("a.jsonl", '{"text": "x"}\n[1]\n', r"no JSON object with a report \(line 2 is a list\)"),
        ("a.json", "[1]", r"no JSON object with a report \(item 1 is a int\)"),
        ("a.json", "{" * 10, "not JSON"),
    ],
)
def test_damage_is_one_clear_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(tmp_path / name, text)


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path, bad: int) -> None:
    lines = [json.dumps({"title": "报告", "text": TEXT}, ensure_ascii=False)] * 3
    lines[bad] = lines[bad][:20]
    items = read(tmp_path / "a.jsonl", "\n".join(lines))
    places = [item.path if isinstance(item, Source) else item.where for item in items]
    assert places == [f"{tmp_path}/a.jsonl#{number}" for number in (1, 2, 3)]
    failed = items[bad]
    assert isinstance(failed, SourceError)
    assert failed.why.startswith(f"line {bad + 1}: ")
    array = json.dumps([{"text": TEXT}, 1])
    assert str(read(tmp_path / "b.json", array)[1]).startswith(f"{tmp_path}/b.json#2: no JSON object")


@pytest.mark.parametrize(
    "wrapped",
    [
        {"data": [{"省份": "辽宁省", "文本": TEXT}]},
        {"code": 0, "ids": [1], "result": {"total": 1, "rows": [{"省份": "辽宁省", "文本": TEXT}]}},
        {"data": [{"省份": "辽宁省", "文本": TEXT.split("\n")}]},
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_a_list_inside_an_object_is_read(
    tmp_path: Path, wrapped: dict[str, object], indent: int | None
) -> None:
    (source,) = read(tmp_path / "a.json", json.dumps(wrapped, indent=indent))
    assert isinstance(source, Source)
    assert (source.path, source.text) == (f"{tmp_path}/a.json#1", TEXT)
    assert source.stated.region == "辽宁省"


@pytest.mark.parametrize(
    "value",
    [{"a": [{"text": TEXT}], "b": [{"text": TEXT}]}, {"data": {"deep": {"text": TEXT}}}, {"text": [[TEXT]]}],
)
def test_the_form_of_a_structure_is_no_text(tmp_path: Path, value: object) -> None:
    with pytest.raises(NoReportError, match="no column of full texts"):
        read(tmp_path / "a.json", json.dumps(value))


def test_our_own_output_is_no_table_of_reports(tmp_path: Path) -> None:
    report = dalian_report.parse_report(TEXT)
    from dalian_report.views.records import to_plain

    lines = [json.dumps(to_plain(one), ensure_ascii=False) for one in dalian_report.extract(report)]
    with pytest.raises(NoReportError):
        read(tmp_path / "a.jsonl", "\n".join(lines))


@pytest.mark.parametrize("shape", ["array", "object", "pretty"])
def test_json_in_other_shapes(tmp_path: Path, shape: str) -> None:
    record = {"title": "报告", "正文": TEXT, "year": 2024.0, "x": None, "y": [1]}
    text = json.dumps([record] if shape == "array" else record, indent=2 if shape == "pretty" else None)
    (source,) = read(tmp_path / "a.json", text)
    assert isinstance(source, Source)
    assert (source.text, source.stated.year) == (TEXT, 2024)


def test_a_csv_that_is_a_text_is_read_as_one(tmp_path: Path) -> None:
    (source,) = read(tmp_path / "a.csv", TEXT)
    assert isinstance(source, Source)
    assert (source.text, source.format) == (TEXT, "txt")


@pytest.mark.shared
def test_the_real_tables_read(shared: Path) -> None:
    paths = sorted((shared / "reports").rglob("*.csv"))
    assert len(paths) == 11
    for path in paths:
        (source,) = read_sources(str(path))
        (report,) = dalian_report.read_reports(path)
        assert report.region == path.stem.split("_")[1] == source.stated.region
        assert (report.year, len(report.sections) > 3) == (2025, True), path


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_called_txt_is_one_in_every_encoding(codec: str, delimiter: str) -> None:
    data = as_csv(codec, delimiter)
    (source,) = read_bytes(b"\xfe\xff" + data if codec == "utf-16-be" else data, "a.txt")
    assert isinstance(source, Source)
    assert (source.path, source.format, source.text) == ("a.txt#2", "csv", TEXT)


def test_the_markup_of_a_cell_may_begin_below_some_lines(tmp_path: Path) -> None:
    cell = "来源：日报\n<p>" + "</p><p>".join(TEXT.split("\n")) + "</p>"
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"content": cell}, ensure_ascii=False), encoding="utf-8")
    (source,) = read_sources(str(path))
    assert source.text == f"来源：日报\n{TEXT}"
