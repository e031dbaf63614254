"""A diagnosis as a table: the verdict over its findings."""

from __future__ import annotations

from dalian_report.doctor import Diagnosis, Finding

from . import cells
from .table import Column, Row, Table, Title
from .titles import short_path

COLUMNS = (
    Column("程度"),
    Column("代码"),
    Column("发现", folds=True),
    Column("原处"),
)
_VERDICTS = {"good": "正常", "doubtful": "存疑", "bad": "有误"}
_SEVERITIES = {"error": "错误", "warning": "警告", "info": "说明"}


def diagnosis_table(diagnosis: Diagnosis, *, all_findings: bool = False) -> Table:
    """Return the findings under the verdict; without `all_findings` those that are only information go."""
    known = " ".join(str(item) for item in (diagnosis.region, diagnosis.year) if item is not None)
    size = f"{diagnosis.characters:,} 字" if diagnosis.characters else ""
    head = [f"{_VERDICTS[diagnosis.verdict]} {diagnosis.verdict}", short_path(diagnosis.source), known, size]
    title = tuple(
        cells.Part(cells.one_line(f"  {item}" if number else item), "report")
        for number, item in enumerate(item for item in head if item)
    )
    shown = (one for one in diagnosis.findings if all_findings or one.severity != "info")
    return Table(COLUMNS, (Title(1, title), *map(_row, shown)))


def _row(finding: Finding) -> Row:
    """Return a finding as a row, its evidence and what to do about it below."""
    columns = (
        cells.Part(_SEVERITIES[finding.severity]),
        cells.Part(finding.code),
        cells.Part(cells.one_line(finding.message)),
        cells.Part(finding.where or "", "place"),
    )
    below = [cells.Part(cells.one_line(finding.evidence), "hit")] if finding.evidence else []
    if finding.severity != "info":
        below.append(cells.Part(f"{'  ' if below else ''}→ {finding.remedy}"))
    return Row(tuple((column,) for column in columns), tuple(below))
