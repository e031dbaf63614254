"""Web pages: visible text, blocks, declared charsets, and pages that are cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

import dalian_report
from dalian_report.errors import SourceError
from dalian_report.model import Source
from dalian_report.sources import ReadOptions, read_bytes, read_sources
from tests.sources.makers import REPORT, as_html


def read(page: str | bytes, **options: str) -> Source:
    data = page.encode() if isinstance(page, str) else page
    (source,) = read_bytes(data, "a.html", ReadOptions(**options))  # type: ignore[arg-type]
    assert isinstance(source, Source)
    return source


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>一、回顾</p><p>增长<b>5</b>%</p>", ["一、回顾", "增长5%"]),
        ("甲<br>乙<br/>\n 丙 ", ["甲", "乙", "丙"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<table><tr><td>就业</td><td><p>12</p></td></tr><tr><td>甲<td>乙</table>", ["就业\t12", "甲\t乙"]),
        (f"<table><tr><td><p>{'长' * 80}</p><p>{'文' * 80}</p></td></tr></table>", ["长" * 80, "文" * 80]),
        ("<pre>甲\n 乙</pre>", ["甲", "乙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<p>\u3000\u3000甲&nbsp;乙&amp;丙&#x4e01;</p>", ["甲\xa0乙&丙丁"]),
        ("<p>见<script>x</script><style>y</style><!-- z -->此<button>b</button></p>", ["见此"]),
        ("<p hidden>a</p><p style='DISPLAY : none'>b</p><p>c</p>", ["c"]),
        ("<nav>首页</nav><p>正文</p><footer>版权</footer>", ["正文"]),
        ("<form><p>在表单里</p></form>", ["在表单里"]),
        ("<p>就业<del>9</del><ins>8</ins><s>6</s><strike>5</strike>万人</p>", ["就业8万人"]),
        ("<p>就业<span style='text-decoration:line-through red'>9</span>8万人</p>", ["就业8万人"]),
    ],
)
def test_what_is_seen_and_where_it_breaks(body: str, lines: list[str]) -> None:
    assert read(f"<html><body>{body}</body></html>").text.split("\n") == lines


def test_struck_text_is_told_and_a_tag_that_nobody_closed_strikes_nothing() -> None:
    page = as_html().decode()
    source = read(page.replace("3.6万人", "<del>3.1</del><ins>3.6</ins>万人"))
    assert source.text == read(page).text
    assert source.dropped[1:] == ("struck-through text, 3 characters",)
    source = read(page.replace("3.6万人", "<s>3.6万人"))
    assert source.text == read(page).text
    assert len(source.dropped) == 1


def test_menus_are_counted_and_the_rest_is_left_to_the_outline() -> None:
    source = read(as_html())
    assert source.dropped == ("menus of the page, 33 characters",)
    assert source.stated.title == REPORT[0]
    assert "隐藏" not in source.text
    assert "当前位置" in source.text


def test_furniture_is_told_from_the_body(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(as_html())
    report = dalian_report.read_report(path)
    body = report.text[report.body.start : report.body.end]
    assert body.startswith(REPORT[0])
    assert body.endswith(REPORT[-1])
    assert [cut.reason for cut in report.cuts] == ["before title", "below title", "after end"]


@pytest.mark.parametrize(
    ("charset", "declared", "encoding"),
    [
        ("gbk", "gb2312", "gb18030"),
        ("big5", "big5", "big5"),
        ("utf-8", "gb2312", "utf-8"),
        ("gbk", "no-such", "gb18030"),
        ("utf-16", "utf-8", "utf-16"),
    ],
)
def test_declared_charsets(charset: str, declared: str, encoding: str) -> None:
    text = (
        "今年的工作是要把經濟搞上去"
        if charset == "big5"
        else "今年的工作是要把经济搞上去，人民生活有新的提高"
    )
    page = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'
    source = read(page.encode(charset))
    assert (source.text, source.encoding) == (text, encoding)


def test_the_server_and_the_user_go_before_the_page() -> None:
    page = '<html><meta charset="gbk"><body><p>今年的工作是要把經濟搞上去</p></body></html>'.encode("big5")
    assert read(page, charset="big5").encoding == "big5"
    assert read(page, encoding="big5").encoding == "big5"


@pytest.mark.parametrize("meta", ['<meta charset="gb2312">', '<meta charset="iso-8859-1">', ""])
@pytest.mark.parametrize("charset", ["ISO-8859-1", "windows-1252", "big5", "koi8-r"])
def test_a_charset_in_which_the_page_is_no_chinese_is_passed_over(meta: str, charset: str) -> None:
    text = "今年的工作是要把经济搞上去，人民生活有新的提高"
    page = f"<html>{meta}<body><p>{text}</p></body></html>".encode("gbk")
    assert read(page, charset=charset).text == text


def test_a_page_in_another_language_is_read_as_declared() -> None:
    page = "<html><body><p>Déjà vu à Besançon</p></body></html>".encode("latin-1")
    assert read(page, charset="iso-8859-1").text == "Déjà vu à Besançon"


def test_a_page_that_is_cut_off_lacks_its_end() -> None:
    whole = as_html()
    assert read(whole).lacks == ()
    (lack,) = read(whole[: len(whole) // 2].decode("utf-8", "ignore")).lacks
    assert "may have been cut off" in lack


def test_metadata_of_government_pages() -> None:
    page = """<html><head><title>政府信息公开_某市</title>
    <meta name="ArticleTitle" content="2024年政府工作报告"><meta name="PubDate" content="2024/01/22 09:30">
    </head><body><p>正文。</p></body></html>"""
    stated = read(page).stated
    assert (stated.title, stated.date) == ("2024年政府工作报告", "2024-01-22")


@pytest.mark.parametrize(
    "page",
    [
        "<body><nav><a>首页</a><div>{}",
        "<body><menu><p>首页</p></menu><dialog open>{}</dialog>",
        "<body style='visibility:hidden'><nav>首页</nav>{}",
        "<body><div style='display: none'>{}</div><p>正在加载</p>",
        "<body><aside>{}</aside>",
    ],
)
def test_an_article_is_kept_where_nothing_else_is_shown(page: str) -> None:
    long = "地区生产总值增长5%，" * 10
    lines = read("<html>" + page.format(f"<h1>报告</h1><p>{long}</p>" * 10)).text.split("\n")
    assert lines.count("报告") == lines.count(long) == 10
    assert "首页报告" not in lines


def test_a_menu_is_no_article() -> None:
    menu = "".join(f"<li>政务公开第{i}栏</li>" for i in range(300))
    assert read(f"<html><body><nav><ul>{menu}</ul></nav><p>正文</p></body>").text == "正文"
    shown, hidden = f"<p>{'文' * 300}</p>", f"<p hidden>{'稿' * 900}</p>"
    assert read(f"<html><body>{shown}{hidden}</body>").text == "文" * 300


def test_a_page_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><script>load()</script></body></html>", encoding="utf-8")
    with pytest.raises(SourceError, match="holds no text"):
        read_sources(str(path))


def test_an_mhtml_file_without_a_page_is_refused() -> None:
    data = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    with pytest.raises(SourceError, match="without a web page"):
        list(read_bytes(data, "a.mhtml"))


FRAGMENT = "".join(f"<p>{paragraph}</p>\n" for paragraph in REPORT)


@pytest.mark.parametrize("page", [as_html().decode(), FRAGMENT, f"<div>{'<br/>'.join(REPORT)}</div>"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_page_may_begin_below_some_lines(page: str, codec: str, name: str) -> None:
    above = "网址: http://www.example.gov.cn/\n\n  标题: 报告\n"
    (source,) = read_bytes((above + page).encode(codec), name)
    lines = source.text.split("\n")  # type: ignore[union-attr]
    assert source.format == "html"  # type: ignore[union-attr]
    assert lines[:2] == ["网址: http://www.example.gov.cn/", "标题: 报告"]
    assert lines[-1] == REPORT[-1] or page == as_html().decode()
    assert set(REPORT) <= set(lines)


@pytest.mark.parametrize("stray", ["</p>", "<p>", "<br>增长</br>", "<p></p>"])
def test_a_text_with_a_stray_tag_keeps_its_lines(stray: str) -> None:
    text = "\n".join([*REPORT[:9], REPORT[9] + stray, *REPORT[10:], stray])
    (source,) = read_bytes(text.encode(), "a.txt")
    assert source.text == text  # type: ignore[union-attr]


def test_a_table_inside_plain_text_makes_no_page_of_it() -> None:
    table = "<table>\n" + "<tr><td>项目</td><td>1</td></tr>\n" * 20 + "</table>\n"
    text = f"某市政府工作报告\n{table}一、工作回顾\n" + "地区生产总值增长5%，投资增长8%。\n" * 10
    for name in ("a.txt", "a.md"):
        (source,) = read_bytes(text.encode(), name)
        assert source.text == text
