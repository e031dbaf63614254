"""Faults as lines with a caret, and as SARIF."""

from __future__ import annotations

import json

import pytest

from dalian_report.errors import Fault
from dalian_report.views.cells import cell_width
from dalian_report.views.findings import fault_finding, fault_lines, sarif_text


def fault(excerpt: str, column: int, **other: object) -> Fault:
    fields: dict[str, object] = {"key": "k", "what": "wrong", "why": "", "remedy": "", **other}
    return Fault("a.yaml", 7, column, excerpt=excerpt, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("excerpt", "column", "under"),
    [
        ("  - {key: a, mach: 甲}", 14, "m"),
        ("  - {name: 城镇新增就业, unit: 万人}", 27, "人"),
        ("x" * 300 + "Y" + "z" * 300, 301, "Y"),
        ("甲" * 300 + "乙" + "丙" * 300, 301, "乙"),
        ("\tkey: a", 2, "k"),
    ],
)
def test_the_caret_stands_under_the_column(excerpt: str, column: int, under: str) -> None:
    head, line, caret = fault_lines(fault(excerpt, column))
    assert head == f"a.yaml:7:{column}: rule k: wrong."
    cells = cell_width(caret[: caret.index("^")])
    position = next(number for number in range(len(line)) if cell_width(line[:number]) >= cells)
    assert line[position] == under
    assert cell_width(line) <= 110


def test_a_fault_without_a_line_is_one_line() -> None:
    assert len(fault_lines(fault("", 1))) == 1


def test_sarif_holds_every_finding_with_its_place() -> None:
    findings = [
        fault_finding(fault("- key: 甲", 8)),
        fault_finding(fault("", 1, level="warning", why="slow")),
    ]
    log = json.loads(sarif_text(findings, version="1.2.3"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    first, second = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a.yaml"
    assert place["region"] == {"startLine": 7, "startColumn": 8, "snippet": {"text": "- key: 甲"}}
    assert (first["ruleId"], first["level"], second["ruleId"], second["level"]) == (
        "fault",
        "error",
        "doubt",
        "warning",
    )
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} >= {"fault", "doubt", "example"}
    assert second["message"]["text"] == "rule k: wrong (slow)."


def test_a_path_in_sarif_is_an_uri() -> None:
    one = fault("", 1)._replace(path="规则 1.yaml")
    log = json.loads(sarif_text([fault_finding(one)], version="1.2.3"))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%E8%A7%84%E5%88%99%201.yaml"
