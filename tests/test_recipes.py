"""Every recipe runs and gives what the document says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "docs")]

from readme import RECIPES, chapters_of, missing_tools, written_chapter  # noqa: E402 - beside the documents

CHAPTERS = {part.partition("\n")[0].strip("# "): part for part in chapters_of(RECIPES.read_text("utf-8"))[1:]}


@pytest.mark.skipif(sys.platform == "win32", reason="drives bash")
@pytest.mark.parametrize("name", CHAPTERS)
def test_recipe(name: str) -> None:
    missing = missing_tools(CHAPTERS[name])
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert written_chapter(CHAPTERS[name]) == CHAPTERS[name]
