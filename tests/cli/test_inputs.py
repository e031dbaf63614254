"""What goes in: files that fail, folders without reports, the output that is an input, unknown keys."""

import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dalian_report.cli import reading
from dalian_report.model import Report
from dalian_report.sources.places import KNOWN_FORMATS

from .conftest import REPORT

Run = Callable[..., tuple[int, str, str]]
PLEASE = "Please report it, with what --verbose adds."
COMMANDS = (["show"], ["sections"], ["summary"], ["search", "停车", "--has", "metric"], ["keywords"])


@pytest.fixture
def faulty(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three reports, and a fault of ours in the second: known ones are mended, so it has to be made up."""
    for name in ("ok1", "bad2", "ok3"):
        (folder / f"{name}.txt").write_text(REPORT, encoding="utf-8")
    extract = reading.extract_metrics

    def fail(report: Report, *rest: object, **options: object) -> object:
        if report.source.path == "bad2.txt":
            raise IndexError("tuple index\nout of range")
        return extract(report, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "extract_metrics", fail)
    return folder


@pytest.mark.parametrize("command", COMMANDS[:4], ids=lambda command: command[0])
@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "table", "md"])
def test_a_fault_of_ours_costs_one_report(faulty: Path, dreport: Run, command: list[str], form: str) -> None:
    code, out, err = dreport(*command, "ok1.txt", "bad2.txt", "ok3.txt", "-f", form)
    assert code == 2
    assert err.splitlines() == [
        f"dreport: bad2.txt: internal error (IndexError: tuple index out of range). {PLEASE}",
        "dreport: 1 of 3 inputs failed.",
    ]
    assert out == dreport(*command, "ok1.txt", "ok3.txt", "-f", form).out
    if form == "json":
        assert {record["source"] for record in json.loads(out)} == {"ok1.txt", "ok3.txt"}


def test_verbose_shows_where_a_fault_is(faulty: Path, dreport: Run) -> None:
    err = dreport("show", "-v", "bad2.txt").err
    assert "Traceback (most recent call last):" in err
    assert 'raise IndexError("tuple index' in err
    assert "Traceback" not in dreport("show", "-v", "missing.txt").err


def test_json_ends_whatever_happens(folder: Path, dreport: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from dalian_report.views import sinks

    text, told = sinks.json_text, []

    def fail(record: object) -> str:
        told.append(record)
        if len(told) == 3:
            raise LookupError("no such thing")
        return text(record)

    monkeypatch.setattr(sinks, "json_text", fail)
    code, out, err = dreport("show", "--json")
    assert (code, len(json.loads(out))) == (2, 2)
    assert err == (
        "dreport: internal error: LookupError: no such thing. Please report it, with what --verbose adds.\n"
    )


def test_a_folder_without_reports_is_an_input_that_failed(folder: Path, dreport: Run) -> None:
    (folder / "empty").mkdir()
    (folder / "tables").mkdir()
    (folder / "tables" / "a.dat").write_text("x", encoding="utf-8")
    known = KNOWN_FORMATS
    assert dreport("show", "empty") == (
        2,
        "",
        f"dreport: empty: no report that can be read (no files in it). {known}\n",
    )
    code, out, err = dreport("show", "tables", "b.txt", "--json")
    assert (code, len(json.loads(out))) == (2, 1)
    assert err.splitlines() == [
        f"dreport: tables: no report that can be read (skipped 1 .dat). {known}",
        "1 file skipped (.dat: 1); -v names them",
        "dreport: 1 of 2 inputs failed.",
    ]
    (folder / "config.yaml").write_text("dreport: 1\nreports: [empty]\n", encoding="utf-8")
    assert dreport("show").err == f"dreport: empty: no report that can be read (no files in it). {known}\n"
    (folder / "config.yaml").write_text("dreport: 1\n", encoding="utf-8")
    assert dreport("show").err.startswith("dreport: no report named and none configured. ")


def test_a_report_under_two_names_is_shown_once(folder: Path, dreport: Run) -> None:
    once = dreport("show", "b.txt", "-f", "jsonl")
    assert dreport("show", "b.txt", "./b.txt", str(folder / "b.txt"), "-f", "jsonl") == once


@pytest.mark.parametrize("output", ["b.txt", "./reports/../b.txt", "link", "config.yaml"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_no_output_replaces_an_input(folder: Path, dreport: Run, command: list[str], output: str) -> None:
    (folder / "link").symlink_to("b.txt")
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    code, out, err = dreport(*command, "b.txt", "-o", output)
    assert (code, out) == (2, "")
    assert err == (f"dreport: {output}: is one of the inputs, which it would replace. Name another file.\n")
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_no_output_replaces_the_configuration(folder: Path, dreport: Run) -> None:
    for command in (["config"], ["rules", "list"], ["rules", "check"]):
        assert dreport(*command, "-o", "config.yaml").code == 2
    assert dreport("config").code == 0


@pytest.mark.parametrize("command", [["show"], ["rules", "list"], ["rules", "check"]], ids=" ".join)
@pytest.mark.parametrize(
    ("option", "word", "said"),
    [
        (
            "--key",
            "urban_new_job",
            "no indicator has the key 'urban_new_job'. Did you mean 'urban_new_jobs'? ",
        ),
        ("--key", "地区生产总直", "Did you mean 'gdp'? See: dreport rules list."),
        ("--key", "qqq", "no indicator has the key 'qqq'. See: dreport rules list."),
        ("--area", "生态", "no indicator is of the area '生态'. Did you mean '生态环境'? Areas: "),
    ],
)
def test_an_unknown_key_or_area_is_refused(
    folder: Path, dreport: Run, command: list[str], option: str, word: str, said: str
) -> None:
    code, out, err = dreport(*command, option, word)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="drives bash")
def test_streams_and_pipes_as_inputs(folder: Path, process: Run) -> None:
    done = process("dreport show - <&-")
    assert done == (2, "", "dreport: standard input: closed. Name a file.\n")
    piped = process("dreport show <(cat b.txt) -f jsonl")
    assert (piped.code, piped.out.count("\n")) == (0, 1)
    os.mkfifo(folder / "reports" / "pipe.txt")
    done = process("dreport show reports -v -f jsonl")
    assert done.code == 0
    assert "reports/pipe.txt: skipped, pipe or device" in done.err


@pytest.mark.parametrize(
    "command",
    [*COMMANDS, ["ledger"], ["search", "没有这个词"], ["keywords", "--compare", "t.csv", "b.txt"]],
    ids=" ".join,
)
def test_reports_in_tables_are_counted_as_inputs(folder: Path, dreport: Run, command: list[str]) -> None:
    rows = ["年份,全文", f'2023,"{REPORT}"', "2022,", "2021,", f'2020,"{REPORT}"']
    (folder / "t.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    inputs = [] if "--compare" in command else ["t.csv", "b.txt"]
    code, _, err = dreport(*command, *inputs)
    assert code == 2
    assert err.splitlines()[-1] == "dreport: 2 of 5 inputs failed."


@pytest.mark.skipif(sys.platform == "win32", reason="makes links")
@pytest.mark.parametrize("command", [*COMMANDS, ["doctor"], ["add", "--to", "new"]], ids=" ".join)
def test_what_is_left_out_is_summed_up(folder: Path, dreport: Run, command: list[str]) -> None:
    (folder / "some").mkdir()
    for name in ("a.txt", "b.json", "c.JSON", "notes", "style.css", ".hidden.json", "config.yaml"):
        (folder / "some" / name).write_text(REPORT, encoding="utf-8")
    (folder / "some" / "out.txt").symlink_to(folder / "b.txt")
    with zipfile.ZipFile(folder / "some" / "z.zip", "w") as archive:
        for name in ("a.txt", "b.json", "__MACOSX/c.json", "style.css"):
            archive.writestr(name, REPORT)
    told = "5 files skipped (.json: 3, without suffix: 1, link out of the folder: 1); -v names them"
    assert told in dreport(*command, "some").err.splitlines()
    chinese = (
        dreport(*command, "some", "--force", *_ZH) if command[0] == "add" else dreport(*command, "some", *_ZH)
    )
    assert (
        "跳过 5 个文件（.json: 3, 无后缀: 1, 指向文件夹之外的链接: 1）；用 -v 逐一列出"
        in chinese.err.splitlines()
    )
    assert "skipped" not in dreport(*command, "some/a.txt", "--quiet").err
    named = [line for line in dreport(*command, "some", "-v").err.splitlines() if "skipped, " in line]
    assert len(named) == 8
    assert "some/z.zip#b.json: skipped, no known format" in named


_ZH = ["--lang", "zh"]


def test_plain_other_files_are_not_worth_a_line(folder: Path, dreport: Run) -> None:
    assert "skipped" not in dreport("show", ".").err  # config.yaml lies there
