import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dalian_report.cli.commands import COMMANDS, EXIT_CODES, RULES_COMMANDS

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("path", "entry"),
    [((name,), entry) for name, entry in COMMANDS.items()]
    + [(("rules", name), entry) for name, entry in RULES_COMMANDS.items()],
)
def test_help_has_purpose_example_and_exit_codes(dreport: Run, path: tuple[str, ...], entry: object) -> None:
    code, out, err = dreport(*path, "-h")
    assert (code, err) == (0, "")
    flat = " ".join(out.split())
    for said in (entry.purpose, f"Example: {entry.example}", EXIT_CODES):  # type: ignore[attr-defined]
        assert said in flat


def test_sections(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("sections", "-f", "jsonl")
    assert (code, err) == (0, "")
    found = [json.loads(line) for line in out.splitlines()]
    assert [record["section_path"] for record in found] == ["1", "1.1", "1.2", "2", "2.1"]
    assert found[0]["figures"] == found[1]["figures"] + found[2]["figures"] > 0
    assert found[0]["characters"] > found[1]["characters"]
    table = dreport("sections", "--section", "2").out
    assert "二、2024年工作安排" in table
    assert "回顾" not in table


def test_summary(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("summary", "--section", "1.1")
    assert (code, err) == (0, "")
    assert "1.1 （一）经济稳中向好" in out
    assert "停车泊位" in out
    assert json.loads(dreport("summary", "--json").out)[0]["type"] == "summary"


def test_search(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("search", "海洋经济", "-e", "停车", "reports/a.txt")
    assert (code, err) == (0, "")
    assert out.count("新增停车泊位4万个") == 1
    hits = [
        json.loads(line)
        for line in dreport("search", "海洋经济", "-e", "停车", "-f", "jsonl").out.splitlines()
    ]
    assert [hit["term"] for hit in hits] == ["停车", "海洋经济"]
    assert hits[0]["metrics"]
    assert dreport("search", "没有这个词") == (1, "", "nothing found\n")
    assert dreport("search", "").code == 2


def test_keywords(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("keywords", "--top", "2", "-f", "jsonl", "--section", "1.1")
    assert (code, err) == (0, "")
    assert [json.loads(line)["rank"] for line in out.splitlines()] == [1, 2]


def test_rules(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("rules", "list", "--json")
    assert (code, err) == (0, "")
    assert len(json.loads(out)) >= 40
    assert dreport("rules", "list", "--key", "no_such_key").code == 1
    code, out, err = dreport("rules", "check")
    assert (code, out) == (0, "")
    assert err.endswith(" 0 failed\n")


def test_a_failed_example_is_told(folder: Path, dreport: Run) -> None:
    (folder / "config.yaml").write_text(
        "dreport: 1\nrules:\n  - key: parking\n    name: 停车泊位\n    area: 城市\n    unit: 个\n"
        "    match: 停车泊位\n    examples:\n      - {text: 新增停车泊位4万个, value: 5, unit: 万个}\n"
        "      - {text: 新增公交站4万个, none: true}\n",
        encoding="utf-8",
    )
    code, out, err = dreport("rules", "check")
    assert code == 2
    assert "新增停车泊位4万个" in out
    assert "公交站" not in out
    assert err == "1 rules, 2 examples, 1 failed\n"


def test_every_fault_of_a_configuration_is_told(folder: Path, dreport: Run) -> None:
    (folder / "config.yaml").write_text("dreport: 1\nreprots: []\nrules:\n  - {key: A!}\n", encoding="utf-8")
    code, out, err = dreport("rules", "check")
    assert (code, out) == (2, "")
    assert "config.yaml:2:1" in err
    assert len(err.splitlines()) >= 3


def test_schema(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("schema")
    assert (code, err) == (0, "")
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert dreport("schema", "-o", "s.json") == (0, "", "")
    assert (folder / "s.json").read_text(encoding="utf-8") == out


def test_config(folder: Path, dreport: Run) -> None:
    (record,) = json.loads(dreport("config", "--json").out)
    assert record["origin"] == "./config.yaml"
    assert record["reports"][0]["region"] == "大连市"
    assert "./config.yaml" in dreport("config").out


def test_init_writes_a_folder_that_works(folder: Path, dreport: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = dreport("init", "mine")
    assert code == 0
    assert out.splitlines()[0] == "mine/config.yaml"
    assert all((folder / line).is_file() for line in out.splitlines())
    monkeypatch.chdir(folder / "mine")
    assert dreport("show", "--section", "5", "--json").code == 0


def test_init_replaces_nothing_unasked(folder: Path, dreport: Run) -> None:
    before = (folder / "config.yaml").read_bytes()
    code, out, err = dreport("init")
    assert (code, out) == (2, "")
    assert "already there: config.yaml" in err
    assert (folder / "config.yaml").read_bytes() == before
    assert sorted(path.name for path in (folder / "reports").iterdir()) == ["a.txt"]
    assert dreport("init", "--force").code == 0
    assert (folder / "config.yaml").read_bytes() != before


def test_version(dreport: Run) -> None:
    assert dreport("--version").out.startswith("dreport 0.")
