"""Faults of configuration files, gathered so that one run reports them all."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from dalian_report import data
from dalian_report.errors import Fault, RulesError

__all__ = ["Fault", "faults_error", "nearest", "raise_faults", "sorted_faults"]


def raise_faults(faults: Iterable[Fault], path: str) -> None:
    """Raise one RulesError with all faults that are errors; return where there are none."""
    found = sorted_faults((fault for fault in faults if fault.level == "error"), path)
    if found:
        raise faults_error(found, path)


def faults_error(faults: tuple[Fault, ...], path: str) -> RulesError:
    """Return the error that tells of all the faults in a configuration."""
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return RulesError(f"{count} in the configuration", where=path, places=faults)


def sorted_faults(faults: Iterable[Fault], path: str) -> tuple[Fault, ...]:
    """Return faults, each once and with its line: those of the file at `path`, then of the files it extends.

    Within a file they stand in file order.
    """
    order: dict[str, int] = {path: 0}
    found = list(dict.fromkeys(faults))
    for fault in found:
        order.setdefault(fault.path, len(order))
    found.sort(key=lambda fault: (order[fault.path], fault.line, fault.column))
    lines = {name: _lines(name) for name in {fault.path for fault in found}}
    return tuple(fault._replace(excerpt=lines[fault.path].get(fault.line, "")) for fault in found)


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


def _lines(path: str) -> dict[int, str]:
    """Return the lines of a file that messages name, by number; nothing where it cannot be read as text."""
    for place in (Path(path), data.folder() / path):
        try:
            text = place.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        return dict(enumerate(text.splitlines(), start=1))
    return {}
