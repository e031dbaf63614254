"""The grammar: gives every figure of a sentence its name, its kind and what it was shared with."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dalian_report.indicators.clauses import Clause, find_clauses
from dalian_report.indicators.counted import name_behind, with_class, won_behind
from dalian_report.indicators.drafts import (
    Draft,
    Sentence,
    bare_name,
    carried_on,
    deed_of,
    exceeds,
    is_apposed,
    is_compared,
    is_target,
    last_drafts,
    last_names,
    named_to,
    one_of_two,
    sorted_out,
    started_too,
    sums_up,
    told_again,
    without_sum,
)
from dalian_report.indicators.figures import (
    Figure,
    amount_of,
    benefit_of,
    counts_behind,
    has_verb,
    is_aside,
    is_extreme,
    is_goal,
    is_standard,
    last_action,
    led_by,
    name_before,
    only_plans,
    purpose_behind,
    sized_by,
    sized_noun,
    whole_phrase,
)
from dalian_report.indicators.kinds import goes_on_bare, read_kind
from dalian_report.indicators.left import read_left
from dalian_report.indicators.lexicon import load_lexicon
from dalian_report.indicators.lists import names_for
from dalian_report.indicators.nouns import Name, share_growth, shares_value, sharing_names
from dalian_report.indicators.runs import pairs_up, respective_lefts, run_length
from dalian_report.indicators.subjects import (
    acted_on,
    acted_upon,
    last_named,
)
from dalian_report.indicators.told import LONGEST_SUBJECT, Told
from dalian_report.model import Bound, Quantity
from dalian_report.quantities.units import counts, is_measure

_CHANGED_BY: Final = {"增收": ("收入",), "减亏": ("亏损额", "亏损"), "增亏": ("亏损额", "亏损")}
_MADE: Final = ("生产", "收购", "销售")
_PAIR: Final = 2
_SHORTEST_CLEAR: Final = 2
_NEAR: Final = 4


def read_sentence(
    folded: str, start: int, end: int, quantities: Sequence[Quantity], before: Sentence | None = None
) -> Sentence:
    """Return the named figures of folded[start:end]; `before` is the sentence that stands before.

    >>> from dalian_report.quantities import find_quantities
    >>> text = "生产安全事故起数、死亡人数分别下降23.4%、20.3%。"
    >>> drafts = read_sentence(text, 0, len(text), find_quantities(text).quantities).drafts
    >>> [(d.name.text, str(d.reading.sign * d.quantity.amount)) for d in drafts]
    [('生产安全事故起数', '-23.4'), ('死亡人数', '-20.3')]
    """
    reader = _Reader(folded, before)
    for clause in find_clauses(folded, start, end, quantities):
        if clause.quantities:
            reader.read(clause)
        elif not clause.inner:
            reader.skip(clause)
    return Sentence(folded, start, end, reader.drafts, reader.silents)


class _Reader(Told):
    """Reads one sentence, clause by clause."""

    __slots__ = ()

    def read(self, clause: Clause) -> None:
        """Name the figures of a clause."""
        known = len(self.drafts)
        quantities = clause.quantities
        place = 0
        while place < len(quantities):
            figure = self._figure(clause, place)
            place += self._list(figure) or self._one(figure)
        if len(self.drafts) > known:
            self.pass_on()

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
        if left.base and led_by(self.folded, clause, quantity):
            left.base = False
        return Figure(clause, place, left)

    def _list(self, figure: Figure) -> int:
        """Name the figures of a list, each its own (A、B分别下降M、N); return how many, 0 for none."""
        quantities, place, left = figure.clause.quantities, figure.place, figure.left
        if place + 1 == len(quantities):
            return 0
        lefts = [left] * run_length(self.folded, quantities, place)
        if left.respectively:
            lefts = respective_lefts(self.folded, quantities, place, left)
        run = len(lefts)
        if run == 1:
            return 0
        bare = not left.rest.strip(" 、")
        goes_on = run == len(self.group) and bare and (place == 0 or left.change)
        told = last_drafts(self.drafts)
        if left.respectively or pairs_up(left, quantities[place : place + run]):
            self.group = names_for(figure, run, self)
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

    def _one(self, figure: Figure) -> int:
        """Name one figure from its clause, or from what went before; return 1."""
        quantity, left = figure.quantity, figure.left
        before = name_before(self.folded, figure, percent=quantity.form in ("percent", "relation"))
        if before and before.text in _MADE and not figure.place and self.subject:
            before = None  # 电视机从无到有,去年生产|9万台
        behind = name_behind(self.folded, figure)
        aimed = behind and (is_goal(behind) or is_target(self.folded, figure))
        if aimed and (self.drafts or self.subject):
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
        elif not self._refer(figure):
            self._inherit(figure, behind)
        return 1

    def _named(self, figure: Figure, name: Name, *, doubtful: bool = False) -> None:
        """Add a figure named before it: one name, or several that share the value.

        `doubtful` says that the noun behind the figure might be what it counts.
        """
        left, reason, carrier = figure.left, "clause", self.carrier
        if phrase := whole_phrase(self.folded, figure, name):  # of what the clause before ended with
            name = Name(self.topic.text + phrase.text, -1, -1) if self.topic else phrase
        lexicon = load_lexicon()
        if name.text in lexicon.growth_names.words or name.text in lexicon.fall_names.words:
            whole = self.subject or (carrier.name if carrier else self.previous)
            if whole:
                name = whole if whole.text.endswith(name.text) else Name(whole.text + name.text, -1, -1)
        elif carrier and (noun := sized_noun(name, carrier.name)):
            name = Name(name.text + noun, -1, -1, name.action)
        elif self.label and name.text.endswith(lexicon.labelled):
            name = Name(self.label.text + name.text, -1, -1, name.action)
        elif again := told_again(figure, self.drafts, name):
            name = again
        elif carrier and only_plans(figure, name):
            name = carrier.name
        elif name.text.startswith("占"):
            about = (None if figure.place else self.subject) or (carrier.name if carrier else None)
            name = self.share_of(figure, name, about)
        elif whole := self.completed_by(name):
            name = Name(whole.text + name.text, -1, -1)
            reason = "before" if carrier else "previous clause"
            doubtful = doubtful or not (carrier or self.subject)
        last = self.drafts[-1] if self.drafts else None
        listed = figure.place and left.text[:1] == "、" and not left.change
        if reason == "clause" and listed and last and last.name.action and not has_verb(name):
            name, reason = name._replace(action=last.name.action), "shared verb"
        unit = figure.quantity.base_unit
        apart = left.share or left.respectively
        apart = apart or (bool(left.change or unit == "番") and share_growth(name, unit))
        names = sharing_names(name) if apart or shares_value(name, unit) else []
        if len(names) > 1:
            self.group = names
            for each in names:
                self._add(figure, each, "shared value")
            return
        self._add(figure, name, reason, doubtful=doubtful)

    def _refer(self, figure: Figure) -> bool:
        """Name a figure after what it was said to come to, or as one of two; return whether it was so."""
        if self.share:
            name, self.share = self.share, None
            self._add(figure, name, "before")
            return True
        told = one_of_two(figure.left.text, self.drafts, self.group)
        if told:
            name, self.group = told
            self._add(figure, name, "previous clause")
        return told is not None

    def _inherit(self, figure: Figure, behind: Name | None) -> None:
        """Name a figure that has no name of its own after what went before it."""
        left = figure.left
        carrier = without_sum(self.folded, figure, self.drafts) or carried_on(self.drafts, figure)
        action = last_action(left.rest)
        sum_spent = is_measure(figure.quantity.base_unit)
        opens, clauses = action and not figure.place, self.silents if sum_spent else []
        named = action or left.verb if (action or left.verb) in load_lexicon().noun_actions else ""
        if left.change and carrier and carrier.name.text.endswith(_CHANGED_BY.get(named, ())):
            named = ""  # 预算收入2.93亿元,增收|4700万元
        purpose = purpose_behind(self.folded, figure) if sum_spent and action else None
        if purpose and not (named and purpose.action == "用于"):
            self._add(figure, purpose, "clause")
        elif won := won_behind(self.folded, figure):
            self._add(figure, won, "clause", doubtful=True)
        elif benefit := benefit_of(self.folded, figure, action):
            whole = self.subject or (carrier.name if carrier else None)
            name = Name(f"{whole.text if whole else ''}{benefit}", -1, -1)
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
        elif opens and (thing := self.object or acted_on(self.folded, clauses, action)):
            self._add(figure, thing._replace(action=action), "previous clause")
        elif not (figure.place and carrier) and (subject := self.subject):
            self._add(figure, subject._replace(action=action), "previous clause")
        elif action and not carrier and (thing := acted_upon(self.folded, self.passed, action)):
            self._add(figure, thing, "previous clause")
        elif not (action or left.change or figure.place) and (topic := self.told_of(left)):
            self._add(figure, topic, "previous clause")
        elif carrier:
            name = sorted_out(figure, self.drafts, action) or carrier.name
            if action or sums_up(figure, carrier):
                name = name._replace(action=action)
            self._add(figure, name, "before" if figure.place else "previous clause")
        else:
            self._guess(figure, behind)

    def _guess(self, figure: Figure, behind: Name | None) -> None:
        """Name a figure from the least unlikely place, and say that it is doubtful."""
        own, action = bare_name(figure)
        acted = bool(self.passed and action) and counts(figure.quantity.base_unit)
        previous = self.previous
        near = previous if previous and len(previous.text) <= LONGEST_SUBJECT else None
        earlier = None if acted else near  # 增强辐射能力。深化班列改革,开行3000列
        name = (
            earlier or behind or own or previous or last_named(self.folded, self.passed) or Name("", -1, -1)
        )
        reason = "clause" if name in (own, behind) else "previous clause"
        self._add(figure, name, reason, doubtful=name is not previous)

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
        if exceeds(self.folded, figure, last):
            quantity = quantity._replace(bound="exact")
            left = replace(left, change="up")
        reading, name = read_kind(quantity, left, name, last.reading if follows and last else None)
        if last and last.base and last.reading.kind == "growth" and left.to and reason != "clause":
            reading = last.reading  # 增幅由58.6%回落到27.8%
        if last and is_apposed(self.folded, figure, last):
            reading = last.reading._replace(kind="growth")
        if last and quantity.form == last.quantity.form == "percent":
            special = is_extreme(left) or is_aside(self.folded, clause) or is_standard(self.folded, figure)
            grew = last.reading.kind == "growth" and reading.kind == "level"
            if special or (grew and goes_on_bare(left, name, last.left)):
                reading = last.reading
        base = (left.base or started_too(self.folded, figure, last)) and reading.kind != "delta"
        compared = is_compared(self.folded, figure)
        unclear = doubtful or len(name.text) < _SHORTEST_CLEAR
        draft = Draft(quantity, name, reading, span, left.text, base, compared, reason, unclear)
        self.drafts.append(draft)
