"""One report, written for the tests, as a file of every format that is read."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from xml.sax.saxutils import escape

TITLE = "清河市政府工作报告"
TEXT = """\
清河市政府工作报告
2024年1月16日在清河市第十七届人民代表大会第三次会议上
各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议，并请市政协委员提出意见。
一、2023年工作回顾
过去一年，面对复杂的外部环境，我们迎难而上，全年地区生产总值达到1286.4亿元、增长6.2%，一般\
公共预算收入增长8.1%，社会消费品零售总额增长7.5%左右，城镇新增就业3.6万人，主要指标好于预\
期，圆满完成了年初确定的任务。
（一）产业升级步伐加快。规模以上工业增加值增长9.3%，新增高新技术企业58家，研发经费投入强度提高\
0.3个百分点。数字经济核心产业增加值突破90亿元，两个省级开发区在全省考核中分别居第3位和第8位，\
招商引资到位资金412亿元。
（二）城乡面貌持续改善。改造老旧小区64个、惠及居民2.1万户，新建改建农村公路230公里，新增停车\
泊位5200个。空气质量优良天数达到318天，森林覆盖率提高到41.7%，生活垃圾无害化处理率保持1\
00%，河湖面貌焕然一新。
（三）民生福祉不断增进。城镇、农村居民人均可支配收入分别增长5.4%、7.2%，新建改扩建学校12所\
、新增学位9600个，城镇登记失业率控制在3.2%以内，生产安全事故起数下降18.5%，群众安全感和\
满意度稳步提升。
二、2024年工作安排
今年经济社会发展的主要预期目标是：地区生产总值增长6%左右，规模以上工业增加值增长8%以上，城镇新增\
就业3.5万人以上，居民消费价格涨幅控制在3%以内，单位生产总值能耗下降2.5%，粮食产量稳定在12\
0万吨以上。
（一）着力扩大有效需求。实施重点项目180个、完成投资560亿元，建成充电桩1500个，力争社会消费\
品零售总额突破500亿元。办好春季消费节等活动，打造特色商业街区6条，促进文化和旅游深度融合，推动消\
费稳步回升向好。
（二）着力办好民生实事。新增养老床位800张，改造燃气管网96公里，建设高标准农田15万亩，开展职业\
技能培训2万人次。坚持过紧日子，压减一般性支出5%以上，把更多财力用在群众的急难愁盼上，让改革发展成\
果更多更公平惠及全市人民。
各位代表，使命催人奋进，实干成就未来。让我们紧密团结起来，锐意进取、埋头苦干，为建设现代化新清河而努\
力奋斗！"""
REPORT = tuple(TEXT.split("\n"))
Maker = Callable[[], bytes]


def as_html(charset: str = "utf-8", paragraphs: Sequence[str] = REPORT) -> bytes:
    """Return a page as the sites of governments have them: menus, a bar of tools, links below."""
    body = "\n".join(f"<p style='text-indent:2em'>\u3000\u3000{escape(text)}</p>" for text in paragraphs[1:])
    page = f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{escape(paragraphs[0])}_清河市人民政府</title><meta name="PubDate" content="2024-01-22 09:30">
<style>p {{ color: black }}</style><script>var x = "增长99%";</script></head>
<body><nav><ul><li><a href="/">网站首页</a></li><li><a href="/xw">新闻中心</a></li></ul></nav>
<div class="path">当前位置：首页 &gt; 政府工作报告</div>
<div id="article"><h1>{escape(paragraphs[0])}</h1>
<div class="tools">字号：<a>大</a> <a>中</a> <a>小</a> 打印</div>
<div class="content">{body}<div style="display:none">隐藏 增长77%</div></div></div>
<div class="links">相关链接</div><ul><li>市长主持召开常务会议</li></ul>
<footer>版权所有：清河市人民政府 ICP备00000000号</footer></body></html>"""
    return page.encode(charset)


def as_mhtml() -> bytes:
    """Return the page as a browser saves it in one file."""
    message = MIMEMultipart("related")
    message["Snapshot-Content-Location"] = "http://www.example.gov.cn/report.html"
    message["Subject"] = "report"
    message.attach(MIMEText(as_html("gb2312").decode("gb2312"), "html", "gb2312"))
    return message.as_bytes()


def as_docx(paragraphs: Sequence[str] = REPORT) -> bytes:
    """Return a Word file."""
    from docx import Document

    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _wrapped(text: str, width: int, *, indent: int) -> Iterator[tuple[int, str]]:
    """Yield the lines of a paragraph with the indent of each, in characters."""
    first = text[: width - indent]
    yield indent, first
    for start in range(len(first), len(text), width):
        yield 0, text[start : start + width]


def as_pdf(paragraphs: Sequence[str] = REPORT, *, columns: int = 1, lines: int = 22) -> bytes:
    """Return a PDF in one or two columns, with page numbers and running heads."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    size, left, top = 12, 72, 730
    width = 36 // columns - (columns - 1)
    rows: list[tuple[float, str]] = []
    for number, text in enumerate(paragraphs):
        if number == 0:
            rows.append(((width - len(text)) / 2, text))
        else:
            rows += [(float(indent), line) for indent, line in _wrapped(text, width, indent=2)]
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    for page, start in enumerate(range(0, len(rows), lines * columns), start=1):
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(left, 790, "清河市人民代表大会文件")
        canvas.drawString(290, 40, f"— {page} —")
        canvas.setFont("STSong-Light", size)
        for place, (indent, line) in enumerate(rows[start : start + lines * columns]):
            column, row = divmod(place, lines)
            canvas.drawString(left + column * (width + 2) * size + indent * size, top - row * 24, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


_PAGE = (
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 6 0 R/G 7 0 R>>>>>>"
)


def as_ink_pdf(lines: Sequence[str], flat: str = "一—·") -> bytes:
    """Return a PDF as Chromium prints it: fonts of type 3, each with the box of its few characters."""
    chars = sorted(set("".join(lines)) - set(flat))
    codes = {char: code for code, char in enumerate((*chars, *flat), start=1)}
    content = ""
    for row, line in enumerate(lines):
        for place, char in enumerate(line):
            font, at = ("G" if char in flat else "F"), f"{72 + 12 * place} {700 - 24 * row}"
            content += f"BT /{font} 16 Tf 0.75 0 0 0.75 {at} Tm <{codes[char]:02x}> Tj ET\n"
    names = "".join(f"<{code:02x}> <{ord(char):04x}>\n" for char, code in codes.items())
    font = (
        f"<</Type/Font/Subtype/Type3/FontMatrix[0.001 0 0 0.001 0 0]/ToUnicode 5 0 R/FirstChar 1"
        f"/LastChar {len(codes)}/Widths[{'1000 ' * len(codes)}]"
        f"/Encoding<</Differences[1{'/g' * len(codes)}]>>"
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        _PAGE,
        _stream(content),
        _stream(
            f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{names}endbfchar"
        ),
        f"{font}/FontBBox[0 -120 1000 880]/CharProcs<</g 8 0 R>>>>",
        f"{font}/FontBBox[40 400 960 520]/CharProcs<</g 9 0 R>>>>",
        _stream("1000 0 0 -120 1000 880 d1 0 -120 1000 1000 re f"),
        _stream("1000 0 40 400 960 520 d1 40 400 920 120 re f"),
    ]
    text = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer <</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(text)}\n%%EOF"
    return f"{text}xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}{end}".encode("ascii")


def _stream(text: str) -> str:
    return f"<</Length {len(text)}>>stream\n{text}\nendstream"


def as_set_pdf(paragraphs: Sequence[str], *, columns: int, indents: bool) -> bytes:
    """Return a PDF as a typesetter makes it, its paragraphs indented or set off by space."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    size = 12 if columns == 1 else 10
    body = ParagraphStyle(
        "body",
        fontName="STSong-Light",
        fontSize=size,
        leading=1.6 * size,
        firstLineIndent=2 * size if indents else 0,
        spaceAfter=0 if indents else 0.6 * size,
        wordWrap="CJK",
    )
    title = ParagraphStyle("title", parent=body, fontSize=18, leading=28, alignment=1, firstLineIndent=0)

    def decorate(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(297, 800, "政府工作报告")
        canvas.drawCentredString(297, 30, f"第 {document.page} 页")

    width = (451 - (columns - 1) * 24) / columns
    frames = [
        Frame(72 + number * (width + 24), 72, width, 698, leftPadding=0, rightPadding=0)
        for number in range(columns)
    ]
    stream = io.BytesIO()
    document = BaseDocTemplate(stream, pagesize=(595, 842), invariant=1)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=decorate))
    styles = [title, *[body] * (len(paragraphs) - 1)]
    document.build([Paragraph(escape(text), style) for text, style in zip(paragraphs, styles, strict=True)])
    return stream.getvalue()


def as_csv(codec: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """Return a table with one report."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["省份", "年份", "标题", "全文"])
    writer.writerow(["清河市", "2024", TITLE, TEXT])
    return stream.getvalue().encode(codec)


def as_xlsx() -> bytes:
    """Return an Excel workbook with a sheet of notes before that with the report."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.create_sheet("说明").append(["来源", "说明"])
    sheet = book.create_sheet("报告")
    sheet.append(["地区", "年份", "标题", "正文"])
    sheet.append(["清河市", 2024, TITLE, TEXT])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_jsonl() -> bytes:
    """Return JSON Lines with one report."""
    record = {"region": "清河市", "year": 2024, "title": TITLE, "content": TEXT}
    return (json.dumps(record, ensure_ascii=False) + "\n").encode()


def as_zip() -> bytes:
    """Return a zip file with the report and files that are none."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("资料/报告.txt", TEXT.encode("gb18030"))
        archive.writestr("资料/图.png", b"\x89PNG")
        archive.writestr("__MACOSX/报告.txt", b"\0\1")
    return stream.getvalue()


def as_ofd(paragraphs: Sequence[str] = REPORT, *, lines: int = 30, width: int = 36) -> bytes:
    """Return an OFD document: A4, in millimetres, 4.2 a character, page numbers below."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    rows = [(2, paragraphs[0])]
    for text in paragraphs[1:]:
        rows += list(_wrapped(text, width, indent=2))
    stream = io.BytesIO()
    starts = range(0, len(rows), lines)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "OFD.xml",
            f'<ofd:OFD {space} Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>'
            "</ofd:DocBody></ofd:OFD>",
        )
        pages = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(len(starts)))
        box = "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        area = f"<ofd:CommonData><ofd:PageArea>{box}</ofd:PageArea></ofd:CommonData>"
        archive.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {space}>{area}<ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        )
        for number, start in enumerate(starts):
            texts = [
                (30 + indent * 4.2, 30 + 8 * row, line)
                for row, (indent, line) in enumerate(rows[start : start + lines])
            ]
            texts.append((100, 285, f"- {number + 1} -"))
            objects = "".join(
                f'<ofd:TextObject Boundary="{x:.1f} {y:.1f} {len(line) * 4.2:.1f} 4.2" Size="4.2">'
                f'<ofd:TextCode X="0" Y="3.6" DeltaX="g {len(line) - 1} 4.2">{line}</ofd:TextCode>'
                "</ofd:TextObject>"
                for x, y, line in texts
            )
            archive.writestr(
                f"Doc_0/Pages/{number}.xml",
                f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>",
            )
    return stream.getvalue()


MAKERS: dict[str, Maker] = {
    "utf8.txt": lambda: TEXT.encode(),
    "gbk.txt": lambda: TEXT.encode("gb18030"),
    "utf16.txt": lambda: TEXT.encode("utf-16"),
    "page.html": as_html,
    "gbk.html": lambda: as_html("gbk"),
    "saved.mhtml": as_mhtml,
    "word.docx": as_docx,
    "one.pdf": as_pdf,
    "two.pdf": lambda: as_pdf(columns=2),
    "table.csv": as_csv,
    "gbk.csv": lambda: as_csv("gb18030"),
    "table.tsv": lambda: as_csv("utf-8", "\t"),
    "book.xlsx": as_xlsx,
    "lines.jsonl": as_jsonl,
    "packed.zip": as_zip,
    "file.ofd": as_ofd,
}
