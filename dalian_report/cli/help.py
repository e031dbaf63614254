"""Help texts, English or Chinese, that keep to the width of the terminal counted in cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from dalian_report.views.cells import Part, cell_width, fold_parts
from dalian_report.views.language import Language, looked_up

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
        lines = _folded(self.told(text), self.width - self.current_indent)
        self.write("".join(f"{space}{line}".rstrip() + "\n" for line in lines))

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = _MAX_FIRST, col_spacing: int = _GAP
    ) -> None:
        """Write terms with their texts beside them; a term that is too long stands on a line of its own."""
        space = " " * self.current_indent
        widest = min(max((cell_width(term) for term, _ in rows), default=0), col_max)
        margin = self.current_indent + widest + col_spacing
        for term, text in rows:
            lines = list(_folded(self.told(text), max(self.width - margin, _MIN_TEXT)))
            if cell_width(term) <= widest and lines:
                gap = " " * (widest + col_spacing - cell_width(term))
                self.write(f"{space}{term}{gap}{lines.pop(0)}\n")
            else:
                self.write(f"{space}{term}\n")
            self.write("".join(f"{' ' * margin}{line}\n" for line in lines))

    def told(self, text: str) -> str:
        """Return a text in the language of the help."""
        return text


class ChineseFormatter(CellFormatter):
    """The same in Chinese: every text is looked up by its English."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        for word in ("[OPTIONS]", "COMMAND [ARGS]..."):
            args = args.replace(word, looked_up(word, "help"))
        super().write_usage(prog, args, f"{looked_up('Usage', 'help')}：")

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(f"{' ' * self.current_indent}{looked_up(heading, 'help')}：\n")

    def told(self, text: str) -> str:
        """Return a text in Chinese, paragraph by paragraph, with what typer adds to it."""
        return "\n\n".join(_chinese(" ".join(part.split())) for part in text.split("\n\n"))


def formatter_in(language: Language) -> type[CellFormatter]:
    """Return the formatter of a language."""
    return ChineseFormatter if language == "zh" else CellFormatter


def _chinese(text: str) -> str:
    """Return a help text in Chinese; `[default: 2; x>=0]` behind it is no part of what is looked up."""
    extras: list[str] = []
    while text.endswith("]"):
        core, _, extra = f" {text}".rpartition(" [")
        told = [_extra(one) for one in extra.removesuffix("]").split("; ")]
        if not all(told):
            break
        extras.insert(0, f"[{'；'.join(told)}]")
        text = core.strip()
    return " ".join((looked_up(text, "help"), *extras)) if text else ""


def _extra(text: str) -> str:
    """Return what typer tells of a parameter in Chinese; nothing for anything else."""
    if text == "required":
        return "必填"
    if text.startswith("default: "):
        return f"默认：{text.removeprefix('default: ')}"
    return text if re.fullmatch(r"(?:\d+<=?)?x(?:[<>]=?\d+)?", text) else ""


def _folded(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text, broken at its spaces and within Chinese; paragraphs stand apart."""
    paragraphs = [part.split() for part in text.split("\n\n")]
    for number, words in enumerate(filter(None, paragraphs)):
        if number:
            yield ""
        line = ""
        for word in words:
            joined = f"{line} {word}" if line else word
            if cell_width(joined) <= width:
                line = joined
                continue
            if _is_chinese(word):
                folded = fold_parts([Part(joined)], width)
                *full, line = ("".join(part.text for part in parts).strip() for parts in folded)
                yield from full
                continue
            if line:
                yield line
            line = word
        yield line


def _is_chinese(word: str) -> bool:
    """Return whether a word is a stretch of Chinese, which has no spaces to break it at."""
    return cell_width(word) >= len(word) + 8
