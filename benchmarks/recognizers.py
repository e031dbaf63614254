"""Characters a second of the whole extraction against Recognizers-Text, on the same texts in one run.

usage: python benchmarks/recognizers.py [--rounds N] [--chars N] [--shared DIR] [--venv DIR] [--no-compiled]

Recognizers-Text (recognizers-text-suite with emoji<2, without which it does not import) is installed in an
environment of its own, in a temporary folder unless --venv names one to keep; so is dreport as a compiled
wheel (DREPORT_COMPILE=1), which takes some minutes to build and is left out where it cannot be, or with
--no-compiled. All read the same texts, one process each, pinned to one core where the system can, in turns;
all load first. Ours is everything from the decoded text to named metrics, rules included. The peer is its
recognisers of numbers and units in Chinese (number, ordinal, percentage, currency, dimension, age,
temperature), and then those with dates, which is what tells 2023年 from a quantity. The texts: the sample,
and plain-text reports of DIR (DREPORT_SHARED, or ../shared) up to so many characters, where they are there.
Exit 0, or 2 where the peer could not be installed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import TypedDict

from machine import describe_machine

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "reports" / "dalian-2023.txt"
PURE, NATIVE = "dreport", "dreport compiled"
PEER = ("recognizers-text-suite", "emoji<2")

OURS = """
import json, sys, time
sys.path[:0] = sys.argv[1:]
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
            [python, "-P", "-c", script + LOOP, *arguments],
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


def install(folder: Path, *packages: str, **variables: str) -> str:
    """Return the Python of an environment with packages in it, made where the folder has none.

    Raises CalledProcessError where pip fails; the environment is then gone.
    """
    python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    if not Path(python).is_file():
        venv.create(folder, with_pip=True)
        command = [python, "-m", "pip", "install", "-q", *packages]
        try:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **variables})
        except subprocess.CalledProcessError:
            shutil.rmtree(folder)
            raise
    return python


def read_texts(shared: Path, chars: int) -> list[str]:
    """Return the sample, and reports of a folder until they hold so many characters."""
    texts = [SAMPLE.read_text(encoding="utf-8")]
    for path in sorted((shared / "reports" / "national").glob("*.txt")):
        if sum(map(len, texts)) < chars:
            texts.append(path.read_text(encoding="utf-8-sig"))
    return texts


def compare(peer: str, compiled: str | None, texts: list[str], rounds: int) -> dict[str, Taken]:
    """Return the best round of each reader, taken in turns."""
    ours, theirs = Reader(sys.executable, OURS, texts, str(ROOT)), Reader(peer, THEIRS, texts)
    native = Reader(compiled, OURS, texts) if compiled else None
    turns = [(PURE, ours, "all"), *((mode, theirs, mode) for mode in ("figures", "figures and dates"))]
    if native:
        turns.insert(1, (NATIVE, native, "all"))
    best: dict[str, Taken] = {}
    try:
        for _ in range(rounds):
            for name, reader, mode in turns:
                taken = reader.read(mode)
                if name not in best or taken["seconds"] < best[name]["seconds"]:
                    best[name] = taken
    finally:
        for reader in filter(None, (ours, native, theirs)):
            reader.close()
    return best


def print_table(best: dict[str, Taken], chars: int) -> None:
    """Print a Markdown table; the ratios are how many times as fast dreport is."""
    ours = [name for name in (PURE, NATIVE) if name in best]
    columns = ["reader", "results", "s", "characters/s", *(f"{name} is faster by" for name in ours)]
    print(f"| {' | '.join(columns)} |\n| --- |{' ---: |' * (len(columns) - 1)}")
    for name, taken in best.items():
        label = name if name in ours else f"Recognizers-Text: {name}"
        ratios = [f"{taken['seconds'] / best[one]['seconds']:.1f}" for one in ours]
        seconds = taken["seconds"]
        cells = [label, f"{taken['found']:,}", f"{seconds:.3f}", f"{chars / seconds:,.0f}", *ratios]
        print(f"| {' | '.join(cells)} |")
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
    parser.add_argument("--no-compiled", action="store_true", help="build no compiled wheel of dreport")
    options = parser.parse_args()
    shared = options.shared or Path(os.environ.get("DREPORT_SHARED", ROOT.parent / "shared"))
    print(f"{describe_machine()}; one of them used; best of {options.rounds}\n")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as name:
        try:
            peer = install(options.venv or Path(name) / "peer", *PEER)
        except subprocess.CalledProcessError as error:
            print(f"{' '.join(PEER)}: pip exited with {error.returncode}", file=sys.stderr)
            return 2
        compiled = None
        try:
            if not options.no_compiled:
                compiled = install(Path(name) / "compiled", str(ROOT), DREPORT_COMPILE="1")
        except subprocess.CalledProcessError as error:
            print(f"a compiled wheel: pip exited with {error.returncode}; left out", file=sys.stderr)
        texts = read_texts(shared, options.chars)
        for label, some in (("The sample", texts[:1]), ("Reports", texts)):
            chars = sum(map(len, some))
            print(f"{label}: {len(some)} texts, {chars:,} characters\n")
            print_table(compare(peer, compiled, some, options.rounds), chars)
    return 0


if __name__ == "__main__":
    sys.exit(main())
