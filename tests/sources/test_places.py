"""Finding files: folders, globs, links, and what must not be read or lost."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dalian_report.sources import locate, read_file
from dalian_report.sources.places import KNOWN_FORMATS

KNOWN = KNOWN_FORMATS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with `reports` in it."""
    for name in ("c.txt", "a.md", "b/d.docx", ".hidden.txt", "b/~$d.docx", "data.dat", "b/.e/f.txt"):
        file = tmp_path / "reports" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    (tmp_path / "outside.txt").write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_folders_are_sorted_and_what_is_left_out_is_listed(folder: Path) -> None:
    (folder / "reports" / "link.txt").symlink_to(folder / "outside.txt")
    (folder / "reports" / "inner.txt").symlink_to(folder / "reports" / "c.txt")
    located = locate(["reports"])
    assert located.paths == ("reports/a.md", "reports/c.txt", "reports/b/d.docx")
    assert located.skipped == (
        ("reports/data.dat", "no known format"),
        ("reports/link.txt", "link out of the folder"),
    )
    assert located.failed == ()


def test_json_is_read_where_it_is_named(folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "a.json").write_text("{}")
    assert locate(["other/a.json"]).paths == ("other/a.json",)
    located = locate(["other"])
    assert located.paths == ()
    assert [(item.kind, item.may_be_report) for item in located.skipped] == [(".json", True)]
    assert "; .json where the file is named" in str(located.failed[0])


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("reports/*.txt", ["reports/c.txt"]),
        ("./reports/?.*", ["reports/a.md", "reports/c.txt"]),
        ("reports/**/*.docx", ["reports/b/d.docx"]),
        ("**/c.txt", ["reports/c.txt"]),
        ("**", ["outside.txt", "reports/a.md", "reports/c.txt", "reports/b/d.docx"]),
        ("rep*/b", ["reports/b/d.docx"]),
        ("reports/[bc]*", ["reports/c.txt", "reports/b/d.docx"]),
    ],
)
def test_globs(folder: Path, pattern: str, found: list[str]) -> None:
    assert list(locate([pattern]).paths) == found
    whole = str(folder / pattern)
    assert list(locate([whole]).paths) == [str(folder / name) for name in found]


@pytest.mark.parametrize("pattern", ["*.md", "nowhere/*.md", "reports/[xy]*", "reports/*/*.txt"])
def test_a_glob_that_nothing_matches_is_told(folder: Path, pattern: str) -> None:
    located = locate([pattern])
    assert located.paths == ()
    assert [str(error) for error in located.failed] == [f"{pattern}: no file matches."]


def test_paths_keep_their_order_and_come_once(folder: Path) -> None:
    file = folder / "[1].txt"
    file.write_text("x")
    names = ["none*.txt", "-", "[1].txt", "./[1].txt", str(file), "reports/../[1].txt", "-"]
    assert locate(names).paths == ("-", "[1].txt")
    assert locate(["reports/c.txt", "reports"]).paths[0] == "reports/c.txt"
    assert len(locate(["reports/c.txt", "reports"]).paths) == 3


def test_links_that_lead_up_are_not_followed(folder: Path) -> None:
    for name in ("loop", "again"):
        (folder / "reports" / name).symlink_to(folder / "reports", target_is_directory=True)
    (folder / "reports" / "away").symlink_to(folder, target_is_directory=True)
    for path in ("reports", "reports/**/*", "reports/*"):
        located = locate([path])
        assert located.paths == ("reports/a.md", "reports/c.txt", "reports/b/d.docx"), path
        assert {item.why for item in located.skipped} == {
            "no known format",
            "link to a folder",
            "link out of the folder",
        }
    assert locate(["reports/**/*.txt"]).paths == ("reports/c.txt",)
    assert len(locate(["reports/loop"]).paths) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="has no such pipes")
def test_a_pipe_in_a_folder_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "reports" / "pipe.txt")
    for path in ("reports", "reports/*.txt"):
        located = locate([path])
        assert "reports/pipe.txt" not in located.paths
        assert ("reports/pipe.txt", "pipe or device") in located.skipped
    assert locate(["reports/pipe.txt"]).paths == ("reports/pipe.txt",)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such pipes")
@pytest.mark.parametrize("command", [["show"], ["search", "报告", "--count", "file"], ["doctor"]])
def test_what_is_no_file_is_refused_and_not_waited_for(folder: Path, command: list[str]) -> None:
    os.mkfifo("pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
    named = ["pipe.txt", "zero.txt", "socket.txt"]
    done = subprocess.run(
        [sys.executable, "-m", "dalian_report", *command, *named],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "LC_ALL": "C"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    said = done.stderr.decode().splitlines()
    errors = [line.rstrip(".") for line in said if line.startswith("dreport: ")]
    assert errors[:3] == [
        "dreport: pipe.txt: a pipe, not a file. Read what comes out of it: dreport show - < pipe.txt",
        "dreport: zero.txt: a device, not a file",
        "dreport: socket.txt: a socket, not a file",
    ]


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="has no /dev/fd")
def test_what_the_shell_hands_over_is_read(folder: Path) -> None:
    receive, send = os.pipe()
    os.write(send, "增长".encode())
    os.close(send)
    assert read_file(f"/dev/fd/{receive}") == "增长".encode()
    os.close(receive)


def test_a_broken_link_is_left_to_fail(folder: Path) -> None:
    (folder / "reports" / "gone.txt").symlink_to("none.txt")
    assert "reports/gone.txt" in locate(["reports"]).paths


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("empty", "no files in it"),
        ("other", "skipped 2 .dat, 1 .png, 1 without suffix, 1 link to a folder"),
        ("other/*.dat", "skipped 1 .dat"),
    ],
)
def test_a_folder_without_a_report_is_a_failure(folder: Path, path: str, why: str) -> None:
    (folder / "empty" / ".git").mkdir(parents=True)
    for name in ("1.dat", "2.DAT", "3.png", "LICENSE"):
        (folder / "other").mkdir(exist_ok=True)
        (folder / "other" / name).write_text("x")
    (folder / "other" / "self").symlink_to(folder / "other", target_is_directory=True)
    located = locate([path])
    assert located.paths == ()
    (error,) = located.failed
    assert str(error) == f"{path}: no report that can be read ({why}). {KNOWN}"


def test_an_empty_path_is_not_the_current_folder() -> None:
    located = locate([""])
    assert located.paths == ()
    assert [str(error) for error in located.failed] == ["an empty path, which names no file."]


def test_a_folder_that_cannot_be_listed_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(place: str) -> Iterator[os.DirEntry[str]]:
        if Path(place).name == "b":
            raise PermissionError(13, "Permission denied", place)
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refuse)  # root may list every folder
    located = locate(["reports"])
    assert located.paths == ("reports/a.md", "reports/c.txt")
    assert [str(error) for error in located.failed] == [
        "reports/b: a folder that cannot be read (Permission denied)."
    ]
