"""`dreport rules`: the rules in force and their examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from dalian_report.config.examples import check_examples, count_examples
from dalian_report.document import build_report
from dalian_report.errors import ExitCode
from dalian_report.indicators import RuleEngine, extract_metrics
from dalian_report.model import Metric, Rule
from dalian_report.sources import make_source
from dalian_report.views import record_keys
from dalian_report.views.settings import (
    ExampleRecord,
    RuleRecord,
    example_table,
    rule_record,
    rule_table,
)

from .filters import refuse_unknown
from .log import Log, counted
from .options import RuleFilters, Settled, Writing, command
from .output import answer
from .reading import near, read_settings


@command
def list_rules(log: Log, settled: Settled, filters: RuleFilters, writing: Writing) -> ExitCode:
    """List rules.

    A record holds the rule's regex with its macros expanded and the number of its examples.
    """
    settings = read_settings(settled.config, log, examples=True)
    refuse_unknown(filters.key, filters.area, settings.rules)
    folder = Path.cwd()
    rules = [rule for rule in settings.rules if filters.takes(rule)]
    records = [rule_record(replace(rule, origin=near(rule.origin, folder))) for rule in rules]
    with answer(writing, keys=record_keys(RuleRecord), inputs=settings.files) as sink:
        if records:
            sink.add(records, partial(rule_table, records))
    return log.finish(found=bool(records))


@command
def check_rules(log: Log, settled: Settled, filters: RuleFilters, writing: Writing) -> ExitCode:
    """Check rules.

    A configuration with faults is told on stderr, a line for each fault, and ends with exit 2. Otherwise each
    rule must find its examples, and none in its examples without a value; those that fail are listed.
    """
    settings = read_settings(settled.config, log, examples=True)
    refuse_unknown(filters.key, filters.area, settings.rules)
    chosen = [rule for rule in settings.rules if filters.takes(rule)]
    failed = failed_examples(chosen, RuleEngine(settings.rules))
    with answer(writing, keys=record_keys(ExampleRecord), inputs=settings.files) as sink:
        if failed:
            sink.add(failed, partial(example_table, failed))
    log.note(
        f"{counted(len(chosen), 'rule')}, {counted(count_examples(chosen), 'example')}, {len(failed)} failed"
    )
    return ExitCode.FAILED if failed else ExitCode.FOUND


def failed_examples(rules: Sequence[Rule], engine: RuleEngine) -> list[ExampleRecord]:
    """Return the examples that do not come out as they say, in the order of the rules."""

    def extract(text: str) -> Sequence[Metric]:
        return extract_metrics(build_report(make_source(text)), engine).metrics

    return [
        ExampleRecord(
            type="example",
            key=failure.rule.key,
            text=failure.example.text,
            expected=failure.expected,
            found=failure.got,
            origin=failure.rule.origin,
        )
        for failure in check_examples(rules, extract)
    ]
