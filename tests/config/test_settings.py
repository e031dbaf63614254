"""Which configuration is in force, and what it comes to."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from dalian_report import data
from dalian_report.config import load_settings, user_folder
from dalian_report.config.finding import find_config, lacks_marker
from dalian_report.errors import RulesError

RULE = "  - {key: %s, name: 甲, match: 甲}\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_called_config_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "config.yaml")
    environ = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "xdg")}
    assert find_config(None, cwd=tmp_path, environ=environ)[1] == "shipped"
    assert not lacks_marker(tmp_path)


def test_the_first_place_that_has_one_is_in_force(tmp_path: Path) -> None:
    ours = "dreport: 1\n"
    environ = {
        "HOME": str(tmp_path / "home"),
        "XDG_CONFIG_HOME": str(tmp_path / "xdg"),
        "APPDATA": str(tmp_path),
    }
    assert find_config(None, cwd=tmp_path, environ=environ) == (data.shipped("config.yaml"), "shipped")
    user = write(user_folder(environ) / "config.yaml", ours)
    assert find_config(None, cwd=tmp_path, environ=environ) == (user, "user folder")
    here = write(tmp_path / "config.yaml", "# of another tool\nmodel: dreport\n")
    assert find_config(None, cwd=tmp_path, environ=environ) == (user, "user folder")
    write(here, "# mine\n" + ours)
    assert find_config(None, cwd=tmp_path, environ=environ) == (here, "./config.yaml")
    named = write(tmp_path / "named.yaml", ours)
    environ["DREPORT_CONFIG"] = "named.yaml"
    assert find_config(None, cwd=tmp_path, environ=environ) == (named, "DREPORT_CONFIG")
    given = write(tmp_path / "given.yaml", ours)
    assert find_config("given.yaml", cwd=tmp_path, environ=environ) == (given, "--config")


def test_a_named_file_that_is_missing_is_told(tmp_path: Path) -> None:
    message = "nowhere.yaml: no such configuration file. It was named by --config."
    with pytest.raises(RulesError, match=re.escape(message)):
        load_settings("nowhere.yaml", cwd=tmp_path, environ={})


@pytest.mark.parametrize(
    ("platform", "folder"),
    [
        ("linux", "/home/li/.config/dreport"),
        ("darwin", "/home/li/Library/Application Support/dreport"),
        ("win32", "/home/li/AppData/Roaming/dreport"),
    ],
)
def test_user_folder_by_platform(platform: str, folder: str) -> None:
    assert user_folder({"HOME": "/home/li"}, platform=platform).as_posix() == folder


def test_reports_are_relative_to_the_file(tmp_path: Path) -> None:
    text = "dreport: 1\nreports: [{path: a/b.txt, region: 大连市, year: 2023}, c/*.docx]\n"
    write(tmp_path / "sub" / "mine.yaml", text)
    settings = load_settings("sub/mine.yaml", cwd=tmp_path, environ={})
    base = tmp_path / "sub"
    assert [(one.path, one.region, one.year) for one in settings.reports] == [
        (str(base / "a/b.txt"), "大连市", 2023),
        (str(base / "c/*.docx"), None, None),
    ]
    assert settings.files == (base / "mine.yaml",)


def test_shipped_reports_are_there(tmp_path: Path) -> None:
    settings = load_settings(cwd=tmp_path, environ={"HOME": str(tmp_path)})
    assert settings.origin == "shipped"
    assert {Path(one.path).parent for one in settings.reports} == {data.shipped("reports")}


def test_scalars_keep_their_text(tmp_path: Path) -> None:
    write(tmp_path / "config.yaml", "dreport: 1\nwords: [01, no, 1e3, 2024-01-02, 'null']\n")
    assert load_settings(cwd=tmp_path, environ={}).words == ("01", "no", "1e3", "2024-01-02", "null")


def test_own_rules_come_first_then_extended_ones(tmp_path: Path) -> None:
    write(tmp_path / "base.yaml", "area: 工业\nwords: [乙]\nrules:\n" + RULE % "a" + RULE % "b" + RULE % "c")
    own = "dreport: 1\nextends: [base.yaml]\ndisable: [b]\nwords: [甲]\nrules:\n"
    write(tmp_path / "config.yaml", own + "  - {key: c, name: 丙, match: 丙, replace: true}\n" + RULE % "d")
    settings = load_settings(cwd=tmp_path, environ={})
    assert [(rule.key, rule.name, rule.area) for rule in settings.rules] == [
        ("c", "丙", None),
        ("d", "甲", None),
        ("a", "甲", "工业"),
    ]
    assert settings.words == ("甲", "乙")
    assert settings.files == (tmp_path / "config.yaml", tmp_path / "base.yaml")
    assert settings.rules[0].origin == f"{tmp_path / 'config.yaml'}:6"


def test_macros_of_extended_files_are_known(tmp_path: Path) -> None:
    write(tmp_path / "base.yaml", "macros: {gap: '[^。]{0,3}', lead: '{gap}约'}\n")
    text = "dreport: 1\nextends: base.yaml\nmacros: {gap: '.?'}\nrules:\n"
    write(tmp_path / "config.yaml", text + "  - {key: a, name: 甲, match: '甲{lead}[{]'}\n")
    (rule,) = load_settings(cwd=tmp_path, environ={}).rules
    assert rule.match == "甲(?:(?:.?)约)[{]"


def test_one_unit_or_several(tmp_path: Path) -> None:
    rules = "  - {key: a, name: 甲, match: 甲, unit: 个}\n  - {key: b, name: 乙, match: 乙, unit: [个, 家]}\n"
    write(tmp_path / "config.yaml", "dreport: 1\nrules:\n" + rules)
    settings = load_settings(cwd=tmp_path, environ={})
    assert [rule.units for rule in settings.rules] == [("个",), ("个", "家")]
