"""Reads golden cases: blocks of a text line and the `= ` lines that it must give, blank lines between."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases"


class Case(NamedTuple):
    """One text and the lines expected of it; `where` is file:line for the test's name."""

    where: str
    text: str
    expected: tuple[str, ...]


def read_cases(folder: str) -> list[Case]:
    """Return the cases of every .txt file in a folder of tests/cases."""
    cases: list[Case] = []
    for path in sorted((CASES / folder).glob("*.txt")):
        text, line, expected = "", 0, []
        for number, content in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
            if content.startswith("#"):
                continue
            if content.startswith("= ") or content == "=":
                expected.append(content[2:])
            elif content:
                text, line = content, number
            elif text:
                cases.append(Case(f"{path.stem}:{line}", text, tuple(expected)))
                text, expected = "", []
    return cases
