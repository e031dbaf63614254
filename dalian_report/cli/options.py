"""The common options, each defined once, in groups that a command takes by naming them as parameters.

A group is a NamedTuple of typer options. `command` lets a function take groups, and spreads their fields
into one command line: `def sections(log: Log, inputs: Inputs, writing: Writing) -> ExitCode`. This module
has no `from __future__ import annotations`: the annotations are the options.
"""

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple, get_type_hints

import typer

from dalian_report.errors import ExitCode
from dalian_report.model import KINDS, STATUSES, Rule
from dalian_report.views import Format, Language, Theme

from .log import Log

Config = Annotated[
    str | None,
    typer.Option("--config", "-c", metavar="FILE", help="Configuration to use.", show_default=False),
]
Key = Annotated[
    list[str] | None,
    typer.Option(
        "--key", metavar="KEY", help="Only indicators with this key; repeatable.", show_default=False
    ),
]
Area = Annotated[
    list[str] | None,
    typer.Option(
        "--area",
        metavar="AREA",
        help="Only indicators of this area (生态环境); repeatable.",
        show_default=False,
    ),
]

Lang = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        help="Language of headings, messages and help; by default that of the locale.",
        show_default=False,
    ),
]


Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding", metavar="NAME", help="Encoding of the files: gb18030, big5, …", show_default=False
    ),
]
ColumnRole = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="ROLE=NAME",
        help="Column of a table by what it holds: text, title, region, year, date; repeatable.",
        show_default=False,
    ),
]
Normalize = Annotated[
    bool,
    typer.Option(
        "--normalize", help="Read a repaired view: wrapped lines joined, 5 . 5% as 5.5%, &nbsp; as a space."
    ),
]


def one_of(flag: str, choices: Sequence[str], *, help: str, metavar: str = "") -> Any:
    """Return a repeatable option of a few words; typer takes no list of a Literal."""

    def parse(value: str) -> str:
        if value not in choices:
            raise typer.BadParameter(f"{value!r} is not one of {', '.join(choices)}.")
        return value

    def complete(incomplete: str) -> list[str]:
        return [choice for choice in choices if choice.startswith(incomplete)]

    metavar = metavar or f"[{'|'.join(choices)}]"
    return typer.Option(
        flag, parser=parse, autocompletion=complete, metavar=metavar, help=help, show_default=False
    )


class Talking(NamedTuple):
    """How much is said on stderr."""

    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing on stderr but errors, also with -v.")
    ] = False
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say what was read and how; tracebacks of errors.")
    ] = False
    lang: Lang = None


class Settled(NamedTuple):
    """Which configuration."""

    config: Config = None


class Inputs(NamedTuple):
    """Which reports, and which parts of them."""

    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Files, folders, globs, - for standard input; none: the configured reports.",
            show_default=False,
        ),
    ] = None
    section: Annotated[
        list[str] | None,
        typer.Option(
            "--section",
            metavar="SECTION",
            help="Only this section: 5, 五, 2.5, 4-6, 2.4-2.5, h1 or a word of its heading; repeatable.",
            show_default=False,
        ),
    ] = None
    config: Config = None
    encoding: Encoding = None
    column: ColumnRole = None
    normalize: Normalize = False
    all_copies: Annotated[
        bool, typer.Option("--all-copies", help="Where a file has its body twice, read every copy.")
    ] = False


class Tables(NamedTuple):
    """How files are read, for a command that has no sections."""

    encoding: Encoding = None
    column: ColumnRole = None
    normalize: Normalize = False


class Filters(NamedTuple):
    """Which metrics."""

    key: Key = None
    area: Area = None
    kind: Annotated[
        list[str] | None, one_of("--kind", KINDS, help="Only metrics of this kind; repeatable.")
    ] = None
    status: Annotated[
        list[str] | None, one_of("--status", STATUSES, help="Only metrics of this status; repeatable.")
    ] = None
    ambiguous: Annotated[
        bool | None,
        typer.Option(
            "--ambiguous/--no-ambiguous",
            help="Only metrics worth checking by eye (marked ?), or only the others.",
            show_default=False,
        ),
    ] = None


class RuleFilters(NamedTuple):
    """Which rules."""

    key: Key = None
    area: Area = None

    def takes(self, rule: Rule) -> bool:
        """Return whether a rule passes both filters."""
        return (not self.key or rule.key in self.key) and (not self.area or rule.area in self.area)


Json = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
OutputFile = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write here, not to standard output.", show_default=False
    ),
]
Color = Annotated[Literal["auto", "always", "never"], typer.Option("--color", help="Colours in tables.")]


class Output(NamedTuple):
    """Where an answer of one format goes."""

    output: OutputFile = None


class Writing(NamedTuple):
    """How the answer is written, and where."""

    format: Annotated[Format, typer.Option("--format", "-f", help="Format of the answer.")] = "table"
    json: Json = False
    output: OutputFile = None
    color: Color = "auto"
    columns: Annotated[
        int | None,
        typer.Option(
            "--columns", metavar="N", min=20, help="Width of tables and pictures.", show_default=False
        ),
    ] = None
    svg: Annotated[
        str | None,
        typer.Option(
            "--svg", metavar="FILE", help="Draw the table or chart as a picture here.", show_default=False
        ),
    ] = None
    theme: Annotated[Theme, typer.Option("--theme", help="Colours of the picture.")] = "light"
    lang: Lang = None


def command(function: Callable[..., ExitCode]) -> Callable[..., ExitCode]:
    """Return the function as typer sees it: one parameter for each option of the groups it takes.

    Its parameter `log: Log` adds `--quiet` and `--verbose`. The exit code goes through.
    """
    groups = _groups(function)
    spread = {"ctx": inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)}
    for group in groups.values():  # an option that two groups have is one
        defaults = group._field_defaults
        for name, annotation in get_type_hints(group, include_extras=True).items():
            default = defaults.get(name, inspect.Parameter.empty)
            kind = inspect.Parameter.KEYWORD_ONLY
            spread.setdefault(name, inspect.Parameter(name, kind, default=default, annotation=annotation))

    def run(ctx: typer.Context, **values: Any) -> ExitCode:
        log: Log = ctx.find_root().obj
        values["lang"] = log.language  # that of the run, as the command line or the locale names it
        arguments = {
            name: group(**{field: values[field] for field in group._fields}) for name, group in groups.items()
        }
        talking = arguments.pop("log")
        log.quiet, log.verbose = talking.quiet, talking.verbose and not talking.quiet
        return function(log=log, **arguments)

    functools.update_wrapper(run, function)
    run.__annotations__ = {}
    del run.__wrapped__  # type: ignore[attr-defined]
    run.__signature__ = inspect.Signature(list(spread.values()))  # type: ignore[attr-defined]
    return run


def _groups(function: Callable[..., ExitCode]) -> Mapping[str, Any]:
    """Return the option group of each parameter; the log stands for the options of `Talking`, last."""
    annotations = inspect.get_annotations(function, eval_str=True)
    groups = {name: group for name, group in annotations.items() if name not in ("log", "return")}
    return {**groups, "log": Talking}
