"""Parts: whether a section reviews the past or plans ahead, by the words of its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dalian_report.data import load_data
from dalian_report.model import Part

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return a pattern for each list of words; those of tasks must open the heading."""
    data = load_data("headings")
    patterns = {name: re.compile("|".join(data[name])) for name in ("review", "plan", "reached")}
    patterns["tasks"] = re.compile("(?:" + "|".join(data["tasks"]) + ")")
    return patterns


def has_part(heading: str) -> bool:
    """Tell whether a heading says outright that it reviews or plans."""
    patterns = _patterns()
    return bool(patterns["review"].search(heading) or patterns["plan"].search(heading))


def part_of(heading: str, *, year: int | None = None) -> Part | None:
    """Return the part that a heading names; None where it names neither or both.

    >>> part_of("2024年工作回顾"), part_of("2025年工作安排"), part_of("1998年工作回顾和1999年工作的总体要求")
    ('review', 'plan', None)
    """
    patterns = _patterns()
    review, plan = patterns["review"].search(heading), patterns["plan"].search(heading)
    if review and plan:
        return None
    if review or plan:
        return "review" if review else "plan"
    years = [int(found) for found in _YEAR.findall(heading)]
    if year is not None and years:
        return "plan" if min(years) > year else "review" if max(years) <= year else None
    return None


def find_parts(
    headings: Sequence[str], parents: Sequence[int | None], *, year: int | None
) -> list[Part | None]:
    """Return the part of each section: from its heading, else its parent, else its neighbours at the root.

    At the root, what follows a plan is plan, and a task (推进…) that follows a review is plan; where no
    heading names a part at all, headings that tell what was reached make the report a review.
    """
    parts: list[Part | None] = []
    previous: Part | None = None
    mixed = False
    glossaries = tuple(load_data("headings")["glossaries"])
    for heading, parent in zip(headings, parents, strict=True):
        if heading.startswith(glossaries):
            parts.append(None)
            continue
        part = part_of(heading, year=year) if parent is None or parts[parent] is None else None
        if parent is not None:
            parts.append(part or parts[parent])
            continue
        mixed = part is None and has_part(heading)
        if (
            part is None
            and not mixed
            and (previous == "plan" or (previous and _patterns()["tasks"].match(heading)))
        ):
            part = "plan"
        previous = part or ("review" if mixed else previous)
        parts.append(part)
    if parts and not any(parts) and not any(has_part(heading) for heading in headings):
        return _weigh(headings, parents)
    return parts


def _weigh(headings: Sequence[str], parents: Sequence[int | None]) -> list[Part | None]:
    """Return review for all sections where most headings at the root tell what was reached, else nothing."""
    roots = [heading for heading, parent in zip(headings, parents, strict=True) if parent is None]
    reached = sum(bool(_patterns()["reached"].search(heading)) for heading in roots)
    return ["review" if reached * 2 > len(roots) else None] * len(headings)
