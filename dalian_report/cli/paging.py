"""Long tables on a terminal go through `$PAGER`."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TextIO

_NOT_STARTED = (126, 127)  # how a shell says that it could not run a command, or found none


class PagedStream(io.TextIOBase):
    """Keeps what is written until it is more than a screen; then a pager gets it, and all that follows.

    What fits on the screen is written there by `finish`, and all of it where the pager cannot start.
    """

    def __init__(self, screen: TextIO, *, rows: int, pager: str, environ: Mapping[str, str]) -> None:
        super().__init__()
        self._screen, self._rows, self._pager = screen, rows, pager
        self._environ = {"LESS": "FRX", "LV": "-c", **environ}  # less: colours, and the screen as it was
        self._kept: list[str] = []
        self._lines = 0
        self._process: subprocess.Popen[str] | None = None

    def write(self, text: str, /) -> int:
        """Write; raises BrokenPipeError where the pager was left early."""
        self._kept.append(text)
        self._lines += text.count("\n")
        if self._process is not None:
            self._pass_on(text)
        elif self._lines >= self._rows:
            self._start()
        return len(text)

    def isatty(self) -> bool:
        """Return True: it is shown on the terminal in the end."""
        return True

    def finish(self) -> None:
        """Wait until the reader has left the pager; show what was kept where there was none."""
        self._end()
        if self._process is None:
            self._screen.write("".join(self._kept))

    def _start(self) -> None:
        self._screen.flush()
        self._process = subprocess.Popen(
            self._pager,
            shell=True,  # $PAGER is a shell line: `less -R`
            stdin=subprocess.PIPE,
            encoding="utf-8",
            errors="backslashreplace",
            env=self._environ,
        )
        self._pass_on("".join(self._kept))

    def _pass_on(self, text: str) -> None:
        try:
            if self._process is not None and self._process.stdin is not None:
                self._process.stdin.write(text)
        except BrokenPipeError:
            self._end()
            if self._process is not None:
                raise

    def _end(self) -> None:
        """Wait for the pager; one that could not start is forgotten, and there is none from then on."""
        if self._process is None:
            return
        with suppress(OSError):  # it has gone already
            if self._process.stdin is not None:
                self._process.stdin.close()
        self._wait()
        if self._process.returncode in _NOT_STARTED:
            self._process, self._rows = None, sys.maxsize

    def _wait(self) -> None:
        """Wait for the pager; an interrupt is the pager's own business while it runs."""
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            if self._process is not None:
                self._process.wait()
        finally:
            signal.signal(signal.SIGINT, before)


@contextmanager
def paged(screen: TextIO, *, rows: int, pager: str, environ: Mapping[str, str]) -> Iterator[TextIO]:
    """Give a stream that goes to the screen or, where it is longer than that, through the pager."""
    stream = PagedStream(screen, rows=rows, pager=pager, environ=environ)
    try:
        yield stream  # type: ignore[misc]  # all that a sink does is to write
    finally:  # also after an error, so that the terminal is as it was
        stream.finish()
