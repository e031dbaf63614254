"""`dreport rules`: check, test, explain, profile, suggest, new, as a user runs them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]

LAMPS = """dreport: 1
extends: [default]
rules:
  - key: solar_lamps
    name: 光伏路灯
    area: 城市建设
    unit: 盏
    match: '光伏路灯'
    examples:
      - {text: 新增光伏路灯3000盏, value: 3000, unit: 盏}
      - {text: 改造老旧路灯500盏, none: true}
"""


def configure(folder: Path, text: str) -> None:
    (folder / "config.yaml").write_text(text, encoding="utf-8")


def test_check_shows_the_line_and_a_caret(folder: Path, dreport: Run) -> None:
    configure(folder, "dreport: 1\nrules:\n  - {key: a, name: 甲, mach: 甲}\n")
    code, out, err = dreport("rules", "check")
    assert (code, out) == (2, "")
    remedy = "Give match (a regex of the name) or pattern (a regex with the group value)."
    assert err.splitlines() == [
        "dreport: config.yaml: 2 faults in the configuration.",
        f"config.yaml:3:5: rule a: neither match nor pattern. {remedy}",
        "    3 |   - {key: a, name: 甲, mach: 甲}",
        "      |     ^",
        "config.yaml:3:23: rule a: unknown field mach. Did you mean match?",
        "    3 |   - {key: a, name: 甲, mach: 甲}",
        "      |                        ^",
        "the rules named are left out",
        "0 rules, 0 examples, 0 failed",
    ]


def test_one_bad_rule_does_not_break_the_rest(folder: Path, dreport: Run) -> None:
    (folder / "c.txt").write_text("光伏路灯达到3000盏，地区生产总值增长6%。\n", encoding="utf-8")
    bad = "  - {key: lamps, name: 路灯, match: '路灯('}\n  - {key: gdp, name: 产值, match: 产值}\n"
    configure(folder, LAMPS + bad)
    code, out, err = dreport("show", "c.txt", "-f", "jsonl")
    assert code == 2
    assert [json.loads(line)["key"] for line in out.splitlines()] == ["solar_lamps", "gdp"]
    assert "config.yaml:12:" in err
    assert "rule lamps: match: bad regex" in err
    assert "rule gdp: gdp is defined in rules/economy.yaml" in err
    for command in (("list",), ("test", "--key", "solar_lamps"), ("profile", "c.txt"), ("suggest", "c.txt")):
        assert dreport("rules", *command).code == 2
    assert dreport("rules", "test", "--key", "solar_lamps").err.endswith(
        "1 rule, 2 examples: 2 passed, 0 failed\n"
    )
    configure(folder, LAMPS + bad + "extends_: [x]\n")
    assert dreport("show", "c.txt").out == ""


def test_check_tells_faults_and_failed_examples_in_one_run(folder: Path, dreport: Run) -> None:
    bad = "  - {key: lamps, name: 路灯, match: '路灯('}\n"
    configure(folder, LAMPS.replace("value: 3000", "value: 30") + bad)
    code, out, err = dreport("rules", "check", "--key", "solar_lamps")
    assert code == 2
    assert "gives solar_lamps 3000盏, not solar_lamps 30盏" in out
    assert "bad regex" in err
    found = json.loads(dreport("rules", "check", "--key", "solar_lamps", "--json").out)
    assert [one["code"] for one in found] == ["fault", "example"]


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_check_gives_faults_doubts_and_failures_as_records(folder: Path, dreport: Run, form: str) -> None:
    configure(folder, LAMPS.replace("3000, unit", "30, unit").replace("unit: 盏\n", "unit: 盏盏\n"))
    code, out, _ = dreport("rules", "check", "--key", "solar_lamps", "-f", form)
    assert code == 2
    found = json.loads(out)
    if form == "sarif":
        results = found["runs"][0]["results"]
        assert [(one["ruleId"], one["level"]) for one in results] == [
            ("doubt", "warning"),
            ("example", "error"),
        ]
        return
    assert [(one["code"], one["line"], one["column"], one["key"]) for one in found] == [
        ("doubt", 7, 11, "solar_lamps"),
        ("example", 10, 16, "solar_lamps"),
    ]
    configure(folder, "dreport: 1\nrules: [{key: A!}]\n")
    code, out, err = dreport("rules", "check", "-f", form)
    assert code == 2
    assert {one["code"] for one in json.loads(out)} == {"fault"}
    assert err.startswith("dreport: config.yaml: 3 faults in the configuration.\n")


def test_a_disabled_key_is_said_to_be_disabled(folder: Path, dreport: Run) -> None:
    configure(folder, "dreport: 1\nextends: [default]\ndisable: [retail_sales]\n")
    code, _, err = dreport("rules", "explain", "retail_sales", "社会消费品零售总额5亿元")
    assert code == 2
    assert err == (
        "dreport: the indicator 'retail_sales' is disabled. Take it out of disable: in config.yaml:3.\n"
    )


@pytest.mark.parametrize("command", ["list", "test"])
def test_a_rule_left_out_for_its_fault_is_said_to_be(folder: Path, dreport: Run, command: str) -> None:
    configure(
        folder, "dreport: 1\nrules:\n  - {key: acts, name: 路灯, match: 路灯, action: 飞翔, units: 盏}\n"
    )
    code, _, err = dreport("rules", command, "--key", "acts")
    assert code == 2
    assert err.endswith("dreport: the rule 'acts' was left out for its fault. Mend it in config.yaml:3.\n")


def test_a_config_without_the_marker_is_told(folder: Path, dreport: Run) -> None:
    configure(folder, "extends: [default]\nrules: []\n")
    assert "config.yaml: not read" in dreport("rules", "check", "--key", "grain_output").err
    configure(folder, "port: 80\n")
    assert "config.yaml" not in dreport("rules", "check", "--key", "grain_output").err


def test_sarif_goes_to_a_file_and_is_empty_where_all_is_well(folder: Path, dreport: Run) -> None:
    configure(folder, LAMPS)
    code, out, _ = dreport("rules", "check", "--key", "solar_lamps", "-f", "sarif", "-o", "out.sarif")
    assert (code, out) == (0, "")
    log = json.loads((folder / "out.sarif").read_text(encoding="utf-8"))
    assert log["runs"][0]["results"] == []
    assert dreport("rules", "check", "--key", "solar_lamps", "-f", "sarif", "-o", "config.yaml").code == 2
    assert (folder / "config.yaml").read_text(encoding="utf-8") == LAMPS


def test_a_doubt_alone_is_told_and_no_failure(folder: Path, dreport: Run) -> None:
    configure(folder, LAMPS.replace("      - {text: 改造老旧路灯500盏, none: true}\n", ""))
    code, _, err = dreport("rules", "check", "--key", "solar_lamps")
    assert code == 0
    assert "config.yaml:4:5: warning: rule solar_lamps: no example of what it must not match." in err
    assert dreport("rules", "check", "--key", "solar_lamps", "-q").err == ""


def test_test_tells_what_was_wanted_what_came_and_why(folder: Path, dreport: Run) -> None:
    configure(folder, LAMPS.replace("'光伏路灯'", "'光伏灯'"))
    code, out, err = dreport("rules", "test", "--key", "solar_lamps", "-f", "jsonl")
    assert code == 1
    record = json.loads(out)
    assert (record["result"], record["expected"], record["found"]) == ("failed", "3000盏", "no key 3000盏")
    assert record["why"] == "the name 光伏路灯 holds no 光伏灯"
    assert err == "1 rule, 2 examples: 1 passed, 1 failed\n"


@pytest.mark.parametrize(
    ("text", "wanted", "why"),
    [
        ("光伏路灯3盏", "value: 4, unit: 盏", "3盏, whose value is 3: the example has 4"),
        ("光伏路灯3盏", "value: 3, unit: 座", "3盏, whose unit is 盏: the example has 座"),
        ("光伏路灯3盏", "value: 3", "3盏, whose unit is 盏: the example has none"),
        ("光伏路灯3盏", "value: 3, value_max: 5, unit: 盏", "3盏, which has no value_max: the example has 5"),
        ("光伏路灯3-5盏", "value: 3, unit: 盏", "3-5盏, whose value_max is 5: the example has none"),
    ],
)
def test_test_tells_in_what_a_figure_differs(
    folder: Path, dreport: Run, text: str, wanted: str, why: str
) -> None:
    configure(folder, LAMPS + f"      - {{text: {text}, {wanted}}}\n")
    code, out, _ = dreport("rules", "test", "--key", "solar_lamps", "-f", "jsonl")
    assert code == 1
    assert json.loads(out)["why"] == f"the rule knows {why}"


def test_a_unit_as_printed_may_be_full_width(folder: Path, dreport: Run) -> None:
    rule = "  - {key: paving, name: 盲道, match: 盲道, examples: [{text: 盲道增长5％, value: 5, unit: ％}]}\n"
    configure(folder, LAMPS + rule)
    assert dreport("rules", "test", "--key", "paving").err == "1 rule, 1 example: 1 passed, 0 failed\n"


def test_an_example_with_a_figure_and_no_name_is_told_so(folder: Path, dreport: Run) -> None:
    configure(folder, LAMPS + "      - {text: 居全国第3位, value: 3, unit: 位}\n")
    code, out, _ = dreport("rules", "check", "--key", "solar_lamps", "-f", "jsonl")
    assert code == 2
    finding = json.loads(out)
    assert finding["what"] == "“居全国第3位” gives no key 3位, not solar_lamps 3位"
    assert finding["why"] == "the figure has no name"


def test_todo_examples_are_told_when_they_pass(folder: Path, dreport: Run) -> None:
    todo = "      - {text: 光伏路灯减少30盏, value: 30, unit: 盏, todo: true}\n"
    miss = "      - {text: 光伏灯3盏, value: 3, unit: 盏, todo: true}\n"
    configure(folder, LAMPS + todo + miss)
    code, out, err = dreport("rules", "test", "--key", "solar_lamps", "-f", "jsonl")
    assert code == 0
    assert [json.loads(line)["result"] for line in out.splitlines()] == ["todo passes"]
    assert err == ("1 rule, 4 examples: 2 passed, 0 failed, 1 todo, 1 todo now pass: take their mark away\n")
    code, out, _ = dreport("rules", "test", "--key", "solar_lamps", "--all", "-f", "jsonl")
    assert len(out.splitlines()) == 4


def test_explain_on_a_text_and_on_a_report(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("rules", "explain", "parking_spaces_new", "停车泊位4万个")
    assert code == 1
    assert "the rule wants the action 新增, which is not told here" in out
    assert err == "0 figures with the key parking_spaces_new\n"
    command = ("rules", "explain", "parking_spaces_new", "--report", "reports/a.txt", "-f", "jsonl")
    code, out, _ = dreport(*command)
    assert code == 0
    (record,) = [json.loads(line) for line in out.splitlines()]
    assert (record["held"], record["figure"], record["key"]) == (True, "4万个", "parking_spaces_new")
    assert len(dreport(*command, "--all").out.splitlines()) > 3


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("gdp",), 2, "name a text or a report to try the rule on"),
        (("gdp", "甲", "--report", "b.txt"), 2, "name a text or a report to try the rule on"),
        (("gddp", "甲"), 2, "Did you mean 'gdp'?"),
        (("gdp", "发展势头良好"), 1, "the text holds no figure"),
        (("gdp", "--report", "none.txt"), 2, "none.txt"),
    ],
)
def test_explain_in_vain(
    folder: Path, dreport: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    outcome = dreport("rules", "explain", *arguments)
    assert outcome.code == code
    assert said in outcome.err


def test_profile_counts_hits_and_rules_without_one(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("rules", "profile", "--sort", "hits", "-f", "jsonl")
    assert code == 0
    records = [json.loads(line) for line in out.splitlines()]
    hits = [record["hits"] for record in records]
    assert hits == sorted(hits, reverse=True)
    keys = [record["key"] for record in map(json.loads, dreport("show", "-f", "jsonl").out.splitlines())]
    assert {record["key"]: record["hits"] for record in records if record["hits"]} == Counter(
        filter(None, keys)
    )
    assert "1 report, " in err
    never = dreport("rules", "profile", "--never", "-f", "jsonl").out.splitlines()
    assert len(never) == sum(not record["hits"] for record in records)
    assert dreport("rules", "profile", "--sort", "size").code == 2
    assert dreport("rules", "profile", "none.txt").code == 2


@pytest.mark.parametrize(("form", "between"), [("csv", ","), ("tsv", "\t")])
def test_profile_as_a_spreadsheet_takes_it(folder: Path, dreport: Run, form: str, between: str) -> None:
    code, out, _ = dreport("rules", "profile", "--sort", "hits", "-f", form)
    assert code == 0
    head, first, *_ = out.splitlines()
    row = dict(zip(head.split(between), first.split(between), strict=True))
    assert int(row["hits"]) > 0
    assert float(row["ms"]) >= 0


def test_suggest_lists_names_that_no_rule_knows(folder: Path, dreport: Run) -> None:
    (folder / "c.txt").write_text("新增光伏路灯3000盏。\n改造光伏路灯20盏。\n", encoding="utf-8")
    code, out, err = dreport("rules", "suggest", "c.txt", "b.txt", "-f", "jsonl")
    assert code == 0
    (record,) = [json.loads(line) for line in out.splitlines()]
    assert (record["name"], record["count"], record["reports"]) == ("光伏路灯", 2, 1)
    assert err == "2 reports, 3 metrics: 33.3% have a key\n"
    assert dreport("rules", "suggest", "b.txt").code == 1


def test_from_a_sentence_to_a_tested_rule(folder: Path, dreport: Run) -> None:
    (folder / "c.txt").write_text("新增光伏路灯3000盏，改造老旧路灯500盏。\n", encoding="utf-8")
    code, out, err = dreport(
        "rules", "new", "光伏路灯", "--from", "c.txt", "--key", "lamps", "--area", "城市建设"
    )
    assert code == 0
    assert err.endswith("then: dreport rules test --key lamps\n")
    configure(folder, f"dreport: 1\nextends: [default]\nreports: [c.txt]\nrules:\n{out}")
    assert dreport("rules", "check", "--key", "lamps").err == "1 rule, 2 examples, 0 failed\n"
    (record,) = json.loads(dreport("show", "--key", "lamps", "--json").out)
    assert (record["label"], record["value"]) == ("新增光伏路灯", 3000)


def test_a_name_in_quotes_makes_a_rule_that_knows_it(folder: Path, dreport: Run) -> None:
    (folder / "c.txt").write_text("建成“数智”平台30个，改造老旧路灯500盏。\n", encoding="utf-8")
    code, out, _ = dreport("rules", "new", "“数智”平台", "--from", "c.txt", "--key", "plat")
    assert code == 0
    assert "text: 建成“数智”平台30个" in out.replace("'", "")
    configure(folder, f"dreport: 1\nextends: [default]\nrules:\n{out}")
    assert dreport("rules", "test", "--key", "plat").err.endswith(" passed, 0 failed\n")
    assert dreport("rules", "explain", "plat", "建成数智平台30个").code == 0


def test_what_came_and_what_there_is_are_not_one_rule(folder: Path, dreport: Run) -> None:
    (folder / "c.txt").write_text("新增换电台3000座，换电台达到5000座。\n", encoding="utf-8")
    code, out, err = dreport("rules", "new", "换电台", "--from", "c.txt", "--key", "stations_new")
    assert code == 0
    assert "action: 新增" in out
    assert "5000" not in out
    assert "left out, as what came is not what there is (no action: 换电台 5000座); " in err


def test_a_rule_that_misses_its_own_figure_is_no_success(folder: Path, dreport: Run) -> None:
    (folder / "c.txt").write_text("建成供电站和换电台30座。\n", encoding="utf-8")
    code, out, err = dreport("rules", "new", "换电台", "--from", "c.txt", "--key", "stations")
    assert (code, out) == (1, "")
    assert err.splitlines()[0].startswith(
        "the rule misses a figure of its name: 建成供电站和换电台30座 gives "
    )
    assert "dreport: no rule for 换电台: " in err


def test_a_new_rule_holds_no_example_that_fails(folder: Path, dreport: Run) -> None:
    told = "飞线入地率达到98%，同比提高3个百分点，居全省第3位。换电台35座，其余供电站和换电台30座。\n"
    (folder / "c.txt").write_text(told, encoding="utf-8")
    for name in ("飞线入地率", "换电台"):
        code, out, _ = dreport("rules", "new", name, "--from", "c.txt", "--key", "mine")
        assert (code, out.count("value: ")) == (0, 1)
        configure(folder, f"dreport: 1\nextends: [default]\nrules:\n{out}")
        assert dreport("rules", "test", "--key", "mine").err.endswith("2 passed, 0 failed\n")
        configure(folder, "dreport: 1\nextends: [default]\nrules: []\n")


def test_a_part_is_not_taken_for_the_whole(folder: Path, dreport: Run) -> None:
    told = "社区换电台达到120座，其中示范社区换电台20座。城市社区换电台40座。\n"
    (folder / "c.txt").write_text(told, encoding="utf-8")
    code, out, err = dreport("rules", "new", "社区换电台", "--from", "c.txt", "--key", "mine")
    assert code == 0
    assert "match: '(?<!示范)社区换电台'" in out
    assert "text: 其中示范社区换电台20座, none: true" in out
    assert err.startswith("2 figures in 座; ")
    configure(folder, f"dreport: 1\nextends: [default]\nrules:\n{out}")
    found = json.loads(dreport("show", "c.txt", "--key", "mine", "--json").out)
    assert [one["value"] for one in found] == [120, 40]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("停车泊位", "--from", "reports/a.txt"), 1, "is known already, by the rule parking_spaces_new"),
        (("换电站", "--from", "reports/a.txt"), 1, "no figure has a name that ends with 换电站"),
        (("换电站", "--from", "none.txt"), 2, "none.txt"),
        (("", "--from", "c.txt"), 2, "no name to look for: ''. Give what is measured"),
        ((" “” ", "--from", "c.txt"), 2, "no name to look for"),
        (("光伏路灯", "--from", "c.txt", "--key", "gdp"), 2, "there is a rule gdp already"),
        (("光伏路灯", "--from", "c.txt", "--key", "A b"), 2, "bad key A b"),
    ],
)
def test_new_in_vain(folder: Path, dreport: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    (folder / "c.txt").write_text("新增光伏路灯3000盏。\n", encoding="utf-8")
    outcome = dreport("rules", "new", *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert said in outcome.err


def test_an_option_before_the_command_is_told_its_place(folder: Path, dreport: Run) -> None:
    code, _, err = dreport("--config", "config.yaml", "show")
    assert code == 2
    assert "Options stand behind the command: dreport COMMAND OPTION." in err


def test_gloss_gives_the_english_names_a_column(folder: Path, dreport: Run) -> None:
    head, *rows = dreport("show", "--gloss", "--key", "parking_spaces_new").out.splitlines()[1:]
    assert head.split()[:3] == ["Metric", "English", "Value"]
    assert any("Parking spaces added" in row for row in rows)
    for order in ("text", "amount"):
        lines = dreport("show", "--gloss", "--sort", order, "-f", "md").out.splitlines()
        assert sum("| Gross output of the marine economy |" in line for line in lines) == 2
    out = dreport("rules", "list", "--gloss", "--area", "海洋").out
    assert "Gross ocean product" in out
    assert "Gross ocean product" not in dreport("rules", "list", "--area", "海洋").out


def test_a_unit_that_stands_apart_is_shown_with_its_figure(folder: Path, dreport: Run) -> None:
    rule = r"{key: r, name: 投资, pattern: '投资\((?P<unit>亿元)\)(?P<value>{number})'}"
    configure(folder, f"dreport: 1\nrules: [{rule}]\n")
    (folder / "c.txt").write_text("投资（亿元）300。\n", encoding="utf-8")
    assert " 300亿元 " in dreport("show", "c.txt", "--key", "r").out


def test_a_new_rule_has_a_key_of_its_own(folder: Path, dreport: Run) -> None:
    (folder / "c.txt").write_text("新增光伏路灯3000盏。\n", encoding="utf-8")
    assert dreport("rules", "new", "光伏路灯", "--from", "c.txt").out.startswith("  - key: new_rule_1  # ")
    assert dreport("rules", "new", "光伏路灯", "--from", "c.txt", "-o", "c.txt").code == 2
    code, out, err = dreport("rules", "new", "光伏路灯", "--from", "c.txt", "-o", "rule.yaml")
    assert (code, out) == (0, "")
    assert "add an example of what it must not match" in err
    assert "match: '光伏路灯'" in (folder / "rule.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["gdp", "GDP", "ＧＤＰ", "国内生产总值", "地区生产总值"])
def test_a_name_or_an_alias_stands_for_its_key(folder: Path, dreport: Run, name: str) -> None:
    by_key = dreport("rules", "list", "--key", "gdp", "--json")
    assert by_key.code == 0
    assert dreport("rules", "list", "--key", name, "--json") == by_key
    for command in (("rules", "test"), ("rules", "check")):
        assert dreport(*command, "--key", name) == dreport(*command, "--key", "gdp")
    code, out, _ = dreport("show", "reports/a.txt", "--key", name, "--json")
    assert (code, [one["key"] for one in json.loads(out)]) == (0, ["gdp"])
    code, out, err = dreport("rules", "explain", name, "地区生产总值增长6%", "--json")
    assert (code, json.loads(out)[0]["key"], err) == (0, "gdp", "1 figure with the key gdp\n")


def test_a_name_that_two_rules_have_is_refused(folder: Path, dreport: Run) -> None:
    rules = "".join(f"  - {{key: lamps_{one}, name: 路灯, match: '{one}路灯'}}\n" for one in "ab")
    configure(folder, f"dreport: 1\nrules:\n{rules}")
    code, out, err = dreport("rules", "list", "--key", "路灯")
    assert (code, out) == (2, "")
    assert err == "dreport: 2 indicators have the name '路灯'. Give a key: lamps_a, lamps_b.\n"
