"""Which format bytes are in: by what they hold, and by the suffix only where text may be several."""

import re
from pathlib import Path
from typing import Literal, NamedTuple

from dalian_report.errors import SourceError
from dalian_report.sources.limits import MAX_OBJECTS, MAX_VALUES
from dalian_report.sources.places import STDIN, source_name

Format = Literal["text", "zip", "pdf", "html", "mhtml", "delimited", "json"]

_HEAD_BYTES = 4096
_MAX_CELLS = 200
_CELL_BYTES = 60
_CONVERT = "Open it in Word or WPS and save it as .docx, or run: soffice --headless --convert-to docx FILE"
_PICTURE = ("a picture", "It has no text: recognise it (OCR) and save that as .txt.")
_ARCHIVE = ("an archive of a kind that is not read", "Pack it as .zip, or unpack it and give the files.")
# Formats that are known and not read: the bytes that they begin with, what they are, what to do.
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls) or a protected one", _CONVERT),
    (b"{\\rtf", "an RTF file", _CONVERT),
    (b"\x89PNG", *_PICTURE),
    (b"\xff\xd8\xff", *_PICTURE),
    (b"GIF8", *_PICTURE),
    (b"II*\0", *_PICTURE),
    (b"MM\0*", *_PICTURE),
    (b"Rar!", *_ARCHIVE),
    (b"7z\xbc\xaf", *_ARCHIVE),
    (b"\x1f\x8b", *_ARCHIVE),
)
_BLANKS = b" \t\r\n\f\v\xe3\x80\xa1\xc2\xa0"  # with the bytes of full-width and no-break blanks
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# Compiled when first used: plain text needs none of them.
_BEFORE_HTML = rb"(?is)(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
_HTML = _BEFORE_HTML + rb"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|script)\b"
_HTML_SUFFIXES = (".html", ".htm", ".shtml", ".xhtml", ".aspx", ".jsp", ".php")
_ANY_TAG = rb"(?i)<(?:p|div|br|span|td|h[1-6]|body|html|font|a)\b[^<]{0,400}>"
_MHTML = rb"(?i)(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:"
_MHTML_PARTS = rb"(?i)multipart/related|text/html"
_JSON_SUFFIXES = (".jsonl", ".ndjson", ".json")


class Form(NamedTuple):
    """A format and its name in `Source.format`."""

    format: Format
    name: str


def find_format(data: bytes, path: str) -> Form:
    """Return the format of some bytes; raises SourceError for one that is known and not read."""
    for mark, what, remedy in _REFUSED:
        if data.startswith(mark):
            raise SourceError(f"{what}, which cannot be read", where=source_name(path), remedy=remedy)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Form("zip", "zip")
    head = _plain_head(data)
    if b"%PDF-" in head[:1024] and (data.startswith(b"%PDF-") or b"\0" in data or b"%%EOF" in data):
        return Form("pdf", "pdf")
    start = head.lstrip(_BLANKS)
    if b"ime-" in head.lower() and re.match(_MHTML, start) and re.search(_MHTML_PARTS, head):
        return Form("mhtml", "mhtml")
    suffix = Path(path).suffix.lower() if path != STDIN else ""
    if start.startswith(b"<") and re.match(_HTML, start):
        return Form("html", "html")
    if suffix in _HTML_SUFFIXES and re.search(_ANY_TAG, head):
        return Form("html", "html")
    return _text_format(data, head, suffix)


def _text_format(data: bytes, head: bytes, suffix: str) -> Form:
    """Return which format of text it is: a table by suffix or first line, a page below some lines, plain."""
    start = head.lstrip()
    if suffix in _JSON_SUFFIXES or (start.startswith(b"{") and _is_object(data.lstrip())):
        return Form("json", "jsonl")
    if suffix in (".csv", ".tsv"):
        return Form("delimited", suffix[1:])
    if _may_be_header(start.partition(b"\n")[0]):
        from dalian_report.sources.columns import is_header

        if is_header(data):
            return Form("delimited", "csv")
    if b"</" in data:
        from dalian_report.sources.web import turns_to_markup

        if turns_to_markup(data.decode("latin-1")):
            return Form("html", "html")
    return Form("text", "md" if suffix in (".md", ".markdown") else "txt")


def _may_be_header(line: bytes) -> bool:
    """Tell whether a line could name the columns of a table: some short cells."""
    cells = re.split(rb"[,\t;|]", line)
    return 1 < len(cells) < _MAX_CELLS and all(len(cell) <= _CELL_BYTES for cell in cells)


def _plain_head(data: bytes) -> bytes:
    """Return the first bytes without a byte order mark, those of UTF-16 as ASCII as far as they are."""
    head = data[:_HEAD_BYTES]
    codec = _WIDE.get(head[:2])
    if codec:
        return head[2:].decode(codec, "ignore").encode("ascii", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf")


def _is_object(data: bytes) -> bool:
    """Tell whether the first line is a JSON object."""
    import json

    line = data.partition(b"\n")[0]
    if line.count(b"{") + line.count(b"[") > MAX_OBJECTS or line.count(b",") > MAX_VALUES:
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
