"""Selection: the sections that `--section` names, and the section, part and topic at a position."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from dalian_report.document.coding import COMMA, NUMERAL, numeral_marks
from dalian_report.document.labels import parse_numeral
from dalian_report.document.parts import is_glossary
from dalian_report.errors import UsageError
from dalian_report.folding import fold
from dalian_report.model import Part, Report, Section, Topic
from dalian_report.traditional import simplify_words

# Over coded text (see coding.py); the number behind the ( or 第 that it may begin with.
_ONE: Final = rf"(?:[0-9]{{1,3}}|[{NUMERAL}]{{1,5}})"
_NUMBER: Final = rf"({_ONE})(?:[){COMMA}.]|章|节|编|部分)?"
_PATH: Final = rf"h?{_ONE}(?:[.]h?{_ONE})*"
_RANGE: Final = rf"({_PATH})-({_PATH})"
_MAX_LISTED: Final = 30
_LATE: Final = 0.8  # of a report: what turns so late has planned before

Step = tuple[bool, int]  # of a path: whether it counts headings without a number (h2), and its number
Path = tuple[Step, ...]


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


def part_at(report: Report, section: int | None, position: int) -> Part | None:
    """Return whether what stands at a position reviews or plans, by its section or where the text turns."""
    part = None if section is None else report.sections[section].part
    if part == "plan" or report.plan_start is None:
        return part
    if position < report.plan_start:
        early = report.plan_start - report.body.start < _LATE * (report.body.end - report.body.start)
        return part or ("review" if early else None)
    return None if _is_note(report, section) else "plan"


def heading_as_read(report: Report, section: Section) -> str:
    """Return a heading in the characters that the report is read in."""
    return report.simplified[section.heading_start : section.heading_end]


def words_as_read(report: Report, words: str) -> str:
    """Return words of a report, or asked of it, in the characters that it is read in: 群众 for 羣衆."""
    return simplify_words(words) if report.converted else words


def _is_note(report: Report, section: int | None) -> bool:
    """Return whether a section, or one that holds it, is a glossary."""
    while section is not None:
        if is_glossary(heading_as_read(report, report.sections[section])):
            return True
        section = report.sections[section].parent
    return False


def topic_at(report: Report, position: int) -> Topic | None:
    """Return the topic whose passage holds a position, if any."""
    index = bisect_right(report.topics, position, key=lambda topic: topic.start) - 1
    if index < 0:
        return None
    topic = report.topics[index]
    return topic if position < topic.scope_end else None


def select_sections(report: Report, wanted: Sequence[str]) -> Selection:
    """Return the sections that the words of `--section` name, each with what lies inside it left to its span.

    A word is a label's number (5, 五, (五)), a path (2.5, 二.五, h1), a range of numbers or paths (4-6,
    2.4-2.5) or part of a heading. A number takes every section so numbered at the shallowest level that has
    one; the note tells where there are several. A range takes what each of its numbers takes, a section and
    one inside it alike. The note tells what of all that is not there; where nothing is, this raises
    UsageError, which lists the sections there are.
    """
    chosen: set[int] = set()
    notes: list[str] = []
    for word in wanted:
        found, note = _find(report.sections, words_as_read(report, fold(word)).strip(), report)
        chosen.update(found)
        notes.extend([note] if note and note not in notes else [])
    if wanted and not chosen:
        raise _unknown(report, wanted)
    return Selection(tuple(sorted(chosen)), "; ".join(notes) or None)


def _find(sections: Sequence[Section], word: str, report: Report) -> tuple[list[int], str | None]:
    """Return the sections that one word names, and a note on what is not unique or not there."""
    marked = numeral_marks(word)
    if match := re.fullmatch(_RANGE, marked):
        first, last = sorted(_path(word[slice(*match.span(end))]) for end in (1, 2))
        if len(first) == len(last) == 1 and not last[0][0]:
            return _in_range(sections, first[0][1], last[0][1])
        return _between(sections, first, last)
    bare = word[1:] if word.startswith(("(", "第")) else word
    if match := re.fullmatch(_NUMBER, numeral_marks(bare)):
        number = parse_numeral(bare[: match.end(1)])
        found = _shallowest(sections, number, number).get(number, [])
        note = _several(sections, found, number) if len(found) > 1 else None
        return found, note if found else _absent(str(number))
    if re.fullmatch(_PATH, marked):
        path = _write(_path(word))
        found = [i for i, section in enumerate(sections) if section.path == path]
        return found, None if found else _absent(path)
    found = [
        i
        for i, section in enumerate(sections)
        if word and word in words_as_read(report, fold(section.heading))
    ]
    return found, None if found else f"no section's heading has {word!r}"


def _path(text: str) -> Path:
    """Return the steps of a path: 2.h1 and 二.h一 are the same."""
    return tuple((step[0] == "h", parse_numeral(step.removeprefix("h"))) for step in text.split("."))


def _write(path: Path) -> str:
    """Return a path as `Section.path` has it."""
    return ".".join(f"{'h' * plain}{number}" for plain, number in path)


def _in_range(sections: Sequence[Section], first: int, last: int) -> tuple[list[int], str | None]:
    """Return the sections that the numbers of a range name, and a note on those with several or none."""
    numbered = _shallowest(sections, first, last)
    notes = [
        _several(sections, found, number) for number, found in sorted(numbered.items()) if len(found) > 1
    ]
    missing = _runs(((False, number),) for number in range(first, last + 1) if number not in numbered)
    notes.extend([_absent(", ".join(missing))] if missing else [])
    return sorted(i for found in numbered.values() for i in found), "; ".join(notes) or None


def _between(sections: Sequence[Section], first: Path, last: Path) -> tuple[list[int], str | None]:
    """Return the outermost sections from one path to another, and a note on those that are not there.

    From 1.2 to 2.2 that is 1.2, 1.3, …, 2.1, 2.2: not 2, which reaches further. Between one with a number
    and one without (2-h3) there is none.
    """
    parted = next((pair for pair in zip(first, last, strict=False) if pair[0] != pair[1]), None)
    if parted and parted[0][0] != parted[1][0]:
        return [], None
    paths = [_path(section.path) for section in sections]
    found: list[int] = []
    for i, path in enumerate(paths):
        outer = paths[found[-1]] if found else path
        nested = path != outer and path[: len(outer)] == outer
        reaches_further = path not in (first, last) and path == last[: len(path)]
        if first <= path <= last and not nested and not reaches_further:
            found.append(i)
    ends = [first, last]
    if first[:-1] == last[:-1]:
        ends = [(*first[:-1], (first[-1][0], number)) for number in range(first[-1][1], last[-1][1] + 1)]
    missing = _runs(sorted(set(ends) - set(paths)))
    return found, _absent(", ".join(missing)) if missing else None


def _runs(paths: Iterable[Path]) -> list[str]:
    """Return paths as ranges of neighbours: 1, 2, 3, 2.1 as 1-3, 2.1."""
    runs: list[tuple[Path, Path]] = []
    for path in paths:
        before = runs[-1][1] if runs else ()
        if before and (*before[:-1], (before[-1][0], before[-1][1] + 1)) == path:
            runs[-1] = runs[-1][0], path
        else:
            runs.append((path, path))
    return [_write(low) if low == high else f"{_write(low)}-{_write(high)}" for low, high in runs]


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


def _several(sections: Sequence[Section], found: Sequence[int], number: int) -> str:
    return f"{len(found)} sections are numbered {number}: {', '.join(sections[i].path for i in found)}"


def _absent(numbers: str) -> str:
    return f"no section is numbered {numbers}"


def _unknown(report: Report, words: Sequence[str]) -> UsageError:
    """Return the error that lists the sections there are: paths, with the headings where none is numbered."""
    sections, where = report.sections, report.source.path
    if not sections:
        return UsageError(
            "the report has no sections",
            where=where,
            why="no heading was found in it",
            remedy="Leave out --section to take the whole report.",
        )
    if any(section.number is not None for section in sections):
        there = {_path(section.path) for section in sections}
        listed = _runs(sorted(there, key=lambda path: (len(path), path)))
    else:
        listed = [f"{section.path} {section.heading}" for section in sections]
    more = ", …" if len(listed) > _MAX_LISTED else ""
    return UsageError(
        f"no section {', '.join(map(repr, words))}",
        where=where,
        remedy=f"It has {', '.join(listed[:_MAX_LISTED])}{more}.",
    )
