"""Reads the text of a PDF in a process of its own: run by `pdf.py`, imports nothing of ours.

The limits (bytes of memory, seconds, pages) come through standard input as a line of JSON, then the bytes of
the PDF; JSON goes to standard output: `{"pages": [[width, height, pictures,
runs]]}`, where a run is `[text, left, top, right, bottom]` in points from the top left corner; or `{"error":
kind, "why": text}`.
"""

from __future__ import annotations

import ctypes
import json
from typing import Any


def limit(memory: int, seconds: int) -> None:
    """Bound the memory and time of this process, where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def read_pages(data: bytes, most: int) -> dict[str, Any]:
    """Return the pages of a PDF."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        kind = "password" if "password" in str(error).lower() else "damaged"
        return {"error": kind, "why": str(error)}
    if len(document) > most:
        return {"error": "pages", "why": f"{len(document):,} pages, the limit is {most:,}"}
    pages = []
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            pages.append([0, 0, 0, []])
            continue
        try:
            width, height = page.get_size()
            text = page.get_textpage()
            runs = read_runs(text.raw, height, raw)
            text.close()
            pictures = 0 if runs else sum(1 for _ in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        except pypdfium2.PdfiumError:
            width, height, pictures, runs = 0, 0, 0, []
        pages.append([width, height, pictures, runs])
        page.close()
    return {"pages": pages}


def read_runs(text: Any, height: float, raw: Any) -> list[list[Any]]:
    """Return the runs of a page: characters that stand next to each other on one line."""
    runs: list[list[Any]] = []
    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if raw.FPDFText_IsGenerated(text, index) == 1 or code in (10, 13):
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, pointer):
            continue
        if 0xD800 <= code <= 0xDFFF or code == 0 or raw.FPDFText_HasUnicodeMapError(text, index) == 1:
            code = 0xFFFD
        left, right = min(box.left, box.right), max(box.left, box.right)
        top, bottom = height - max(box.top, box.bottom), height - min(box.top, box.bottom)
        last = runs[-1] if runs else None
        size = max(bottom - top, 1.0)
        if (
            last
            and abs(top - last[2]) + abs(bottom - last[4]) < 0.4 * size
            and -0.4 * size < left - last[3] < 0.5 * size
        ):
            last[0] += chr(code)
            last[2], last[3], last[4] = min(top, last[2]), max(right, last[3]), max(bottom, last[4])
        else:
            runs.append([chr(code), left, top, right, bottom])
    return [[run[0], *(round(place, 2) for place in run[1:])] for run in runs]


def main() -> None:
    """Read standard input, write standard output."""
    with open(0, "rb", closefd=False) as stream:
        memory, seconds, most = json.loads(stream.readline())
        limit(memory, seconds)
        data = stream.read()
    try:
        answer = read_pages(data, most)
    except ImportError:
        answer = {"error": "missing", "why": ""}
    except MemoryError:
        answer = {"error": "memory", "why": f"more than {memory // 1024**2} MiB"}
    with open(1, "wb", closefd=False) as stream:
        stream.write(json.dumps(answer).encode("ascii"))


if __name__ == "__main__":
    main()
