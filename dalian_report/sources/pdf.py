"""PDF files with a text layer, parsed in a child process with limits. Needs pypdfium2, the extra `pdf`."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

from dalian_report.errors import SourceError, counted
from dalian_report.folding import count_visible
from dalian_report.model import Source
from dalian_report.sources.encoding import MIN_COMMON_SHARE, common_share
from dalian_report.sources.extras import missing
from dalian_report.sources.limits import MAX_PAGES, PDF_MEMORY_BYTES, PDF_TIME_S
from dalian_report.sources.pages import Page, Run, lay_out
from dalian_report.sources.places import source_name
from dalian_report.sources.source import Found, new_source

_CHILD = Path(__file__).with_name("pdf_child.py")
_MAX_GARBAGE = 0.05
_OCR = "Recognise its text (OCR) and give that as .txt, or look for the report in another format."
_FONTS = "Look for the report in another format, or recognise its text (OCR) and give that as .txt."
_MAX_TOLD = 12


def read_pdf(data: bytes, path: str) -> Source:
    """Return the text of a PDF in reading order, lines joined to paragraphs.

    Headers, footers and page numbers are left out and counted; marks say page and line. Raises SourceError
    for a damaged or protected file, one past the limits, one without text (scanned), and one whose
    fonts do not say which characters they show.
    """
    name = source_name(path)
    answer = _ask_child(data, name)
    if "error" in answer:
        raise _refusal(answer["error"], answer["why"], name)
    pages = [
        Page(width, height, tuple(Run(*run) for run in runs)) for width, height, _, runs in answer["pages"]
    ]
    empty = [number for number, page in enumerate(pages, start=1) if not page.runs]
    if len(empty) == len(pages):
        pictures = sum(page[2] for page in answer["pages"])
        why = f"{counted(len(pages), 'page')}, {counted(pictures, 'picture')}, no text"
        raise SourceError("a PDF without text, as from a scanner", where=name, why=why, remedy=_OCR)
    text, marks, dropped = lay_out(pages)
    _refuse_garbage(text, name)
    lacks = []
    if empty:
        told = ", ".join(map(str, empty[:_MAX_TOLD])) + (", …" if len(empty) > _MAX_TOLD else "")
        lacks.append(
            f"{len(empty)} of {counted(len(pages), 'page')} without text, perhaps pictures of it: {told}"
        )
    unknown = text.count("\ufffd")
    if unknown:
        lacks.append(f"{counted(unknown, 'character')} as U+FFFD that the fonts of the PDF do not name")
    found = Found(marks=marks, dropped=dropped, lacks=lacks)
    return new_source(text, path, "pdf", decoded=("pdf", "text layer of a PDF"), found=found)


def _ask_child(data: bytes, name: str) -> dict[str, Any]:
    """Return what the child process makes of a PDF."""
    limits = json.dumps((PDF_MEMORY_BYTES, math.ceil(PDF_TIME_S), MAX_PAGES)).encode()
    command = [sys.executable, "-P", str(_CHILD)]
    try:
        done = subprocess.run(
            command, input=limits + b"\n" + data, capture_output=True, timeout=PDF_TIME_S, check=False
        )
    except subprocess.TimeoutExpired:
        return {"error": "time", "why": f"more than {PDF_TIME_S:.0f} seconds"}
    except OSError as error:
        raise SourceError("a PDF whose reader cannot be started", where=name, why=str(error)) from error
    if done.returncode != 0:
        last = done.stderr.decode("utf-8", "backslashreplace").strip().rpartition("\n")[2]
        return {"error": "crash", "why": f"exit {done.returncode}" + (f", {last[:80]}" if last else "")}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _refusal(kind: str, why: str, name: str) -> SourceError:
    """Return the error for what the child says."""
    if kind == "missing":
        return missing("pdf", "PDF files", where=name)
    what, remedy = {
        "password": ("a PDF with a password", "Save it without one."),
        "pages": ("too long a PDF", "Give the pages of the report."),
        "time": ("a PDF that takes too long to read", ""),
        "memory": ("a PDF that takes too much memory", ""),
        "crash": ("a PDF that its reader cannot get through", "Print it to a new PDF."),
    }.get(kind, ("a damaged PDF", "Fetch it again."))
    return SourceError(what, where=name, why=why, remedy=remedy)


def _refuse_garbage(text: str, name: str) -> None:
    """Raise SourceError where the text layer is no text: unnamed characters, `(cid:`, no Chinese."""
    size = max(count_visible(text), 1)
    unnamed = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < "\t" for char in text)
    cids = sum(len(piece.partition(")")[0]) + 6 for piece in text.split("(cid:")[1:])
    if unnamed + cids > _MAX_GARBAGE * size:
        why = f"{(unnamed + cids) / size:.0%} of its characters have no name"
        raise SourceError("a PDF whose text layer is garbage", where=name, why=why, remedy=_FONTS)
    foreign = sum(char > "\x7f" for char in text)
    if foreign > 0.5 * size and common_share(text) < MIN_COMMON_SHARE:
        why = "what its fonts name does not read as Chinese"
        raise SourceError("a PDF whose text layer is garbage", where=name, why=why, remedy=_FONTS)
