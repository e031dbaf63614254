"""Selection: the sections that `--section` names, and the section and topic at a position."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dalian_report.document.coding import COMMA, NUMERAL, numeral_marks
from dalian_report.document.labels import parse_numeral
from dalian_report.errors import UsageError
from dalian_report.folding import fold
from dalian_report.model import Report, Section, Topic

# Over coded text (see coding.py); the first behind the ( or 第 that it may begin with.
_ONE = rf"([0-9]{{1,3}}|[{NUMERAL}]{{1,5}})"
_NUMBER = rf"{_ONE}(?:[){COMMA}.]|章|节|编|部分)?"
_RANGE = f"{_ONE}-{_ONE}"
_PATH = r"h?[0-9]+(?:\.h?[0-9]+)+|h[0-9]+"


class Selection(NamedTuple):
    """Indexes into `Report.sections`, in text order, and a note on numbers not unique or not there."""

    sections: tuple[int, ...]
    note: str | None


def section_at(report: Report, position: int) -> int | None:
    """Return the index of the deepest section that holds a position, None outside of all."""
    index: int | None = bisect_right(report.sections, position, key=lambda section: section.start) - 1
    while index is not None and index >= 0:
        if position < report.sections[index].end:
            return index
        index = report.sections[index].parent
    return None


def topic_at(report: Report, position: int) -> Topic | None:
    """Return the topic whose passage holds a position, if any."""
    index = bisect_right(report.topics, position, key=lambda topic: topic.start) - 1
    if index < 0:
        return None
    topic = report.topics[index]
    return topic if position < topic.scope_end else None


def select_sections(report: Report, wanted: Sequence[str]) -> Selection:
    """Return the sections that the words of `--section` name, each with what lies inside it left to its span.

    A word is a label's number (5, 五, (五)), a path (2.5), a range of numbers (4-6) or part of a heading.
    A number takes every section so numbered at the shallowest level that has one; the note tells where
    there are several. A range takes what each of its numbers takes, a section and one inside it alike; the
    note tells which of them no section has. Raises UsageError, listing the sections there are, for a word
    that finds none.
    """
    chosen: set[int] = set()
    notes: list[str] = []
    for word in wanted:
        found, note = _find(report.sections, fold(word).strip())
        if not found:
            raise _unknown(report, word)
        chosen.update(found)
        notes.extend([note] if note else [])
    return Selection(tuple(sorted(chosen)), "; ".join(notes) or None)


def _find(sections: Sequence[Section], word: str) -> tuple[list[int], str | None]:
    """Return the sections that one word names, and a note where its number is not unique."""
    if match := re.fullmatch(_RANGE, numeral_marks(word)):
        first, last = (parse_numeral(word[slice(*match.span(one))]) for one in (1, 2))
        return _in_range(sections, min(first, last), max(first, last))
    if re.fullmatch(_PATH, word):
        return [i for i, section in enumerate(sections) if section.path == word], None
    bare = word[1:] if word.startswith(("(", "第")) else word
    if match := re.fullmatch(_NUMBER, numeral_marks(bare)):
        number = parse_numeral(bare[: match.end(1)])
        found = _shallowest(sections, number, number).get(number, [])
        return found, _note(sections, found, number) if len(found) > 1 else None
    return [i for i, section in enumerate(sections) if word and word in fold(section.heading)], None


def _in_range(sections: Sequence[Section], first: int, last: int) -> tuple[list[int], str | None]:
    """Return the sections that the numbers of a range name, and a note on those with several or none."""
    numbered = _shallowest(sections, first, last)
    notes = [_note(sections, found, number) for number, found in sorted(numbered.items()) if len(found) > 1]
    missing: list[list[int]] = []
    for number in range(first, last + 1):
        if number in numbered:
            continue
        if missing and missing[-1][1] == number - 1:
            missing[-1][1] = number
        else:
            missing.append([number, number])
    if missing:
        gaps = ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in missing)
        notes.append(f"no section is numbered {gaps}")
    return sorted(i for found in numbered.values() for i in found), "; ".join(notes) or None


def _shallowest(sections: Sequence[Section], first: int, last: int) -> dict[int, list[int]]:
    """Return by number the sections numbered `first` to `last`, of each number the least deep alone."""
    found: dict[int, list[int]] = {}
    for i, section in enumerate(sections):
        number = section.number
        if number is None or not first <= number <= last:
            continue
        same = found.setdefault(number, [])
        if same and sections[same[0]].level > section.level:
            same.clear()
        if not same or sections[same[0]].level == section.level:
            same.append(i)
    return found


def _note(sections: Sequence[Section], found: Sequence[int], number: int) -> str:
    return f"{len(found)} sections are numbered {number}: {', '.join(sections[i].path for i in found)}"


def _unknown(report: Report, word: str) -> UsageError:
    """Return the error that lists the sections there are: numbers, or headings where none has one."""
    sections = report.sections
    if not sections:
        remedy = "The report has no sections."
    elif any(section.number is not None for section in sections):
        depth = min(section.level for section in sections if section.number is not None)
        paths = [s.path for s in sections if s.level <= depth + 1 and s.number is not None]
        more = ", …" if len(paths) > 40 else ""
        remedy = f"It has {', '.join(paths[:40])}{more}."
    else:
        remedy = "It has no numbered headings, but these: " + " / ".join(
            section.heading for section in sections[:40]
        )
    return UsageError(f"no section {word!r}", where=report.source.path, remedy=remedy)
