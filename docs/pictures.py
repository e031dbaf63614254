"""Pictures of real terminal output: a command runs on a pseudo-terminal, and what it showed is drawn."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from rich.text import Text

from dalian_report.views.terminal_svg import Theme, draw_texts

FOLDER = Path(__file__).resolve().parent


class Picture(NamedTuple):
    """An SVG file in docs/, the command it shows, the width of the terminal in columns, and the theme."""

    name: str
    command: str
    columns: int
    theme: Theme = "light"


PICTURES = (Picture("show.svg", "dreport show --section 5", 80),)


def draw(picture: Picture, folder: Path, environ: Mapping[str, str]) -> None:
    """Write the picture of its command, run in a folder."""
    shown = screen(picture, folder, environ)
    (FOLDER / picture.name).write_text(drawn(picture, shown), encoding="utf-8", newline="\n")


def drawn(picture: Picture, shown: str) -> str:
    """Return the picture of what a command has shown, with its command line above."""
    texts = [Text(f"$ {picture.command}", style="bold"), Text.from_ansi(shown)]
    name = Path(picture.name).stem
    return draw_texts(texts, picture.columns, theme=picture.theme, name=name)


def is_current(picture: Picture, folder: Path, environ: Mapping[str, str]) -> bool:
    """Return whether the picture shows what the command shows now, colours and layout apart."""
    path = FOLDER / picture.name
    if not path.exists():
        return False
    pieces = re.findall(r"<text [^>]*>(.*?)</text>", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    there = html.unescape("".join(pieces))
    shown = re.sub(r"\x1b\[[0-9;]*m", "", f"$ {picture.command}{screen(picture, folder, environ)}")
    return re.sub(r"\s", "", there) == re.sub(r"\s", "", shown)


def screen(picture: Picture, folder: Path, environ: Mapping[str, str]) -> str:
    """Return what the command writes on a pseudo-terminal of the picture's width, escapes included."""
    import pty  # not on Windows

    main, side = pty.openpty()
    command = [sys.executable, "-m", "dalian_report", *picture.command.split()[1:]]
    environ = {**environ, "COLUMNS": str(picture.columns)}
    with subprocess.Popen(command, stdin=side, stdout=side, stderr=side, cwd=folder, env=environ):
        os.close(side)
        shown = b""
        try:
            while part := os.read(main, 65536):
                shown += part
        except OSError:  # how Linux ends a pseudo-terminal
            pass
    os.close(main)
    return shown.decode("utf-8").replace("\r\n", "\n").rstrip("\n")
