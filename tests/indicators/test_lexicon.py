"""Every list of the grammar's data is read, and no entry hides behind another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dalian_report
from dalian_report.data import load_data
from dalian_report.indicators.lexicon import Lexicon, Words, load_lexicon

FIELDS = {"noun_stops": "stops", "noun_starts_not": "starts_not"}
SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for path in Path(dalian_report.__file__).parent.rglob("*.py")
)


def test_every_list_of_the_grammar_is_a_field_of_the_lexicon() -> None:
    assert sorted(FIELDS.get(name, name) for name in load_data("grammar")) == sorted(Lexicon._fields)


@pytest.mark.parametrize("name", [*Lexicon._fields])
def test_every_field_of_the_lexicon_is_used(name: str) -> None:
    assert re.search(rf"(?:lexicon|load_lexicon\(\))\.{name}\b", SOURCE), name


@pytest.mark.parametrize("data", ["status", "exclusions"])
def test_every_list_is_asked_for(data: str) -> None:
    lists = load_data(data)
    assert [name for name in lists if not re.search(rf'"{name.removesuffix("_of_old")}"', SOURCE)] == []


@pytest.mark.parametrize("name", list(Lexicon._fields))
def test_every_word_is_found_at_both_ends(name: str) -> None:
    words = getattr(load_lexicon(), name)
    if not isinstance(words, Words):
        assert all(words)
        return
    for word in words.words:
        assert words.at_start(word) == word
        assert words.at_end(word, len(word)) == word


@pytest.mark.parametrize("name", [*load_data("status")])
def test_every_regex_of_the_status_lists_compiles(name: str) -> None:
    assert [word for word in load_data("status")[name] if not re.compile(word)] == []
