"""Blanks inside a numeral, as page layout and text recognition leave them: `5 . 5%`, `百 分 之 五`.

They are closed before the text is scanned; `Gaps.span` leads back to the text as it is.
"""

import re
from bisect import bisect_right
from functools import cache
from typing import Final, NamedTuple

from dalian_report.alphabet import FIGURE, MAGNITUDE
from dalian_report.quantities.forms import Text

_HAN: Final = r"[\x01-\x08\x0e\x10-\x1a]"
_ANY: Final = r"[0-9\x01-\x08\x0e\x10-\x1a]"
# What stands before a blank and behind it where the two belong together, in the alphabet of numerals.
_PAIRS: Final = (
    (rf"{_HAN}(?: *[点點])?", _HAN),  # 一百 五十
    (_HAN, r"[点點] *[\x10-\x19]"),  # 三十二 点 五
    (r"[0-9]", r"\. *[0-9]"),  # 5 . 5
    (r"[0-9] +\.", r"[0-9]"),
    (r"(?<![0-9.])[0-9]{1,3}(?: [0-9]{3})*", rf"[0-9]{{3}}(?: [0-9]{{3}})*(?:\.[0-9]+)? *[{MAGNITUDE}元]"),
    (  # 新增1 200户, where nothing else could number or count what follows
        r"(?<=[\u4e00-\u9fff(,:、;)])(?<![第表图附注页录栏])[1-9][0-9]{0,2}(?: [0-9]{3})*",
        r"[0-9]{3}(?: [0-9]{3})*(?:\.[0-9]+)? ?(?![年月日号条款])[\u4e00-\u9fff]",
    ),
    (_ANY, rf"[余餘多]? *[{MAGNITUDE}]"),  # 十 余 万
    (rf"{_ANY} *[余餘多]", rf"[{MAGNITUDE}]"),
    (rf"[0-9] *[{MAGNITUDE}]", rf"[0-9]+ *[{MAGNITUDE}]"),  # 7万 5千
    (_ANY, "分 *之"),  # 百 分 之 五
    (rf"{_ANY} *分", "之"),
    ("分 *之", _ANY),
    (_ANY, r"[个個] *\x02 *分 *[点點]"),  # 六 个 百 分 点
    ("[个個]", r"\x02 *分 *[点點]"),
    (r"[个個] *\x02", "分 *[点點]"),
    (r"[个個] *\x02 *分", "[点點]"),
    (_ANY, f"又 *{_ANY}"),  # 三 又 二分之一
    ("又", _ANY),
    (f"{_HAN}成", rf"[{FIGURE}](?!\w)"),  # 七成 六
    (r"(?<![0-9])[0-9]", "[0-9] *\x83"),  # 7 2 折
    (_HAN, "[成\x83]"),
    (rf"{_ANY} *公", "[里顷斤]"),  # 487公 里
    (rf"{_ANY} *[平立] *方(?: *公)?", "[公里米]"),
    (rf"{_ANY} *[平立]", "方 *[公米]"),
)
_BLANKS: Final = re.compile("  *")  # begins with a plain blank, which the engine looks for, not with a repeat
# Digits set one by one: 2 0 . 5. Two at the start of a line may be its label and a count: 1 2个县.
_SINGLES: Final = (
    r"(?<![0-9.])(?<![0-9],)(?<![0-9.] )(?<![0-9], )(?:(?<=[^\s])|(?<=\S )|(?=[0-9] [0-9] ?[0-9.]))"
    r"[0-9](?: [0-9])*(?: ?\. ?[0-9](?: [0-9])*)?(?! ?[.,]?[0-9])"
)
_SINGLES_AROUND: Final = 24
_LONGEST_LEAD: Final = 6
_GROUPED: Final = r"[0-9] [0-9]{3}(?![0-9])"
_APART: Final = r"(?<![0-9])[0-9] [0-9](?![0-9]{2})"
_SCALES: Final = frozenset("万亿元")
_YEAR_BEFORE: Final = r"(?:19|20)[0-9]{2} $"
_NO_SINGLES: Final = (
    *("分别", "分别为", "分别完成", "分别达到", "分别增长", "依次为", "各"),
    *("表", "图", "附件", "附录"),
)
_JOINTS: Final = frozenset("0123456789.点點余餘多分之个個又成公里顷斤平立方米").union(
    map(chr, (*range(1, 9), 14, *range(16, 27), 0x83))
)
_BACK: Final = 12
_FIGURES: Final = frozenset("0123456789.")


@cache
def _rules() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(rf"(?:{before})$"), re.compile(after)) for before, after in _PAIRS)


class Gaps(NamedTuple):
    """Text without the blanks inside its numerals, the stretch of it to scan, and where the blanks were.

    `places` are the positions in the closed text at which blanks were cut, `widths` how many up to there.
    """

    text: Text
    start: int
    end: int
    places: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the closed text lies in the text as it is."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, position: int) -> int:
        cuts = bisect_right(self.places, position)
        return position + (self.widths[cuts - 1] if cuts else 0)


def close_gaps(text: Text, start: int, end: int) -> Gaps:
    """Return the text with the blanks inside its numerals closed, those of `[start, end)`.

    >>> close_gaps(Text.of("增长 5 . 5%"), 0, 9).text.folded
    '增长 5.5%'
    """
    coded = text.coded
    blanks = [blank.span() for blank in _BLANKS.finditer(coded, start, end)]
    cuts = [(low, high) for low, high in blanks if low > 0 and high < end and _closes(coded, low, high)]
    if not cuts:
        return Gaps(text, start, end)
    pieces, places, widths = [], [], []
    last = cut = 0
    for low, high in cuts:
        pieces.append(text.folded[last:low])
        places.append(low - cut)
        cut += high - low
        widths.append(cut)
        last = high
    closed = "".join([*pieces, text.folded[last:]])
    return Gaps(Text.of(closed), start, end - cut, tuple(places), tuple(widths))


def is_split(folded: str, start: int, end: int) -> bool:
    """Return whether the figure at [start, end) may be part of another number, by a blank between its digits.

    Thousands too, without a magnitude or a currency: in 项目5 100亩 five may count what stands before.

    >>> is_split("占比6 5.2%", 4, 8), is_split("新增2 0 . 5万人", 2, 11), is_split("投资1 200万元", 2, 9)
    (True, True, False)
    """
    if " " not in folded[max(start - 1, 0) : end]:
        return False
    if start > 1 and folded[start].isdecimal() and folded[start - 1] == " " and folded[start - 2].isdecimal():
        return not re.search(_YEAR_BEFORE, folded[max(start - len("2020 "), 0) : start])
    figure = folded[start:end]
    if re.search(_APART, figure):
        return True
    return bool(re.search(_GROUPED, figure)) and _SCALES.isdisjoint(figure)


def _closes(coded: str, low: int, high: int) -> bool:
    """Return whether the blank at [low, high) stands inside a numeral."""
    if coded[low - 1] not in _JOINTS or coded[high : high + 1] not in _JOINTS:
        return False
    if low + 1 == high and _parts_singles(coded, low):
        return True
    before = coded[max(0, low - _BACK) : low]
    return any(after.match(coded, high) and ending.search(before) for ending, after in _rules())


def _parts_singles(coded: str, low: int) -> bool:
    """Return whether the blank at `low` parts the digits of one number, or such a digit and its point."""
    if coded[low - 1] not in _FIGURES or coded[low + 1] not in _FIGURES:
        return False
    lead = coded[max(0, low - _SINGLES_AROUND - _LONGEST_LEAD) : low].rstrip("0123456789. ")
    if lead.endswith(_NO_SINGLES):
        return False
    around = re.compile(_SINGLES).finditer(coded, max(0, low - _SINGLES_AROUND), low + _SINGLES_AROUND)
    return any(run.start() < low < run.end() for run in around)
