"""What a figure is: level, growth, delta or rank, and its sign."""

import re
from typing import Final, NamedTuple

from dalian_report.indicators.left import Left, read_left
from dalian_report.indicators.lexicon import load_lexicon, said
from dalian_report.indicators.nouns import Name
from dalian_report.model import Kind, Quantity
from dalian_report.quantities.units import counts

_RELATIVE: Final = frozenset({"%", "‰", "‱", "倍", "番", "成", ""})
_COMPARED: Final = ("高", "低", "快", "慢")  # 预算收入的目标低1.5个百分点
_LEFT_OVER: Final = ("剩", "剩下", "尚有", "尚余")  # 减少贫困人口1.3万人,还剩|5.9万人
_BETTER_LOW: Final = ("浓度", "浓度同比", "综合指数", "负债率", "亏损面", "能耗")
# 超额完成计划3%, 比预算超支3%: by how much more, where 完成计划的103% is a level.
_BEYOND: Final = re.compile(
    r"(?:超额完成|超过|超出|突破)了?(?:调整后|修改后|年度|全年|国家)?的?(?:计划|预算|任务|指标)$|比(?:计划|预算)超支$"
)
_WHOLE: Final = 100  # 超额完成预算102%: the share that was done
_PLANNED: Final = ("计划", "预算", "任务", "指标", "超支")
_POINTS: Final = frozenset({"个百分点", "个千分点", "个基点", "基点"})


class Reading(NamedTuple):
    """The kind of a figure and the sign of its amount."""

    kind: Kind
    sign: int


_LEVEL: Final = Reading("level", 1)


def read_kind(quantity: Quantity, left: Left, name: Name, last: Reading | None) -> tuple[Reading, Name]:
    """Return the kind of a figure, and its name without words that only told the kind (涨幅, 增速).

    `last` is the reading of the figure before it where this one goes on with the same subject.
    """
    lexicon = load_lexicon()
    sign = -1 if left.change == "down" else 1
    if quantity.base_unit in _POINTS and not left.change and name.text.endswith(_COMPARED):
        sign = -1 if name.text[-1] in "低慢" else 1
        name = _shorten(name, name.text[:-1])
    if quantity.form == "rank":
        return Reading("rank", 1), name
    text = name.text
    goal = lexicon.goal_names.at_end(text, len(text))
    if goal and len(goal) < len(text):
        text = text[: -len(goal)].removesuffix("的")
    percent = quantity.base_unit in ("%", "‰")
    beyond = (
        _BEYOND.search(text) if percent and quantity.amount < _WHOLE and text.endswith(_PLANNED) else None
    )
    if beyond and beyond.start():
        return Reading("growth", 1), _shorten(name, text[: beyond.start()])
    growth = lexicon.growth_names.at_end(text, len(text)) if percent else ""
    fall = lexicon.fall_names.at_end(text, len(text)) if percent else ""
    if (growth or fall) and not text.endswith("自然增长率"):
        text = text[: -len(growth or fall)] or text
        bettered = fall.endswith("改善") and not text.endswith(_BETTER_LOW)  # 优良天数比例|改善2%
        negative = (bool(fall) and not bettered) or (left.change == "down" and not left.to)
        return Reading("growth", -1 if negative else 1), _shorten(name, text.rstrip("的"))
    if goal and goal != name.text:
        name = _shorten(name, text.rstrip("的"))
    return _plain(quantity, left, name, last, sign), name


def _plain(quantity: Quantity, left: Left, name: Name, last: Reading | None, sign: int) -> Reading:
    unit = quantity.base_unit
    if unit in _POINTS:
        return Reading("delta", sign)
    if unit == "番":
        return Reading("growth", sign)
    if left.verb in load_lexicon().betterings and not left.to and counts(unit):
        return _LEVEL
    if left.change and not left.to:
        return Reading("growth" if unit in _RELATIVE and quantity.form != "number" else "delta", sign)
    lexicon = load_lexicon()
    goes_on = last and last.kind == "growth" and quantity.form == "percent" and not left.rest.strip(" 、,")
    if last and goes_on and said("stretch").search(left.text) and not name.text.endswith(lexicon.rates):
        return last
    relative = unit in _RELATIVE and quantity.form != "number"
    if relative and quantity.amount < _WHOLE and left.text.endswith(_PLANNED) and _BEYOND.search(left.text):
        return Reading("growth", 1)
    if left.to or left.base or left.verb.endswith(_LEFT_OVER):
        return _LEVEL
    action = name.action.removeprefix("完成")  # 完成裁减员额50万的任务
    raises, lowers = action in lexicon.raising, action in lexicon.lowering
    if (raises or lowers) and not name.text.endswith(lexicon.rates):
        return Reading("growth" if relative else "delta", 1 if raises else -1)
    if last and goes_on and not left.linked:
        return last
    return _LEVEL


def goes_on_bare(left: Left, name: Name, last: str) -> bool:
    """Return whether a share without a verb goes on with the growth told before it.

    In 工业增长百分之八,其中重工业百分之九,轻工业百分之七 the last two grew too; `last` is what stood before
    the figure before.
    """
    if left.verb or left.linked or not left.rest or name.text.endswith(load_lexicon().rates):
        return False
    return left.text.startswith("其中") or not read_left(last).verb


def _shorten(name: Name, text: str) -> Name:
    if not name.placed:
        return Name(text, -1, -1, name.action)
    return Name(text, name.start, name.start + len(text), name.action)
