"""What a clause without figures is about, so that the figures of the next are of it."""

import re
from collections.abc import Sequence
from typing import Final

from dalian_report.indicators.clauses import Clause
from dalian_report.indicators.left import read_left
from dalian_report.indicators.lexicon import load_lexicon
from dalian_report.indicators.nouns import Name, trim_name

_TOPIC: Final = re.compile(
    r"、.+(?<![高中初同平特优])等(?:各[种类])?(?P<noun>[^、等的]{2,10})$"
)  # 猪肉、羊肉等|副食品,都增长…
_ASPECT: Final = "[ \n、]*在(?P<what>[^,;、]{2,16})方面$"  # 在工业总产值方面:去年增长…
_ONES, _NOT_ONES = ("的", "的部分"), ("对", "凡", "给", "有", "如", "正如")  # 民办教师中合格的,有20万名转正
_NO_TOPIC: Final = ("工作", "任务", "荣誉", "问题", "措施", "活动")
_SHORTEST_OBJECT, _LONGEST_TOPIC = 2, 10
_DONE_WELL: Final = (
    "(?<=..)(?:的?情况(?:也|还)?(?:不够|不太|不|比较|较|很)?(?:好|差)"
    "|(?:过去|原来|以前)?(?:是|为)(?:空白|零)|[从由]无到有"
    "|(?:首次)?(?:突破|跨过|超过)[百千万亿]+元?(?:大关|台阶)"
    "|不降反升|不减反增|由降转升|由负转正|止跌回升"
    "|(?:建设|工作)?(?:迈出|见到)(?:了|新的?|大|较大|显著|明显|可喜)*(?:步伐?|成效)"
    "|(?:工作)?(?:进行|完成|开展|发展)得(?:很|比较|较|十分)?(?:好|顺利|快|正常))$"
)  # 公债的认购|工作进行得很好; 电视机|过去是空白
_WELL: Final = (
    "差",
    "升",
    "增",
    "正",
    "大关",
    "台阶",
    "步",
    "步伐",
    "成效",
    "好",
    "顺利",
    "快",
    "正常",
    "空白",
    "零",
    "有",
)
_MUCH: Final = ("多", "快", "大", "少")
_TOO_MUCH: Final = "(?<=..)(?:过多|过快|过大|很多|很大|很快|不少)$"  # 播种面积去年扩大|过多
_STATE: Final = "的?情况(?:是|如下)$"  # 粮食|的情况是:
_CAUSE: Final = "(?<=..)(?:由于|因为|虽然|尽管)"  # 棉花|由于受灾,只收了…
_LONGEST_LIST: Final = 14
_LONGEST_LABEL: Final = 10  # 原煤：从…增加到…
_PLACE: Final = "在[^在、]{2,14}(?:中|里|地区|方面)$|在[^在]{2,60}中(?:所占)?的(?:比重|比例|份额)$"


def subject_of(folded: str, start: int, end: int) -> Name | None:
    """Return the subject of a clause without figures that the next may go on with.

    >>> subject_of("预算外资金也大幅度增加", 0, 11).text
    '预算外资金'
    """
    lexicon = load_lexicon()
    aspect = re.compile(_ASPECT).match(folded, start, end) if folded.endswith("方面", start, end) else None
    if aspect:
        start, end = aspect.span("what")
        return trim_name(folded, start, end, percent=True)
    text = folded[start:end]
    if told := _end_of_theme(text):
        return trim_name(folded, start, start + told, percent=True)
    much = re.sub(_TOO_MUCH, "", text) if text.endswith(_MUCH) else text
    text = much if lexicon.changed.at_end(much, len(much)) else text
    changed = len(text) - len(lexicon.changed.at_end(text, len(text)))
    if 2 <= changed < len(text):
        while how := lexicon.changed_how.at_end(text, changed):
            changed -= len(how)
        named = read_left(text[:changed]).end or changed
        return trim_name(folded, start, start + named, percent=True)
    kinds = (lexicon.attributes, lexicon.goal_names, lexicon.growth_names)
    ending = max([words.at_end(text, len(text)) for words in kinds], key=len)
    if text.endswith(_ONES) and "是" not in text and not text.startswith(_NOT_ONES):
        ones = trim_name(folded, start, end - len("部分") * text.endswith("部分"), percent=True)
        return None if ones and ones.text in lexicon.actions else ones
    labels = folded.startswith(":", end) and len(text.strip()) <= _LONGEST_LABEL
    if labels and (state := re.search(_STATE, text)):
        return trim_name(folded, start, start + state.start(), percent=True)
    if labels or (ending and ending not in lexicon.not_subjects):
        return trim_name(folded, start, end, percent=True)
    topic = _TOPIC.search(text)
    if (
        topic
        and not topic["noun"].endswith(_NO_TOPIC)
        and not lexicon.stops.find(text, topic.start("noun"), len(text))
    ):
        return Name(topic["noun"], start + topic.start("noun"), end)
    return None


def last_subject(folded: str, clauses: Sequence[Clause]) -> Name | None:
    """Return the subject of the last of some clauses without figures that has one."""
    for clause in reversed(clauses):
        if subject := subject_of(folded, clause.start, clause.end):
            return subject
    return None


def _end_of_theme(text: str) -> int:
    """Return where that ends of which a clause tells a cause or a state (棉花|由于受灾), 0 for neither."""
    caused = "由于" in text or "因为" in text or "虽然" in text or "尽管" in text
    found = re.search(_CAUSE, text) if caused else None
    if found is None and text.endswith(_WELL):
        found = re.search(_DONE_WELL, text)
    return found.start() if found else 0


def topic_of(folded: str, start: int, end: int) -> Name | None:
    """Return the noun that ends a clause without figures, of which the next may tell how many there are.

    >>> text = "五年内建设的规模较大的纺织厂,共有三十九个"
    >>> topic_of(text, 0, 14).text
    '纺织厂'
    """
    place = folded.rfind("的", start, end - _SHORTEST_OBJECT) + 1
    text = folded[place:end]
    listed = "、" in text and not folded.startswith("共", end + 1)
    listing = _LONGEST_LIST if "、" in text else _LONGEST_TOPIC
    if not place or len(text) > listing or listed or text.endswith(_NO_TOPIC):
        return None
    return None if load_lexicon().stops.find(text, 0, len(text)) else Name(text, place, end)


def without_attribute(name: Name) -> Name | None:
    """Return the thing of which a name says what is measured, None for a name that does not say so.

    >>> without_attribute(Name("粮食播种面积", 0, 6)).text
    '粮食'
    """
    lexicon = load_lexicon()
    end = len(name.text) - len(lexicon.attributes.at_end(name.text, len(name.text)))
    if end in (0, len(name.text)):
        return None
    end -= len(lexicon.actions.at_end(name.text, end))
    return Name(name.text[:end], -1, -1) if end else None


def object_of(folded: str, start: int, end: int) -> Name | None:
    """Return what a clause without figures is at work on, which the next may count.

    >>> object_of("继续推进保障性安居工程建设", 0, 13).text
    '保障性安居工程'
    """
    lexicon = load_lexicon()
    works = lexicon.works.at_end(folded, end)
    name = trim_name(folded, start, end, percent=False) if works else None
    if name is None or not name.action or not name.text.endswith(works):
        return None
    begin = max(
        (place + len(stop) for place, stop in lexicon.stops.find(name.text, 0, len(name.text) - len(works))),
        default=0,
    )
    text = name.text[begin : -len(works)]
    if len(text) < _SHORTEST_OBJECT or "、" in text:
        return None
    return Name(text, name.start + begin, name.end - len(works))


def last_named(folded: str, clauses: Sequence[Clause]) -> Name | None:
    """Return the name in the last of some clauses without figures."""
    return trim_name(folded, clauses[-1].start, clauses[-1].end, percent=True) if clauses else None


def acted_on(folded: str, clauses: Sequence[Clause], action: str) -> Name | None:
    """Return the object of a verb in clauses without figures (发行国债用于建设,…,先发行|5亿元)."""
    for clause in reversed(() if action in load_lexicon().works else clauses):
        place = folded.find(action, clause.start, clause.end)
        if place >= 0:
            start = place + len(action)
            stops = load_lexicon().stops.find(folded, start + _SHORTEST_OBJECT, clause.end)
            return None if stops else trim_name(folded, start, clause.end, percent=True)
    return None


def acted_upon(folded: str, clauses: Sequence[Clause], action: str) -> Name | None:
    """Return what stands before the same verb earlier on (旧区改造坚持当年开工,改造80万平方米)."""
    for clause in reversed(clauses if action in load_lexicon().works else ()):
        place = folded.find(action, clause.start + _SHORTEST_OBJECT, clause.end - len(action))
        thing = trim_name(folded, clause.start, place, percent=False) if place > 0 else None
        if thing and "、" not in thing.text:
            return thing._replace(action=action)
    return None


def is_place(name: Name) -> bool:
    """Return whether a name only says where its figure holds (在中部地区达到5%, 农业方面达到6%)."""
    placed = name.text.startswith("在") and bool(re.match(_PLACE, name.text))
    return placed or (name.text.endswith(("方面", "的部分")) and len(name.text) > len("方面"))


def without_place(name: Name) -> Name:
    """Return a name without the place that it ends with."""
    place = re.compile(_PLACE).search(name.text, 1)
    return Name(name.text[: place.start()], -1, -1, name.action) if place else name
