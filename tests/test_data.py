"""Shipped word lists: every list as it should be, and every unit, bound and slogan found by the scanner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dalian_report.data import folder, load_data, yaml_files
from dalian_report.folding import fold
from dalian_report.quantities import find_quantities
from dalian_report.quantities.units import base_unit

LISTS = sorted(path.stem for path in yaml_files() if path.parent == folder() and path.stem != "messages")
UNITS = load_data("units")
LISTS_OF_NO_UNITS = ("variants", "weak", "joins", "no_classifiers")
BOUNDS = load_data("bounds")
SLOGANS = load_data("exclusions")["slogans"]


def lists_in(content: Any, where: str) -> Iterator[tuple[str, list[str]]]:
    """Yield every list below a YAML node with its place."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from lists_in(value, f"{where}.{key}")
    elif isinstance(content, list):
        yield where, content


@pytest.mark.parametrize("name", LISTS)
def test_lists_hold_each_word_once_and_no_space(name: str) -> None:
    found = list(lists_in(load_data(name), name))
    assert found
    for where, words in found:
        assert words, where
        assert all(isinstance(word, str) for word in words), where
        assert [word for word, count in Counter(words).items() if count > 1] == [], where
        assert [word for word in words if not word or word != word.strip()] == [], where


def test_every_unit_is_found_behind_a_figure() -> None:
    groups = [words for key, words in UNITS.items() if key not in LISTS_OF_NO_UNITS]
    units = [unit for words in groups for unit in words]
    assert [unit for unit, count in Counter(units).items() if count > 1] == []
    lost = []
    for unit in [*units, *UNITS["variants"]]:
        text = fold(f"工程缩短38{unit}。")
        scan = find_quantities(text)
        found = [(one.start, one.end, one.base_unit) for one in scan.quantities]
        dates = [one.start for one in scan.exclusions if one.reason == "date"]
        if found != [(4, len(text) - 1, base_unit(unit))] and dates != [4]:
            lost.append((unit, found))
    assert lost == []


def test_variants_lead_to_units_and_weak_units_are_units() -> None:
    known = {unit for key, words in UNITS.items() if key not in LISTS_OF_NO_UNITS for unit in words}
    assert set(UNITS["variants"].values()) - known == set()
    assert set(UNITS["weak"]) - known == set()


@pytest.mark.parametrize(("bound", "word"), [(b, w) for b, words in BOUNDS["before"].items() for w in words])
def test_every_word_before_a_figure_bounds_it(bound: str, word: str) -> None:
    (quantity,) = find_quantities(f"总量{word}38亿元。").quantities
    assert (quantity.bound, quantity.outer_start) == (bound, 2)


@pytest.mark.parametrize(("bound", "word"), [(b, w) for b, words in BOUNDS["after"].items() for w in words])
def test_every_word_behind_a_figure_bounds_it(bound: str, word: str) -> None:
    text = f"总量控制在38亿元{word}"
    (quantity,) = find_quantities(f"{text}。").quantities
    assert (quantity.bound, quantity.outer_end) == (bound, len(text))


@pytest.mark.parametrize("word", BOUNDS["inside"])
def test_every_word_inside_a_figure_bounds_it(word: str) -> None:
    (quantity,) = find_quantities(f"总量30{word}个。").quantities
    assert (quantity.bound, quantity.text) == ("at_least", f"30{word}个")


@pytest.mark.parametrize("word", BOUNDS["thresholds"])
def test_every_verb_of_a_threshold_bounds_the_figure(word: str) -> None:
    (quantity,) = find_quantities(f"总量{word}4000亿元。").quantities
    assert quantity.bound == "at_least"


@pytest.mark.parametrize("word", BOUNDS["negations"])
def test_every_negation_turns_a_bound_round(word: str) -> None:
    (quantity,) = find_quantities(f"总量{word}超过38亿元。").quantities
    assert (quantity.bound, quantity.outer_start) == ("at_most", 2)


@pytest.mark.parametrize("word", BOUNDS["links"])
def test_every_verb_may_stand_between_a_bound_and_its_figure(word: str) -> None:
    (quantity,) = find_quantities(f"总量至少{word}38亿元。").quantities
    assert quantity.bound == "at_least"


@pytest.mark.parametrize(
    ("word", "char"), [(w, c) for w, chars in BOUNDS["joined_before"].items() for c in chars]
)
def test_no_word_that_ends_like_a_bound_is_one(word: str, char: str) -> None:
    (quantity,) = find_quantities(f"已{char}{word}38亿元。").quantities
    assert quantity.bound == "exact"


@pytest.mark.parametrize(
    ("word", "char"), [(w, c) for w, chars in BOUNDS["joined_after"].items() for c in chars]
)
def test_no_word_that_starts_like_a_bound_is_one(word: str, char: str) -> None:
    (quantity,) = find_quantities(f"建成38套{word}{char}设施。").quantities
    assert quantity.bound == "exact"


@pytest.mark.parametrize("word", UNITS["no_classifiers"])
def test_no_word_behind_two_numbers_is_learned_where_it_counts_nothing(word: str) -> None:
    found = find_quantities(f"有38{word}、53{word}。").quantities
    assert [quantity.text for quantity in found if not quantity.unit] == []


@pytest.mark.parametrize("slogan", SLOGANS)
def test_no_slogan_counts_anything(slogan: str) -> None:
    assert find_quantities(f"坚持{slogan},做好工作。").quantities == ()


def keys_in(node: yaml.Node) -> Iterator[tuple[str, ...]]:
    """Yield the keys of every mapping below a YAML node."""
    if isinstance(node, yaml.MappingNode):
        yield tuple(key.value for key, _ in node.value)
        for _, value in node.value:
            yield from keys_in(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from keys_in(item)


@pytest.mark.parametrize(
    "path", sorted(folder().rglob("*.yaml")), ids=lambda path: str(path.relative_to(folder()))
)
def test_every_file_is_read_without_libyaml_and_names_each_key_once(path: Path) -> None:
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for keys in keys_in(root):
        assert [key for key, times in Counter(keys).items() if times > 1] == []
