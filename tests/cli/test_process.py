import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dalian_report.views.cells import cell_width

Run = Callable[..., tuple[int, str, str]]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="drives bash and a pseudo-terminal")
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
LONG = "国家乡村振兴重点帮扶县农村自来水普及率"


def on_a_terminal(line: str, folder: Path, **environ: str) -> str:
    """Return what a command shows on a terminal."""
    main, side = pty.openpty()
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": root, "TERM": "xterm", **environ}
    command = [sys.executable, "-m", "dalian_report", *line.split()]
    with subprocess.Popen(command, stdout=side, stderr=side, cwd=folder, env=environment):
        os.close(side)
        shown = b""
        while select.select([main], [], [], 30)[0]:
            try:
                part = os.read(main, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(main)
    text = shown.decode("utf-8").replace("\r\n", "\n")
    return re.sub(r"\r[^\r\n]*\x1b\[K", "", text)  # progress, which a slow machine shows


def test_a_closed_pipe_is_quiet(folder: Path, process: Run) -> None:
    text = (folder / "reports" / "a.txt").read_text(encoding="utf-8")
    (folder / "long.txt").write_text(text.split("二、")[0] + "新增停车泊位4万个。\n" * 3000, encoding="utf-8")
    for line in ("show long.txt --json", "show long.txt", "--help", "schema"):
        done = process(f"dreport {line} | head -1; exit ${{PIPESTATUS[0]}}")
        assert (done.code, done.err) == (0, ""), line
        assert done.out.count("\n") == 1


def test_a_c_locale_makes_no_difference(folder: Path, process: Run) -> None:
    line = "dreport show; dreport search 停车泊位 --json; dreport show missing-文件.txt"
    plain = process(line, LC_ALL="C.UTF-8")
    assert plain.code == 2
    assert process(line, LC_ALL="C") == plain
    assert process("dreport show", LC_ALL="C", PYTHONUTF8="0").code == 0
    assert "停车泊位" in plain.out
    assert "missing-文件.txt" in plain.err


def test_a_file_name_that_is_no_utf8(folder: Path, process: Run) -> None:
    (folder / os.fsdecode(b"\xc4\xe3.txt")).write_text("工作\n\n新增停车泊位4万个。\n", encoding="utf-8")
    done = process("dreport show $'\\xc4\\xe3.txt' --json")
    assert done.code == 0
    assert json.loads(done.out)[0]["source"] == "\udcc4\udce3.txt"
    assert "\\udcc4\\udce3.txt" in process("dreport show $'\\xc4\\xe3.txt'").out


def test_standard_input(folder: Path, process: Run) -> None:
    done = process("dreport show - --json < reports/a.txt")
    assert done.code == 0
    assert {record["source"] for record in json.loads(done.out)} == {"-"}
    assert process("dreport show - < /dev/null") == (2, "", "dreport: standard input: empty.\n")


def test_streams_that_cannot_be_written(folder: Path, process: Run) -> None:
    done = process("dreport show --json >&-")
    assert (done.code, done.err.count("\n")) == (2, 1)
    if Path("/dev/full").exists():
        done = process("dreport show --json > /dev/full")
        assert done.code == 2
        assert done.err.startswith("dreport: standard output: ")
        assert done.err.count("\n") == 1


def test_a_closed_stderr_leaves_stdout_alone(folder: Path, process: Run) -> None:
    done = process("dreport show --json reports/a.txt missing.txt 2>&-")
    assert (done.code, done.err) == (2, "")
    assert json.loads(done.out)


def test_an_interrupt_ends_with_130(folder: Path) -> None:
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-m", "dalian_report", "show", "-"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root},
        # Where the tests run in the background interrupts are ignored, and a child inherits that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as running:
        # It sleeps in the read of standard input once everything is loaded.
        status = Path(f"/proc/{running.pid}/syscall")
        if not status.exists():
            pytest.skip("needs /proc to see when the program waits")
        deadline = time.monotonic() + 20
        while not status.read_text().startswith("0 0x0 ") and time.monotonic() < deadline:
            select.select([], [], [], 0.01)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (130, b"")


@pytest.mark.parametrize("columns", ["60", "80"])
def test_a_terminal_shows_everything_in_its_width(folder: Path, process: Run, columns: str) -> None:
    text = f"政府工作报告\n\n（一）{LONG}。{LONG}达到88.5%，比上年提高1.5个百分点。\n"
    (folder / "wide.txt").write_text(text, encoding="utf-8")
    shown = on_a_terminal("show wide.txt --context", folder, COLUMNS=columns)
    lines = ESCAPES.sub("", shown).splitlines()
    assert all(cell_width(line) <= int(columns) for line in lines)
    piped = process("dreport show wide.txt --context").out
    assert "".join(sorted("".join(lines).replace(" ", ""))) == "".join(sorted("".join(piped.split())))
    assert process("dreport show wide.txt --context", COLUMNS=columns).out == piped


def test_a_terminal_has_colours_unless_told_otherwise(folder: Path) -> None:
    assert "\x1b[" in on_a_terminal("show", folder)
    assert "\x1b[" not in on_a_terminal("show", folder, NO_COLOR="1")
    assert "\x1b[" in on_a_terminal("show", folder, NO_COLOR="")
    assert "\x1b[" not in on_a_terminal("show", folder, TERM="dumb")
    assert "\x1b[" not in on_a_terminal("show --color never", folder)


def test_report_text_drives_no_terminal(folder: Path, process: Run) -> None:
    heading = "（一）[bold]治\u202e水[/x]"
    text = f"政府工作报告\n\n{heading}。完成\x1b[31m河道\x07整治12公里，新增[red]泊位[/red]4万个。\n"
    (folder / "odd.txt").write_text(text, encoding="utf-8")
    for shown in (
        ESCAPES.sub("", on_a_terminal("show odd.txt --context", folder)),
        process("dreport show odd.txt --context").out,
    ):
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", shown)
        assert "[bold]治\\u202e水[/x]" in shown
        assert "\\x1b[31m" in shown


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl", "md"])
def test_data_drive_no_terminal_and_stay_as_they_are_elsewhere(folder: Path, process: Run, form: str) -> None:
    text = "政府工作报告\n\n一、治\u202e水\n\n完成\x1b[31m河道\x07整治12公里。\n"
    (folder / "odd.txt").write_text(text, encoding="utf-8")
    shown = ESCAPES.sub("", on_a_terminal(f"show odd.txt -f {form}", folder))
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", shown)
    if form in ("csv", "tsv"):
        assert "完成\\x1b[31m河道\\x07整治" in shown
        piped = process(f"dreport show odd.txt -f {form}; dreport show odd.txt -f {form} -o out").out
        assert "完成\x1b[31m河道\x07整治" in piped
        assert (folder / "out").read_text(encoding="utf-8-sig") == piped


def test_a_title_keeps_its_path_whole(folder: Path) -> None:
    place = folder / "reports-of-the-city" / "work"
    place.mkdir(parents=True)
    text = f"{LONG}工作报告\n\n一、工作\n\n新增停车泊位4万个。\n"
    (place / "some-report.txt").write_text(text, encoding="utf-8")
    name = "reports-of-the-city/work/some-report.txt"
    shown = ESCAPES.sub("", on_a_terminal(f"show {name}", folder, COLUMNS="60"))
    assert name in shown.splitlines()


def test_the_json_path_imports_nothing_heavy(folder: Path, process: Run) -> None:
    done = process("dreport show --json", PYTHONPROFILEIMPORTTIME="1")
    imported = {line.split("|")[-1].strip() for line in done.err.splitlines()}
    assert done.code == 0
    assert not imported & {"rich", "jieba", "docx", "tempfile", "importlib.metadata", "csv"}
    assert "rich.console" not in imported


def test_only_what_segments_loads_a_segmenter(folder: Path, process: Run) -> None:
    lines = ("summary --words 0", "search 停车 --kwic", "keywords --trend 停车", "sections --map")
    for line in lines:
        done = process(f"dreport {line}", PYTHONPROFILEIMPORTTIME="1")
        imported = {entry.split("|")[-1].strip() for entry in done.err.splitlines()}
        assert done.code == 0
        assert not imported & {"jieba", "rjieba", "rich"}, line


@pytest.mark.parametrize(
    ("shell", "mark"), [("bash", "complete -o"), ("zsh", "#compdef"), ("fish", "--command dreport")]
)
def test_completion(process: Run, shell: str, mark: str) -> None:
    done = process(f"dreport --show-completion {shell}")
    assert done.code == 0
    assert "_DREPORT_COMPLETE" in done.out
    assert mark in done.out


def test_completion_of_commands(process: Run) -> None:
    done = process("dreport", _DREPORT_COMPLETE="complete_bash", COMP_WORDS="dreport s", COMP_CWORD="1")
    assert done.out.split() == ["show", "sections", "summary", "search", "schema"]
