"""Parts: whether a section reviews the past or plans ahead, by the words of its heading."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from dalian_report.data import load_data
from dalian_report.document.years import years_in_digits
from dalian_report.model import Part

_YEAR: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年")


class _Words(NamedTuple):
    """A list of words, split into those that are plain text and the pattern of the others."""

    plain: tuple[str, ...]
    pattern: re.Pattern[str] | None

    def occur_in(self, heading: str) -> bool:
        """Tell whether any of the words stands in a heading."""
        if any(word in heading for word in self.plain):
            return True
        return self.pattern is not None and self.pattern.search(heading) is not None


@cache
def _words(name: str) -> _Words:
    """Return the words of a list; few are regexes, so that there is little to compile."""
    words: list[str] = load_data("headings")[name]
    others = [word for word in words if not word.isalpha()]
    return _Words(
        tuple(word for word in words if word.isalpha()), re.compile("|".join(others)) if others else None
    )


def has_part(heading: str) -> bool:
    """Tell whether a heading says outright that it reviews or plans."""
    return _words("review").occur_in(heading) or _words("plan").occur_in(heading)


def is_mixed(heading: str) -> bool:
    """Tell whether a heading says that it both reviews and plans.

    >>> is_mixed("“十三五”时期发展成就和“十四五”时期主要目标任务")
    True
    """
    return _words("review").occur_in(heading) and _words("plan").occur_in(heading)


def is_glossary(heading: str) -> bool:
    """Tell whether a heading is that of notes, which say what words mean."""
    return heading.startswith(tuple(load_data("headings")["glossaries"]))


def part_of(heading: str, *, year: int | None = None) -> Part | None:
    """Return the part that a heading names; None where it names neither or both.

    >>> part_of("2024年工作回顾"), part_of("2025年工作安排"), part_of("1998年工作回顾和1999年工作的总体要求")
    ('review', 'plan', None)
    """
    review, plan = _words("review").occur_in(heading), _words("plan").occur_in(heading)
    if review and plan:
        return None
    if review or plan:
        return "review" if review else "plan"
    years = [int(found) for found in _YEAR.findall(years_in_digits(heading))]
    if year is not None and years:
        return "plan" if min(years) > year else "review" if max(years) <= year else None
    return None


def _discusses(heading: str, year: int | None) -> bool:
    """Tell whether a heading is that of a discussion, of a plan perhaps, and plans nothing itself."""
    found = _words("discusses").occur_in(heading)
    return found and part_of(heading.replace("计划的", ""), year=year) != "plan"


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
    tasks = tuple(load_data("headings")["tasks"])
    for heading, parent in zip(headings, parents, strict=True):
        if is_glossary(heading) or (parent is None and _discusses(heading, year)):
            parts.append(None)
            continue
        part = part_of(heading, year=year) if parent is None or parts[parent] is None else None
        if parent is not None:
            parts.append(part or parts[parent])
            continue
        mixed = part is None and has_part(heading)
        if part is None and not mixed and (previous == "plan" or (previous and heading.startswith(tasks))):
            part = "plan"
        previous = part or ("review" if mixed else previous)
        parts.append(part)
    if parts and not any(parts) and not any(has_part(heading) for heading in headings):
        return _weigh(headings, parents)
    return parts


def _weigh(headings: Sequence[str], parents: Sequence[int | None]) -> list[Part | None]:
    """Return review for all sections where most headings at the root tell what was reached, else nothing."""
    roots = [heading for heading, parent in zip(headings, parents, strict=True) if parent is None]
    reached = sum(_words("reached").occur_in(heading) for heading in roots)
    return ["review" if reached * 2 > len(roots) else None] * len(headings)
