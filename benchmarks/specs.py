"""The public number specifications of a peer, run against the numerals of this project.

usage: python benchmarks/specs.py [--shared DIR] [--failed]

The cases are those of microsoft/Recognizers-Text for Chinese, read at run time from DIR/specs
(DREPORT_SHARED, or ../shared). A case passes where text, value and order of all that is expected are
what `find_numbers` gives, with nothing more. Cases in a form that no work report holds are out of
scope; each class of them has its reason below, and they are run and counted all the same.
Exit 0 where every case in scope passes, 1 where one fails, 2 where there are no specifications.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dalian_report.folding import fold  # noqa: E402 - the checkout is measured, not what is installed
from dalian_report.quantities.numbers import Number, find_numbers  # noqa: E402

MODELS = ("NumberModel", "PercentModel", "OrdinalModel")
# What the peer's own Python package (recognizers-text-suite 1.0.2a2) passes, counted in the same way.
PEER = {"NumberModel": 334, "PercentModel": 139, "OrdinalModel": 6}
_DIGITS = 15  # of a float, in which the specifications give their values


class Scope(NamedTuple):
    """A class of cases out of scope: how their input is told, and why no work report holds them."""

    name: str
    pattern: str
    reason: str


OUT_OF_SCOPE = (
    Scope("power", r"[0-9]\^", "powers (2^5) are typed into calculators"),
    Scope("dozen", r"[十壹一]打", "打 is a unit here, as 箱 and 套 are, and no factor of twelve"),
    Scope("letter factor", r"[0-9] ?[kKM](?![A-Za-z])", "4K, 5k and 10M name techniques in reports"),
    Scope("money", "美元|美刀", "the specification leaves 一美元 to another model; here 1 is its number"),
    Scope("signed denominator", "分 *之 *[负負]", "a share of a negative number is arithmetic"),
    Scope("dialect", "倆|半百|五十千", "spoken forms: 倆, 半百; 五十千 is no number"),
    Scope("approximate percent", "二三十", "the specification leaves 百分之二三十 out; here it is 20 to 30"),
    Scope("no discount", "^十折$", "the specification wants 十折 to be no percent: talk of shops"),
    Scope("place", "五台山|九台", "places in the north; the specification reads a 5 and a 9"),
)


class Case(NamedTuple):
    """One case: its place in the file, what is expected and found, and its class where it is out of scope."""

    place: int
    text: str
    expected: tuple[tuple[str, str], ...]
    found: tuple[tuple[str, str], ...]
    scope: str | None

    @property
    def passed(self) -> bool:
        """Whether all that is expected was found, and nothing else."""
        return self.expected == self.found


def read_cases(folder: Path, model: str) -> list[Case]:
    """Return the cases of a model with what `find_numbers` gives for them."""
    path = folder / f"recognizers-{model}.json"
    raw: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8-sig"))
    return [_case(place, one, model) for place, one in enumerate(raw)]


def _case(place: int, raw: Mapping[str, Any], model: str) -> Case:
    text = str(raw["Input"])
    expected = tuple(
        (fold(one["Text"]).casefold(), _rounded(Decimal(one["Resolution"]["value"].rstrip("%"))))
        for one in raw["Results"]
    )
    scope = next((one.name for one in OUT_OF_SCOPE if re.search(one.pattern, fold(text))), None)
    return Case(place, text, expected, tuple(_found(text, model)), scope)


def _found(text: str, model: str) -> Iterator[tuple[str, str]]:
    for one in find_numbers(text):
        span = _span(one, text, model)
        if span:
            yield fold(text[span[0] : span[1]]).casefold(), _rounded(one.value)


def _span(number: Number, text: str, model: str) -> tuple[int, int] | None:
    """Return what a model calls the text of a number, None where the number is not of the model.

    The number model takes the numeral of 百分之五 and of 五个百分点 for a number, those of 5% and 五折 not.
    """
    if model == "NumberModel":
        printed = fold(text[number.end - 1])
        return None if printed in ("%", "成", "折") else (number.figure_start, number.figure_end)
    kind = "percent" if model == "PercentModel" else "ordinal"
    return (number.start, number.end) if number.kind == kind else None


def _rounded(value: Decimal) -> str:
    return f"{value:.{_DIGITS - 1}e}"


def main() -> int:
    """Run the cases and print a Markdown table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=None, metavar="DIR", help="folder with specs/")
    parser.add_argument("--failed", action="store_true", help="print every case that fails")
    options = parser.parse_args()
    shared = options.shared or Path(os.environ.get("DREPORT_SHARED", ROOT.parent / "shared"))
    folder = shared / "specs"
    if not folder.is_dir():
        print(f"{folder}: no specifications there. Name their folder: --shared DIR", file=sys.stderr)
        return 2
    print("| file | cases | passed | in scope | of these passed | the peer |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    scopes: Counter[str] = Counter()
    failed = 0
    for model in MODELS:
        cases = read_cases(folder, model)
        inside = [case for case in cases if case.scope is None]
        passed, passed_inside = (sum(case.passed for case in some) for some in (cases, inside))
        print(f"| {model} | {len(cases)} | {passed} | {len(inside)} | {passed_inside} | {PEER[model]} |")
        scopes.update(f"{case.scope}" for case in cases if case.scope)
        failed += len(inside) - passed_inside
        if options.failed:
            print_failed(cases)
    print("\n| out of scope | cases | why |\n| --- | ---: | --- |")
    for scope in OUT_OF_SCOPE:
        print(f"| {scope.name} | {scopes[scope.name]} | {scope.reason} |")
    return 1 if failed else 0


def print_failed(cases: list[Case]) -> None:
    """Print what was expected and what was found of every case that fails."""
    for case in cases:
        if not case.passed:
            print(case.place, case.scope or "IN SCOPE", repr(case.text[:60]))
            print("    expected", [x for x in case.expected if x not in case.found])
            print("    found   ", [x for x in case.found if x not in case.expected])


if __name__ == "__main__":
    sys.exit(main())
