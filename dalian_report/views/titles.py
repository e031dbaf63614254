"""The lines over rows: how a report and a section are named, in every table the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from dalian_report.data import shipped
from dalian_report.model import Report

from .cells import Part, one_line

# Heads what stands in no section: the salutation, or a report without headings.
OUTSIDE = "章节之外"


def report_title(report: Report) -> tuple[Part, ...]:
    """Return the line that names a report: title, region and year, path."""
    return title_parts(report.title, report.region, report.year, report.source.path)


def title_parts(title: str, region: str | None, year: int | None, source: str) -> tuple[Part, ...]:
    """Return the parts of the line that names a report, those that are known."""
    known = " ".join(str(item) for item in (region, year) if item is not None)
    items = [one_line(item) for item in (title, known, short_path(source)) if item]
    return tuple(Part(f"  {item}" if number else item, "report") for number, item in enumerate(items))


def short_path(source: str) -> str:
    """Return a report's path for people: that of a shipped report is deep in the installed package."""
    path = Path(source)
    if path.is_absolute():
        try:
            root = shipped("reports").parent
        except FileNotFoundError:
            return source
        if path.is_relative_to(root / "reports"):
            return f"(shipped) {path.relative_to(root).as_posix()}"
    return source


def section_title(report: Report, index: int | None) -> tuple[Part, ...]:
    """Return the line that names a section: its path where it is nested, its label and heading as printed."""
    if index is None:
        return (Part(OUTSIDE, "section", said=True),)
    section = report.sections[index]
    path = f"{section.path} " if "." in section.path else ""
    return (Part(f"{path}{labelled(section.label, section.heading)}", "section"),)


def section_named(report: Report, path: str, heading: str) -> tuple[Part, ...]:
    """Return the line of the section that a record names by its path and heading."""
    found = (
        index
        for index, section in enumerate(report.sections)
        if section.path == path and section.heading == heading
    )
    return section_title(report, next(found, None))


def labelled(label: str, heading: str) -> str:
    """Return a heading with its label, a space between where the label ends with no mark.

    >>> labelled("(四)", "城乡统筹"), labelled("第一章", "2023年回顾")
    ('(四)城乡统筹', '第一章 2023年回顾')
    """
    label = label.rstrip()
    space = " " if label[-1:].isalnum() and heading else ""
    return one_line(f"{label}{space}{heading}")


def by_folder(paths: Sequence[str]) -> list[str]:
    """Return paths for people: of several files that follow each other in one folder, the folder.

    >>> by_folder(["config.yaml", "rules/a.yaml", "rules/b.yaml"])
    ['config.yaml', 'rules (2 files)']
    """
    shown = []
    for folder, run in groupby(paths, key=lambda path: str(Path(path).parent)):
        members = list(run)
        shown.append(members[0] if len(members) == 1 else f"{folder} ({len(members)} files)")
    return shown
