"""Identity: title, region, date and year of a report."""

from __future__ import annotations

import pytest

from dalian_report.document import build_report
from dalian_report.model import Stated
from dalian_report.sources import make_source
from dalian_report.sources.source import Found, new_source


@pytest.mark.parametrize(
    ("text", "region", "adcode"),
    [
        ("(辽宁省)大连市人民政府工作报告(2022年12月28日)", "大连市", "210200"),
        ("2025年广西政府工作报告", "广西壮族自治区", "450000"),
        ("2024年凉山政府工作报告", "凉山彝族自治州", "513400"),
        ("平顶山市新华区2025年政府工作报告", "新华区", "410402"),
        ("清苑县2003年政府工作报告", "清苑县", "130622"),
        ("朝阳区政府工作报告", "朝阳区", None),
        ("——2021年3月5日在第十三届全国人民代表大会第四次会议上的政府工作报告", "全国", "100000"),
        ("工作报告", None, None),
    ],
)
def test_region_and_its_code_come_from_the_title(text: str, region: str | None, adcode: str | None) -> None:
    report = build_report(make_source(f"{text}\n各位代表：\n一、回顾\n增长5%。"))
    assert (report.region, report.adcode) == (region, adcode)


@pytest.mark.parametrize(
    ("said", "region"), [("市政府", "吉林市"), ("省人民政府", "吉林省"), ("国务院", "全国")]
)
def test_the_speaker_tells_which_of_two_regions_a_file_name_means(said: str, region: str) -> None:
    text = f"各位代表：\n我代表{said}向大会报告工作，请予审议。\n一、2023年工作回顾\n增长5%。"
    assert build_report(make_source(text, "reports/吉林.txt")).region == region


@pytest.mark.parametrize(
    ("text", "year", "source"),
    [
        ("海州市政府工作报告(2022年12月28日)\n\n(四)成效显著。增长5%。", 2022, "title"),
        ("海州市政府工作报告\n(2025年1月8日)\n各位代表：\n增长5%。", 2024, "title"),
        ("2025年海州市政府工作报告\n各位代表：\n增长5%。", 2024, "title"),
        ("各位代表：\n一、二○二三年工作回顾\n增长5%。", 2023, "body"),
        ("各位代表：\n刚刚过去的2011年，是极不平凡的一年。\n增长5%。", 2011, "body"),
        (
            "2018年海州市政府工作报告\n二〇一九年一月十四日在第三次会议上\n各位代表：\n一、2018年工作回顾\n增长。",
            2018,
            "body",
        ),
        (
            "1964年海州市政府工作报告\n产量增长。\n一九六五年计划草案增长百分之六。\n一九六五年的主要任务是增产。",
            1964,
            "body",
        ),
        (
            "1964年海州市政府工作报告\n一九六四年的任务是增产。\n一九六五年计划增产。\n一九六五年的任务是节约。",
            1963,
            "title",
        ),
        ("1964年海州市政府工作报告\n产量增长。\n为一九六五年完成计划打下基础。", 1963, "title"),
        ("各位代表：\n增长5%。", None, None),
    ],
)
def test_the_year_under_review_and_where_it_came_from(
    text: str, year: int | None, source: str | None
) -> None:
    report = build_report(make_source(text))
    assert (report.year, report.year_source) == (year, source)


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("2024年2月29日", "2024-02-29"),
        ("2000年2月29日", "2000-02-29"),
        ("2023年2月29日", None),
        ("1900年1月1日", None),
        ("2023年2月30日", None),
        ("2023年4月31日", None),
        ("2023年13月1日", None),
        ("2023年0月5日", None),
        ("二〇二三年二月三十日", None),
        ("2023年2月30日)\n(2023年3月2日", "2023-03-02"),
        ("٢٠٢٣年1月1日", None),
        ("𝟐𝟎𝟐𝟑年1月1日", None),
        ("2023年١月1日", None),
    ],
)
def test_an_impossible_date_is_no_date(printed: str, date: str | None) -> None:
    report = build_report(make_source(f"海州市政府工作报告\n({printed})\n各位代表：\n增长5%。"))
    assert report.date == date


def test_the_configuration_goes_before_the_text() -> None:
    source = make_source("2025年海州市政府工作报告\n各位代表：\n增长5%。")
    report = build_report(source, region="大连市", year=2023)
    assert (report.region, report.adcode, report.year, report.year_source) == (
        "大连市",
        "210200",
        2023,
        "config",
    )


@pytest.mark.parametrize(
    "notice",
    [
        "本文为演示用转述稿，文中数据均为虚构，不得引用。",
        "本文为演示稿。",
        "市政府办公室整理。\n转载请注明出处，数据以统计公报为准。",
    ],
)
@pytest.mark.parametrize("opening", ["", "各位代表：\n"])
@pytest.mark.parametrize("day", ["", "（2024年1月8日）\n"])
def test_the_title_is_found_below_a_notice(notice: str, opening: str, day: str) -> None:
    text = f"{notice}\n海州市人民政府工作报告\n{day}{opening}一、2023年工作回顾\n增长5%。"
    report = build_report(make_source(text, "演示.txt"))
    assert (report.title, report.region, report.year) == ("海州市人民政府工作报告", "海州市", 2023)
    assert report.text[report.body.start :].startswith("海州市")
    assert [cut.reason for cut in report.cuts] == ["before title"]


@pytest.mark.parametrize("day", ["", "（2024年1月5日）", "(2024年1月5日在县第三届人民代表大会上)"])
@pytest.mark.parametrize(
    "speech",
    [
        "各位代表：\n一、2023年工作回顾\n增长5%。",
        "一、2023年工作回顾\n增长5%。",
        "地区生产总值增长5%。",
        "县长 王某\n增长5%。\n投资增长6%。",
        "同志们：\n增长5%。",
        "地区生产总值增长5%。\n一、2023年工作回顾\n投资增长6%。",
    ],
)
@pytest.mark.parametrize(
    ("named", "region", "adcode"),
    [
        ("测试县", "测试县", None),
        ("测试县人民", "测试县", None),
        ("2024年测试县", "测试县", None),
        ("测试县2024年", "测试县", None),
        ("测试县 2024 年度", "测试县", None),
        ("测试县二〇二四年", "测试县", None),
        ("海南省测试县", "测试县", None),
        ("大连市金普新区", "金普新区", None),
        ("大连市", "大连市", "210200"),
        ("凉山州", "凉山彝族自治州", "513400"),
        ("测试镇", "测试镇", None),
    ],
)
def test_a_title_is_one_whatever_the_region(
    named: str, region: str, adcode: str | None, speech: str, day: str
) -> None:
    title = f"{named}政府工作报告{day}"
    report = build_report(make_source(f"{title}\n{speech}", "a.txt"))
    assert (report.title, report.region, report.adcode) == (title, region, adcode)
    assert "报告" not in " ".join(section.heading for section in report.sections)
    assert report.body.start == 0


@pytest.mark.parametrize(
    "title", ["政府工作报告", "市政府工作报告", "全县政府工作报告", "在市第三届人民代表大会上的政府工作报告"]
)
def test_a_title_that_names_no_region_gives_none(title: str) -> None:
    report = build_report(make_source(f"{title}\n各位代表：\n一、回顾\n增长5%。", "a.txt"))
    assert (report.title, report.region) == (title, None)


@pytest.mark.parametrize(
    ("stated", "region", "adcode"),
    [
        ("滨海市", "滨海市", None),
        ("乌有", "乌有", None),
        ("大连市", "大连市", "210200"),
        ("大连", "大连市", "210200"),
        ("", None, None),
    ],
)
def test_a_region_that_a_table_states_is_kept(stated: str, region: str | None, adcode: str | None) -> None:
    found = Found(Stated(region=stated, year=2024))
    text = "政府工作报告\n各位代表：\n一、回顾\n增长5%。"
    report = build_report(new_source(text, "a.csv#2", "csv", decoded=("utf-8", ""), found=found))
    assert (report.region, report.adcode) == (region, adcode)


@pytest.mark.parametrize(
    ("day", "date"),
    [
        ("——2024年3月5日", "2024-03-05"),
        ("（2024年3月5日在市第十七届人民代表大会第三次会议上）", "2024-03-05"),
        ("市长 张三", "2024-06-30"),
    ],
)
@pytest.mark.parametrize(
    "info", ["发布日期：2024-06-30 来源：海州日报", "来源：海州日报 发布时间：2024-06-30"]
)
def test_the_date_below_the_title_goes_before_that_of_the_page(info: str, day: str, date: str) -> None:
    text = f"海州市政府工作报告\n{info}\n{day}\n各位代表：\n一、2023年回顾\n增长5%。"
    assert build_report(make_source(text)).date == date


def test_a_verb_before_a_place_makes_none_of_it() -> None:
    assert build_report(make_source("新增城市公园13个，新增城市道路3公里。")).region is None
    assert build_report(make_source("增城市政府工作报告\n新增城市公园13个。")).region == "增城市"
