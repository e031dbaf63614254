"""The program as a process: how it leaves. `main`, which the other tests call, returns."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from dalian_report import __main__ as program

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]


def test_the_console_script_is_the_module() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"dreport": f"{program.__name__}:{program.run.__name__}"}


def test_all_is_written_before_it_leaves(folder: Path, process: Run) -> None:
    (folder / "long.txt").write_text("一、回顾\n" + "新增停车泊位4万个。\n" * 2000, encoding="utf-8")
    assert process("dreport show long.txt --json").out.endswith("}\n]\n")
    code, out, err = process("dreport show --json reports/a.txt missing.txt")
    assert (code, out.endswith("}\n]\n"), err.count("\n")) == (2, True, 2)


class _Stream:
    """Standard output on a full disk."""

    def flush(self) -> None:
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("code", "left_with"), [(0, 2), (1, 1), (130, 130)])
def test_a_stream_that_cannot_be_flushed_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, code: int, left_with: int
) -> None:
    left: list[int] = []
    monkeypatch.setattr("dalian_report.cli.main.main", lambda: code)
    monkeypatch.setattr("gc.set_threshold", lambda count: None)
    monkeypatch.setattr("os._exit", left.append)
    monkeypatch.setattr("sys.stdout", _Stream())
    program.run()
    assert left == [left_with]


def test_an_interrupt_before_main_is_there_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []

    def interrupt(count: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gc.set_threshold", interrupt)
    monkeypatch.setattr("os._exit", left.append)
    program.run()
    assert left == [130]


def test_closed_streams_are_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []
    monkeypatch.setattr("dalian_report.cli.main.main", lambda: 1)
    monkeypatch.setattr("gc.set_threshold", lambda count: None)
    monkeypatch.setattr("os._exit", left.append)
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    program.run()
    assert left == [1]
