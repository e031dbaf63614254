"""What older reports tell beside results and targets: past plans, other countries, states of things."""

from __future__ import annotations

import pytest

import dalian_report
from dalian_report.model import Status

TEXT = "一九六三年政府工作报告\n一、一九六二年工作回顾\n{review}\n二、一九六三年工作安排\n{plan}\n"


def statuses(*, review: str = "", plan: str = "") -> list[Status]:
    report = dalian_report.parse_report(TEXT.format(review=review, plan=plan))
    return [metric.status for metric in dalian_report.extract(report, rules=())]


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        # What was planned, and what became of it.
        ("劳动生产率计划规定提高百分之七,实际提高百分之八。", ["other", "achieved"]),
        ("投资原计划为三百亿元,年中调整为四百亿元,执行的结果是五百亿元。", ["other", "other", "achieved"]),
        ("布匹产量计划为九万匹,执行结果达到十万匹。", ["other", "achieved"]),
        ("运输成本计划要求降低百分之三,实际上升百分之一。", ["other", "achieved"]),
        (
            "水库原定投资三百万元,先后修改为四百万元和五百万元,已经用去六百万元。",
            ["other"] * 3 + ["achieved"],
        ),
        ("赤字八百万元,没有突破预算规定的九百万元。", ["achieved", "other"]),
        ("产煤六万吨,没有达到国家要求的七万吨。", ["achieved", "other"]),
        (
            "原来设想农业增长百分之二,工业增长百分之四,结果分别增长百分之三和百分之五。",
            ["other"] * 2 + ["achieved"] * 2,
        ),
        ("公社原来计划植树八万株,入冬以来已植树九万株。", ["other", "achieved"]),
        # Another time.
        ("而解放前全县只有两所中学,学生不过三百人。", ["other", "other"]),
        ("旧中国几十年间一共只修了六百公里公路。", ["other"]),
        ("那时每人负担耕地十亩,现在负担八亩。", ["other", "achieved"]),
        ("新建住宅占投资的百分之九,上年只占百分之六。", ["achieved", "other"]),
        ("从一九二一年到一九五○年的三十年间,产量平均每年只增长百分之一。", ["other"]),
        # Another country, in a report of no place; what follows comes home.
        (
            "在一九六○年到一九六二年这三年间,英国的工业生产只增长百分之二,意大利增长百分之三。",
            ["other", "other"],
        ),
        ("国外同类型的小厂,每吨耗煤一百公斤上下。", ["other"]),
        ("日本的钢产量是三千万吨,我国已达到一千万吨。", ["other", "achieved"]),
        ("每人只有钢四公斤,而美国是六百公斤。", ["achieved", "other"]),
        # What some proposed.
        ("有些同志主张把指标提高到三万吨。", ["other"]),
        ("有的地方要求把速度定到百分之二十。", ["other"]),
        # What is still needed is neither reached nor promised.
        ("在建项目四十个,全部建成尚需投资八百万元。", ["achieved", "other"]),
    ],
)
def test_a_review_tells_what_was_no_result(review: str, expected: list[Status]) -> None:
    assert statuses(review=review) == expected


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        # What the year under way has brought.
        (
            "第一季度产煤三万吨,完成全年计划的百分之三十,以后每季必须达到四万吨。",
            ["achieved"] * 2 + ["target"],
        ),
        ("从前五个月的情况看,财政收入完成全年预算的百分之四十。", ["achieved"]),
        ("入春以来,各社追肥八万亩,占麦田的百分之七十。", ["achieved", "achieved"]),
        ("我们已经降低了二百种商品的价格,从去年十月起差价缩小百分之六。", ["achieved", "achieved"]),
        # The year before, in a budget.
        ("一九六二年国家决算,结余九亿元。在支出当中,教育费占百分之八。", ["achieved", "achieved"]),
        ("公债占收入的百分之三,比过去五年降低一个百分点。建设费安排八亿元。", ["target"] * 3),
        # A state of things that is to change.
        ("耕地每年减少八万亩的状况,决不能继续下去。", ["achieved"]),
        ("现在城镇公房的房租,平均每平方米只有一角三分,国家每年补贴七亿元。", ["achieved", "achieved"]),
        # What was aimed at first, and what is now.
        ("播种面积原定压缩到十五万亩,现在改为十七万亩。", ["other", "target"]),
        ("钢产量曾经设想为三十万吨,今年一月改为二十万吨。", ["other", "other"]),
        ("钢产量由原定的三十万吨调整为二十万吨。", ["other", "target"]),
    ],
)
def test_a_plan_tells_what_it_does_not_promise(plan: str, expected: list[Status]) -> None:
    assert statuses(plan=plan) == expected


def test_a_budget_is_planned_in_all_its_sentences() -> None:
    text = "一九六三年国家预算草案,收入列为三百亿元。收入中,各项税收一百亿元。发行公债六亿元。"
    report = dalian_report.parse_report(f"一九六三年国家预算报告\n（一九六三年六月二日）\n{text}\n")
    assert [metric.status for metric in dalian_report.extract(report, rules=())] == ["target"] * 3


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("一季度完成投资120亿元,上半年完成全年任务的50%以上。", ["target", "target"]),
        ("到6月底完成主体工程12个,年底全部竣工。", ["target"]),
        ("固定资产投资计划完成200亿元,实际利用外资3亿美元。", ["target", "target"]),
        ("对有人居住的老旧房屋,要求鉴定率达到100%。", ["target"]),
        ("还需引进12名院士,国外同类设备国产化率达到80%。", ["target", "target"]),
    ],
)
def test_what_old_reports_tell_of_the_past_is_an_aim_in_those_of_today(
    plan: str, expected: list[Status]
) -> None:
    text = "2024年政府工作报告\n一、2023年工作回顾\n成绩显著。\n二、2024年工作安排\n"
    report = dalian_report.parse_report(f"{text}{plan}\n")
    assert [metric.status for metric in dalian_report.extract(report, rules=())] == expected
