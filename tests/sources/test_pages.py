"""PDF and OFD: reading order, joined lines, what pages repeat; scans and garbage refused."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dalian_report
from dalian_report.document import clean_text
from dalian_report.errors import SourceError
from dalian_report.sources import pdf, read_sources, where
from dalian_report.sources.pages import Page, Run, lay_out
from tests.sources.hostile import packed
from tests.sources.makers import TEXT, as_ink_pdf, as_ofd, as_pdf, as_set_pdf


def pages(*lines: list[tuple[float, float, str]], size: float = 12) -> list[Page]:
    """Return pages of lines, each with its left end and top in points."""
    return [
        Page(595, 842, tuple(Run(text, x, y, x + size * len(text), y + size) for x, y, text in page))
        for page in lines
    ]


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not() -> None:
    full = "一" * 30
    page = [
        (72 + 24, 100, full[:28]),
        (72, 120, full),
        (72, 140, "末行。"),
        (96, 160, "新段" * 14),
        (72, 180, full),
    ]
    text, marks, dropped = lay_out(pages(page))
    assert text.split("\n") == [full[:28] + full + "末行。", "新段" * 14 + full]
    assert [mark.place for mark in marks] == [f"page 1, line {n}" for n in range(1, 6)]
    assert dropped == []


def test_a_paragraph_goes_on_over_a_page_and_what_pages_repeat_goes() -> None:
    full = "一" * 30
    body = [(96, 100, full[:28]), *((72, 120 + 20 * row, full) for row in range(30))]
    several = [
        [(250, 40, "工作报告文件"), *(body if number == 0 else body[1:]), (290, 800, f"- {number + 1} -")]
        for number in range(3)
    ]
    text, _, dropped = lay_out(pages(*several))
    assert "\n" not in text
    assert dropped == ["3 page numbers", "3 headers and footers of pages"]


def test_latin_words_keep_a_space_and_numbers_do_not() -> None:
    full = "一" * 26 + "Open"
    text, _, _ = lay_out(pages([(72, 100, full), (72, 120, "Data" + "二" * 20)]))
    assert "Open Data" in text
    text, _, _ = lay_out(pages([(72, 100, "一" * 28 + "12"), (72, 120, "34亿元" + "二" * 20)]))
    assert "1234亿元" in text


def test_a_typed_indent_sets_paragraphs_off_and_a_ragged_edge_does_not() -> None:
    body = ["一" * 30, "二" * 27, "三" * 28, "四" * 23 + "；", "五" * 26, "六" * 30, "七" * 14 + "。"]
    paragraphs = [[f"\u3000\u3000（{number}）" + "新" * 25, *body] for number in "一二三"]
    lines = [line for paragraph in paragraphs for line in paragraph]
    text, _, _ = lay_out(pages([(72, 120 + 20 * row, line) for row, line in enumerate(lines)]))
    assert text.split("\n") == ["".join(paragraph).strip() for paragraph in paragraphs]


def test_a_heading_without_indent_is_not_glued_to_a_full_line() -> None:
    full = "一" * 29 + "。"
    lines = ["\u3000\u3000" + full[2:], full, "二、工作安排", "\u3000\u3000" + full[2:], full, full]
    text, _, _ = lay_out(pages([(72, 100 + 20 * row, line) for row, line in enumerate(lines)]))
    assert text.split("\n") == [full[2:] + full, "二、工作安排", full[2:] + full + full]


def test_a_number_goes_on_in_the_next_line() -> None:
    full = "一" * 30
    lines = [full, "一" * 26 + "5.", "3%，比上年" + "二" * 24, full]
    text, _, _ = lay_out(pages([(72, 100 + 20 * row, line) for row, line in enumerate(lines)]))
    assert "5.3%" in text


def in_columns(left: str, right: str, rows: tuple[int, int], gap: float) -> list[tuple[float, float, str]]:
    """Return the lines of a page with two columns of 18 characters."""
    sides = ((left, 72.0, rows[0]), (right, 72 + 18 * 12 + gap, rows[1]))
    return [(x, 100 + 20 * row, char * 18) for char, x, count in sides for row in range(count)]


@pytest.mark.parametrize("rows", [(3, 3), (2, 1), (30, 2), (4, 0)])
@pytest.mark.parametrize("gap", [14, 30])
def test_a_short_last_page_has_the_columns_of_those_before(rows: tuple[int, int], gap: float) -> None:
    first = in_columns("一", "二", (30, 30), gap)
    text, _, _ = lay_out(pages(first, in_columns("三", "四", rows, gap)))
    assert text == "".join(char * 18 * count for char, count in zip("一二三四", (30, 30, *rows), strict=True))


def test_a_short_table_after_columns_is_a_table() -> None:
    table = [
        (x, 100 + 20 * row, f"{name}{row}") for row in range(4) for x, name in ((72, "指标"), (350, "值"))
    ]
    text, _, _ = lay_out(pages(in_columns("一", "二", (30, 30), 30), table))
    assert text.split("\n")[1:] == [f"指标{row}\t值{row}" for row in range(4)]


def test_a_table_is_no_pair_of_columns() -> None:
    rows = [
        (x, 100 + 20 * row, f"{name}{row}") for row in range(12) for x, name in ((72, "指标"), (350, "值"))
    ]
    text, _, _ = lay_out(pages(rows))
    assert text.split("\n")[0] == "指标0\t值0"


@given(
    st.lists(
        st.tuples(
            st.text(alphabet="一二三 ab1。", min_size=1, max_size=20),
            st.floats(0, 595),
            st.floats(0, 842),
            st.floats(1, 40),
        ),
        max_size=40,
    )
)
def test_no_character_is_lost(found: list[tuple[str, float, float, float]]) -> None:
    runs = tuple(Run(text, x, y, x + size * len(text), y + size) for text, x, y, size in found)
    text, marks, dropped = lay_out([Page(595, 842, runs)])
    if not dropped:
        assert sorted("".join(text.split())) == sorted("".join("".join(run.text for run in runs).split()))
    assert [mark.start for mark in marks] == sorted(mark.start for mark in marks)


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(as_pdf(columns=2))
    (source,) = read_sources(str(path))
    assert source.text == TEXT
    assert source.dropped == ("2 page numbers", "2 headers and footers of pages")
    assert where(source, source.text.index("让我们")).startswith("page 2, line ")


@pytest.mark.parametrize("gap", [0.2, 0.25, 0.33, 0.45, 0.7])
def test_words_set_apart_without_spaces_keep_one(tmp_path: Path, gap: float) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas, x = Canvas(str(tmp_path / "a.pdf"), invariant=1), 72.0
    words = [("落实倡议", "STSong-Light"), *((word, "Times-Roman") for word in ("Belt", "and", "Road"))]
    for word, font in (*words, ("，建成5", "STSong-Light"), ("G", "Times-Roman"), ("基站", "STSong-Light")):
        canvas.setFont(font, 12)
        canvas.drawString(x, 700, word)
        x += pdfmetrics.stringWidth(word, font, 12) + (12 * gap if word in ("Belt", "and") else 0)
    canvas.save()
    (source,) = read_sources(str(tmp_path / "a.pdf"))
    assert source.text == "落实倡议Belt and Road，建成5G基站"


@pytest.mark.parametrize("spacing", [0.0, 0.5, 1.0])
def test_letters_set_wide_are_one_word(tmp_path: Path, spacing: float) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"), invariant=1)
    line = canvas.beginText(72, 700)
    line.setFont("Times-Roman", 12)
    line.setCharSpace(spacing)
    line.textOut("GDP and CPI of the region")
    canvas.drawText(line)
    canvas.save()
    (source,) = read_sources(str(tmp_path / "a.pdf"))
    assert source.text == "GDP and CPI of the region"


def test_flat_characters_stay_in_their_line(tmp_path: Path) -> None:
    lines = ["一、二〇二三年工作回顾", "一般公共预算收入增长—一季度·第一", "（一）一张蓝图—一干到底一"]
    path = tmp_path / "a.pdf"
    path.write_bytes(as_ink_pdf(lines))
    (source,) = read_sources(str(path))
    assert "".join(source.text.split()) == "".join(lines)
    assert source.text.splitlines()[0] == lines[0]


@pytest.mark.shared
@pytest.mark.parametrize("set_off", ["indent", "space"])
@pytest.mark.parametrize("columns", [1, 2])
def test_a_real_report_set_as_a_pdf_gives_the_same_metrics(
    shared: Path, tmp_path: Path, columns: int, set_off: str
) -> None:
    original = dalian_report.read_report(shared / "reports" / "city-2024" / "吉林.docx")
    paragraphs = clean_text(original).splitlines()
    path = tmp_path / "a.pdf"
    path.write_bytes(as_set_pdf(paragraphs, columns=columns, indents=set_off == "indent"))
    (source,) = read_sources(str(path))
    assert "".join(source.text.split()) == "".join("".join(paragraphs).split())
    found = source.text.splitlines()
    assert len(set(paragraphs) & set(found)) >= 0.9 * len(paragraphs)

    def essence(text: str) -> list[tuple[object, ...]]:
        metrics = dalian_report.extract(dalian_report.parse_report(text))
        return [(one.name, one.value, one.unit, one.kind, one.status, one.key) for one in metrics]

    assert essence(source.text) == essence("\n".join(paragraphs))


def drawn(*, text: str = "", font: str = "", password: str = "") -> bytes:
    """Return a PDF of one page with a grey box and a line of text."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=password or None)
    canvas.rect(10, 10, 100, 100, fill=1)
    if text:
        canvas.setFont(font, 12)
        canvas.drawString(100, 500, text)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            lambda: drawn(),
            r"a PDF without text, as from a scanner \(1 page, 0 pictures, no text\)\. Recognise",
        ),
        (lambda: drawn(text="(cid:12)(cid:345)" * 4, font="Helvetica"), "a PDF whose text layer is garbage"),
        (lambda: drawn(text="x", font="Helvetica", password="secret"), "a PDF with a password"),
        (lambda: as_pdf()[:2000], "a damaged PDF"),
        (lambda: b"%PDF-1.4\n%%EOF", "a damaged PDF"),
    ],
)
def test_a_pdf_that_gives_no_text_is_refused_with_the_reason(
    tmp_path: Path, data: object, message: str
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data())  # type: ignore[operator]
    with pytest.raises(SourceError, match=message):
        read_sources(str(path))


def test_limits_on_pages_and_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(as_pdf())
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(SourceError, match=r"too long a PDF \(2 pages, the limit is 1\)"):
        read_sources(str(path))
    monkeypatch.setattr(pdf, "PDF_TIME_S", 0.001)
    with pytest.raises(SourceError, match="takes too long to read"):
        read_sources(str(path))


@pytest.mark.skipif(sys.platform == "win32", reason="has no limit on memory")
def test_the_child_runs_out_of_memory_and_not_we(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(as_pdf())
    monkeypatch.setattr(pdf, "PDF_MEMORY_BYTES", 20 * 1024 * 1024)
    with pytest.raises(SourceError, match=r"a PDF (?:that|whose)"):
        read_sources(str(path))


def test_an_ofd_document_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.ofd"
    with zipfile.ZipFile(io.BytesIO(as_ofd())) as whole:
        parts = [(name, whole.read(name).replace(b"TextObject", b"ImageObject")) for name in whole.namelist()]
    path.write_bytes(packed(*parts))
    with pytest.raises(SourceError, match="an OFD document without text"):
        read_sources(str(path))
