"""Typed reading of the fields of a YAML mapping; whatever is wrong becomes a fault, and reading goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from dalian_report.config.faults import Fault, nearest
from dalian_report.config.nodes import Node


class Fields:
    """The fields of one mapping in the file that messages name `shown`; `key` is the rule they belong to."""

    def __init__(self, node: Node, faults: list[Fault], *, shown: str, key: str | None = None) -> None:
        self.node, self.shown, self.key, self._faults = node, shown, key, faults

    def fault(
        self, node: Node | None, what: str, *, why: str = "", remedy: str = "", at: int | None = None
    ) -> None:
        """Add a fault at a node, at the mapping itself where there is none; `at` is a place in its text."""
        place = node or self.node
        inside = 0 if at is None or place.lead is None else place.lead + at
        self._faults.append(Fault(self.shown, place.line, place.column + inside, self.key, what, why, remedy))

    def warn(self, node: Node | None, what: str, *, why: str = "", remedy: str = "") -> None:
        """Add a warning at a node, at the mapping itself where there is none."""
        place = node or self.node
        self._faults.append(
            Fault(self.shown, place.line, place.column, self.key, what, why, remedy, level="warning")
        )

    def inner(self, node: Node) -> Fields:
        """Return the fields of a mapping inside this one."""
        return Fields(node, self._faults, shown=self.shown, key=self.key)

    def check_known(self, known: Sequence[str], *, within: str) -> bool:
        """Add a fault for each field not known; return False where the node is no mapping at all."""
        if not isinstance(self.node.value, dict):
            self.fault(self.node, f"{within} must be a mapping, not {self.node.kind}")
            return False
        for name, place in self.node.keys.items():
            if name not in known:
                self.fault(place, f"unknown field {name}", remedy=nearest(name, known))
        return True

    def get(self, name: str) -> Node | None:
        """Return the node of a field, None where it is absent or null."""
        node = self.node.value.get(name)
        return node if isinstance(node, Node) and node.value is not None else None

    def text(self, name: str, *, required: bool = False) -> str | None:
        """Return a field's text, None where it is absent or wrong."""
        node = self.get(name)
        if node is None:
            if required:
                self.fault(self.node.keys.get(name), f"missing field {name}", remedy=f"Add {name}:")
            return None
        if not isinstance(node.value, str) or not node.value.strip():
            empty = isinstance(node.value, str)
            self.fault(
                node, f"{name} must not be empty" if empty else f"{name} must be text, not {node.kind}"
            )
            return None
        return node.value

    def texts(self, name: str, *, single: bool = False) -> tuple[str, ...]:
        """Return the texts of a list; with `single`, one text by itself is a list of one."""
        return tuple(node.value for node in self.text_nodes(name, single=single))

    def text_nodes(self, name: str, *, single: bool = False) -> list[Node]:
        """Return the nodes of the texts of a list."""
        node = self.get(name)
        if node is None:
            return []
        if single and isinstance(node.value, str):
            return [node]
        return [item for item in self._items(node, name) if self._is_text(item, name)]

    def groups(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Return the texts of a list of lists, each of two texts or more."""
        node = self.get(name)
        found = []
        for item in [] if node is None else self._items(node, name):
            if not isinstance(item.value, list) or len(item.value) < 2:
                remedy = f"Write {name}: [[人工智能, AI], … ]"
                self.fault(item, f"{name} holds what is no list of two or more", remedy=remedy)
                continue
            found.append(tuple(text.value for text in item.value if self._is_text(text, name)))
        return tuple(found)

    def mappings(self, name: str) -> list[Fields]:
        """Return the mappings of a list."""
        node = self.get(name)
        return [] if node is None else [self.inner(item) for item in self._items(node, name)]

    def flag(self, name: str) -> bool:
        """Return a field that is true or false; absent is false."""
        text = self.text(name)
        if text not in (None, "true", "false"):
            self.fault(self.get(name), f"{name} must be true or false, not {text}")
        return text == "true"

    def choice(self, name: str, allowed: Iterable[str]) -> str | None:
        """Return a field's text if it is one of the allowed ones."""
        text = self.text(name)
        return text if text is None or self.is_allowed(self.get(name), name, text, allowed) else None

    def is_allowed(self, node: Node | None, name: str, text: str, allowed: Iterable[str]) -> bool:
        """Return whether a text is one of the allowed ones, with a fault where not."""
        words = list(allowed)
        if text not in words:
            self.fault(node, f"{name}: {text} is none of {', '.join(words)}")
        return text in words

    def number(self, name: str) -> Decimal | None:
        """Return a field that is a number as printed, such as 12.5 or 1,234."""
        text = self.text(name)
        if text is None:
            return None
        try:
            number = Decimal(text.replace(",", ""))
        except InvalidOperation:
            number = Decimal("nan")
        if not number.is_finite():
            self.fault(self.get(name), f"{name} must be a number, not {text}")
            return None
        return number

    def _items(self, node: Node, name: str) -> list[Node]:
        if not isinstance(node.value, list):
            self.fault(node, f"{name} must be a list, not {node.kind}", remedy=f"Write {name}: [ … ]")
            return []
        return list(node)

    def _is_text(self, item: Node, name: str) -> bool:
        if not isinstance(item.value, str) or not item.value.strip():
            self.fault(item, f"{name} holds {item.kind}", why="each item must be text")
            return False
        return True
