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

DESCENT = 0.12  # of the size of a font: how far below the baseline a Chinese character reaches
WORD_GAP = 0.15  # of the size: a gap between letters that is smaller is none


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
    """Return the runs of a page: characters that stand next to each other on one line.

    Of the blanks that PDFium makes where there is a gap, those between Latin words are kept.
    """
    runs: list[list[Any]] = []
    apart = False
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if raw.FPDFText_IsGenerated(text, index) == 1 or code in (10, 13):
            apart = apart or code == 32
            continue
        place = char_box(text, index, raw)
        if place is None:
            continue
        if 0xD800 <= code <= 0xDFFF or code == 0 or raw.FPDFText_HasUnicodeMapError(text, index) == 1:
            code = 0xFFFD
        left, right = place[0], place[2]
        top, bottom = height - place[3], height - place[1]
        last = runs[-1] if runs else None
        size = max(bottom - top, 1.0)
        if (
            last
            and abs(top - last[2]) + abs(bottom - last[4]) < 0.4 * size
            and -0.4 * size < left - last[3] < 0.5 * size
        ):
            if apart and left - last[3] > WORD_GAP * size and is_letter(last[0][-1]) and is_letter(chr(code)):
                last[0] += " "
            last[0] += chr(code)
            last[2], last[3], last[4] = min(top, last[2]), max(right, last[3]), max(bottom, last[4])
        else:
            runs.append([chr(code), left, top, right, bottom])
        apart = False
    return [[run[0], *(round(place, 2) for place in run[1:])] for run in runs]


def is_letter(char: str) -> bool:
    """Tell a Latin letter."""
    return char.isascii() and char.isalpha()


def char_box(text: Any, index: int, raw: Any) -> tuple[float, float, float, float] | None:
    """Return left, bottom, right and top of a character.

    Upright characters are as high as their font is large and stand on the baseline. The box that PDFium gives
    is that of the font, and Chromium embeds fonts of one character, where that of 一 is but a stroke.
    """
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
        return None
    left, right = min(box.left, box.right), max(box.left, box.right)
    bottom, top = min(box.bottom, box.top), max(box.bottom, box.top)
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    if not raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)) or not raw.FPDFText_GetCharOrigin(
        text, index, ctypes.byref(x), ctypes.byref(y)
    ):
        return left, bottom, right, top
    size = raw.FPDFText_GetFontSize(text, index) * matrix.d
    base = y.value
    low, high = base - DESCENT * size, base + (1 - DESCENT) * size
    # Turned or mirrored text, and fonts whose own matrix makes them larger than their size says.
    odd = matrix.a <= 0 or matrix.d <= 0 or abs(matrix.b) > 0.1 * matrix.a or top - bottom > 2 * size
    if odd or top < low or bottom > high:
        return left, bottom, right, top
    return (min(left, x.value) if left - x.value < size else left), low, right, high


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
