"""Reading files: text, Word, and everything that cannot be read, in one clear line each."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml

from dalian_report.errors import SourceError
from dalian_report.sources import make_source, read_sources
from tests.sources.hostile import packed

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file(path: Path) -> Path:
    """Write a Word file with paragraphs around a table, a text box and tracked changes."""
    document = Document()
    document.add_paragraph("政府工作报告")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("指标", "数值"), ("就业", "12.5万人")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("一、2024年\t工作回顾")
    document.element.body.insert(
        3,
        parse_xml(
            f"<w:p {W}><w:r><w:t>新建</w:t></w:r><w:ins><w:r><w:t>公园</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
            "<w:r><w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent></w:r></w:p>"
        ),
    )
    document.save(str(path))
    return path


def test_a_word_file_is_read_in_document_order(tmp_path: Path) -> None:
    (source,) = read_sources(str(word_file(tmp_path / "a.docx")))
    assert source.text.split("\n") == [
        "政府工作报告",
        "指标\t数值",
        "就业\t12.5万人",
        "一、2024年\t工作回顾",
        "新建公园",
        "框中文字",
    ]
    assert (source.format, source.encoding) == ("docx", "docx")


def test_footnotes_follow_the_paragraph_that_cites_them(tmp_path: Path) -> None:
    plain = word_file(tmp_path / "plain.docx")
    noted = tmp_path / "noted.docx"
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>注释一</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {W}>{note}</w:footnotes>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(noted, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode("utf-8") if name.endswith((".xml", ".rels")) else old.read(name)
            if isinstance(data, str):
                data = data.replace("<w:t>新建</w:t>", '<w:t>新建</w:t><w:footnoteReference w:id="2"/>')
                if name == "word/_rels/document.xml.rels":
                    relation = (
                        f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
                    )
                    data = data.replace("</Relationships>", relation)
            new.writestr(name, data)
        new.writestr("word/footnotes.xml", notes)
    lines = read_sources(str(noted))[0].text.split("\n")
    assert lines.index("注释一") > lines.index("新建公园")


def test_the_format_goes_by_the_content(tmp_path: Path) -> None:
    disguised = word_file(tmp_path / "a.docx").rename(tmp_path / "report.txt")
    assert read_sources(str(disguised))[0].format == "docx"


def test_newlines_and_control_characters_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes("一、回顾\r\n增长\x1b[31m5%\u202e。\n".encode())
    (source,) = read_sources(str(file))
    assert source.text == "一、回顾\r\n增长\x1b[31m5%\u202e。\n"
    assert (source.path, source.format) == (str(file), "md")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "empty file"),
        ("blank.txt", "\ufeff \n\u3000\n".encode(), "holds no text"),
        ("binary.txt", b"\x7fELF\0\0\0", "not a text file"),
        ("a.pdf", b"%PDF-1.7 ...", "a damaged PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0 ...", r"an old Office file \(\.doc, \.xls\) .* --convert-to docx FILE"),
        ("a.rtf", b"{\\rtf1 ...", "an RTF file, .* --convert-to docx FILE"),
        ("a.png", b"\x89PNG ...", r"a picture, .* \(OCR\)"),
        ("a.rar", b"Rar!\x1a\x07 ...", "an archive of a kind that is not read"),
        (
            "a.csv",
            "省,年".encode(),
            r"no column of full texts \(columns: 省, 年\)\. Name it: --column text=NAME",
        ),
        ("cut.docx", b"PK\x03\x04 and no more", "a damaged zip file"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(SourceError, match=message) as caught:
        read_sources(str(file))
    assert str(caught.value).startswith(f"{file}: ")
    assert "\n" not in str(caught.value)


def test_archives_are_checked_before_they_are_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "x")
    assert [source.path for source in read_sources(str(other))] == [f"{other}#a.txt"]
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(40):
            archive.writestr(f"word/{i}.xml", bytes(8 * 1024 * 1024))
    with pytest.raises(SourceError, match="too large: a "):
        read_sources(str(bomb))
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(word_file(tmp_path / "a.docx")) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if name == "word/document.xml" else old.read(name))
    with pytest.raises(SourceError, match="a damaged Word file"):
        read_sources(str(broken))


@pytest.mark.parametrize(
    ("name", "at", "value", "message"),
    [
        ("password", 6, 1, "a Word file with a password. Unpack it with its password"),
        ("compression", 8, 99, "a damaged Word file"),
        ("deflate", None, 0xFF, "a damaged Word file"),
    ],
)
def test_a_part_that_does_not_unpack_says_why(
    tmp_path: Path, name: str, at: int | None, value: int, message: str
) -> None:
    file = word_file(tmp_path / f"{name}.docx")
    data = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        entry = archive.getinfo("word/document.xml")
    if at is None:
        start = entry.header_offset + 30 + len(entry.filename)
        data[start : start + 40] = bytes([value]) * 40
    else:  # the flags and the method stand in the local header and, two bytes on, in the directory
        data[entry.header_offset + at] = value
        data[data.rindex(b"word/document.xml") - 46 + at + 2] = value
    file.write_bytes(data)
    with pytest.raises(SourceError, match=message):
        read_sources(str(file))


def test_an_entry_with_a_password_says_so(tmp_path: Path) -> None:
    data = bytearray(packed(("a.txt", "增长5%。".encode())))
    data[6] = data[data.rindex(b"a.txt") - 46 + 8] = 1  # the flags of the entry, in both places
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_sources(str(path))
    assert str(caught.value).startswith(f"{path}#a.txt: an entry of a zip file with a password.")


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_sources(str(tmp_path / "none.txt"))
    with pytest.raises(SourceError, match="a folder, not a file"):
        read_sources(str(tmp_path))


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("增长的一年。".encode("gb18030"))))
    (source,) = read_sources("-")
    assert (source.path, source.text, source.encoding) == ("-", "增长的一年。", "gb18030")


@pytest.mark.parametrize("stream", [None, io.StringIO("文字")])
def test_standard_input_that_gives_no_bytes(monkeypatch: pytest.MonkeyPatch, stream: object) -> None:
    monkeypatch.setattr(sys, "stdin", stream)
    with pytest.raises(SourceError, match=r"^standard input: closed\. Name a file\.$"):
        read_sources("-")


def test_make_source_takes_text_as_it_is() -> None:
    assert make_source("\ufeff一\r\n").text == "\ufeff一\r\n"
    assert make_source("a", "b.md").format == "md"
