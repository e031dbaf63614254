"""What the grammar hands on: figures that have their names, before sections and rules are known."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final, NamedTuple

from dalian_report.indicators.clauses import Clause, find_clauses
from dalian_report.indicators.figures import (
    BY,
    CLASS,
    Figure,
    is_multiplied,
    is_standard,
    is_yardstick,
    last_action,
)
from dalian_report.indicators.kinds import Reading
from dalian_report.indicators.left import TO, strip_head
from dalian_report.indicators.lexicon import load_lexicon
from dalian_report.indicators.nouns import Name
from dalian_report.indicators.subjects import last_subject
from dalian_report.model import Quantity
from dalian_report.quantities.units import counts, is_measure

_FOR_WHAT: Final = ("促进", "优化", "巩固", "支持", "发展", "保障")
_MISSED: Final = ("没有达到", "未能达到", "没能达到", "没有完成", "未达到", "没达到", "未完成")
_PASSED: Final = ("低于", "高于", "超过", "超出", "快于", "慢于", "不及", *_MISSED)
_ANY_AIM: Final = "的[^,;]{0,4}(?:目标|计划|要求|指标|任务)"
_CONTROLLED: Final = (
    r"(?<![不未没])(?:突破|超过|超出)[^,;]{0,10}$",
    "的控制(?:数|指标|目标)",
)  # 突破了年初提出的|6%的控制数
_AIM: Final = "的(?:预定|既定|原定|年初确定的|年度)(?:预期|增长|发展)?(?:目标|计划|要求|指标)"
_NEAR, _FAR = 4, 14
_AMONG: Final = "(?<![高中初平特优一二三四五甲乙丙上下头同])等$"  # 王家沟等, not 高等
_CLOSING: Final = ("", *",;。)\n")
_THAT_IS: Final = ("", "即", "合", "约合")
_TWO: Final = 2
_FAR_BACK: Final = 40  # figures
_CLASSED: Final = ("企业", "项目", "产业", "产业链", "集群", "园区", "乡镇", "强镇", "村")
_SUMMED: Final = ("累计", "总数", "合计", "共计", "总计")  # 新增18家、累计38家: the sum was not added


class Draft(NamedTuple):
    """A figure with the name that the grammar gave it, before sections and rules are known.

    `clause` is the span of its clause; `left` the text before it; `base` marks what a figure started from
    (由A到B), `compared` one that only serves a comparison. `reason` is one of the values of the JSON field.
    """

    quantity: Quantity
    name: Name
    reading: Reading
    clause: tuple[int, int]
    left: str
    base: bool
    compared: bool
    reason: str
    ambiguous: bool


@dataclass(slots=True)
class Sentence:
    """The sentence folded[start:end] with its named figures.

    `silents` are the clauses behind the last figure; None in a sentence without figures, which is parted
    only where the next asks what it was about.
    """

    folded: str
    start: int
    end: int
    drafts: list[Draft]
    silents: list[Clause] | None = None

    @property
    def subject(self) -> Name | None:
        """What the next sentence may go on with: few ask, and it takes long to find out."""
        clauses = self.silents
        if clauses is None:
            clauses = find_clauses(self.folded, self.start, self.end, ())
        return last_subject(self.folded, clauses) or (self.drafts[-1].name if self.drafts else None)


def _recent(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the last figures, the nearest first; to look through all for each would cost their square."""
    return islice(reversed(drafts), _FAR_BACK)


def carrier_of(drafts: Sequence[Draft]) -> Draft | None:
    """Return the last figure whose name others may go on with: a rank names no new subject."""
    if not drafts or drafts[-1].reading.kind != "rank":
        return drafts[-1] if drafts else None
    return next((draft for draft in _recent(drafts) if draft.reading.kind != "rank"), drafts[-1])


def told_again(figure: Figure, drafts: Sequence[Draft], name: Name) -> Name | None:
    """Return the name of things told of before, some of which a figure counts.

    So it is in 14条小流域同时动工,王家沟等|5条, in 312所中小学中已有|267所 and in 其中新开工的|120个.
    """
    among = "等" in name.text and re.search(_AMONG, name.text)
    if among and (alike := counted_alike(drafts, figure.quantity.base_unit)):
        return alike.name
    classed = name.text.endswith("级") and re.fullmatch(CLASS, name.text)
    if classed and (alike := counted_alike(drafts, figure.quantity.base_unit)):
        whole = re.sub(f"^{CLASS}(?:[及或])?(?:以上)?", "", alike.name.text)
        several = "级" in whole or not whole[:1].isalpha() or whole[:1] in "有和或及"
        return None if several else Name(name.text + whole, -1, -1)  # 146家(其中国家级|27家)
    if drafts and name.text == drafts[-1].name.text + "中":
        return drafts[-1].name
    return sorted_out(figure, drafts, name.text)


def sorted_out(figure: Figure, drafts: Sequence[Draft], action: str) -> Name | None:
    """Return the name of those of the things told of which something was done (其中新开工的|120个)."""
    text = figure.left.text.strip(" 、,") if "的" in figure.left.text else ""
    if not text.endswith("的") or action not in load_lexicon().actions or not text.endswith(action, 0, -1):
        return None
    if not text.startswith("其中") and len(text) > len(action) + 1:
        return None
    alike = counted_alike(drafts, figure.quantity.base_unit)
    return alike.name._replace(action=action) if alike else None


def exceeds(folded: str, figure: Figure, last: Draft | None) -> bool:
    """Return whether a figure says by how much another was exceeded (比计划的431亿元|超过13%)."""
    quantity = figure.quantity
    if (
        quantity.bound != "at_least"
        or quantity.outer_end > quantity.end
        or not folded.startswith("超", quantity.outer_start, quantity.start)
    ):
        return False
    if figure.left.compared and not figure.left.change and "比" in figure.left.text:
        return True
    return last is not None and last.compared and last.quantity.outer_end == quantity.outer_start


def is_apposed(folded: str, figure: Figure, last: Draft | None) -> bool:
    """Return whether a bare share only says again by how much something changed (减少5亿元,将近|30%)."""
    if figure.quantity.form != "percent" or last is None or last.reading.kind != "delta":
        return False
    alone = folded[figure.quantity.outer_end : figure.quantity.outer_end + 1] in _CLOSING
    return alone and last.quantity.base_unit != "个百分点" and figure.left.text.strip(" 、,") in _THAT_IS


def without_sum(folded: str, figure: Figure, drafts: Sequence[Draft]) -> Draft | None:
    """Return the figure to which the last was added, where a total follows (加上贷款60亿元,共|419亿元)."""
    if len(drafts) < _TWO or not figure.left.text.lstrip(" 、,").startswith(("共", "合计", "总计", "一共")):
        return None
    return drafts[-2] if folded.startswith(("加上", "连同"), drafts[-1].clause[0]) else None


def one_of_two(left: str, drafts: Sequence[Draft], group: Sequence[Name]) -> tuple[Name, list[Name]] | None:
    """Return which of two names a figure is of, and both (前者减少26亿元,后者增加2亿元)."""
    if "前者" in left:
        both = list({draft.name.text: draft.name for draft in drafts[-_TWO:]}.values())
        return (both[0], both) if len(both) == _TWO else None
    return (group[1], list(group)) if "后者" in left and len(group) == _TWO else None


def carried_on(drafts: Sequence[Draft], figure: Figure) -> Draft | None:
    """Return the figure whose name one without its own goes on with.

    A bare count goes on with what was counted, growth with the measure behind a share of it
    (总产值1.3亿元,占总产值的43%,比上年增长|21%).
    """
    carrier = carrier_of(drafts)
    quantity, left = figure.quantity, figure.left
    if carrier is None:
        return None
    action = last_action(left.rest)
    same = (draft for draft in _recent(drafts) if action and draft.name.action == action)
    done = next((draft for draft in same if draft.quantity.base_unit == quantity.base_unit), None)
    if done:  # 新建16万平方米,搬进6600户;今年新建|21万平方米
        return done
    parted = action or left.text.startswith("其中")
    measured = is_measure(carrier.quantity.base_unit) and parted
    if carrier.quantity.form != "percent" and not measured:
        return carrier
    if alike := counted_alike(drafts, quantity.base_unit):
        return alike
    if left.change and not left.to and quantity.form == "percent" and "占" in carrier.name.text:
        whole = carrier.name.text.partition("占")[0]
        return next((draft for draft in _recent(drafts) if draft.name.text == whole), carrier)
    return carrier


def counted_alike(drafts: Sequence[Draft], unit: str) -> Draft | None:
    """Return the last figure in the unit of a bare count (开工项目400个、完成投资380亿元，建成50个)."""
    alike = (draft for draft in _recent(drafts) if draft.quantity.base_unit == unit)
    return next(alike, None) if counts(unit) else None


def last_names(drafts: Sequence[Draft]) -> list[Name]:
    """Return the names of the last clause with figures, each once; of the last two where it has one."""
    for clauses in (1, 2):
        names = {draft.name.text: draft.name for draft in last_drafts(drafts, clauses)}
        if len(names) > 1:
            break
    return list(names.values())


def started_too(folded: str, figure: Figure, last: Draft | None) -> bool:
    """Return whether a change started from a figure as from the last (由386户、642人减少到271户、418人)."""
    left = figure.left
    if last is None or not last.base or left.to or left.change or left.rest.strip(" 、和的"):
        return False
    return _leads_on(folded, figure.quantity.outer_end)


def _leads_on(folded: str, position: int) -> bool:
    """Return whether a change to something stands behind a figure (…15%,回落到6%)."""
    lexicon = load_lexicon()
    while folded[position : position + 1] in (",", " "):
        position += 1
    change = lexicon.change_up.at_start(folded, position) or lexicon.change_down.at_start(folded, position)
    return bool(change) and folded.startswith(TO, position + len(change))


def deed_of(folded: str, rest: str, before: Name | None) -> str:
    """Return the verb that ends the rest before a figure, or opens a list of what it counts.

    In 打造甲、乙等2个集群 the two are 打造. One between the things of a list is none,
    nor one that only says what the thing is for (出台|促进消费、…).
    """
    if own := last_action(rest):
        return own
    if before is None or "是" in before.text or not before.placed:
        return ""
    lexicon = load_lexicon()
    action = before.action
    if folded[max(before.start - len(action) - 1, 0)] in "、和与":
        return ""
    for verb in _FOR_WHAT:
        action = action.removesuffix(verb) or action
    return "" if action in lexicon.raising or action in lexicon.lowering else action


def is_compared(folded: str, figure: Figure) -> bool:
    """Return whether a figure only serves to compare another with it, or was only aimed at."""
    if not figure.left.text.endswith("的") and not folded.startswith("的", figure.quantity.outer_end):
        return False
    return is_target(folded, figure) or is_yardstick(figure.left)


def is_target(folded: str, figure: Figure) -> bool:
    """Return whether a figure is only what was aimed at, prescribed or multiplied."""
    aimed = is_aim(folded, figure.quantity) or is_standard(folded, figure)
    return aimed or is_multiplied(folded, figure) is not None


def is_aim(folded: str, quantity: Quantity) -> bool:
    """Return whether a figure is only what was aimed at, which another missed (略低于8%的预定目标)."""
    if not folded.startswith("的", quantity.outer_end):
        return False
    surpassed, mark = _CONTROLLED
    if re.compile(mark).match(folded, quantity.outer_end):
        return re.search(surpassed, folded[max(quantity.start - _FAR, 0) : quantity.start]) is not None
    before = folded[max(quantity.start - _NEAR, 0) : quantity.start]
    if not any(word in before for word in _PASSED):
        return False
    missed = any(word in before for word in _MISSED)
    return re.compile(_ANY_AIM if missed else _AIM).match(folded, quantity.outer_end) is not None


def last_drafts(drafts: Sequence[Draft], clauses: int = 1) -> list[Draft]:
    """Return the figures of the last clauses that have some."""
    runs = groupby(reversed(drafts), key=lambda draft: draft.clause)
    return [draft for _, run in islice(runs, clauses) for draft in run][::-1]


def recent_names(drafts: Sequence[Draft], run: int) -> list[Name]:
    """Return the names of as many last figures, without those that only count what the next measures.

    In 钢7200万吨,十种有色金属270万吨,分别增加… the ten are none.
    """
    names: list[Name] = []
    for draft in reversed(drafts):
        counting = draft.name.start == draft.quantity.outer_end and names[:1] == [draft.name]
        if not counting:
            names.insert(0, draft.name)
        if len(names) == run:
            break
    return names


def sums_up(figure: Figure, carrier: Draft) -> bool:
    """Return whether a figure is the total to which the last was added (新增18家、累计38家; 达到38家)."""
    quantity, left = figure.quantity, figure.left
    if left.text.lstrip("、, ").startswith(_SUMMED):
        return True
    reached = left.linked or (quantity.bound == "at_least" and quantity.outer_start < quantity.start)
    alike = quantity.base_unit == carrier.quantity.base_unit and not left.change
    return reached and alike and carrier.name.action in load_lexicon().added


def named_to(folded: str, name: Name, last: Quantity, quantity: Quantity) -> int:
    """Return where the text before a figure begins: behind the noun that the last one counted.

    In 800万千瓦火电机组、460万吨钢铁产能 the second has no name before it.
    """
    if not (name.placed and last.outer_end <= name.start and name.end <= quantity.outer_start):
        return last.outer_end
    if name.end < quantity.outer_start:
        return name.end if folded[name.end] in "、和及" else last.outer_end
    if last.base_unit == "元" and counts(quantity.base_unit) and name.text.endswith(_CLASSED):
        return last.start  # 10亿元企业4家: how large they are belongs to the name
    behind = folded[quantity.outer_end : quantity.outer_end + 1]
    own = is_measure(quantity.base_unit) and behind.isalpha() and behind != "的"
    return name.end if own else last.outer_end  # 24个贫困村42公里道路硬化工程


def bare_name(figure: Figure) -> tuple[Name | None, str]:
    """Return what stands before a figure as it is, and its verb where it is no more (开行|2500列)."""
    rest = figure.left.rest.strip(" 、\n的")
    if re.search(BY, rest):
        return None, ""
    place = figure.start + figure.left.text.find(rest)
    named = len(rest) > 1 and not load_lexicon().heads.at_end(rest, len(rest))
    head = strip_head(rest)
    if named and head.action and head.start == len(rest):
        place, rest = place + rest.rfind(head.action), head.action  # 力争全年|开行2500列
    return (Name(rest, place, place + len(rest)) if named else None), head.action
