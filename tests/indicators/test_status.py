"""What tells a result from a target, where headings and years say which part of a report it is."""

from __future__ import annotations

import pytest

import dalian_report
from dalian_report.document import build_report
from dalian_report.indicators import RuleEngine, extract_metrics
from dalian_report.model import Status

HEADINGS = "{year}年政府工作报告\n一、{last}年工作回顾\n{review}\n二、{year}年工作安排\n{plan}\n"


def statuses(*, year: int = 2024, review: str = "", plan: str = "") -> list[Status]:
    text = HEADINGS.format(year=year, last=year - 1, review=review, plan=plan)
    metrics = dalian_report.extract(dalian_report.parse_report(text), rules=())
    return [metric.status for metric in metrics]


@pytest.mark.parametrize("plan", ["学校多,有60万名学生。", "我区有20个口岸。", "全省还有63万名老人。"])
def test_what_there_is_is_no_target(plan: str) -> None:
    assert statuses(plan=plan) == ["achieved"]


@pytest.mark.parametrize("plan", ["争取有60万名学生就业。", "要有20个口岸开放。", "力争开工率有60%。"])
def test_what_there_shall_be_is_one(plan: str) -> None:
    assert statuses(plan=plan) == ["target"]


@pytest.mark.parametrize("part", ["review", "plan"])
@pytest.mark.parametrize("word", ["如果", "假如", "倘若"])
def test_what_is_only_supposed_is_neither(word: str, part: str) -> None:
    assert statuses(**{part: f"{word}每件棉纱少用两斤棉花，全国可以增产10万件棉纱。"}) == ["other", "other"]


def test_a_result_and_what_is_said_by_way_of_it_are_not_supposed() -> None:
    assert statuses(review="如果说成效，就是增产10万件。取得成果10项，结果增产20万件。") == ["achieved"] * 3


@pytest.mark.parametrize(("year", "status"), [(1955, "other"), (1950, "achieved")])
def test_the_year_of_the_founding_is_where_the_country_started_from(year: int, status: Status) -> None:
    assert statuses(year=year, review="一九四九年,粮食产量只有2000亿斤。") == [status]


def periods(text: str) -> list[str | None]:
    report = dalian_report.parse_report(HEADINGS.format(year=2024, last=2023, review=text, plan=""))
    return [metric.period for metric in dalian_report.extract(report, rules=())]


@pytest.mark.parametrize("year", ["2023年", ""])
@pytest.mark.parametrize(
    ("part", "period"),
    [
        ("上半年", "2023-H1"),
        ("下半年", "2023-H2"),
        ("一季度", "2023-Q1"),
        ("第三季度", "2023-Q3"),
        ("前三季度", "2023-01/2023-09"),
        ("前两个季度", "2023-01/2023-06"),
        ("一至三季度", "2023-01/2023-09"),
        ("一、二、三季度", "2023-01/2023-09"),
        ("上半年和下半年", "2023"),
        ("1—10月", "2023-01/2023-10"),
        ("1至11月份", "2023-01/2023-11"),
        ("12月份", "2023-12"),
    ],
)
def test_a_part_of_the_year_is_the_period_and_no_name(year: str, part: str, period: str) -> None:
    text = f"{year}{part}产值达到3亿元。"
    assert periods(text) == [period]
    (metric,) = dalian_report.extract(dalian_report.parse_report(text), rules=())
    assert metric.name == "产值"


@pytest.mark.parametrize("text", ["每月补助300元。", "自6月起补助300元。", "十月革命纪念馆补助300元。"])
def test_a_month_that_is_no_period(text: str) -> None:
    assert periods(text) == ["2023"]


def test_months_of_another_year_and_a_beginning() -> None:
    assert periods("一九五四年十一月产值达到3亿元。") == ["1954-11"]
    assert periods("自2022年8月以来,有11个月负增长。") == [None]


@pytest.mark.parametrize(("said", "status"), [("预算收支", "target"), ("预算执行收入", "achieved")])
def test_the_budget_of_the_year_to_come_is_planned_where_no_heading_says_so(
    said: str, status: Status
) -> None:
    text = f"1964年政府工作报告\n一九六五年计划增产。\n一九六五年国家{said}比上年增长百分之十。"
    report = dalian_report.parse_report(text)._replace(year=1964)
    assert [metric.status for metric in dalian_report.extract(report, rules=())] == [status]


def told(text: str, *, year: int) -> list[Status]:
    """Return the statuses of a text without headings, in a report on `year`."""
    source = dalian_report.parse_report(text).source
    report = build_report(source, year=year)
    return [metric.status for metric in extract_metrics(report, RuleEngine(())).metrics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What a plan once fixed does not plan what a sentence tells.
        ("钢产量达到四百万吨，超过五年计划规定的指标二十万吨。煤一亿吨。", ["achieved"] * 3),
        ("五年计划规定新建铁路四千公里，已经提前完成。新建公路九百公里。", ["target", "achieved"]),
        ("铁路比原定期限早十个月接轨，大桥的十二个桥墩全部出水。", ["achieved", "achieved"]),
        ("原定招生十五万人，实际招生十七万人。", ["other", "achieved"]),
        # Years before, where the sentence goes on to what has become of it.
        ("新产品一九五二年只占百分之四十三，去年已经超过百分之六十。", ["other", "achieved"]),
        ("入学率一九五一年为百分之二十六，一九五五年上升为百分之五十。", ["other", "achieved"]),
        ("财政收入一九五四年跨过一亿元大关，去年达到两亿元。", ["achieved", "achieved"]),
        ("出口一九五四年增长百分之六，去年又增长百分之九。", ["achieved", "achieved"]),
        ("好水占百分之八十，而一九五一年这一比例只有百分之四十。", ["achieved", "other"]),
        ("人口由一九四九年底的五百万减少到八十万，四十个县脱贫。", ["other", "achieved", "achieved"]),
        ("一九五三年收入增加三亿元，一九五四年增加五亿元。", ["achieved", "achieved"]),
        ("解放以前，经过几千年的努力，灌溉面积不过两亿亩。", ["other"]),
        ("公路里程比解放前增加了两倍。", ["achieved"]),
        ("生猪存栏八千万头，比上年同期下降百分之四。", ["achieved", "achieved"]),
        # Other countries, but not what they do for this one.
        ("美国的工业生产下降了百分之三；失业人数达到二百八十万人。", ["other", "other"]),
        ("日本客商投资项目8个，到位资金12亿元；法国政府贷款项目完成投资2亿元。", ["achieved"] * 3),
        # A section that says of each thing what was and what is planned.
        ("今年原煤产量为六亿吨，原油一亿吨。去年生产粮食六千亿斤。", ["target", "target", "achieved"]),
        (
            "今年头五个月生产钢八百万吨；预算草案安排收入一千亿元，支出九百亿元。",
            ["achieved", "target", "target"],
        ),
        ("今年以来新建学校九所，今年已建成医院三所。", ["achieved", "achieved"]),
        ("钢产量由原定的三千万吨调整为两千万吨。", ["other", "achieved"]),
        ("英国在战争失败以后，黄金储备减少三亿美元。", ["other"]),
        ("苏联政府帮助我国建设的项目共有一百五十六个。", ["achieved"]),
    ],
)
def test_what_is_told_of_other_times_and_places(text: str, expected: list[Status]) -> None:
    assert told(text, year=1956) == expected


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("截至去年底，外债余额500亿美元，当年偿债率为9%。", ["achieved", "achieved"]),
        ("各级监察机关去年立案800起，给予处分600人。", ["achieved", "achieved"]),
        ("今年头五个月生产钢200万吨，完成全年计划的40%。", ["achieved", "achieved"]),
        ("第三产业比重由目前的26%提高到30%。", ["other", "target"]),
        ("去年投资5亿元，今年投资6亿元。", ["achieved", "target"]),
        ("在去年完成6万亩的基础上再扩大5万亩。", ["achieved", "target"]),
        ("居民收入年均实际增长6%。", ["target"]),
        ("加快去年开工项目建设，新增床位2000张。", ["target"]),
        ("巩固去年整治成果，新增绿地20公顷，完成造林3万亩。", ["target", "target"]),
        ("到去年底仍未达标的15家企业全部关停，新建污水处理厂3座。", ["achieved", "target"]),
        ("落实去年出台的措施，新增就业5万人。", ["target"]),
    ],
)
def test_what_a_plan_tells_of_what_was(plan: str, expected: list[Status]) -> None:
    assert statuses(plan=plan) == expected


@pytest.mark.parametrize(
    "text",
    [
        "只要每百斤油料多出一斤油，全省就可以增产20万斤油。",
        "多种5万亩烟叶，就能增产6万箱纸烟。",
        "如用于开荒，则可以新建水库30座，或建设电站5座。",
        "每增加投资1亿元，就可以增加就业3000人。",
    ],
)
def test_what_would_follow_is_neither(text: str) -> None:
    assert set(statuses(review=text, plan=text)) == {"other"}


@pytest.mark.parametrize(
    "text",
    [
        "群众在家门口就能办理200项业务。",
        "建成电站120座，每年就可以节约标煤。",
        "多种渠道筹集资金5亿元，就可以新建学校。",
        "差距主要是：税收少12亿元。",
    ],
)
def test_what_a_result_makes_possible_leaves_it_one(text: str) -> None:
    assert statuses(review=text) == ["achieved"]


DISCUSSION = """1955年政府工作报告
一、1955年的任务
今年粮食产量200亿斤。
二、{heading}
工业生产浪费很大。厂房每平方米造价为240元。
"""


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("计划的若干问题", "achieved"),
        ("国际形势和对外工作", "achieved"),
        ("今后应当注意的几个问题", "target"),
        ("1956年计划的若干问题", "target"),
        ("国际形势和我们的任务", "target"),
        ("发展农业生产", "target"),
    ],
)
def test_a_heading_of_a_discussion_plans_nothing(heading: str, expected: Status) -> None:
    text = DISCUSSION.format(heading=heading)
    metrics = dalian_report.extract(dalian_report.parse_report(text), rules=())
    assert [metric.status for metric in metrics] == ["target", expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("棉纺厂在一九五五年第一季度，每件纱的用棉量已降低到386斤。", "achieved"),
        ("到一九五五年第四季度，修建水库三十座。", "target"),
        ("预计到1955年上半年，建成学校5所。", "target"),
    ],
)
def test_the_first_half_of_the_year_under_way_has_been(text: str, expected: Status) -> None:
    metrics = dalian_report.extract(dalian_report.parse_report(f"1955年工作报告\n{text}\n"), rules=())
    assert [metric.status for metric in metrics] == [expected]


def test_a_year_in_mixed_digits_in_a_heading_plans() -> None:
    text = "2003年政府工作报告\n一、二00二年的工作\n建成学校5所。\n二、二○○三年的工作\n建成学校6所。\n"
    metrics = dalian_report.extract(dalian_report.parse_report(text), rules=())
    assert [metric.status for metric in metrics] == ["achieved", "target"]
