from pathlib import Path

import pytest

from dalian_report.config import ReportEntry
from dalian_report.corpus import Failure, load_reports, plan_inputs
from dalian_report.model import Report

TEXT = "关于{name}的报告\n\n一、工作\n\n新增停车泊位4万个。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(name=name), encoding="utf-8")
    (tmp_path / "broken.txt").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def entry(path: str, region: str | None = None, year: int | None = None) -> ReportEntry:
    return ReportEntry(path, region, year)


def test_one_bad_input_does_not_stop_the_others(folder: Path) -> None:
    loaded = list(load_reports([entry("b.txt"), entry("broken.txt"), entry("missing.txt"), entry("a.txt")]))
    assert [item.source.path if isinstance(item, Report) else item.path for item in loaded] == [
        "b.txt",
        "broken.txt",
        "missing.txt",
        "a.txt",
    ]
    assert [isinstance(item, Failure) for item in loaded] == [False, True, True, False]


def test_reports_are_read_one_by_one(folder: Path) -> None:
    loaded = load_reports([entry("a.txt"), entry("b.txt")])
    next(loaded)
    (folder / "b.txt").unlink()
    assert isinstance(next(loaded), Failure)


def test_a_folder_becomes_its_files_and_tells_what_it_skipped(folder: Path) -> None:
    plan = plan_inputs(["."], [])
    assert [Path(item.path).name for item in plan.entries] == ["a.txt", "b.txt", "broken.txt"]
    assert [Path(path).name for path in plan.skipped] == ["picture.png"]


def test_a_path_named_twice_is_read_once(folder: Path) -> None:
    assert [item.path for item in plan_inputs(["b.txt", "*.txt"], []).entries] == [
        "b.txt",
        "a.txt",
        "broken.txt",
    ]


def test_without_paths_the_configured_reports_are_read(folder: Path) -> None:
    configured = [entry("a.txt", "大连市", 2023)]
    assert plan_inputs([], configured).entries == (configured[0],)


def test_what_the_configuration_says_of_a_file_holds_when_it_is_named(folder: Path) -> None:
    configured = [entry(str(folder / "*.txt"), "大连市", 2023)]
    assert plan_inputs(["a.txt"], configured).entries == (entry("a.txt", "大连市", 2023),)
    assert plan_inputs(["a.txt"], [entry("b.txt", "大连市", 2023)]).entries == (entry("a.txt"),)


def test_region_and_year_reach_the_report(folder: Path) -> None:
    (report,) = load_reports([entry("a.txt", "大连市", 2023)])
    assert isinstance(report, Report)
    assert (report.region, report.year, report.year_source) == ("大连市", 2023, "config")
