"""Long tables on a terminal go through `$PAGER`."""

from __future__ import annotations

import io
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO


class PagedStream(io.TextIOBase):
    """Keeps what is written until it is more than a screen; then a pager gets it, and all that follows.

    What fits on the screen is written there by `close`.
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
        if self._process is not None and self._process.stdin is not None:
            return self._process.stdin.write(text)
        self._kept.append(text)
        self._lines += text.count("\n")
        if self._lines >= self._rows:
            self._start()
        return len(text)

    def isatty(self) -> bool:
        """Return True: it is shown on the terminal in the end."""
        return True

    def finish(self) -> None:
        """Show what was kept, or wait until the reader has left the pager."""
        if self._process is None:
            self._screen.write("".join(self._kept))
            return
        try:
            if self._process.stdin is not None:
                self._process.stdin.close()
        finally:
            self._wait()

    def abandon(self) -> None:
        """End the pager after an error, so that the terminal is as it was."""
        if self._process is None:
            self._screen.write("".join(self._kept))
            return
        try:
            if self._process.stdin is not None:
                self._process.stdin.close()
        except OSError:  # it has gone already
            pass
        self._wait()

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
        if self._process.stdin is not None:
            self._process.stdin.write("".join(self._kept))
        self._kept.clear()

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
    except BaseException:
        stream.abandon()
        raise
    stream.finish()
