"""Whether a figure was reached or is promised, how firmly, and for which period."""

import re
from typing import Final, NamedTuple

from dalian_report.alphabet import DIGIT, FIGURE, TEN, YEAR, code
from dalian_report.document.plans import PLAN_YEARS, find_plans
from dalian_report.indicators.dating import CODED_DIGITS, COMPARED, spans_in, times_in, years_in
from dalian_report.indicators.drafts import Draft
from dalian_report.indicators.lexicon import last_said, said
from dalian_report.indicators.periods import PART, goes_on, part_named, part_within
from dalian_report.model import Part, Status, Strength

_QUOTED: Final = re.compile(r"“(?![^“”]{1,2}五”)[^“”\n]*”")  # plans keep their names: “五五”时期
_PERIOD: Final = re.compile(rf"(?P<year>{YEAR})年{PART}?", re.VERBOSE)
_NUMERAL: Final = rf"[0-9{DIGIT}{TEN}]"
_HEAD: Final = "头"  # of 头五个月
_THIS_YEAR: Final = "今年"
_ONWARD: Final = "起"  # of 从去年十月起
_BASIS: Final = "基础上"
BEHIND_CHARS: Final = 40
NEAR_CHARS: Final = 400  # what stands farther off says nothing of a figure
_LIVING_MEMORY: Final = 5  # years: a five-year plan's results are still this report's own
_FOUNDED: Final = 1949  # of that year and before, a report only tells where the country started from
_FIRST_HALF: Final = rf"[在于]{YEAR}年(?:上.年|第?[{FIGURE}12]季度)"
_TOLD_YEAR: Final = rf"(?:在[^,;:]{{2,14}}方面[,:])?({YEAR})年比{YEAR}年"
_OPENING_CHARS: Final = 40
_PERIOD_CHARS: Final = 60
_AHEAD: Final = re.compile("到|预算(?!执行)")  # what a year brings that is not over: 到2025年, 2025年预算
_SINCE: Final = ("以来", "起", "底以来", "末以来", "至今", "基础上", "的基础上")


_MODERN: Final = 2000  # reports on earlier years are read by the lists of data/status.yaml for old ones too


def _is_old(year: int | None) -> bool:
    return year is not None and year < _MODERN


class Promise(NamedTuple):
    """What is known of a figure's time: status, strength of a target, period in ISO 8601."""

    status: Status
    strength: Strength | None
    period: str | None


class Context(NamedTuple):
    """Where a figure stands: its sentence and its clause up to it, the clause, the part, the year.

    `behind` is what the sentence goes on with. `part` is that of its section, `year` the one under review;
    `pledged` is set where an earlier sentence of the paragraph said that what follows is planned, `recalled`
    where it said that it looks back; `asked` where this one, or one with a colon that leads to it, only asks;
    `national` in a report of no province, city or county, which may tell of other countries; `late` in one
    given in the year under review, which is then the one that it calls 今年.
    """

    before: str
    leading: str
    clause: str
    behind: str
    part: Part | None
    year: int | None
    pledged: bool
    recalled: bool
    asked: bool
    national: bool
    late: bool


def says_plan(sentence: str, year: int | None = None) -> bool:
    """Return whether a sentence says that it, and what follows it in the paragraph, is planned.

    So does one of an old report that opens with the budget of a year to come after `year`.

    >>> says_plan("“七五”计划草案规定,五年内工农业总产值增长百分之三十八。")
    True
    >>> says_plan("一九五七年支出预算为八亿元。", 1956), says_plan("一九五六年支出预算为八亿元。", 1956)
    (True, False)
    """
    if is_done(sentence, year):
        return False
    return bool(said("announces").search(sentence)) or (_is_old(year) and _budgets(sentence, year))


def _budgets(sentence: str, year: int | None) -> bool:
    """Return whether a sentence opens with the budget or the plan of a year that is not over."""
    opening = sentence[:_OPENING_CHARS] if "预算" in sentence or "计划" in sentence else ""
    found = said("budgets").match(code(opening)) if opening else None
    if found is None:
        return False
    if found["year"] is None or year is None:
        return True
    return int(found["year"].translate(CODED_DIGITS)) > year


def is_done(sentence: str, year: int | None = None) -> bool:
    """Return whether a sentence says that what was planned has been reached.

    >>> is_done("五年计划规定新建铁路一千公里,已经提前完成。")
    True
    """
    return bool(said("done", old=_is_old(year)).search(sentence))


def asks(sentence: str) -> bool:
    """Return whether a sentence asks for what it states, and tells nothing that was.

    >>> asks("今后三年,必须把人口增长率降到百分之一以下。"), asks("产量要得到提高,已达到一百万吨。")
    (True, False)
    """
    asked = said("asked").search(sentence) or ("内" in sentence and said("within_years").search(sentence))
    return bool(asked) and not said("told").search(sentence)


def tells(sentence: str) -> bool:
    """Return whether a sentence tells what was."""
    return bool(said("told").search(sentence))


def turn_of(sentence: str, year: int | None) -> Part | None:
    """Return the part that a sentence turns to by the period it names, in a section that has both.

    >>> turn_of("“十四五”时期是开启新征程的第一个五年。", 2020), turn_of("五年来,成就显著。", 2020)
    ('plan', 'review')
    """
    if said("ahead").search(sentence):
        return "plan"
    named = [last for _, last in find_plans(COMPARED.sub("", code(sentence)))]
    if named and year:
        return "review" if named[-1] <= year else "plan" if named[-1] - PLAN_YEARS >= year else None
    return "review" if said("recalls").search(sentence) else None


def looks_back(sentence: str, year: int | None = None) -> bool:
    """Return whether a sentence says that it, and what follows it in the paragraph, looks back.

    So does one that opens with what a year brought that was over by `year`, beside the one before.

    >>> looks_back("在过去的一年里,外交工作取得重要进展。"), looks_back("1954年比1953年增长5%。", 1954)
    (True, True)
    """
    if "年" not in sentence:
        return False  # nobody looks back without it
    if said("recalls", old=_is_old(year)).search(sentence):
        return True
    compared = re.match(_TOLD_YEAR, code(sentence[:_OPENING_CHARS])) if year and "年比" in sentence else None
    return compared is not None and int(compared.group(1).translate(CODED_DIGITS)) <= (year or 0)


def looks_ahead(sentence: str, *, late: bool = False) -> bool:
    """Return whether a sentence speaks of the year to come, so that looking back has ended.

    In a `late` report, given in the year under review, 今年 is that year.

    >>> looks_ahead("今年生产总值增长6%。"), looks_ahead("今年生产总值增长6%。", late=True)
    (True, False)
    """
    return bool(_said_of_time("now", late=late).search(sentence))


def _said_of_time(name: str, *, late: bool) -> re.Pattern[str]:
    return said(name, without=_other_year(late=late))


def _other_year(*, late: bool) -> str:
    """Return the word that is none for the year to come: 今年 in a late report."""
    return _THIS_YEAR if late else "-"


def without_quotes(text: str) -> str:
    """Return the text without what stands in quotes, which names things and promises nothing."""
    return _QUOTED.sub("", text) if "“" in text else text


def read_promise(draft: Draft, context: Context) -> Promise:
    """Return the status, strength and period of a figure."""
    times = times_in(context.before[-_PERIOD_CHARS:])
    status = _status(draft, context, times)
    strength = _strength(draft, context) if status == "target" else None
    return Promise(status, strength, _period(draft, context, status, times))


def _status(draft: Draft, context: Context, times: str) -> Status:
    if draft.base or draft.compared or _is_supposed(context):
        return "other"
    if context.national and _is_abroad(context):
        return "other"
    if _is_old(context.year) and _was_planned(draft, context):
        return "other"
    year = context.year or 0
    years = years_in(times, year)
    history = bool(year and years) and max(years) < max(year - _LIVING_MEMORY, min(year, _FOUNDED + 1))
    if context.part == "plan":
        told = context.recalled or _is_reported(context) or _is_told(context, years)
        if not (told or (_is_old(context.year) and said("fact").match(context.behind))):
            return "target"
        if said("future").search(context.clause) or looks_ahead(context.clause, late=context.late):
            return "target"
    elif _was_so(draft, context, years):
        return "other"
    elif _is_pledged(context):
        return "achieved" if _is_reported(context) else "target"
    elif _is_ahead(context, years):
        return "target"
    return "other" if history else "achieved"


def _was_so(draft: Draft, context: Context, years: list[int]) -> bool:
    """Return whether a figure tells what was aimed at or was so once, before what it is now."""
    old = _is_old(context.year)
    if not old and (_was_intended(context) or said("once").search(draft.left)):
        return True
    if old and "原" in context.before and _came_to_nothing("revised", context.before):
        return True
    level = draft.reading.kind == "level"
    return level and bool(years) and _changes(years[-1], context.year or 0, context)


def _was_planned(draft: Draft, context: Context) -> bool:
    """Return whether a figure tells what was planned or was so once, in whatever part of an old report."""
    if _was_intended(context) or said("once", old=True).search(draft.left):
        return True
    return bool(said("planned").search(context.leading) and said("missed").match(context.behind))


def _is_told(context: Context, years: list[int]) -> bool:
    """Return whether a part that plans tells what was, by the time that stands before a figure."""
    year, before = context.year or 0, context.before
    far = bool(year) and not years and "年" in before[:-_PERIOD_CHARS]
    told = years_in(times_in(before), year) if far else years
    if year and told and told[-1] <= year and not said("future").search(before):
        return True
    return _is_past(context)


def _is_reported(context: Context) -> bool:
    """Return whether the clause says that what it states has been reached."""
    # 在去年完成6万亩的基础上再扩大5万亩: what stands before tells of the first alone.
    clause = context.clause.partition(_BASIS)[2] if _BASIS in context.leading else context.clause
    reported = said("reported", old=_is_old(context.year)).search(clause)
    return bool(reported or said("there_are").match(clause))


def _is_pledged(context: Context) -> bool:
    """Return whether something is said to come even in a part that reviews."""
    return context.pledged or _looks_forward(context) or bool(said("pledge").search(context.before))


def _looks_forward(context: Context) -> bool:
    """Return whether a clause, or its sentence where no part tells, speaks of what is to come."""
    if context.part is not None:
        return said("future").search(context.clause) is not None
    came = last_said("outcome", context.before) if _is_old(context.year) else None
    return said("future").search(context.before, came.end() if came else 0) is not None


def _is_ahead(context: Context, years: list[int]) -> bool:
    """Return whether a figure is of a year to come, or asked for where no heading tells plan from review."""
    year, before = context.year or 0, context.before
    named = years[-1] if years and year else 0
    if named > year + 1 or (named > year and _AHEAD.search(before) and not _so_far(before)):
        return True
    if context.part is not None or not (context.asked or (year and _is_coming(context))):
        return False
    return not _is_reported(context)


def _is_supposed(context: Context) -> bool:
    """Return whether a figure would follow from what is supposed, or is supposed itself."""
    if said("supposed", old=_is_old(context.year)).search(context.before) or said("would").search(
        context.before
    ):
        return True
    return said("supposes").match(context.behind) is not None and bool(
        said("supposing").search(context.before)
    )


def _is_abroad(context: Context) -> bool:
    """Return whether a sentence, or what stands behind its last semicolon, tells of another country."""
    before, old = context.before, _is_old(context.year)
    abroad = said("abroad", old=old)
    turn = before.rfind(";") + 1
    found = abroad.match(before) or (abroad.match(before, turn) if turn else None)
    if not old:
        return found is not None
    found = found or said("abroad_too").search(before, turn)
    return found is not None and said("home").search(before, found.end()) is None


def _was_intended(context: Context) -> bool:
    """Return whether a sentence tells what was aimed at once, or was so long ago."""
    before = context.before
    if not ("曾" in before or "原" in before or "前" in before or "而" in before or "旧" in before):
        return False
    if _is_old(context.year):
        return _came_to_nothing("intended", before)
    return said("intended").search(before) is not None


def _came_to_nothing(aim: str, before: str) -> bool:
    """Return whether a list finds an aim in a text, and nothing behind it tells what became of it."""
    intended = said(aim, old=True).search(before)
    return intended is not None and said("outcome").search(before, intended.start()) is None


def _is_past(context: Context) -> bool:
    """Return whether the word of time that stands nearest before a figure is one of the past."""
    before, late, old = context.before, context.late, _is_old(context.year)
    recent = last_said("recent", context.leading) if late else None
    if recent and recent[0] == _THIS_YEAR:
        return _said_of_time("coming", late=late).search(context.leading, recent.end()) is None
    past = last_said("past", before, old=old)
    if past is None or said("gone_on").search(before, 0, past.start()):
        return False
    if any(match.start() >= past.end() for match in _said_of_time("coming", late=late).finditer(before)):
        return False
    opens = (
        past[0].endswith(_ONWARD) or _HEAD in past[0] or said("opening", old=old).match(before, past.end())
    )
    return bool(opens or re.search(_NUMERAL, code(before[past.end() :])))


def _so_far(before: str) -> bool:
    """Return whether the year under way is told up to its first half, as in a report of summer."""
    return re.search(_FIRST_HALF, code(before)) is not None


def _is_coming(context: Context) -> bool:
    """Return whether the word of time that stands nearest before a figure is one for the year to come."""
    coming = last_said("next_year", context.before, without=_other_year(late=context.late))
    if coming is None or said("told").search(context.clause):
        return False
    past = last_said("past", context.before)
    return past is None or past.start() < coming.start()


def _changes(named: int, year: int, context: Context) -> bool:
    """Return whether a figure of an earlier year only says what the next one has changed from."""
    if named >= year or said("since").match(code(context.behind)) is None:
        return False
    return said("passed").search(context.leading) is None


def _strength(draft: Draft, context: Context) -> Strength | None:
    if said("stretch").search(draft.left):
        return "stretch"
    if said("hard").search(draft.left) or draft.quantity.bound in ("at_least", "at_most"):
        return "hard"
    if draft.quantity.bound in ("about", "range"):
        return "soft"
    return "stretch" if said("stretch").search(context.leading) else None


def _period(draft: Draft, context: Context, status: Status, times: str) -> str | None:
    """Return the period that the clause names, else the one that the section implies."""
    spans = spans_in(context.before[-_PERIOD_CHARS:], context.clause[len(context.leading) :], times)
    if spans:
        return f"{spans[-1].group(1)}/{spans[-1].group(2)}".translate(CODED_DIGITS)
    found = [] if draft.base or not times else list(_PERIOD.finditer(times))
    named = [match for match in found if not times.startswith(_SINCE, match.end())]
    if len(named) > 1 and times[named[-2].end() : named[-1].start()] in ("和", "、", "与", "及"):
        return None  # 2022年和2023年分别…
    if named and not said("many_years").search(context.leading):
        year = named[-1]["year"].translate(CODED_DIGITS)
        return year if goes_on(times, named[-1].end()) else part_within(year, named[-1])
    if status == "other" or context.year is None:
        return None
    if said("many_years").search(context.before[-BEHIND_CHARS:] + context.clause):
        return None
    return part_named(str(context.year + (1 if status == "target" else 0)), context.leading)
