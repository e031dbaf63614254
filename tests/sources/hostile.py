"""Two hundred files that no report is: broken, enormous once unpacked, nested, fuzzed, looping."""

from __future__ import annotations

import io
import random
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.sources.makers import MAKERS, TEXT

_MIB = 1024 * 1024
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT = b"<w:document " + _W.encode() + b"><w:body>%s</w:body></w:document>"
_SHEET_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "大">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 12}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def write_hostile(folder: Path) -> list[Path]:
    """Write the files into a folder, the same ones every time, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, data in (*_bombs(), *_nested(), *_fuzzed(), *_noise()):
        path = folder / name
        path.write_bytes(data)
        paths.append(path)
    long = folder / "line.txt"
    with long.open("wb") as file:  # 300 MB that take no place on the disk
        file.truncate(300 * _MIB)
    paths.append(long)
    if sys.platform != "win32":
        for name in ("loop-1.txt", "loop-2.txt"):
            path = folder / name
            path.symlink_to("loop-2.txt" if name == "loop-1.txt" else "loop-1.txt")
            paths.append(path)
        (folder / "inside").symlink_to(".")
        (folder / "root").symlink_to("/")
        (folder / "away.txt").symlink_to(sys.executable)
    return paths


def packed(*entries: tuple[str, bytes]) -> bytes:
    """Return a zip file of entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def crowded_row(rows: bytes) -> bytes:
    """Return a workbook with one sheet of the rows."""
    from openpyxl import Workbook

    stream = io.BytesIO()
    Workbook().save(stream)
    sheet = f"<worksheet {_SHEET_SPACE}><sheetData>".encode() + rows + b"</sheetData></worksheet>"
    with zipfile.ZipFile(stream) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist() if "sheet1" not in name]
    return packed(*parts, ("xl/worksheets/sheet1.xml", sheet))


def repeated_pages() -> bytes:
    """Return an OFD document whose pages are all the same large part."""
    page = b"<Page>" + b"<TextObject/>" * 100_000 + b"</Page>"
    pages = b'<Page BaseLoc="p.xml"/>' * 1_000
    return packed(
        ("OFD.xml", b"<OFD><DocRoot>d.xml</DocRoot></OFD>"),
        ("d.xml", b"<Document>" + pages + b"</Document>"),
        ("p.xml", page),
    )


def _bombs() -> Iterator[tuple[str, bytes]]:
    zeros = bytes(24 * _MIB)
    yield "bomb.zip", packed(*((f"{n}.txt", zeros) for n in range(6)))
    yield "bomb.docx", packed(("word/document.xml", zeros))
    yield "bomb.xlsx", packed(("xl/workbook.xml", zeros), ("[Content_Types].xml", b"<Types/>"))
    yield "bomb.ofd", packed(("OFD.xml", zeros))
    many = packed(*((f"{n}.txt", b"x") for n in range(6_000)))
    yield "many.zip", many
    lines = "新建学校12所、增长5.5%。\n".encode() * 100_000
    some = packed(*((f"{n}.txt", lines) for n in range(4)))
    yield "whole.zip", packed(*((f"{n}.txt", lines) for n in range(60)))
    yield "shared.zip", packed(*((f"{n}.zip", some) for n in range(60)))
    yield "row.xlsx", crowded_row(b"<row>" + b"<c/>" * 900_000 + b"</row>")
    yield "pages.ofd", repeated_pages()
    yield "crowded.docx", packed(("word/document.xml", DOCUMENT % (b"<w:p/>" * 600_000 * 2)))
    document = f"<w:document {_W}><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
    yield "laughs.docx", packed(("word/document.xml", (_LAUGHS + document).encode()))
    yield "laughs.ofd", packed(("OFD.xml", (_LAUGHS + "<OFD>&i;</OFD>").encode()))
    sheet = f"{_LAUGHS}<workbook>&i;</workbook>".encode()
    yield "laughs.xlsx", packed(("xl/workbook.xml", sheet), ("[Content_Types].xml", b"<Types/>"))
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + document.replace("&i;", "&e;")
    yield "outside.docx", packed(("word/document.xml", outside.encode()))
    overlong = bytearray(packed(("a.txt", bytes(1000))))
    at = overlong.rindex(b"PK\x01\x02")
    overlong[at + 24 : at + 28] = (2**31).to_bytes(4, "little")  # declares two gigabytes
    yield "declares.zip", bytes(overlong)
    yield "line.csv", b"title,full_text\n" + b'"' + b"a" * (8 * _MIB)
    yield "columns.csv", b"," * 200_000 + b"\n" + b"," * 200_000
    yield "rows.csv", "title,全文\n".encode() + b"\n".join([b",x"] * 3_000)
    yield "number.jsonl", b'{"text": ' + b"9" * 100_000 + b"}"
    yield "long.html", b"<html><body>" + b"a" * (6 * _MIB)
    yield "crlf.txt", b"\r" * (2 * _MIB)


def _nested() -> Iterator[tuple[str, bytes]]:
    inner = packed(("a.txt", TEXT.encode()))
    for depth in range(12):
        inner = packed((f"{depth}.zip", inner))
        if depth > 6:
            yield f"nested-{depth}.zip", inner
    deep = 50_000
    yield "deep.html", b"<html><body>" + b"<div>" * deep + "增长".encode() + b"</div>" * deep
    yield "tables.html", b"<html><body>" + b"<table><tr><td>" * 3_000 + "增长".encode()
    yield "deep.json", b'{"text": ' + b"[" * deep + b"]" * deep + b"}"
    yield "deep.jsonl", b'{"a":' * deep + b"1" + b"}" * deep
    body = b"<w:p>" * 3_000 + b"</w:p>" * 3_000
    document = f"<w:document {_W}><w:body>".encode() + body + b"</w:body></w:document>"
    yield "deep.docx", packed(("word/document.xml", document))
    rows = b"<w:tbl><w:tr><w:tc>" * 80 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 80
    document = f"<w:document {_W}><w:body>".encode() + rows + b"</w:body></w:document>"
    yield "tables.docx", packed(("word/document.xml", document))
    parts = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n" * 2_000
    yield "deep.mhtml", parts
    yield "brackets.txt", "（".encode() * 100_000 + "增长5%".encode()
    yield "labels.txt", "".join(f"（{'一二三四五'[n % 5]}）增长{n}%。\n" for n in range(5_000)).encode()


def _fuzzed() -> Iterator[tuple[str, bytes]]:
    """Yield whole files with bytes changed, cut out or cut off."""
    chance = random.Random(5)
    makers = [(name, make()) for name, make in MAKERS.items()]
    for name, whole in makers:
        for count in range(10):
            data = bytearray(whole)
            match count % 3:
                case 0:
                    for _ in range(1 + chance.randrange(30)):
                        data[chance.randrange(len(data))] = chance.randrange(256)
                case 1:
                    data = data[: chance.randrange(len(data))]
                case _:
                    start = chance.randrange(len(data))
                    del data[start : start + chance.randrange(200)]
            yield f"fuzzed-{count}-{name}", bytes(data)


def _noise() -> Iterator[tuple[str, bytes]]:
    chance = random.Random(6)
    heads = (
        b"",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"<html>",
        b"{",
        b"MIME-Version: 1.0\n\n",
        b"\xff\xfe",
        b"a,b\n",
    )
    suffixes = ("txt", "pdf", "docx", "html", "jsonl", "mhtml", "csv", "ofd")
    for head, suffix in zip(heads, suffixes, strict=True):
        yield f"noise.{suffix}", head + chance.randbytes(20_000)
        yield f"empty.{suffix}", b""
