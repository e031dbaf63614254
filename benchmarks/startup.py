"""Start-up of whole processes, as ratios to `python -c pass` measured in the same run.

usage: python benchmarks/startup.py [--rounds N] [--limit X] [--imports]

Every command runs once in each round, in turn, so that a noisy machine treats all alike; the median of the
rounds counts. Bytecode is compiled before the clock starts. The measured package is the one that this Python
imports: the installed one, or the checkout where none is installed.
Exit 0: `show --json` is within the limit and imports nothing heavy, and only commands that segment text load
a segmenter; 1: it is not so; 2: a command failed.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter

from machine import describe_machine

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 12.0
YARDSTICK = "python -c pass"
GUARDED = "dreport show --section 5 --json dalian-2023.txt"
SAMPLE = ROOT / "reports" / "dalian-2023.txt"
# What the guarded command must not import: their cost alone would break the limit.
HEAVY = ("httpx", "jieba", "lxml", "openpyxl", "regex", "rich", "selectolax", "yaml")
# What the console script does; `-m` would add the cost of runpy.
SCRIPT = "from dalian_report.__main__ import run; run()"
COMMANDS = (
    GUARDED,
    "dreport show --section 5 --json",  # both samples, as without a configuration
    "dreport --version",
    "dreport --help",
    "dreport show --help",
    "dreport show --section 5",
    "dreport show --section 5 --color always",
    "dreport sections",
    "dreport sections --map",
    "dreport summary --section 5 --words 0",
    "dreport search 海洋经济",
    "dreport search 海洋经济 --kwic",
    "dreport search 海洋经济 --count file",
    "dreport keywords --trend 海洋",
    "dreport show --section 5 --lang zh",
    "dreport show --section 5 --svg picture.svg",
    "dreport rules list",
    "dreport config",
    "dreport schema",
    "dreport summary --section 5",
    "dreport search 海洋经济 --words",
    "dreport keywords --section 5",
    "dreport keywords --section 5 --method textrank",
)
# Those of the commands that segment text into words; no other may load a segmenter.
SEGMENTING = COMMANDS[-4:]
SEGMENTERS = ("jieba", "rjieba")


def arguments_of(command: str) -> list[str]:
    """Return the process that a command line stands for."""
    if command == YARDSTICK:
        return [sys.executable, "-c", "pass"]
    return [sys.executable, "-c", SCRIPT, *command.split()[1:]]


def environment() -> dict[str, str]:
    """Return the environment of every process: the checkout on the path where nothing is installed."""
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DREPORT"))
    }
    if package_folder().parent == ROOT:
        environ["PYTHONPATH"] = str(ROOT)
    return environ


def package_folder() -> Path:
    """Return the folder of the package that is measured."""
    found = find_spec("dalian_report")
    locations = found.submodule_search_locations if found else None
    return Path(locations[0]).resolve() if locations else ROOT / "dalian_report"


def run_once(command: str, folder: Path, environ: Mapping[str, str]) -> float:
    """Return the wall time of one process in seconds; raises CalledProcessError where it fails."""
    start = perf_counter()
    subprocess.run(arguments_of(command), cwd=folder, env=environ, check=True, capture_output=True)
    return perf_counter() - start


def with_sample(folder: Path) -> Path:
    """Return a folder with the sample in it."""
    shutil.copy(SAMPLE, folder)
    return folder


def measure(commands: Sequence[str], rounds: int) -> dict[str, float]:
    """Return the median seconds of each command, the yardstick first, over interleaved rounds."""
    environ = environment()
    times: dict[str, list[float]] = {command: [] for command in (YARDSTICK, *commands)}
    with tempfile.TemporaryDirectory() as name:
        folder = with_sample(Path(name))
        for command in times:  # the first run compiles bytecode and fills caches
            run_once(command, folder, environ)
        for _ in range(rounds):
            for command, taken in times.items():
                taken.append(run_once(command, folder, environ))
    return {command: median(taken) for command, taken in times.items()}


def imported_modules(command: str) -> dict[str, int]:
    """Return the modules that a command imports, with the microseconds that each took for itself."""
    start, flag, *rest = arguments_of(command)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [start, "-X", "importtime", flag, *rest],
            cwd=with_sample(Path(folder)),
            env=environment(),
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
    modules = {}
    for line in done.stderr.splitlines():
        if line.startswith("import time:") and "self [us]" not in line:
            own, _, module = line.removeprefix("import time:").split("|")
            modules[module.strip()] = int(own)
    return modules


def heavy_imports(modules: Mapping[str, int]) -> list[str]:
    """Return the heavy packages among the modules."""
    packages = {module.partition(".")[0] for module in modules}
    return [package for package in HEAVY if package in packages]


def wrong_segmenters() -> str:
    """Return the commands that load a segmenter and should not, or should and do not."""
    found = []
    for command in COMMANDS:
        packages = {module.partition(".")[0] for module in imported_modules(command)}
        if packages.isdisjoint(SEGMENTERS) == (command in SEGMENTING):
            found.append(command)
    return ", ".join(found)


def print_imports(modules: Mapping[str, int], *, top: int) -> None:
    """Print the modules that cost most by themselves."""
    print(
        f"\n{GUARDED} imports {len(modules)} modules, {sum(modules.values()) / 1000:.1f} ms; the first {top}:"
    )
    for module, own in sorted(modules.items(), key=lambda item: -item[1])[:top]:
        print(f"  {own / 1000:6.2f} ms  {module}")


def main() -> int:
    """Measure, print a Markdown table, and judge the guarded command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15, help="runs of each command (15)")
    parser.add_argument("--limit", type=float, default=LIMIT, help=f"ratio that must hold ({LIMIT:g})")
    parser.add_argument("--guarded", action="store_true", help="measure the guarded command alone")
    parser.add_argument("--imports", action="store_true", help="print what the guarded command imports")
    options = parser.parse_args()

    package = package_folder()
    compileall.compile_dir(package, quiet=2)
    data = "compiled" if (package / "data" / "compiled.json").is_file() else "NOT compiled: install first"
    print(f"{describe_machine()}; data {data}; median of {options.rounds}\n")
    try:
        times = measure(COMMANDS[:1] if options.guarded else COMMANDS, options.rounds)
        modules = imported_modules(GUARDED)
    except subprocess.CalledProcessError as error:
        print(f"{' '.join(error.cmd[3:])}: exit {error.returncode}: {error.stderr!r}", file=sys.stderr)
        return 2
    print("| command | ms | ratio |\n| --- | ---: | ---: |")
    for command, seconds in times.items():
        print(f"| `{command}` | {seconds * 1000:.1f} | {seconds / times[YARDSTICK]:.1f} |")
    if options.imports:
        print_imports(modules, top=25)
    ratio, heavy = times[GUARDED] / times[YARDSTICK], heavy_imports(modules)
    kept = ratio <= options.limit and not heavy
    print(f"\n{GUARDED}: {ratio:.1f} (limit {options.limit:g}); heavy imports: {', '.join(heavy) or 'none'}")
    if not options.guarded:
        wrong = wrong_segmenters()
        kept = kept and not wrong
        print(
            f"segmenters are loaded where they should not be, or not where they should: {wrong or 'nowhere'}"
        )
    print("kept" if kept else "BROKEN")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
