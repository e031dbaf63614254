"""The rule engine: which rule, if any, a name that the grammar found belongs to, and what pattern rules find.

`RuleEngine(rules, slow=True)` is the specification: every rule is tried on the whole text. The fast way
tries only rules whose literals occur, and a pattern rule only on the clauses where one does, if the rule
provably cannot match across a clause mark. Tests prove that both give the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from dalian_report.data import load_data
from dalian_report.indicators.literals import LiteralIndex
from dalian_report.indicators.safety import BUDGET_S, Match, OutOfBudgetError, Runner
from dalian_report.model import Kind, RegexPlan, Rule, Span

_GROWTH_UNITS: Final = ("%", "倍", "番", "")
_POINTS: Final = "个百分点"
_JOINS: Final = "、和与及或"
Region = tuple[int, int]
_BETWEEN: Final = "\0"  # no literal holds it


class Candidate(NamedTuple):
    """A metric that waits for its key: `name` and `extent` folded, the extent ending where the name ends."""

    name: str
    extent: str
    action: str | None
    base_unit: str
    kind: Kind


class Label(NamedTuple):
    """The rule that knows a figure; of two, the one of the lower `rank` does: longer match, then order."""

    rule: Rule
    rank: tuple[int, int]


class PatternHit(NamedTuple):
    """What a pattern rule found at `text[start:end]`, with the spans of its named groups."""

    rule: Rule
    start: int
    end: int
    value: Span
    unit: Span | None
    name: Span | None
    order: int

    @property
    def rank(self) -> tuple[int, int]:
        """The rank of the hit's label: longer matches come first, then earlier rules."""
        return (self.start - self.end, self.order)


class RuleEngine:
    """Runs rules over the names and the text of reports; one engine serves many reports.

    Call `begin_report` before each: it gives every rule its time back. A rule that runs out of it is
    skipped for the rest of the report and named in `notes`.
    """

    def __init__(self, rules: Sequence[Rule], *, slow: bool = False) -> None:
        self._slow = slow
        prepared = [Prepared(rule, order) for order, rule in enumerate(rules)]
        self._labellers = [one for one in prepared if one.rule.match is not None]
        self._finders = [one for one in prepared if one.rule.pattern is not None]
        self._label_index = LiteralIndex([one.literals for one in self._labellers])
        self._find_index = LiteralIndex([one.literals for one in self._finders])
        self._always = {number for number, one in enumerate(self._labellers) if not one.literals}
        self._timed = [one for one in prepared if not one.plan.safe]  # only these can run out of time
        self._notes: dict[str, str] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """The rules that ran out of time on this report, one line each."""
        return tuple(self._notes.values())

    def begin_report(self) -> None:
        """Give every rule its whole time budget again and forget the notes."""
        self._notes.clear()
        for prepared in self._timed:
            prepared.renew()

    def label(self, candidates: Sequence[Candidate]) -> list[Label | None]:
        """Return for each candidate the label of the match rule that it belongs to, or None.

        A rule fits when its regex matches a stretch that ends at the extent's end, or the whole name, and
        when action, kind and unit suit it. The longest match wins, then the order of the rules.
        """
        tried = self._rules_for(list(dict.fromkeys([text for one in candidates for text in _texts(one)])))
        return [self._label(candidate, tried) for candidate in candidates]

    def find(self, folded: str, start: int, end: int) -> list[PatternHit]:
        """Return what the pattern rules find in `folded[start:end]`, in text order, longer ones first."""
        found: list[tuple[int, int, int, PatternHit]] = []
        for prepared, spans in self._regions(folded, start, end):
            hits = self._hits(prepared, folded, spans)
            found += [(hit.start, -hit.end, prepared.order, hit) for hit in hits]
        return [hit for *_, hit in sorted(found, key=lambda one: one[:3])]

    def _hits(self, prepared: Prepared, folded: str, spans: Sequence[Region]) -> list[PatternHit]:
        """Return what one rule finds in the spans; nothing at all where its time runs out."""
        try:
            matches = [match for span in spans for match in prepared.runner.find(folded, *span)]
        except OutOfBudgetError:
            self._note(prepared.rule)
            return []
        hits = [_hit(prepared, match) for match in matches]
        return [hit for hit in hits if hit is not None]

    def _note(self, rule: Rule) -> None:
        self._notes[rule.key] = f"rule {rule.key}: out of time ({BUDGET_S} s a report), skipped"

    def _rules_for(self, texts: Sequence[str]) -> dict[str, list[Prepared]]:
        """Return for each text the match rules worth trying on it, in the order of the rules."""
        if self._slow:
            return dict.fromkeys(texts, self._labellers)
        starts, position = [], 0
        for text in texts:
            starts.append(position)
            position += len(text) + len(_BETWEEN)
        wanted: dict[str, set[int]] = {}
        for number, place in self._label_index.occurrences(_BETWEEN.join(texts)):
            text = texts[bisect_right(starts, place) - 1]
            if text not in wanted:
                wanted[text] = set(self._always)
            wanted[text].add(number)
        always = [self._labellers[number] for number in sorted(self._always)]
        found = {text: [self._labellers[one] for one in sorted(wanted[text])] for text in wanted}
        return {text: found.get(text, always) for text in texts}

    def _label(self, candidate: Candidate, tried: dict[str, list[Prepared]]) -> Label | None:
        best: Label | None = None
        for place, text in enumerate(_texts(candidate)):
            for prepared in tried[text]:
                if not suits(prepared.rule, candidate):
                    continue
                match = self._ending(prepared, text)
                if match is None or (place and match.start() > 0):
                    continue
                if only_last_of_several(candidate, text, match.start()):
                    continue
                rank = (match.start() - match.end(), prepared.order)
                if best is None or rank < best.rank:
                    best = Label(prepared.rule, rank)
        return best

    def _ending(self, prepared: Prepared, text: str) -> Match | None:
        try:
            return prepared.runner.ending(text)
        except OutOfBudgetError:
            self._note(prepared.rule)
            return None

    def _regions(self, folded: str, start: int, end: int) -> Iterator[tuple[Prepared, list[tuple[int, int]]]]:
        """Yield the pattern rules worth trying and where to try them."""
        whole = [(start, end)]
        if self._slow:
            for prepared in self._finders:
                yield prepared, whole
            return
        places: dict[int, list[int]] = {}
        for number, position in self._find_index.occurrences(folded[start:end]):
            places.setdefault(number, []).append(position + start)
        clauses = cache(lambda stops: _Clauses(folded, start, end, stops))
        for number, prepared in enumerate(self._finders):
            if not prepared.literals:
                yield prepared, whole
            elif number in places:
                stops = prepared.runner.stops
                yield prepared, clauses(stops).around(places[number]) if stops else whole


class Prepared:
    """A rule with its place in the order of the rules, and its runner, made when it is first tried."""

    __slots__ = ("_runner", "literals", "order", "plan", "rule")

    def __init__(self, rule: Rule, order: int) -> None:
        self.rule, self.order = rule, order
        self.plan = plan_of(rule)
        self.literals = self.plan.literals
        self._runner: Runner | None = None

    @property
    def runner(self) -> Runner:
        """What runs the regex."""
        if self._runner is None:
            self._runner = Runner(self.plan)
        return self._runner

    def renew(self) -> None:
        """Give the rule its whole time budget again."""
        if self._runner is not None:
            self._runner.left_s = BUDGET_S


class _Clauses:
    """The stretches between the clause marks `stops` in `folded[start:end]`."""

    def __init__(self, folded: str, start: int, end: int, stops: str) -> None:
        self._start, self._end = start, end
        found = re.compile(f"[{re.escape(stops)}]").finditer(folded, start, end)
        self._marks = [match.start() for match in found]

    def around(self, positions: Sequence[int]) -> list[Region]:
        """Return the clauses that hold the positions, each once, in text order."""
        spans = []
        for number in sorted({bisect_left(self._marks, position) for position in positions}):
            after = self._marks[number - 1] + 1 if number else self._start
            before = self._marks[number] if number < len(self._marks) else self._end
            spans.append((after, before))
        return spans


def plan_of(rule: Rule) -> RegexPlan:
    """Return the plan of a rule, made now where the rule was built without the configuration reader."""
    if rule.plan is not None:
        return rule.plan
    from dalian_report.config.regexes import plan_regex

    return plan_regex(rule.match or rule.pattern or "", on_names=rule.match is not None)


def _texts(candidate: Candidate) -> tuple[str, ...]:
    """Return the extent, and the name where it stands elsewhere: it must then be matched as a whole."""
    name, extent = candidate.name, candidate.extent
    return (extent,) if extent.endswith(name) else (extent, name)


def suits(rule: Rule, candidate: Candidate) -> bool:
    """Return whether action, kind and unit of a metric are those of the rule.

    What was closed down is no figure of a rule that names no action, nor what was added one of a stock.
    The rule's units are those of a level: a growth, a rank or a delta in points of a rate suit it too.
    """
    if rule.kinds and candidate.kind not in rule.kinds:
        return False
    if not unit_suits(rule, candidate):
        return False
    if rule.action is None:
        return came_or_went(rule, candidate) is None
    return acts(rule, candidate)


def unit_suits(rule: Rule, candidate: Candidate) -> bool:
    """Return whether the unit of a metric is one that the rule takes for its kind."""
    if candidate.kind == "growth":
        return candidate.base_unit in _GROWTH_UNITS
    if candidate.kind == "rank" or not rule.units or candidate.base_unit in rule.units:
        return True
    return candidate.kind == "delta" and candidate.base_unit == _POINTS and "%" in rule.units


def only_last_of_several(candidate: Candidate, text: str, start: int) -> bool:
    """Return whether a match at `start` covers only the last of the things that a figure counts together.

    孵化器和众创空间26家 are not 26 众创空间, nor is the rate of two things told together that of the last.
    """
    return start > len(text) - len(candidate.name) and text[start - 1] in _JOINS


def told_of(candidate: Candidate, actions: tuple[str, ...]) -> str | None:
    """Return which of some actions a metric is of, be it told by the verb or by the name (新增|就业岗位)."""
    if candidate.action in actions:
        return candidate.action
    if not candidate.name.startswith(actions):
        return None
    return next(action for action in actions if candidate.name.startswith(action))


def acts(rule: Rule, candidate: Candidate) -> bool:
    """Return whether a metric is of the action that a rule names, if any; 净增 is as good as 新增."""
    if rule.action is None:
        return True
    actions = _added() if rule.action == "新增" else (rule.action,)
    return told_of(candidate, actions) is not None


def came_or_went(rule: Rule, candidate: Candidate) -> str | None:
    """Return the action by which a level is what came or went of the thing that a rule counts, or None.

    淘汰水泥1700万吨 is no output of cement, 新增铁路里程280公里 no length of the railways.
    """
    if rule.action is not None or rule.counts == "closed" or candidate.kind not in ("level", "delta"):
        return None
    return told_of(candidate, _not_stock() if rule.counts == "stock" else _closed())


@cache
def _added() -> tuple[str, ...]:
    return tuple(load_data("deeds")["added"])


@cache
def _closed() -> tuple[str, ...]:
    return tuple(load_data("deeds")["closed"])


@cache
def _not_stock() -> tuple[str, ...]:
    return (*_closed(), *_added(), *load_data("deeds")["begun"])


def _hit(prepared: Prepared, match: Match) -> PatternHit | None:
    value = _group(prepared, match, "value")
    if value is None:
        return None
    unit, name = _group(prepared, match, "unit"), _group(prepared, match, "name")
    return PatternHit(prepared.rule, match.start(), match.end(), value, unit, name, prepared.order)


def _group(prepared: Prepared, match: Match, name: str) -> Span | None:
    """Return the span of a named group, None where there is none or it holds nothing."""
    if name not in prepared.runner.groups or match.start(name) == match.end(name):
        return None
    return Span(match.start(name), match.end(name))
