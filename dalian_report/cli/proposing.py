"""`dreport rules suggest` and `new`: what no rule knows yet, and a rule for it."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, NamedTuple

import typer

from dalian_report.config import Settings
from dalian_report.config.examples import Trial
from dalian_report.config.regexes import plan_regex
from dalian_report.config.writing import write_rule
from dalian_report.errors import DReportError, ExitCode, UsageError, counted
from dalian_report.explore.unkeyed import Suggestion, Unkeyed, core_name, propose_rule, without_parts
from dalian_report.model import Metric, Rule
from dalian_report.views import record_keys
from dalian_report.views.rules import suggestion_table

from .log import Log
from .options import Inputs, Output, Settled, Writing, command
from .output import answer, write_text
from .reading import Chosen, Reading, read_settings
from .rules import tried


class Amount(NamedTuple):
    """How many names."""

    top: Annotated[int, typer.Option("--top", metavar="N", min=1, help="At most N names.")] = 50
    least: Annotated[
        int, typer.Option("--least", metavar="N", min=1, help="Only names met at least N times.")
    ] = 2


class Wish(NamedTuple):
    """For what a rule is wanted, and where its examples come from."""

    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="What is measured, as reports say it: 充电桩.", show_default=False
        ),
    ]
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            metavar="PATH",
            help="Report with such figures, - for standard input; repeatable.",
            show_default=False,
        ),
    ] = None
    key: Annotated[
        str | None, typer.Option("--key", metavar="KEY", help="Key of the new rule.", show_default=False)
    ] = None
    area: Annotated[
        str | None, typer.Option("--area", metavar="AREA", help="Area of the new rule.", show_default=False)
    ] = None


@command
def suggest(log: Log, inputs: Inputs, amount: Amount, writing: Writing) -> ExitCode:
    """Suggest rules.

    The commonest names that no rule knows, over all the reports: how often and in how many of them each
    stands, its units, and a clause with it. stderr says which share of the metrics has a key. For a rule
    see: rules new.
    """
    settings = read_settings(inputs.config, log)
    reading = Reading(inputs, settings, log)
    unkeyed = Unkeyed()

    def gather(chosen: Chosen) -> None:
        unkeyed.add(reading.extract(chosen))

    reports = sum(1 for _ in reading.each(gather))
    shown = unkeyed.suggestions(least=amount.least)[: amount.top]
    keys = record_keys(Suggestion)
    with answer(writing, keys=keys, inputs=reading.files, worth=reading.answered) as sink:
        if shown:
            sink.add(shown, partial(suggestion_table, shown))
    if unkeyed.metrics:
        share = 100 * unkeyed.keyed / unkeyed.metrics
        said = f"{counted(reports, 'report')}, {counted(unkeyed.metrics, 'metric')}: {share:.1f}% have a key"
        log.note(said)
    return reading.finish(found=bool(shown))


@command
def new(log: Log, wish: Wish, settled: Settled, output: Output) -> ExitCode:
    """Propose a rule.

    Finds the figures of that name in the reports, and writes a rule with regex, units and examples cut
    from their sentences, ready to stand under `rules:` in config.yaml. Examples that fail are left out.
    """
    if not any(map(str.isalnum, wish.name)):
        raise UsageError(f"no name to look for: {wish.name!r}", remedy="Give what is measured: 充电桩.")
    settings = read_settings(settled.config, log)
    reading = Reading(Inputs(wish.source, None, settled.config, None), settings, log)
    unkeyed, known, others = Unkeyed(), list[Metric](), list[Metric]()

    def gather(chosen: Chosen) -> None:
        metrics = reading.extract(chosen)
        unkeyed.add(metrics)
        others.extend(metrics)
        wanted = core_name(wish.name)
        known.extend(one for one in metrics if one.key and core_name(one.name).endswith(wanted))

    for _ in reading.each(gather):
        pass
    found, parts = without_parts(wish.name, unkeyed.named(wish.name))
    if not found:
        return _tell_missing(wish.name, known, reading, log)
    proposed = propose_rule(wish.name, found, others, key=_key(wish, settings), parts=parts)
    rule, missed = _checked(proposed, wish, settings)
    for trial in missed:
        log.note(f"the rule misses a figure of its name: {trial.example.text} gives {trial.got}")
    if all(example.none for example in rule.examples):
        return _refused(wish.name, log)
    text = write_rule(rule, comment="" if wish.key else log.say("name it in English: new_charging_piles"))
    write_text(text, output.output, reading.files)
    if not any(example.none for example in rule.examples):
        log.note("add an example of what it must not match: {text: …, none: true}")
    _tell_others(rule, found, log)
    units = f" in {'、'.join(rule.units)}" if rule.units else ""
    own = sum(one.action == rule.action for one in found)
    log.note(
        f"{counted(own, 'figure')}{units}; put it under rules: in config.yaml, then: "
        f"dreport rules test --key {rule.key}"
    )
    return reading.finish(found=True)


def _tell_missing(name: str, known: Sequence[Metric], reading: Reading, log: Log) -> ExitCode:
    """Say why there is nothing to make a rule of: a rule knows it already, or no figure has the name."""
    if known:
        one = known[0]
        log.note(f"{one.name} {one.text} is known already, by the rule {one.key} ({one.label})")
        log.note(f"see: dreport rules list --key {one.key}; to change it, write your own with replace: true")
    else:
        log.note(f"no figure has a name that ends with {name}: dreport show tells the names")
    return reading.finish(found=False)


def _refused(name: str, log: Log) -> ExitCode:
    """Say that no rule is proposed, as it would not know a single figure of its name."""
    what = f"no rule for {name}: it would know none of its figures by a clause with the name"
    log.report(DReportError(what, remedy="See: dreport show, and write a rule with pattern."))
    return ExitCode.NOTHING


def _key(wish: Wish, settings: Settings) -> str:
    """Return the key of a new rule: the one wished, else the first free one. Raises UsageError."""
    keys = {rule.key for rule in settings.rules}
    if wish.key is None:
        return next(key for number in range(1, len(keys) + 2) if (key := f"new_rule_{number}") not in keys)
    if wish.key in keys:
        raise UsageError(f"there is a rule {wish.key} already", remedy="Choose another key.")
    if not (wish.key.isascii() and wish.key.isidentifier() and wish.key == wish.key.lower()):
        raise UsageError(f"bad key {wish.key}", remedy="Write English words in lower case joined by _.")
    return wish.key


def _tell_others(rule: Rule, found: Sequence[Metric], log: Log) -> None:
    """Name the figures of the name that were told with another action, for which another rule is wanted."""
    for one in {metric.action: metric for metric in found if metric.action != rule.action}.values():
        what = f"{one.action or 'no action'}: {one.name} {one.text}"
        log.note(f"left out, as what came is not what there is ({what}); it may want a rule of its own")


def _checked(rule: Rule, wish: Wish, settings: Settings) -> tuple[Rule, list[Trial]]:
    """Return a rule without the examples that it fails, and how it misses its own figures."""
    rule = rule._replace(area=wish.area, plan=plan_regex(rule.match or "", on_names=True))
    trials = tried([rule], (rule, *settings.rules))
    kept = tuple(one.example for one in trials if one.result == "passed")
    missed = [one for one in trials if one.result == "failed" and not one.example.none]
    return rule._replace(examples=kept), missed
