"""Time and memory of reading each format, and of what does the same job elsewhere.

usage: python benchmarks/formats.py [--copies N] [--rounds N]

One text, the sample so many times over, is written as a file of every format, and read in a process of its
own: seconds by the best of the rounds, memory as the peak of the process (and of its child, for PDF) above
that of one which reads a text of one line. Runs on Linux. pdfplumber and trafilatura are measured where they
are installed. Needs what the tests need. Exit 0.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from machine import describe_machine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.sources import makers  # noqa: E402 - the files of the tests, only larger

SAMPLE = ROOT / "reports" / "dalian-2023.txt"
_OURS = "from dalian_report.sources import read_sources; size = sum(len(s.text) for s in read_sources(path))"
_PLUMBER = (
    "import pdfplumber\nsize = 0\nwith pdfplumber.open(path) as pdf:\n"
    "    for page in pdf.pages:\n        size += len(page.extract_text() or '')\n        page.close()"
)
_TRAFILATURA = "import trafilatura; size = len(trafilatura.extract(open(path, 'rb').read()) or '')"
_PROBE = """
import json, resource, sys, time
path = sys.argv[1]
start = time.perf_counter()
{work}
seconds = time.perf_counter() - start
with open("/proc/self/status") as status:  # ru_maxrss of a process is at least that of its parent
    own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps([seconds, max(own, child), size]))
"""


class Measured(NamedTuple):
    """What reading a file took: seconds, peak memory in MiB, and the characters that came out."""

    seconds: float
    memory: float
    size: int


def measure(work: str, path: Path, rounds: int) -> Measured | None:
    """Return the best of the rounds, each in a new process; None where the library is not there."""
    best: Measured | None = None
    for _ in range(rounds):
        command = [sys.executable, "-c", _PROBE.format(work=work), str(path)]
        done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
        if done.returncode:
            reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
            print(f"left out, {path.name}: {reason}", file=sys.stderr)
            return None
        found = Measured(*json.loads(done.stdout))
        best = found if best is None or found.seconds < best.seconds else best
    return best


def write_files(folder: Path, copies: int) -> list[Path]:
    """Write the text in every format."""
    paragraphs = [line for line in SAMPLE.read_text(encoding="utf-8").split("\n") if line.strip()] * copies
    text = "\n".join(paragraphs)
    makers.TEXT, makers.REPORT = text, tuple(paragraphs)
    made = {
        "text.txt": text.encode(),
        "gbk.txt": text.encode("gb18030"),
        "page.html": makers.as_html(paragraphs=paragraphs),
        "word.docx": makers.as_docx(paragraphs),
        "pages.pdf": makers.as_pdf(paragraphs, lines=30),
        "table.csv": makers.as_csv(),
        "book.xlsx": workbook(paragraphs, copies),
        "lines.jsonl": makers.as_jsonl(),
        "packed.zip": makers.as_zip(),
        "file.ofd": makers.as_ofd(paragraphs),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in made]


def workbook(paragraphs: list[str], copies: int) -> bytes:
    """Return a workbook with a row for each copy: a cell holds 32,767 characters."""
    import io

    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("报告")
    sheet.append(["地区", "正文"])
    size = len(paragraphs) // copies
    for start in range(0, len(paragraphs), size):
        sheet.append(["大连市", "\n".join(paragraphs[start : start + size])])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def main() -> int:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--copies", type=int, default=100, help="how often the sample stands in the text (100)"
    )
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each file (3)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        line = folder / "line.txt"
        line.write_text("增长的一年。", encoding="utf-8")
        base = measure(_OURS, line, options.rounds)
        paths = write_files(folder, options.copies)
        size = (folder / "text.txt").stat().st_size / 2**20
        print(f"{describe_machine()}; best of {options.rounds}; {size:.2f} MiB of text in UTF-8\n")
        print("| file | MiB | reader | s | s/MiB of text | MiB of memory | MiB/MiB of text |")
        print("| --- | ---: | --- | ---: | ---: | ---: | ---: |")
        for path in paths:
            works = {"dreport": _OURS}
            works |= {"pdfplumber": _PLUMBER} if path.suffix == ".pdf" else {}
            works |= {"trafilatura": _TRAFILATURA} if path.suffix == ".html" else {}
            for reader, work in works.items():
                found = measure(work, path, options.rounds)
                if found is None or base is None:
                    continue
                memory = max(found.memory - base.memory, 0)
                cells = (
                    f"{found.seconds:.2f} | {found.seconds / size:.2f} | {memory:.0f} | {memory / size:.0f}"
                )
                print(f"| {path.name} | {path.stat().st_size / 2**20:.2f} | {reader} | {cells} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
