"""Page furniture: the signs of where a report begins and ends on a page."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from dalian_report.data import load_data
from dalian_report.document.coding import COUNT, DIGIT, MONTH, YEAR, is_han, numeral_marks
from dalian_report.document.layout import Line, is_closed, is_marked, skip_mark, words_of
from dalian_report.document.parts import has_part
from dalian_report.model import Span

_SALUTATION: Final = re.compile(r"各 ?位(?:代表|委员|同志)(?:(?!。)[^:!]){0,12}[:!]")
_TITLE: Final = re.compile(r"报 ?告")
_YEAR_CHARS: Final = "0123456789年度 "
_MIN_PLACE_CHARS: Final = 3
_PLACE_ENDS: Final = "省市县区州盟旗"
_WITH_YEAR: Final = r"[^0-9]{0,20}[0-9]{4} *年[^0-9]{0,20}"
_MEETING: Final = r"在.{2,40}(?:会议|大会)"
_DAY: Final = rf"[0-9{COUNT}]{{1,3}}"
_DATE_LINE: Final = rf"[(]?[0-9{DIGIT}]{{4}}{YEAR}{_DAY}{MONTH}{_DAY}日[)]?$"  # over coded text
_SPEAKER: Final = r"(?:省长|市长|州长|县长|区长|旗长|盟长|主席|总理)(?:(?!。)[^,;]){0,8}$"
# A picture's words: who gives a report, who took it. 作的政府工作报告 is a title.
_CAPTION: Final = r"作(?:政府)?工作报告(?:[。;,(]|$)|(?:记者|通讯员)[^。]{0,12}摄\)?$"
# A time that no report states.
_STAMP: Final = r"[0-9]{4}[-/年][0-9]{1,2}[-/月][0-9]{1,2}日? ?[0-9]{1,2}[:时][0-9]{2}"
_NOTE: Final = r"\([^)]{2,20}\)$"
_FRONT_CHARS: Final = 70
_MAX_GAP: Final = 2
_MAX_HEAD: Final = 4
_PROSE_CHARS: Final = 60
_MAX_PREAMBLE_CHARS: Final = 1_500
_MAX_NOTICE_CHARS: Final = 300
_SHORT_CHARS: Final = 40
_MIN_MANY: Final = 2
_MAX_INFORMATION_CHARS: Final = 120
_MAX_TAIL_SHARE: Final = 0.25
# Headings with text on their line.
_MAJOR: Final = frozenset(("chapter", "part", "numeral", "bracket", "ordinal"))


class _Words(NamedTuple):
    """Signs of an end, those that must begin a line, those before a start; keys of header lines."""

    ends: tuple[str, ...]
    ends_at_start: tuple[str, ...]
    starts: tuple[str, ...]
    header: tuple[str, ...]  # the longest first


@cache
def _words() -> _Words:
    data = load_data("furniture")
    header = sorted(data["header"], key=len, reverse=True)
    return _Words(tuple(data["ends"]), tuple(data["ends_at_start"]), tuple(data["starts"]), tuple(header))


def _header(folded: str, line: Line) -> tuple[str, int] | None:
    """Return the key of a header line such as `标题：…` and where its colon ends."""
    keys = _words().header
    if folded.startswith(keys, line.start):
        for key in keys:
            end = line.start + len(key)
            if folded.startswith(key, line.start):
                end += folded.startswith(" ", end)
                if folded.startswith(":", end, line.end):
                    return key, end + 1
    return None


def header_value(folded: str, lines: Sequence[Line], key: str) -> Span | None:
    """Return the value of a header line such as `标题：…` among the first lines of a file."""
    for line in lines[:12]:
        header = _header(folded, line)
        if header and header[0] == key and header[1] < line.end:
            return Span(header[1] + folded.startswith(" ", header[1], line.end), line.end)
    return None


def is_furniture(folded: str, line: Line) -> bool:
    """Tell whether a line is a header line or one that stands before a report on a page."""
    start = line.start + folded.startswith(("[", "【"), line.start)
    return folded.startswith(_words().starts, start) or _header(folded, line) is not None


def is_information(folded: str, line: Line) -> bool:
    """Tell whether a line of a report's head is of the page: whence and when it is, the size of letters."""
    header = _header(folded, line)
    if header or is_furniture(folded, line):
        return header is None or header[0] != "标题"
    text, words = folded[line.start : line.end], _words()
    if line.label or len(text) > _MAX_INFORMATION_CHARS:
        return False
    if _is_caption(text):
        return True
    if "。" in text or is_front_line(folded, line):
        return False
    if re.match(_STAMP, text):
        return True
    return any(sign in text for sign in words.starts) or any(f"{key}:" in text for key in words.header)


def _is_caption(text: str) -> bool:
    """Tell whether a line stands below a picture of the meeting, and says not where and when that was."""
    return (
        len(text) <= _MAX_INFORMATION_CHARS
        and re.search(_CAPTION, text) is not None
        and re.search(_MEETING, text) is None
    )


def is_prose(folded: str, line: Line) -> bool:
    """Tell whether a line is running text rather than a heading or a menu entry."""
    length = line.end - line.start
    return length >= _PROSE_CHARS or (length >= 20 and "。" in folded[line.start : line.end])


def is_salutation(folded: str, line: Line) -> bool:
    """Tell whether a line addresses the audience (各位代表:), as a speech begins."""
    return _SALUTATION.match(folded, skip_mark(folded, line.start), line.end) is not None


def find_opening(folded: str, lines: Sequence[Line]) -> tuple[int, bool]:
    """Return the line where the speech begins and whether that is a salutation (各位代表)."""
    fallback: int | None = None
    preamble = 0
    title = markdown_title(folded, lines)
    for i, line in enumerate(lines):
        if is_salutation(folded, line):
            return i, True
        if is_furniture(folded, line) or i == title:
            continue
        if fallback is not None and preamble <= _MAX_NOTICE_CHARS and _is_title(folded, line):
            fallback = None
        elif line.label or is_prose(folded, line) or _is_section_mark(folded, line):
            fallback = i if fallback is None else fallback
            preamble += line.end - line.start
            if line.label or preamble > _MAX_PREAMBLE_CHARS:
                break
    return (_after_head(folded, lines, title) if fallback is None else fallback), False


def _is_section_mark(folded: str, line: Line) -> bool:
    """Tell whether a line is a Markdown heading that belongs to no report's head."""
    return is_marked(folded, line.start) and not is_front_line(folded, line)


def _after_head(folded: str, lines: Sequence[Line], title: int | None) -> int:
    """Return the line after the head of a report that is all short lines: the title and what follows it."""
    if title is None:
        title = next((i for i, line in enumerate(lines[:_MAX_HEAD]) if _is_title(folded, line)), None)
    opening = 0 if title is None else title + 1
    while 0 < opening < len(lines) and is_front_line(folded, lines[opening]):
        opening += 1
    return opening if opening < len(lines) else 0


def markdown_title(folded: str, lines: Sequence[Line]) -> int | None:
    """Return the line of the one `# ` heading that stands before all text and numbered headings.

    It must name a report, or have numbered headings below it and no word of a section (回顾).
    """
    if "# " not in folded:
        return None
    marks = [i for i, line in enumerate(lines) if folded.startswith("# ", line.start)]
    if not marks or lines[marks[0]].label:
        return None
    first = lines[marks[0]]
    if any(line.label or is_prose(folded, line) or is_salutation(folded, line) for line in lines[: marks[0]]):
        return None
    if _is_title(folded, first):
        return marks[0]
    numbered = any(line.label for line in lines)
    is_part = has_part(folded[slice(*words_of(folded, first.start, first.end))])
    return marks[0] if len(marks) == 1 and numbered and not is_part else None


def first_after_furniture(folded: str, lines: Sequence[Line], opening: int) -> int:
    """Return the first line after the last sign of furniture before the opening."""
    for i in range(opening - 1, -1, -1):
        if is_furniture(folded, lines[i]):
            return i + 1
    return 0


def _is_title(folded: str, line: Line) -> bool:
    """Tell whether a line is a report's title: short, no sentence, it says 工作报告 or ends with 报告."""
    if line.label or line.end - line.start > _FRONT_CHARS:
        return False
    text = folded[line.start : line.end].replace(" ", "")
    if any(mark in text for mark in "。,;:!?"):
        return False
    return "工作报告" in text or text.partition("(")[0].endswith("报告")


def skip_notice(folded: str, lines: Sequence[Line], front: int, opening: int) -> int:
    """Return the line after what stands above the title and is none of the report.

    That is a sentence, such as a notice on where the text is from; a line with a figure, such as the weather
    on a page; and any other where the title itself says whose report it is. 2024年海州市 may begin a title.
    """
    title = next((i for i in range(front, opening) if _is_title(folded, lines[i])), front)
    if title == front:
        return front
    named = _names_place(folded[lines[title].start : lines[title].end])
    for i in range(title - 1, front - 1, -1):
        text = folded[lines[i].start : lines[i].end]
        if "。" in text:
            return i + 1
        kept = is_front_line(folded, lines[i]) or re.fullmatch(_WITH_YEAR, text)
        if not kept and (named or re.search("[0-9]", text)):
            return i + 1
    return front


def _names_place(title: str) -> bool:
    """Tell whether a title has a place before 工作报告, 政府 or a year: 海州市2024年政府工作报告."""
    before = title.partition("工作报告")[0].rstrip(_YEAR_CHARS).removesuffix("政府").removesuffix("人民")
    place = before.rstrip(_YEAR_CHARS)[-_MIN_PLACE_CHARS:]
    return len(place) == _MIN_PLACE_CHARS and place[-1] in _PLACE_ENDS and is_han(place)


def is_front_line(folded: str, line: Line) -> bool:
    """Tell whether a line belongs to a report's head: title, meeting, date, speaker, note in brackets."""
    if line.end - line.start > _FRONT_CHARS or is_furniture(folded, line):
        return False
    text = folded[line.start : line.end]
    if _is_caption(text):
        return False
    if re.search(_MEETING, text) or re.match(_DATE_LINE, numeral_marks(text)):
        return True
    if re.search(_SPEAKER, text) or re.match(_NOTE, text):
        return True
    return "。" not in text and _TITLE.search(text) is not None


def find_front(folded: str, lines: Sequence[Line], opening: int) -> int:
    """Return the first line of the report's head, at most two other lines between its parts."""
    top, gap = opening, 0
    for i in range(opening - 1, -1, -1):
        if is_front_line(folded, lines[i]):
            top, gap = i, 0
            continue
        if folded.startswith(("正文", "标题"), lines[i].start):
            break
        gap += not (_header(folded, lines[i]) or _is_caption(folded[lines[i].start : lines[i].end]))
        if gap > _MAX_GAP:
            break
    if top <= _MAX_GAP + 1 and not any(is_furniture(folded, line) for line in lines[:top]):
        return 0
    return top


def find_stop(folded: str, lines: Sequence[Line], opening: int, limit: int) -> int:
    """Return the line after the report's last: before the first sign of an end, menu entries trimmed.

    What a sign cuts off holds little prose, and no numbered heading with text below it.
    """
    stop = limit
    most = _MAX_TAIL_SHARE * (lines[limit - 1].end - lines[opening].start)
    tail, below_is_prose = 0, False
    for i in range(limit - 1, opening - 1, -1):
        if ends_report(folded, lines, i):
            stop, below_is_prose = i, False
            continue
        prose = is_prose(folded, lines[i])
        label = lines[i].label
        tail += (lines[i].end - lines[i].start) * prose
        heads_text = label is not None and (label.style in _MAJOR if prose else below_is_prose)
        if tail > most or heads_text:
            break
        below_is_prose = prose and label is None
    last = stop
    while last > opening + 1 and _is_menu_entry(folded, lines[last - 1]):
        if _is_one_of_many(folded, lines[opening : last - 1], lines[last - 1]):
            break
        if _ends_list(folded, lines, opening, last - 1):
            break
        last -= 1
    return max(last, opening + 1) if last > opening + 1 or stop == opening + 1 else max(stop, opening + 1)


_LONGEST_LIST: Final = 30  # lines
_OPENS_LIST: Final = "(?:目标|指标|任务|如下|要求)[^:。]{0,6}:$"
_FIGURED: Final = "[0-9]|百分之|[一二三四五六七八九十百千万亿]{2}"


def _ends_list(folded: str, lines: Sequence[Line], opening: int, last: int) -> bool:
    """Tell whether a line has a figure in a list of targets that an earlier line opens (预期目标是:)."""
    if not re.search(_FIGURED, folded[lines[last].start : lines[last].end]):
        return False
    for line in reversed(lines[max(opening, last - _LONGEST_LIST) : last]):
        if re.search(_OPENS_LIST, folded[line.start : line.end]):
            return True
        if not _is_menu_entry(folded, line):
            return False
    return False


def _is_one_of_many(folded: str, lines: Sequence[Line], last: Line) -> bool:
    """Tell whether lines before the last have its label too: 主办单位:... below each of several projects."""
    label = folded[last.start : last.end].partition(":")
    return (
        bool(label[1] and label[2])
        and sum(folded.startswith(label[0] + ":", line.start) for line in lines) >= _MIN_MANY
    )


def ends_report(folded: str, lines: Sequence[Line], i: int) -> bool:
    """Tell whether a line begins with a sign of an end, or is a short one, no sentence, that holds one."""
    line, words = lines[i], _words()
    if folded.startswith(words.ends, line.start):
        return True
    if line.label or line.end - line.start > _SHORT_CHARS:
        return False
    text = folded[line.start : line.end]
    if "。" in text:
        return False
    if text.startswith(words.ends_at_start):
        return i + 1 == len(lines) or not is_prose(folded, lines[i + 1])
    return any(sign in text for sign in words.ends)


def _is_menu_entry(folded: str, line: Line) -> bool:
    """Tell a short line that is neither a sentence nor a numbered heading nor a table row."""
    if line.label or line.end - line.start >= _SHORT_CHARS or "\t" in folded[line.start : line.end]:
        return False
    return not is_closed(folded, line.start, line.end) or folded[line.end - 1] == ":"
