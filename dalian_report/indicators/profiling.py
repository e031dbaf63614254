"""What each rule costs and finds: tries, matches, hits, time, and which rules take figures from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from time import perf_counter

from dalian_report.indicators.engine import Candidate, Label, PatternHit, Prepared, Region, RuleEngine
from dalian_report.indicators.metrics import extract_metrics
from dalian_report.indicators.safety import Match
from dalian_report.model import Report, Rule


class RuleProfile:
    """One rule over the reports so far.

    `tried` counts the names or stretches of text that its regex ran on, `matched` those that it fitted,
    `hits` the metrics that carry its key. `lost_to` counts, for each rule, the figures that this one matched
    and the other took; `tied_with` those among them that both matched at the same length, so that the order
    decided. `skipped` counts the reports on which it ran out of time.
    """

    __slots__ = ("hits", "lost_to", "matched", "rule", "seconds", "skipped", "tied_with", "tried")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.tried = self.matched = self.hits = self.skipped = 0
        self.seconds = 0.0
        self.lost_to: Counter[str] = Counter()
        self.tied_with: Counter[str] = Counter()


class Profiler:
    """Profiles rules over reports, one after another."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.profiles = {rule.key: RuleProfile(rule) for rule in rules}
        self._engine = _ProfilingEngine(rules, self.profiles)

    def add(self, report: Report) -> tuple[str, ...]:
        """Extract the metrics of a report; return the notes on rules that ran out of time."""
        extraction = extract_metrics(report, self._engine)
        for metric in extraction.metrics:
            if metric.key is not None:
                self.profiles[metric.key].hits += 1
        for hit in self._engine.found:
            there = {one.key for one in extraction.metrics if hit.start <= one.end and one.start <= hit.end}
            if hit.rule.key not in there:
                self.profiles[hit.rule.key].lost_to.update(sorted(key for key in there if key))
        return extraction.notes


class _ProfilingEngine(RuleEngine):
    """An engine that keeps the time; its answers are those of any engine."""

    def __init__(self, rules: Sequence[Rule], profiles: dict[str, RuleProfile]) -> None:
        super().__init__(rules)
        self._profiles = profiles
        self._fitted: list[tuple[Prepared, int]] = []
        self.found: list[PatternHit] = []

    def find(self, folded: str, start: int, end: int) -> list[PatternHit]:
        """Return the hits, having kept them."""
        self.found = super().find(folded, start, end)
        return self.found

    def _label(self, candidate: Candidate, tried: dict[str, list[Prepared]]) -> Label | None:
        self._fitted.clear()
        label = super()._label(candidate, tried)
        for prepared, length in self._fitted if label else ():
            assert label is not None
            if prepared.rule.key != label.rule.key:
                profile = self._profiles[prepared.rule.key]
                profile.lost_to[label.rule.key] += 1
                profile.tied_with[label.rule.key] += length == -label.rank[0]
        return label

    def _ending(self, prepared: Prepared, text: str) -> Match | None:
        profile = self._profiles[prepared.rule.key]
        began = perf_counter()
        match = super()._ending(prepared, text)
        profile.seconds += perf_counter() - began
        profile.tried += 1
        if match is not None:
            profile.matched += 1
            self._fitted.append((prepared, match.end() - match.start()))
        return match

    def _hits(self, prepared: Prepared, folded: str, spans: Sequence[Region]) -> list[PatternHit]:
        profile = self._profiles[prepared.rule.key]
        began = perf_counter()
        hits = super()._hits(prepared, folded, spans)
        profile.seconds += perf_counter() - began
        profile.tried += len(spans)
        profile.matched += len(hits)
        return hits

    def _note(self, rule: Rule) -> None:
        super()._note(rule)
        self._profiles[rule.key].skipped += 1
