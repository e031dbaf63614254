"""What the doctor can find: codes with their severity and what to do, and a file's diagnosis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from dalian_report.model import Report
from dalian_report.sources import where

Severity = Literal["error", "warning", "info"]
Verdict = Literal["good", "doubtful", "bad"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_MAX_EVIDENCE = 60


class Code(NamedTuple):
    """A kind of finding: how grave it is, what it means and what to do about it."""

    severity: Severity
    meaning: str
    remedy: str


_OFFICIAL = "Take the full text from the government's own site."
_NORMALIZE = "Read it with --normalize."
CODES: dict[str, Code] = {
    "unreadable": Code(
        "error",
        "the file cannot be read: empty, damaged, scanned, of a format that is refused, not in Chinese",
        "Do what the message says, or give another file.",
    ),
    "wrong-region": Code(
        "error",
        "file name, table, header or configuration name another region than the text does",
        "Look for the right file, or name the region in config.yaml.",
    ),
    "summary": Code("error", "its head calls it a summary, an extract or an explanation", _OFFICIAL),
    "news": Code("error", "it reads as news of a report: reporters speak, nobody is addressed", _OFFICIAL),
    "too-short": Code("error", "under 1,500 characters", _OFFICIAL),
    "truncated": Code(
        "error",
        "it ends in a sentence, stops without closing words, or fills a spreadsheet cell exactly",
        "Fetch it again.",
    ),
    "second-report": Code(
        "error",
        "another report follows in the same file: a second speaker begins to report",
        "Give each report a file of its own.",
    ),
    "mojibake": Code(
        "error",
        "Chinese in UTF-8 or GBK that was read in another encoding and saved so",
        "Name its encoding with --encoding, or fetch it again.",
    ),
    "short": Code("warning", "under 5,000 characters", _OFFICIAL),
    "compiled": Code("warning", "it says that it was compiled from other sources", _OFFICIAL),
    "other-kind": Code(
        "warning",
        "its title is that of another kind of report: of a court, a standing committee, the plan, the budget",
        "Give the report of the government (政府工作报告), if that is what you are after.",
    ),
    "no-closing": Code(
        "warning",
        "it has no closing words, and does not begin as a speech either",
        "Check whether the end of the report is missing.",
    ),
    "missing-sections": Code(
        "warning", "numbers of sections are passed over", "Check whether the file is a part of the report."
    ),
    "no-plan": Code(
        "warning",
        "no part of it plans ahead",
        "Check whether the part with the plans is missing: there are no targets.",
    ),
    "year-conflict": Code(
        "warning",
        "it speaks of what came after its date, or the year of configuration, table or header does not fit",
        "Check which year it reviews, and name that in config.yaml.",
    ),
    "year-in-name": Code(
        "warning",
        "the file name has another year than the text reviews",
        "Check which year it is; name it in config.yaml.",
    ),
    "near-duplicate": Code(
        "warning", "it shares half of its text or more with a report given before", "Keep one of the two."
    ),
    "body-twice": Code(
        "warning", "the file holds its body again", "Nothing: it is read once. --all-copies reads every copy."
    ),
    "other-reports": Code(
        "warning",
        "titles of other reports follow its end; information where they were cut",
        "Nothing where it was cut; else cut the list out of the file.",
    ),
    "wrapped-lines": Code("warning", "paragraphs cut to lines of one width", _NORMALIZE),
    "split-numbers": Code("warning", "`5 . 5%`, `1 200户`: numbers with spaces in them", _NORMALIZE),
    "letters-for-digits": Code(
        "warning", "`ll%`, `8.l%`, `3%o`, `2O24年`: letters in place of digits", _NORMALIZE
    ),
    "doubled-signs": Code("warning", "`5.5%％`: percent signs written twice", _NORMALIZE),
    "entities": Code("warning", "`&nbsp;`: character codes of web pages", _NORMALIZE),
    "written-breaks": Code("warning", "a literal `\\r\\n`: line breaks written out", _NORMALIZE),
    "doubtful-numbers": Code(
        "warning",
        "`6 5.2%`, `2 0 . 5万人`: numbers with a space in them that may be two, 65.2% or 5.2%",
        "Compare with the original and mend them there: --normalize leaves them.",
    ),
    "unknown-characters": Code(
        "warning",
        "`�`: characters that were lost before it was saved",
        "Compare with the original: those characters are lost.",
    ),
    "format": Code(
        "warning", "the suffix promises another format", "Give the file the suffix of what it is."
    ),
    "incomplete": Code(
        "warning",
        "the reader could not read all: pages without text, a page cut off",
        "Look at the pages that are named.",
    ),
    "changed": Code(
        "warning",
        "the text under the header of `dreport add` is not what was added",
        "Add the report again, or remove sha256 from its header.",
    ),
    "no-region": Code("info", "nothing says which region it is of", "Name it in config.yaml: region."),
    "no-year": Code("info", "nothing says which year it reviews", "Name it in config.yaml: year."),
    "no-headings": Code("info", "no headings were found", "Nothing: its metrics stand outside sections."),
    "furniture": Code(
        "info",
        "what was cut before the title and after the end, with its size",
        "Nothing: it is left out of the outline.",
    ),
    "left-out": Code(
        "info",
        "what the reader left out: menus, page numbers, hidden or struck-through text",
        "Nothing: it is no text of the report.",
    ),
    "encoding": Code(
        "info",
        "which encoding the file is in, and why that was decided",
        "Nothing: name another with --encoding where it is wrong.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, or that was decided.

    `evidence` is `text[start:end]` of the report, shortened, and `where` its place in the original; all
    null where the finding is about something that is not there.
    """

    code: str
    severity: Severity
    message: str
    evidence: str | None
    start: int | None
    end: int | None
    where: str | None
    remedy: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the doctor says of one report: its verdict, what it claims to be, and the findings.

    `verdict` is `bad` with a finding that is an error, `doubtful` with a warning, else `good`. `head_cut`
    and `tail_cut` count the characters of page furniture before the title and after the end.
    """

    type: Literal["diagnosis"]
    source: str
    verdict: Verdict
    report: str | None
    region: str | None
    date: str | None
    year: int | None
    format: str | None
    encoding: str | None
    characters: int
    head_cut: int
    tail_cut: int
    findings: tuple[Finding, ...]


def make_finding(
    report: Report,
    code: str,
    message: str,
    span: tuple[int, int] | None = None,
    *,
    severity: Severity | None = None,
) -> Finding:
    """Return a finding of a code about a span of the report; `severity` overrides that of the code."""
    kind = CODES[code]
    severity = severity or kind.severity
    if span is None:
        return Finding(code, severity, message, None, None, None, None, kind.remedy)
    start, end = span
    text = " ".join(report.text[start:end].split())
    shown = text if len(text) <= _MAX_EVIDENCE else f"{text[: _MAX_EVIDENCE - 1]}…"
    return Finding(code, severity, message, shown, start, end, where(report.source, start), kind.remedy)


def verdict_of(findings: tuple[Finding, ...]) -> Verdict:
    """Return the verdict that the gravest finding gives."""
    severities = {finding.severity for finding in findings}
    return "bad" if "error" in severities else "doubtful" if "warning" in severities else "good"


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return findings, the gravest first, within a severity in the order of the codes."""
    codes = list(CODES)
    return tuple(
        sorted(
            findings, key=lambda one: (SEVERITIES.index(one.severity), codes.index(one.code), one.start or 0)
        )
    )
