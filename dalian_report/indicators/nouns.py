"""Noun phrases as names: behind a figure, before it, and split where several share one."""

import re
from typing import Final, NamedTuple

from dalian_report.indicators.left import end_of_deed, strip_head
from dalian_report.indicators.lexicon import load_lexicon

_MARK: Final = re.compile(r"[,;:。!?()|\x00-\x1f]")
_ET_CETERA: Final = re.compile(r"^(?=.*[、”》]).*(?<![高中初同平特优])等(?P<noun>[^、等]{2,})$")
_COORDINATION: Final = re.compile(r"[、]|(?<=..)(?:以及|和(?![平谐美])|与|及)(?=..)")
_CLASS: Final = re.compile(
    r"(?:(?:总投资|投资|年产值|产值|年营收|营收|营业收入|销售收入)(?=超|过|达|\d))?(?:超过?|过|达)?\d*[百千万亿]+(?:美?元)?(?:级|以上)?的?(?=\w{2})|\d+周?岁以[上下]的?(?=\w{2})"
)
# 中央决定将|农民人均纯收入; what stands behind 将 or 把 is what the figure is of.
_TAKEN: Final = re.compile(
    r"(?<=..)(?:(?<![即必行还也都均])将(?![军来要近达]|在)|(?<!一)把(?![关握手])|扩大到(?!达)"
    r"|(?:计划|草案|决定)(?:规定|提出|要求))(?=[^将把]{2,}$)"
)
_LED_BY: Final = re.compile(r"以[^,;。]{1,10}为[^,;。的]{1,8}的(?=\w{2})")  # 以工代赈为主的|项目
_FIGURES: Final = "一二两三四五六七八九十几"
_COUNTERS: Final = "个大项条"
# What makes one noun with the verb before it: 救助|金 is no 金 that was saved, nor 救助|力度 a 力度.
_COMPOUND: Final = (*"率额数量费款的、和及与金型", "力度", "标准", "对象", "人员", "水平", "能力")
_CALLED: Final = ("命名", "认定", "认证")  # “海丝”命名航线
_METALS: Final = ("金牌", "金杯", "金奖", "金银", "金融", "金属")
_SHORTEST_OBJECT: Final = 2
_QUOTES: Final = (("“", "”"), ("《", "》"), ("「", "」"))


class Name(NamedTuple):
    """A name as text, with its place where it is contiguous (start -1 where it was assembled)."""

    text: str
    start: int
    end: int
    action: str = ""

    @property
    def placed(self) -> bool:
        """Whether the name stands in the text as it is."""
        return self.start >= 0


def noun_behind(folded: str, start: int, limit: int) -> Name | None:
    """Return the noun phrase that a figure ending at `start` counts (94处 → 农村黑臭水体).

    >>> noun_behind("94处农村黑臭水体整治全部完成", 3, 15).text
    '农村黑臭水体'
    """
    lexicon = load_lexicon()
    limit = _phrase_limit(folded, start, limit)
    if start >= limit:
        return None  # so it is behind most figures
    if folded.startswith("的", start):
        start += 1
    while start < limit and folded[start] in " \n\u3000":
        start += 1
    led = _LED_BY.match(folded, start, limit) if folded.startswith("以", start) else None
    start = led.end() if led else start
    bounded = _CLASS.match(folded, start, limit)
    first = folded[start : start + 1]
    if first in _FIGURES and folded[start - 1] != "的" and folded[start + 1 : start + 2] in _COUNTERS:
        return None  # 9万亿|三个台阶
    if start >= limit or not (first.isalpha() or first in "“《\"'‘" or bounded):
        return None
    stop = lexicon.stops.at_start(folded, start)
    noun = lexicon.nouns.at_start(folded, start)
    if not bounded and len(lexicon.starts_not.at_start(folded, start)) > len(noun):
        return None
    if stop and len(noun) <= len(stop):
        behind = start + len(stop)
        qualifies = stop in lexicon.qualifiers and _leads_to_head(folded, behind, limit)
        if not (qualifies or _is_modifier(folded, behind)):
            relative = _RELATIVE.match(folded, behind, limit) if stop in _DESCRIBING else None
            if relative is None:
                return None
            end = _noun_end(folded, relative.end(), limit)
            return Name(folded[start:end], start, end) if end > relative.end() + 1 else None
    end = _noun_end(folded, bounded.end() if bounded else start, limit)
    if folded.endswith(_TAKES_PART, start + 1, end):
        end -= len(_TAKES_PART[0])
    return Name(folded[start:end], start, end) if end > start else None


_DESCRIBING: Final = ("需要", "列入", "纳入", "参加", "从事", "享受", "接受")
_RELATIVE: Final = re.compile(r"[^,;:。、\d]{1,6}的(?=\w{2})")  # 3.9万人|需要就业的|青年得到安置
_TAKES_PART: Final = ("参赛", "参会", "参展")  # 4000名运动员|参赛, not 500家参展企业


def _phrase_limit(folded: str, start: int, limit: int) -> int:
    """Return the first mark behind a figure; a short bracket such as 县(市、区) is part of the phrase."""
    position = start
    while mark := _MARK.search(folded, position, limit):
        closing = folded.find(")", mark.end(), mark.end() + 8) if mark.group() == "(" else -1
        if closing < 0 or mark.start() == start or closing >= limit:
            return mark.start()
        position = closing + 1
    return limit


def _in_quotes(text: str, start: int, place: int) -> bool:
    """Return whether a place lies in quotes that opened at or behind `start`."""
    return any(
        text.rfind(opening, start, place) > text.rfind(closing, start, place) for opening, closing in _QUOTES
    )


def _is_modifier(folded: str, end: int) -> bool:
    """Return whether a verb that opens a phrase only modifies the noun behind it (建成区, 在建项目)."""
    heads = ("的", "项目", "工程", "企业", "单位", "平台")
    return folded.startswith(heads, end) and not folded.startswith(("工程院", "工程师", "企业家"), end)


def _leads_to_head(folded: str, start: int, limit: int) -> bool:
    """Return whether what stands behind a verb only says which thing the last noun is (支持企业发展|措施)."""
    text = folded[start:limit]
    head = load_lexicon().noun_heads.at_end(text, len(text))
    return bool(head) and len(text) <= _LONGEST_MODIFIER and not _FINITE.search(text)


_LONGEST_MODIFIER: Final = 20
_PLACES: Final = "省市州区县镇乡村"  # 12个区|首次获评, 300个村|基本完成
_TRAITS: Final = re.compile(
    r"[^\d、的]{2,8}(?:、[^\d、的]{2,8}){1,3}的(?=\w{2})"
)  # 功能完善、带动力强的|园区
_FINITE: Final = re.compile("全部|均|已|获|被|了|都|将|正")


def _noun_end(folded: str, start: int, limit: int) -> int:
    """Return where the noun phrase ends: before a finite verb, or at the limit."""
    lexicon = load_lexicon()
    end = limit
    traits = _TRAITS.match(folded, start, limit) if folded.find("的", start, limit) > 0 else None
    first = start + (1 if folded[start] in _PLACES and lexicon.stops.at_start(folded, start + 1) else 2)
    for place, stop in lexicon.stops.find(folded, traits.end() if traits else first, limit):
        noun = lexicon.nouns.at_start(folded, place)
        joined = len(stop) == 1 and (
            len(lexicon.actions.at_end(folded, place + 1)) > 1 or folded.startswith("比较", place - 1)
        )  # 节约, 结对
        joined = joined or len(lexicon.nouns.at_end(folded, place + len(stop))) > len(stop)  # 行为
        behind = place + len(stop)
        modifies = folded.startswith("的", behind) and behind + 2 < limit
        modifies = modifies or (stop in lexicon.modifiers and _is_modifier(folded, behind))
        modifies = modifies or (stop in lexicon.qualifiers and _leads_to_head(folded, behind, limit))
        if len(noun) <= len(stop) and not joined and not modifies and not _in_quotes(folded, start, place):
            end = place
            break
    while end > start and folded[end - 1] in "、 \n和与及-中的" and not lexicon.nouns.at_end(folded, end):
        end -= 2 if folded.endswith("以及", start, end) else 1
    return end


def trim_name(folded: str, start: int, end: int, *, percent: bool) -> Name | None:
    """Return the name inside folded[start:end], the text before a figure without its tail."""
    lexicon = load_lexicon()
    text = folded[start:end]
    head = strip_head(text)
    inner, action = head.start, head.action
    taken = _TAKEN.search(text, inner) if _may_take(text) else None
    if taken and not _in_quotes(text, inner, taken.start()):
        behind = strip_head(text[taken.end() :])
        if taken.end() + behind.start < len(text):
            inner, action = taken.end() + behind.start, behind.action
    if not percent:
        inner, action = _cut_behind_verb(text, inner, action)
    tail = len(text)
    while tail > inner and (text[tail - 1] in " 、的(|*#" or not text[tail - 1].isprintable()):
        tail -= 1
    added = "" if percent or action else lexicon.added.at_end(text, tail)
    if added and tail - len(added) - inner >= _SHORTEST_OBJECT:
        tail, action = tail - len(added), added  # 高新技术企业|新增
    quote = text.rfind("“", inner, tail) if "“" in text else -1
    if quote >= 0 and tail - quote > _SHORTEST_OBJECT and "”" not in text[quote:tail]:
        counted = text[tail - 1] == "个" or (text[quote + 1] in _FIGURES and text[quote + 2] in _COUNTERS)
        inner = inner if counted else quote + 1  # 落实“民营经济|20条”
    name = text[inner:tail]
    if not name or _names_nothing(name):
        return None
    if "、" in name:
        inner += _changed_before(name)
    listed = _ET_CETERA.match(text[inner:tail]) if "等" in name else None
    if listed and listed["noun"] in lexicon.growth_names:  # 转移支付、奖补资金等增幅
        whole = text[inner : inner + listed.start("noun") - 1] + listed["noun"]
        return Name(whole, -1, -1, action)
    if listed:
        inner += listed.start("noun")
    return Name(text[inner:tail], start + inner, start + tail, action)


def _may_take(text: str) -> bool:
    """Return whether there is one of the words that stand in whatever _TAKEN finds."""
    one = "将" in text or "把" in text or "扩大到" in text
    return one or "计划" in text or "草案" in text or "决定" in text


def _changed_before(text: str) -> int:
    """Return where the last name starts of those that a change divides (转移支付大幅增加、项目)."""
    mark = text.rfind("、")
    return mark + 1 if mark > 0 and load_lexicon().changed.at_end(text, mark) else 0


_NOTHING: Final = frozenset(("大大", "远远", "须", "曾", "一改", "除", "未", "后", "出现", "发生", "仍出现"))


def _names_nothing(text: str) -> bool:
    """Return whether a text before a figure is no noun: an adverb that opens a clause (全面), 高的."""
    lexicon = load_lexicon()
    heads = lexicon.heads
    if text[len(heads.at_start(text)) :] in ("", "可", "要"):
        return True  # 各地可|降至16%
    return text in _NOTHING or text.rstrip("的") in lexicon.extremes


def _joins_verb(rest: str) -> bool:
    return rest.startswith(_COMPOUND) and not rest.startswith(_METALS)


def _cut_behind_verb(text: str, start: int, action: str) -> tuple[int, str]:
    """Move the start behind the last verb that says what was done (提请审议|地方性法规)."""
    lexicon = load_lexicon()
    verbs = lexicon.strong_actions.find(text, start + 1, len(text))
    joint = text.find("共", start + 2) + 1  # 各部门共清理|规章
    verb = lexicon.actions.at_start(text, joint) if joint and text[joint - 2] not in "公中一总合" else ""
    if len(verb) > 1:
        verbs = sorted([*verbs, (joint, verb)])
    for place, verb in reversed(verbs):
        behind = place + len(verb)
        rest = text[behind:].lstrip("了")
        noun = lexicon.nouns.at_start(text, place)
        done = end_of_deed(text, behind)
        if done:  # 全部建成后|增加的能力
            return done, ""
        if len(rest) < 2 or len(noun) > len(verb) or _joins_verb(rest):
            continue
        first = rest.partition("、")[0]
        if any(first in words for words in (lexicon.attributes, lexicon.generic, lexicon.actions)):
            continue
        if _in_quotes(text, 0, place) or lexicon.generic.at_start(text, behind - 1):
            continue  # 未完|工程
        if text[place - 1] in "”》" and verb in _CALLED:
            continue
        head = strip_head(text[behind:])
        if behind + head.start < len(text):  # 货币投放计划 is a name
            return behind + head.start, verb + head.action
    return start, action


def split_names(name: Name, count: int | None = None) -> list[Name]:
    """Return the names that a coordination holds, a shared head or tail completed; [name] for one.

    >>> [n.text for n in split_names(Name("城镇、农村居民人均可支配收入", 0, 14), 2)]
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    """
    pieces = _pieces(name, count)
    if count is not None and len(pieces) != count:
        joint = next((word for word in _JOINT if word in name.text), "")
        if count == len(_JOINT.get(joint, ())):
            before, _, rest = name.text.partition(joint)
            return [Name(before + each + rest, -1, -1, name.action) for each in _JOINT[joint]]
        return [name]
    return _complete(pieces)


_JOINT: Final = {
    "城乡": ("城镇", "农村"),
    "存贷款": ("存款", "贷款"),
    "进出口": ("进口", "出口"),
    "收支": ("收入", "支出"),
    "内外资": ("内资", "外资"),
}


def _pieces(name: Name, count: int | None) -> list[Name]:
    breaks = [m for m in _COORDINATION.finditer(name.text) if not _in_quotes(name.text, 0, m.start())]
    if count is None or len(breaks) != count - 1:  # as many names as figures: none only modifies
        breaks = [m for m in breaks if not _modifies(name.text, m)]
    commas = [m for m in breaks if m.group() == "、"]
    if count is not None and len(commas) == count - 1:
        breaks = commas
    elif count is not None and len(breaks) > count - 1:
        breaks = breaks[len(breaks) - count + 1 :] if count > 1 else []
    pieces: list[Name] = []
    position = 0
    for match in [*breaks, None]:
        end = match.start() if match else len(name.text)
        piece = name.text[position:end]
        placed = (name.start + position, name.start + end) if name.placed else (-1, -1)
        if piece:
            pieces.append(Name(piece, *placed, name.action))
        position = match.end() if match else end
    return pieces


def _modifies(text: str, mark: re.Match[str]) -> bool:
    """Return whether a coordination only modifies one noun of a list (国家和省级农业龙头企业、农业品牌)."""
    if mark.group() == "、" or "、" not in text:
        return False
    first = text[text.rfind("、", 0, mark.start()) + 1 : mark.start()]
    return len(first) <= _SHORTEST_OBJECT and first not in load_lexicon().pairs


def _complete(pieces: list[Name]) -> list[Name]:
    """Complete names that share the end of the last one (新能源汽车、家电|消费)."""
    last = pieces[-1].text
    if last.startswith("占") or pieces[0].text.startswith("占"):
        return pieces
    completed: list[Name] = []
    model = last  # the next name that lacks nothing: 户厕、垃圾处理设施|覆盖率和污水治理率
    for piece in reversed(pieces[:-1]):
        tail = _shared_tail(piece.text, model)
        completed.insert(0, Name(piece.text + tail, -1, -1, piece.action) if tail else piece)
        if not tail and piece.text.endswith(load_lexicon().rates):
            model = piece.text
    if pieces[0].text[:1] == "第" and len(pieces[0].text) == _ORDINAL_CHARS:  # 第一、二、三产业
        every = [*completed, pieces[-1]]
        return [one if one.text[0] == "第" else Name("第" + one.text, -1, -1, one.action) for one in every]
    return [*completed, pieces[-1]]


_ORDINAL_CHARS: Final = 2


def _shared_tail(piece: str, last: str) -> str:
    """Return what a name of a list lacks of the end of the last one.

    >>> _shared_tail("城镇居民", "农村居民人均收入"), _shared_tail("污水", "垃圾处理率")
    ('人均收入', '处理率')
    """
    lexicon = load_lexicon()
    if len(piece) == 1:
        return last[1:]
    if piece[-3:].isascii() and piece[-3:].isupper():
        return ""  # GDP、零售总额
    if piece[0] == "第" and len(piece) == _ORDINAL_CHARS:
        return last[2:] if last[0] == "第" else last[1:]
    pair, own = lexicon.pairs.at_start(last), lexicon.pairs.at_start(piece)
    rest = piece[len(own) :]
    if own and pair and last.startswith(rest, len(pair)):
        return last[len(pair) + len(rest) :]
    attribute = lexicon.attributes.at_end(piece, len(piece))
    if attribute in lexicon.things and last.endswith(lexicon.rates):
        attribute = ""  # 养老保险、医疗保险|参保率
    if attribute or lexicon.counted.at_end(piece, len(piece)):
        return ""
    tail = lexicon.attributes.at_end(last, len(last))
    if tail in lexicon.wholes and lexicon.wholes.at_end(piece, len(piece)):
        return ""  # 技术大学、职业学校
    if tail == "率" and len(last) >= len(piece) + len(tail):
        tail = last[-3:] if ")" not in last[-3:] else tail
    tail = lexicon.actions.at_end(last, len(last) - len(tail)) + tail if tail else ""  # 种植面积, 改造数
    return "" if len(tail) + 1 >= len(last) else tail


def shares_value(name: Name, unit: str) -> bool:
    """Return whether each name of a coordination has the figure for itself: rates cannot be summed."""
    if unit not in ("%", "‰") or not _COORDINATION.search(name.text):
        return False
    rates = load_lexicon().rates
    pieces = _pieces(name, None)
    return all(piece.text.endswith(rates) for piece in (split_names(name) if _are_alike(pieces) else pieces))


def share_growth(name: Name, unit: str) -> bool:
    """Return whether names grew by one share, each a measure of its own (零售总额、固定资产投资|增长4%)."""
    if unit not in ("%", "番", "倍") or "、" not in name.text or "占" in name.text:
        return False
    lexicon = load_lexicon()
    for text in name.text.split("、"):
        own = lexicon.attributes.at_end(text, len(text))
        if not own or own in lexicon.things or own in lexicon.rates:
            return False
    return True


def sharing_names(name: Name) -> list[Name]:
    """Return the names that share one value; 增速 behind the last is said of all."""
    names = list({one.text: one for one in split_names(name)}.values())
    growth = load_lexicon().growth_names.at_end(name.text, len(name.text))
    return [one if one.text.endswith(growth) else Name(one.text + growth, -1, -1) for one in names]


_END_OF_RATE: Final = len("参保率")


def _are_alike(pieces: list[Name]) -> bool:
    """Return whether names are of one kind and share a rate (代表建议、政协提案|办复率)."""
    *others, last = (piece.text for piece in pieces)
    if not last.endswith("率") or last.endswith("贡献率") or any("的" in text for text in (*others, last)):
        return False
    own = len(last) - _END_OF_RATE
    return all(len(text) > 1 and abs(len(text) - own) <= 1 for text in others)  # not 县、乡级
