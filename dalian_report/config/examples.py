"""Whether rules do what their examples say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, Protocol

from dalian_report.folding import fold
from dalian_report.model import Example, Rule

Result = Literal["passed", "failed", "todo", "todo passes"]


class Found(Protocol):
    """What the check needs of a metric."""

    @property
    def key(self) -> str | None:
        """The key of its rule."""

    @property
    def value(self) -> Decimal | None:
        """The value as printed."""

    @property
    def value_max(self) -> Decimal | None:
        """The upper end of a range."""

    @property
    def unit(self) -> str | None:
        """The unit as printed."""


class Trial(NamedTuple):
    """An example of a rule as it came out: what it wants and what was found.

    Its result is `passed` or `failed`; of a known miss, `todo` or, where it is one no more, `todo passes`.
    `differs` says in what the figure that the rule knows is another one.
    """

    rule: Rule
    example: Example
    expected: str
    got: str
    result: Result
    differs: str = ""

    @property
    def wanted(self) -> str:
        """What should come, with the key as `got` has it."""
        return self.expected if self.example.none else f"{self.rule.key} {self.expected}"

    @property
    def origin(self) -> str:
        """Where the example stands, `file:line:column`; where that is not known, where its rule does."""
        return self.example.origin or self.rule.origin

    def __str__(self) -> str:
        """Return `origin: rule key: "text" gives GOT, not EXPECTED`."""
        where = f"{self.origin}: rule {self.rule.key}"
        return f'{where}: "{self.example.text}" gives {self.got}, not {self.wanted}'


def try_examples(rules: Sequence[Rule], extract: Callable[[str], Sequence[Found]]) -> list[Trial]:
    """Return how the examples of rules come out, in the order of the rules.

    `extract` returns the metrics of a text, all rules applied. An example holds if one of them has the
    rule's key with its value and unit as printed, full-width or not; with `none`, if none of them has the
    key.
    """
    return [_tried(rule, example, extract(example.text)) for rule in rules for example in rule.examples]


def check_examples(rules: Sequence[Rule], extract: Callable[[str], Sequence[Found]]) -> list[Trial]:
    """Return the examples that fail and are not marked as known misses."""
    return [trial for trial in try_examples(rules, extract) if trial.result == "failed"]


def count_examples(rules: Sequence[Rule]) -> int:
    """Return how many examples the rules have."""
    return sum(len(rule.examples) for rule in rules)


def _tried(rule: Rule, example: Example, found: Sequence[Found]) -> Trial:
    own = [one for one in found if one.key == rule.key]
    held = not own if example.none else any(_fits(one, example) for one in own)
    expected = "nothing" if example.none else _shown(example.value, example.value_max, example.unit)
    result: Result = "passed" if held else "failed"
    if example.todo:
        result = "todo passes" if held else "todo"
    nearest = "" if held or example.none or not own else _difference(own, example)
    return Trial(rule, example, expected, _got(found, rule.key), result, nearest)


def _fits(found: Found, example: Example) -> bool:
    return all(got == wanted for _, got, wanted in _fields(found, example))


def _fields(found: Found, example: Example) -> Sequence[tuple[str, object, object]]:
    """Return what is compared: the name of the field, what was found, what the example has."""
    return (
        ("value", found.value, example.value),
        ("value_max", found.value_max, example.value_max),
        ("unit", fold(found.unit or ""), fold(example.unit or "")),
    )


def _difference(own: Sequence[Found], example: Example) -> str:
    """Return in what the figure nearest to an example differs from it."""
    found = max(own, key=lambda one: sum(got == wanted for _, got, wanted in _fields(one, example)))
    field, got, wanted = next(one for one in _fields(found, example) if one[1] != one[2])
    got, wanted = (
        "" if one is None else f"{one:f}" if isinstance(one, Decimal) else one for one in (got, wanted)
    )
    figure = f"the rule knows {_shown(found.value, found.value_max, found.unit)}"
    if not got:
        return f"{figure}, which has no {field}: the example has {wanted}"
    return f"{figure}, whose {field} is {got}: the example has {wanted or 'none'}"


def _got(found: Sequence[Found], key: str) -> str:
    own = [one for one in found if one.key == key]
    shown = [f"{one.key or 'no key'} {_shown(one.value, one.value_max, one.unit)}" for one in own or found]
    return ", ".join(shown) or "nothing"


def _shown(value: Decimal | None, value_max: Decimal | None, unit: str | None) -> str:
    upper = "" if value_max is None else f"-{value_max:f}"
    return f"{'' if value is None else format(value, 'f')}{upper}{unit or ''}"
