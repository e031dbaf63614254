"""Progress of anything that takes over a second, on stderr where that is a terminal."""

from __future__ import annotations

import threading
from time import monotonic
from typing import TextIO

from dalian_report.views.cells import cell_width, escape_unsafe

_AFTER_S = 1.0
_EVERY_S = 0.2


class Progress:
    """One line at the foot of the terminal, from a thread of its own, so that one slow input shows too.

    `at` says what is being done. `hide` takes the line away before anything else is written; the line comes
    back at the next turn unless `stop` has ended it.
    """

    def __init__(self, stream: TextIO, *, columns: int) -> None:
        self._stream, self._columns = stream, columns
        self._text = ""
        self._shown = False
        self._held = True
        self._began = monotonic()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def at(self, text: str) -> None:
        """Say what is being done now."""
        with self._lock:
            self._text, self._held = text, False
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def hide(self) -> None:
        """Clear the line until the next `at`."""
        with self._lock:
            self._held = True
            self._clear()

    def stop(self) -> None:
        """Clear the line and end."""
        self._ended.set()
        self.hide()

    def _run(self) -> None:
        while not self._ended.wait(_EVERY_S):
            with self._lock:
                if not self._held and monotonic() - self._began >= _AFTER_S:
                    self._draw()

    def _draw(self) -> None:
        text = escape_unsafe(self._text)
        while cell_width(text) >= self._columns:
            text = text[:-1]
        self._stream.write(f"\r{text}\x1b[K")
        self._stream.flush()
        self._shown = True

    def _clear(self) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False
