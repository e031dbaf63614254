"""Lines in colour. The only module that imports Rich; report text reaches it as `Text`, never as markup."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text

from .cells import Part

# Colours of the terminal's own palette, so that light and dark themes both read. Nothing is told by
# colour alone: signs and words say it too.
STYLES = {
    "report": "bold",
    "section": "bold cyan",
    "topic": "italic",
    "head": "dim",
    "action": "cyan",
    "label": "bold",
    "up": "green",
    "down": "red",
    "target": "yellow",
    "other": "dim",
    "place": "dim",
    "hit": "bold yellow",
    "bar": "cyan",
}


class _Painter(Console):
    """A console that leaves it to us what a closed pipe means; Rich would end the process with exit 1."""

    def on_broken_pipe(self) -> None:
        """Raise what the stream has raised."""
        raise BrokenPipeError(errno.EPIPE, "closed")


def paint(lines: Iterable[Sequence[Part]], stream: TextIO) -> None:
    """Write the lines to the stream with colours; the characters are those of the plain lines."""
    console = _Painter(
        file=stream,
        force_terminal=True,
        color_system="standard",
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=True,
        _environ={},  # whether to colour has been decided: no NO_COLOR, TERM or COLUMNS here
    )
    for line in lines:
        text = Text(no_wrap=True, end="\n")
        for part in line:
            text.append(part.text, style=STYLES.get(part.style, ""))
        console.print(text, overflow="ignore", crop=False)
