"""Why a rule knows a figure or does not: the engine's steps, one by one, on the slow path.

Nothing here is on the way of an extraction. Each figure gets the steps that the rule takes on it, in the
order of the engine, up to the first that fails; the figure for which most of them hold is the nearest miss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from dalian_report.config.regexes import split_looks
from dalian_report.indicators.engine import (
    Candidate,
    Label,
    RuleEngine,
    acts,
    came_or_went,
    only_last_of_several,
    plan_of,
    unit_suits,
)
from dalian_report.indicators.metrics import extract_metrics
from dalian_report.indicators.safety import OutOfBudgetError, Runner
from dalian_report.indicators.stretches import Stretch, longest_stretch
from dalian_report.model import Metric, Report, Rule


class Step(NamedTuple):
    """One step of a rule on a figure: `detail` says what held, or what was in the way."""

    step: str
    held: bool
    detail: str


_NAMELESS: Final = "the figure has no name"
_OUT_OF_TIME: Final = Step("regex", held=False, detail="the regex ran out of time")


class Attempt(NamedTuple):
    """What a rule made of a figure at `start`; `key` is the one that the figure carries in the end."""

    figure: str
    name: str
    action: str | None
    start: int
    end: int
    steps: tuple[Step, ...]
    key: str | None

    @property
    def held(self) -> bool:
        """Whether every step held, so that the figure carries the rule's key."""
        return all(step.held for step in self.steps)

    @property
    def reached(self) -> int:
        """How many steps held."""
        return sum(step.held for step in self.steps)

    @property
    def reason(self) -> str:
        """The step that failed, in words; empty where none did."""
        return next((step.detail for step in self.steps if not step.held), "")


def explain_rule(rule: Rule, report: Report, rules: Sequence[Rule]) -> list[Attempt]:
    """Return what `rule`, one of the `rules` in force, made of the figures of a report, in text order.

    A match rule is tried on every figure that the grammar names. A pattern rule looks for its own: each place
    where its regex or the beginning of it matches is an attempt.
    """
    final = extract_metrics(report, RuleEngine(rules)).metrics
    if rule.match is None:
        return list(_pattern_attempts(rule, report, rules, final))
    return list(_match_attempts(rule, report, rules, final))


def nearest_attempt(attempts: Sequence[Attempt]) -> Attempt | None:
    """Return the attempt that came farthest, the first of those that came equally far."""
    return max(attempts, key=lambda attempt: attempt.reached, default=None)


class _Recorder(RuleEngine):
    """An engine that keeps what it was asked to label, and how it did."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        super().__init__(rules)
        self.asked: list[Candidate] = []
        self.given: list[Label | None] = []

    def label(self, candidates: Sequence[Candidate]) -> list[Label | None]:
        """Return the labels, having kept them."""
        labels = super().label(candidates)
        self.asked += candidates
        self.given += labels
        return labels


def _match_attempts(
    rule: Rule, report: Report, rules: Sequence[Rule], final: Sequence[Metric]
) -> Iterator[Attempt]:
    recorder = _Recorder([one for one in rules if one.match is not None])
    figures = extract_metrics(report, recorder).metrics  # without patterns: one for each candidate, in order
    keys = {(one.start, one.end, one.name): one.key for one in final}
    runner = Runner(plan_of(rule))
    for metric, candidate, label in zip(figures, recorder.asked, recorder.given, strict=True):
        steps = list(_match_steps(rule, runner, candidate))
        key = keys.get((metric.start, metric.end, metric.name))
        if all(step.held for step in steps):
            fitted = runner.ending(candidate.extent) or runner.ending(candidate.name)
            longer = bool(label and fitted and -label.rank[0] > fitted.end() - fitted.start())
            steps.append(_taken(rule, label.rule if label else None, key, longer=longer))
        yield _attempt(metric, steps, key)


def _match_steps(rule: Rule, runner: Runner, candidate: Candidate) -> Iterator[Step]:
    """Yield the steps on one figure, up to the first that fails."""
    for steps in (_literal_step, _regex_step, _alone_step, _action_step, _kind_step, _unit_step):
        step = steps(rule, runner, candidate)
        if step is not None:
            yield step
            if not step.held:
                return


def _literal_step(rule: Rule, _: Runner, candidate: Candidate) -> Step:
    literals = plan_of(rule).literals
    if not literals:
        return Step("literal", held=True, detail="the rule has no fixed characters to look for")
    for where, text in (("the name holds", candidate.name), ("before the name stands", candidate.extent)):
        found = next((one for one in literals if one in text), None)
        if found:
            return Step("literal", held=True, detail=f"{where} {found}")
    detail = f"the name {candidate.name} holds no {_listed(literals)}" if candidate.name else _NAMELESS
    return Step("literal", held=False, detail=detail)


def _regex_step(rule: Rule, runner: Runner, candidate: Candidate) -> Step:
    name, extent = candidate.name, candidate.extent
    try:
        match = runner.ending(extent)
        if match is None and not extent.endswith(name):
            match = runner.ending(name)
            match = match if match is not None and match.start() == 0 else None
        if match is not None:
            return Step(
                "regex", held=True, detail=f"match fits {_matched(extent, name, match.start(), match.end())}"
            )
        for inner in runner.find(name, 0, len(name)):
            rest = name[inner.end() :]
            found = name[inner.start() : inner.end()]
            if rest:
                return Step("regex", held=False, detail=f"match fits {found}, but the name goes on: {rest}")
    except OutOfBudgetError:
        return _OUT_OF_TIME
    return Step("regex", held=False, detail=_where_it_stops(rule, name))


def _matched(extent: str, name: str, start: int, end: int) -> str:
    text = extent if end == len(extent) else name
    return text[start:end]


def _alone_step(rule: Rule, runner: Runner, candidate: Candidate) -> Step | None:
    try:
        match = runner.ending(candidate.extent)
    except OutOfBudgetError:
        return None
    if match is None or not only_last_of_several(candidate, candidate.extent, match.start()):
        return None
    detail = f"the figure counts several things together: {candidate.name}"
    return Step("alone", held=False, detail=detail)


def _action_step(rule: Rule, _: Runner, candidate: Candidate) -> Step | None:
    word = came_or_went(rule, candidate)
    if word:
        what = "how many there are, not" if rule.counts == "stock" else "what there is, not"
        return Step("action", held=False, detail=f"the rule knows {what} what is told by {word}")
    if rule.action is None:
        return None
    if acts(rule, candidate):
        return Step("action", held=True, detail=f"the action is {candidate.action or rule.action}")
    there = f"is {candidate.action}" if candidate.action else "is not told"
    return Step("action", held=False, detail=f"the rule wants the action {rule.action}, which {there} here")


def _kind_step(rule: Rule, _: Runner, candidate: Candidate) -> Step | None:
    if not rule.kinds:
        return None
    held = candidate.kind in rule.kinds
    word = "is" if held else "wants"
    detail = f"the kind {word} {_listed(rule.kinds, ' or ')}" + (
        "" if held else f", this is a {candidate.kind}"
    )
    return Step("kind", held=held, detail=detail if held else detail.replace("the kind", "the rule"))


def _unit_step(rule: Rule, _: Runner, candidate: Candidate) -> Step | None:
    if not rule.units:
        return None
    unit = candidate.base_unit or "no unit"
    if unit_suits(rule, candidate):
        return Step("unit", held=True, detail=f"the unit {unit} suits a {candidate.kind}")
    detail = f"the rule wants a level in {_listed(rule.units)}, this is a {candidate.kind} in {unit}"
    return Step("unit", held=False, detail=detail)


def _taken(rule: Rule, winner: Rule | None, key: str | None, *, longer: bool = False) -> Step:
    """Return the last step: whether another rule took the figure, `longer` by fitting more of the name."""
    if key == rule.key:
        return Step("taken", held=True, detail=f"the figure carries the key {rule.key}")
    if winner is not None and winner.key != rule.key:
        how = "fits more of the name" if longer else "fits as much of the name and stands earlier"
        return Step("taken", held=False, detail=f"rule {winner.key} ({winner.origin}) took it: it {how}")
    by = f"rule {key}" if key else "a pattern rule"
    return Step("taken", held=False, detail=f"{by} took it with its pattern")


def _pattern_attempts(
    rule: Rule, report: Report, rules: Sequence[Rule], final: Sequence[Metric]
) -> Iterator[Attempt]:
    """Yield an attempt for each match of a pattern; for each beginning of one where there is none."""
    body = report.body
    engine = RuleEngine([rule], slow=True)
    hits = engine.find(report.simplified, body.start, body.end)
    if engine.notes:
        yield _nowhere(rule, report, _OUT_OF_TIME)
        return
    read = cache(lambda one: extract_metrics(report, RuleEngine([one])).metrics)
    alone = read(rule)
    for hit in hits:
        own = next((one for one in alone if one.key == rule.key and _within(one, hit.start, hit.end)), None)
        shown = report.text[hit.start : hit.end]
        steps = [Step("regex", held=True, detail=f"pattern fits {shown}")]
        if own is None:
            steps.append(_unsuited(rule, read, (hit.start, hit.end)))
            yield Attempt(shown, rule.name, None, hit.start, hit.end, tuple(steps), None)
            continue
        there = [one.key for one in final if (one.start, one.end) == (own.start, own.end)]
        key = rule.key if rule.key in there else next((one for one in there if one), None)
        steps.append(_taken(rule, None, key))
        yield _attempt(own, steps, key)
    if not hits:
        yield from _beginnings(rule, report)


def _within(metric: Metric, start: int, end: int) -> bool:
    return start <= metric.end and metric.start <= end


def _unsuited(rule: Rule, read: Callable[[Rule], Sequence[Metric]], place: tuple[int, int]) -> Step:
    """Return which demand of the rule a match does not meet: the one without which it would.

    `read` gives the metrics of the report with one rule alone.
    """
    relaxed = (
        ("unit", f"its unit is none of {_listed(rule.units)}", rule._replace(units=())),
        ("kind", f"its kind is none of {_listed(rule.kinds, ' or ')}", rule._replace(kinds=())),
        ("action", f"its action is not {rule.action}", rule._replace(action=None)),
    )
    for step, detail, other in relaxed:
        if other != rule and any(one.key == rule.key and _within(one, *place) for one in read(other)):
            return Step(step, held=False, detail=detail)
    return Step("value", held=False, detail="the group value holds no number, or the group unit no unit")


def _beginnings(rule: Rule, report: Report) -> Iterator[Attempt]:
    """Yield where a pattern that matches nowhere comes farthest."""
    stretch = longest_stretch(plan_of(rule).source, report.simplified, report.body.start, report.body.end)
    if stretch is None:
        literals, body = plan_of(rule).literals, report.simplified[slice(*report.body)]
        absent = literals and not any(one in body for one in literals)
        literal = Step("literal", held=False, detail=f"the text holds no {_listed(literals)}")
        regex = Step("regex", held=False, detail="the pattern fits nowhere")
        yield _nowhere(rule, report, literal if absent else regex)
        return
    shown = report.text[stretch.start : stretch.end]
    begins = Step("literal", held=True, detail=f"the pattern begins to fit: {shown}")
    stops = Step("regex", held=False, detail=_stops(stretch, report.simplified))
    yield Attempt(shown, rule.name, None, stretch.start, stretch.end, (begins, stops), None)


def _nowhere(rule: Rule, report: Report, step: Step) -> Attempt:
    """Return the attempt of a rule that fits no place of a report."""
    return Attempt("", rule.name, None, report.body.start, report.body.start, (step,), None)


def _where_it_stops(rule: Rule, name: str) -> str:
    if not name:
        return _NAMELESS
    source = plan_of(rule).source
    free, looks = split_looks(source)
    fit = longest_stretch(free, name, 0, len(name), whole=True)
    if fit is not None:
        stop = [look for look, alone in looks if not longest_stretch(alone, name, 0, len(name), whole=True)]
        told = _listed(stop or [look for look, _ in looks])
        return f"match would fit {name[fit.start : fit.end]}, but its {told} does not hold in {name}"
    stretch = longest_stretch(source, name, 0, len(name))
    if stretch is None:
        return f"match does not fit {name}"
    return f"match fits {name[stretch.start : stretch.end]} of {name}, then wants {stretch.wanted}"


def _stops(stretch: Stretch, folded: str) -> str:
    behind = folded[stretch.end : stretch.end + 8].partition("\n")[0] or "the end"
    return f"there stands {behind}, the pattern wants {stretch.wanted}"


def _attempt(metric: Metric, steps: Sequence[Step], key: str | None) -> Attempt:
    return Attempt(metric.text, metric.name, metric.action, metric.start, metric.end, tuple(steps), key)


def _listed(words: Sequence[str], by: str = "、", *, most: int = 6) -> str:
    """Return a few words joined, and how many more there are."""
    shown = by.join(words[:most])
    return f"{shown} (and {len(words) - most} more)" if len(words) > most else shown
