"""The names of the figures of a list: each has its own (A、B分别下降M、N)."""

import re
from collections.abc import Sequence
from typing import Final

from dalian_report.indicators.clauses import Clause
from dalian_report.indicators.counted import name_behind
from dalian_report.indicators.drafts import recent_names
from dalian_report.indicators.figures import TASKS, Figure, name_before
from dalian_report.indicators.nouns import Name, split_names, trim_name
from dalian_report.indicators.told import Told

_LONGEST_ENDING: Final = 4  # 总数 of 总数分别达6886家、14家
_REFERRING: Final = ("指标", "数据", "各项指标", "主要指标")  # 三项指标分别增长: those that were told
_ALL_OF: Final = r"\s*([^,;\d]{1,16}、[^,;\d]{1,10}?)(?:也?都|(?<![人户亩平年日月])均)"
_YEARS: Final = "年(?:、|和|与)[^,]{1,6}年|[两三]年|[年度]、"


def _listed_before(folded: str, silents: Sequence[Clause]) -> Name | None:
    """Return the list that opens the clause before (木材、水泥|都没有完成计划,分别为M和N)."""
    clause = silents[-1] if silents else None
    found = re.compile(_ALL_OF).match(folded, clause.start, clause.end) if clause else None
    return trim_name(folded, found.start(1), found.end(1), percent=True) if found else None


def _end_of_run(figure: Figure, run: int) -> int:
    quantities = figure.clause.quantities
    return quantities[min(figure.place + run, len(quantities)) - 1].outer_end


def names_for(figure: Figure, run: int, told: Told) -> list[Name]:
    """Return as many names as figures follow from one on, or one for all, or none."""
    folded = told.folded
    name = name_before(folded, figure, percent=True)
    names = split_names(name, run) if name else []
    suffix = figure.left.suffix
    if len(names) == run:
        return [Name(one.text + suffix, -1, -1, one.action) for one in names] if suffix else names
    carrier = told.carrier
    if name and figure.left.text.rstrip("的").endswith(TASKS):
        name = None  # 产值7860万元、利税612万元,分别占年计划的96.4%和81.6%
    about = told.subject if name is None and told.silents else None
    names = split_names(about, run) if about else []
    if len(names) == run and run > 1:
        return names  # 油菜籽、花生、黄麻的总产量,分别增加M、N和P
    both = _listed_before(folded, told.silents) if name is None else None
    names = split_names(both, run) if both else []
    if len(names) == run:
        return names
    refers = name is not None and name.text in _REFERRING
    recent = recent_names(
        [draft for draft in told.drafts if not (refers and draft.name.text in _REFERRING)], run
    )
    if carrier and "年" in figure.left.text and re.search(_YEARS, figure.left.text):
        recent = [carrier.name] * run  # 工资提高13%,其中前年、去年分别提高6%和7%
    if len(recent) == run and (name is None or len(name.text) <= _LONGEST_ENDING):
        each = split_names(recent[0], run) if len({one.text for one in recent}) == 1 else []
        recent = each if len(each) == run else recent  # 城乡标准提高到762元、6120元,分别增长M、N
        ending = name.text if name and not refers else ""
        return [Name(one.text + ending, -1, -1) if ending else one for one in recent]
    last = carrier.name if carrier else None
    silents = () if name else reversed(told.silents)
    apart = (trim_name(folded, clause.start, clause.end, percent=True) for clause in silents)
    for lone in (name, told.subject, *apart, last, told.previous):
        names = split_names(lone, run) if lone else []
        if len(names) == run:
            return names
    behind = name_behind(folded, figure) if folded.startswith("的", _end_of_run(figure, run)) else None
    lone = behind or name or last or told.subject or told.previous
    return [lone] * run if lone else []
