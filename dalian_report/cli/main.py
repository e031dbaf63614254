"""The one place where errors become text and exit codes, and where the streams are set up."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from dalian_report import __version__
from dalian_report.errors import DReportError, ExitCode
from dalian_report.views import language_of

from .commands import COMMANDS, RULES_COMMANDS
from .lazy import SETTINGS, ClosedPipe, RootGroup
from .log import Log
from .options import Lang


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `dreport` and return its exit code: 0 found, 1 nothing found, 2 failed, 130 interrupted.

    Never raises for an error that a user can meet; a traceback shows with `--verbose` alone.
    """
    set_streams()
    given = sys.argv[1:] if arguments is None else list(arguments)
    log = Log()
    log.language = language_of(os.environ, given)
    try:
        code = _run(given, log)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (ClosedPipe, BrokenPipeError):
        _abandon_stdout()
        return ExitCode.FOUND
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except DReportError as error:
        log.report(error)
        if log.verbose:
            log.traceback(error)
        return error.exit_code
    except OSError as error:
        _abandon_stdout()
        log.report(DReportError(error.strerror or str(error), where=error.filename or "standard output"))
        if log.verbose:
            log.traceback(error)
        return ExitCode.FAILED
    except Exception as error:  # a fault of ours: Python would exit with 1, which says "nothing found"
        what = f"internal error: {type(error).__name__}: {error}"
        log.report(DReportError(what, remedy="Please report it, with what --verbose adds."))
        if log.verbose:
            log.traceback(error)
        return ExitCode.FAILED
    return code


def _run(arguments: list[str], log: Log) -> int:
    """Run the command line; usage errors are told here, all else is raised."""
    if len(arguments) == 2 and arguments[0] in ("--show-completion", "--install-completion"):
        from .completion import complete_for

        return complete_for(arguments)
    command = get_command(app())
    try:
        result = command.main(args=arguments, prog_name="dreport", standalone_mode=False, obj=log)
    except TyperException as error:
        return _tell_usage(error, arguments, log)
    except typer.Abort:
        return ExitCode.INTERRUPTED
    except SystemExit as error:  # shell completion leaves this way
        return error.code if isinstance(error.code, int) else 0
    return int(result) if result is not None else ExitCode.FOUND


def app() -> typer.Typer:
    """Return the `dreport` application; its commands are imported when they run."""
    root = typer.Typer(
        cls=RootGroup,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=SETTINGS,
    )
    root.callback(
        help="Read Chinese government work reports and turn their prose into indicators.",
        epilog="Example: dreport show --section 5\n\nHelp of a command: dreport show --help\n\n"
        "Completion of a shell by name: dreport --show-completion zsh",
        no_args_is_help=True,
    )(_options)
    return root


def _show_version(*, value: bool) -> None:
    if value:
        typer.echo(f"dreport {__version__}")
        raise typer.Exit


def _options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=lambda value: _show_version(value=value),
            is_eager=True,
            help="Show the version.",
        ),
    ] = False,
    lang: Lang = None,
) -> None:
    """Take the options that stand before a command; the language is read before all else."""


def _tell_usage(error: TyperException, arguments: Sequence[str], log: Log) -> int:
    """Write a usage error as one line with where to find help; return its exit code."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.format_message(), err=True)
        return ExitCode.FAILED
    path = context.command_path if context is not None else _command_path(arguments)
    message = error.format_message().rstrip(".")
    misplaced = type(error).__name__ == "NoSuchOption" and path in ("dreport", "dreport rules")
    order = f"Options stand behind the command: {path} COMMAND OPTION." if misplaced else ""
    help = f"See: {path} --help"
    log.report(DReportError(message, remedy=f"{order} {help}" if order else help))
    return ExitCode.FAILED


def _command_path(arguments: Sequence[str]) -> str:
    """Return the command that a command line names, for an error that does not know its own."""
    name = next((word for word in arguments if word in COMMANDS), "")
    rest = arguments[arguments.index(name) + 1 :] if name == "rules" else ()
    inner = next((word for word in rest if word in RULES_COMMANDS), "")
    return " ".join(filter(None, ("dreport", name, inner)))


def set_streams() -> None:
    """Make stdout and stderr UTF-8 whatever the locale says, newlines as they are written.

    What UTF-8 cannot hold, the lone surrogates of a file name in another encoding, is written out
    (`\\udce4`), so that the output is UTF-8 in every case.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")


def _abandon_stdout() -> None:
    """Point stdout at nothing, so that the flush at exit finds no closed pipe."""
    try:
        number = sys.stdout.fileno()
    except (AttributeError, OSError, ValueError):
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, number)
    os.close(nothing)
