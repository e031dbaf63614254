"""Help texts that keep to the width of the terminal also where they hold Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from dalian_report.views.cells import cell_width

if TYPE_CHECKING:
    from typer._click import HelpFormatter
else:  # typer carries its own copy of click under a private name
    HelpFormatter = typer.Context.formatter_class

_MAX_FIRST = 30
_MIN_TEXT = 10
_GAP = 2


class CellFormatter(HelpFormatter):
    """The formatter of typer, which counts a Chinese character as one column, with lines folded by cells."""

    def write_text(self, text: str) -> None:
        """Write paragraphs, each folded to the width, an empty line between two."""
        space = " " * self.current_indent
        lines = _folded(text, self.width - self.current_indent)
        self.write("".join(f"{space}{line}".rstrip() + "\n" for line in lines))

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = _MAX_FIRST, col_spacing: int = _GAP
    ) -> None:
        """Write terms with their texts beside them; a term that is too long stands on a line of its own."""
        space = " " * self.current_indent
        widest = min(max((cell_width(term) for term, _ in rows), default=0), col_max)
        margin = self.current_indent + widest + col_spacing
        for term, text in rows:
            lines = list(_folded(text, max(self.width - margin, _MIN_TEXT)))
            if cell_width(term) <= widest and lines:
                gap = " " * (widest + col_spacing - cell_width(term))
                self.write(f"{space}{term}{gap}{lines.pop(0)}\n")
            else:
                self.write(f"{space}{term}\n")
            self.write("".join(f"{' ' * margin}{line}\n" for line in lines))


def _folded(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text, broken at its spaces; paragraphs stand apart by an empty line."""
    paragraphs = [part.split() for part in text.split("\n\n")]
    for number, words in enumerate(filter(None, paragraphs)):
        if number:
            yield ""
        line = words[0]
        for word in words[1:]:
            if cell_width(f"{line} {word}") > width:
                yield line
                line = word
            else:
                line = f"{line} {word}"
        yield line
