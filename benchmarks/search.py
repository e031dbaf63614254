"""Search against ripgrep on the same files, in turn within one run: time, and whether the hits are the same.

usage: python benchmarks/search.py [--rounds N] [--megabytes N] [--shared DIR]

The files are the UTF-8 reports of DIR (DREPORT_SHARED, or ../shared) over and over, their digits changed,
until they hold so many megabytes: once as many files as there are reports, once in a hundred large ones.
What is timed of ours leaves out the start of Python and its imports: finding the files, reading, counting. Of
rg it is the whole process, which starts in 2 ms. Then search with sections and JSON, which needs the layout
of each report with a hit; and how long jieba and rjieba take for the words of the same reports.
Exit 0: counts are the same and within 3 times rg; 1: they are not; 2: no reports, or no rg.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from machine import describe_machine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dalian_report.corpus import LoadOptions, load_reports, plan_inputs  # noqa: E402 - the checkout is measured
from dalian_report.corpus.counting import count_files  # noqa: E402
from dalian_report.errors import DReportError  # noqa: E402
from dalian_report.explore import search  # noqa: E402
from dalian_report.explore.queries import Matcher, Query, Way, make_terms  # noqa: E402
from dalian_report.explore.segmenting import Engine, segment  # noqa: E402
from dalian_report.model import Report  # noqa: E402
from dalian_report.sources import locate  # noqa: E402
from dalian_report.views.records import json_text  # noqa: E402

LIMIT = 3.0
TERMS: tuple[tuple[str, Way], ...] = (
    ("海洋经济", "literal"),
    ("就业", "literal"),
    ("高质量发展", "literal"),
    ("新增[^。]{0,10}万人", "regex"),
    ("粮食(?:总)?产量", "regex"),
)


def write_files(texts: Sequence[str], folder: Path, megabytes: int, *, each: int) -> int:
    """Write files of about `each` bytes, or one for each text where it is 0; return the bytes written."""
    random.seed(1)
    size, number, kept, kept_size = 0, 0, [], 0
    while size < megabytes * 1_000_000:
        content = re.sub(r"\d", lambda _: str(random.randrange(10)), texts[number % len(texts)]).encode()
        number += 1
        kept.append(content)
        kept_size += len(content)
        if kept_size >= each:
            (folder / f"{number:05d}.txt").write_bytes(b"\n".join(kept))
            size += kept_size
            kept, kept_size = [], 0
    return size


def count_ours(term: str, way: Way, folder: Path) -> int:
    """Return how many hits the files have: what `dreport search --count file` does."""
    matcher = Matcher(Query(make_terms([term]), way=way))
    return sum(found.counts[0] for found in count_files(locate([str(folder)]).paths, matcher))


def count_rg(term: str, way: Way, folder: Path) -> int:
    """Return how many hits rg counts."""
    flag = "-F" if way == "literal" else "-e"
    done = subprocess.run(
        ["rg", "--count-matches", "--no-ignore", flag, term, str(folder)],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    return sum(int(line.rpartition(":")[2]) for line in done.stdout.splitlines())


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """Return the seconds that a piece of work took, and what it gave."""
    start = perf_counter()
    found = work()
    return perf_counter() - start, found


def compare(folder: Path, rounds: int) -> bool:
    """Print the times of both; return whether all counts are the same and all times within the limit."""
    kept = True
    print("| term | hits | rg ms | dreport ms | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for term, way in TERMS:
        times: dict[str, list[float]] = {"rg": [], "ours": []}
        for _ in range(rounds):
            for name, counter in (("rg", count_rg), ("ours", count_ours)):
                taken, found = timed(partial(counter, term, way, folder))
                times[name].append(taken)
                if name == "rg":
                    expected = found
            kept = kept and found == expected
        rg, ours = median(times["rg"]), median(times["ours"])
        kept = kept and ours / rg <= LIMIT
        shown = term.replace("|", "\\|")
        print(f"| `{shown}` | {found:,} | {rg * 1000:.0f} | {ours * 1000:.0f} | {ours / rg:.1f} |")
    return kept


def with_sections(folder: Path, term: str) -> int:
    """Return the characters of JSON for all hits with their sections, metrics left out."""
    matcher = Matcher(Query(make_terms([term])))
    size = 0
    for report in load_reports(plan_inputs([str(folder)], []).entries, LoadOptions(takes=matcher.may_match)):
        if isinstance(report, Report):
            size += sum(len(json_text(hit)) for hit in search(report, matcher))
    return size


def words(texts: Sequence[str], engine: Engine) -> int:
    """Return how many words the texts have."""
    return sum(1 for text in texts for line in text.splitlines() for _ in segment(line, engine=engine))


def read_texts(shared: Path) -> list[str]:
    """Return the reports that are UTF-8 text and hold something."""
    texts = []
    for path in locate([str(shared / "reports")]).paths:
        if path.endswith(".txt"):
            try:
                texts.append(Path(path).read_text(encoding="utf-8"))
            except (UnicodeDecodeError, DReportError):
                continue
    return [text for text in texts if text.strip()]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=9, help="runs of each (9)")
    parser.add_argument("--megabytes", type=int, default=110, help="how much text (110)")
    parser.add_argument("--shared", type=Path, default=None, metavar="DIR", help="folder with reports/")
    options = parser.parse_args()
    shared = options.shared or Path(os.environ.get("DREPORT_SHARED", ROOT.parent / "shared"))
    texts = read_texts(shared) if (shared / "reports").is_dir() else []
    if not texts or shutil.which("rg") is None:
        print("needs the folder of real reports, and rg", file=sys.stderr)
        return 2
    print(f"{describe_machine()}; median of {options.rounds}\n")
    kept = True
    with tempfile.TemporaryDirectory() as name:
        for each in (0, options.megabytes * 10_000):
            folder = Path(name) / str(each)
            folder.mkdir()
            size = write_files(texts, folder, options.megabytes, each=each)
            print(f"{len(list(folder.iterdir())):,} files, {size / 1e6:.0f} MB:\n")
            kept = compare(folder, options.rounds) and kept
            print()
        taken, size = timed(lambda: with_sections(Path(name) / "0", "海洋经济"))
    print(f"海洋经济 with sections and sentences as JSON lines: {taken:.1f} s, {size / 1e6:.1f} MB of JSON")
    chars = sum(map(len, texts))
    engines: tuple[Engine, ...] = ("rjieba", "jieba")
    for engine in engines:
        try:
            words(["起步"], engine)  # loads the dictionary
        except ModuleNotFoundError:
            continue
        taken, _ = timed(partial(words, texts, engine))
        print(f"words by {engine}: {chars / taken / 1e6:.1f} million characters a second")
    print("\nkept" if kept else "\nBROKEN")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
