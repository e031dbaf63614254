import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import jsonschema

from dalian_report.data import folder as data_folder

Run = Callable[..., tuple[int, str, str]]
ODD = "工作汇报\n\n一、概况\n\n完成造林2万亩，甲乙往返九穆线。\n"


def test_every_numeral_is_in_the_ledger(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("ledger", "-f", "jsonl")
    assert code == 0
    records = [json.loads(line) for line in out.splitlines()]
    validator = jsonschema.Draft202012Validator(json.loads(dreport("schema", "--record", "numeral").out))
    assert [fault.message for record in records for fault in validator.iter_errors(record)] == []
    shown = {record["id"] for record in json.loads(dreport("show", "--json").out)}
    assert {one for record in records for one in record["metrics"]} == shown
    counts = Counter(record["state"] for record in records)
    assert (counts["captured"], counts["excluded"], counts["unclaimed"]) == (9, 8, 0)
    assert err == "reports/a.txt: 17 numerals: 9 captured, 8 excluded (label 5, year 3), 0 unclaimed\n"


def test_the_table_ends_with_the_sum(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("ledger", "--section", "2")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith("In all ")
    assert "captured  地区生产总值" in out
    assert "海洋" not in out
    markdown = dreport("ledger", "--section", "2", "-f", "md").out
    assert "| Figure | Outcome | Metric or reason | Text | Place |" in markdown


def test_what_is_shown_can_be_chosen(folder: Path, dreport: Run) -> None:
    for option, key in (("--state", "state"), ("--reason", "reason")):
        value = {"state": "captured", "reason": "label"}[key]
        records = json.loads(dreport("ledger", option, value, "--json").out)
        assert records
        assert {record[key] for record in records} == {value}
    rows = list(csv.DictReader(io.StringIO(dreport("ledger", "--state", "captured", "-f", "csv").out)))
    assert all(row["metrics"] and row["names"] for row in rows)
    code, _, err = dreport("ledger", "--reason", "because")
    assert code == 2
    assert "'because' is not one of furniture, " in err


def test_strict_asks_for_a_whole_ledger(folder: Path, dreport: Run) -> None:
    (folder / "odd.txt").write_text(ODD, encoding="utf-8")
    assert dreport("ledger", "--strict").code == 0
    assert dreport("ledger", "--strict", "odd.txt").code == 3
    assert dreport("ledger", "odd.txt").code == 0
    code, out, _ = dreport("ledger", "--unclaimed", "odd.txt", "--json")
    assert code == 0
    assert [record["text"] for record in json.loads(out)] == ["九"]
    assert dreport("ledger", "--unclaimed").code == 1
    assert dreport("ledger", "--unclaimed", "--strict").code == 0
    assert dreport("ledger", "--strict", "odd.txt", "none.txt").code == 2


def test_the_schema_of_each_record(folder: Path, dreport: Run) -> None:
    for record in ("metric", "numeral", "check"):
        text = (data_folder() / f"{record}.schema.json").read_text(encoding="utf-8")
        assert dreport("schema", "--record", record) == (0, text, "")
        jsonschema.Draft202012Validator.check_schema(json.loads(text))
    assert dreport("schema", "--record", "rule").code == 2
