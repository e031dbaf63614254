"""The share of metrics with a key, by level of government and decade, and the commonest names without one.

usage: python benchmarks/coverage.py [--shared DIR] [--names N] [PATH]...

The reports: the files named, else those of DIR/reports (DREPORT_SHARED, or ../shared). Level is that of the
region in a report's title, the decade that of the year under review. What cannot be read is named on stderr.
Exit 0, or 2 where nothing could be read.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dalian_report import extract, load_rules  # noqa: E402 - the checkout is measured, not what is installed
from dalian_report.document import build_report  # noqa: E402
from dalian_report.errors import DReportError  # noqa: E402
from dalian_report.explore.unkeyed import Unkeyed  # noqa: E402
from dalian_report.model import Report  # noqa: E402
from dalian_report.sources import read_sources  # noqa: E402

LEVELS = ("nation", "province", "city", "county", "unknown")
_SUFFIXES = (("省", "province"), ("自治区", "province"), ("县", "county"), ("区", "county"), ("旗", "county"))


def level_of(report: Report) -> str:
    """Return the level of government that a report's region is of."""
    code, name = report.adcode, report.region or ""
    if name == "全国":
        return "nation"
    if code is not None:
        return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
    return next(
        (level for suffix, level in _SUFFIXES if name.endswith(suffix)), "city" if name else "unknown"
    )


def decade_of(report: Report) -> str:
    """Return the decade of the year under review: 2020s, or a question mark."""
    return "?" if report.year is None else f"{report.year // 10}0s"


def reports_of(paths: Sequence[Path]) -> Iterator[Report]:
    """Yield the reports of files, in order; what fails is told."""
    for path in paths:
        try:
            sources = read_sources(str(path), encoding=None)
        except DReportError as error:
            print(error, file=sys.stderr)
            continue
        for source in sources:
            yield build_report(source)


def files_of(shared: Path) -> list[Path]:
    """Return the files of real reports, without those made to trap a reader."""
    found = sorted(path for path in (shared / "reports").rglob("*") if path.is_file())
    return [path for path in found if path.parent.name != "traps" and path.stat().st_size]


def main() -> int:
    """Count, and print a Markdown table and a list of names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    default = Path(os.environ.get("DREPORT_SHARED") or ROOT.parent / "shared")
    parser.add_argument("--shared", type=Path, default=default, help="folder with reports/ of real reports")
    parser.add_argument("--names", type=int, default=50, help="how many names without a key are listed (50)")
    parser.add_argument("paths", nargs="*", type=Path, help="reports to measure instead")
    options = parser.parse_args()
    rules = load_rules()
    metrics, keyed, reports = (
        Counter[tuple[str, str]](),
        Counter[tuple[str, str]](),
        Counter[tuple[str, str]](),
    )
    unkeyed = Unkeyed()
    for report in reports_of(options.paths or files_of(options.shared)):
        found = extract(report, rules)
        cell = level_of(report), decade_of(report)
        reports[cell] += 1
        metrics[cell] += len(found)
        keyed[cell] += sum(metric.key is not None for metric in found)
        unkeyed.add(found)
    if not metrics.total():
        print("nothing could be read", file=sys.stderr)
        return 2
    print(f"{len(rules)} rules\n\n| level | decade | reports | metrics | with a key |")
    print("| --- | --- | ---: | ---: | ---: |")
    for level, decade in sorted(metrics, key=lambda cell: (LEVELS.index(cell[0]), cell[1])):
        cell = level, decade
        share = keyed[cell] / metrics[cell] if metrics[cell] else 0
        print(f"| {level} | {decade} | {reports[cell]} | {metrics[cell]:,} | {share:.1%} |")
    share = keyed.total() / metrics.total()
    print(f"| all | | {reports.total()} | {metrics.total():,} | {share:.1%} |")
    if options.names:
        print(f"\nThe next {options.names} names without a key, with their number:\n")
        shown = unkeyed.suggestions()[: options.names]
        print(" · ".join(f"{one.name} {one.count}" for one in shown))
    return 0


if __name__ == "__main__":
    sys.exit(main())
