"""Identity: a report's title, region, date and year under review."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from dalian_report.document.furniture import Frame, header_value
from dalian_report.document.labels import parse_numeral
from dalian_report.document.layout import Line, skip_mark
from dalian_report.document.regions import NATION, Region, complete_region, find_region
from dalian_report.folding import fold

_BARE_TITLE = "政府工作报告"
_FULL_TITLE = re.compile(r"[省市县区州盟旗年].{0,8}工作报告$")
_DIGIT = r"[\d一二三四五六七八九〇零]"
_DIGITS = "〇一二三四五六七八九"
_PART = r"([\d一二三四五六七八九十]{1,3})"
_DAY = re.compile(rf"({_DIGIT}{{4}})[年-]{_PART}[月-]{_PART}日?")
_YEAR = rf"(?<!\d)((?:19|20)\d\d|[一二]{_DIGIT}{{3}})"
_TITLE_YEAR = re.compile(rf"{_YEAR}(?=年|[_ ]|\D|$)")
_REVIEWED = re.compile(rf"{_YEAR}年[^。;,]{{0,12}}(?:回顾|工作情况|完成情况|执行情况)")
_PLAN = r"安排|任务|重点工作|工作重点|总体要求|政府工作的建议|预期目标|总体部署"
_PLANNED = re.compile(rf"{_YEAR}年[^。;,]{{0,14}}(?:{_PLAN})")
_PAST = re.compile(rf"(?:过去的|刚刚过去的|走过的|回顾|回首|即将过去的){_YEAR}年")
_OPENING_YEAR = re.compile(rf"{_YEAR}年,?是")
_SPEAKS_FOR = re.compile(r"我代表(?:中共)?([\u4e00-\u9fff]{1,12}?)(?:人民)?政府")
_NATIONAL = re.compile(r"国务院|全国人民代表大会|中华人民共和国第")
_NATIONAL_SPEAKER = re.compile(r"我(?:现在)?代表国务院")
_STEM_PART = re.compile(r"[\u4e00-\u9fff]+")
_STEM_REST = re.compile(r"人?民?政府工作报告.*|工作报告.*|^年|年$")
_LEVELS = {"省": 1, "自治区": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3}
_EARLY_CHARS = 800


class Identity(NamedTuple):
    """What a report says it is; `year_source` tells where the year came from."""

    title: str
    region: Region | None
    date: str | None
    year: int | None
    year_source: str | None


class Evidence(NamedTuple):
    """The places where a report says what it is, folded: the most telling first."""

    title: str
    front: tuple[str, ...]
    issuer: str
    issued: str
    stem: str
    early: str
    headings: tuple[str, ...]


def gather(
    folded: str, lines: Sequence[Line], frame: Frame, *, path: str, headings: Sequence[str]
) -> Evidence:
    """Return the evidence of a report's identity."""

    def header(*keys: str) -> str:
        spans = (header_value(folded, lines, key) for key in keys)
        return next((folded[span.start : span.end] for span in spans if span), "")

    front = tuple(folded[line.start : line.end] for line in lines[frame.front : frame.opening + 1])[:12]
    front = tuple(text for text in front if len(text) <= 120)
    stem = Path(path).stem if path != "-" else ""
    start = lines[frame.opening].start
    return Evidence(
        title=header("标题"),
        front=front,
        issuer=header("发文单位"),
        issued=header("发文时间", "发布时间", "发布日期", "时间"),
        stem=stem,
        early=folded[start : start + _EARLY_CHARS],
        headings=tuple(headings),
    )


def title_span(folded: str, lines: Sequence[Line], frame: Frame) -> tuple[int, int] | None:
    """Return where the title is printed: in a header line, else the line at the head that says 报告."""
    span = header_value(folded, lines, "标题")
    if span:
        return span.start, span.end
    head = [line for line in lines[frame.front : frame.opening] if line.end - line.start <= 70]
    for wanted in (r"工 ?作 ?报 ?告", r"报 ?告"):
        for line in head:
            if re.search(wanted, folded[line.start : line.end]):
                return skip_mark(folded, line.start), line.end
    for line in lines[: frame.front]:
        if line.end - line.start <= 40 and _FULL_TITLE.search(folded, line.start, line.end):
            return line.start, line.end
    return None


def identify(
    evidence: Evidence, *, printed_title: str | None, region: str | None, year: int | None
) -> Identity:
    """Return title, region, date and year; a configured `region` or `year` goes before the text."""
    title = printed_title or evidence.stem or _BARE_TITLE
    folded_title = fold(title)
    date = _find_date(evidence, folded_title)
    found = _named_region(region) if region else _find_region(evidence, folded_title)
    if year is not None:
        return Identity(title, found, date, year, "config")
    reviewed = _body_year(evidence, date)
    if reviewed is not None:
        return Identity(title, found, date, reviewed, "body")
    printed = _title_year(evidence, folded_title, date)
    return Identity(title, found, date, printed, None if printed is None else "title")


def _named_region(name: str) -> Region:
    """Return a configured region, with its code where the table has the name."""
    if name in (NATION, "中国", "中华人民共和国"):
        return Region(name, "100000")
    known = find_region(name)
    return Region(name, known.adcode if known else None)


def _find_region(evidence: Evidence, title: str) -> Region | None:
    """Return the region that title, issuer, head, speaker or file name gives, in this order."""
    for text in (title, evidence.issuer, *evidence.front):
        found = find_region(text)
        if found:
            return found
    if _NATIONAL.search(" ".join(evidence.front)):
        return Region(NATION, "100000")
    if _NATIONAL_SPEAKER.search(evidence.early):
        return Region(NATION, "100000")
    speaker = _SPEAKS_FOR.search(evidence.early)
    said = speaker[1] if speaker else ""
    found = find_region(said) if len(said) > 1 else None
    if found:
        return found
    level = _LEVELS.get(said[-1:]) if said else None
    for text in (title, evidence.stem):
        for part in _STEM_PART.findall(text):
            name = _STEM_REST.sub("", part)
            completed = find_region(name) or complete_region(name, level=level)
            if completed:
                return completed
    return Region(NATION, "100000") if _NATIONAL.search(evidence.early) else None


def _find_date(evidence: Evidence, title: str) -> str | None:
    """Return the printed date of delivery, else of publication, in ISO 8601."""
    for text in (title, *evidence.front, evidence.issued):
        for match in _DAY.finditer(text):
            year, month, day = (_digits(match[1]), parse_numeral(match[2]), parse_numeral(match[3]))
            if 1 <= month <= 12 and 1 <= day <= 31 and 1949 <= year <= 2100:
                return f"{year:04}-{month:02}-{day:02}"
    return None


def _digits(text: str) -> int:
    """Return a year written digit by digit, as 2023, 二〇二三 or 二零二三."""
    return int(
        "".join(
            str("〇一二三四五六七八九".find(char)) if char > "9" else char
            for char in text.replace("零", "〇")
        )
    )


def _body_year(evidence: Evidence, date: str | None) -> int | None:
    """Return the year that headings or the first sentences say is reviewed, if it fits the date."""
    found: list[int] = []
    for heading in evidence.headings:
        if match := _REVIEWED.search(heading):
            found.append(_digits(match[1]))
        elif match := _PLANNED.search(heading):
            found.append(_digits(match[1]) - 1)
    early = (pattern.search(evidence.early) for pattern in (_PAST, _OPENING_YEAR))
    found.extend(_digits(match[1]) for match in early if match)
    delivered = int(date[:4]) if date else None
    return next((year for year in found if delivered is None or delivered - year in (0, 1)), None)


def _title_year(evidence: Evidence, title: str, date: str | None) -> int | None:
    """Return the year before delivery, or that of delivery where it was in the last two months of a year."""
    if date:
        return int(date[:4]) - (int(date[5:7]) < 11)
    for text in (title, evidence.stem):
        if match := _TITLE_YEAR.search(text):
            return _digits(match[1]) - 1
    return None
