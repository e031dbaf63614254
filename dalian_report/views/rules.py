"""Rules, their examples, what they did to a text, and what they cost: as records and as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from dalian_report.config.examples import Result, Trial
from dalian_report.explore.unkeyed import Suggestion
from dalian_report.indicators.profiling import RuleProfile
from dalian_report.indicators.tracing import Attempt, Step
from dalian_report.model import Rule

from .cells import Part, one_line
from .table import Column, Row, Table, Title, plain_row

RULE_COLUMNS = (
    Column("键"),
    Column("指标", folds=True),
    Column("单位", folds=True),
    Column("行", right=True),
)
EXAMPLE_COLUMNS = (
    Column("键"),
    Column("例句", folds=True),
    Column("应为", right=True),
    Column("得到", folds=True),
    Column("原因", folds=True),
)
STEP_COLUMNS = (Column("步骤"), Column("结果"), Column("说明", folds=True))
PROFILE_COLUMNS = (
    Column("键"),
    Column("命中", right=True),
    Column("匹配", right=True),
    Column("尝试", right=True),
    Column("毫秒", right=True),
    Column("让与", folds=True),
)
SUGGESTION_COLUMNS = (
    Column("名称", folds=True),
    Column("次数", right=True),
    Column("报告", right=True),
    Column("单位"),
    Column("例句", folds=True),
)
_RESULT_WORDS: dict[Result, str] = {"passed": "", "failed": "", "todo": "待办", "todo passes": "待办已通过"}
_MOST_RIVALS = 3


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """A rule in force; `form` says whether `regex` is matched on names or makes metrics itself."""

    type: Literal["rule"]
    key: str
    name: str
    english: str | None
    area: str | None
    units: tuple[str, ...]
    action: str | None
    counts: str | None
    kinds: tuple[str, ...]
    better: str | None
    aliases: tuple[str, ...]
    form: Literal["match", "pattern"]
    regex: str
    literals: tuple[str, ...]
    examples: int
    origin: str


@dataclass(frozen=True, slots=True)
class ExampleRecord:
    """An example of a rule, how it came out, what was found, and the nearest miss (`why`)."""

    type: Literal["example"]
    key: str
    result: Result
    text: str
    expected: str
    found: str
    why: str
    origin: str


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """What a rule made of one figure; `held` says that every step did, `key` which rule has it in the end."""

    type: Literal["attempt"]
    rule: str
    held: bool
    figure: str
    name: str
    action: str | None
    start: int
    end: int
    key: str | None
    reason: str
    steps: tuple[Step, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ProfileRecord:
    """What a rule cost and found over all reports; `lost_to` and `tied_with` hold `key count`."""

    type: Literal["profile"]
    key: str
    name: str
    hits: int
    matched: int
    tried: int
    ms: float
    skipped: int
    lost_to: tuple[str, ...]
    tied_with: tuple[str, ...]
    literals: tuple[str, ...]
    origin: str


def rule_record(rule: Rule) -> RuleRecord:
    """Return a rule as a record."""
    return RuleRecord(
        type="rule",
        key=rule.key,
        name=rule.name,
        english=rule.english,
        area=rule.area,
        units=rule.units,
        action=rule.action,
        counts=rule.counts,
        kinds=rule.kinds,
        better=rule.better,
        aliases=rule.aliases,
        form="match" if rule.match is not None else "pattern",
        regex=rule.match if rule.match is not None else rule.pattern or "",
        literals=rule.plan.literals if rule.plan else (),
        examples=len(rule.examples),
        origin=rule.origin,
    )


def rule_table(rules: Iterable[RuleRecord], *, gloss: bool = False) -> Table:
    """Return rules in their order, a title for each area and file; an action stands before the name.

    With `gloss` the English name has a column of its own.
    """
    lines: list[Title | Row] = []
    for (area, file), group in groupby(rules, key=lambda rule: (rule.area, rule.origin.rpartition(":")[0])):
        place = "/".join(Path(file).parts[-2:])
        name = Part(one_line(area), "section") if area else Part("其他", "section", said=True)
        lines.append(Title(2, (name, Part(f"  {place}", "place"))))
        for rule in group:
            action = rule.action if rule.action and not rule.name.startswith(rule.action) else ""
            named = f"{action} {rule.name}".strip()
            english = (rule.english or "",) if gloss else ()
            line = rule.origin.rpartition(":")[2]
            lines.append(plain_row((rule.key, named, *english, "、".join(rule.units), line)))
    columns = (*RULE_COLUMNS[:2], Column("英文", folds=True), *RULE_COLUMNS[2:]) if gloss else RULE_COLUMNS
    return Table(columns, tuple(lines))


def example_record(trial: Trial, why: str) -> ExampleRecord:
    """Return how an example came out as a record."""
    return ExampleRecord(
        type="example",
        key=trial.rule.key,
        result=trial.result,
        text=trial.example.text,
        expected=trial.expected,
        found=trial.got,
        why=why,
        origin=trial.origin,
    )


def example_table(examples: Iterable[ExampleRecord]) -> Table:
    """Return examples with what they want and what came."""
    rows = []
    for item in examples:
        wanted, found = ((Part(one_line(text), said=True),) for text in (item.expected, item.found))
        state = _RESULT_WORDS[item.result]
        why = (*((Part(f"{state} ", said=True),) if state else ()), Part(one_line(item.why), said=True))
        rows.append(Row(((Part(item.key),), (Part(one_line(item.text)),), wanted, found, why)))
    return Table(EXAMPLE_COLUMNS, tuple(rows))


def attempt_record(attempt: Attempt, rule: Rule, source: str) -> AttemptRecord:
    """Return what a rule made of a figure as a record."""
    return AttemptRecord(
        type="attempt",
        rule=rule.key,
        held=attempt.held,
        figure=attempt.figure,
        name=attempt.name,
        action=attempt.action,
        start=attempt.start,
        end=attempt.end,
        key=attempt.key,
        reason=attempt.reason,
        steps=attempt.steps,
        source=source,
    )


def attempt_table(attempts: Iterable[AttemptRecord]) -> Table:
    """Return the steps on each figure, under a title that says what the figure is and whose it is."""
    lines: list[Title | Row] = []
    for item in attempts:
        action = f"{item.action} " if item.action else ""
        whose = Part(item.key, "place") if item.key else Part("无", "place", said=True)
        title = Part(one_line(f"{action}{item.name} {item.figure}".strip()), "section")
        place = Part(f"  {item.start}", "place")
        lines.append(Title(2, (title, Part("  → ", "place"), whose, place)))
        for step in item.steps:
            mark = Part("是" if step.held else "否", "up" if step.held else "down", said=True)
            detail = Part(one_line(step.detail), said=True)
            lines.append(Row(((Part(step.step, said=True),), (mark,), (detail,))))
    return Table(STEP_COLUMNS, tuple(lines))


def profile_record(profile: RuleProfile) -> ProfileRecord:
    """Return what a rule cost and found as a record."""
    rule = profile.rule
    return ProfileRecord(
        type="profile",
        key=rule.key,
        name=rule.name,
        hits=profile.hits,
        matched=profile.matched,
        tried=profile.tried,
        ms=round(profile.seconds * 1000, 3),
        skipped=profile.skipped,
        lost_to=_counted(profile.lost_to),
        tied_with=_counted(profile.tied_with),
        literals=rule.plan.literals if rule.plan else (),
        origin=rule.origin,
    )


def profile_table(profiles: Sequence[ProfileRecord]) -> Table:
    """Return rules with their hits and cost, a star behind a rival that only their order keeps off."""
    rows = []
    for item in profiles:
        tied = {entry.partition(" ")[0] for entry in item.tied_with}
        rivals = [f"{entry}{'*' if entry.partition(' ')[0] in tied else ''}" for entry in item.lost_to]
        shown = "、".join(rivals[:_MOST_RIVALS]) + (" …" if len(rivals) > _MOST_RIVALS else "")
        counts = (item.hits, item.matched, item.tried)
        rows.append(plain_row((item.key, *map(str, counts), f"{item.ms:.1f}", shown)))
    return Table(PROFILE_COLUMNS, tuple(rows))


def suggestion_table(suggestions: Iterable[Suggestion]) -> Table:
    """Return names without a rule, the commonest first; the action stands before the name."""
    rows = [
        plain_row(
            (
                f"{item.action} {item.name}" if item.action else item.name,
                str(item.count),
                str(item.reports),
                "、".join(item.units[:_MOST_RIVALS]),
                item.example,
            )
        )
        for item in suggestions
    ]
    return Table(SUGGESTION_COLUMNS, tuple(rows))


def _counted(counter: Counter[str]) -> tuple[str, ...]:
    return tuple(f"{key} {count}" for key, count in counter.most_common() if count)
