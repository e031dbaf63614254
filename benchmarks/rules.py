"""The rule engine against `re` looping over the rules: the same matches, at 20, 200 and 1,000 rules.

usage: python benchmarks/rules.py [--rounds N] [--shared DIR]

Match rules label the names that the grammar found, pattern rules search the whole text. The yardstick,
measured in the same run, compiles every rule with `re` and tries each on every name, or on the whole text.
Rules beyond the default packs have the shapes of theirs with other characters; a pattern rule is a match
rule, a gap, a number and a unit. Compiling is not counted, on either side. The reports: the sample, and with
DIR (DREPORT_SHARED, or ../shared) more.
Exit 0: the bars below hold and all matches are the same; 1: they do not.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from machine import describe_machine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dalian_report import load_rules, read_report  # noqa: E402 - the checkout is measured
from dalian_report.config.macros import expand  # noqa: E402
from dalian_report.config.regexes import RegexFault, plan_regex  # noqa: E402
from dalian_report.indicators import Candidate, RuleEngine, extract_metrics  # noqa: E402
from dalian_report.indicators.engine import Label, PatternHit, only_last_of_several, suits  # noqa: E402
from dalian_report.model import Report, Rule  # noqa: E402

COUNTS = (20, 200, 1000)
LEAST = {200: 8.0, 1000: 5.0}  # times faster than the yardstick
MOST_GROWTH = 10.0  # of the engine's time from the fewest to the most rules
HAN = re.compile(r"[\u4e00-\u9fff]")
MOST_REPORTS = 12
Place = tuple[int, int, int, str]  # the number of a text, start, end, and the key of the rule


def reports_of(shared: Path) -> list[Report]:
    """Return the sample and, where they are, reports spread over those beside the project."""
    paths = [ROOT / "reports" / "dalian-2023.txt"]
    found = [path for path in sorted((shared / "reports").rglob("*.txt")) if path.parent.name != "traps"]
    step = max(1, len(found) // MOST_REPORTS)
    return [read_report(path) for path in [*paths, *found[::step]][:MOST_REPORTS] if path.stat().st_size]


def match_rules(count: int) -> list[Rule]:
    """Return so many match rules: those of the packs, shuffled, then others of their shapes."""
    order = random.Random(1)
    pack = [rule for rule in load_rules() if rule.match is not None]
    order.shuffle(pack)
    rules = pack[:count]
    han = sorted({char for rule in pack for char in HAN.findall(rule.match or "")})
    while len(rules) < count:
        other = str.maketrans(dict(zip(han, order.sample(han, len(han)), strict=True)))
        for rule in pack[: count - len(rules)]:
            source = (rule.match or "").translate(other)
            rules.append(remade(rule, f"{rule.key}_{len(rules)}", source, pattern=False))
    return rules


def pattern_rules(rules: Sequence[Rule]) -> list[Rule]:
    """Return a pattern rule for each match rule."""
    made = []
    for rule in rules:
        units = "|".join(re.escape(unit) for unit in rule.units) or "[\u4e00-\u9fff]"
        tail = f"[^。；;，,]{{0,12}}?(?P<value>{{number}})(?P<unit>[万亿]{{0,2}}(?:{units}))"
        made.append(remade(rule, rule.key, expand(f"(?:{rule.match}){tail}", {}), pattern=True))
    return made


def remade(rule: Rule, key: str, source: str, *, pattern: bool) -> Rule:
    """Return a rule with another regex and no demands."""
    try:
        plan = plan_regex(source, on_names=not pattern)
    except RegexFault as fault:
        raise SystemExit(f"{key}: {fault}") from None
    return Rule(
        key=key,
        name=rule.name,
        english=None,
        area=None,
        units=rule.units,
        action=rule.action,
        match=None if pattern else source,
        pattern=source if pattern else None,
        kinds=rule.kinds,
        better=None,
        aliases=(),
        examples=(),
        origin="",
        plan=plan,
    )


class Names(RuleEngine):
    """An engine that keeps the names of a report, to label them again."""

    def __init__(self) -> None:
        super().__init__(())
        self.asked: list[Candidate] = []

    def label(self, candidates: Sequence[Candidate]) -> list[Label | None]:
        """Keep the names."""
        self.asked += candidates
        return super().label(candidates)


def looped_labels(rules: Sequence[Rule], names: Sequence[Candidate]) -> Callable[[], list[str | None]]:
    """Return the yardstick for match rules: every regex on every name, the longest match, then the order."""
    compiled = [(rule, re.compile(rf"(?:{rule.plan.source})\Z")) for rule in rules if rule.plan]

    def run() -> list[str | None]:
        return [looped_label(compiled, name) for name in names]

    return run


def looped_label(compiled: Sequence[tuple[Rule, re.Pattern[str]]], name: Candidate) -> str | None:
    """Return the key of one name."""
    best: tuple[int, int, str] | None = None
    apart = not name.extent.endswith(name.name)
    for order, (rule, regex) in enumerate(compiled):
        for text in (name.extent, name.name) if apart else (name.extent,):
            match = regex.search(text)
            if match is None or (text is not name.extent and match.start() > 0):
                continue
            if not suits(rule, name) or only_last_of_several(name, text, match.start()):
                continue
            rank = (match.start() - match.end(), order, rule.key)
            best = rank if best is None or rank < best else best
    return best[2] if best else None


def looped_hits(rules: Sequence[Rule], texts: Sequence[str]) -> Callable[[], list[Place]]:
    """Return the yardstick for pattern rules: every regex over every whole text."""
    compiled = [(rule.key, re.compile(rule.plan.source)) for rule in rules if rule.plan]

    def run() -> list[Place]:
        return [
            (number, match.start(), match.end(), key)
            for number, text in enumerate(texts)
            for key, regex in compiled
            for match in regex.finditer(text)
        ]

    return run


def timed(work: Callable[[], object], rounds: int) -> tuple[float, object]:
    """Return the best time in seconds, and the answer; a first run compiles what is not compiled yet."""
    answer = work()
    times = []
    for _ in range(rounds):
        start = perf_counter()
        answer = work()
        times.append(perf_counter() - start)
    return min(times), answer


def measure(kind: str, count: int, reports: Sequence[Report], rounds: int) -> tuple[float, float, int, bool]:
    """Return the seconds of engine and yardstick, the number of matches, and whether they are the same."""
    rules = match_rules(count)
    if kind == "names":
        engine, names = RuleEngine(rules), Names()
        for report in reports:
            extract_metrics(report, names)
        asked = names.asked

        def label() -> list[str | None]:
            engine.begin_report()
            return [one.rule.key if one else None for one in engine.label(asked)]

        fast, found = timed(label, rounds)
        slow, wanted = timed(looped_labels(rules, asked), 1)
        return fast, slow, sum(one is not None for one in found), found == wanted  # type: ignore[attr-defined]
    made = pattern_rules(rules)
    engine, texts = RuleEngine(made), [report.folded for report in reports]

    def find() -> list[tuple[int, PatternHit]]:
        engine.begin_report()
        return [(number, hit) for number, text in enumerate(texts) for hit in engine.find(text, 0, len(text))]

    fast, hits = timed(find, rounds)
    slow, wanted = timed(looped_hits(made, texts), 1)
    found = [(number, hit.start, hit.end, hit.rule.key) for number, hit in hits]  # type: ignore[attr-defined]
    return fast, slow, len(found), sorted(found) == sorted(wanted)  # type: ignore[call-overload]


def main() -> int:
    """Measure, print two Markdown tables, and judge them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="runs of the engine; the best counts (5)")
    default = Path(os.environ.get("DREPORT_SHARED") or ROOT.parent / "shared")
    parser.add_argument("--shared", type=Path, default=default, help="folder with reports/ of real reports")
    options = parser.parse_args()
    reports = reports_of(options.shared)
    chars = sum(len(report.folded) for report in reports)
    print(f"{describe_machine()}; {len(reports)} reports, {chars:,} characters; best of {options.rounds}")
    kept = True
    for kind, title in (("names", "match rules, on names"), ("texts", "pattern rules, on whole texts")):
        print(f"\n| {title} | engine ms | `re` ms | times faster | matches | same |")
        print("| ---: | ---: | ---: | ---: | ---: | --- |")
        costs = {}
        for count in COUNTS:
            fast, slow, found, same = measure(kind, count, reports, options.rounds)
            costs[count] = fast
            enough = slow / fast >= LEAST.get(count, 0)
            kept = kept and same and enough
            shown = "yes" if same else "NO"
            cells = (f"{count:,}", f"{fast * 1000:.1f}", f"{slow * 1000:.1f}", f"{slow / fast:.1f}")
            print(f"| {' | '.join(cells)} | {found:,} | {shown} |")
        growth = costs[COUNTS[-1]] / costs[COUNTS[0]]
        kept = kept and growth < MOST_GROWTH
        print(f"\nFrom {COUNTS[0]} to {COUNTS[-1]:,} rules the engine takes {growth:.1f} times as long.")
    print("\nkept" if kept else "\nBROKEN")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
