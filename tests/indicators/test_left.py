"""What is taken off a text before a figure: a quick look at its last character hides no word that ends it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalian_report.alphabet import code
from dalian_report.indicators.left import read_left, strip_head
from dalian_report.indicators.timing import TIME_HEAD, TIME_TAIL
from tests.golden import read_cases

# Times, comparisons, manners and what is higher: one of each last character that these have.
WORDS = """
2023年 去年 年初 年末 年底 2023年三月份 2023年3月5日 “十五”期间 “十四五” 五年来 前三季度
第三季度 过去五年中 五年内 五年里 五年之前 全年合计 同期 上半年的 2020 一九八五 二〇二〇 ‘十五’
五年期间 2015年到2020
比上年 与上年同期相比 比年初 比上年末 较上月 同上年水平 比全国平均 同前年比较 比现在 比目前 比原来 比以前
与去年情况 较预期目标 比中部地区 比原计划 与年初预算 比决算数 与上年度 比上年底 比这一时期 比十五期间
按可比价格 按同口径 按国家标准 按新要求 按有关规定 按可比价计算 扣除价格因素 在大灾之年 在去年基础上
在这种情况下 在改革过程中 在科技方面 连同原有 连同原有的 按人口计算 每亩 每人 每户 每吨 每月 每天 每小时
每公斤 每度 每平方米 每公里 每百人
高于全国平均 快于上年 高出全省 领先全国 比上年多 比去年高出 比前年少用 比计划节约 好于全国平均 超过预期目标
超额计划 较上年提高 较上年快 还多 只少 再多了
"""


@pytest.mark.parametrize("words", WORDS.split())
def test_words_before_a_figure_are_no_part_of_the_name(words: str) -> None:
    assert read_left("粮食总产量" + words).rest == "粮食总产量"


@given(st.sampled_from([case.text for case in read_cases("grammar")]), st.data())
def test_no_time_is_missed_at_either_end(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(text)))
    before, behind = text[:place].rstrip(), text[place:]
    tail = TIME_TAIL.search(code(before), max(0, len(before) - 26))
    if tail:
        assert read_left(before).end <= tail.start()
    head = TIME_HEAD.match(code(behind))
    if head:
        assert strip_head(behind).start >= head.end()
