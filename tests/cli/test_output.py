import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def test_spreadsheet_files_carry_a_mark_and_pipes_none(folder: Path, dreport: Run) -> None:
    for name in ("csv", "tsv"):
        assert dreport("show", "-f", name, "-o", "out").code == 0
        assert (folder / "out").read_bytes() == BYTE_ORDER_MARK + dreport("show", "-f", name).out.encode()


def test_a_file_has_what_the_pipe_has(folder: Path, dreport: Run) -> None:
    for name in ("table", "json", "jsonl", "md"):
        assert dreport("show", "-f", name, "-o", "out") == (0, "", "")
        assert (folder / "out").read_bytes() == dreport("show", "-f", name).out.encode()
    assert sorted(path.name for path in folder.iterdir()) == ["b.txt", "config.yaml", "out", "reports"]


def test_a_failed_run_leaves_the_old_file(folder: Path, dreport: Run) -> None:
    (folder / "out.json").write_text("old", encoding="utf-8")
    assert dreport("show", "--key", "no_such_key", "--json", "-o", "out.json").code == 2
    assert (folder / "out.json").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("arguments", [["missing.txt"], ["--section", "99"], ["missing.txt", "none*.txt"]])
def test_a_file_stays_where_every_input_failed(folder: Path, dreport: Run, arguments: list[str]) -> None:
    (folder / "out").write_text("old", encoding="utf-8")
    for form in ("csv", "json", "table"):
        assert dreport("show", *arguments, "-o", "out", "-f", form).code == 2
        assert (folder / "out").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in folder.iterdir()) == ["b.txt", "config.yaml", "out", "reports"]


def test_a_picture_of_nothing_is_not_drawn(folder: Path, dreport: Run) -> None:
    (folder / "x.svg").write_text("old", encoding="utf-8")
    assert dreport("search", "没有", "--svg", "x.svg").code == 1
    assert (folder / "x.svg").read_text(encoding="utf-8") == "old"
    assert dreport("search", "没有", "--svg", "new.svg").code == 1
    assert not (folder / "new.svg").exists()


def test_a_file_is_replaced_where_one_input_was_read(folder: Path, dreport: Run) -> None:
    (folder / "none.txt").write_text("政府工作报告\n\n一、工作\n\n稳步推进。\n", encoding="utf-8")
    for arguments, code in ((["none.txt"], 1), (["missing.txt", "none.txt"], 2)):
        (folder / "out").write_text("old", encoding="utf-8")
        assert dreport("show", *arguments, "-o", "out", "--json").code == code
        assert (folder / "out").read_text(encoding="utf-8") == "[]\n"


def test_the_mode_and_the_link_of_a_file_stay(folder: Path, dreport: Run) -> None:
    target = folder / "target.json"
    target.write_text("", encoding="utf-8")
    target.chmod(0o640)
    (folder / "link.json").symlink_to(target)
    assert dreport("show", "--json", "-o", "link.json").code == 0
    assert (folder / "link.json").is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert json.loads(target.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("place", "said"), [("reports", "reports: is a folder"), ("no/out.json", "cannot be written")]
)
def test_a_place_that_cannot_be_written(folder: Path, dreport: Run, place: str, said: str) -> None:
    code, out, err = dreport("show", "--json", "-o", place)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_device_is_written_to(folder: Path, dreport: Run) -> None:
    assert dreport("show", "--json", "-o", os.devnull).code == 0
    assert not Path(os.devnull).is_file()


def test_colours(folder: Path, dreport: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in dreport("show").out
    assert "\x1b[" in dreport("show", "--color", "always").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" in dreport("show", "--color", "always").out
