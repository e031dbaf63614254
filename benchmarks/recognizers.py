"""Characters a second of the whole extraction against Recognizers-Text, on the same texts in one run.

usage: python benchmarks/recognizers.py [--rounds N] [--chars N] [--shared DIR] [--venv DIR]

Recognizers-Text (recognizers-text-suite with emoji<2, without which it does not import) is installed in an
environment of its own, in a temporary folder unless --venv names one to keep. Both read the same texts, one
process each, pinned to one core where the system can, in turns; both load first. Ours is everything from the
decoded text to named metrics, rules included. The peer is its recognisers of numbers and units in Chinese
(number, ordinal, percentage, currency, dimension, age, temperature), and then those with dates, which is
what tells 2023年 from a quantity. The texts: the sample, and plain-text reports of DIR (DREPORT_SHARED, or
../shared) up to so many characters, where they are there.
Exit 0, or 2 where the peer could not be installed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import TypedDict

from machine import describe_machine

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "reports" / "dalian-2023.txt"
PEER = ("recognizers-text-suite", "emoji<2")

OURS = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
from dalian_report import load_rules
from dalian_report.document import build_report
from dalian_report.indicators import RuleEngine, extract_metrics
from dalian_report.sources import make_source
engine = RuleEngine(load_rules())
def read(text):
    return len(extract_metrics(build_report(make_source(text)), engine).metrics)
read("完成新增就业12.5万人。")
modes = {"all": read}
"""
THEIRS = """
import json, sys, time
from recognizers_text import Culture
import recognizers_date_time as dates, recognizers_number as numbers, recognizers_number_with_unit as units
figures = [
    numbers.recognize_number, numbers.recognize_ordinal, numbers.recognize_percentage,
    units.recognize_currency, units.recognize_dimension, units.recognize_age, units.recognize_temperature,
]
def reader(models):
    return lambda text: sum(len(model(text, Culture.Chinese)) for model in models)
modes = {"figures": reader(figures), "figures and dates": reader([*figures, dates.recognize_datetime])}
for read in modes.values():
    read("2023年完成新增就业12.5万人，增长5%。")
"""
# Texts come in as one JSON line, a mode and its seconds and results go out as one: the parent takes turns.
LOOP = """
texts = json.loads(sys.stdin.readline())
print("ready", flush=True)
for line in sys.stdin:
    read = modes[line.strip()]
    start = time.perf_counter()
    found = sum(read(text) for text in texts)
    print(json.dumps([time.perf_counter() - start, found]), flush=True)
"""


class Taken(TypedDict):
    """The best seconds of a reader over all texts, and how many results it gave."""

    seconds: float
    found: int


class Reader:
    """A process that reads the texts once for each line it is sent."""

    def __init__(self, python: str, script: str, texts: list[str], *arguments: str) -> None:
        self._process = subprocess.Popen(
            [python, "-c", script + LOOP, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        self._send(json.dumps(texts))
        if self._answer().strip() != "ready":
            raise RuntimeError(f"{python}: the reader did not start")

    def read(self, mode: str) -> Taken:
        """Return the seconds and the results of one round."""
        self._send(mode)
        seconds, found = json.loads(self._answer())
        return Taken(seconds=seconds, found=found)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _send(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


def install_peer(folder: Path) -> str:
    """Return the Python of an environment with the peer in it; raises CalledProcessError where pip fails."""
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.is_file():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PEER], check=True, stdout=subprocess.DEVNULL)
    return str(python)


def read_texts(shared: Path, chars: int) -> list[str]:
    """Return the sample, and reports of a folder until they hold so many characters."""
    texts = [SAMPLE.read_text(encoding="utf-8")]
    for path in sorted((shared / "reports" / "national").glob("*.txt")):
        if sum(map(len, texts)) < chars:
            texts.append(path.read_text(encoding="utf-8-sig"))
    return texts


def compare(peer: str, texts: list[str], rounds: int) -> dict[str, Taken]:
    """Return the best round of each reader, taken in turns."""
    ours = Reader(sys.executable, OURS, texts, str(ROOT))
    theirs = Reader(peer, THEIRS, texts)
    turns = [("dreport", ours, "all"), *((mode, theirs, mode) for mode in ("figures", "figures and dates"))]
    best: dict[str, Taken] = {}
    try:
        for _ in range(rounds):
            for name, reader, mode in turns:
                taken = reader.read(mode)
                if name not in best or taken["seconds"] < best[name]["seconds"]:
                    best[name] = taken
    finally:
        ours.close()
        theirs.close()
    return best


def print_table(best: dict[str, Taken], chars: int) -> None:
    """Print a Markdown table; the ratio is how many times as fast dreport is."""
    print(
        "| reader | results | s | characters/s | dreport is faster by |\n| --- | ---: | ---: | ---: | ---: |"
    )
    ours = best["dreport"]["seconds"]
    for name, taken in best.items():
        label = name if name == "dreport" else f"Recognizers-Text: {name}"
        rate, ratio = chars / taken["seconds"], taken["seconds"] / ours
        print(f"| {label} | {taken['found']:,} | {taken['seconds']:.3f} | {rate:,.0f} | {ratio:.1f} |")
    print()


def main() -> int:
    """Install the peer, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each reader (3)")
    parser.add_argument("--chars", type=int, default=100_000, help="characters of reports to read (100000)")
    parser.add_argument("--shared", type=Path, default=None, metavar="DIR", help="folder with reports/")
    parser.add_argument(
        "--venv", type=Path, default=None, metavar="DIR", help="keep the peer's environment here"
    )
    options = parser.parse_args()
    shared = options.shared or Path(os.environ.get("DREPORT_SHARED", ROOT.parent / "shared"))
    print(f"{describe_machine()}; one of them used; best of {options.rounds}\n")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as name:
        try:
            peer = install_peer(options.venv or Path(name) / "peer")
        except subprocess.CalledProcessError as error:
            print(f"{' '.join(PEER)}: pip exited with {error.returncode}", file=sys.stderr)
            return 2
        texts = read_texts(shared, options.chars)
        for label, some in (("The sample", texts[:1]), ("Reports", texts)):
            chars = sum(map(len, some))
            print(f"{label}: {len(some)} texts, {chars:,} characters\n")
            print_table(compare(peer, some, options.rounds), chars)
    return 0


if __name__ == "__main__":
    sys.exit(main())
