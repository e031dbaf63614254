"""YAML with its places: every node keeps its line and column, every scalar its text.

PyYAML's constructors would turn 01 into 1, no into False and 2024-01-02 into a date, keep the last of two
equal keys, and expand a bomb of aliases; its composer does none of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dalian_report.config.faults import Fault

MAX_BYTES = 5_000_000
MAX_NODES = 200_000
MAX_DEPTH = 30


class Node:
    """A piece of YAML: `value` is a str, a list of nodes, a dict of key text to node, or None for nothing.

    `line` and `column` count from 1; `keys` holds the nodes of a mapping's keys. `lead` is how many columns
    stand before a text that is written as it is: 1 in quotes, 0 without; None where it is written otherwise.
    """

    __slots__ = ("column", "keys", "lead", "line", "value")

    def __init__(self, value: Any, line: int, column: int, *, lead: int | None = None) -> None:
        self.value, self.line, self.column, self.lead = value, line, column, lead
        self.keys: dict[str, Node] = {}

    @property
    def kind(self) -> str:
        """What the node is, in the words of a message."""
        if isinstance(self.value, str):
            return "text"
        if isinstance(self.value, dict):
            return "a mapping"
        return "nothing" if self.value is None else "a list"

    def __iter__(self) -> Iterator[Node]:
        """Yield the items of a list."""
        return iter(self.value if isinstance(self.value, list) else ())


class TooLargeError(Exception):
    """The document unfolds to more nodes, or deeper ones, than any configuration has."""


def read_nodes(path: Path, faults: list[Fault], *, shown: str) -> Node | None:
    """Return the root of a YAML file, or None with faults added. `shown` is the path that messages name."""
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.append(Fault(shown, 1, 1, None, "cannot be read", error.strerror or str(error), ""))
        return None
    if len(content) > MAX_BYTES:
        faults.append(Fault(shown, 1, 1, None, f"larger than {MAX_BYTES:,} bytes", "", "Split it into packs"))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        why = f"byte 0x{content[error.start]:02x} at {error.start:,}"
        faults.append(Fault(shown, line, 1, None, "not UTF-8", why, "Save the file as UTF-8"))
        return None
    return parse_nodes(text, faults, shown=shown)


def parse_nodes(text: str, faults: list[Fault], *, shown: str) -> Node | None:
    """Return the root of a YAML text, or None with faults added; an empty text is an empty mapping."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
        return Node({}, 1, 1) if root is None else _Converter(faults, shown).convert(root, 0)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        why = ", ".join(part for part in (error.context, error.problem) if part)
        faults.append(Fault(shown, line, column, None, "not YAML", why, _yaml_remedy(why)))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        faults.append(Fault(shown, line, 1, None, "a character that YAML forbids", error.reason, "Remove it"))
    except (TooLargeError, RecursionError) as error:
        why = str(error) or "nested too deep"
        faults.append(Fault(shown, 1, 1, None, "YAML that unfolds too far", why, "Use fewer aliases"))
    return None


def _yaml_remedy(why: str) -> str:
    """Return what to do where PyYAML stops; it words its reasons so."""
    if "cannot start any token" in why:
        return "Put the text in single quotes; indent with blanks, not tabs"
    if "flow" in why or "quoted scalar" in why:
        return "Close what is opened: brackets, braces, quotes"
    if "mapping values are not allowed" in why:
        return "Put a text with a colon in quotes, or begin a new line"
    if "block collection" in why or "block mapping" in why:
        return "Indent the line as those of the same list or mapping"
    return "See that brackets and quotes close, and that lines are indented alike"


class _Converter:
    """Turns PyYAML's nodes into ours, aliases unfolded within bounds, equal keys reported."""

    def __init__(self, faults: list[Fault], shown: str) -> None:
        self._faults, self._shown, self._count = faults, shown, 0

    def convert(self, node: Any, depth: int) -> Node:
        """Return the node with all that it holds; raises TooLargeError."""
        self._count += 1
        if self._count > MAX_NODES or depth > MAX_DEPTH:
            raise TooLargeError(f"more than {MAX_NODES:,} nodes or {MAX_DEPTH} levels")
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        if node.id == "scalar":
            empty = node.tag == "tag:yaml.org,2002:null" and node.style is None
            return Node(None if empty else node.value, line, column, lead=_lead(node))
        if node.id == "sequence":
            return Node([self.convert(item, depth + 1) for item in node.value], line, column)
        return self._mapping(node, depth, Node({}, line, column))

    def _mapping(self, node: Any, depth: int, mapping: Node) -> Node:
        for key_node, value_node in node.value:
            key = self.convert(key_node, depth + 1)
            value = self.convert(value_node, depth + 1)
            if not isinstance(key.value, str):
                self._add(key, f"a key that is {key.kind}", "keys are text", "")
            elif key.value in mapping.value:
                first = mapping.keys[key.value].line
                self._add(key, f"{key.value} stands twice", f"first on line {first}", "Keep one of them")
            else:
                mapping.value[key.value], mapping.keys[key.value] = value, key
        return mapping

    def _add(self, node: Node, what: str, why: str, remedy: str) -> None:
        self._faults.append(Fault(self._shown, node.line, node.column, None, what, why, remedy))


def _lead(node: Any) -> int | None:
    """Return the columns before the text of a scalar that stands on one line as it is, without escapes."""
    start, end = node.start_mark, node.end_mark
    lead = 0 if node.style is None else 1
    as_it_is = start.line == end.line and end.column - start.column == len(node.value) + 2 * lead
    return lead if as_it_is else None
