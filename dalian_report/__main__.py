"""The program: `dreport`, and `python -m dalian_report`."""

import gc
import os
import sys
from typing import NoReturn, TextIO

# Start-up makes 33,000 objects that stay, and collecting among them takes longer than all our imports.
_COLLECT_AFTER = 50_000
_FAILED = 2
_INTERRUPTED = 130


def run() -> NoReturn:
    """Run the command line and leave the process with its exit code.

    It leaves at once: taking the interpreter down object by object takes longer than to start it, and
    nothing is left to do, since `main` has closed its files. What embeds or tests the command line calls
    `dalian_report.cli.main.main`, which returns.
    """
    try:
        gc.set_threshold(_COLLECT_AFTER)
        from dalian_report.cli.main import main

        code = main()
    except KeyboardInterrupt:  # while it was being imported: main itself returns 130
        code = _INTERRUPTED
    flushed = [_flush(stream) for stream in (sys.stdout, sys.stderr)]
    os._exit(code if all(flushed) else code or _FAILED)


def _flush(stream: TextIO | None) -> bool:
    """Write what a stream still holds; `main` has told why where that fails, so it is only counted here."""
    try:
        if stream is not None:  # the shell can close it
            stream.flush()
    except (OSError, ValueError):
        return False
    return True


if __name__ == "__main__":
    run()
