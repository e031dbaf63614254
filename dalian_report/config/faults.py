"""Faults of configuration files, gathered so that one run reports them all."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NamedTuple

from dalian_report.errors import RulesError


class Fault(NamedTuple):
    """One fault: `what` is wrong at a place, `why`, and the `remedy`. Lines and columns count from 1."""

    path: str
    line: int
    column: int
    key: str | None
    what: str
    why: str
    remedy: str

    def __str__(self) -> str:
        """Return `path:line:column: rule key: what (why). remedy`."""
        rule = f"rule {self.key}: " if self.key else ""
        why = f" ({self.why})" if self.why else ""
        remedy = f" {self.remedy}" + ("" if self.remedy[-1] in ".?" else ".") if self.remedy else ""
        return f"{self.path}:{self.line}:{self.column}: {rule}{self.what}{why}.{remedy}"


def raise_faults(faults: Iterable[Fault], path: str) -> None:
    """Raise one RulesError with all faults: those of the file at `path`, then of the files it extends.

    Within a file they stand in file order. Returns where there are none.
    """
    order: dict[str, int] = {path: 0}
    found = list(dict.fromkeys(faults))
    for fault in found:
        order.setdefault(fault.path, len(order))
    found.sort(key=lambda fault: (order[fault.path], fault.line, fault.column))
    if found:
        count = "1 fault" if len(found) == 1 else f"{len(found)} faults"
        raise RulesError(f"{count} in the configuration", where=path, faults=tuple(map(str, found)))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a remedy that names the nearest of the known words, else lists them all.

    >>> nearest("exmaples", ("examples", "match"))
    'Did you mean examples?'
    """
    names = list(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]}?"
    return f"Known here: {', '.join(names)}" if names else ""
