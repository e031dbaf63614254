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
    told = [cells.one_line(item) for item in (short_path(diagnosis.source), known) if item]
    title = (
        cells.Part(_VERDICTS[diagnosis.verdict], "report", said=True),
        *(cells.Part(f"  {item}", "report") for item in told),
        *((cells.Part(f"  {size}", "report", said=True),) if size else ()),
    )
    shown = (one for one in diagnosis.findings if all_findings or one.severity != "info")
    return Table(COLUMNS, (Title(1, title), *map(_row, shown)))


def _row(finding: Finding) -> Row:
    """Return a finding as a row, its evidence and what to do about it below."""
    columns = (
        cells.Part(_SEVERITIES[finding.severity], said=True),
        cells.Part(finding.code),
        cells.Part(cells.one_line(finding.message), said=True),
        cells.Part(finding.where or "", "place", said=True),
    )
    below = [cells.Part(cells.one_line(finding.evidence), "hit")] if finding.evidence else []
    if finding.severity != "info":
        below += [cells.Part(f"{'  ' if below else ''}→ "), cells.Part(finding.remedy, said=True)]
    return Row(tuple((column,) for column in columns), tuple(below))
