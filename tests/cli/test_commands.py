import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dalian_report.cli.commands import COMMANDS, EXIT_CODES, RULES_COMMANDS, Entry
from dalian_report.views.cells import cell_width

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("path", "entry"),
    [((name,), entry) for name, entry in COMMANDS.items()]
    + [(("rules", name), entry) for name, entry in RULES_COMMANDS.items()],
)
def test_help_has_purpose_example_and_exit_codes(dreport: Run, path: tuple[str, ...], entry: Entry) -> None:
    code, out, err = dreport(*path, "-h")
    assert (code, err) == (0, "")
    flat = " ".join(out.split())
    for said in (entry.purpose, f"Example: {entry.example}", entry.exit_codes or EXIT_CODES):
        assert said in flat


def test_sections(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("sections", "-f", "jsonl")
    assert (code, err) == (0, "")
    found = [json.loads(line) for line in out.splitlines()]
    assert [record["section_path"] for record in found] == ["1", "1.1", "1.2", "2", "2.1"]
    assert found[0]["metrics"] == found[1]["metrics"] + found[2]["metrics"] > 0
    assert found[0]["characters"] > found[1]["characters"]
    table = dreport("sections", "--section", "2").out
    assert "二、2024年工作安排" in table
    assert "回顾" not in table


@pytest.mark.parametrize("columns", [52, 60, 72, 80])
def test_help_keeps_to_the_width_and_breaks_no_word(
    dreport: Run, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    whole = dreport("show", "-h").out.split()
    monkeypatch.setenv("COLUMNS", str(columns))
    out = dreport("show", "-h").out
    assert max(map(cell_width, out.splitlines())) <= columns
    assert out.split() == whole


def test_the_examples_run_anywhere(
    tmp_path: Path, dreport: Run, process: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DREPORT_CONFIG", raising=False)
    for entry in (*COMMANDS.values(), *RULES_COMMANDS.values()):
        piped = "|" in entry.example
        code, _, err = process(entry.example) if piped else dreport(*entry.example.split()[1:])
        assert (code, "no hit" in err) == (0, False), entry.example


def test_a_term_without_a_hit_is_told(folder: Path, dreport: Run) -> None:
    assert dreport("search", "停车", "-e", "渔业", "-e", "渔业", "--json").err == "no hit for 渔业\n"
    assert dreport("search", "停车", "-e", "渔业", "-q").err == ""


def test_init_says_what_comes_next(folder: Path, dreport: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dreport("init", "my work").err == "next: cd 'my work' && dreport show\n"
    (folder / "new").mkdir()
    monkeypatch.chdir(folder / "new")
    assert dreport("init").err == "next: dreport show\n"


def test_a_shell_without_completion_is_refused(dreport: Run) -> None:
    code, out, err = dreport("--show-completion", "ksh")
    assert (code, out) == (2, "")
    assert err == "dreport: no completion for the shell 'ksh'. Known are bash, zsh, fish, powershell, pwsh.\n"


def test_packs_are_told_by_their_folder(folder: Path, dreport: Run) -> None:
    for text in (dreport("config").out, dreport("config", "-v").err):
        assert text.count("rules (") == 1
        assert "ecology.yaml" not in text
    assert dreport("config", "-q", "-v").err == ""


def test_rules_stand_under_their_area_and_file(folder: Path, dreport: Run) -> None:
    lines = dreport("rules", "list", "--area", "生态环境").out.splitlines()
    assert lines[0].split() == ["Key", "Metric", "Unit", "Line"]
    assert lines[2] == "生态环境  rules/ecology.yaml"


def test_a_section_is_named_alike_everywhere(folder: Path, dreport: Run) -> None:
    line = "1.1 （一）经济稳中向好"
    for command in (["show"], ["summary"], ["search", "停车"], ["keywords"]):
        found = [text for text in dreport(*command).out.splitlines() if "经济稳中向好" in text]
        assert found[0].startswith(line), command
    assert line in dreport("search", "停车", "--rank", "bm25").out
    chapters = "政府工作报告\n\n第一章 2023年回顾\n\n完成造林2万亩。\n\n第二章 2024年安排\n\n绿化3万亩。\n"
    (folder / "c.txt").write_text(chapters, encoding="utf-8")
    for command in (["show"], ["sections"], ["summary"]):
        assert "第一章 2023年回顾" in dreport(*command, "c.txt").out, command


def test_terms_may_be_named_as_grep_has_them(folder: Path, dreport: Run) -> None:
    (folder / "c.txt").write_text("政府工作报告\n\n一、回顾\n\n完成造林2万亩。\n", encoding="utf-8")
    assert dreport("search", "-e", "造林", "c.txt").out == dreport("search", "造林", "c.txt").out
    assert dreport("search", "-e", "造林", "-e", "停车", "c.txt").err == "no hit for 停车\n"
    both = dreport("search", "-e", "造林", "-e", "停车", "c.txt", "reports/a.txt", "-f", "jsonl").out
    assert {json.loads(line)["term"] for line in both.splitlines()} == {"造林", "停车"}
    assert dreport("search", "c.txt").code == 1  # without -e it is looked for


def test_a_summary_says_what_it_leaves_out(folder: Path, dreport: Run) -> None:
    text = "政府工作报告\n\n一、回顾\n\n" + "".join(f"新建校舍{n}栋。\n" for n in range(12, 20))
    (folder / "c.txt").write_text(text, encoding="utf-8")
    (record,) = json.loads(dreport("summary", "c.txt", "--json").out)
    assert (record["metrics"], len(record["results"]), record["left_out"]) == (8, 6, 2)
    assert "… 2 more, see dreport show --section 1 c.txt\n" in dreport("summary", "c.txt").out
    for name, typed in (("my report.txt", "'my report.txt'"), ("海州.txt", "海州.txt")):
        (folder / name).write_text(text, encoding="utf-8")
        assert f"see dreport show --section 1 {typed}\n" in dreport("summary", name).out
    assert (
        "\n8 metrics, see dreport show --section 1 c.txt\n"
        in dreport("summary", "c.txt", "--figures", "0").out
    )
    assert (
        "\n共 8 个指标，见 dreport show" in dreport("summary", "c.txt", "--figures", "0", "--lang", "zh").out
    )
    assert "dreport show --section 1.1\n" in dreport("summary", "--figures", "0").out  # the configured report
    row = next(csv.DictReader(io.StringIO(dreport("summary", "c.txt", "-f", "csv").out)))
    assert row["results"].count("；") == 5
    assert "{" not in row["results"]


def test_summary(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("summary", "--section", "1.1")
    assert (code, err) == (0, "")
    assert "1.1 （一）经济稳中向好" in out
    assert "停车泊位" in out
    assert json.loads(dreport("summary", "--json").out)[0]["type"] == "summary"


def test_a_summary_of_a_part_and_of_what_holds_it(folder: Path, dreport: Run) -> None:
    def figures(*sections: str) -> dict[str, list[str]]:
        asked = [word for section in sections for word in ("--section", section)]
        code, out, err = dreport("summary", *asked, "-f", "jsonl")
        assert (code, err) == (0, "")
        records = [json.loads(line) for line in out.splitlines()]
        return {
            record["section_path"]: [metric["text"] for metric in record["results"]] for record in records
        }

    parking, accidents = ["4万个", "4200亿元", "9%"], ["23.4%"]
    assert figures("1.1") == {"1.1": parking}
    assert {path: sorted(texts) for path, texts in figures("1").items()} == {"1": sorted(parking + accidents)}
    assert figures("1.1", "1") == figures("1", "1.1") == {"1": accidents, "1.1": parking}
    assert figures() == {"1": [], "1.1": parking, "1.2": accidents, "2": [], "2.1": []}


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
    assert err == "1 rule, 2 examples, 1 failed\n"


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


def test_the_samples_show_results_and_targets(
    tmp_path: Path, dreport: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert dreport("init", "-q").code == 0
    for section in "45678":
        code, out, err = dreport("show", "--section", section, "--json")
        assert (code, err) == (0, ""), section
        assert {record["section"] for record in json.loads(out)} == {int(section)}
    first = json.loads(dreport("show", "--section", "5", "--json").out)
    assert [(record["region"], record["status"]) for record in first] == [("大连市", "achieved")] * 8
    targets = json.loads(dreport("show", "--status", "target", "--qualitative", "--json").out)
    assert {record["region"] for record in targets} == {"辽宁省"}
    assert {record["period"] for record in targets} == {"2025"}
    assert {record["bound"] for record in targets} == {"exact", "about", "at_least", "at_most"}
    assert {record["strength"] for record in targets} == {None, "hard", "soft", "stretch"}
    assert {record["type"] for record in targets} == {"metric", "relation"}


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
