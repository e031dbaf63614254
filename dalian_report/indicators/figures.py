"""One figure in its clause: the nouns before and behind it, and which of them it measures."""

import re
from typing import Final

from dalian_report.indicators.clauses import Clause
from dalian_report.indicators.left import Left
from dalian_report.indicators.lexicon import load_lexicon
from dalian_report.indicators.nouns import Name, noun_behind, trim_name
from dalian_report.model import Bound, Quantity
from dalian_report.quantities.units import is_measure, is_size

# Few reports need these: `re` compiles and keeps those that are used.
_ASIDE: Final = "包括|含|不包括|不含|其中不"
_ASIDE_STARTS: Final = ("包", "含", "不", "其")
_LESS: Final = "不(?:包括|含)[^,;]+(?:为|是)"
_YARDSTICK: Final = re.compile(r"比[^,;]{0,24}的$")
SUM_OF: Final = re.compile(r"(?:首期|年度|计划|规划)*总?(?:投资额?|规模)$")
_LISTED: Final = re.compile("[、和]|(?<![高中初同平特优])等")
_SURPASSED: Final = ("超过", "超出", "高于", "低于")
_SURPASSED_BY: Final = f"(?:{'|'.join(_SURPASSED)})[^,;]{{2,16}}$"
_SET: Final = (
    "规定的",
    "要求的",
    "提出的",
    "确定的",
    "原定的",
    "预定的",
    "计划的",
)  # 高于五年计划规定的|14.5%
_STANDARD: Final = "的(?:增长|发展)?(?:速度|要求|指标|目标|预期目标|规定)"
_DONE: Final = (
    "季",
    "时期",
    "月底",
    "规定",
    "要求",
    "供应",
    "完成",
    "达到",
    "实现",
    "生产",
    "计划",
)  # 比去年实际供应|的160万吨
_SCOPES: Final = ("全国", "全省", "全市", "全区", "全县", "全州")
_HOW: Final = ("由", "按", "用于", "被")
_HANDLED: Final = ("对", "把")
CLASS: Final = "(?:国家|省部|自治区|地市|[省市县区州部镇乡村]|[十百千万]*亿元?)级"
_LONGEST_AGENT: Final = 12
_OUTCOMES: Final = ("局面", "好收成", "好成绩", "控制数")
_AREAS: Final = ("城镇", "农村", "城市", "市区", "城区", "境内")
_SUMS: Final = ("之和", "总和", "参与", "缓和", "饱和")
_EACH: Final = "(?:[人户亩社村企]均(?:年均?)?|每[人户亩]能?)$"
BY: Final = "(?:^|全年|每年|共)由[^,;]{1,6}(?:支付|负担|解决|供应|提供|承担|开支)$"
_DID: Final = "(?:实际|已经?|一共|共|先后)+[招收产建修办种养造]"
_ARRANGED: Final = (
    "(?<=...)(?<![府区县市省厅局门位级年委部政])(?<!预算)(?:(?<!拟)(?<!将)|拟|将)安排$"  # 拨款|安排251亿元
)
TASKS: Final = ("任务", "计划", "目标", "预算")
_PLANS: Final = ("原定计划", "原计划", "原定任务", "年初计划")
SIZES: Final = ("长", "宽", "高", "深", "厚", "重", "占地", "占地面积", "价值")  # 长3500公里的|长江干堤


class Figure:
    """The figure at `place` among those of its clause, with what stands before it from `start` on."""

    __slots__ = ("clause", "left", "place", "quantity", "start")

    def __init__(self, clause: Clause, place: int, left: Left) -> None:
        self.clause = clause
        self.place = place
        self.left = left
        self.quantity = clause.quantities[place]
        self.start = self.quantity.outer_start - len(left.text)

    def limit_of(self, place: int) -> int:
        """Return where the text behind a figure of the clause ends: at the next or the clause's end."""
        quantities = self.clause.quantities
        return quantities[place + 1].outer_start if place + 1 < len(quantities) else self.clause.end

    @property
    def limit(self) -> int:
        """Where the text behind the figure ends."""
        return self.limit_of(self.place)

    @property
    def shared_bound(self) -> Bound:
        """The bound that stands before the figure, and so before all that follow in its run."""
        return self.quantity.bound if self.quantity.outer_start < self.quantity.start else "exact"


def name_before(folded: str, figure: Figure, *, percent: bool) -> Name | None:
    """Return the name that stands before a figure in its clause."""
    rest = figure.left.rest.strip(" 、\n的")
    if figure.quantity.form == "percent" and _is_joined_on(rest):
        return None  # 乡镇和|90%以上的村
    shared_out = figure.quantity.form == "percent" and folded.startswith("的", figure.quantity.outer_end)
    if not rest or (shared_out and _takes_a_share(figure.left, rest)):
        return None
    if rest.endswith(_DONE) and is_yardstick(figure.left):
        return None
    if is_standard(folded, figure):
        return None
    if rest.endswith(_HANDLED) and not load_lexicon().nouns.at_end(rest, len(rest)):
        return None  # 国家对300家企业实行减税, 先把20个项目建成
    end = figure.left.end
    if multiple := is_multiplied(folded, figure):
        end = multiple.start()  # 学生38万人,为最高年份|15万人的2.5倍
    elif "无到有" in figure.left.text:  # 众创空间从无到有、发展到|146家
        end = len(re.split("[从由]无到有", figure.left.text)[0])
    name = trim_name(folded, figure.start, figure.start + end, percent=percent)
    if name is None or ("由" in name.text and re.search(BY, name.text)):
        return None  # 差价,全年由财政支付|186亿元
    done = figure.left.text.endswith("了")
    if done and (name.text in load_lexicon().actions or re.fullmatch(_DID, name.text)):
        return None  # 去年生产了9万台, 实际招了17万人
    arranged = re.search(_ARRANGED, name.text) if name.text.endswith("安排") and name.placed else None
    if arranged:
        end = name.start + arranged.start()
        name = Name(folded[name.start : end], name.start, end, name.action)
    return _with_each(figure, folded, name)


def _is_joined_on(rest: str) -> bool:
    """Return whether a text ends with what joins it to a figure, so that it is no name of this."""
    return rest.endswith(("和", "与", "以及")) and not rest.endswith(_SUMS)


def whole_phrase(folded: str, figure: Figure, name: Name) -> Name | None:
    """Return a name with the verb that opens it, where 的 makes both one thing (参加投票|的占86%)."""
    left = figure.left
    if not (left.text.startswith("的", left.end) and name.placed):
        return None
    if len(left.text) == left.end + 1 and figure.quantity.form != "number":
        return None  # 完成预算的98%
    start = folded.rfind(name.action, figure.start, name.start) if name.action else name.start
    named = bool(name.action) or name.text.startswith(_HOW)
    return Name(folded[start : name.end], start, name.end) if named and start >= 0 else None


def _takes_a_share(left: Left, rest: str) -> bool:
    """Return whether a share is of what stands behind it (贡献了全省74.6%的税收, 以全省3%的土地)."""
    scope = next((word for word in _SCOPES if rest.endswith(word)), "")
    verb = rest.removesuffix(scope)
    done = verb.endswith(("了", "到")) or (not scope and left.text.endswith("了") and not left.change)
    return done or (bool(scope) and verb in ("以", "用", "拿"))


def amount_of(folded: str, figure: Figure, before: Name | None, behind: Name | None) -> Name | None:
    """Return the name of a sum that stands before the thing it is of.

    In 总投资113亿元的储能项目 it is 储能项目总投资.
    """
    if not (before and behind and folded.startswith("的", figure.quantity.outer_end)):
        return None
    amount = SUM_OF.search(before.text)
    return Name(behind.text + amount.group(), -1, -1) if amount else None


_QUOTAS: Final = ("任务", "指标")


def sized_by(figure: Figure, before: Name | None, behind: Name | None) -> Name | None:
    """Return the thing behind a figure that only says how large it is (赣州|500千伏|变电站).

    Of a list it is the first; what is only 项目 is called by what stands before the figure too.
    """
    quantity, left = figure.quantity, figure.left
    if not (before and behind and behind.start == quantity.outer_end):
        return None
    if quantity.form != "number" or not is_size(quantity.base_unit):
        return None
    if left.linked or left.change or left.to or left.base:
        return None
    lexicon = load_lexicon()
    sized = quantity.outer_end > quantity.end  # 产能180万吨以上煤矿
    if not sized and lexicon.attributes.at_end(before.text, len(before.text)):
        return None  # 粮食产量300万吨、油料产量20万吨
    if lexicon.goal_names.at_start(behind.text) or behind.text.startswith(_QUOTAS):
        return None  # 粮食300万吨目标
    listed = _LISTED.search(behind.text)
    if behind.end == figure.limit and not listed and figure.place + 1 < len(figure.clause.quantities):
        return None  # 玉米30万亩大豆20万亩
    text = behind.text[: listed.start()] if listed else behind.text
    action = last_action(left.rest) or before.action
    if lexicon.generic.at_start(text):
        return Name(_LISTED.split(before.text)[-1] + text, -1, -1, action)
    return Name(text, behind.start, behind.start + len(text), action)


def benefit_of(folded: str, figure: Figure, action: str) -> str:
    """Return the verb that says whom something is good for (惠及20余万人, 4.3亿人次受益)."""
    benefits = load_lexicon().benefits
    if action in benefits:
        return action
    people = figure.quantity.base_unit.startswith(("人", "户", "名"))
    return benefits.at_start(folded, figure.quantity.outer_end) if people else ""


def purpose_behind(folded: str, figure: Figure) -> Name | None:
    """Return what a sum was spent on, where that stands behind it (投入11.97亿元实施校舍改造)."""
    end = figure.quantity.outer_end
    verb = load_lexicon().purposes.at_start(folded, end)
    if not verb:
        return None
    start = end + len(verb)
    quantities, place = figure.clause.quantities, figure.place + 1
    if place < len(quantities) and quantities[place].outer_start == start:  # 20亿元实施6个|重大专项
        limit = figure.limit_of(place)
        name = noun_behind(folded, quantities[place].outer_end, limit)
        if name and name.end == limit and "、" in name.text:
            name = Name(name.text.rpartition("、")[0], -1, -1)
    else:
        name = noun_behind(folded, start, figure.limit) or trim_name(
            folded, start, figure.limit, percent=True
        )
    if name and name.text in load_lexicon().actions:  # 20亿元支持|巩固脱贫成果
        name = Name(folded[start : figure.limit], start, figure.limit) if start < figure.limit else None
    return name._replace(action=verb) if name else None


def counts_behind(folded: str, figure: Figure, before: Name | None, behind: Name) -> bool:
    """Return whether the noun behind a figure is its name, rather than the one before."""
    quantity, left = figure.quantity, figure.left
    of = folded.startswith("的", quantity.outer_end) and (
        before is None
        or bool(last_action(left.rest))
        or (left.text.endswith(("的", "有", "出现", "发生")) and len(behind.text) > 1)
        or before.text[0] == "占"
        or before.text.endswith(SIZES)
    )
    if before and folded.startswith("的", quantity.outer_end) and behind.text in load_lexicon().generic:
        return False  # 裁军50万人的工作
    if before and (is_goal(behind) or behind.text == "任务"):
        return False  # 高职院校扩招100万人目标
    if before and behind.text[0] == "在" and not load_lexicon().nouns.at_start(behind.text):
        return False  # 毕业生3000人|在本地就业
    measure = is_measure(quantity.base_unit)
    verb = last_action(left.rest)
    acted = bool(verb) and before is not None and before.text.endswith(verb) and not _is_noun(verb)
    joint = left.text.endswith("共") and before is not None and "、" in before.text
    joint = joint and is_size(quantity.base_unit)  # 甲线、乙线共|67公里地铁
    if measure and before and (acted or joint or _ends_a_list(before.text)):
        return quantity.form == "number"  # 在某地建设700万千瓦储能项目
    if quantity.form in ("rank", "multiple", "relation") or left.base or (left.to and measure):
        return False
    if quantity.form in ("percent", "fraction"):
        opens = figure.place == 0 or _is_joined_on(left.rest.rstrip())
        return of or (before is None and opens and not (left.linked or left.change or left.to))
    if left.change and not left.to and not of and before and not is_extreme(left):
        return False
    if before is None or of or left.text.endswith("的"):
        return True
    if measure:
        placed = before.text.endswith(_AREAS) and left.text.endswith("有")
        return placed and behind.start == quantity.outer_end  # 城镇还有|210万平方米棚户区
    return not left.linked or before.text[-1:] not in "数量"


def _ends_a_list(text: str) -> bool:
    """Return whether a text ends with 等 behind several things (银行和信用社等)."""
    return text.endswith("等") and text[-2:-1] not in "高中初同平" and any(mark in text for mark in "、和与")


def _is_noun(verb: str) -> bool:
    """Return whether a verb may as well be the name of what is measured (投资, 贷款)."""
    lexicon = load_lexicon()
    return verb in lexicon.nouns or verb in lexicon.noun_actions or verb in lexicon.generic


def only_plans(figure: Figure, name: Name) -> bool:
    """Return whether a name only says that its figure was planned (完成年度任务的244.5%)."""
    tasked = figure.left.text.rstrip("的").endswith(TASKS) and figure.quantity.form == "percent"
    return tasked or name.text in _PLANS


_OCCUPIES: Final = re.compile("占[地股用领据线]")


def takes_share(folded: str, figure: Figure, name: Name) -> bool:
    """Return whether a sum is only the whole of a share that stands behind it (占总收入|4317万元的38%)."""
    quantities, place = figure.clause.quantities, figure.place
    if figure.quantity.form != "number" or place + 1 >= len(quantities) or _OCCUPIES.match(name.text):
        return False
    following = quantities[place + 1]
    gap = folded[figure.quantity.outer_end : following.outer_start]
    return gap == "的" and following.form in ("percent", "fraction")


def _with_each(figure: Figure, folded: str, name: Name) -> Name:
    """Return a name of so much for each with its verb, which alone says what it is (户均|增收4200元)."""
    verb = figure.left.verb
    if not name.placed or verb not in load_lexicon().noun_actions or not re.search(_EACH, name.text):
        return name
    end = figure.start + figure.left.text.rfind(verb) + len(verb)
    return Name(folded[name.start : end], name.start, end, name.action)


def led_by(folded: str, clause: Clause, quantity: Quantity) -> bool:
    """Return whether 由 before a figure names who does something (由|2名党员干部联系), not a start."""
    if quantity.base_unit not in ("名", "人", "位") or folded[quantity.outer_start - 1] != "由":
        return False
    behind = folded[quantity.outer_end : min(clause.end, quantity.outer_end + _LONGEST_AGENT)]
    agent = re.search("(?:牵头|组成|带队|联系|负责|承担|帮扶|包抓|包联|挂帅)(?!的)", behind)
    return agent is not None and not re.search("[到至为增减扩]", behind)


def last_action(text: str) -> str:
    """Return the verb that ends a text.

    >>> last_action("国务院已取消")
    '取消'
    """
    text = text.rstrip(" \n了共已")
    return load_lexicon().actions.at_end(text, len(text))


def has_verb(name: Name) -> bool:
    """Return whether a name has a verb of its own (完成投资, not 服务业企业), so that it shares none."""
    lexicon = load_lexicon()
    action, noun = lexicon.actions.at_start(name.text), lexicon.nouns.at_start(name.text)
    return bool(name.action) or len(action) > len(noun)


def is_goal(behind: Name) -> bool:
    """Return whether what stands behind a figure only says what it was: an aim, an outcome (的好收成)."""
    return behind.text in load_lexicon().goal_names or behind.text in _OUTCOMES


def is_aside(folded: str, clause: Clause) -> bool:
    """Return whether a bracket only says what its figure takes in (包括村办工业为百分之六).

    So does a clause that says what it leaves out (工业增长8%,不包括村办工业为7%).
    """
    if folded[clause.start : clause.start + 1] not in _ASIDE_STARTS:
        return False
    return bool(re.compile(_ASIDE if clause.inner else _LESS).match(folded, clause.start, clause.end))


def is_extreme(left: Left) -> bool:
    """Return whether a figure is only said of the best or worst case (高的达到5.5%)."""
    return left.rest.strip(" 、的\n") in load_lexicon().extremes


def is_standard(folded: str, figure: Figure) -> bool:
    """Return whether a share is the plan's that was surpassed (超过计划规定的年均增长6%的速度)."""
    left = figure.left
    if "超" not in left.text and "于" not in left.text:
        return False  # so it goes for nearly all
    surpassed = left.rest.lstrip(" 、").startswith(_SURPASSED)
    if surpassed and re.compile(_STANDARD).match(folded, figure.quantity.outer_end):
        return True
    return left.text.endswith(_SET) and bool(re.search(_SURPASSED_BY, left.text))


def is_multiplied(folded: str, figure: Figure) -> re.Match[str] | None:
    """Return what leads to a figure that another is a multiple of (为最高年份|15万人的2.5倍)."""
    quantities, place = figure.clause.quantities, figure.place + 1
    if place >= len(quantities) or quantities[place].form != "multiple":
        return None
    gap = folded[figure.quantity.outer_end : quantities[place].outer_start]
    return re.search("(?:为|是|相当于|等于)[^,;]{2,14}$", figure.left.text) if gap == "的" else None


def is_yardstick(left: Left) -> bool:
    """Return whether a figure is only what another is compared with (比…的五百七十七亿元增长一倍)."""
    return bool(_YARDSTICK.search(left.text))


_SIZED: Final = ("以上", "以下", "以内")


def sized_noun(name: Name, earlier: Name) -> str:
    """Return what a size lacks that stood behind the one before it (百亿元以上项目5个、50亿元以上|15个)."""
    if not name.text.endswith(_SIZED):
        return ""
    whole = earlier.text
    return next((noun for word in _SIZED if (noun := whole.partition(word)[2])), whole)
