"""Files that no report is: each is named once, in bounded time and memory, and nothing crashes."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dalian_report.errors import DReportError, SourceError
from dalian_report.model import Source
from dalian_report.sources import limits, read_bytes, read_sources, where
from tests.sources.hostile import (
    DOCUMENT,
    crowded_row,
    packed,
    repeated_pages,
    write_hostile,
)
from tests.sources.makers import MAKERS, TEXT

# Runs the command line in a process of its own and says how much memory it and its children took.
PROGRAM = """
import resource, sys
from dalian_report.cli.main import main
code = main(["doctor", ".", "-f", "jsonl", "-o", "out.jsonl"])
kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
print(code, *(resource.getrusage(kind).ru_maxrss for kind in kinds))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="asks for the memory of a process")
def test_a_folder_of_hostile_files(tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    paths = write_hostile(folder)
    assert len(paths) > 200
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=False,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"},
    )
    said = done.stderr.decode()
    assert "internal error" not in said
    assert "Traceback" not in said
    code, own, child = map(int, done.stdout.split())
    assert code == 2  # the looping links are no files
    assert max(own, child) < 1024 * 1024  # KiB
    diagnosed = re.findall(r'"source": "([^"#]+)', (folder / "out.jsonl").read_text(encoding="utf-8"))
    failed = [line.split(": ")[1] for line in said.splitlines() if line.startswith("dreport: ")]
    named = Counter(dict.fromkeys([*diagnosed, *failed], 1))
    assert {path.name for path in paths} - {"deep.json"} <= set(named)


@pytest.mark.parametrize("form", ["zip", "docx", "xlsx", "ofd"])
def test_archives_are_bounded_before_they_are_unpacked(form: str) -> None:
    name = {"zip": "a.txt", "docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ofd": "OFD.xml"}[form]
    with pytest.raises(SourceError, match=r"unpacks to 1,0[0-9]{2} times its size"):
        list(read_bytes(packed((name, bytes(8 * 1024 * 1024))), f"a.{form}"))
    many = packed((name, b"x"), *((f"{n}.txt", b"") for n in range(5_001)))
    with pytest.raises(SourceError, match=r"too large: an? .*5,002 parts"):
        list(read_bytes(many, f"a.{form}"))


def test_an_archive_is_bounded_as_a_whole() -> None:
    entry = ("新建学校12所。\n" * 100_000).encode()  # two megabytes: not suspicious by itself
    data = packed(*((f"{n}.txt", entry) for n in range(12)))
    with pytest.raises(SourceError, match=r"a.zip: packed as no report is: .* times its size"):
        list(read_bytes(data, "a.zip"))


def test_archives_in_an_archive_share_its_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = ("新建学校12所。\n" * 100_000).encode()
    inner = packed(*((f"{n}.txt", entry) for n in range(5)))
    data = packed(*((f"{n}.zip", inner) for n in range(8)))
    seen: list[Source | SourceError] = []
    with pytest.raises(SourceError, match=r"^a\.zip: packed as no report is \(unpacks to more than 50 times"):
        seen.extend(read_bytes(data, "a.zip"))
    assert 0 < sum(len(item.text) for item in seen if isinstance(item, Source)) < 16 * limits.MIB
    monkeypatch.setattr(limits, "MAX_ALL_ENTRIES", 12)
    with pytest.raises(SourceError, match=r"^a\.zip: too large an archive \(more than 12 parts in all\)"):
        list(read_bytes(packed(*((f"{n}.zip", packed(("a.txt", b"x"))) for n in range(7))), "a.zip"))
    monkeypatch.setattr(limits, "MAX_ALL_UNPACKED_BYTES", limits.MIB)
    with pytest.raises(SourceError, match=r"^a\.zip: too large an archive \(more than 1 MiB unpacked in all"):
        list(read_bytes(packed(("a.txt", entry)), "a.zip"))


def test_the_time_of_an_archive_is_that_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = packed(("a.txt", TEXT.encode()), ("b.txt", TEXT.encode()))
    items = read_bytes(packed(("1.zip", inner), ("2.zip", inner)), "a.zip")
    assert isinstance(next(items), Source)
    now = limits.work_time()
    monkeypatch.setattr(limits, "monotonic", lambda: 1e9)  # a pager that was left open overnight
    assert isinstance(next(items), Source)
    monkeypatch.setattr("os.times", lambda: (now + 31, 0.0, 0.0, 0.0, 0.0))  # what was done with the last
    assert isinstance(next(items), Source)
    clock = itertools.count(now + 31, 31)
    monkeypatch.setattr("os.times", lambda: (next(clock), 0.0, 0.0, 0.0, 0.0))
    with pytest.raises(SourceError, match=r"^a\.zip: takes too long to read \(more than 30 seconds\)"):
        next(items)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.json", b"[" + b"[]," * 200_001 + b"[]]", "too many small values"),
        ("a.jsonl", b"{}\n" * 200_001, "too many small values"),
        ("a.json", b"[" + b"0," * 5_000_001 + b"0]", "too many small values"),
        ("a.csv", b"," * 100_001 + b"\n", "too many columns"),
        ("a.txt", b'{"a": [' + b"[]," * 200_001 + b"[]]}", "too long to be one report"),
    ],
)
def test_scraps_are_not_held_in_memory(name: str, data: bytes, what: str) -> None:
    data += b" " * (1_000_000 * (name == "a.txt"))
    with pytest.raises(SourceError, match=f"^{name}: {what}"):
        list(read_bytes(data, name))


@pytest.mark.parametrize("form", ["docx", "ofd", "xlsx"])
def test_trees_are_bounded_before_they_are_built(form: str) -> None:
    many = b"<a/>" * 1_000_001
    data = {
        "docx": packed(("word/document.xml", DOCUMENT % many)),
        "ofd": packed(("OFD.xml", b"<a>" + many + b"</a>")),
        "xlsx": packed(("xl/workbook.xml", b"<a>" + many + b"</a>")),
    }[form]
    with pytest.raises(SourceError, match=r"too large: an? .* \(1,00.,... tags and attributes in one part"):
        list(read_bytes(data, f"a.{form}"))


def test_a_row_of_a_sheet_is_bounded_before_it_is_built() -> None:
    for row in (b"<row>" + b"<c/>" * 200_001, b"<row>" + b"<c/><!--<row-->" * 200_001):
        with pytest.raises(SourceError, match=r"too large: an Excel workbook \([0-9,]+ tags .* in one row"):
            list(read_bytes(crowded_row(row + b"</row>"), "a.xlsx"))
    rows = b"<row><c/><c/></row>" * 60_000  # as many, in rows
    with pytest.raises(SourceError, match="no column of full texts"):
        list(read_bytes(crowded_row(rows), "a.xlsx"))


def test_a_page_that_is_used_again_and_again_costs_each_time() -> None:
    with pytest.raises(SourceError, match=r"^a\.ofd: packed as no report is \(unpacks to more than 50 times"):
        list(read_bytes(repeated_pages(), "a.ofd"))


def test_tables_in_tables_take_no_longer_than_their_length() -> None:
    rows = b"<w:tbl><w:tr><w:tc>" * 80 + b"<w:tbl><w:tr/></w:tbl>" * 30_000 + b"</w:tc></w:tr></w:tbl>" * 80
    began = limits.work_time()
    with pytest.raises(SourceError, match="holds no text"):
        list(read_bytes(packed(("word/document.xml", DOCUMENT % rows)), "a.docx"))
    assert limits.work_time() - began < 5


def test_zip_files_in_zip_files_end_somewhere() -> None:
    inner = packed(("a.txt", TEXT.encode()))
    twice = packed(("1.zip", inner), ("b.txt", TEXT.encode()))
    items = list(read_bytes(twice, "a.zip"))
    assert [item.path for item in items if isinstance(item, Source)] == ["a.zip#1.zip#a.txt", "a.zip#b.txt"]
    (refused,) = read_bytes(packed(("3.zip", packed(("2.zip", inner)))), "a.zip")
    assert str(refused) == "a.zip#3.zip#2.zip: zip files in zip files (deeper than 2)."


def test_names_in_zip_files_that_lead_out_are_only_names() -> None:
    data = packed(("../../out.txt", TEXT.encode()), ("/etc/out.txt", TEXT.encode()))
    paths = [item.path for item in read_bytes(data, "a.zip") if isinstance(item, Source)]
    assert paths == ["a.zip#../../out.txt", "a.zip#/etc/out.txt"]


def test_an_entry_without_a_name_is_passed_over() -> None:
    data = packed(("QQQQ", b"x"), ("a/", b""), ("a.txt", TEXT.encode()))
    items = list(read_bytes(data.replace(b"QQQQ", b"\0QQQ"), "a.zip"))  # a name ends at a NUL
    assert [item.path for item in items if isinstance(item, Source)] == ["a.zip#a.txt"]


def _rows() -> list[bytes]:
    """Return two tables of one report each."""
    return [f"年份,全文\n2024,第{n}份。{TEXT.replace(chr(10), '')}\n".encode() for n in "一二"]


def test_entries_of_one_name_are_told_apart() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed(
            *(("a.txt", f"第{n}份。{TEXT}".encode()) for n in "一二三"),
            ("a.txt#2", b"no report by its name"),
            *(("b.csv", row) for row in _rows()),
        )
    read = {item.path: item.text[1] for item in read_bytes(data, "a.zip") if isinstance(item, Source)}
    assert read == {
        "a.zip#a.txt": "一",
        "a.zip#a.txt#2": "二",
        "a.zip#a.txt#3": "三",
        "a.zip#b.csv#2": "一",
        "a.zip#b.csv#2#2": "二",
    }


def test_a_path_gives_back_its_entry_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed(*(("b.csv", row) for row in _rows()))
    path.write_bytes(data)
    for place, count in (("b.csv", 2), ("b.csv#2", 1), ("b.csv#2#2", 1)):
        assert len(read_sources(f"{path}#{place}")) == count, place


def test_a_text_too_long_for_one_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("增长。" * 2_000_000, encoding="utf-8")
    with pytest.raises(SourceError, match=r"too long to be one report \(6,000,000 characters"):
        read_sources(str(path))


WHOLE = {name: MAKERS[name]() for name in MAKERS if not name.endswith(".pdf")}  # a process for each of those


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
@example(data=None)
def test_changed_files_are_read_or_refused(name: str, data: st.DataObject | None) -> None:
    changed = bytearray(WHOLE[name])
    if data is not None:
        for _ in range(data.draw(st.integers(0, 12))):
            changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
        start = data.draw(st.integers(0, len(changed)))
        del changed[start : start + data.draw(st.sampled_from([0, 0, 1, 50, 10**6]))]
    read_or_refuse(bytes(changed), name)


@settings(max_examples=150)
@given(
    head=st.sampled_from(
        [b"", b"<html>", b"{", b"a,full_text\n", b"PK\x03\x04", b"\xff\xfe", b"---\n", b"MIME-Version:"]
    ),
    rest=st.binary(max_size=300),
    suffix=st.sampled_from(["txt", "html", "csv", "tsv", "jsonl", "json", "mhtml", "docx", "md", "zip"]),
)
def test_any_bytes_are_read_or_refused(head: bytes, rest: bytes, suffix: str) -> None:
    read_or_refuse(head + rest, f"a.{suffix}")


def read_or_refuse(data: bytes, name: str) -> None:
    """Assert that bytes give reports whose marks are in order, or errors of one line that name them."""
    items: list[Source | DReportError] = []
    try:
        items += read_bytes(data, name)
    except DReportError as error:
        items.append(error)
    for item in items:
        if isinstance(item, Source):
            starts = [mark.start for mark in item.marks]
            assert starts == sorted(starts)
            assert where(item, len(item.text))
            assert item.path.startswith(name)
        else:
            assert str(item).startswith(name)
            assert "\n" not in str(item)
