"""`dreport --show-completion SHELL`: typer's own options take no shell and go by the one that runs them."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from dalian_report.errors import ExitCode, UsageError

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
_VARIABLE = "_DREPORT_COMPLETE"


def complete_for(arguments: Sequence[str]) -> ExitCode:
    """Show or install the completion of the shell that is named; raises UsageError for one not known."""
    # typer re-exports them, if without saying so
    from typer.completion import get_completion_script, install  # type: ignore[attr-defined]

    option, shell = arguments
    if shell not in SHELLS:
        raise UsageError(f"no completion for the shell {shell!r}", remedy=f"Known are {', '.join(SHELLS)}.")
    if option == "--show-completion":
        typer.echo(get_completion_script(prog_name="dreport", complete_var=_VARIABLE, shell=shell))
    else:
        _, path = install(shell=shell, prog_name="dreport", complete_var=_VARIABLE)
        typer.echo(f"{shell} completion installed in {path}")
    return ExitCode.FOUND
