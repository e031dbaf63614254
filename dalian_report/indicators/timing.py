"""Words of time at either end of a text: 2023年, 去年, 过去五年, “十四五”期间, 上半年.

The patterns are over coded text (see alphabet.py): a set of Chinese characters is slow to compile, words of
different length are not.
"""

import re
from typing import Final

from dalian_report.alphabet import DIGIT, FIGURE, MONTH, TEN, YEAR

_YEARS: Final = rf"{YEAR}年?"
_PLAN: Final = (
    rf"(?:“|‘)?\s?[{FIGURE}{TEN}]{{1,2}}\x15(?:”|’)?(?:时期|期间|末期|末|间期)?"
    rf"|第[{FIGURE}{TEN}]{{1,2}}个\x15年计划(?:时期|期间|末)"
)
_MONTHS: Final = rf"{MONTH}(?:月?(?:-|至|到){MONTH}月份?|月[份底末初])"
_AMID: Final = "中(?=,|$|共|累计|完成|新增|投入|由|建成|建设|已)"  # 五年中建成, not 中央, 中小学
_QUARTERS: Final = (
    rf"[第前]?(?:[{FIGURE}1-4](?:季度)?(?:、[{FIGURE}1-4])*(?:-|至|到|、|和)第?)?[{FIGURE}\x1a1-4]个?季度"
)
_TIME: Final = (
    rf"(?:{_YEARS}|去年|上年|今年|明年|前年|目前|同期|年初|年末|年底|期末|期初|本世纪末|{_PLAN}"
    rf"|(?:过去|未来|今后|最近|前|后|近|这)?(?:的)?(?:连续)?(?:[0-9]{{1,2}}|(?<![{DIGIT}])[{DIGIT}{TEN}]{{2,3}}|[{DIGIT}{TEN}])年(?:{_AMID})?"
    rf"|{_QUARTERS}|{_MONTHS}|头[{DIGIT}{TEN}0-9]{{1,2}}个月|[上下]\x82年|[上下]\x11年|[次翌]年)"
    rf"(?:[上下]\x82年|年末|年底|年初|末|底|初|{_QUARTERS}|{_MONTHS}|{MONTH}月(?:底|末|\d\d?日)?|以来|(?:的?时间)?[内里]|之间|之?前(?![列沿期景后往三两二一四五六七八九十0-9])|间|来|{_AMID}|期间|合计|同期|全年)?的?"
)
TIME_TAIL: Final = re.compile(
    rf"(?:(?:从|自由?|由)?{_YEARS}(?:和|至|到|-){_YEARS}(?:的[^,;]{{1,4}}年)?(?:期间|间|内)?|{_TIME})$"
)
# What a time can end with, digits apart; nine in ten texts before a figure end otherwise.
_ENDS: Final = frozenset("年月日度份期间末底初中前内里来计的”’" + "".join(map(chr, range(0x10, 0x1A))))
TIME_HEAD: Final = re.compile(rf"(?:截至|从|自|到|至|在|比)?{_TIME}(?:以来|起|,)?(?:全国|全省|全市|我国)?共?")


def may_be_time(last: str) -> bool:
    """Return False only where no coded text that ends with this character ends with a time (TIME_TAIL)."""
    return last in _ENDS or last.isdecimal()
