"""Identity: a report's title, region, date and year under review."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from dalian_report.document import coding
from dalian_report.document.coding import han_runs, is_han, numeral_marks
from dalian_report.document.frame import Frame
from dalian_report.document.furniture import header_value, markdown_title
from dalian_report.document.labels import parse_numeral
from dalian_report.document.layout import Line, words_of
from dalian_report.document.regions import NATION, Region, complete_region, find_region, unlisted_region
from dalian_report.document.years import read_year
from dalian_report.folding import fold
from dalian_report.model import Source, Span
from dalian_report.traditional import simplify

_BARE_TITLE: Final = "政府工作报告"
_TITLE_SIGNS: Final = frozenset("省市县区州盟旗年")
# Few reports need every one of these: `re` compiles and keeps those that are used. All with years in them are
# over coded text (see coding.py).
_DIGIT: Final = rf"[0-9{coding.DIGIT}{coding.ZERO}]"
_PART: Final = rf"([0-9{coding.COUNT}]{{1,3}})"
_DAY: Final = rf"({_DIGIT}{{4}})[{coding.YEAR}-]{_PART}[{coding.MONTH}-]{_PART}日?"
_YEAR: Final = rf"(?<![0-9])((?:19|20)[0-9]{{2}}|[\x11\x12]{_DIGIT}{{3}})"
_TITLE_YEAR: Final = rf"{_YEAR}(?![0-9])"
_CLAUSE: Final = rf"{coding.YEAR}(?:(?!。)[^;,])"
_REVIEWED: Final = rf"{_YEAR}{_CLAUSE}{{0,12}}(?:回顾|工作情况|完成情况|执行情况)"
_PLAN: Final = r"安排|任务|重点工作|工作重点|总体要求|政府工作的建议|预期目标|总体部署"
_PLANNED: Final = rf"{_YEAR}{_CLAUSE}{{0,14}}(?:{_PLAN})"
_PROGRAMME: Final = rf"{_YEAR}{_CLAUSE}{{0,6}}(?:计划|预算|{_PLAN})"
_PAST: Final = rf"(?:过去的|刚刚过去的|走过的|回顾|回首|即将过去的){_YEAR}{coding.YEAR}"
_OPENING_YEAR: Final = rf"{_YEAR}{coding.YEAR},?{coding.IS}"
_SPEAKS_FOR: Final = r"我代表(?:中共)?(.{1,12}?)(?:人民)?政府"
_NATIONAL: Final = r"国务院|全国人民代表大会|中华人民共和国第"
_NATIONAL_SPEAKER: Final = r"我(?:现在)?代表国务院"
_STEM_REST: Final = r"人?民?政府工作报告.*|工作报告.*|^年|年$"
_LEVELS: Final = {"省": 1, "自治区": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3}
_EARLY_CHARS: Final = 800
_MIN_PROGRAMMES: Final = 2  # one may look far ahead, in a report of any month
_MAX_FRONT_CHARS: Final = 120
_MAX_HEADER_CHARS: Final = 200  # what is longer names nothing


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
    page: tuple[str, ...]  # what the page says among those lines
    issuer: str
    issued: str
    stem: str
    early: str
    headings: tuple[str, ...]
    speech: str
    stated_region: str


def gather(
    folded: str, lines: Sequence[Line], frame: Frame, *, source: Source, headings: Sequence[str]
) -> Evidence:
    """Return the evidence of a report's identity: what the text says, then what is stated beside it."""
    stated = source.stated

    def header(*keys: str) -> str:
        spans = (header_value(folded, lines, key) for key in keys)
        return next((folded[span.start : span.end][:_MAX_HEADER_CHARS] for span in spans if span), "")

    front: list[str] = []
    page: list[str] = []
    for i, line in enumerate(lines[frame.front : frame.opening + 1][:12], start=frame.front):
        if line.end - line.start <= _MAX_FRONT_CHARS:
            (page if i in frame.between else front).append(folded[line.start : line.end])
    start = lines[frame.opening].start
    return Evidence(
        title=header("标题") or fold(stated.title),
        front=tuple(front),
        page=tuple(page),
        issuer=header("发文单位") or stated.region,
        issued=header("发文时间", "发布时间", "发布日期", "时间") or stated.date,
        stem=_stem(source),
        early=folded[start : start + _EARLY_CHARS],
        headings=tuple(headings),
        speech=folded[start : lines[frame.stop - 1].end],
        stated_region=stated.region,
    )


def _stem(source: Source) -> str:
    """Return what names a report where its text does not: its row in a table, or its file."""
    stated, path = source.stated, source.path
    if stated.title or stated.region or stated.year:
        year = f"{stated.year}年" if stated.year else ""
        return f"{stated.region}{year} {stated.title}".strip()
    return "" if path == "-" else Path(path.rpartition("#")[2]).stem


def title_span(folded: str, lines: Sequence[Line], frame: Frame) -> Span | None:
    """Return where the title is printed: in a header line, else the line at the head that says 报告."""
    span = header_value(folded, lines, "标题")
    if span:
        return span
    head = [line for line in lines[frame.front : frame.opening] if line.end - line.start <= 70]
    for wanted in (r"工 ?作 ?报 ?告", r"报 ?告"):
        for line in head:
            if re.search(wanted, folded[line.start : line.end]):
                return words_of(folded, line.start, line.end)
    marked = markdown_title(folded, lines)
    if marked is not None and marked < frame.opening:
        return words_of(folded, lines[marked].start, lines[marked].end)
    for line in lines[: frame.front]:
        if line.end - line.start <= 40 and _is_full_title(folded[line.start : line.end]):
            return Span(line.start, line.end)
    return None


def _is_full_title(text: str) -> bool:
    """Tell whether a line ends with 工作报告 (and a note) and says shortly before whose or of which year."""
    text = text.partition("(")[0] or text
    return text.endswith("工作报告") and not _TITLE_SIGNS.isdisjoint(text[-13:-4])


def identify(
    evidence: Evidence, *, printed_title: str | None, region: str | None, year: int | None
) -> Identity:
    """Return title, region, date and year; a configured `region` or `year` goes before the text."""
    title = printed_title or evidence.title or evidence.stem or _BARE_TITLE
    folded_title = simplify(fold(title[:_MAX_HEADER_CHARS]))
    date = _find_date(evidence, folded_title)
    found = _named_region(region) if region else _find_region(evidence, folded_title)
    if year is not None:
        return Identity(title, found, date, year, "config")
    reviewed = _body_year(evidence, date)
    if reviewed is not None:
        return Identity(title, found, date, reviewed, "body")
    printed = _title_year(evidence, folded_title, date)
    if printed is not None and not date and _plans_beyond(evidence.speech, printed + 1):
        return Identity(title, found, date, printed + 1, "body")
    return Identity(title, found, date, printed, None if printed is None else "title")


def _named_region(name: str) -> Region:
    """Return a configured region, with its code where the table has the name."""
    if name in (NATION, "中国", "中华人民共和国"):
        return Region(name, "100000")
    known = find_region(name)
    return Region(name, known.adcode if known else None)


def _find_region(evidence: Evidence, title: str) -> Region | None:
    """Return the region that title, issuer, head, speaker or file name gives, in this order.

    One that is stated beside the text stays as it is where no place of that name is known.
    """
    listed = find_region(title)
    named = _unlisted(title, listed) or listed
    if named:
        return named
    for text in (evidence.issuer, *evidence.front, *evidence.page):
        found = find_region(text)
        if found is None and text == evidence.stated_region:
            found = unlisted_region(text)
        if found:
            return found
    if re.search(_NATIONAL, " ".join((*evidence.front, *evidence.page))):
        return Region(NATION, "100000")
    if re.search(_NATIONAL_SPEAKER, evidence.early):
        return Region(NATION, "100000")
    said = _government(evidence.early)
    found = find_region(said) if len(said) > 1 else None
    if found:
        return found
    level = _LEVELS.get(said[-1:]) if said else None
    for text in (title, evidence.stem):
        for part in han_runs(text):
            name = re.sub(_STEM_REST, "", part)
            completed = find_region(name) or complete_region(name, level=level)
            if completed:
                return completed
    if re.search(_NATIONAL, evidence.early):
        return Region(NATION, "100000")
    return _named_region(evidence.stated_region) if evidence.stated_region else None


def _unlisted(title: str, listed: Region | None) -> Region | None:
    """Return the region that a title names before (人民)政府, None where that is the one `listed` or none."""
    name = _before_government(title)
    if "年" in (name or title):
        name = _before_government(_without_years(title))
    return None if listed and name.endswith(listed.name) else unlisted_region(name)


def _before_government(title: str) -> str:
    """Return the Chinese characters before (人民)政府 in a title."""
    run = next((run for run in han_runs(title) if "政府" in run), "")
    return run.partition("政府")[0].removesuffix("人民").lstrip("年度")


def _without_years(title: str) -> str:
    """Return a title without its years, which may stand before the place or behind it."""
    kept, end = [], 0
    for match in re.finditer(rf" *{_TITLE_YEAR} *(?:{coding.YEAR}度? *)?", numeral_marks(title)):
        kept.append(title[end : match.start()])
        end = match.end()
    return "".join([*kept, title[end:]])


def _government(early: str) -> str:
    """Return what stands before 政府 where someone says `我代表…政府`, nothing where nobody does."""
    speaks_for, at = re.compile(_SPEAKS_FOR), 0
    while match := speaks_for.search(early, at):
        if is_han(match[1]):
            return match[1]
        at = match.start() + 1
    return ""


def _find_date(evidence: Evidence, title: str) -> str | None:
    """Return the printed date of delivery, else of publication, in ISO 8601."""
    for text in (title, *evidence.front, *evidence.page, evidence.issued):
        for match in re.finditer(_DAY, numeral_marks(text)):
            printed = [text[slice(*match.span(part))] for part in (1, 2, 3)]
            year, month, day = read_year(printed[0]), parse_numeral(printed[1]), parse_numeral(printed[2])
            if 1949 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= _month_days(year, month):
                return f"{year:04}-{month:02}-{day:02}"
    return None


def _month_days(year: int, month: int) -> int:
    """Return how many days a month has (without `calendar`, which costs a millisecond to import)."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _body_year(evidence: Evidence, date: str | None) -> int | None:
    """Return the year that headings or the first sentences say is reviewed, if it fits the date."""
    found: list[int] = []
    for heading in evidence.headings:
        if "年" not in heading:
            continue
        if (reviewed := _year_in(heading, _REVIEWED)) is not None:
            found.append(reviewed)
        elif (planned := _year_in(heading, _PLANNED)) is not None:
            found.append(planned - 1)
    early = (_year_in(evidence.early, pattern) for pattern in (_PAST, _OPENING_YEAR))
    found.extend(year for year in early if year is not None)
    delivered = int(date[:4]) if date else None
    return next((year for year in found if delivered is None or delivered - year in (0, 1)), None)


def _title_year(evidence: Evidence, title: str, date: str | None) -> int | None:
    """Return the year before delivery, or that of delivery where it was in the last two months of a year."""
    if date:
        return int(date[:4]) - (int(date[5:7]) < 11)
    for text in (title, evidence.stem):
        year = _year_in(text, _TITLE_YEAR)
        if year is not None:
            return year - 1
    return None


def _plans_beyond(speech: str, named: int) -> bool:
    """Tell whether a report plans for the year after that of its title, as one of December does."""
    found = re.finditer(_PROGRAMME, numeral_marks(speech))
    years = [read_year(speech[slice(*match.span(1))]) for match in found]
    return years.count(named + 1) >= _MIN_PROGRAMMES and named not in years


def _year_in(text: str, pattern: str) -> int | None:
    """Return the year in the first group of a pattern over coded text, None where it does not match."""
    match = re.search(pattern, numeral_marks(text))
    return read_year(text[slice(*match.span(1))]) if match else None
