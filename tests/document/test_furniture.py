"""Page furniture and second copies: what is no part of a report."""

from __future__ import annotations

import pytest

from dalian_report.document import build_report
from dalian_report.document.cleaning import clean_text
from dalian_report.quantities import find_quantities
from dalian_report.sources import make_source


def copy_of(paragraphs: int) -> str:
    lines = ["各位代表：", "现在，我代表海州市人民政府向大会报告工作，请予审议。", "一、2023年工作回顾"]
    lines += [
        f"第{i}项重点工作按照计划推进，累计完成投资{i}亿元以上，全市面貌有了新的变化。"
        for i in range(1, paragraphs)
    ]
    return "\n".join(lines)


def test_a_second_copy_is_marked_and_not_read_again() -> None:
    first, footer, second = copy_of(30), "\n版权所有：海州市人民政府\n网站地图\n首页\n", copy_of(30)
    report = build_report(make_source(first + footer + second + footer))
    assert [report.text[slice(*span)] for span in report.duplicates] == [second]
    assert report.text[slice(*report.body)] == first
    assert [cut.reason for cut in report.cuts] == ["after end", "after copy"]
    assert len(report.sections) == 1


def test_a_copy_broken_into_other_lines_is_found_too() -> None:
    broken = copy_of(30).replace("，全市", "\n，全市")
    report = build_report(make_source(copy_of(30) + "\n版权所有\n" + broken))
    assert len(report.duplicates) == 1


@pytest.mark.parametrize("count", [2, 3, 4, 6, 10])
@pytest.mark.parametrize(
    "head", ["", "海州市人民政府工作报告（2024年1月8日在市第十七届人民代表大会第三次会议上）\n"]
)
@pytest.mark.parametrize("footer", ["", "版权所有：海州市人民政府\n网站地图\n首页\n"])
def test_every_further_copy_is_marked(count: int, head: str, footer: str) -> None:
    page = f"{head}{copy_of(30)}\n"
    report = build_report(make_source((page + footer) * count))
    assert report.text[slice(*report.body)] == page.strip()
    assert [report.text[slice(*span)] for span in report.duplicates] == [page.strip()] * (count - 1)
    assert len(report.sections) == 1


@pytest.mark.parametrize("head", ["", "海州市人民政府工作报告\n"])
def test_closing_words_to_the_audience_do_not_begin_the_second_copy(head: str) -> None:
    closing = "各位代表！实干成就梦想，奋斗书写华章。让我们紧密团结起来，为建设美丽海州而努力奋斗！"
    page = f"{head}{copy_of(30)}\n{closing}"
    report = build_report(make_source(f"{page}\n{page}"))
    assert report.text[slice(*report.body)] == page
    assert [report.text[slice(*span)] for span in report.duplicates] == [page]


def test_a_passage_said_twice_does_not_hide_a_copy() -> None:
    lines = copy_of(60).replace("，全市面貌有了新的变化", "").split("\n")
    page = "\n".join([*lines[:15], *lines[3:15], *lines[15:]])
    report = build_report(make_source(f"{page}\n版权所有\n{page}"))
    assert report.text[slice(*report.body)] == page
    assert len(report.duplicates) == 1


def test_a_slogan_said_twice_is_no_copy() -> None:
    slogan = "让我们紧密团结起来，为建设美丽海州而努力奋斗，谱写新的篇章！\n"
    assert build_report(make_source(copy_of(30) + "\n" + slogan * 3)).duplicates == ()


def test_a_report_that_opens_with_its_own_summary_is_no_copy() -> None:
    summary = "\n".join(copy_of(30).split("\n")[3:15])
    report = build_report(make_source(f"{summary}\n{copy_of(30)}"))
    assert report.duplicates == ()
    assert report.body.end == len(report.text)


HEADINGS = "各位代表：\n一、2023年工作回顾\n" + "".join(
    f"（{n}）完成第{n}项工作\n全市各项工作稳步推进，完成投资{i}亿元，人民生活水平不断提高。\n"
    for i, n in enumerate("一二三四五六")
)


@pytest.mark.parametrize(
    "heading",
    [
        "（七）强化科技创新技术支持",
        "（七）推广“扫一扫”服务",
        "（七）把成果分享到基层",
        "（七）加强网站地图管理",
        "强化科技创新技术支持",
        "扫一扫服务覆盖城乡",
        "分享到基层的成果",
        "技术支持：强化科技创新",
        "加强技术支持。推行扫一扫。分享到基层。",
    ],
)
def test_words_of_a_report_do_not_end_it(heading: str) -> None:
    text = (
        f"{HEADINGS}{heading}\n新增高新技术企业30家，研发投入增长12%，创新平台达到8个。\n专利授权量增长5%。"
    )
    assert build_report(make_source(text)).body.end == len(text)


def test_nothing_is_cut_that_holds_a_numbered_heading_with_its_text() -> None:
    text = f"{HEADINGS}相关链接某某\n（七）强化科技创新\n新增高新技术企业30家，研发投入增长12%，平台达到8个。"
    assert build_report(make_source(text)).body.end == len(text)
    run_in = f"{HEADINGS}相关链接某某\n（七）强化科技创新。新增高新技术企业30家，研发投入增长12%。"
    assert build_report(make_source(run_in)).body.end == len(run_in)


@pytest.mark.parametrize(
    "footer",
    ["技术支持：海州网", "分享到：", "分享到", "扫一扫在手机打开当前页", "主办：市政府 技术支持：海州网"],
)
def test_footers_end_a_report(footer: str) -> None:
    report = build_report(
        make_source(f"{HEADINGS}{footer}\n首页\n版权所有海州市人民政府，未经书面许可，任何人不得转载。")
    )
    assert report.text[slice(*report.body)] == HEADINGS.strip()


@pytest.mark.parametrize(
    "info",
    [
        "发布时间：2025-01-20 09:00　来源：海州日报　字号：【大 中 小】　浏览次数：1234次",
        "【大 中 小】　浏览次数：1234次",
        "[字体：大 中 小] [打印本页] 点击：1234 次",
        "信息来源：市政府办公室　阅读（1234次）",
        "点击量：1.2万次",
    ],
)
def test_what_a_page_puts_around_the_title_is_no_text_of_the_report(info: str) -> None:
    title = "2024年海州市政府工作报告"
    text = f"设为首页 | 加入收藏\n{title}\n{info}\n{copy_of(30)}\n{info}\n设为首页\n"
    report = build_report(make_source(text))
    assert report.text[report.body.start :].startswith(title)
    assert "次" not in {quantity.unit for quantity in find_quantities(report.folded).quantities}
    assert info not in clean_text(report)[:200]


def test_a_report_may_count_visits() -> None:
    (figure,) = find_quantities("网站访问量1.2万次,比上年多一倍").quantities[:1]
    assert figure.text == "1.2万次"


@pytest.mark.parametrize(
    "information",
    [
        "来源：海州市政府办公室　发布时间：2024-01-22 09:30　浏览次数：1234次　【字体：大 中 小】",
        "2024-01-22 09:30:12　来源：海州日报　点击：3456次",
        "海州日报 2024-01-22 09:30 字号：【大 中 小】",
        "信息来源：市政府办 | 作者：张三 | 阅读：356次 | 字体：[大][中][小] | 打印",
        "【打印】【字体：大 中 小】",
    ],
)
@pytest.mark.parametrize("place", [1, 2])
def test_what_a_page_says_below_the_title_is_cut(information: str, place: int) -> None:
    head = ["海州市政府工作报告", "（2024年1月8日在市第十七届人民代表大会第三次会议上）"]
    head.insert(place, information)
    report = build_report(make_source("\n".join([*head, copy_of(30)])))
    assert [(cut.reason, report.text[cut.start : cut.end]) for cut in report.cuts] == [
        ("below title", information)
    ]
    assert not any(cut.start <= start < cut.end for start, _ in report.sentences for cut in report.cuts)
    assert report.title == head[0]
    assert information not in clean_text(report)


@pytest.mark.parametrize(
    "line",
    [
        "——2024年1月8日在市第十七届人民代表大会第三次会议上",
        "市长　张三",
        "（2024年1月8日）",
        "海州市人民政府办公室",
    ],
)
def test_the_head_of_a_report_is_none_of_the_page(line: str) -> None:
    report = build_report(make_source(f"海州市政府工作报告\n{line}\n{copy_of(30)}"))
    assert report.cuts == ()


@pytest.mark.parametrize(
    "title", ["海州市2024年政府工作报告", "海州市人民政府工作报告", "2024年海州市政府工作报告"]
)
@pytest.mark.parametrize(
    "head",
    [
        ["今天是2025年1月20日 星期一 多云 3℃~12℃ 您是第123456位访客"],
        ["首页 | 政务公开 | 政务服务 12345件"],
        ["要闻：全市新签项目35个", "通知公告"],
    ],
)
@pytest.mark.parametrize("greeting", ["各位代表：", ""])
def test_what_stands_above_a_title_is_cut_on_a_short_page(head: list[str], title: str, greeting: str) -> None:
    speech = "一、2023年工作回顾\n地区生产总值增长5%。\n二、2024年工作安排\n新建学校3所。"
    report = build_report(make_source("\n".join([*head, title, greeting, speech])))
    assert report.text[report.body.start :].startswith(title)
    assert [cut.reason for cut in report.cuts] == ["before title"]
    assert report.title == title


@pytest.mark.parametrize(
    "head",
    [
        ["大连市"],
        ["2024年大连市"],
        ["2024年1月8日在大连市第十七届人民代表大会第三次会议上"],
        ["大连市人民政府", "2024年"],
    ],
)
def test_the_head_above_a_bare_title_stays(head: list[str]) -> None:
    report = build_report(
        make_source("\n".join([*head, "政府工作报告", copy_of(30).replace("海州", "大连")]))
    )
    assert (report.body.start, report.cuts, report.region) == (0, (), "大连市")


def test_the_words_of_a_picture_are_no_title() -> None:
    head = [
        "海州市2024年政府工作报告",
        "分享:",
        "首页",
        ">",
        "时间：",
        "2024-01-22 09:20",
        "来源：",
        "海州市人民政府",
    ]
    report = build_report(make_source("\n".join([*head, "市长张三作政府工作报告", copy_of(30)])))
    assert report.title == head[0]
    assert report.text[report.body.start :].startswith("各位代表")


def test_a_picture_between_title_and_text_is_cut() -> None:
    head = [
        "海州市政府工作报告",
        "——2024年1月8日在海州市第十七届人民代表大会第三次会议上",
        "来源：海州日报",
        "时间：2024-01-22",
        "张三",
        "1月8日，海州市第十七届人民代表大会第三次会议在市会堂开幕。张三作政府工作报告。海州日报记者 李四 摄",
    ]
    report = build_report(make_source("\n".join([*head, copy_of(30)])))
    assert report.text[report.body.start :].startswith(head[0])
    assert report.date == "2024-01-08"
    assert [report.text[cut.start : cut.end] for cut in report.cuts] == [*head[2:4], head[5]]


def test_the_last_line_of_an_appendix_is_no_menu_entry() -> None:
    projects = [f"{name}、实施惠民工程\n年度目标：新建学校5所。\n主办单位：市教育局" for name in "一二三"]
    text = "\n".join([copy_of(30), "附件：民生实事", *projects])
    report = build_report(make_source(f"{text}\n网站首页\n联系我们"))
    assert report.text[slice(*report.body)] == text


def test_a_list_of_targets_at_the_end_is_no_menu() -> None:
    prose = "过去一年，全市坚持稳中求进，各项事业取得新的进展，人民生活继续改善，社会保持和谐稳定。\n" * 6
    head = f"某市政府工作报告\n一、2024年工作回顾\n{prose}二、2025年工作安排\n主要预期目标是：\n"
    listed = "地区生产总值增长6%\n粮食产量三十五万吨\n城镇调查失业率5.5%左右\n"
    menu = "首页\n网站地图\n联系我们\n"
    report = build_report(make_source(f"{head}{listed}{menu}"))
    assert report.body.end == len(head) + len(listed) - 1
    news = "全省一季度进出口增长5%\n我市新增企业3000家\n"
    assert build_report(make_source(f"{head.rpartition('主要')[0]}谢谢大家！\n{news}")).body.end < len(head)
    plain = f"{head}做好今年的工作。\n"
    assert build_report(make_source(plain + menu)).body.end == len(plain) - 1
