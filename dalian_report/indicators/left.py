"""What stands before a figure in its clause: verbs of change, links, comparisons, and the name itself."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple

from dalian_report.alphabet import DIGIT, FIGURE, MAGNITUDE, NUMERALS, TEN, VAGUE, code
from dalian_report.indicators.lexicon import Words, load_lexicon
from dalian_report.indicators.timing import TIME_HEAD, TIME_TAIL, may_be_time

# Patterns over coded text (see alphabet.py). A set of Chinese characters is slow to compile; words
# of different length are not.
_COUNTED_BY: Final = r"按[^,;、]{2,8}(?:计算|折算|统计)的(?=\w{2})"  # 按总人口计算的|人均产值
_COMPARE_TAIL: Final = re.compile(
    r"(?:相比|(?<![可占])比|较|与|同)(?!例|率|重|价)(?:[^,;]{1,18}?"
    r"(?:年前?|年度|情前|期间?|时期|年末|末|底|初|水平|平均|相比|比较|现在|目前|往年|历年|原来|上月|以前|情况|目标|地区)"
    rf"|(?:现在|目前|往年|原来|以前)|[^,;]{{0,18}}?(?:(?:完成|执行|实际|计划|预算|决算|预计)[{VAGUE}]|计划|预算)|目标|上月)$"
)
_HIGHER: Final = re.compile(
    r"(高于|快于|高出|多于|(?<!支)(?<!收)大于|领先|低于|慢于|少于|小于)[^,;]{1,14}$"
    r"|(?<![可环占同])比(?!例|率|重|价)[^,;]{1,28}((?<!提)高|(?<!降)低|快|多|少|新增)(?:出|[产收支招销购用放运供拨派建修种养卖买投借还拉造亏花]了?|投入|支出)?$"
    r"|(?<![可环占同])比(?!例|率|重|价)[^,;]{1,28}(节约|节省)$"
    r"|(好于|优于)(?:全[国省市县区州]|上年|去年|同期|平均)[^,;]{0,10}$|^(高|低|快|慢|多|少)出?$"
    r"|(?:^|[,再并还则])(多|少)(?:[产收支用放]了?|了)$|(?:还|仅仅?|只)(多|少)$"
    r"|(超过|超出)[^,;]{0,26}(?:水平|指标|计划|目标|预算|[划算定]数)$"
    r"|(?<![赶反])(超)额?(?:年度?|全年)?(?:计划|预算|任务)$|较(?:全|上年|去年|年初|前年|同期|预期)[^,;]{0,20}((?<!提)高|(?<!降)低|快|多|少)出?$"
    r"|较[^,;、全]{2,8}((?<!提)高|(?<!降)低|多|少)出?$"
)
_MANNER: Final = re.compile(
    r"(?:按照?|依)[^,;]{1,12}(?:标准|口径|要求|规定|价格?)(?:计算)?$|(?:扣除|剔除)[^,;]{1,8}因素$|在[^,;]{1,8}之年$|在[^,;]{1,14}(?:基[础\x0e\x0f]上|[件况提形份年景]下|当中|过程中|方面)$"
    r"|(?<=\w[^\W年月])在[^,;在]{2,18}(?:(?<![高初集其])中|(?<=[会赛])上)$"
    r"|^的?(?:[^,;]{0,2}[件况提形景]下|基础上)$|连同原有的?$|[以按][^,;、]{1,10}(?:计|[^\w,;])算$|较“[^”,;]{1,8}”$"
    rf"|(?:平均)?每(?:[\d{DIGIT}{MAGNITUDE}]+\w{{1,3}}?|立方米|平方米|平方公里|公里|亩|吨|人|户|月|天|小时|公斤|度)$"
)
# To know what a text cannot end with is faster than to search it: hardly any ends with words of these kinds.
_COMPARED: Final = frozenset("比较与同")  # one of them stands in whatever _COMPARE_TAIL finds
_TIME_STARTS: Final = (
    frozenset("‘“上下今从到前去同后在头年截明最期未本次比的目第翌自至过近这连0123456789") | NUMERALS
)
_COMPARE_ENDS: Final = frozenset("况划初前区在均平年底度月期末来标比算较间") | NUMERALS
_IN_MANNER: Final = frozenset("按依扣剔在以较连下上")  # or 每 stands in whatever _MANNER finds
_MANNER_ENDS: Final = frozenset("”上下中亩人价准吨天定年度径户斤时月有格求的算米素里面")  # behind 每 any word
_FEWER: Final = ("低于", "慢于", "少于", "小于", "低", "慢", "少", "节约", "节省")
_AGAINST: Final = r"(?<![占环同配价分对销出构可])比(?![例率重价值分])[^,;、]{1,18}$"  # 产量|比旧品种增加50%
_TIMES: Final = r"(?:相当于|等于|是|(?<![降升加减少高成作行认])为)[^,;]{0,24}的$"
_FROM: Final = re.compile(rf"(?:从|由)[^,;]{{0,4}}[\d{DIGIT}{MAGNITUDE}][^,;]{{1,8}}$")  # 从一个月以上|压缩到
_ONWARD: Final = re.compile(
    r"(?:提高|上升|上调|增加|扩大|提升|下降|下调|降低|减少|压缩|缩短|调整)了?[到至为]|[增升降减][到至为]"
)
_TURNS: Final = "上下减升压增扩提缩调降"  # what _ONWARD starts with
_LONGEST_BASE: Final = 6
_LONGEST_TURN: Final = 4
_NEAREST: Final = 2
_TAIL_MARKS: Final = " 、-_“\"‘'|*#"
TO: Final = ("到", "至", "为")
_AFTER: Final = "[以之]?后(?![备续勤方台])的?"
_LABEL: Final = re.compile(
    rf"\s*(?:\([0-9{FIGURE}{TEN}]{{1,3}}\)|[0-9]{{1,2}}[.、](?![0-9])"
    rf"|[{FIGURE}{TEN}]{{1,3}}、[^,;: ]{{2,20}} +(?=\w\w))"
)  # (四)新建学校, 6.改造, 二、今年的任务 工业产值
_OF_PLANS: Final = "^分别(?:占|为|完成|相当于)?[^,;]{0,6}(?:计划|预算|任务|目标)$"  # 分别占年计划的|9%和8%
_REFERENCE: Final = "(?:仅此|这|上述)[两三四五六]项(?:合计|共计|相加)?|[两三四五六]项(?:合计|相加|之和)"
_ONES: Final = "(?<=..)的(?:约|只|仅|就|还)?占$"
# 总产值|因灾减少0.2%
_CAUSE: Final = "(?<=..)(?<!基)因(?:受?灾|旱|涝|疫情|[^,;、]{1,5}(?:原因|不足|涨价|跌|减税|变动|影响))$"
_AMID_DEED: Final = r"在[^,;、在]{2,12}(?:过程)?中"  # 在大检查中|查出税款
_HEAD_MARKS: Final = " 、,-\"”’'|*#的·•●○◦▪■□◆▶※"

Direction = Literal["up", "down"]


@dataclass(slots=True)
class Left:
    """The text before a figure, taken apart from its right end.

    `text[:end]` is what is left for the name. `change` is the verb's direction, `to` says that it leads
    to a level (增长到), `base` that the figure is what it started from (由…), `share` that it holds for
    each of several names (均, 各), `respectively` that several figures follow (分别); `suffix` is what of
    the names stands behind 分别.
    """

    text: str
    end: int
    ranked: bool = False
    change: Direction | None = None
    to: bool = False
    base: bool = False
    share: bool = False
    respectively: bool = False
    linked: bool = False
    compared: bool = False
    verb: str = ""
    suffix: str = ""
    _coded: str = ""

    @property
    def coded(self) -> str:
        """The text with its numerals coded, which few ask for."""
        self._coded = self._coded or code(self.text)
        return self._coded

    @property
    def rest(self) -> str:
        """The text that is left for the name."""
        return self.text[: self.end]


def read_left(
    text: str, *, multiple: bool = False, ranked: bool = False, based: bool = False, behind: str = ""
) -> Left:
    """Return what the end of a text before a figure says, and how much is left for the name.

    `multiple` is set before 倍, where 是1997年的 names what the figure is a multiple of; `ranked` before a
    rank, where 居全国 names only what it is ranked among; `based` behind a figure that another started from
    (由…). `behind` begins the text behind the figure.

    >>> left = read_left("海洋经济总产值比上年增长")
    >>> left.rest, left.change, left.to
    ('海洋经济总产值', 'up', False)
    """
    lexicon = load_lexicon()
    left = Left(text, len(text), ranked)
    if multiple and text.endswith("的") and (times := re.search(_TIMES, text)):
        left.end, left.linked = times.start(), True
    ones = re.search(_ONES, text) if text.endswith("占") else None
    if ones:  # 增产的占88%
        left.end, left.linked = ones.start(), True
    while not ones and left.end and _strip_one(left):
        pass
    told = left.change and not left.to and "比" in text
    against = re.compile(_AGAINST).search(text, 0, left.end) if told else None
    if against and not TIME_HEAD.match(left.coded, against.start()):
        left.end, left.compared = against.start(), True
    each = lexicon.actions.at_end(left.text, left.end) if "各" in text else ""
    if each and left.text.endswith(("各", "各自"), 0, left.end - len(each)):  # 甲县、乙县各培育5个
        left.end, left.share, left.verb = left.text.rindex("各", 0, left.end - len(each)), True, each
    base = _FROM.search(left.coded, 2, left.end) if left.to and ("从" in text or "由" in text) else None
    if base:
        left.end = base.start()
    if (
        based
        and not left.base
        and 0 < left.end <= _LONGEST_TURN
        and left.text.rstrip(_TAIL_MARKS).endswith(TO)
    ):
        left.end, left.to = 0, True  # 由34项|整合为12项: whatever it is called, it led there
    if behind[:1] in _TURNS and _ONWARD.match(behind):
        _mark_base(left)
    if text.endswith(")", 0, left.end):
        _strip_aside(left)
    place = text.rfind("分别", 0, left.end)
    if place > 0:  # 甲、乙项目分别完成投资3亿元、4亿元
        suffix = left.rest[place + 2 :]
        left.end, left.respectively = place, True
        left.suffix = suffix[strip_head(suffix).start :]
    elif place == 0 and re.search(_OF_PLANS, left.rest):
        left.end, left.respectively = 0, True
    return left


def _mark_base(left: Left) -> None:
    """Mark what its measure started from, with words between (从月销售额|3万元提高到)."""
    if left.base or not left.end:
        return
    start = max(left.text.rfind(word, 0, left.end) for word in "从由")
    words = left.text[start + 1 : left.end]
    if start >= 0 and len(words) <= _LONGEST_BASE and words.isalpha():
        left.base, left.end = True, start


def _strip_aside(left: Left) -> None:
    """Take off a bracket behind a verb that only says in what is counted (征购(原粮)31亿斤)."""
    place = left.text.rfind("(", 0, left.end)
    if place > 0 and load_lexicon().actions.at_end(left.text, place):
        left.end = place


def _strip_one(left: Left) -> bool:
    """Take one word off the end; return whether there was one."""
    text, end = left.text, left.end
    last = text[end - 1]
    if last in _TAIL_MARKS or not last.isprintable():
        left.end -= 1
        return True
    first = max(0, end - 26)
    if last in _COMPARE_ENDS and not _COMPARED.isdisjoint(text):
        found = _COMPARE_TAIL.search(left.coded, first, end)
        if found:
            left.end, left.compared = found.start(), True
            return True
    found = TIME_TAIL.search(left.coded, first, end) if may_be_time(left.coded[end - 1]) else None
    if found is None and ("每" in text or (last in _MANNER_ENDS and not _IN_MANNER.isdisjoint(text))):
        found = _MANNER.search(left.coded, first, end)
    if found:
        left.end = found.start()
        return True
    if not left.change and not left.to and not left.base and _may_be_higher(text, end):
        found = _HIGHER.search(text, max(0, end - 32), end)
        if found:
            word = next(filter(None, found.groups()))
            left.change = "down" if word in _FEWER else "up"
            left.end, left.compared, left.verb = found.start(), True, word
            return True
    if left.change and "因" in text[first:end] and (cause := re.compile(_CAUSE).search(text, first, end)):
        left.end = cause.start()
        return True
    return _strip_change(left) or _strip_link(left) or _strip_more(left)


def _may_be_higher(text: str, end: int) -> bool:
    """Return whether a text has one of the characters that stand in whatever _HIGHER finds."""
    one = "比" in text or "较" in text or "于" in text or "超" in text or "多" in text or "少" in text
    return one or "出" in text or "领" in text or (end <= _NEAREST and text[0] in "高低快慢")


def _strip_more(left: Left) -> bool:
    """Take off the verb of a comparison that says what was done more or less of (比“九五”期间多|投入)."""
    lexicon, text, end = load_lexicon(), left.text, left.end - 2
    if end < _NEAREST or text[end - 1] not in "多少":
        return False
    if text[end : left.end] not in lexicon.actions and text[end : left.end] not in lexicon.noun_actions:
        return False
    if text[end - 2] != "比" and not _HIGHER.search(text, max(0, end - 32), end):
        return False
    left.end = end
    return True


@cache
def _changes() -> Words:
    lexicon = load_lexicon()
    return Words([*lexicon.change_up.words, *lexicon.change_down.words])


def _strip_change(left: Left) -> bool:
    text, end = left.text, left.end
    if left.change:
        return False
    lexicon = load_lexicon()
    to = end > 1 and text[end - 1] in TO
    stem = end - 1 if to else end
    if stem and text[stem - 1] == "了":
        stem -= 1
    word = _changes().at_end(text, stem)
    if not word or lexicon.nouns.at_end(text, end) or len(lexicon.actions.at_end(text, stem)) > len(word):
        return False  # 改造提升 betters a thing, it does not say by how much
    if len(word) == 1 and not (to or text[stem - 2 : stem - 1] in "比期均再又际计将年月增并"):
        return False
    left.change = "up" if word in lexicon.change_up else "down"
    left.to, left.end, left.verb = to, stem - len(word), word
    return True


def _ends_longer(text: str, end: int, length: int) -> bool:
    """Return whether a link is only the end of a longer word (支出, 下达, 偿还, 行为)."""
    lexicon = load_lexicon()
    if len(lexicon.nouns.at_end(text, end)) > length:
        return True
    if len(lexicon.attributes.at_end(text, end)) > length:
        return True
    return length == 1 and len(lexicon.actions.at_end(text, end)) > length


def _strip_link(left: Left) -> bool:
    lexicon = load_lexicon()
    word = lexicon.links.at_end(left.text, left.end)
    if left.ranked:
        word = max(word, lexicon.rank_scopes.at_end(left.text, left.end), key=len)
    if word and _ends_longer(left.text, left.end, len(word)):
        return False
    if not word:
        if left.text[left.end - 1] in "比较" and TIME_HEAD.match(left.coded, left.end):
            left.end, left.compared = left.end - 1, True
            return True
        return False
    left.end -= len(word)
    left.linked = left.linked or word.startswith(lexicon.level_links)
    left.verb = left.verb or word
    if word in ("由", "从"):
        left.base = True
    elif word.startswith(("分别", "依次")):
        left.respectively = True
    elif word[0] in "均都各" or word.startswith(("双双", "一律")):
        left.share = True
    elif word in ("增至", "升至", "降至", "减至", "提至"):
        left.to = True
    return True


class Head(NamedTuple):
    """A name with the words before it taken off; `start` is its offset in the text, `action` its verb."""

    start: int
    action: str


def end_of_deed(text: str, position: int) -> int:
    """Return where 后 ends that stands behind a verb (建成后|增加的能力), 0 for none."""
    after = re.compile(_AFTER).match(text, position) if "后" in text[position : position + 2] else None
    return after.end() if after else 0


def strip_head(text: str) -> Head:
    """Return where the name in a text starts, and the verb that says what was done to the thing.

    >>> head = strip_head("全市新建改造提升高标准农田")
    >>> "全市新建改造提升高标准农田"[head.start :], head.action
    ('高标准农田', '新建改造提升')
    """
    lexicon = load_lexicon()
    worded = text[:1].isalpha() and text[0] not in NUMERALS  # so it has no label
    label = None if worded else _LABEL.match(code(text))
    start, action_start, action_end = label.end() if label else 0, -1, -1
    while start < len(text):
        first = text[start]
        if first in _HEAD_MARKS or not first.isprintable():
            start += 1
            continue
        if start == action_end and first in "和与及并" and lexicon.actions.at_start(text, start + 1):
            start = action_end = start + 1
            continue
        time = (
            (first in _TIME_STARTS and TIME_HEAD.match(code(text), start))
            or (first in "仅这上两三四五六" and re.compile(_REFERENCE).match(text, start))
            or (first == "按" and re.compile(_COUNTED_BY).match(text, start))
        )
        if time and time.end() > start:
            start = time.end()
            continue
        action = lexicon.actions.at_start(text, start)
        done = end_of_deed(text, start + len(action)) if action else 0
        if done:  # 建成后|增加的能力
            start = done
            continue
        amid = first == "在" and re.compile(_AMID_DEED).match(text, start)
        if amid and lexicon.actions.at_start(text, amid.end()):
            start = amid.end()
            continue
        if (
            action
            and action[:-1] in lexicon.actions
            and lexicon.nouns.at_start(text, start + len(action) - 1)
        ):
            action = action[:-1]  # 新增|设施
        if not action and first == "新":
            action = _new_action(text, start)
        head = lexicon.heads.at_start(text, start) if action_start < 0 else ""
        word = action if len(action) >= len(head) else head
        noun = lexicon.nouns.at_start(text, start) if word else ""
        if (
            noun
            and word == head
            and len(lexicon.actions.at_start(text, start + len(head))) > len(noun) - len(head)
        ):
            noun = ""  # 共建成项目, not 共建项目
        rest = text[start + len(word) :].lstrip("了")
        if not word or len(noun) >= len(word) or len(rest) == 1:
            break
        if action == word and (
            rest.partition("、")[0] in lexicon.generic or rest.startswith(lexicon.offices)
        ):
            break  # 引进项目 is a name, 建设局 an office
        if action == word and (_joins_noun(rest) or _is_share(rest) or rest[:1] == "型"):
            break  # 改建和技术改造投资 is one name
        if word == action:
            action_start = start if action_end != start else action_start
            action_end = start + len(word)
        start = len(text) - len(rest)
    action_text = (
        text[action_start:action_end].rstrip("和与及并")
        if action_start >= 0 and start - action_end <= 1
        else ""
    )
    return Head(start, action_text)


def _is_share(rest: str) -> bool:
    """Return whether what stands behind a verb makes a share of it (积累|占国民收入的比重)."""
    return rest.startswith("占") and rest.endswith(("比重", "比例", "份额"))


def _new_action(text: str, start: int) -> str:
    """Return 新 with the verb behind it where that says what came (新认证绿色食品, not 新发展格局)."""
    lexicon = load_lexicon()
    action = lexicon.actions.at_start(text, start + 1)
    noun = lexicon.nouns.at_start(text, start + 1)
    came = len(action) > max(1, len(noun)) and action.startswith(lexicon.brought)
    return "新" + action if came and not text.startswith(_IDEAS, start + 1 + len(action)) else ""


_IDEAS: Final = ("格局", "理念", "阶段", "模式", "方式")


def _joins_noun(rest: str) -> bool:
    """Return whether what stands behind a verb joins it to a noun, as if the verb were one."""
    lexicon = load_lexicon()
    joined = rest[:1] in ("和", "及") and not lexicon.nouns.at_start(rest)  # 建成|和美乡村
    return joined and not lexicon.actions.at_start(rest, 1)
