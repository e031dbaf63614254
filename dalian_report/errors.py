"""The one family of errors: each knows its exit code and says what, where, why and what to do."""

from enum import IntEnum
from typing import Literal, NamedTuple


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


class Fault(NamedTuple):
    """One fault of a file: `what` is wrong at a place, `why`, and the `remedy`; lines and columns from 1.

    `key` is the rule it belongs to, `excerpt` the line of the file. A `warning` does not stop the run.
    """

    path: str
    line: int
    column: int
    key: str | None
    what: str
    why: str
    remedy: str
    level: Literal["error", "warning"] = "error"
    excerpt: str = ""

    def __str__(self) -> str:
        """Return `path:line:column: rule key: what (why). remedy`."""
        level = "warning: " if self.level == "warning" else ""
        rule = f"rule {self.key}: " if self.key else ""
        why = f" ({self.why})" if self.why else ""
        remedy = f" {self.remedy}" + ("" if self.remedy[-1] in ".?" else ".") if self.remedy else ""
        return f"{self.path}:{self.line}:{self.column}: {level}{rule}{self.what}{why}.{remedy}"


class RulesError(DReportError):
    """A configuration or rule file with faults.

    `faults` holds one line for each, in file order, `places` the same faults as records.
    """

    def __init__(
        self, what: str, *, where: str = "", places: tuple[Fault, ...] = (), remedy: str = ""
    ) -> None:
        self.places = places
        self.faults = tuple(map(str, places))
        super().__init__(what, where=where, remedy=remedy)


class NoReportError(SourceError):
    """A file that can be read and holds no report: a table without full texts, a zip file of pictures."""


class UsageError(DReportError):
    """An option or argument that does not fit: an unknown section, an unknown format."""


class InternalError(DReportError):
    """A fault of ours that came up over one input; the exception itself is its `__cause__`."""


def counted(count: int, noun: str) -> str:
    """Return a number with its noun, as messages have it.

    >>> counted(1, "rule"), counted(1200, "rule")
    ('1 rule', '1,200 rules')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
