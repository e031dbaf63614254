"""`dreport rules list`, `check` and `test`: the rules in force, what is wrong with them, their examples."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from dalian_report import __version__
from dalian_report.config import Settings
from dalian_report.config.examples import Trial, count_examples, try_examples
from dalian_report.config.faults import faults_error
from dalian_report.document import build_report
from dalian_report.errors import DReportError, ExitCode, RulesError, counted
from dalian_report.indicators import RuleEngine, extract_metrics
from dalian_report.indicators.tracing import explain_rule, nearest_attempt
from dalian_report.model import Metric, Rule
from dalian_report.sources import make_source
from dalian_report.views import record_keys
from dalian_report.views.findings import (
    Finding,
    example_finding,
    fault_finding,
    finding_table,
    sarif_text,
)
from dalian_report.views.rules import (
    ExampleRecord,
    RuleRecord,
    example_record,
    example_table,
    rule_record,
    rule_table,
)

from .filters import known_keys
from .log import Log
from .options import Color, Json, Lang, OutputFile, RuleFilters, Settled, Writing, command
from .output import answer, write_text
from .reading import near, read_settings


class Gloss(NamedTuple):
    """Whether the English names are shown."""

    gloss: Annotated[bool, typer.Option("--gloss", help="Show the English name of each indicator.")] = False


class CheckWriting(NamedTuple):
    """How findings are written, and where."""

    format: Annotated[
        Literal["table", "json", "jsonl", "csv", "tsv", "md", "sarif"],
        typer.Option("--format", "-f", help="Format of the answer; sarif is for editors and CI."),
    ] = "table"
    json: Json = False
    output: OutputFile = None
    color: Color = "auto"
    lang: Lang = None


class Listing(NamedTuple):
    """Which examples are listed."""

    all: Annotated[
        bool, typer.Option("--all", help="List every example, not only those that need a look.")
    ] = False


@command
def list_rules(log: Log, settled: Settled, filters: RuleFilters, gloss: Gloss, writing: Writing) -> ExitCode:
    """List rules.

    A record holds the rule's regex with its macros expanded, the literals that each match must hold, and the
    number of its examples.
    """
    settings = read_settings(settled.config, log, examples=True)
    filters = filters._replace(key=known_keys(filters.key, filters.area, settings))
    folder = Path.cwd()
    rules = [rule for rule in settings.rules if filters.takes(rule)]
    records = [rule_record(rule._replace(origin=near(rule.origin, folder))) for rule in rules]
    with answer(writing, keys=record_keys(RuleRecord), inputs=settings.files) as sink:
        if records:
            sink.add(records, partial(rule_table, records, gloss=gloss.gloss))
    return log.finish(found=bool(records))


@command
def check_rules(log: Log, settled: Settled, filters: RuleFilters, writing: CheckWriting) -> ExitCode:
    """Check rules.

    Tells every fault of the configuration at once, each with its line; then what is doubtful in its rules
    (slow, untested, a unit or action that no figure has), and the examples that fail, but those of rules
    with faults. A doubt alone
    is exit 0. As a table faults and doubts go to stderr; the other formats hold them as records.
    """
    plain = writing.format == "table" and not writing.json
    try:
        settings = read_settings(settled.config, log, examples=True, tell=plain)
    except RulesError as error:
        if plain:
            raise
        tell_count(error, log)
        write_findings([fault_finding(fault) for fault in error.places], writing, ())
        return ExitCode.FAILED
    filters = filters._replace(key=known_keys(filters.key, filters.area, settings))
    chosen = [rule for rule in settings.rules if filters.takes(rule)]
    keys = {rule.key for rule in chosen}
    doubts = [fault for fault in settings.warnings if fault.key in keys or fault.key is None]
    trials = [trial for trial in tried(chosen, settings.rules) if trial.result == "failed"]
    failed = [example_finding(trial, why_failed(trial, settings.rules)) for trial in trials]
    if plain:
        if not log.quiet:
            log.faults(doubts)
        doubts = []
    faults = () if plain else settings.faults
    if faults:
        tell_count(faults_error(faults, str(settings.path)), log)
    write_findings([*map(fault_finding, (*faults, *doubts)), *failed], writing, settings)
    said = (
        f"{counted(len(chosen), 'rule')}, {counted(count_examples(chosen), 'example')}, {len(failed)} failed"
    )
    log.note(said)
    return ExitCode.FAILED if failed or settings.faults else ExitCode.FOUND


@command
def test_rules(
    log: Log, settled: Settled, filters: RuleFilters, listing: Listing, writing: Writing
) -> ExitCode:
    """Run the examples of rules.

    Each example runs with all rules in force. Listed are those that fail, with what was wanted, what came and
    the nearest miss, and those marked `todo: true` that now pass. A failure is exit 1.
    """
    settings = read_settings(settled.config, log, examples=True)
    filters = filters._replace(key=known_keys(filters.key, filters.area, settings))
    chosen = [rule for rule in settings.rules if filters.takes(rule)]
    trials = tried(chosen, settings.rules)
    shown = [one for one in trials if listing.all or one.result in ("failed", "todo passes")]
    records = [example_record(one, why_failed(one, settings.rules)) for one in shown]
    with answer(writing, keys=record_keys(ExampleRecord), inputs=settings.files) as sink:
        if records:
            sink.add(records, partial(example_table, records))
    count = {
        word: sum(one.result == word for one in trials)
        for word in ("passed", "failed", "todo", "todo passes")
    }
    done = f"{count['passed']} passed, {count['failed']} failed"
    todo = f", {count['todo']} todo" if count["todo"] else ""
    mended = f", {count['todo passes']} todo now pass: take their mark away" if count["todo passes"] else ""
    log.note(f"{counted(len(chosen), 'rule')}, {counted(len(trials), 'example')}: {done}{todo}{mended}")
    return log.finish(found=True, bad=count["failed"] > 0)


def tried(rules: Sequence[Rule], all_rules: Sequence[Rule]) -> list[Trial]:
    """Return how the examples of rules come out where all rules are in force."""
    engine = RuleEngine(all_rules)

    def extract(text: str) -> Sequence[Metric]:
        return extract_metrics(build_report(make_source(text)), engine).metrics

    return try_examples(rules, extract)


def why_failed(trial: Trial, rules: Sequence[Rule]) -> str:
    """Return why an example fails: how far its rule came, or that it knows what it should not."""
    if trial.result != "failed":
        return ""
    report = build_report(make_source(trial.example.text))
    attempts = explain_rule(trial.rule, report, rules)
    held = next((one for one in attempts if one.held), None)
    if trial.example.none:
        return f"it knows {held.figure} by the name {held.name}" if held else ""
    if trial.differs:
        return trial.differs
    if held is not None:
        return f"the rule knows {held.figure}"
    nearest = nearest_attempt(attempts)
    return nearest.reason if nearest else "the text holds no figure"


def tell_count(error: RulesError, log: Log) -> None:
    """Tell how many faults there are, which the answer holds as records."""
    log.report(DReportError(error.what, where=error.where))


def write_findings(
    findings: Sequence[Finding], writing: CheckWriting, settings: Settings | tuple[()]
) -> None:
    """Write findings in the format asked for."""
    files = settings.files if isinstance(settings, Settings) else ()
    if writing.format == "sarif" and not writing.json:
        write_text(sarif_text(findings, version=__version__), writing.output, files)
        return
    form = "table" if writing.format == "sarif" else writing.format
    plain = Writing(form, writing.json, writing.output, writing.color, lang=writing.lang)
    with answer(plain, keys=record_keys(Finding), inputs=files) as sink:
        if findings:
            sink.add(findings, partial(finding_table, findings))
