"""The one family of errors: each knows its exit code and says what, where, why and what to do."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of every command: as ripgrep's, with 130 for an interrupt.

    3 says that a ledger that should be whole is not.
    """

    FOUND = 0
    NOTHING = 1
    FAILED = 2
    UNCLAIMED = 3
    INTERRUPTED = 130


class DReportError(Exception):
    """An error that a user can act on.

    `what` is wrong, `where` it is (a path, with line and column where they are known), `why`, and
    `remedy`: what to do. `str()` joins them to one line: `where: what (why). remedy`.
    """

    exit_code = ExitCode.FAILED

    def __init__(self, what: str, *, where: str = "", why: str = "", remedy: str = "") -> None:
        self.what, self.where, self.why, self.remedy = what, where, why, remedy
        super().__init__(self.line())

    def line(self) -> str:
        """Return the message as one line."""
        parts = [
            f"{self.where}: " if self.where else "",
            self.what,
            f" ({self.why})" if self.why else "",
            ".",
        ]
        return "".join(parts) + (f" {self.remedy}" if self.remedy else "")


class SourceError(DReportError):
    """An input that cannot be read: missing, empty, binary, of an unknown format."""


class EncodingError(SourceError):
    """Bytes that are no text in any encoding that we accept."""


class RulesError(DReportError):
    """A configuration or rule file with faults; `faults` holds one line for each, in file order."""

    def __init__(self, what: str, *, where: str = "", faults: tuple[str, ...] = (), remedy: str = "") -> None:
        self.faults = faults
        super().__init__(what, where=where, remedy=remedy)


class UsageError(DReportError):
    """An option or argument that does not fit: an unknown section, an unknown format."""


class InternalError(DReportError):
    """A fault of ours that came up over one input; the exception itself is its `__cause__`."""
