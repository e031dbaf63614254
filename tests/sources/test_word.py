"""Word files: the numbers that Word counts, and limits on their XML."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml

from dalian_report.errors import SourceError
from dalian_report.sources import read_sources, where
from tests.sources.hostile import packed

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(depth: int, form: str, text: str, *, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(path: Path, paragraphs: list[tuple[str, int | None]]) -> Path:
    """Write a Word file whose paragraphs stand in a list at the levels given, or in none."""
    document = Document()
    numbering = document.part.numbering_part.element
    levels = level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）")
    levels += level(2, "decimal", "%3.", start=3) + level(3, "decimal", "%1.%3.%4") + level(4, "bullet", "·")
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering.append(parse_xml(f'<w:num {W} w:numId="91"><w:abstractNumId w:val="90"/>{restart}</w:num>'))
    for text, depth in paragraphs:
        paragraph = document.add_paragraph(text)
        if depth is not None:
            number, at = (91, 0) if depth == 9 else (90, depth)
            properties = f'<w:numPr {W}><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(properties))
    document.save(str(path))
    return path


def test_the_numbers_that_word_counts_come_back(tmp_path: Path) -> None:
    paragraphs: list[tuple[str, int | None]] = [
        ("回顾", 0),
        ("工业", 1),
        ("钢铁", 2),
        ("产量", 3),
        ("农业", 1),
        ("", 1),
        ("水稻", 2),
        ("平常的一段", None),
        ("要点", 4),
        ("安排", 0),
        ("投资", 1),
        ("另起", 9),
    ]
    (source,) = read_sources(str(numbered(tmp_path / "a.docx", paragraphs)))
    assert source.text.split("\n") == [
        "一、回顾",
        "（一）工业",
        "3. 钢铁",
        "一.3.1 产量",
        "（二）农业",
        "",
        "3. 水稻",
        "平常的一段",
        "要点",
        "二、安排",
        "（一）投资",
        "五、另起",
    ]
    assert where(source, source.text.index("投资")) == "paragraph 11"


@pytest.mark.parametrize(
    ("sign", "kind"), [("vanish", "hidden"), ("strike", "struck-through"), ("dstrike", "struck-through")]
)
@pytest.mark.parametrize("value", ["", ' w:val="true"', ' w:val="0"'])
def test_hidden_and_struck_text_is_left_out_and_told(
    tmp_path: Path, sign: str, kind: str, value: str
) -> None:
    path = tmp_path / "a.docx"
    document = Document()
    paragraph = document.add_paragraph("新增就业")
    run = paragraph.add_run("99")
    run._r.get_or_add_rPr().append(parse_xml(f"<w:{sign} {W}{value}/>"))
    paragraph.add_run("8万人")
    document.save(str(path))
    (source,) = read_sources(str(path))
    shown = "0" in value
    assert source.text == ("新增就业998万人" if shown else "新增就业8万人")
    assert source.dropped == (() if shown else (f"{kind} text, 2 characters",))


def test_a_list_that_the_style_names(tmp_path: Path) -> None:
    path = numbered(tmp_path / "a.docx", [])
    document = Document(str(path))
    properties = document.styles["Heading 1"].element.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {W}><w:numId w:val="90"/></w:numPr>'))
    for text in ("回顾", "安排"):
        document.add_heading(text, 1)
    document.save(str(path))
    assert read_sources(str(path))[0].text == "一、回顾\n二、安排"


def test_the_rows_of_a_table_are_marked(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("报告")
    table = document.add_table(rows=2, cols=2)
    table.rows[1].cells[1].text = "12.5万人"
    document.save(str(tmp_path / "a.docx"))
    (source,) = read_sources(str(tmp_path / "a.docx"))
    assert where(source, source.text.index("12.5")) == "table 1, row 2"


def test_a_table_that_lays_out_the_page_keeps_its_paragraphs(tmp_path: Path) -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "2024年某市政府工作报告"
    for text in ("各位代表：", "一、回顾", "地区生产总值增长5%，" * 12, "二、安排"):
        cell.add_paragraph(text)
    data = cell.add_table(rows=1, cols=2).rows[0].cells
    data[0].text, data[1].text = "就业", "12万人"
    document.save(str(tmp_path / "a.docx"))
    (source,) = read_sources(str(tmp_path / "a.docx"))
    lines = source.text.split("\n")
    assert (lines[0], lines[2], lines[-1]) == ("2024年某市政府工作报告", "一、回顾", "就业\t12万人")
    assert where(source, source.text.index("一、")) == "paragraph 3"
    assert where(source, source.text.index("就业")) == "table 2, row 1"


def test_xml_with_a_document_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    secret = tmp_path / "secret"
    secret.write_text("秘密", encoding="utf-8")
    document = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
    )
    path.write_bytes(packed(("word/document.xml", document.encode())))
    with pytest.raises(SourceError, match="declares a document type"):
        read_sources(str(path))


def test_entities_that_grow_are_a_document_type_too(tmp_path: Path) -> None:
    entities = "<!ENTITY e0 'abcdefghij'>"
    entities += "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
    document = f"<!DOCTYPE x [{entities}]><w:document {W}><w:body a='&e9;'>&e9;</w:body></w:document>"
    path = tmp_path / "a.docx"
    path.write_bytes(packed(("word/document.xml", document.encode())))
    with pytest.raises(SourceError, match="declares a document type"):
        read_sources(str(path))
