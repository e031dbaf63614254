import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from dalian_report.data import __file__ as data_file
from dalian_report.model import Metric
from dalian_report.views import record_keys

Run = Callable[..., tuple[int, str, str]]
SCHEMA = json.loads((Path(data_file).parent / "metric.schema.json").read_text(encoding="utf-8"))


def records(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_records_have_the_shape_of_the_schema(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("show", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for record in found:
        validator.validate(record)
        assert list(record) == list(SCHEMA["properties"]) == SCHEMA["required"] == list(record_keys(Metric))
    text = (folder / "reports" / "a.txt").read_text(encoding="utf-8")
    assert all(text[record["start"] : record["end"]] == record["text"] for record in found)


def test_the_formats_say_the_same(folder: Path, dreport: Run) -> None:
    whole = json.loads(dreport("show", "--json").out)
    assert records(dreport("show", "-f", "jsonl").out) == whole
    for name, delimiter in (("csv", ","), ("tsv", "\t")):
        rows = list(csv.DictReader(io.StringIO(dreport("show", "-f", name).out), delimiter=delimiter))
        assert [row["text"] for row in rows] == [record["text"] for record in whole]
        assert list(rows[0]) == list(whole[0])


def test_filters(folder: Path, dreport: Run) -> None:
    whole = records(dreport("show", "-f", "jsonl").out)
    for name, value in (("status", "target"), ("kind", "growth")):
        found = records(dreport("show", "-f", "jsonl", f"--{name}", value).out)
        assert found == [record for record in whole if record[name] == value]
        assert found
    both = records(dreport("show", "-f", "jsonl", "--kind", "growth", "--kind", "level").out)
    assert both == [record for record in whole if record["kind"] in ("growth", "level")]


def test_keys_and_areas(folder: Path, dreport: Run) -> None:
    whole = records(dreport("show", "-f", "jsonl").out)
    key = next(record["key"] for record in whole if record["key"])
    found = records(dreport("show", "-f", "jsonl", "--key", str(key)).out)
    assert found == [record for record in whole if record["key"] == key]
    rules = {rule["key"]: rule["area"] for rule in records(dreport("rules", "list", "-f", "jsonl").out)}
    area = rules[key]
    found = records(dreport("show", "-f", "jsonl", "--area", str(area)).out)
    assert found == [record for record in whole if record["key"] and rules[record["key"]] == area]


def test_a_section_that_is_twice_there_is_told(folder: Path, dreport: Run) -> None:
    code, out, _ = dreport("show", "--section", "1.1", "--section", "2", "-f", "jsonl")
    assert code == 0
    assert {str(record["section_path"])[0] for record in records(out)} == {"1", "2"}
    text = "政府工作报告\n\n一、回顾\n\n（五）治水。绿化2万亩。\n\n二、安排\n\n（五）治气。绿化3万亩。\n"
    (folder / "c.txt").write_text(text, encoding="utf-8")
    assert "2 sections are numbered 5: 1.5, 2.5" in dreport("show", "--section", "5", "c.txt").err


def test_an_unknown_section_lists_those_there_are(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("show", "--section", "9")
    assert (code, out) == (2, "")
    assert err.startswith("dreport: reports/a.txt: no section '9'")
    assert err.count("\n") == 1


def test_limit_tells_what_it_left_out(folder: Path, dreport: Run) -> None:
    total = len(records(dreport("show", "-f", "jsonl").out))
    code, out, err = dreport("show", "-f", "jsonl", "--limit", "2")
    assert (code, len(records(out))) == (0, 2)
    assert err == f"{total - 2} more metrics left out by --limit 2\n"
    assert dreport("show", "-q", "--limit", "2").err == ""
    assert dreport("show", "--limit", str(total - 1)).err.startswith("1 more metric left out")


def test_orders(folder: Path, dreport: Run) -> None:
    whole = records(dreport("show", "-f", "jsonl").out)
    assert records(dreport("show", "-f", "jsonl", "--sort", "-text").out) == whole[::-1]
    names = [record["name"] for record in records(dreport("show", "-f", "jsonl", "--sort", "name").out)]
    assert names == sorted(names)
    percents = [
        record["amount"]
        for record in records(dreport("show", "-f", "jsonl", "--sort", "-amount").out)
        if record["base_unit"] == "%"
    ]
    assert percents == sorted(percents, reverse=True)
    assert dreport("show", "--sort", "colour").code == 2


def test_nothing_found(folder: Path, dreport: Run) -> None:
    (folder / "empty.txt").write_text("政府工作报告\n\n一、工作\n\n稳步推进。\n", encoding="utf-8")
    assert dreport("show", "empty.txt") == (1, "", "nothing found\n")
    assert dreport("show", "empty.txt", "--json", "-q") == (1, "[]\n", "")


def test_a_failed_input_is_named_and_the_others_are_done(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("show", "b.txt", "missing.txt", "reports/a.txt", "-f", "jsonl")
    assert code == 2
    assert list(dict.fromkeys(record["source"] for record in records(out))) == ["b.txt", "reports/a.txt"]
    assert err.splitlines()[0].startswith("dreport: missing.txt: ")
    assert err.splitlines()[-1] == "dreport: 1 of 3 inputs failed."
    quiet = dreport("show", "-q", "missing.txt")
    assert (quiet.code, quiet.err.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "--kind", "colour"], "'colour' is not one of level, growth, delta, rank"),
        (["show", "--key", "no_such_key"], "no indicator has the key 'no_such_key'"),
        (["show", "--area", "天文"], "no indicator is of the area '天文'. Areas: "),
        (["show", "--limit", "0"], "--limit"),
        (["show", "-f", "xml"], "'xml' is not one of 'table', 'json'"),
        (["show", "--nope"], "No such option: --nope. See: dreport show --help"),
        (["shwo"], "no command 'shwo', did you mean 'show'"),
        (["rules"], "Missing command. See: dreport rules --help"),
        (["show", "-c", "missing.yaml"], "missing.yaml"),
        (["search"], "TERM"),
    ],
)
def test_a_usage_error_is_one_line(folder: Path, dreport: Run, arguments: list[str], said: str) -> None:
    code, out, err = dreport(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.startswith("dreport: ")
    assert err.count("\n") == 1


def test_verbose_tells_how_it_was_read(folder: Path, dreport: Run) -> None:
    (folder / "reports" / "old.png").write_bytes(b"\x89PNG")
    (folder / "reports" / "gbk.txt").write_bytes(
        (folder / "reports" / "a.txt").read_bytes().decode().encode("gb18030")
    )
    err = dreport("show", "reports", "-v", "--json").err
    assert "config.yaml (./config.yaml)" in err
    assert "reports/a.txt: utf-8, " in err
    assert "reports/gbk.txt: gb18030, " in err
    assert "reports/old.png: skipped" in err


def test_a_second_copy_of_the_body_is_told(folder: Path, dreport: Run) -> None:
    body = "".join(f"第{number}项工作完成造林{number}万亩，各方面都有新的进展。\n" for number in range(2, 60))
    text = f"政府工作报告\n\n一、工作\n\n{body}"
    (folder / "once.txt").write_text(text, encoding="utf-8")
    (folder / "twice.txt").write_text(text * 2, encoding="utf-8")
    code, out, err = dreport("show", "twice.txt", "-f", "jsonl")
    assert code == 0
    assert "twice.txt: holds its body again at 15" in err
    assert len(records(out)) == len(records(dreport("show", "once.txt", "-f", "jsonl").out)) > 50
    assert dreport("show", "-q", "twice.txt").err == ""


def test_a_rule_out_of_time_is_told_and_the_run_fails(folder: Path, dreport: Run) -> None:
    (folder / "config.yaml").write_text(
        "dreport: 1\nrules:\n  - key: slow\n    name: 慢\n    area: 其他\n"
        "    pattern: '(?:[^。]*,)*[^。]*泊位(?P<value>{number})!!'\n"
        "    examples:\n      - {text: 泊位4万个, none: true}\n      - {text: 车位4万个, none: true}\n",
        encoding="utf-8",
    )
    (folder / "slow.txt").write_text(f"报告\n\n（一）甲{',乙' * 4000}泊位4万个。\n", encoding="utf-8")
    code, out, err = dreport("show", "slow.txt", "-f", "jsonl")
    assert code == 2
    assert "slow.txt: rule slow: out of time" in err
    assert len(records(out)) == 1


def test_explain_tells_why_under_each_row(folder: Path, dreport: Run) -> None:
    plain = dreport("show").out.splitlines()
    told = dreport("show", "--explain").out.splitlines()
    assert [line for line in told if not line.startswith("  clause ")] == plain
    assert "  clause 生产安全事故起数下降23.4% · verb 下降 · left out 下降 · by clause" in told
    assert " · Text " in dreport("show", "--explain", "--context").out
    assert "left out" in dreport("show", "--explain", "--sort", "name", "-f", "md").out


def test_explain_adds_one_key_to_the_record(folder: Path, dreport: Run) -> None:
    plain = json.loads(dreport("show", "--json").out)
    told = json.loads(dreport("show", "--json", "--explain").out)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert [error.message for record in told for error in validator.iter_errors(record)] == []
    assert all(list(record)[-1] == "explain" for record in told)
    assert [{key: record[key] for key in record if key != "explain"} for record in told] == plain
    (head, *rows) = csv.reader(io.StringIO(dreport("show", "--explain", "-f", "csv").out))
    assert head[-1] == "explain"
    assert all(len(row) == len(head) and row[-1] for row in rows)


def test_rows_worth_checking_can_be_chosen(folder: Path, dreport: Run) -> None:
    (folder / "odd.txt").write_text("专项资金300万元校舍改造，产值增长5%。\n", encoding="utf-8")
    every = json.loads(dreport("show", "odd.txt", "--json").out)
    chosen = [
        [record["id"] for record in json.loads(dreport("show", "odd.txt", "--json", option).out)]
        for option in ("--ambiguous", "--no-ambiguous")
    ]
    assert chosen == [
        [record["id"] for record in every if record["ambiguous"] is wanted] for wanted in (True, False)
    ]
    assert all(chosen)
