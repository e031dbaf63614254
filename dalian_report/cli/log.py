"""What goes to stderr: errors always, notes unless `--quiet`, details with `--verbose`; and the exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dalian_report.errors import DReportError, ExitCode, Fault, InternalError, RulesError

if TYPE_CHECKING:
    from dalian_report.views import Language

    from .progress import Progress

_PIPE = "standard input"


class Log:
    """The voice of one run on stderr, and its memory of what failed."""

    def __init__(self) -> None:
        self.quiet = False
        self.verbose = False
        self.language: Language = "en"
        self.progress: Progress | None = None
        self.failed_inputs = 0
        self._failed = False

    def error(self, line: str) -> None:
        """Tell of something that failed."""
        self._write(f"dreport: {line}")

    def note(self, line: str) -> None:
        """Tell something that the user should know about the answer."""
        if not self.quiet:
            self._write(self.say(line))

    def detail(self, line: str) -> None:
        """Tell something about how the answer came to be."""
        if self.verbose and not self.quiet:
            self._write(self.say(line))

    def fail(self, error: DReportError) -> None:
        """Tell of an input that failed while the run goes on, and count it."""
        self.failed_inputs += 1
        self.lack(error)

    def lack(self, error: DReportError) -> None:
        """Tell of something that the answer lacks, and remember it for the exit code."""
        self._failed = True
        self.report(error)

    def report(self, error: DReportError) -> None:
        """Write an error as one line, and the faults of a configuration as one line each.

        Where a fault of ours is behind it, `--verbose` shows the traceback.
        """
        self.error(self._line(error))
        if isinstance(error, InternalError) and error.__cause__ is not None and self.verbose:
            self.traceback(error.__cause__)
        if isinstance(error, RulesError):
            self.faults(error.places)

    def faults(self, faults: Iterable[Fault]) -> None:
        """Write faults, each with its line and a caret at its place."""
        from dalian_report.views.findings import fault_lines

        for fault in faults:
            for line in fault_lines(fault, self.language):
                self._write(line)

    def traceback(self, error: BaseException) -> None:
        """Write where an exception came from."""
        from traceback import format_exception

        for line in "".join(format_exception(error)).splitlines():
            self._write(line)

    def _line(self, error: DReportError) -> str:
        """Return an error as one line; its parts are said in the language of the run."""
        what, why, remedy = (self.say(part) if part else "" for part in (error.what, error.why, error.remedy))
        if self.language == "zh":
            # no other place is looked up: a file may be called as we call something
            named = self.say(error.where) if error.where == _PIPE else error.where
            where = f"{named}：" if named else ""
            return where + what + (f"（{why}）" if why else "") + f"。{remedy}"
        return DReportError(what, where=error.where, why=why, remedy=remedy).line()

    def say(self, line: str) -> str:
        """Return what the program says in the language of the run."""
        from dalian_report.views import said

        return said(line, self.language)

    def finish(self, *, found: bool, inputs: int = 1, bad: bool = False) -> ExitCode:
        """Return the exit code, having said how many inputs failed or that nothing was found.

        What was found is `bad` where a check did not hold: that is exit 1 too.
        """
        if self._failed:
            if self.failed_inputs and inputs > 1:
                self.error(self.say(f"{self.failed_inputs} of {inputs} inputs failed."))
            return ExitCode.FAILED
        if not found:
            self.note("nothing found")
            return ExitCode.NOTHING
        return ExitCode.NOTHING if bad else ExitCode.FOUND

    def _write(self, line: str) -> None:
        from dalian_report.views.cells import one_line

        if self.progress is not None:
            self.progress.hide()
        if sys.stderr is not None:  # the shell can close it, and print would then turn to stdout
            print(one_line(line), file=sys.stderr)
