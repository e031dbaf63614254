"""Whether a report is there as a whole: long enough, not cut off, no summary, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dalian_report.data import load_data
from dalian_report.doctor.findings import Finding, make_finding
from dalian_report.doctor.identity import title_as_read
from dalian_report.folding import count_visible
from dalian_report.model import Report, Section

MIN_CHARS = 1_500
CUT_CHARS = 3_000
SHORT_CHARS = 5_000
_CELL_CHARS = 32_767  # what a cell of a spreadsheet holds at most
_HEAD_CHARS = 400
_NEAR_CHARS = 300  # greetings and notes may follow the closing words
_APPENDIX_CHARS = 120
_MAX_TITLES = 2
_MIN_LISTED = 2
_BEGIN_CHARS = 600
_ENDS = "。!?;:)》”\"'…"
_PLAN_WORDS = re.compile(r"预期目标|今年的?(?:主要)?(?:任务|工作)|今后五年|明年")
_SALUTATION = re.compile(r"各 ?位 ?代表|同志们|诸位代表")
# How a report begins; 我代表市政府,向…表示感谢 stands inside one.
_REPORTING = re.compile(
    r"我(?:谨|现在)?,?代表[^。\n,]{0,20}(?:政府|国务院),?向[^。\n,]{0,30}(?:会|会议|代表)[^。\n,]{0,10}(?:报告|作)"
)
_HEAD_LINE = re.compile(
    r"^[^\n。,]{0,40}(?:工 ?作 ?报 ?告|各 ?位 ?代表[:!])[^\n。,]{0,20}$", flags=re.MULTILINE
)

_SPOKEN_OF = "贯彻|落实|学习|宣传|传达|解读|起草|审议|讨论|听取|关于|对照|按照|根据"
# The title of a report on a line of its own: of a region or a year, perhaps with a date.
_DATED = r"(?:\((?:[^)\n]{0,30}(?:日|会|稿|次)[^)\n]{0,20}|摘要|草案)\))?"
_TITLE_LINE = re.compile(
    rf"^(?![^\n]{{0,80}}(?:{_SPOKEN_OF}))[ \t]{{0,40}}[^\n。,;:!?、]{{0,30}}"
    rf"(?:[省市县区州盟旗乡镇国年]|自治区)(?:人民)?政府工作报告{_DATED}[ \t]{{0,40}}$",
    flags=re.MULTILINE,
)


def find_wholeness(report: Report) -> Iterator[Finding]:
    """Yield what says that the text is not the whole of a report, or more than one."""
    size = body_characters(report)
    head = report.simplified[: report.body.start + _HEAD_CHARS]
    yield from _abridged(report, head)
    yield from _length(report, size)
    yield from _ending(report)
    yield from _sections(report)
    yield from _copies(report)
    yield from _second_report(report)


def body_characters(report: Report) -> int:
    """Return how many characters the report has, without white space and page furniture."""
    return count_visible(report.text[report.body.start : report.body.end])


def _abridged(report: Report, head: str) -> Iterator[Finding]:
    """Yield a finding where a file says that it is a summary, or reads as news of a report."""
    words = load_data("doctor")
    for code, message in (
        ("abridged", "its head calls it a summary or an explanation"),
        ("compiled", "it says that it was compiled from other sources"),
    ):
        span = _first(head if code == "compiled" else _front(report, head), words[code])
        if span:
            yield make_finding(report, "summary" if code == "abridged" else code, message, span)
    speaks = _SALUTATION.search(report.simplified, report.body.start, report.body.end)
    if speaks or "我代表" in head:
        return
    early = report.simplified[report.body.start : report.body.start + 2 * _HEAD_CHARS]
    said = [span for word in words["news"] if (span := _first(early, [word]))]
    if len(said) >= 2:
        start, end = min(said)
        offset = report.body.start
        message = "it reads as news of a report: nobody is addressed, and reporters speak"
        yield make_finding(report, "news", message, (offset + start, offset + end))


def _front(report: Report, head: str) -> str:
    """Return the lines before the text of the report, length kept; 内容摘要 of a page is none of them."""
    first = report.sections[0].start if report.sections else len(head)
    return head[: min(first, len(head))].replace("内容摘要", "    ")


def _first(text: str, words: list[str]) -> tuple[int, int] | None:
    """Return where the first of some words stands."""
    places = [(text.find(word), len(word)) for word in words if word in text]
    return min((at, at + length) for at, length in places) if places else None


def _length(report: Report, size: int) -> Iterator[Finding]:
    if len(report.text) == _CELL_CHARS:
        message = f"exactly {_CELL_CHARS:,} characters, as many as a cell of a spreadsheet holds"
        yield make_finding(report, "truncated", message, (len(report.text) - 20, len(report.text)))
    if size < MIN_CHARS:
        yield make_finding(
            report,
            "too-short",
            f"{size:,} characters are too few for a report",
            (report.body.start, report.body.end),
        )
    elif size < SHORT_CHARS:
        yield make_finding(report, "short", f"{size:,} characters are few for a report")


def _ending(report: Report) -> Iterator[Finding]:
    """Yield a finding where the text breaks off: in a sentence, or in the plan without closing words."""
    folded, body = report.simplified, report.body
    line = folded[folded.rfind("\n", body.start, body.end) + 1 : body.end].strip(" #*")
    span = (max(body.end - 30, body.start), body.end)
    if _breaks_off(line) and not _is_listed(line, folded[body.start : body.end]):
        yield make_finding(report, "truncated", "it ends in the middle of a sentence", span)
        return
    size = body_characters(report)
    if size < MIN_CHARS or _closes(report):
        return
    begun = _SALUTATION.search(folded, body.start, body.start + _BEGIN_CHARS)
    if begun and size >= CUT_CHARS:
        yield make_finding(report, "truncated", "it stops without the closing words of a report", span)
    else:
        yield make_finding(report, "no-closing", "it has no closing words", span)


def _breaks_off(line: str) -> bool:
    """Tell whether a line has the marks of a sentence and none at its end."""
    return bool(line) and line[-1] not in _ENDS and any(mark in line for mark in "。,") and "\t" not in line


def _is_listed(line: str, text: str) -> bool:
    """Tell whether a line is one of several with its label (主办单位:教育厅,各州), none of them closed."""
    label, colon, _ = line.partition(":")
    same = re.findall(rf"^{re.escape(label)}:[^\n]*[^\s]", text, flags=re.MULTILINE) if colon else []
    return len(same) > _MIN_LISTED and not any(other.endswith(tuple(_ENDS)) for other in same)


def _closes(report: Report) -> bool:
    """Tell whether the last paragraph closes the speech, or the last one before an appendix.

    It is a call that ends with !, or it ends with the words of one (奋斗。).
    """
    folded, body = report.simplified, report.body
    words = load_data("doctor")
    ends = "|".join(map(re.escape, words["closings"]))
    closing = re.compile(rf"(?:![”\"]?|(?:{ends})[^,。;\n]{{0,8}}。)[ \t]*(?=\n|$|[#*])")
    last = [match.end() for match in closing.finditer(folded[: body.end] + "\n", body.start)]
    if not last:
        return False
    appendices = "|".join(map(re.escape, words["appendices"]))
    appendix = re.compile(rf"^[^\n。]{{0,8}}(?:{appendices})", flags=re.MULTILINE)
    return body.end - last[-1] <= _NEAR_CHARS or any(
        appendix.search(folded[end : end + _APPENDIX_CHARS]) for end in last
    )


def _sections(report: Report) -> Iterator[Finding]:
    roots = [section for section in report.sections if section.level == 1]
    if not report.sections:
        yield make_finding(report, "no-headings", "no headings were found in it")
    missing = list(_missing([section for section in roots if section.number is not None]))
    if missing:
        numbers = ", ".join(missing)
        span = (roots[0].start, roots[0].heading_end)
        yield make_finding(report, "missing-sections", f"sections are missing: {numbers}", span)
    planned = any(section.part == "plan" for section in report.sections)
    if not planned and not (_PLAN_WORDS.search(report.simplified, report.body.start, report.body.end)):
        yield make_finding(report, "no-plan", "no part of it plans ahead")


def _missing(numbered: list[Section]) -> Iterator[str]:
    """Yield the numbers that are passed over at the root: before the first, and between two."""
    if numbered and (numbered[0].number or 0) > 1:
        yield _range(1, (numbered[0].number or 0) - 1)
    for one, other in pairwise(numbered):
        low, high = one.number or 0, other.number or 0
        if high > low + 1:
            yield _range(low + 1, high - 1)


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}-{high}"


def _copies(report: Report) -> Iterator[Finding]:
    for copy in report.duplicates:
        size = copy.end - copy.start
        yield make_finding(
            report, "body-twice", f"it holds its body again ({size:,} characters)", (copy.start, copy.end)
        )


def _second_report(report: Report) -> Iterator[Finding]:
    """Yield a finding where another report follows: somebody begins to report again, or its title stands.

    The title of the report itself may stand at the head of every page.
    """
    folded, body = report.simplified, report.body
    low, high = body.start + MIN_CHARS, max(body.end - MIN_CHARS, 0)
    begun = _REPORTING.search(folded, low, high) or next(
        (title for title in _TITLE_LINE.finditer(folded, low, high) if not _is_own(report, title[0])), None
    )
    if begun is None:
        return
    head = _HEAD_LINE.search(folded, begun.start() - _HEAD_CHARS, begun.start())
    start = head.start() if head else begun.start()
    message = f"another report follows ({body.end - start:,} characters), and is read as part of this one"
    yield make_finding(report, "second-report", message, (start, begun.end()))


def _is_own(report: Report, title: str) -> bool:
    """Tell whether a title is that of the report, as far as it goes, or one at the head of every page."""
    own, other = ("".join(text.split()) for text in (title_as_read(report), title))
    return re.sub(r"\([^)]*\)", "", other) in own or report.simplified.count(title.strip()) > _MAX_TITLES
