"""What the grammar named and no rule knows: the commonest names, and a rule for one of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dalian_report.folding import fold
from dalian_report.model import Example, Metric, Rule

_MARKS = "，,。；;：:！!？?\n"
_MAX_EXAMPLE_CHARS = 40
_MOST_EXAMPLES = 3
_QUOTES = str.maketrans("", "", "“”\"'‘’")
# What stands behind a name and leaves it the same indicator.
_TAILS = ("总数", "数量", "总量", "数")
# 数 is part of the word behind these: 指数, 人数, 倍数.
_BOUND_TO_NUMBER = frozenset("指人户起次倍系分基天岁日件个家票股函参变代多少半整条宗尾")
_LEAST_NAME_CHARS = 2
_PART_OF_IT = "其中"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that no rule knows, over all reports read.

    `action` and `unit` are its commonest ones, `actions` and `units` all of them, commonest first. `count` is
    that of its metrics, `reports` that of the reports with one. `example` is the clause of the first.
    """

    type: Literal["suggestion"]
    name: str
    action: str | None
    unit: str | None
    count: int
    reports: int
    actions: tuple[str, ...]
    units: tuple[str, ...]
    example: str
    source: str


class Unkeyed:
    """Gathers metrics report by report, and suggests the commonest names of those without a key."""

    def __init__(self) -> None:
        self.metrics = self.keyed = 0
        self._found: dict[str, list[Metric]] = defaultdict(list)

    def add(self, metrics: Iterable[Metric]) -> None:
        """Take the metrics of a report."""
        for metric in metrics:
            self.metrics += 1
            self.keyed += metric.key is not None
            if metric.key is None:
                self._found[core_name(metric.name)].append(metric)

    def suggestions(self, *, least: int = 2) -> list[Suggestion]:
        """Return the names met at least so often, the commonest first, equal ones as first met."""
        found = [(name, metrics) for name, metrics in self._found.items() if len(metrics) >= least]
        found.sort(key=lambda pair: -len(pair[1]))
        return [_suggestion(name, metrics) for name, metrics in found if len(name) >= _LEAST_NAME_CHARS]

    def named(self, name: str) -> list[Metric]:
        """Return the metrics whose name is, or ends with, a name; as text order and reports have them."""
        wanted = core_name(name)
        return [
            metric for found, metrics in self._found.items() if found.endswith(wanted) for metric in metrics
        ]


def core_name(name: str) -> str:
    """Return a name without quotes and without what only says that it is a number of things.

    >>> core_name("“口袋公园”总数")
    '口袋公园'
    >>> core_name("志愿者人数"), core_name("幸福指数")
    ('志愿者人数', '幸福指数')
    """
    plain = fold(name).translate(_QUOTES)
    tail = next((tail for tail in _TAILS if plain.endswith(tail) and len(plain) > len(tail) + 1), "")
    core = plain[: len(plain) - len(tail)]
    return plain if tail == "数" and core[-1] in _BOUND_TO_NUMBER else core


def without_parts(name: str, metrics: Sequence[Metric]) -> tuple[list[Metric], list[Metric]]:
    """Return the metrics of a name, then those that are told as a part of it: 其中示范社区食堂20家."""
    core = core_name(name)
    parts = [one for one in metrics if core_name(one.name) != core and clause_of(one).startswith(_PART_OF_IT)]
    whole = [one for one in metrics if one not in parts]
    return (whole, parts) if whole else (parts, [])


def propose_rule(
    name: str, metrics: Sequence[Metric], others: Sequence[Metric], *, key: str, parts: Sequence[Metric] = ()
) -> Rule:
    """Return a rule for metrics of one name, with examples cut from their sentences.

    It knows none of `parts`. `others` are metrics that it must not know: the one whose name is most like it
    is the example of that. Figures of the commonest action alone count: what was added is another indicator
    than what there is. The caller has still to see that the examples hold.
    """
    core = core_name(name)
    action = Counter(one.action for one in metrics).most_common(1)[0][0]
    others_of_it = [one for one in metrics if one.action != action]
    metrics = [one for one in metrics if one.action == action]
    levels = [one for one in metrics if one.kind in ("level", "delta") and one.base_unit]
    units = tuple(unit for unit, _ in Counter(one.base_unit or "" for one in levels).most_common())
    tails = "|".join(_TAILS)
    before = dict.fromkeys(core_name(one.name).removesuffix(core) for one in parts)
    forbidden = "".join(f"(?<!{_escaped(word)})" for word in before)
    clauses = sorted({clause_of(one): None for one in parts}, key=len)[:_MOST_EXAMPLES]
    not_it = (Example(text, None, None, None, none=True) for text in clauses)
    used = any(core_name(one.name) != fold(one.name).translate(_QUOTES) for one in metrics)
    return Rule(
        key=key,
        name=f"{action}{core}" if action else core,
        english=None,
        area=None,
        units=units,
        action=action,
        match=forbidden + _spelled(core, metrics) + (f"(?:{tails})?" if used else ""),
        pattern=None,
        kinds=(),
        better=None,
        aliases=(),
        examples=(*_matching(core, metrics), *not_it, *_not_matching(core, others)),
        origin="",
        counts="stock" if action is None and others_of_it else None,
    )


def _spelled(core: str, metrics: Sequence[Metric]) -> str:
    """Return a name as a regex, with the quotes that reports have in it, each of them optional.

    A figure of “数智”平台 is looked for as 数智平台.
    """
    forms = []
    for metric in metrics:
        name, length = fold(metric.name), 0
        while core_name(name[len(name) - length :]) != core and length < len(name):
            length += 1
        while length < len(name) and not name[-length - 1].translate(_QUOTES):
            length += 1
        forms.append(name[len(name) - length :])
    longest = max(forms, key=lambda form: len(form) - len(form.translate(_QUOTES)))
    if longest.translate(_QUOTES) == longest:
        return _escaped(core)
    tail = next((tail for tail in _TAILS if longest.endswith(tail) and not core.endswith(tail)), "")
    inner = longest[: len(longest) - len(tail)]
    return "".join(_escaped(char) if char.translate(_QUOTES) else '[“”"]?' for char in inner)


def _suggestion(name: str, metrics: Sequence[Metric]) -> Suggestion:
    actions = [word for word, _ in Counter(one.action for one in metrics if one.action).most_common()]
    units = [word for word, _ in Counter(one.base_unit for one in metrics if one.base_unit).most_common()]
    common = Counter(one.action for one in metrics).most_common(1)[0][0]
    return Suggestion(
        type="suggestion",
        name=name,
        action=common,
        unit=units[0] if units else None,
        count=len(metrics),
        reports=len({one.source for one in metrics}),
        actions=tuple(actions),
        units=tuple(units),
        example=clause_of(metrics[0]),
        source=metrics[0].source,
    )


def _matching(core: str, metrics: Sequence[Metric]) -> Iterator[Example]:
    """Yield examples from the clauses that hold the name with the figure, each once, shortest first."""
    cut = {text: one for one in metrics if core in fold(text := clause_of(one)).translate(_QUOTES)}
    for text, metric in sorted(cut.items(), key=lambda pair: len(pair[0]))[:_MOST_EXAMPLES]:
        yield Example(text, metric.value, metric.value_max, metric.unit, none=False)


def _not_matching(core: str, others: Sequence[Metric]) -> Iterator[Example]:
    """Yield the clause of the figure whose name shares most with the rule's and does not end with it."""
    strangers = [one for one in others if not core_name(one.name).endswith(core)]
    if strangers:
        best = max(strangers, key=lambda one: (len(set(core) & set(one.name)), -len(clause_of(one))))
        yield Example(clause_of(best), None, None, None, none=True)


def clause_of(metric: Metric) -> str:
    """Return the clause of a metric, from the mark before its name or figure to its end, on one line."""
    sentence = metric.sentence
    start, end = metric.start - metric.sentence_start, metric.end - metric.sentence_start
    before = max(sentence.rfind(mark, 0, start) for mark in _MARKS) + 1
    behind = min(
        (found for mark in _MARKS if (found := sentence.find(mark, end)) >= 0), default=len(sentence)
    )
    clause = sentence[before:behind]
    if len(clause) > _MAX_EXAMPLE_CHARS:
        cut = max(before, start - _MAX_EXAMPLE_CHARS)
        clause = sentence[cut : max(end, min(behind, cut + _MAX_EXAMPLE_CHARS))]
    return re.sub(r"\s+", " ", clause).strip()


def _escaped(text: str) -> str:
    """Return a text as a regex; Chinese characters need no escape."""
    return "".join(char if char.isalnum() else re.escape(char) for char in text)
