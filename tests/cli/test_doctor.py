"""`dreport doctor`; and the options `--normalize`, `--all-copies`, `--where` and `--column`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.doctor.reports import WHOLE
from tests.sources.makers import as_csv, as_html, as_pdf, as_zip

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def files(folder: Path) -> Path:
    """The current folder, with a whole report, one of another place and one that cannot be read."""
    (folder / "good.txt").write_text(WHOLE, encoding="utf-8")
    (folder / "台州.txt").write_text(WHOLE, encoding="utf-8")
    (folder / "scan.doc").write_bytes(b"\xd0\xcf\x11\xe0 old")
    return folder


def test_a_verdict_for_each_file(files: Path, dreport: Run) -> None:
    code, out, err = dreport("doctor", "good.txt", "台州.txt", "scan.doc")
    assert code == 1
    lines = out.splitlines()
    assert lines[0].startswith("good  good.txt  清河市 2023  ")
    assert any(line.startswith("bad  台州.txt") for line in lines)
    at = next(number for number, line in enumerate(lines) if line.split()[:2] == ["error", "wrong-region"])
    assert lines[at + 1].strip() == "清河市  → Look for the right file, or name the region in config.yaml."
    assert any(line.split()[:2] == ["error", "unreadable"] for line in lines)
    assert any(line.endswith("soffice --headless --convert-to docx FILE") for line in lines)
    assert err == "3 reports: 1 good, 2 bad\n"
    assert "encoding" not in out
    assert "encoding" in dreport("doctor", "good.txt", "--all").out


def test_json_has_every_finding_with_its_evidence(files: Path, dreport: Run) -> None:
    code, out, _ = dreport("doctor", "good.txt", "台州.txt", "--json")
    good, bad = json.loads(out)
    assert (code, good["type"], good["verdict"], bad["verdict"]) == (1, "diagnosis", "good", "bad")
    finding = bad["findings"][0]
    assert finding["code"] == "wrong-region"
    assert WHOLE[finding["start"] : finding["end"]] == finding["evidence"] == "清河市"
    assert finding["where"] == "line 1"
    assert bad["findings"][1]["code"] == "near-duplicate"
    assert list(good) == list(bad)


@pytest.mark.parametrize("form", ["csv", "tsv", "md", "jsonl"])
def test_every_format_is_written(files: Path, dreport: Run, form: str) -> None:
    code, out, _ = dreport("doctor", "good.txt", "台州.txt", "-f", form)
    assert code == 1
    assert "wrong-region" in out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["none.txt"], 2, "none.txt: no such file."),
        (["good.txt", "none.txt"], 2, "1 of 2 inputs failed."),
        (["good.txt"], 0, "1 report: 1 good"),
        (["empty"], 2, "no report that can be read"),
        (["good.txt", "--section", "1"], 2, "--section is not for doctor"),
        (["table.csv"], 2, "no column of full texts"),
    ],
)
def test_exit_codes(files: Path, dreport: Run, arguments: list[str], code: int, said: str) -> None:
    (files / "empty").mkdir()
    (files / "table.csv").write_text("name,value\n就业,12\n", encoding="utf-8")
    done = dreport("doctor", *arguments)
    assert done[0] == code
    assert said in done[2]


def test_the_configured_reports_are_examined_by_default(files: Path, dreport: Run) -> None:
    code, out, _ = dreport("doctor", "-f", "jsonl")
    assert (code, json.loads(out)["source"]) == (1, "reports/a.txt")


def test_a_table_in_a_folder_that_holds_no_reports_is_passed_over(files: Path, dreport: Run) -> None:
    (files / "reports" / "out.csv").write_text("name,value\n就业,12\n", encoding="utf-8")
    code, out, err = dreport("show", "reports", "-f", "jsonl")
    assert (code, len(out.splitlines()) > 3) == (0, True)
    assert err.startswith("skipped: reports/out.csv: no column of full texts")
    assert dreport("show", "reports/out.csv")[0] == 2


def test_every_copy_is_read_only_where_that_is_asked_for(files: Path, dreport: Run) -> None:
    (files / "twice.txt").write_text(f"{WHOLE}\n\n{WHOLE}\n", encoding="utf-8")
    once = [json.loads(line) for line in dreport("show", "twice.txt", "-f", "jsonl").out.splitlines()]
    both = [
        json.loads(line)
        for line in dreport("show", "twice.txt", "--all-copies", "-f", "jsonl").out.splitlines()
    ]
    single = dreport("show", "good.txt", "-f", "jsonl").out.splitlines()
    assert (len(once), len(both)) == (len(single), 2 * len(single))
    assert len({record["id"] for record in both}) == len(both)
    shift = both[len(once)]["start"] - both[0]["start"]
    assert shift > len(WHOLE) - 10
    for first, second in zip(both, both[len(once) :], strict=False):
        assert (second["start"] - first["start"], second["name"]) == (shift, first["name"])


def test_normalize_reads_a_view_and_nothing_else_does(files: Path, dreport: Run) -> None:
    text = WHOLE.replace("增长6.2%", "增长6 . 2%").replace("增长8.1%", "增长8.l%")
    (files / "ocr.txt").write_text(text, encoding="utf-8")
    plain = dreport("show", "ocr.txt", "-f", "jsonl")
    viewed = dreport("show", "ocr.txt", "--normalize", "-f", "jsonl")
    assert viewed.err == "ocr.txt: 2 repairs by --normalize\n"
    clean = [json.loads(line) for line in dreport("show", "good.txt", "-f", "jsonl").out.splitlines()]
    records = [json.loads(line) for line in viewed.out.splitlines()]
    assert [one["value"] for one in records] == [one["value"] for one in clean]
    for record in map(json.loads, plain.out.splitlines()):
        assert text[record["start"] : record["end"]] == record["text"]
    growth = next(one for one in records if one["value"] == 6.2)
    at = int(growth["where"].rpartition(" ")[2])
    assert text[at : at + 6] == "6 . 2%"


def test_where_is_a_column_of_its_own(files: Path, dreport: Run) -> None:
    (files / "a.pdf").write_bytes(as_pdf())
    lines = dreport("show", "a.pdf", "--where", "--limit", "2").out.splitlines()
    assert lines[1].endswith("Original place")
    assert lines[4].endswith("page 1, line 8")
    ranked = dreport("show", "a.pdf", "--where", "--context", "--sort", "-amount", "--limit", "1").out
    assert "page 1, line 8" in ranked


def test_columns_can_be_named_and_wrong_ones_are_refused(files: Path, dreport: Run) -> None:
    (files / "t.csv").write_bytes(as_csv())
    assert dreport("show", "t.csv", "--column", "text=全文").code == 0
    assert dreport("show", "t.csv#2", "-f", "jsonl").out == dreport("show", "t.csv", "-f", "jsonl").out
    for option, said in (
        ("正文", "--column 正文: not ROLE=NAME"),
        ("what=正文", "ROLE is one of text, title"),
        ("text=正文", "t.csv: no column '正文'. Columns: 省份, 年份, 标题, 全文."),
    ):
        code, out, err = dreport("show", "t.csv", "--column", option)
        assert (code, out) == (2, "")
        assert said in err
    code, _, err = dreport("show", "t.csv#2", "-o", "t.csv")
    assert (code, "is one of the inputs" in err) == (2, True)


def test_what_a_reader_leaves_out_and_lacks_is_told(files: Path, dreport: Run) -> None:
    (files / "a.pdf").write_bytes(as_pdf())
    (files / "cut.html").write_bytes(as_html()[:3_000])
    assert "a.pdf: left out 2 page numbers" in dreport("show", "a.pdf", "-v").err
    assert "cut.html: the page ends without its closing tag" in dreport("show", "cut.html").err


def test_records_of_a_row_and_of_a_view_can_be_verified(files: Path, dreport: Run) -> None:
    (files / "in").mkdir()
    (files / "in" / "t.csv").write_bytes(as_csv())
    (files / "in" / "p.zip").write_bytes(as_zip())
    (files / "in" / "ocr.txt").write_text(WHOLE.replace("增长6.2%", "增长6 . 2%"), encoding="utf-8")
    dreport("show", "in/t.csv", "in/p.zip", "-f", "jsonl", "-o", "rows.jsonl")
    dreport("show", "in/ocr.txt", "--normalize", "-f", "jsonl", "-o", "view.jsonl")
    assert dreport("verify", "rows.jsonl").code == 0
    assert dreport("verify", "view.jsonl", "--normalize").code == 0
    assert dreport("verify", "view.jsonl").code == 1
    (files / "in").rename(files / "moved")
    assert dreport("verify", "rows.jsonl", "--source", "moved").code == 0
    assert dreport("verify", "rows.jsonl").code == 2
