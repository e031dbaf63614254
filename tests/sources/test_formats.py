"""One report in every format: the same metrics from all, and where each figure stands in the original."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

import dalian_report
from dalian_report.errors import SourceError
from dalian_report.sources import read_sources, where
from tests.sources.makers import MAKERS, TEXT, as_docx, as_html, as_pdf, as_xlsx, as_zip

PLAIN = "utf8.txt"
WHERE = {
    PLAIN: "line 6",
    "page.html": "paragraph 8",
    "saved.mhtml": "paragraph 8",
    "word.docx": "paragraph 6",
    "one.pdf": "page 1, line 8",
    "two.pdf": "page 1, line 12",
    "table.csv": "row 2, line 6",
    "book.xlsx": "sheet 报告, row 2, line 6",
    "lines.jsonl": "record 1, line 6",
    "packed.zip": "line 6",
    "file.ofd": "page 1, line 7",
}
PATHS = {"table.csv": "#2", "gbk.csv": "#2", "table.tsv": "#2", "book.xlsx": "#报告!2"}
PATHS |= {"lines.jsonl": "#1", "packed.zip": "#资料/报告.txt"}


def write(folder: Path, name: str) -> Path:
    """Write the report in one format."""
    path = folder / name
    path.write_bytes(MAKERS[name]())
    return path


def essence(path: Path) -> list[tuple[object, ...]]:
    """Return what a metric says, without where it stands in which file."""
    report = dalian_report.read_report(path)
    identity = (report.title, report.region, report.date, report.year)
    left_out = {"id", "source", "text_sha256", "start", "end", "sentence_start", "where"}
    fields = [name for name in dalian_report.Metric.__match_args__ if name not in left_out]
    metrics = dalian_report.extract(report)
    assert all(report.text[metric.start : metric.end] == metric.text for metric in metrics)
    return [identity, *(tuple(getattr(metric, name) for name in fields) for metric in metrics)]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    """Return what the plain text says."""
    return essence(write(tmp_path_factory.mktemp("plain"), PLAIN))


@pytest.mark.parametrize("name", MAKERS)
def test_every_format_gives_the_same_metrics(
    tmp_path: Path, plain: list[tuple[object, ...]], name: str
) -> None:
    path = write(tmp_path, name)
    assert essence(path) == plain
    assert len(plain) > 40
    (source,) = read_sources(str(path))
    assert source.path == f"{path}{PATHS.get(name, '')}"
    if source.format not in ("html", "mhtml"):  # pages keep what stands around the report
        assert source.text == TEXT


@pytest.mark.parametrize("name", WHERE)
def test_where_a_figure_stands_in_the_original(tmp_path: Path, name: str) -> None:
    (source,) = read_sources(str(write(tmp_path, name)))
    assert where(source, source.text.index("1286.4亿元")) == WHERE[name]
    assert where(source, 0)
    assert where(source, len(source.text))


@pytest.mark.parametrize("name", PATHS)
def test_the_path_of_a_report_inside_a_file_can_be_given(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name)
    (source,) = read_sources(f"{path}{PATHS[name]}")
    assert source.path == f"{path}{PATHS[name]}"
    with pytest.raises(SourceError, match=r"nothing at '99' in it that can be read"):
        read_sources(f"{path}#99")


def test_a_file_with_the_sign_in_its_name_is_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.txt#2"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt").write_text("另一份。", encoding="utf-8")
    assert read_sources(str(path))[0].text == TEXT


@pytest.mark.parametrize(
    ("data", "suffix", "form"),
    [
        (as_docx, ".txt", "docx"),
        (as_html, ".doc", "html"),
        (as_pdf, ".html", "pdf"),
        (as_xlsx, ".csv", "xlsx"),
        (as_zip, ".dat", "txt"),
        (lambda: TEXT.encode(), ".pdf", "txt"),
        (lambda: ("标题,全文\n报告," + TEXT.replace("\n", " ")).encode(), ".txt", "csv"),
        (lambda: b"\n\n  <!-- x --><HTML><body>" + TEXT.encode() + b"</body>", ".txt", "html"),
    ],
)
def test_the_format_goes_by_the_content(tmp_path: Path, data: object, suffix: str, form: str) -> None:
    path = tmp_path / f"report{suffix}"
    path.write_bytes(data())  # type: ignore[operator]
    assert read_sources(str(path))[0].format == form


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("page.html", "selectolax.lexbor", "html"),
        ("saved.mhtml", "selectolax.lexbor", "html"),
        ("book.xlsx", "openpyxl", "xlsx"),
    ],
)
def test_a_missing_library_is_one_line_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str, extra: str
) -> None:
    path = write(tmp_path, name)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SourceError, match=rf"Install it: pip install 'dreport\[{extra}\]'$"):
        read_sources(str(path))


def test_a_missing_pdf_library_is_one_line_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pypdfium2.py").write_text("raise ImportError", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))  # the child process sees this one first
    with pytest.raises(SourceError, match=r"Install it: pip install 'dreport\[pdf\]'$"):
        read_sources(str(write(tmp_path, "one.pdf")))


@pytest.mark.parametrize("folder", ["word", "xl", "ppt"])
def test_a_folder_called_as_an_office_file_calls_its_own_is_none(tmp_path: Path, folder: str) -> None:
    path = tmp_path / "reports.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{folder}/辽宁.txt", TEXT)
    (source,) = read_sources(str(path))
    assert (source.path, source.text) == (f"{path}#{folder}/辽宁.txt", TEXT)
