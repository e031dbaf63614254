"""Faults and doubts of rules: as lines with a caret, as records, and as SARIF for editors and CI."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from dalian_report.config.examples import Trial
from dalian_report.errors import Fault

from .cells import Part, cell_width, one_line
from .language import Language, said
from .table import Column, Row, Table

FINDING_COLUMNS = (Column("位置"), Column("键"), Column("问题", folds=True), Column("改法", folds=True))
_MAX_EXCERPT = 90  # cells; a longer line is cut around the column, with a mark on each side that is cut
_CUT = "…"
_CODES = {
    "fault": "A configuration that cannot be read as it stands.",
    "doubt": "A rule that is slow, untested, or can hardly match.",
    "example": "A rule that does not do what its example says.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend at a place of a file; lines and columns count from 1.

    `code` is `fault`, `doubt` or `example`; `excerpt` the line of the file, or the text of the example.
    """

    type: Literal["finding"]
    level: Literal["error", "warning"]
    code: Literal["fault", "doubt", "example"]
    path: str
    line: int
    column: int
    key: str | None
    what: str
    why: str
    remedy: str
    excerpt: str


def fault_finding(fault: Fault) -> Finding:
    """Return a fault or a doubt as a record."""
    return Finding(
        type="finding",
        level=fault.level,
        code="fault" if fault.level == "error" else "doubt",
        path=fault.path,
        line=fault.line,
        column=fault.column,
        key=fault.key,
        what=fault.what,
        why=fault.why,
        remedy=fault.remedy,
        excerpt=fault.excerpt,
    )


def example_finding(trial: Trial, why: str) -> Finding:
    """Return an example that fails as a record, at the place of its text."""
    path, line, column = trial.example.origin.rsplit(":", 2)
    return Finding(
        type="finding",
        level="error",
        code="example",
        path=path,
        line=int(line),
        column=int(column),
        key=trial.rule.key,
        what=f"“{trial.example.text}” gives {trial.got}, not {trial.wanted}",
        why=why,
        remedy="Mend the rule or the example, or mark it todo: true",
        excerpt=trial.example.text,
    )


def finding_table(findings: Iterable[Finding]) -> Table:
    """Return findings, a row each."""
    rows = []
    for item in findings:
        why = (Part(" ("), Part(one_line(item.why), said=True), Part(")")) if item.why else ()
        place = f"{item.path}:{item.line}:{item.column}"
        what, remedy = (Part(one_line(text), said=True) for text in (item.what, item.remedy))
        rows.append(Row(((Part(one_line(place)),), (Part(item.key or ""),), (what, *why), (remedy,))))
    return Table(FINDING_COLUMNS, tuple(rows))


def fault_lines(fault: Fault, language: Language = "en") -> list[str]:
    """Return a fault as lines: what it is, the line of the file, and a caret below the column."""
    lines = [str(fault) if language == "en" else _chinese_line(fault)]
    if not fault.excerpt.strip():
        return lines
    before, behind = fault.excerpt[: fault.column - 1], fault.excerpt[fault.column - 1 :]
    room = _MAX_EXCERPT // 2
    while cell_width(before) > room:
        before = _CUT + before.removeprefix(_CUT)[1:]
    while cell_width(before + behind) > _MAX_EXCERPT:
        behind = behind.removesuffix(_CUT)[:-1] + _CUT
    number = f"{fault.line:>5} | "
    left = one_line(before) if before.strip() else " " * cell_width(before)
    lines.append(f"{number}{left}{one_line(behind)}")
    lines.append(f"{'':>5} | {' ' * cell_width(left)}^")
    return lines


def _chinese_line(fault: Fault) -> str:
    """Return what `str` of a fault gives, in Chinese."""
    what, why, remedy = (said(text, "zh") if text else "" for text in (fault.what, fault.why, fault.remedy))
    level = "警告：" if fault.level == "warning" else ""
    rule = f"规则 {fault.key}：" if fault.key else ""
    why = f"（{why}）" if why else ""
    remedy = remedy + ("" if remedy[-1] in "。？" else "。") if remedy else ""
    return f"{fault.path}:{fault.line}:{fault.column}：{level}{rule}{what}{why}。{remedy}"


def sarif_text(findings: Sequence[Finding], *, version: str) -> str:
    """Return findings as a SARIF 2.1.0 log (OASIS) of this version of dreport, columns in code points."""
    driver = {
        "name": "dreport",
        "semanticVersion": version,
        "rules": [{"id": code, "shortDescription": {"text": text}} for code, text in _CODES.items()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in findings],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _result(finding: Finding) -> dict[str, Any]:
    rule = f"rule {finding.key}: " if finding.key else ""
    why = f" ({finding.why})" if finding.why else ""
    remedy = f" {finding.remedy}" if finding.remedy else ""
    region: dict[str, Any] = {"startLine": finding.line, "startColumn": finding.column}
    if finding.excerpt:
        region["snippet"] = {"text": finding.excerpt}
    place = {"artifactLocation": {"uri": quote(finding.path.replace("\\", "/"))}, "region": region}
    return {
        "ruleId": finding.code,
        "level": finding.level,
        "message": {"text": f"{rule}{finding.what}{why}.{remedy}"},
        "locations": [{"physicalLocation": place}],
    }
