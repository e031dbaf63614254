"""Extraction in characters a second, stage by stage, in one process on one core.

usage: python benchmarks/throughput.py [--rounds N] [--shared DIR]

The texts: the sample; the sample ten times over; and the plain-text reports of DIR (DREPORT_SHARED, or
../shared), where it is there. Every stage takes all texts in turn; the best of the rounds counts.
Characters are those between title and end: page furniture and second copies cost time but are not counted.
The yardstick, measured in the same run: one compiled `re` pattern finds the digits of the same texts.
Exit 0, or 2 where nothing could be read.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from machine import describe_machine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dalian_report import load_rules  # noqa: E402 - the checkout is measured, not what is installed
from dalian_report.document import build_report, fold  # noqa: E402
from dalian_report.errors import DReportError  # noqa: E402
from dalian_report.indicators import RuleEngine, extract_metrics  # noqa: E402
from dalian_report.model import Report, Source  # noqa: E402
from dalian_report.quantities import find_quantities  # noqa: E402
from dalian_report.sources import locate, make_source, read_sources  # noqa: E402

SAMPLE = ROOT / "reports" / "dalian-2023.txt"
DIGITS = re.compile(r"\d+")
YARDSTICK = "yardstick: re finds the digits"


class Stage(NamedTuple):
    """One stage: its name, best time, the characters of the reports, and whether it is on the way.

    What is not on the way is a part of another stage, or the yardstick.
    """

    name: str
    seconds: float
    chars: int
    on_the_way: bool = True


def best_time(work: Callable[[], object], rounds: int) -> float:
    """Return the seconds of the fastest round."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def measure(sources: Sequence[Source], paths: Sequence[Path], rounds: int) -> list[Stage]:
    """Return the stages; `paths` are the files that the reading stage opens, none to leave it out."""
    rules = load_rules()
    engine = RuleEngine(rules)
    reports = [build_report(source) for source in sources]
    chars = sum(report.body.end - report.body.start for report in reports)

    def extract() -> int:
        return sum(len(extract_metrics(report, engine).metrics) for report in reports)

    def timed(name: str, work: Callable[[], object], *, on_the_way: bool = True) -> Stage:
        return Stage(name, best_time(work, rounds), chars, on_the_way)

    print(f"{len(sources)} texts, {chars:,} characters, {extract():,} metrics, {len(rules)} rules\n")
    reading = [timed("sources: read and decode", lambda: read_all(paths))] if paths else []
    return [
        *reading,
        timed("document: fold and outline", lambda: build_all(sources)),
        timed("indicators: quantities, names, rules", extract),
        timed("of document: folding", lambda: fold_all(sources), on_the_way=False),
        timed("of indicators: quantities", lambda: scan_all(reports), on_the_way=False),
        timed(YARDSTICK, lambda: find_digits(sources), on_the_way=False),
    ]


def read_all(paths: Sequence[Path]) -> None:
    """Read and decode every file."""
    for path in paths:
        read_sources(str(path))


def build_all(sources: Sequence[Source]) -> None:
    """Build every report."""
    for source in sources:
        build_report(source)


def fold_all(sources: Sequence[Source]) -> None:
    """Fold every text."""
    for source in sources:
        fold(source.text)


def scan_all(reports: Sequence[Report]) -> None:
    """Find the quantities of every report."""
    for report in reports:
        find_quantities(report.folded)


def find_digits(sources: Sequence[Source]) -> None:
    """Run the yardstick over every text."""
    for source in sources:
        DIGITS.findall(source.text)


def print_stages(stages: Sequence[Stage]) -> None:
    """Print a Markdown table that ends with the whole way."""
    whole = sum(stage.seconds for stage in stages if stage.on_the_way)
    yardstick = stages[-1].seconds
    print("| stage | ms | characters/s | share | ratio |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for stage in [*stages, Stage("the whole way", whole, stages[0].chars)]:
        share = f"{stage.seconds / whole:.0%}" if stage.name != YARDSTICK else ""
        rate, ratio = stage.chars / stage.seconds, stage.seconds / yardstick
        print(f"| {stage.name} | {stage.seconds * 1000:.1f} | {rate:,.0f} | {share} | {ratio:.1f} |")
    print()


def read_shared(folder: Path) -> tuple[list[Source], list[Path]]:
    """Return the plain text reports of a folder that can be read, and their paths."""
    sources, paths = [], []
    for path in locate([str(folder)]).paths:
        if not path.endswith((".txt", ".md")):
            continue
        try:
            sources += read_sources(path)
        except DReportError:
            continue  # the traps are meant to fail; the tests look at them
        paths.append(Path(path))
    return sources, paths


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each stage (5)")
    parser.add_argument("--shared", type=Path, default=None, metavar="DIR", help="folder with reports/")
    options = parser.parse_args()
    shared = options.shared or Path(os.environ.get("DREPORT_SHARED", ROOT.parent / "shared"))

    print(f"{describe_machine()}; best of {options.rounds}\n")
    try:
        sample = read_sources(str(SAMPLE))
    except DReportError as error:
        print(error, file=sys.stderr)
        return 2
    print("The sample: ", end="")
    print_stages(measure(sample, [SAMPLE], options.rounds))
    print("The sample ten times over: ", end="")
    print_stages(measure([make_source("\n".join([sample[0].text] * 10))], [], options.rounds))
    if (shared / "reports").is_dir():
        sources, paths = read_shared(shared / "reports")
        print("Real reports: ", end="")
        print_stages(measure(sources, paths, max(1, options.rounds // 2)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
