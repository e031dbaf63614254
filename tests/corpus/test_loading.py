from pathlib import Path
from typing import Any

import pytest

from dalian_report.config import ReportEntry
from dalian_report.corpus import Failure, load_reports, plan_inputs
from dalian_report.model import Report, Source

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
    assert [item.path for item in plan.entries] == ["a.txt", "b.txt", "broken.txt"]
    assert [item.path for item in plan.skipped] == ["picture.png"]


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


@pytest.mark.parametrize("turned", [False, True])
def test_what_is_said_of_a_file_holds_in_either_order(folder: Path, turned: bool) -> None:  # noqa: FBT001
    said = [entry("."), entry("a.txt", "沈阳市", 2019)]
    plan = plan_inputs([], said[::-1] if turned else said)
    assert len(plan.entries) == 3
    assert entry("a.txt", "沈阳市", 2019) in plan.entries
    assert entry("b.txt") in plan.entries
    assert plan_inputs(["b.txt", "a.txt"], said).entries == (entry("b.txt"), entry("a.txt", "沈阳市", 2019))


def test_the_file_itself_comes_before_its_folder(folder: Path) -> None:
    said = [entry(".", "大连市", 2022), entry("./a.txt", "沈阳市")]
    for configured in (said, said[::-1]):
        found = {item.path.removeprefix("./"): item for item in plan_inputs([], configured).entries}
        assert len(found) == 3
        assert (found["a.txt"].region, found["a.txt"].year) == ("沈阳市", 2022)  # type: ignore[union-attr]
        (asked,) = plan_inputs(["a.txt"], configured).entries
        assert asked == entry("a.txt", "沈阳市", 2022)


def test_a_file_under_two_names_is_read_once(folder: Path) -> None:
    (folder / "link.txt").symlink_to("a.txt")
    paths = ["a.txt", "./a.txt", str(folder / "a.txt"), "link.txt"]
    assert plan_inputs(paths, []).entries == (entry("a.txt"),)


def test_a_folder_without_a_report_is_a_named_failure_in_its_place(folder: Path) -> None:
    (folder / "empty").mkdir()
    plan = plan_inputs(["b.txt", "empty", "a.txt"], [])
    loaded = list(load_reports(plan.entries))
    assert [isinstance(item, Failure) for item in loaded] == [False, True, False]
    assert isinstance(loaded[1], Failure)
    assert str(loaded[1].error).startswith("empty: no report that can be read (no files in it).")
    (configured,) = plan_inputs([], [entry("empty")]).entries
    assert isinstance(configured, Failure)


def test_a_fault_of_ours_is_a_named_failure_and_the_others_go_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dalian_report import corpus

    build = corpus.build_report

    def broken(source: Source, **said: Any) -> Report:
        if source.path == "b.txt":
            raise ZeroDivisionError("by nothing")
        return build(source, **said)

    monkeypatch.setattr(corpus, "build_report", broken)  # such a fault is mended once it is known
    first, failed, last = load_reports([entry("a.txt"), entry("b.txt"), entry("a.txt")])
    assert isinstance(first, Report)
    assert first == last
    assert isinstance(failed, Failure)
    assert str(failed.error) == (
        "b.txt: internal error (ZeroDivisionError: by nothing). Please report it, with what --verbose adds."
    )
    assert isinstance(failed.error.__cause__, ZeroDivisionError)
