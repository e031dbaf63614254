"""Golden cases: a page as plain text and the outline that it must give."""

from __future__ import annotations

from pathlib import Path

import pytest

from dalian_report.document import build_report
from dalian_report.model import Report
from dalian_report.sources import make_source, read_sources

CASES = Path(__file__).parent.parent / "cases" / "document"
NAMES = sorted(path.stem for path in CASES.glob("*.txt"))


def render(report: Report) -> str:
    """Return what a report's layout told, as the golden files write it; topics only where they list some."""
    lines = [f"title {report.title}"]
    lines += [f"date {report.date}"] if report.date else []
    lines += [f"year {report.year} {report.year_source}"] if report.year else []
    for i, section in enumerate(report.sections):
        indent = "  " * (section.level - 1)
        heading = "/".join(section.heading.split())
        lines.append(f"{indent}{section.path} {section.part} {heading}")
        lines.extend(f"{indent}  ~ {topic.text}" for topic in report.topics if topic.section == i)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_outline_is_as_the_golden_file_says(name: str) -> None:
    (source,) = read_sources(str(CASES / f"{name}.txt"))
    expected = (CASES / f"{name}.outline").read_text(encoding="utf-8")
    rendered = render(build_report(source))
    if "~" not in expected:
        rendered = "".join(line for line in rendered.splitlines(keepends=True) if "~" not in line)
    assert rendered == expected


@pytest.mark.parametrize("name", NAMES)
def test_half_width_punctuation_gives_the_same_outline(name: str) -> None:
    text = (CASES / f"{name}.txt").read_text(encoding="utf-8")
    half = text.translate(str.maketrans("，；：（）！？％．０１２３４５６７８９", ",;:()!?%.0123456789"))
    full = text.translate(str.maketrans(",;:()!?%0123456789", "，；：（）！？％０１２３４５６７８９"))
    outlines = {
        str(shape(build_report(make_source(variant, f"{name}.txt")))) for variant in (text, half, full)
    }
    assert len(outlines) == 1


def shape(report: Report) -> list[object]:
    """Return everything that must not depend on the width of punctuation."""
    sections = [(s.path, s.part, s.start, s.end, s.heading_start, s.heading_end) for s in report.sections]
    topics = [(topic.start, topic.end, topic.scope_end, topic.section) for topic in report.topics]
    return [report.body, report.cuts, report.date, report.year, sections, topics, report.sentences]
