from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from dalian_report.views.cells import Part, cell_width
from dalian_report.views.terminal_svg import Theme, draw_lines

LINES = [
    [Part("指标  ", "head"), Part("值")],
    [Part("海洋“经济”GDP", "label"), Part("  "), Part("+9%", "up"), Part("  完成")],
    [],
    [Part("<&>[bold]", "section"), Part("  ███▌ ▁▄", "bar")],
]
SVG = "{http://www.w3.org/2000/svg}"
CELL = 10.0


def drawn(theme: Theme = "light", width: int = 40) -> ET.Element:
    return ET.fromstring(draw_lines(LINES, width, theme=theme))


def test_every_character_stands_in_its_column() -> None:
    rows: dict[float, dict[float, str]] = {}
    for element in drawn().iter(f"{SVG}text"):
        places = [float(x) for x in element.attrib["x"].split()]
        text = element.text or ""
        assert len(places) == len(text)
        rows.setdefault(float(element.attrib["y"]), {}).update(zip(places, text, strict=True))
    for (_, placed), line in zip(sorted(rows.items()), [LINES[0], LINES[1], LINES[3]], strict=True):
        text = "".join(part.text for part in line)
        for place, char in placed.items():
            columns = [cell_width(text[:at]) for at, found in enumerate(text) if found == char]
            assert place / CELL in columns


def test_blocks_are_rectangles() -> None:
    blocks = [e for e in drawn().iter(f"{SVG}rect") if "class" in e.attrib]
    assert [float(e.attrib["width"]) for e in blocks] == [10.0, 10.0, 10.0, 5.0, 10.0, 10.0]
    heights = [float(e.attrib["height"]) for e in blocks]
    assert heights[0] == heights[3] == 2 * heights[5] == 8 * heights[4]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_needs_nothing_from_elsewhere(theme: Theme) -> None:
    text = draw_lines(LINES, 40, theme=theme)
    assert re.findall(r"https?://[^\"' )]+", text) == ["http://www.w3.org/2000/svg"]
    assert "@font-face" not in text
    assert "@import" not in text
    assert text.index("Noto Sans Mono CJK SC") < text.index("monospace")
    assert ("#0d1117" in text) == (theme == "dark")


def contrast(one: str, other: str) -> float:
    def light(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("theme", "paper"), [("light", "#ffffff"), ("dark", "#0d1117")])
def test_colours_can_be_read(theme: Theme, paper: str) -> None:
    styles = ("report", "section", "topic", "action", "up", "down", "target", "hit", "bar")
    text = draw_lines([[Part("字", style)] for style in styles], 20, theme=theme)
    colors = set(re.findall(r"fill: (#[0-9a-f]{6})", text))
    assert len(colors) > 3
    assert min(contrast(color, paper) for color in colors) >= 4.5
