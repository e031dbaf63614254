"""The grammar: gives every figure of a sentence its name, its kind and what it was shared with."""

import re
from collections.abc import Sequence

from dalian_report.indicators.clauses import Clause, find_clauses
from dalian_report.indicators.counted import name_behind, with_class
from dalian_report.indicators.drafts import (
    Draft,
    Sentence,
    bare_name,
    counted_alike,
    deed_of,
    is_aim,
    last_drafts,
    last_names,
    named_to,
    recent_names,
    started_too,
    sums_up,
)
from dalian_report.indicators.figures import (
    Figure,
    amount_of,
    benefit_of,
    counts_behind,
    has_verb,
    is_aside,
    is_extreme,
    is_standard,
    is_yardstick,
    last_action,
    name_before,
    pairs_up,
    purpose_behind,
    respective_lefts,
    run_length,
    sized_by,
    sized_noun,
    whole_phrase,
)
from dalian_report.indicators.kinds import goes_on_bare, read_kind
from dalian_report.indicators.left import Left, read_left
from dalian_report.indicators.lexicon import load_lexicon
from dalian_report.indicators.nouns import Name, shares_value, sharing_names, split_names, trim_name
from dalian_report.indicators.subjects import (
    acted_on,
    acted_upon,
    is_place,
    object_of,
    subject_of,
    topic_of,
    without_attribute,
    without_place,
)
from dalian_report.model import Bound, Quantity
from dalian_report.quantities.units import counts, is_measure

_LONGEST_SUBJECT = 15
_SHORTEST_CLEAR = _PAIR = 2
_LONGEST_ENDING = _NEAR = 4  # 总数 of 总数分别达6886家、14家
_OF_ANOTHER = ("产量", "单产", "产", "产值", "面积", "全长")  # 粮食播种面积1530万亩、总产量125亿斤
_REFERRING = ("指标", "数据", "各项指标", "主要指标")  # 三项指标分别增长: those that were told
_TASKS = ("任务", "计划", "目标", "预算")
_YEARS = "年(?:、|和|与)[^,]{1,6}年|[两三]年|[年度]、"


def read_sentence(
    folded: str, start: int, end: int, quantities: Sequence[Quantity], previous: Name | None = None
) -> Sentence:
    """Return the named figures of folded[start:end]; `previous` is the subject that the sentence before left.

    >>> from dalian_report.quantities import find_quantities
    >>> text = "生产安全事故起数、死亡人数分别下降23.4%、20.3%。"
    >>> drafts = read_sentence(text, 0, len(text), find_quantities(text).quantities).drafts
    >>> [(d.name.text, str(d.reading.sign * d.quantity.amount)) for d in drafts]
    [('生产安全事故起数', '-23.4'), ('死亡人数', '-20.3')]
    """
    reader = _Reader(folded, previous)
    for clause in find_clauses(folded, start, end, quantities):
        if clause.quantities:
            reader.read(clause)
        elif not clause.inner:
            reader.skip(clause)
    last = reader.drafts[-1].name if reader.drafts else None
    return Sentence(reader.drafts, reader.subject or last)


class _Reader:
    """Reads one sentence, clause by clause, and remembers what later figures go on with.

    `passed` are the clauses without figures, `silents` those since the last that has some; `subject` is what
    one was about, `label` what stood before a colon (铁：…), `group` the names of the last 分别, `object`
    what such a clause was at work on, `whole` that of which figures were told place by place.
    """

    __slots__ = (
        *("drafts", "folded", "group", "label", "object", "passed", "previous"),
        *("silents", "subject", "whole"),
    )

    def __init__(self, folded: str, previous: Name | None) -> None:
        self.folded = folded
        self.previous = previous
        self.drafts: list[Draft] = []
        self.group: list[Name] = []
        self.subject: Name | None = None
        self.label: Name | None = None
        self.object: Name | None = None
        self.passed: list[Clause] = []
        self.silents: list[Clause] = []
        self.whole: Name | None = None

    def skip(self, clause: Clause) -> None:
        """Take note of a clause without figures."""
        self.subject = subject_of(self.folded, clause.start, clause.end) or self.subject
        self.object = object_of(self.folded, clause.start, clause.end) or self.object
        if self.folded.startswith(":", clause.end):
            named = self.subject and not self.subject.text.endswith(("目标", "为", "是", "如下"))
            self.label = self.subject if named else None
        self.passed.append(clause)
        self.silents.append(clause)

    def read(self, clause: Clause) -> None:
        """Name the figures of a clause."""
        known = len(self.drafts)
        quantities = clause.quantities
        place = 0
        while place < len(quantities):
            figure = self._figure(clause, place)
            place += self._list(figure) or self._one(figure)
        if len(self.drafts) > known:
            self.subject = self.object = None
            self.silents = []

    def _figure(self, clause: Clause, place: int) -> Figure:
        quantity = clause.quantities[place]
        before = (
            clause.start
            if place == 0
            else named_to(self.folded, self.drafts[-1].name, clause.quantities[place - 1], quantity)
        )
        left = read_left(
            self.folded[before : quantity.outer_start],
            multiple=quantity.base_unit in ("倍", "%") or quantity.form == "fraction",
            ranked=quantity.form == "rank",
            based=place > 0 and self.drafts[-1].base,
            behind=self.folded[quantity.outer_end : quantity.outer_end + _NEAR],
        )
        return Figure(clause, place, left)

    @property
    def _topic(self) -> Name | None:
        """The noun that ends the clause before, where that has no figures."""
        silent = self.silents[-1] if self.silents else None
        return topic_of(self.folded, silent.start, silent.end) if silent else None

    @property
    def _carrier(self) -> Draft | None:
        """The last figure whose name others may go on with: a rank names no new subject."""
        for draft in reversed(self.drafts):
            if draft.reading.kind != "rank":
                return draft
        return self.drafts[-1] if self.drafts else None

    def _list(self, figure: Figure) -> int:
        """Name the figures of a list, each its own (A、B分别下降M、N); return how many, 0 for none."""
        quantities, place, left = figure.clause.quantities, figure.place, figure.left
        lefts = [left] * run_length(self.folded, quantities, place)
        if left.respectively:
            lefts = respective_lefts(self.folded, quantities, place, left)
        run = len(lefts)
        bare = not left.rest.strip(" 、")
        goes_on = run == len(self.group) and bare and (place == 0 or left.change)
        if run == 1:
            return 0
        told = last_drafts(self.drafts)
        if left.respectively or pairs_up(left, quantities[place : place + run]):
            self.group = self._names_for(figure, run)
        elif not place and left.change and bare and len(told) == run:
            self.group = [draft.name for draft in told]  # 游客X、收入Y,增长M和N
        elif not goes_on:
            return 0
        texts = [name.text for name in self.group]
        doubtful = len(set(texts)) < len(texts) or any("、" in text for text in texts)
        bound = figure.shared_bound
        if run == _PAIR and bound == "exact" and quantities[place + 1].bound != "range":
            bound = quantities[place + 1].bound  # 蛋、奶产量分别稳定在31万吨和75万吨左右
        for offset, (name, own) in enumerate(zip(self.group, lefts, strict=False)):
            each = Figure(figure.clause, place + offset, own)
            self._add(each, name, "respectively", doubtful=doubtful, bound=bound)
        return len(self.group)

    def _names_for(self, figure: Figure, run: int) -> list[Name]:
        name = name_before(self.folded, figure, percent=True)
        names = split_names(name, run) if name else []
        suffix = figure.left.suffix
        if len(names) == run:
            return [Name(one.text + suffix, -1, -1, one.action) for one in names] if suffix else names
        refers = name is not None and name.text in _REFERRING
        told = [draft for draft in self.drafts if not (refers and draft.name.text in _REFERRING)]
        recent = recent_names(told, run)
        if self._carrier and "年" in figure.left.text and re.search(_YEARS, figure.left.text):
            recent = [self._carrier.name] * run  # 工资提高13%,其中前年、去年分别提高6%和7%
        if len(recent) == run and (name is None or len(name.text) <= _LONGEST_ENDING):
            each = split_names(recent[0], run) if len({one.text for one in recent}) == 1 else []
            recent = each if len(each) == run else recent  # 城乡标准提高到762元、6120元,分别增长M、N
            ending = name.text if name and not refers else ""
            return [Name(one.text + ending, -1, -1) if ending else one for one in recent]
        carrier = self._carrier.name if self._carrier else None
        silents = () if name else reversed(self.silents)
        apart = (trim_name(self.folded, clause.start, clause.end, percent=True) for clause in silents)
        for lone in (name, self.subject, *apart, carrier, self.previous):
            names = split_names(lone, run) if lone else []
            if len(names) == run:
                return names
        lone = name or carrier or self.subject or self.previous
        return [lone] * run if lone else []

    def _one(self, figure: Figure) -> int:
        """Name one figure from its clause, or from what went before; return 1."""
        quantity, left = figure.quantity, figure.left
        before = name_before(self.folded, figure, percent=quantity.form in ("percent", "relation"))
        behind = name_behind(self.folded, figure)
        aim = behind and (behind.text in load_lexicon().goal_names or is_standard(self.folded, figure))
        if aim and (self.subject or self.drafts):
            behind = None  # 排放量下降,完成削减5.5%的目标
        if amount := amount_of(self.folded, figure, before, behind):
            self._add(figure, amount, "clause")
        elif thing := sized_by(figure, before, behind):
            self._add(figure, thing, "clause")
        elif behind and counts_behind(self.folded, figure, before, behind):
            action = deed_of(self.folded, left.rest, before)
            self._add(figure, with_class(figure, before, behind)._replace(action=action), "clause")
        elif before and behind and behind.text in load_lexicon().sums:
            self._named(figure, Name(before.text + behind.text, -1, -1, before.action))
        elif before and not is_aside(self.folded, figure.clause):
            self._named(figure, before, doubtful=behind is not None and quantity.form != "percent")
        else:
            self._inherit(figure, behind)
        return 1

    def _named(self, figure: Figure, name: Name, *, doubtful: bool = False) -> None:
        """Add a figure named before it: one name, or several that share the value.

        `doubtful` says that the noun behind the figure might be what it counts.
        """
        left, reason, carrier = figure.left, "clause", self._carrier
        if phrase := whole_phrase(self.folded, figure, name):  # of what the clause before ended with
            name = Name(self._topic.text + phrase.text, -1, -1) if self._topic else phrase
        about = (None if figure.place else self.subject) or (carrier.name if carrier else None)
        if name.text in load_lexicon().growth_names or name.text in load_lexicon().fall_names:
            whole = self.subject or (carrier.name if carrier else self.previous)
            if whole:
                name = whole if whole.text.endswith(name.text) else Name(whole.text + name.text, -1, -1)
        elif carrier and (noun := sized_noun(name, carrier.name)):
            name = Name(name.text + noun, -1, -1, name.action)
        elif self.label and name.text.endswith(load_lexicon().labelled):
            name = Name(self.label.text + name.text, -1, -1, name.action)
        elif carrier and left.text.rstrip("的").endswith(_TASKS) and figure.quantity.form == "percent":
            name = carrier.name  # 到位资金1亿元、完成年度任务的244.5%
        elif name.text.startswith("占") and about and about.text not in name.text:
            name = Name(about.text + name.text, -1, -1, name.action)
        elif whole := self._completed_by(name):
            name = Name(whole.text + name.text, -1, -1)
            reason = "before" if carrier else "previous clause"
            doubtful = doubtful or not (carrier or self.subject)
        last = self.drafts[-1] if self.drafts else None
        listed = figure.place and left.text[:1] == "、" and not left.change
        if reason == "clause" and listed and last and last.name.action and not has_verb(name):
            name, reason = name._replace(action=last.name.action), "shared verb"
        apart = left.share or left.respectively
        names = sharing_names(name) if apart or shares_value(name, figure.quantity.base_unit) else []
        if len(names) > 1:
            self.group = names
            for each in names:
                self._add(figure, each, "shared value")
            return
        self._add(figure, name, reason, doubtful=doubtful)

    def _completed_by(self, name: Name) -> Name | None:
        """Return the subject of a name that only says what of it is measured (总规模, 总数, 人均)."""
        carrier = self._carrier
        if is_place(name):
            if self.subject or not carrier or self.silents:
                self.whole = self.subject
            elif not carrier.name.text.endswith("方面"):
                self.whole = without_place(carrier.name)
            return None if self.whole and self.whole.text.startswith("在") else self.whole
        if name.text not in load_lexicon().bare_attributes:
            return None
        earlier = None if name.action else self._earlier()
        whole = self._topic or (carrier.name if carrier else self.subject or earlier)
        measure = name.text.removeprefix("总")
        if carrier and whole is carrier.name and (measure in _OF_ANOTHER or whole.text.endswith(measure)):
            whole = without_attribute(whole) or (whole if counts(carrier.quantity.base_unit) else None)
        return whole if whole and len(whole.text) <= _LONGEST_SUBJECT and "、" not in whole.text else None

    def _earlier(self) -> Name | None:
        """Return the name in the last clause without figures."""
        clause = self.passed[-1] if self.passed else None
        return trim_name(self.folded, clause.start, clause.end, percent=True) if clause else None

    def _inherit(self, figure: Figure, behind: Name | None) -> None:
        """Name a figure that has no name of its own after what went before it."""
        left, carrier = figure.left, self._carrier
        action = last_action(left.rest)
        sum_spent = is_measure(figure.quantity.base_unit)
        named = action or left.verb if (action or left.verb) in load_lexicon().noun_actions else ""
        purpose = purpose_behind(self.folded, figure) if sum_spent and action else None
        if purpose and not (named and purpose.action == "用于"):
            self._add(figure, purpose, "clause")
        elif benefit := benefit_of(self.folded, figure, action):
            whole = self.subject or (carrier.name if carrier else None)
            name = Name((whole.text if whole else "") + benefit, -1, -1)
            reason = "clause" if whole is None else "before" if figure.place else "previous clause"
            self._add(figure, name, reason, doubtful=whole is None)
        elif action in load_lexicon().deeds and not counts(figure.quantity.base_unit):
            self._add(figure, Name(action, -1, -1), "clause", doubtful=True)
        elif sum_spent and named:
            end = figure.start + left.text.rfind(named) + len(named)
            self._add(figure, Name(named, end - len(named), end), "clause")
        elif left.share and len(names := last_names(self.drafts)) > 1:
            for name in names:  # 游客X万人次、收入Y亿元，均增长一倍
                self._add(figure, name, "shared value")
        elif thing := self._worked_on(figure, action):
            self._add(figure, thing._replace(action=action), "previous clause")
        elif self.subject and not (figure.place and carrier):
            self._add(figure, self.subject, "previous clause")
        elif action and not carrier and (thing := acted_upon(self.folded, self.passed, action)):
            self._add(figure, thing, "previous clause")
        elif not (action or left.change or figure.place) and (topic := self._told_of(left)):
            self._add(figure, topic, "previous clause")
        elif carrier:
            if action and is_measure(carrier.quantity.base_unit):
                carrier = counted_alike(self.drafts, figure.quantity.base_unit) or carrier
            name = carrier.name
            if action or sums_up(figure, carrier):
                name = name._replace(action=action)
            self._add(figure, name, "before" if figure.place else "previous clause")
        else:
            self._guess(figure, behind)

    def _told_of(self, left: Left) -> Name | None:
        """Return what the clause before ends with; of a base with more (每度电的煤耗,由…)."""
        topic = self._topic if left.linked or left.base else None
        whole = self._earlier() if topic and left.base else None
        return whole if whole and len(whole.text) <= _LONGEST_SUBJECT else topic

    def _worked_on(self, figure: Figure, action: str) -> Name | None:
        """Return what a bare verb at the start of a clause was said to be at work on before it."""
        if not action or figure.place:
            return None
        measured = is_measure(figure.quantity.base_unit)
        return self.object or (acted_on(self.folded, self.silents, action) if measured else None)

    def _guess(self, figure: Figure, behind: Name | None) -> None:
        """Name a figure from the least unlikely place, and say that it is doubtful."""
        own, action = bare_name(figure)
        acted = bool(self.passed and action) and counts(figure.quantity.base_unit)
        earlier = None if acted else self.previous  # 增强辐射能力。深化班列改革,开行3000列
        name = earlier or behind or own or self.previous or self._earlier() or Name("", -1, -1)
        reason = "clause" if name in (own, behind) else "previous clause"
        self._add(figure, name, reason, doubtful=name is not self.previous)

    def _add(
        self, figure: Figure, name: Name, reason: str, *, doubtful: bool = False, bound: Bound = "exact"
    ) -> None:
        """Add a figure under a name; `bound` is what stood before all of its run (分别约为M和N)."""
        quantity, left, clause = figure.quantity, figure.left, figure.clause
        if quantity.bound == "exact" and bound != "exact":
            quantity = quantity._replace(bound=bound)
        last = self.drafts[-1] if self.drafts else None
        span = (clause.start, clause.end)
        follows = last is not None and (last.clause == span or reason == "previous clause")
        reading, name = read_kind(quantity, left, name, last.reading if follows and last else None)
        if last and last.base and last.reading.kind == "growth" and left.to and reason != "clause":
            reading = last.reading  # 增幅由58.6%回落到27.8%
        if last and quantity.form == last.quantity.form == "percent":
            special = is_extreme(left) or is_aside(self.folded, clause) or is_standard(self.folded, figure)
            if special or (last.reading.kind == "growth" and goes_on_bare(left, name, last.left)):
                reading = last.reading
        self.drafts.append(
            Draft(
                quantity=quantity,
                name=name,
                reading=reading,
                clause=span,
                left=left.text,
                base=(left.base or started_too(self.folded, figure, last)) and reading.kind != "delta",
                compared=is_yardstick(left) or is_aim(self.folded, quantity),
                reason=reason,
                ambiguous=doubtful or len(name.text) < _SHORTEST_CLEAR,
            )
        )
