import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

Run = Callable[..., tuple[int, str, str]]
REPORT = Path("reports/a.txt")


@pytest.fixture
def records(folder: Path, dreport: Run) -> list[dict[str, Any]]:
    """The records of the folder's report, also written to records.json."""
    text = dreport("show", "--json").out
    Path("records.json").write_text(text, encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)
    return found


def checks(dreport: Run, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    code, out, _ = dreport("verify", "records.json", "--json", *arguments)
    return code, json.loads(out)


def changed(records: list[dict[str, Any]], **fields: object) -> None:
    """Write the records with some fields of the first one changed."""
    Path("records.json").write_text(json.dumps([{**records[0], **fields}, *records[1:]]), encoding="utf-8")


def test_what_was_just_written_holds(records: list[dict[str, Any]], dreport: Run) -> None:
    assert dreport("verify", "records.json") == (0, "", f"{len(records)} records checked, 0 do not hold\n")
    assert checks(dreport) == (0, [])


@pytest.mark.parametrize("line", ["show --qualitative -f jsonl", "ledger -f jsonl", "show --json"])
def test_records_of_every_kind_through_a_pipe(folder: Path, process: Run, line: str) -> None:
    code, out, err = process(f"dreport {line} -q | dreport verify -")
    assert (code, out) == (0, "")
    assert err.endswith(" records checked, 0 do not hold\n")


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"text_sha256": "0" * 64}, ["text_sha256"]),
        ({"text": "5万个"}, ["span", "quote"]),
        ({"start": 0, "end": 3}, ["span", "quote"]),
        ({"sentence": "别的话。"}, ["sentence", "quote"]),
        ({"sentence_start": 1}, ["sentence", "quote"]),
        ({"amount": 50000}, ["amount"]),
        ({"amount": "40000"}, []),
        ({"value": 4.5}, ["amount"]),
        ({"value": "four"}, ["amount"]),
        ({"value": None}, ["amount"]),
        ({"amount_max": 5}, ["amount"]),
        ({"unit": "个"}, ["amount"]),
        ({"base_unit": "处"}, ["amount", "unit"]),
        ({"type": "relation"}, ["amount", "figure"]),
        ({"amount": -40000}, ["amount"]),
        ({"kind": "growth"}, ["kind"]),
        ({"bound": "at_least"}, ["bound"]),
        ({"name": "别的"}, ["name"]),
        ({"name": "别的", "kind": "rank"}, ["kind", "name"]),
        ({"name": "别的", "reason": "rule"}, []),
        ({"name": "别的", "text_sha256": "0" * 64}, ["text_sha256"]),
        ({"end": 10**12}, ["span", "quote"]),
    ],
)
def test_what_no_longer_holds_is_told(
    records: list[dict[str, Any]], dreport: Run, fields: dict[str, object], problems: list[str]
) -> None:
    changed(records, **fields)
    code, found = checks(dreport)
    assert code == (1 if problems else 0)
    assert [problem for one in found for problem in one["problems"]] == problems
    validator = jsonschema.Draft202012Validator(json.loads(dreport("schema", "--record", "check").out))
    assert [fault.message for one in found for fault in validator.iter_errors(one)] == []


def test_a_figure_that_is_none_is_told(records: list[dict[str, Any]], dreport: Run) -> None:
    text = REPORT.read_text(encoding="utf-8")
    sentence, begin = records[0]["sentence"], records[0]["sentence_start"]
    start = begin + next(place for place, char in enumerate(sentence) if not char.isdigit())
    changed(records, text=text[start : start + 1], start=start, end=start + 1)
    assert [one["problems"] for one in checks(dreport)[1]] == [["figure"]]


def test_records_without_some_fields_are_checked_in_the_others(
    records: list[dict[str, Any]], dreport: Run
) -> None:
    kept = {key: value for key, value in records[0].items() if key not in ("kind", "bound", "reason")}
    Path("records.json").write_text(json.dumps([kept, {**kept, "name": "别的"}]), encoding="utf-8")
    assert [one["problems"] for one in checks(dreport)[1]] == [["name"]]


def test_records_of_a_second_copy_hold(folder: Path, dreport: Run) -> None:
    text = "某市2023年政府工作报告\n" + REPORT.read_text(encoding="utf-8") * 12
    Path("twice.txt").write_text(text + "\n" + text, encoding="utf-8")
    for option in ("", "--all-copies"):
        Path("records.json").write_text(dreport("show", "twice.txt", "--json", *option.split()).out, "utf-8")
        assert checks(dreport) == (0, [])


def test_a_changed_source_is_told_with_where_the_figure_went(
    records: list[dict[str, Any]], dreport: Run
) -> None:
    REPORT.write_text("新的一行\n" + REPORT.read_text(encoding="utf-8"), encoding="utf-8")
    code, found = checks(dreport)
    assert code == 1
    assert [one["found_at"] for one in found] == [record["start"] + 5 for record in records]
    code, out, err = dreport("verify", "records.json")
    assert code == 1
    assert f"{records[0]['start']} → {records[0]['start'] + 5}" in out
    assert err == f"{len(records)} records checked, {len(records)} do not hold\n"


def test_a_moved_source_is_found(records: list[dict[str, Any]], dreport: Run) -> None:
    (Path("old") / "reports").mkdir(parents=True)
    moved = REPORT.rename("old/reports/a.txt")
    code, out, err = dreport("verify", "records.json")
    assert (code, out) == (2, "")
    assert err == "dreport: reports/a.txt: no such file. If it has moved, say where it is: --source PATH.\n"
    for place in ("old", "old/reports", str(moved)):
        assert dreport("verify", "records.json", "--source", place).code == 0
    assert dreport("verify", "records.json", "--source", "nowhere").code == 2


def test_records_of_standard_input_need_their_source(folder: Path, process: Run) -> None:
    line = "dreport show - -f jsonl -q < b.txt | dreport verify - -q"
    code, out, err = process(line)
    assert (code, out) == (2, "")
    assert "came through standard input" in err
    assert process(f"{line} --source b.txt") == (0, "", "")


def test_an_empty_list_holds(folder: Path, dreport: Run) -> None:
    Path("x.json").write_bytes(b"[]\n")  # what show writes where it finds nothing
    assert dreport("verify", "x.json") == (0, "", "0 records checked, 0 do not hold\n")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"abc", "line 1: expecting value"),
        (b'{"a": 1}\n{', "line 2: "),
        (b"[1]", "item 1 is no object"),
        (b'{"type": "section"}', "type 'section' is none of metric, relation, numeral"),
        (b'{"type": "metric", "start": 1}', "it has no source, text_sha256, text, end, sentence"),
        (b"\xff\xfe\xff", "not UTF-8 at byte 0"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_file_of_records_is_refused(folder: Path, dreport: Run, content: bytes, why: str) -> None:
    Path("x.json").write_bytes(content)
    code, out, err = dreport("verify", "x.json")
    assert (code, out) == (2, "")
    assert err.startswith("dreport: x.json: ")
    assert why in err
    assert len(err.splitlines()) == 1


def test_a_wrong_type_is_refused(records: list[dict[str, Any]], dreport: Run) -> None:
    changed(records, start="148")
    code, _, err = dreport("verify", "records.json")
    assert code == 2
    assert "record 1 cannot be checked (start of a wrong type)" in err


def test_one_file_that_fails_does_not_keep_the_others(records: list[dict[str, Any]], dreport: Run) -> None:
    code, _, err = dreport("verify", "nope.json", "records.json")
    assert code == 2
    assert f"{len(records)} records checked, 0 do not hold" in err


@pytest.mark.parametrize(
    ("made", "checked", "remedy"),
    [(["--normalize"], [], "add --normalize"), ([], ["--normalize"], "leave out --normalize")],
)
def test_records_of_another_view_are_told(
    folder: Path, dreport: Run, made: list[str], checked: list[str], remedy: str
) -> None:
    text = "某市政府工作报告\n一、2024年工作回顾\n生产总值增长5 . 5%，新增就业4万人。\n"
    Path("b.txt").write_text(text, encoding="utf-8")
    Path("records.json").write_text(dreport("show", "--json", "b.txt", *made).out, encoding="utf-8")
    assert dreport("verify", "records.json", *made)[0] == 0
    code, _, err = dreport("verify", "records.json", *checked)
    assert code == 1
    assert err.count(f"b.txt: the records came from another view; {remedy}\n") == 1
