"""Whether a report is whose and of when its file, its table or the configuration says it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from dalian_report.data import load_data
from dalian_report.doctor.findings import Finding, make_finding
from dalian_report.document import (
    are_akin,
    build_report,
    count_regions,
    regions_in_stem,
    short_region,
    words_as_read,
)
from dalian_report.folding import fold
from dalian_report.model import Report, Stated

_YEAR = re.compile(r"(?<![0-9])(?:19[5-9]|20[0-9])[0-9](?![0-9])")
_NATION = "全国"
_NAME = "its file name"
_MIN_MENTIONS = 3  # a report that says the name of a place so often is of that place
_MIN_OFTEN = 10  # and one that names a place so often may be of that one
_LEAST_SHARE = 0.25  # of the mentions of the other place, that the right one has at least
_HEAD_LINES = 6  # in which a title stands
_HEAD_LINE = re.compile(r"(?!各 ?位)[^。:;!]{1,70}")
_OWN_KIND = "政府工作报告"
_LISTED = re.compile(r"^[^\n,。;:]{0,30}政府工作报告(?:\([^\n)]*\))?$", flags=re.MULTILINE)
_TITLE = re.compile(r"[^\n]{0,40}政府工作报告[^\n。]{0,12}")


def find_identity(report: Report, *, region: str | None, year: int | None) -> Iterator[Finding]:
    """Yield what is wrong with a report's region and year; `region` and `year` are those configured."""
    alone = _text_alone(report)
    yield from _regions(report, region, alone.region)
    yield from _years(report, year, alone)
    yield from _dated_terms(report)
    yield from _other_reports(report)
    yield from _other_kind(report)


def _regions(report: Report, configured: str | None, own: str | None) -> Iterator[Finding]:
    """Yield what is wrong with the region; `own` is the one that the text alone tells."""
    stem = words_as_read(report, _stem(report.source.path))
    claims = {
        "config.yaml": [configured] if configured else [],
        "its table or header": [report.source.stated.region] if report.source.stated.region else [],
        _NAME: [region.name for region in regions_in_stem(stem)],
    }
    if own is None and report.region is None:
        yield make_finding(report, "no-region", "nothing says which region it is of")
        return
    body = report.simplified[report.body.start : report.body.end]
    mentioned: list[tuple[str, int]] | None = None  # takes long to count, and mostly nobody asks
    for origin, names in claims.items():
        if origin == _NAME and own and short_region(own) in stem:
            continue  # 山东省_清河市, where the table of regions lacks the second
        if not names or any(name in (own, _NATION) for name in names):
            continue
        if mentioned is None:
            mentioned = [one for one in count_regions(body) if one[1] >= _MIN_OFTEN]
        counts = {name: body.count(short_region(name)) for name in names}
        rivals = [one for one in mentioned if not any(are_akin(one[0], name) for name in names)]
        most = rivals[0][1] if rivals else 0
        enough = max(_MIN_MENTIONS, most * _LEAST_SHARE)
        if any(said >= enough for said in counts.values()):
            continue
        other = rivals[0][0] if rivals and own in (None, _NATION) else own
        if other:
            told = " and ".join(f"{name}, which the text names {said} times" for name, said in counts.items())
            message = f"{origin} says {told}; the text is of {other}"
            yield make_finding(report, "wrong-region", message, _region_evidence(report, other))
            return


def _text_alone(report: Report) -> Report:
    """Return what the text alone tells, without its file's name, its table or its header."""
    alone = report.source._replace(path="-", stated=Stated(), marks=())
    return build_report(alone, within=report.body)


def title_as_read(report: Report) -> str:
    """Return the title of a report in the characters that it is read in."""
    return words_as_read(report, fold(report.title))


def _stem(path: str) -> str:
    """Return what names a report in its path: the file's name and that of the entry inside it."""
    file, _, inside = path.partition("#")
    return f"{Path(file).stem} {Path(inside).stem if '.' in inside else ''}".strip()


def _region_evidence(report: Report, own: str) -> tuple[int, int] | None:
    """Return where the text says whose it is."""
    terms = ("我代表国务院", "国务院") if own == _NATION else (own, short_region(own))
    for term in terms:
        at = report.simplified.find(term, report.body.start, report.body.end)
        if at >= 0:
            return at, at + len(term)
    return None


def _years(report: Report, configured: int | None, alone: Report) -> Iterator[Finding]:
    """Yield what is wrong with the year; `alone` is what the text tells without its table and header."""
    if report.year is None:
        yield make_finding(report, "no-year", "nothing says which year it reviews")
        return
    delivered = int(report.date[:4]) if report.date else None
    if configured and delivered and delivered - configured not in (0, 1):
        message = f"config.yaml says that it reviews {configured}, it is dated {report.date}"
        yield make_finding(report, "year-conflict", message)
    stated = report.source.stated.year
    if stated and alone.year and not configured and stated not in _years_of(alone.year, alone.date):
        message = f"its table or header says {stated}, the text reviews {alone.year}"
        yield make_finding(report, "year-conflict", message)
    named = [int(year) for year in _YEAR.findall(_stem(report.source.path))]
    fitting = {report.year, report.year + 1, delivered}
    if named and fitting.isdisjoint(named):
        message = f"the file name says {named[0]}, the text reviews {report.year}"
        yield make_finding(report, "year-in-name", message)


def _years_of(reviewed: int, date: str | None) -> set[int]:
    """Return the years that a report may be called by: the one under review, the next, those of delivery."""
    delivered = int(date[:4]) if date else reviewed + 1
    return {reviewed, reviewed + 1, delivered, delivered - 1}


def _dated_terms(report: Report) -> Iterator[Finding]:
    """Yield a finding where a report uses a term that was coined after its date."""
    if report.year is None:
        return
    delivered = int(report.date[:4]) if report.date else report.year + 1
    if report.year_source == "config":
        delivered = max(delivered, report.year + 1)  # the user knows better than the date that is printed
    folded, body = report.simplified, report.body
    found = [
        (int(year), at, term)
        for year, terms in load_data("doctor")["dated"].items()
        for term in terms
        if int(year) > delivered and (at := folded.find(term, body.start, body.end)) >= 0
    ]
    if not found:
        return
    terms = "、".join(f"{term} ({year})" for year, _, term in found[:4])
    _, at, term = found[0]
    message = f"dated {report.date or delivered}, but it speaks of what came later: {terms}"
    yield make_finding(report, "year-conflict", message, (at, at + len(term)))


def _other_reports(report: Report) -> Iterator[Finding]:
    """Yield a finding where titles of other reports follow the end, as in lists of links."""
    spans = [match.span() for match in _TITLE.finditer(report.simplified, report.body.end)]
    spans = [
        span
        for span in spans
        if not any(copy.start <= span[0] < copy.end for copy in report.duplicates)
        and report.simplified[slice(*span)].strip() not in (title_as_read(report), "政府工作报告")
    ]
    if spans:
        message = f"{len(spans)} titles of other reports after the end, which was cut"
        yield make_finding(report, "other-reports", message, spans[0], severity="info")
    tail = report.body.end - min((report.body.end - report.body.start) // 10, 2_000)
    inside = [match.span() for match in _LISTED.finditer(report.simplified[tail : report.body.end])]
    if len(inside) > 1:
        start, end = inside[0]
        message = f"{len(inside)} titles of other reports inside its end"
        yield make_finding(report, "other-reports", message, (tail + start, tail + end))


def _other_kind(report: Report) -> Iterator[Finding]:
    """Yield a finding where the title, which may be of several lines, is that of another kind of report."""
    body, head = report.body, [title_as_read(report), "\n"]
    end = report.sections[0].start if report.sections else body.end
    for line in report.simplified[body.start : end].split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        if line.strip() and not _HEAD_LINE.fullmatch(line.strip()):
            break
        head.append(line)
    title = "".join("".join(head).split(" "))
    what = next((kind for kind in load_data("doctor")["other_kinds"] if kind in title), None)
    if what and _OWN_KIND not in title:
        at = report.simplified.find(what, body.start, body.end)
        message = f"its title says {what}: it is no report of a government"
        yield make_finding(report, "other-kind", message, (at, at + len(what)) if at >= 0 else None)
