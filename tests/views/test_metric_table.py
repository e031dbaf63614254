import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from dalian_report.data import shipped
from dalian_report.document import build_report
from dalian_report.model import Metric
from dalian_report.sources import make_source
from dalian_report.views import open_sink
from dalian_report.views.metrics import figure_parts, metric_table, name_parts, ranking_table
from dalian_report.views.table import Table, layout
from dalian_report.views.titles import short_path

TEXT = (
    "大连市2023年政府工作报告\n\n(一)发展经济。改造管网276公里、增长9%以上。\n\n"
    "(二)守住[bold]底线[/x]。事故\u202e下降23.4%。\n"
)
REPORT = build_report(make_source(TEXT, "a.txt"))
PLAIN = Metric(
    type="metric",
    id="1",
    report="",
    source="a.txt",
    text_sha256="0" * 64,
    region="大连市",
    adcode="210200",
    year=2023,
    year_source="title",
    section=1,
    section_path="1",
    heading="",
    topic=None,
    key=None,
    name="老旧管网",
    label=None,
    action=None,
    value=Decimal(276),
    value_max=None,
    unit="公里",
    amount=Decimal(276),
    amount_max=None,
    base_unit="公里",
    kind="level",
    bound="exact",
    status="achieved",
    strength=None,
    relation=None,
    period=None,
    text="276公里",
    start=TEXT.index("276公里"),
    end=TEXT.index("276公里") + 5,
    sentence="改造管网276公里、增长9%以上。",
    sentence_start=TEXT.index("改造管网"),
    ambiguous=False,
    rule="grammar",
    reason="clause",
    where="line 1",
)


def metric(**changes: Any) -> Metric:
    found = replace(PLAIN, **changes)
    if "text" in changes and "start" not in changes:
        start = TEXT.index(found.text)
        return replace(found, start=start, end=start + len(found.text))
    return found


GROWTH = metric(name="管网", text="9%", kind="growth", bound="at_least", amount=Decimal(9), action="改造")
FALL = metric(
    name="事故",
    text="23.4%",
    kind="growth",
    amount=Decimal("-23.4"),
    section_path="2",
    status="target",
    ambiguous=True,
    sentence="事故\u202e下降23.4%。",
    sentence_start=TEXT.index("事故"),
)


def joined(parts: tuple[Any, ...]) -> str:
    return "".join(part.text for part in parts)


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, "276公里"),
        ({"bound": "at_least"}, "276公里以上"),
        ({"bound": "about"}, "276公里左右"),
        ({"kind": "growth", "text": "9%", "amount": Decimal(9)}, "+9%"),
        ({"kind": "growth", "text": "23.4%", "amount": Decimal("-23.4")}, "-23.4%"),
        ({"kind": "delta", "text": "9%", "amount": Decimal(-9), "bound": "at_most"}, "-9%以内"),
        ({"text": "300", "unit": "亿元", "start": 0}, "300亿元"),
        ({"text": "14亿", "unit": "亿", "start": 0}, "14亿"),
        ({"value": None, "amount": None, "relation": "与经济增长同步"}, "与经济增长同步"),
        (
            {"text": "亿美元", "start": 0, "value": Decimal(1), "unit": "亿美元", "bound": "at_least"},
            "1亿美元以上",
        ),
        ({"text": "万亿元", "start": 0, "value": Decimal(1), "unit": "万亿元"}, "1万亿元"),
        ({"text": "千亿元", "start": 0, "value": Decimal(1000), "unit": "亿元"}, "千亿元"),
    ],
)
def test_a_figure_shows_its_sign_and_bound(changes: dict[str, Any], shown: str) -> None:
    assert joined(figure_parts(metric(**changes))) == shown


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"action": "新增", "name": "停车泊位"}, "新增 停车泊位"),
        ({"label": "管网长度", "name": "管网长度"}, "管网长度"),
        ({"label": "新增就业", "name": "就业", "action": "新增"}, "新增就业"),
        (
            {"label": "新建改造高标准农田", "name": "高标准农田", "action": "新建改造提升"},
            "新建改造高标准农田",
        ),
        ({"label": "农村公路", "name": "农村公路大中修", "action": "完成"}, "完成 农村公路大中修"),
        ({"label": "排水管网", "name": "老旧排水管网", "action": "改造"}, "改造 老旧排水管网"),
        ({"label": "新增停车泊位", "name": "停车泊位", "action": "新增"}, "新增停车泊位"),
        ({"label": "新增停车泊位", "name": "公共停车泊位", "action": "新增"}, "新增 公共停车泊位"),
        ({"label": "农村危房改造", "name": "农村危房", "action": "改造"}, "农村危房改造"),
        ({"label": "新建改造高标准农田", "name": "高标准农田", "action": "建设"}, "新建改造高标准农田"),
        ({"label": "新增高新技术企业", "name": "高新技术企业", "action": "净增"}, "净增 新增高新技术企业"),
        ({"label": "绿色建筑", "name": "绿色建筑", "action": "建设"}, "建设 绿色建筑"),
        ({"name": "占新增企业贷款比重", "action": "新增"}, "新增 占新增企业贷款比重"),
        ({"label": "地区生产总值", "name": "经济总量"}, "地区生产总值（经济总量）"),
    ],
)
def test_a_name_has_its_action_before_it(changes: dict[str, Any], shown: str) -> None:
    assert joined(name_parts(metric(**changes))) == shown


def plain_lines(table: Table, width: int | None = None) -> list[str]:
    return ["".join(part.text for part in line) for line in layout(table, width)]


def test_sections_are_title_lines_and_text_is_no_markup() -> None:
    lines = plain_lines(metric_table(REPORT, [PLAIN, GROWTH, FALL]))
    assert "(一)发展经济" in lines[3]
    assert "(二)守住[bold]底线[/x]" in lines[7]
    assert lines[4].split() == ["老旧管网", "276公里", "水平", "完成", f"1:{PLAIN.start}"]
    assert lines[5].split() == ["改造", "管网", "+9%以上", "增速", "完成", f"1:{GROWTH.start}"]
    assert lines[8].split() == ["事故", "-23.4%", "增速", "目标?", f"2:{FALL.start}"]


def test_the_sentence_stands_once_below_its_rows() -> None:
    table = metric_table(REPORT, [PLAIN, GROWTH, FALL], context=True)
    lines = plain_lines(table)
    assert [line for line in lines if line.startswith("  ")] == [
        "  改造管网276公里、增长9%以上。",
        "  事故\\u202e下降23.4%。",
    ]
    hits = [part.text for line in layout(table, None) for part in line if part.style == "hit"]
    assert hits == ["276公里", "9%", "23.4%"]


def test_markdown_gives_every_row_its_sentence() -> None:
    stream = io.StringIO()
    open_sink("md", stream, keys=()).add([], lambda: metric_table(REPORT, [PLAIN, GROWTH], context=True))
    assert stream.getvalue().count("改造管网276公里、增长9%以上。") == 2


def test_metrics_of_several_reports_say_which() -> None:
    other = metric(source="b.txt", region=None)
    heads = [column.head for column in ranking_table([PLAIN, other]).columns]
    assert heads == ["指标", "数值", "类型", "状态", "报告", "位置"]
    assert [line.split()[-2] for line in plain_lines(ranking_table([PLAIN, other]))] == [
        "报告",
        "2023",
        "b.txt",
    ]
    assert len(ranking_table([PLAIN, PLAIN]).columns) == 5


def test_a_shipped_report_has_a_short_path_in_its_title() -> None:
    path = str(shipped("reports") / "dalian-2023.txt")
    titled = metric_table(build_report(make_source(TEXT, path)), [])
    assert plain_lines(titled)[0].endswith("  (shipped) reports/dalian-2023.txt")
    assert short_path("/home/user/a.txt") == "/home/user/a.txt"
    assert short_path("reports/a.txt") == "reports/a.txt"
