"""Lines as an SVG picture, in light or dark, every character placed so that columns hold in any font."""

from __future__ import annotations

import html
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from .cells import Part
from .terminal import STYLES

Theme = Literal["light", "dark"]

# No font is fetched: the names are those of monospaced CJK fonts that systems have.
_FONTS = (
    '"Sarasa Mono SC", "Noto Sans Mono CJK SC", "Source Han Mono SC", "PingFang SC", "Microsoft YaHei", '
    '"WenQuanYi Zen Hei Mono", Menlo, Consolas, monospace'
)
_FORMAT = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 -10 WIDTH {terminal_height}" role="img">
<style>
.{unique_id}-matrix {{ font-family: FONTS;
  font-size: {char_height}px; line-height: {line_height}px; white-space: pre; }}
{styles}
</style>
<rect x="-16" y="-10" width="100%" height="100%" rx="8" fill="PAPER" stroke="FRAME" stroke-width="2"/>
<g class="{unique_id}-matrix">
{matrix}
</g>
</svg>
"""
# The width of a column as Rich draws it, and as we do: a CJK character is as wide as it is high, two columns.
_DRAWN_CELL, _CELL = 12.2, 10.0
_LINE, _DESCENT = 20.0, 4.0  # the height of a full block, and how far it reaches below the base line
_WIDTHS = {char: eighths / 8 for eighths, char in enumerate("▏▎▍▌▋▊▉█", 1)}
_HEIGHTS = {char: eighths / 8 for eighths, char in enumerate("▁▂▃▄▅▆▇", 1)}
# Marks that a Chinese font draws as wide as a character and a terminal in one column.
_LATIN = "font-family:Menlo,Consolas,'DejaVu Sans Mono',monospace;font-size:16px"
_MARGIN = 3  # columns that the frame takes on both sides together
_TEXT = re.compile(
    r"""<text\ class="(?P<style>[^"]+)"\ x="(?P<x>[\d.]+)"\ y="(?P<y>[\d.]+)"[^>]*>(?P<text>.*?)</text>\s*""",
    re.VERBOSE | re.DOTALL,
)

Color = tuple[int, int, int]


def _theme(paper: Color, ink: Color, grey: Color, colors: tuple[Color, ...]) -> TerminalTheme:
    return TerminalTheme(paper, ink, [ink, *colors, grey], [grey, *colors, ink])


# Every colour has a contrast of 4.5 and more on its paper; in the order of ANSI: red, green, yellow, blue, …
_THEMES = {
    "light": _theme(
        (255, 255, 255),
        (31, 35, 40),
        (87, 96, 106),
        ((164, 14, 38), (17, 99, 41), (125, 78, 0), (5, 80, 174), (110, 42, 160), (8, 96, 110)),
    ),
    "dark": _theme(
        (13, 17, 23),
        (230, 237, 243),
        (145, 152, 161),
        ((255, 123, 114), (86, 211, 100), (227, 179, 65), (121, 192, 255), (210, 168, 255), (57, 197, 207)),
    ),
}
_FRAMES = {"light": "#d0d7de", "dark": "#30363d"}


def draw_lines(lines: Iterable[Sequence[Part]], width: int, *, theme: Theme) -> str:
    """Return the lines as an SVG document of `width` columns."""
    texts = []
    for line in lines:
        text = Text(no_wrap=True)
        for part in line:
            text.append(part.text, style=STYLES.get(part.style, ""))
        texts.append(text)
    return draw_texts(texts, width, theme=theme, name="dreport")


def draw_texts(texts: Iterable[Text], width: int, *, theme: Theme, name: str) -> str:
    """Return Rich texts, one below the other, as an SVG document; `name` begins the names of its styles."""
    console = Console(
        record=True,
        width=width + _MARGIN,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        _environ={},
    )
    for text in texts:
        console.print(text, overflow="ignore", crop=False)
    console.print()
    paper = "#{:02x}{:02x}{:02x}".format(*_THEMES[theme].background_color)
    code = _FORMAT.replace("FONTS", _FONTS).replace("PAPER", paper).replace("FRAME", _FRAMES[theme])
    code = code.replace("WIDTH", f"{(width + _MARGIN) * _CELL:g}")
    drawn = console.export_svg(theme=_THEMES[theme], code_format=code, unique_id=name)
    return _TEXT.sub(_placed, drawn)


def _placed(element: re.Match[str]) -> str:
    """Return the text element as one for each run of characters of a kind, every character placed.

    Rich gives a wide character the width of a narrow one; and fonts differ in how wide theirs are. Blocks
    (█▌▃) become rectangles, so that bars are whole in any font.
    """
    place, elements = float(element["x"]) / _DRAWN_CELL * _CELL, []
    text = html.unescape(element["text"]).replace("\xa0", " ").rstrip("\n")
    for kind, run in itertools.groupby(text, _kind):
        chars = "".join(run)
        step = _CELL * (2 if kind == "wide" else 1)
        if kind == "block":
            elements += [_block(char, place + number * step, element) for number, char in enumerate(chars)]
        else:
            elements += _texts(chars, place, step, kind, element)
        place += len(chars) * step
    return "".join(elements)


def _kind(char: str) -> str:
    """Return how a character is drawn: `wide`, `narrow`, `mark` (“ …, wide in a Chinese font) or `block`."""
    if char in _WIDTHS or char in _HEIGHTS:
        return "block"
    if cell_len(char) == 2:
        return "wide"
    return "narrow" if char < "\u0100" else "mark"


def _texts(chars: str, place: float, step: float, kind: str, element: re.Match[str]) -> Iterator[str]:
    """Yield a run of one kind as text elements, split at wide gaps."""
    style = f' style="{_LATIN}"' if kind == "mark" else ""
    for piece in re.finditer(r"\S+(?: \S+)*", chars):
        x = " ".join(f"{place + cell * step:.1f}" for cell in range(piece.start(), piece.end()))
        yield (
            f'<text class="{element["style"]}"{style} x="{x}" y="{element["y"]}">'
            f"{html.escape(piece.group(), quote=False)}</text>\n"
        )


def _block(char: str, x: float, element: re.Match[str]) -> str:
    """Return a block as a rectangle on the line of its text, which stands on the base line `y`."""
    width, height = _CELL * _WIDTHS.get(char, 1.0), _LINE * _HEIGHTS.get(char, 1.0)
    top = float(element["y"]) + _DESCENT - height
    size = f'width="{width:.1f}" height="{height:.1f}"'
    return f'<rect class="{element["style"]}" x="{x:.1f}" y="{top:.1f}" {size}/>\n'
