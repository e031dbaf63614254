"""Writes the parse tree of a regex back as source that matches folded text.

The nodes are those of `re._parser`, told apart by the names of their opcodes; dalian_report.config.regexes
makes the tree.
"""

from __future__ import annotations

import re
from typing import Any

from dalian_report.folding import FOLD_TABLE

UNLIMITED = 2**31
# What a repeat may follow as it is.
_PIECES = ("LITERAL", "NOT_LITERAL", "IN", "ANY", "SUBPATTERN")
REPEATS = {"MAX_REPEAT": "", "MIN_REPEAT": "?", "POSSESSIVE_REPEAT": "+"}
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
_ANCHORS = {
    "AT_BEGINNING": "^",
    "AT_BEGINNING_STRING": r"\A",
    "AT_BOUNDARY": r"\b",
    "AT_NON_BOUNDARY": r"\B",
    "AT_END": "$",
    "AT_END_STRING": r"\Z",
}
_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}


def _count(low: int, high: int) -> str:
    """Return a repeat as it is commonly written.

    >>> _count(0, 1), _count(1, UNLIMITED), _count(2, 3)
    ('?', '+', '{2,3}')
    """
    limit = "" if high >= UNLIMITED else str(high)
    return {"0,1": "?", "0,": "*", "1,": "+"}.get(f"{low},{limit}", f"{{{low},{limit}}}")


def folded(code: int) -> str:
    """Return a character as folded text has it."""
    return FOLD_TABLE.get(code, chr(code))


def _range(low: int, high: int) -> tuple[list[tuple[int, int]], list[str]]:
    """Return the ranges and single characters that a class range stands for in folded text."""
    if (
        FOLD_TABLE.get(low)
        and FOLD_TABLE.get(high)
        and ord(FOLD_TABLE[high]) - ord(FOLD_TABLE[low]) == high - low
    ):
        return [(ord(FOLD_TABLE[low]), ord(FOLD_TABLE[high]))], []
    # The range itself does no harm: folded text never holds the members that fold.
    return [(low, high)], [plain for code, plain in FOLD_TABLE.items() if low <= code <= high]


def write_class(items: Any) -> str:
    """Return the source of a class for folded text."""
    parts: list[str] = []
    for op, value in items:
        if op.name == "NEGATE":
            parts.append("^")
        elif op.name == "LITERAL":
            parts.append(_escape(folded(value)))
        elif op.name == "RANGE":
            ranges, singles = _range(*value)
            parts += [f"{_escape(chr(low))}-{_escape(chr(high))}" for low, high in ranges]
            parts += [_escape(char) for char in singles]
        else:
            parts.append(_CATEGORIES[value.name])
    return f"[{''.join(parts)}]"


def _escape(char: str) -> str:
    """Return a character as it stands in or outside a class: all marks escaped, as `regex` needs."""
    return f"\\{char}" if char.isascii() and char.isprintable() and not char.isalnum() else re.escape(char)


class Writer:
    """Writes a tree back as regex source that matches folded text, group numbers and names kept."""

    def __init__(self, state: Any) -> None:
        self._names = {number: name for name, number in state.groupdict.items()}
        self._flags = _letters(state.flags)

    def write(self, nodes: Any) -> str:
        """Return the source of the whole tree."""
        body = self._sequence(nodes)
        return f"(?{self._flags}:{body})" if self._flags else body

    def _sequence(self, nodes: Any) -> str:
        return "".join(self._node(node) for node in nodes)

    def _node(self, node: Any) -> str:
        name, value = node[0].name, node[1]
        if name == "LITERAL":
            return _escape(folded(value))
        if name == "NOT_LITERAL":
            return f"[^{_escape(folded(value))}]"
        if name == "IN":
            return write_class(value)
        if name in REPEATS:
            low, high, body = value
            return f"{self._unit(body)}{_count(int(low), int(high))}{REPEATS[name]}"
        return self._group(name, value)

    def _unit(self, nodes: Any) -> str:
        """Return the source of what is repeated, in a group where it is not one piece by itself."""
        single = len(nodes) == 1 and nodes[0][0].name in _PIECES
        return self._sequence(nodes) if single else f"(?:{self._sequence(nodes)})"

    def _group(self, name: str, value: Any) -> str:
        if name == "SUBPATTERN":
            number, added, removed, body = value
            return f"({self._opening(number, added, removed)}{self._sequence(body)})"
        if name == "BRANCH":
            return f"(?:{'|'.join(self._sequence(branch) for branch in value[1])})"
        if name == "ATOMIC_GROUP":
            return f"(?>{self._sequence(value)})"
        if name in ("ASSERT", "ASSERT_NOT"):
            sign = ("<" if value[0] < 0 else "") + ("=" if name == "ASSERT" else "!")
            return f"(?{sign}{self._sequence(value[1])})"
        if name == "GROUPREF_EXISTS":
            number, yes, no = value
            return f"(?({number}){self._sequence(yes)}|{self._sequence(no or ())})"
        simple = {"ANY": ".", "GROUPREF": f"(?:\\{value})", "FAILURE": "(?!)"}
        return simple[name] if name in simple else _ANCHORS[value.name]

    def _opening(self, number: int | None, added: int, removed: int) -> str:
        if number is not None:
            return f"?P<{self._names[number]}>" if number in self._names else ""
        off = _letters(removed)
        return f"?{_letters(added)}{'-' + off if off else ''}:"


def _letters(flags: int) -> str:
    return "".join(letter for letter, flag in _FLAGS.items() if flags & flag)
