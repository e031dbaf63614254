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


THEMES: tuple[Theme, ...] = ("light", "dark")
SHOWN = {
    "summary": "dreport summary --section 7 --sentences 1 reports/dalian-2023.txt",
    "search": "dreport search 海洋 --kwic --sort right reports/dalian-2023.txt",
    "keywords": "dreport keywords --section 7 --top 6 reports/dalian-2023.txt",
    "trend": "dreport keywords --trend 绿色 --trend 平安 series",
}
PICTURES = (
    Picture("show.svg", "dreport show --section 5", 80),
    *(
        Picture(f"pictures/{name}-{columns}-{theme}.svg", command, columns, theme)
        for name, command in SHOWN.items()
        for columns in (80, 120)
        for theme in THEMES
    ),
)


Screens = Mapping[tuple[str, int], str]  # what each command shows at each width


def write_series(folder: Path) -> None:
    """Write the reports of a city that there is not, so that a trend has years to show."""
    (folder / "series").mkdir()
    for number, year in enumerate(range(2016, 2024)):
        sentences = ["全市经济平稳运行，各项工作有序开展，干部群众信心更足。"] * 12
        sentences += ["绿色发展的底色更亮。"] * (number * number // 4)
        sentences += ["平安建设的根基更牢。"] * (6 - abs(4 - number))
        text = f"青山市{year}年政府工作报告\n\n一、{year}年工作回顾\n\n{''.join(sentences)}\n"
        (folder / "series" / f"{year}.txt").write_text(text, encoding="utf-8")


def screens(folder: Path, environ: Mapping[str, str]) -> Screens:
    """Return what the commands of all pictures show, each run once for each width."""
    asked = dict.fromkeys((picture.command, picture.columns) for picture in PICTURES)
    return {(command, columns): screen(command, columns, folder, environ) for command, columns in asked}


def draw(picture: Picture, shown: Screens) -> None:
    """Write a picture: the command line, and what it shows below."""
    path = FOLDER / picture.name
    texts = [
        Text(f"$ {picture.command}", style="bold"),
        Text.from_ansi(shown[picture.command, picture.columns]),
    ]
    path.parent.mkdir(exist_ok=True)
    drawn = draw_texts(texts, picture.columns, theme=picture.theme, name=path.stem)
    path.write_text(drawn, encoding="utf-8", newline="\n")


def is_current(picture: Picture, shown: Screens) -> bool:
    """Return whether the picture shows what the command shows now, colours and layout apart.

    Bars are drawn as rectangles: they are not compared.
    """
    path = FOLDER / picture.name
    if not path.exists():
        return False
    pieces = re.findall(r"<text [^>]*>(.*?)</text>", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    there = html.unescape("".join(pieces))
    now = f"$ {picture.command}{shown[picture.command, picture.columns]}"
    return re.sub(r"\s", "", there) == re.sub(r"\x1b\[[0-9;]*m|[\s▁-▏]", "", now)


def screen(command: str, columns: int, folder: Path, environ: Mapping[str, str]) -> str:
    """Return what a command writes on a pseudo-terminal of that width, escapes included."""
    import pty  # not on Windows

    main, side = pty.openpty()
    line = [sys.executable, "-m", "dalian_report", *command.split()[1:]]
    environ = {**environ, "COLUMNS": str(columns)}
    with subprocess.Popen(line, stdin=side, stdout=side, stderr=side, cwd=folder, env=environ):
        os.close(side)
        shown = b""
        try:
            while part := os.read(main, 65536):
                shown += part
        except OSError:  # how Linux ends a pseudo-terminal
            pass
    os.close(main)
    text = shown.decode("utf-8").replace("\r\n", "\n")
    return re.sub(r"\r[^\r\n]*\x1b\[K", "", text).rstrip("\n")  # progress, which a slow machine shows
