"""Optional libraries: the one line that says what to install where one is missing."""

from __future__ import annotations

from dalian_report.errors import SourceError


def missing(extra: str, what: str, *, where: str) -> SourceError:
    """Return the error for an input that needs a library which is not installed; `extra` brings it."""
    return SourceError(
        f"{what} need a library that is not installed",
        where=where,
        remedy=f"Install it: pip install 'dreport[{extra}]'",
    )
