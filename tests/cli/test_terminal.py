"""What only a terminal sees: pager, progress, an interrupt that leaves it clean, and columns that hold."""

import codecs
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from dalian_report.views.cells import cell_width
from tests.cli.conftest import REPORT, Outcome

Run = Callable[..., Outcome]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
PROGRESS = "\r1/1 standard input\x1b[K"
DRAWN = re.compile(r"\r[^\r\n]*\x1b\[K")  # any line of progress, which a slow machine shows
Process = subprocess.Popen[bytes]
ROOT = str(Path(__file__).parents[2])


class Terminal(NamedTuple):
    """What a run has shown, and its exit code."""

    shown: str
    code: int


def on_terminals(line: str, folder: Path, **environ: str) -> Terminal:
    """Run a command with a terminal for stdin, stdout and stderr; lines of progress are left out."""
    import pty

    main, side = pty.openpty()
    with started(line, folder, stdin=side, stdout=side, stderr=side, **environ) as run:
        os.close(side)
        shown = "".join(output_of(main))
    os.close(main)
    return Terminal(DRAWN.sub("", shown), run.returncode)


def interruptible() -> None:
    """Take interrupts in a child, also where the tests run in the background, which ignores them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started(line: str, folder: Path, *, stdin: int, stdout: int, stderr: int, **environ: str) -> Process:
    environment = {**os.environ, "PYTHONPATH": ROOT, "TERM": "xterm", "COLUMNS": "80", **environ}
    command = [sys.executable, "-m", "dalian_report", *line.split()]
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        cwd=folder,
        env=environment,
        preexec_fn=interruptible,
    )


def output_of(main: int) -> Iterator[str]:
    """Yield what comes from a pseudo-terminal until its other side is closed."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    while select.select([main], [], [], 30)[0]:
        try:
            part = os.read(main, 65536)
        except OSError:  # how Linux ends a pseudo-terminal
            return
        if not part:
            return
        yield decoder.decode(part).replace("\r\n", "\n")


def while_waiting(folder: Path, act: Callable[[Process], object]) -> Terminal:
    """Run `show -` with stderr a terminal; `act` comes when the line of progress is there."""
    import pty

    main, side = pty.openpty()
    with started(
        "show - --json", folder, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=side
    ) as run:
        os.close(side)
        shown, acted = "", False
        for part in output_of(main):
            shown += part
            if PROGRESS in shown and not acted:
                acted = True
                act(run)
    os.close(main)
    return Terminal(shown, run.returncode)


def test_a_long_table_goes_through_the_pager(folder: Path) -> None:
    pager = "sed s/^/PAGED:/"
    long = on_terminals("show --color never", folder, PAGER=pager, LINES="5")
    lines = long.shown.splitlines()
    assert len(lines) > 8
    assert all(line.startswith("PAGED:") for line in lines)
    assert long.code == 0
    assert "PAGED" not in on_terminals("show", folder, PAGER=pager, LINES="50").shown
    assert "PAGED" not in on_terminals("show --json", folder, PAGER=pager, LINES="5").shown
    assert "PAGED" not in on_terminals("show", folder, PAGER="", LINES="5").shown


def test_a_pager_that_is_left_early_is_no_error(folder: Path) -> None:
    (folder / "long.txt").write_text("一、工作\n" + "新增停车泊位4万个。\n" * 1500, encoding="utf-8")
    done = on_terminals("show long.txt", folder, PAGER="head -1", LINES="5")
    assert done.code == 0
    assert "rror" not in done.shown


@pytest.mark.parametrize("times", [1, 3000])
def test_a_pager_that_cannot_start_loses_nothing(folder: Path, times: int) -> None:
    (folder / "long.txt").write_text("一、工作\n" + "新增停车泊位4万个。\n" * times, encoding="utf-8")
    done = on_terminals("show long.txt", folder, PAGER="/nonexistent/pager -R", LINES="2")
    assert done.code == 0
    assert done.shown.count("4万个") == times
    assert "rror" not in done.shown


def test_progress_after_a_second(folder: Path) -> None:
    def feed(run: Process) -> None:
        assert run.stdin is not None
        run.stdin.write(REPORT.encode())
        run.stdin.close()

    done = while_waiting(folder, feed)
    assert done.code == 0
    assert done.shown.startswith(PROGRESS)
    assert done.shown.endswith("\r\x1b[K")


def test_an_interrupt_leaves_a_clean_terminal(folder: Path) -> None:
    done = while_waiting(folder, lambda run: run.send_signal(signal.SIGINT))
    assert done.code == 130
    assert done.shown.replace(PROGRESS, "") == "\r\x1b[K"


WIDE = [
    "summary",
    "summary --lang en",
    "search 增长 -e 海洋",
    "search 增长 --kwic",
    "search 增长 --count section",
    "keywords",
    "keywords --trend 增长 --trend 海洋经济",
    "keywords --compare reports/a.txt b.txt",
    "sections --map --term 增长",
]


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("line", WIDE)
def test_columns_hold_with_wide_characters(folder: Path, dreport: Run, line: str, columns: int) -> None:
    out = folder / "out.txt"
    assert dreport(*line.split(), "--columns", str(columns), "-o", str(out)).code == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert max(map(cell_width, lines)) <= columns
    assert not any(row.endswith(" ") for row in lines)
