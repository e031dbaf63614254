"""A rule that is written is the rule that is read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dalian_report.config.files import read_pack
from dalian_report.config.packs import parsed_default_rules
from dalian_report.config.writing import write_rule
from dalian_report.model import Example, Rule


def read_back(text: str) -> Rule:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pack.yaml"
        path.write_text(f"rules:\n{text}", encoding="utf-8")
        (rule,) = read_pack(path)
    return without_places(rule)


def without_places(rule: Rule) -> Rule:
    """A rule as it is written: not where it stands, nor what is derived from it."""
    examples = tuple(example._replace(origin="") for example in rule.examples)
    return rule._replace(origin="", plan=None, examples=examples)


@pytest.mark.parametrize("rule", parsed_default_rules()[::9], ids=lambda rule: rule.key)
def test_rules_of_the_packs_come_back(rule: Rule) -> None:
    assert read_back(write_rule(rule, comment="mine")) == without_places(rule)


words = st.text("甲乙 '\"#:{}[]&*!|>%@`,-“”（）。01noNo~\\?", min_size=1).map(str.strip).filter(bool)
examples = st.builds(
    lambda text, value, todo: Example(text, Decimal(value), None, "%", none=False, todo=todo),
    words,
    st.integers(0, 10**6),
    st.booleans(),
)


@settings(max_examples=50)
@given(words, words, st.lists(examples, max_size=2))
@example("0", "- 0", [])
def test_any_words_come_back(name: str, area: str, given_examples: list[Example]) -> None:
    empty = parsed_default_rules()[0]
    rule = empty._replace(
        name=name,
        area=area,
        aliases=(name,),
        examples=(*given_examples, Example(name, None, None, None, none=True)),
    )
    assert read_back(write_rule(rule)) == without_places(rule)
