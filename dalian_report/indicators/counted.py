"""The noun behind a figure that it counts, looking past figures that share it."""

import re
from typing import Final

from dalian_report.indicators.figures import CLASS, SIZES, SUM_OF, Figure
from dalian_report.indicators.left import read_left
from dalian_report.indicators.lexicon import load_lexicon
from dalian_report.indicators.nouns import Name, noun_behind
from dalian_report.indicators.runs import LONGEST_RUN, is_connector
from dalian_report.model import Quantity
from dalian_report.quantities.units import MEDALS, counts, is_measure, is_size

_CONCERNS: Final = (
    *("工作", "任务", "问题", "建设", "改造", "落实", "过程", "力度"),
    *("斗争", "改革", "物价", "价格", "监测", "监管"),
)
_NO_THING: Final = (
    "身边",
    "关心",
    "反映",
    "关注",
    "组成",
    "参加",
    "之间",
)  # 100件群众身边的问题 counts problems
_LATER: Final = "[、及和与]第[二三四五]批"  # 首批6项及第二批|8项改革
_OWNING: Final = "^.{0,6}?(?:行政村|自然村|村民小组|建制镇|乡镇|县区)(?=.)"  # 127个行政村|垃圾处理率达100%
_SHORTEST_COUNTED: Final = 2
_CLASS_MARKS: Final = "级型类批"
_MORE: Final = ("高", "低", "快", "慢", "多", "少", "高出", "多出")
_OWNERS: Final = ("下属", "所属", "县", "市", "区", "州", "镇", "乡", "省")  # 甲县2家、乙县1家|示范园区
# What may open a measure behind a thing counted: 国考断面|水质优良比例.
_MEASURE_HEADS: Final = ("水质", "优良", "达标", "平均", "总", "年")


def name_behind(folded: str, figure: Figure) -> Name | None:
    """Return the noun that a figure counts, looking past figures that share it.

    Such are 43条、16条举措 and 启动5户、完成3户改造.
    """
    quantities, place = figure.clause.quantities, figure.place
    if quantities[place].base_unit in MEDALS:
        return None  # 4金、2银佳绩
    last = _last_sharing(folded, figure)
    limit = figure.limit_of(last)
    name = noun_behind(folded, quantities[last].outer_end, limit)
    if name and name.text in _MORE:
        return None  # 比前年的12万吨|高两成
    if name and counts(quantities[place].base_unit):
        name = _without_concern(name)
    size = quantities[last + 1] if last + 1 < len(quantities) else None
    sized = size is not None and folded.startswith("的", size.outer_end)
    sized = sized and not folded.startswith("的", quantities[last].outer_end)
    told = folded[quantities[last].outer_end : size.outer_start] if size and sized else ""
    if size and told in SIZES and (name is None or name.text in SIZES):  # 5个占地500亩的|园区
        return noun_behind(folded, size.outer_end, figure.limit_of(last + 1))
    if name and name.text in load_lexicon().bare_attributes and not sized:
        return None  # 超过原定的2万亿元|规模
    if name and size:
        if whole := _with_shared_head(name, folded, figure, last + 1):
            return whole
        end = name.text.rfind("、")
        closed = name.text.count("(", 0, end) == name.text.count(")", 0, end)
        if name.end == limit and end > 0 and closed:  # 1个产业集群、加工企业20家
            name = name._replace(text=name.text[:end], end=name.start + end)
        elif (
            name.end == limit
            and is_size(size.base_unit)
            and folded.startswith("的", quantities[last].outer_end)
        ):
            whole = noun_behind(folded, size.outer_end, figure.limit_of(last + 1))
            if whole and whole.start == size.outer_end:  # 投资1800万元的乙山110千伏变电站
                return Name(folded[name.start : whole.end], name.start, whole.end)
        elif name.end == limit and sized and _is_size_of(name.text):  # 5个总投资18亿元的项目
            return noun_behind(folded, size.outer_end, figure.limit_of(last + 1)) or name
        return _without_measure(_without_trait(name), folded, size)
    return name


def won_behind(folded: str, figure: Figure) -> Name | None:
    """Return what those won that a bare number counts (其中1项|获技术发明奖, 2人|当选院士)."""
    quantity = figure.quantity
    if is_measure(quantity.base_unit) or quantity.form != "number":
        return None
    lexicon = load_lexicon()
    verb = lexicon.wins.at_start(folded, quantity.outer_end)
    won = noun_behind(folded, quantity.outer_end + len(verb), figure.limit) if verb else None
    return won if won and won.text.endswith(lexicon.prizes) and len(won.text) > _SHORTEST_COUNTED else None


def _last_sharing(folded: str, figure: Figure) -> int:
    """Return the place of the last of the figures that one noun behind them all is counted by."""
    quantities, place = figure.clause.quantities, figure.place
    unit = figure.quantity.base_unit
    last = place
    for following in range(place + 1, min(len(quantities), place + LONGEST_RUN)):
        own = quantities[following].base_unit
        gap = folded[quantities[following - 1].outer_end : quantities[following].outer_start]
        parted = gap == "的" and is_measure(unit) and counts(own)  # 26公里的6个管沟项目
        if not (parted or is_connector(gap) or (own == unit and _is_shared(gap, figure))):
            break
        if parted or (not gap and counts(unit) and is_measure(own)):
            last = following  # 20个500千伏输变电工程
            continue
        if unit != own and (is_measure(unit) or is_measure(own)):
            break
        last = following
    return last


def _is_shared(gap: str, figure: Figure) -> bool:
    """Return whether what stands between two figures in one unit leaves them one noun (5户、完成|3户改造)."""
    if gap[0] not in "、及和与":
        return False
    if gap[0] == "、" and gap[1:] in load_lexicon().actions:
        return True
    if not counts(figure.quantity.base_unit):
        return False
    if (gap[0] == "、" and gap.endswith(_OWNERS)) or re.fullmatch(_LATER, gap):
        return True
    return bool(re.fullmatch(f"、{CLASS}", gap) and re.search(f"{CLASS}$", figure.left.text))


def _with_shared_head(name: Name, folded: str, figure: Figure, following: int) -> Name | None:
    """Return a class with the noun that the last of its list has for all (4个国家级、3个省级|开发区)."""
    quantities = figure.clause.quantities
    mark = name.text[-1]
    while mark in _CLASS_MARKS and following < min(len(quantities), figure.place + LONGEST_RUN):
        quantity = quantities[following]
        alike = quantity.base_unit == figure.quantity.base_unit
        if not (alike and folded[quantity.outer_start - 1] in "、和及"):
            return None
        last = noun_behind(folded, quantity.outer_end, figure.limit_of(following))
        head = last.text.partition(mark)[2] if last else ""
        if head:
            return Name(name.text + head, -1, -1, name.action) if _is_head(head) else None
        if last is None or not last.text.endswith(mark):
            return None
        following += 1
    return None


def with_class(figure: Figure, before: Name | None, behind: Name) -> Name:
    """Return what is counted with its class that stood before the figure (省级|5家|龙头企业)."""
    if not (before and figure.left.text.endswith("级") and re.fullmatch(CLASS, before.text)):
        return behind
    return Name(before.text + behind.text, -1, -1, behind.action)


def _is_head(text: str) -> bool:
    return len(text) >= _SHORTEST_COUNTED and text[0] not in "的及和、以"


def _without_concern(name: Name) -> Name:
    """Take off what is done for the things counted (80个产粮大县|的扶持力度)."""
    end = name.text.find("的")
    lexicon = load_lexicon()
    if end < _SHORTEST_COUNTED or not name.text.endswith(_CONCERNS):
        return name
    if name.text[:end].endswith(_NO_THING) or lexicon.stops.find(name.text, 0, end):
        return name
    return name._replace(text=name.text[:end], end=name.start + end)


def _is_size_of(text: str) -> bool:
    """Return whether a text only says what the next figure sizes (总投资, 空置率)."""
    return bool(SUM_OF.search(text)) or text.endswith("率") or text in load_lexicon().bare_attributes


def _without_trait(name: Name) -> Name:
    """Take off what the next figure tells of the thing counted (180万名在校生、规模|居全国第一)."""
    end = name.text.rfind("、")
    bare = end > 0 and name.text[end + 1 :] in load_lexicon().bare_attributes
    return name._replace(text=name.text[:end], end=name.start + end) if bare and name.placed else name


def _without_measure(name: Name, folded: str, following: Quantity) -> Name:
    """Take off what the next figure measures of the thing counted (13个国考断面|水质优良比例达100%)."""
    lexicon = load_lexicon()
    total = lexicon.bare_attributes.at_end(name.text, len(name.text))
    if total and name.end == following.outer_start and is_measure(following.base_unit):
        end = len(name.text) - len(total)  # 4只产业基金|总规模97亿元
        return Name(name.text[:end], name.start, name.start + end, name.action) if end > 1 else name
    linked = read_left(folded[name.end : following.outer_start]).linked
    if not linked and (following.form != "percent" or name.end < following.outer_start):
        return name
    end = len(name.text)
    word = lexicon.attributes.at_end(name.text, end)
    if not word or word in lexicon.things or end - len(word) < _SHORTEST_COUNTED:
        return name  # 23家县属企业|中有9家亏损
    end -= len(word)
    if owner := re.search(_OWNING, name.text[:end]):
        end = owner.end()
    for opening in _MEASURE_HEADS:
        place = name.text.rfind(opening, 2, end)
        if place >= 0:
            end = min(end, place)
    return Name(name.text[:end], name.start, name.start + end, name.action)
