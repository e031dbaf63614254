"""Walks over the parse tree of a regex: what every match must hold, and what it may cost.

The nodes are those of `re._parser`, told apart by the names of their opcodes; dalian_report.config.regexes
makes the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from dalian_report.config.regexwriting import REPEATS, UNLIMITED, folded, write_class

STOPS = "。;!?\n,"
_MAX_LITERALS = 16
_UNBOUNDED = 1000  # what one unbounded repeat counts for in the cost
_TOO_MUCH = 1e12
# Steps from one start position. A regex that starts with a literal starts at few positions.
_MAX_STEPS, _MAX_STEPS_ANYWHERE = 50_000, 500
_ZERO_WIDTH = ("AT", "ASSERT", "ASSERT_NOT")
_CHARS = ("LITERAL", "NOT_LITERAL", "IN", "ANY")


def live_characters(source: str) -> Iterator[tuple[int, str]]:
    """Yield the position and character of all that is neither escaped nor in a class nor in a comment.

    >>> "".join(char for _, char in live_characters(r"a\\{[{]{2}(?#{)"))
    'a{2}'
    """
    position, end = 0, len(source)
    while position < end:
        char = source[position]
        if char == "\\":
            position += 2
        elif char == "[":
            position = _class_end(source, position)
        elif source.startswith("(?#", position):
            close = source.find(")", position)
            position = end if close < 0 else close + 1
        else:
            yield position, char
            position += 1


def _class_end(source: str, start: int) -> int:
    """Return the position after the `]` that closes the class opened at `start`."""
    position = start + 1
    if source.startswith("^", position):
        position += 1
    if source.startswith("]", position):  # the first one is a member
        position += 1
    while position < len(source) and source[position] != "]":
        position += 2 if source[position] == "\\" else 1
    return position + 1


@dataclass(slots=True)
class Facts:
    """What is known of a part of a regex.

    `exact` are all the strings it can match, None where they are too many; `needed` is a set of which every
    match holds one. `steps` bounds the backtracking from one start. `fixed_start` means that it begins with
    a literal. `crosses` are the clause marks that it may hold; `looks` that it may look beyond its match.
    """

    exact: tuple[str, ...] | None = ("",)
    needed: tuple[str, ...] = ()
    steps: float = 1
    repeats: int = 1
    fixed_start: bool = False
    crosses: set[str] = field(default_factory=set)
    looks: bool = False
    variable_lookbehind: bool = False

    def literals(self) -> tuple[str, ...]:
        """Return a set of literals of which every match holds one, shortest forms only."""
        found = _better(self.needed, self.exact or ())
        if "" in found or any("\0" in literal for literal in found):
            return ()
        return tuple(one for one in found if not any(other != one and other in one for other in found))

    def stops(self) -> str:
        """Return the clause marks that bound every match."""
        return "" if self.looks else "".join(mark for mark in STOPS if mark not in self.crosses)

    def is_safe(self, *, on_names: bool) -> bool:
        """Return whether backtracking is bounded well enough for an engine without a time limit.

        `on_names`: the regex runs on names, which are short, so that it starts at few positions.
        """
        return self.steps <= (_MAX_STEPS if self.fixed_start or on_names else _MAX_STEPS_ANYWHERE)


def _better(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    """Return the set of literals that filters better: longer ones, then fewer."""

    def rank(literals: tuple[str, ...]) -> tuple[int, int, int]:
        shortest = min((len(literal) for literal in literals), default=0)
        return (min(shortest, 3), -len(literals), shortest)

    return right if rank(right) > rank(left) else left


class Reader:
    """Reads the facts of a tree; `flags` are the regex's own."""

    def __init__(self, flags: int) -> None:
        self._ignore_case = bool(flags & re.IGNORECASE)

    def read(self, nodes: Any) -> Facts:
        """Return the facts of a sequence of nodes."""
        whole = Facts()
        run: tuple[str, ...] = ("",)  # the strings that the last nodes can match, as far back as they are few
        single = ""  # the one string that the last nodes can match, as far back as there is one
        started = False
        for node in nodes:
            name, part = node[0].name, self._node(node)
            if not started and name not in _ZERO_WIDTH:
                whole.fixed_start, started = part.fixed_start, True
            joined = tuple(dict.fromkeys(a + b for a, b in product(run, part.exact or ())))
            if not joined or len(joined) > _MAX_LITERALS:
                whole.needed, whole.exact = _better(whole.needed, run), None
                joined = part.exact or ("",)
            run = joined
            single = single + part.exact[0] if part.exact and len(part.exact) == 1 else ""
            whole.needed = _better(whole.needed, (single,))
            whole.needed = _better(whole.needed, part.needed)
            whole.steps = min(whole.steps * part.steps, _TOO_MUCH)
            self._gather(whole, part)
        if whole.exact is None:
            whole.needed = _better(whole.needed, run)
        else:
            whole.exact = run
        return whole

    @staticmethod
    def _gather(whole: Facts, part: Facts) -> None:
        whole.repeats = max(whole.repeats, part.repeats)
        whole.crosses |= part.crosses
        whole.looks |= part.looks
        whole.variable_lookbehind |= part.variable_lookbehind

    def _node(self, node: Any) -> Facts:
        name, value = node[0].name, node[1]
        if name in _CHARS:
            return self._char(name, value)
        if name in REPEATS:
            return self._repeat(*value)
        if name == "SUBPATTERN":
            _, added, removed, body = value
            return self._with_flags(added, removed, body)
        if name == "ATOMIC_GROUP":
            return self.read(value)
        if name == "BRANCH":
            return self._branch([self.read(branch) for branch in value[1]])
        if name in ("ASSERT", "ASSERT_NOT"):
            return self._look(*value)
        if name == "AT":
            return Facts(looks=True)
        if name == "GROUPREF_EXISTS":
            return self._branch([self.read(branch or ()) for branch in value[1:]])
        return Facts(exact=None, steps=_UNBOUNDED if name == "GROUPREF" else _TOO_MUCH)

    def _char(self, name: str, value: Any) -> Facts:
        if name == "LITERAL":
            char = folded(value)
            single = None if self._ignore_case else (char,)
            return Facts(exact=single, fixed_start=True, crosses={char} & set(STOPS))
        if name == "IN":
            members = _members(value)
            exact = None if self._ignore_case else members
            return Facts(exact=exact, crosses={mark for mark in STOPS if _class_holds(value, mark)})
        if name == "NOT_LITERAL":
            return Facts(exact=None, crosses=set(STOPS) - {folded(value)})
        return Facts(exact=None, crosses=set(STOPS))  # a dot; with DOTALL it takes line ends too

    def _repeat(self, low: Any, high: Any, body: Any) -> Facts:
        part = self.read(body)
        low, high = int(low), int(high)
        unbounded = high >= UNLIMITED
        whole = Facts(exact=None, repeats=part.repeats * max(1, low if unbounded else high))
        self._gather(whole, Facts(crosses=part.crosses, looks=part.looks, repeats=whole.repeats))
        whole.variable_lookbehind = part.variable_lookbehind
        choices = _UNBOUNDED if unbounded else high - low + 1
        if part.steps == 1:
            whole.steps = choices
        else:
            whole.steps = _TOO_MUCH if unbounded or high > 20 else _powers(part.steps, low, high)
        if low >= 1:
            whole.needed = _better(part.needed, part.exact or ())
            whole.fixed_start = part.fixed_start
        if part.exact is not None and high <= 4 and len(part.exact) ** high <= _MAX_LITERALS:
            counts = range(low, high + 1)
            strings = dict.fromkeys("".join(p) for n in counts for p in product(part.exact, repeat=n))
            whole.exact = tuple(strings)
        return whole

    def _with_flags(self, added: int, removed: int, body: Any) -> Facts:
        outer = self._ignore_case
        self._ignore_case = bool((outer or added & re.IGNORECASE) and not removed & re.IGNORECASE)
        part = self.read(body)
        self._ignore_case = outer
        return part

    def _branch(self, parts: Sequence[Facts]) -> Facts:
        whole = Facts(exact=None, steps=min(_TOO_MUCH, sum(part.steps for part in parts)))
        whole.fixed_start = all(part.fixed_start for part in parts)
        for part in parts:
            self._gather(whole, part)
        if all(part.exact is not None for part in parts):
            whole.exact = tuple(dict.fromkeys(one for part in parts for one in part.exact or ()))
            if len(whole.exact) > _MAX_LITERALS * 4:
                whole.needed, whole.exact = whole.exact, None
            return whole
        needed = [_better(part.needed, part.exact or ()) for part in parts]
        if all(needed) and sum(map(len, needed)) <= _MAX_LITERALS * 4:
            whole.needed = tuple(dict.fromkeys(one for literals in needed for one in literals))
        return whole

    def _look(self, direction: int, body: Any) -> Facts:
        part = self.read(body)
        low, high = body.getwidth()
        return Facts(
            looks=direction > 0 or part.looks,
            steps=part.steps,
            repeats=part.repeats,
            variable_lookbehind=part.variable_lookbehind or (direction < 0 and low != high),
        )


def _powers(steps: float, low: int, high: int) -> float:
    """Return the ways through a body repeated `low` to `high` times."""
    return min(_TOO_MUCH, sum(steps**count for count in range(low, high + 1)))


def _members(items: Any) -> tuple[str, ...] | None:
    """Return the folded members of a small class, None for a large or negated one."""
    members: list[str] = []
    for op, value in items:
        if op.name == "LITERAL":
            members.append(folded(value))
        elif op.name == "RANGE" and value[1] - value[0] < 16:
            members += [folded(code) for code in range(value[0], value[1] + 1)]
        else:
            return None
    return tuple(dict.fromkeys(members)) if len(members) <= 16 else None


def _class_holds(items: Any, char: str) -> bool:
    """Return whether a class, folded, takes the character."""
    return re.match(write_class(items), char) is not None


def may_hold(nodes: Any, group: int, chars: str) -> bool:
    """Return whether the group of a number, somewhere in some nodes, can take one of some characters."""
    for number, node in _groups(nodes):
        if number == group:
            return any(_takes(char_node, chars) for char_node in _char_nodes(node))
    return False


def _inner(node: Any) -> Iterator[Any]:
    """Yield the sequences of nodes directly inside a node."""
    name, value = node[0].name, node[1]
    if name in REPEATS:
        yield value[2]
    elif name == "SUBPATTERN":
        yield value[3]
    elif name == "ATOMIC_GROUP":
        yield value
    elif name == "BRANCH":
        yield from value[1]
    elif name in ("ASSERT", "ASSERT_NOT"):
        yield value[1]
    elif name == "GROUPREF_EXISTS":
        yield from (branch for branch in value[1:] if branch)


def _groups(nodes: Any) -> Iterator[tuple[int | None, Any]]:
    """Yield the number and the body of every group."""
    for node in nodes:
        if node[0].name == "SUBPATTERN":
            yield node[1][0], node[1][3]
        for inner in _inner(node):
            yield from _groups(inner)


def _char_nodes(nodes: Any) -> Iterator[Any]:
    """Yield the nodes that take a character, all the way down; a group taken again counts as any."""
    for node in nodes:
        if node[0].name in _CHARS or node[0].name == "GROUPREF":
            yield node
        elif node[0].name not in ("ASSERT", "ASSERT_NOT"):
            for inner in _inner(node):
                yield from _char_nodes(inner)


def _takes(node: Any, chars: str) -> bool:
    name, value = node[0].name, node[1]
    if name == "LITERAL":
        return folded(value) in chars
    return name != "IN" or any(_class_holds(value, char) for char in chars)
