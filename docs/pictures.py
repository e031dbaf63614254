"""Pictures of real terminal output: a command runs on a pseudo-terminal, and Rich draws what it showed."""

from __future__ import annotations

import html
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

FOLDER = Path(__file__).resolve().parent


class Picture(NamedTuple):
    """An SVG file in docs/, the command it shows, and the width of the terminal in columns."""

    name: str
    command: str
    columns: int


PICTURES = (Picture("show.svg", "dreport show --section 5", 80),)

# Dark on light; the colours are dark enough to read on white (contrast 4.5 and more).
_INK, _GREY = (31, 35, 40), (87, 96, 106)
_COLORS = ((164, 14, 38), (17, 99, 41), (125, 78, 0), (5, 80, 174), (110, 42, 160), (8, 96, 110))
_THEME = TerminalTheme((255, 255, 255), _INK, [_INK, *_COLORS, _GREY], [_GREY, *_COLORS, _INK])
# No font is fetched: the names are those of monospaced CJK fonts that systems have.
_FORMAT = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="-18 -10 {terminal_width} {terminal_height}" role="img">
<style>
.{unique_id}-matrix {{ font-family: "Sarasa Mono SC", "Noto Sans Mono CJK SC", "Source Han Mono SC",
  "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; white-space: pre; }}
{styles}
</style>
<rect x="-18" y="-10" width="100%" height="100%" rx="8" fill="#ffffff" stroke="#d0d7de" stroke-width="2"/>
<g class="{unique_id}-matrix">
{matrix}
</g>
</svg>
"""
_CELL = 12.2  # the width of a column, as Rich draws it at this size
_TEXT = re.compile(
    r"""<text\ class="(?P<style>[^"]+)"\ x="(?P<x>[\d.]+)"\ y="(?P<y>[\d.]+)"[^>]*>(?P<text>.*?)</text>\s*""",
    re.VERBOSE | re.DOTALL,
)
_MARGIN = 3  # columns that the frame takes on both sides together


def draw(picture: Picture, folder: Path, environ: Mapping[str, str]) -> None:
    """Write the picture of its command, run in a folder."""
    console = Console(
        record=True,
        width=picture.columns + _MARGIN,
        file=Path(os.devnull).open("w", encoding="utf-8"),  # noqa: SIM115 - Rich wants a file that stays
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        _environ={},
    )
    console.print(Text(f"$ {picture.command}", style="bold"))
    console.print(Text.from_ansi(screen(picture, folder, environ)))
    console.print()
    drawn = console.export_svg(
        title=picture.command, theme=_THEME, code_format=_FORMAT, unique_id=picture.name.partition(".")[0]
    )
    console.file.close()
    (FOLDER / picture.name).write_text(_TEXT.sub(placed, drawn), encoding="utf-8", newline="\n")


def placed(element: re.Match[str]) -> str:
    """Return the text element as one for each run of wide or narrow characters, every character placed.

    Rich gives a wide character the width of a narrow one; and fonts differ in how wide theirs are.
    """
    place, elements = float(element["x"]), []
    text = html.unescape(element["text"]).replace("\xa0", " ").rstrip("\n")
    for width, run in itertools.groupby(text, cell_len):
        chars = "".join(run)
        for piece in re.finditer(r"\S+(?: \S+)*", chars):
            cells = range(piece.start(), piece.end())
            x = " ".join(f"{place + cell * width * _CELL:.1f}" for cell in cells)
            elements.append(
                f'<text class="{element["style"]}" x="{x}" y="{element["y"]}">'
                f"{html.escape(piece.group(), quote=False)}</text>\n"
            )
        place += len(chars) * width * _CELL
    return "".join(elements)


def is_current(picture: Picture, folder: Path, environ: Mapping[str, str]) -> bool:
    """Return whether the picture shows what the command shows now, colours and layout apart."""
    path = FOLDER / picture.name
    if not path.exists():
        return False
    pieces = re.findall(r"<text [^>]*>(.*?)</text>", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    drawn = html.unescape("".join(pieces))
    shown = re.sub(r"\x1b\[[0-9;]*m", "", f"$ {picture.command}{screen(picture, folder, environ)}")
    return re.sub(r"\s", "", drawn) == re.sub(r"\s", "", shown)


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
