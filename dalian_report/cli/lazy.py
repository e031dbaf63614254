"""A command group that imports a command's module only when that command runs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from .commands import COMMANDS, EXIT_CODES, RULES_COMMANDS, Entry
from .options import Lang

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

SETTINGS = {"help_option_names": ["-h", "--help"]}


class ClosedPipe(Exception):
    """The reader of our output has gone; raised in place of BrokenPipeError, which typer ends with exit 1."""


class FoldedHelp:
    """A command whose help is folded by terminal cells."""

    def get_help(self, ctx: Context) -> str:
        """Return the help."""
        from .help import formatter_in

        ctx.formatter_class = formatter_in(ctx.find_root().obj.language if ctx.find_root().obj else "en")
        help_of: Any = super()
        text: str = help_of.get_help(ctx)
        return text


class LazyCommand(FoldedHelp, TyperCommand):
    """A command of the table."""


class LazyGroup(FoldedHelp, TyperGroup):
    """A group whose commands stand in a table; help and completion of names need no import."""

    entries: ClassVar[Mapping[str, Entry]] = {}

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(self.entries)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Import and return a command, or None where the table has no such name."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        if not entry.function:
            return build_group(cmd_name, entry)
        return build_command(cmd_name, entry)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find the command named first in `args`; an unknown one is refused with the nearest name."""
        name = args[0]
        if name not in self.entries and not name.startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(name, self.entries, n=1)
            ctx.fail(f"no command {name!r}" + (f", did you mean {near[0]!r}" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the purposes from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.purpose) for name, entry in self.entries.items()])


class RootGroup(LazyGroup):
    """The `dreport` group: also tells a closed pipe from other failures before typer does."""

    entries = COMMANDS

    def make_context(self, *args: Any, **kwargs: Any) -> Context:
        """Parse the command line (`--help` and `--version` write here)."""
        try:
            return super().make_context(*args, **kwargs)
        except BrokenPipeError:
            raise ClosedPipe from None

    def invoke(self, ctx: Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ClosedPipe from None


class RulesGroup(LazyGroup):
    """The `dreport rules` group."""

    entries = RULES_COMMANDS


def build_command(name: str, entry: Entry) -> Command:
    """Return the command of a table entry, its module imported and its help set from the table."""
    module = import_module(f"dalian_report.cli.{entry.module}")
    app = _app()
    function = getattr(module, entry.function)
    app.command(name, cls=LazyCommand, help=_help(entry, function.__doc__ or ""), epilog=_epilog(entry))(
        function
    )
    return get_command(app)


def build_group(name: str, entry: Entry) -> Command:
    """Return a group below the root, whose own commands are loaded lazily too."""
    app = _app(cls=RulesGroup)
    app.callback(help=entry.purpose, epilog=_epilog(entry))(_nothing)
    group = get_command(app)
    group.name = name
    return group


def _app(cls: type[TyperGroup] | None = None) -> typer.Typer:
    return typer.Typer(
        cls=cls,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=SETTINGS,
    )


def _nothing(*, lang: Lang = None) -> None:
    """Do nothing: the language is read from the command line before all else."""


def _help(entry: Entry, doc: str) -> str:
    """Return the purpose and what the function's docstring says beyond its first line."""
    _, _, more = doc.partition("\n\n")
    return f"{entry.purpose}\n\n{more}"


def _epilog(entry: Entry) -> str:
    return f"Example: {entry.example}\n\n{entry.exit_codes or EXIT_CODES}"
