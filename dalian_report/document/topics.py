"""Topics: the lead sentences that open passages inside a section."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from dalian_report.data import load_data
from dalian_report.document.coding import NUMERAL, numeral_marks
from dalian_report.document.layout import Line
from dalian_report.model import Section, Span, Topic

_MAX_LEAD_CHARS: Final = 40
_MAX_INNER_CHARS: Final = 18
_MAX_STATE_CHARS: Final = 13
_COUNTS: Final = frozenset("一二三四五六七八九十")
_NO_LEAD: Final = re.compile(
    r"[%:;?!]|[0-9]|各位代表|谢谢|是|必须|存在|清醒|看到|认识到|以下|如下|这项|此项|强则|兴则|稳则|安则"
)
# A figure or a date in Chinese numerals, over coded text (see coding.py): 八千亿斤, 二十个, 一九七六年.
_NUMERALS: Final = re.compile(rf"[{NUMERAL}]{{2,}}")
_FIGURE_SIGNS: Final = frozenset("〇一二三四五六七八九十百零千万亿两多")
_MORE_NUMERALS: Final = str.maketrans("千万亿两多", "一" * 5)
_UNITS: Final = frozenset(numeral_marks("元斤吨亩担度个座项条处所户件倍年月"))
_INNER: Final = frozenset(',、;:%“”"()《》')


_MAX_TIME_CHARS: Final = 8
_MIN_TOLD_ALIKE: Final = 3
_VERSES: Final = (5, 7)


class _Words(NamedTuple):
    """Words of leads: verbs that open a task, states that end a result, openings that no lead has."""

    verbs: tuple[str, ...]
    states: tuple[str, ...]
    never: tuple[str, ...]


@cache
def _words() -> _Words:
    data = load_data("topics")
    return _Words(tuple(data["verbs"]), tuple(f"{state}。" for state in data["states"]), tuple(data["never"]))


def find_topics(
    folded: str, text: str, paragraphs: Sequence[Line], sentences: Sequence[Span], sections: Sequence[Section]
) -> tuple[Topic, ...]:
    """Return the topics in text order, without their 。.

    A topic is a short first sentence of a paragraph, or, in a paragraph that a numbered heading opens, any
    short sentence that names a task without comma or figure: `深入推进环境污染防治。`. Its scope reaches
    to the next topic, but not past the section, nor past its paragraph where more of that follows.
    """
    leads = _find_leads(folded, paragraphs, sentences, sections)
    body_end = paragraphs[-1].end if paragraphs else 0
    section_starts = [section.start for section in sections]
    topics = []
    for i, (start, end, limit) in enumerate(leads):
        bounds = [body_end, leads[i + 1][0] if i + 1 < len(leads) else body_end]
        after = bisect_right(section_starts, start)
        bounds.extend(section_starts[after : after + 1])
        bounds.extend([limit] if limit is not None else [])
        section = _deepest(sections, after - 1, start)
        bounds.extend([sections[section].end] if section is not None else [])
        topics.append(Topic(text[start:end], start, end, min(bounds), section))
    return tuple(topics)


def _find_leads(
    folded: str, paragraphs: Sequence[Line], sentences: Sequence[Span], sections: Sequence[Section]
) -> list[tuple[int, int, int | None]]:
    """Return start, end and limit of each lead; no limit where the lead is a paragraph of its own."""
    starts = {section.start for section in sections}
    plain = {section.start for section in sections if section.number is None}
    times = Counter([_time(folded, paragraph.start, paragraph.end) for paragraph in paragraphs])
    alike = frozenset(time for time, count in times.items() if time and count >= _MIN_TOLD_ALIKE)
    leads: list[tuple[int, int, int | None]] = []
    sentence_starts = [sentence.start for sentence in sentences]
    at = after = 0
    alone = False
    below: list[tuple[int, int, int | None]] = []  # what follows a lead that stands alone
    for paragraph in paragraphs:
        at, after = after, bisect_left(sentence_starts, paragraph.end, after)
        inside = sentences[at:after]
        if not inside or paragraph.start in plain:
            alone, below = False, []
            continue
        if inside[0].start in starts:
            leads.extend(_inner_leads(folded, inside[1:], paragraph.end, tasks=True))
            alone, below = False, []
            continue
        lead = _first_lead(folded, inside, paragraph.end, alike)
        found = [lead] if lead else []
        if lead and lead[1] - lead[0] < _MAX_INNER_CHARS:
            found.extend(_inner_leads(folded, inside[1:], paragraph.end, tasks=False))
        if lead and lead[2] is not None and alone:
            below = found  # led by the line above, unless the next paragraph has a lead as well
        else:
            leads.extend([*below, *found] if lead and lead[2] is not None else found)
            below = []
        alone = lead is not None and lead[2] is None
    return leads


def _time(folded: str, start: int, end: int) -> str:
    """Return the years with which a paragraph opens, up to their comma (这五年, 2019年); "" for none."""
    start = _after_dashes(folded, start, end)
    words, comma, _ = folded[start : min(start + _MAX_TIME_CHARS, end)].partition(",")
    return words if comma and words.removesuffix("来").endswith("年") else ""


def _first_lead(
    folded: str, inside: Sequence[Span], limit: int, alike: frozenset[str]
) -> tuple[int, int, int | None] | None:
    """Return the lead of a paragraph: its first sentence, short and without a figure.

    The years with which several paragraphs open `alike` (这五年) are no part of it, nor is a verse a lead.
    """
    start, end = inside[0]
    if folded[end - 1] != "。":
        return None
    time = _time(folded, start, end) if alike else ""
    start = _after_enumerator(folded, _after_dashes(folded, start, end), end)
    told = time in alike
    if told:
        start += len(time) + 1
        start += 2 * folded.startswith("我们", start)
    if not 4 <= end - start <= _MAX_LEAD_CHARS:
        return None
    if _NO_LEAD.search(folded, start, end) or (not told and folded.startswith(_words().never, start)):
        return None
    if _has_chinese_figure(folded[start:end]) or _is_verse(folded[start : end - 1]):
        return None
    return start, end - 1, None if len(inside) == 1 else limit


def _has_chinese_figure(sentence: str) -> bool:
    """Tell whether a sentence has a figure or a date in Chinese numerals; 四个 is none, nor is 十四五.

    >>> [_has_chinese_figure(text) for text in ("钢产量达到八千亿斤", "建成二十个", "占百分之一", "四个全面")]
    [True, True, True, False]
    """
    if _FIGURE_SIGNS.isdisjoint(sentence):
        return False
    coded = numeral_marks(sentence.translate(_MORE_NUMERALS))
    runs = _NUMERALS.finditer(coded)
    return "百分之" in sentence or any(coded[run.end() : run.end() + 1] in _UNITS for run in runs)


def _is_verse(sentence: str) -> bool:
    """Tell whether a sentence is two lines of five or seven characters that name no task.

    >>> [_is_verse(text) for text in ("看似寻常最奇崛,成如容易却艰辛", "加快城镇化进程,优化生产力布局")]
    [True, False]
    """
    first, _, second = sentence.partition(",")
    return len(first) == len(second) and len(first) in _VERSES and not first.startswith(_words().verbs)


def _after_dashes(folded: str, start: int, end: int) -> int:
    """Return where a paragraph goes on behind the dashes and blanks that it begins with."""
    while start < end and folded[start] in "- ":
        start += 1
    return start


def _after_enumerator(folded: str, start: int, end: int) -> int:
    """Return where a sentence goes on behind `一是` or `十二要`; its start where it has no such words."""
    after = start
    while after < end and folded[after] in _COUNTS:
        after += 1
    return after + 1 if after > start and folded.startswith(("是", "要"), after, end) else start


def _inner_leads(
    folded: str, inside: Sequence[Span], limit: int, *, tasks: bool
) -> list[tuple[int, int, int | None]]:
    """Return the leads in a paragraph after its first: short results and `tasks`, not two in a row."""
    words = _words()
    leads: list[tuple[int, int, int | None]] = []
    last_end = -1
    for i, (start, end) in enumerate(inside):
        short = 4 < end - start <= _MAX_INNER_CHARS and folded[end - 1] == "。" and i + 1 < len(inside)
        if not short or start == last_end:
            continue
        task = tasks and folded.startswith(words.verbs, start)
        state = end - start <= _MAX_STATE_CHARS and folded.endswith(words.states, start, end)
        if (task or state) and _is_plain(folded[start:end]):
            leads.append((start, end - 1, limit))
            last_end = end
    return leads


def _is_plain(sentence: str) -> bool:
    """Tell whether a sentence has neither a figure nor a mark inside it."""
    return _INNER.isdisjoint(sentence) and not any(map(str.isdecimal, sentence))


def _deepest(sections: Sequence[Section], last: int, position: int) -> int | None:
    """Return the section that holds a position: the `last` that begins before it, or one that holds that."""
    index: int | None = last if last >= 0 else None
    while index is not None and position >= sections[index].end:
        index = sections[index].parent
    return index
