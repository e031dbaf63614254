"""Where a report turns from what was to what is planned, where its headings do not tell.

Web pages and converted files often lose them. What remains is how a report turns: it names the time to come
(今年是…的关键一年, 做好今年工作, 今后五年的主要任务), or says what is asked of the work ahead.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from dalian_report.alphabet import code
from dalian_report.data import load_data
from dalian_report.document.plans import PLAN_YEARS, find_plans
from dalian_report.document.years import years_in_digits
from dalian_report.model import Span

_OPENING: Final = r"^(?:[^,。!:]{0,8}代表|同志们|朋友们)[,!:]\s*"
_OFTEN: Final = 3  # times that a report says 明年 which plans for the next year by that name
_SHORT_REPORT, _OPENING_SHARE = 3_000, 0.05  # characters; no report plans in the first of these
_VETO_CHARS: Final = 12  # behind what would turn
_PLAN_CHARS: Final = 12  # “十四五”时期, with a line break in it
_YEAR: Final = r"(?:19|20)[0-9]{2}(?=年)"
_ANY_YEAR: Final = "[12一二][9八九0〇零][0-9〇零一二三四五六七八九]{2}(?=年)"


class _Words(NamedTuple):
    opens: re.Pattern[str]
    says: re.Pattern[str]
    vetoes: re.Pattern[str]


@cache
def _words() -> _Words:
    words: dict[str, list[str]] = load_data("turns")
    when = "(?:" + "|".join(words["when"]) + ")"
    return _Words(*(re.compile("|".join(words[name]).replace("WHEN", when)) for name in _Words._fields))


class Turn(NamedTuple):
    """Where a text begins to plan, and the year that it says it plans for, if it names one."""

    start: int
    year: int | None


def find_turn(folded: str, sentences: Sequence[Span], *, year: int | None, behind: int = 0) -> Turn | None:
    """Return where a report on `year` begins to plan, behind a position; None where it does not say so.

    Only the sentences are read that hold a word without which none turns. In a report of December, which
    calls the year under review 今年, only what names the next one turns.
    """
    if not sentences:
        return None
    starts = [sentence.start for sentence in sentences]
    length = sentences[-1].end - starts[0]
    if length > _SHORT_REPORT:
        behind = max(behind, starts[0] + int(length * _OPENING_SHARE))
    in_december = folded.count("明年") >= _OFTEN
    seen = -1
    for place in _anchors(folded, year):
        number = bisect_right(starts, place) - 1
        if number <= seen or place >= sentences[number].end or starts[number] < behind:
            continue
        seen = number
        text = re.sub(_OPENING, "", years_in_digits(folded[slice(*sentences[number])]))
        if in_december and "今年" in text:
            continue
        for planned in _planned(text, year):
            return Turn(starts[number], planned)
    return None


def _anchors(folded: str, year: int | None) -> list[int]:
    """Return where the words stand of which each turn has one, in text order."""
    words: list[str] = load_data("turns")["anchors"]
    if year is None:
        places = [match.start() for match in re.finditer(_ANY_YEAR, folded)]
    else:
        places, words = [], [*words, *_spellings(year + 1)]
    for word in words:
        place = folded.find(word)
        while place >= 0:
            places.append(place)
            place = folded.find(word, place + len(word))
    return sorted(places)


def _spellings(year: int) -> list[str]:
    """Return how a year is written in folded text: 2001年, 二〇〇一年, 二零零一年."""
    printed = f"{year}年"
    han = [printed.translate(str.maketrans("0123456789", f"{zero}一二三四五六七八九")) for zero in "〇零"]
    return [printed, *(han if "0" in printed else han[:1])]


def _planned(sentence: str, year: int | None) -> Iterator[int | None]:
    """Yield the year of each word of a sentence that turns to a plan, None for one that names no year."""
    words = _words()
    opening = words.opens.match(sentence)
    for match in (*words.says.finditer(sentence), *([opening] if opening else [])):
        named = re.search(_YEAR, match[0])
        later = named is not None and (match is not opening if year is None else int(named[0]) > year)
        if (named is None or later) and not words.vetoes.search(sentence, 0, match.end() + _VETO_CHARS):
            yield int(named[0]) if named else None
    if year is not None and "五" in sentence[:_PLAN_CHARS]:
        plan = next(find_plans(code(sentence[:_PLAN_CHARS])), None)
        if plan is not None and plan[0] == 0 and plan[1] - PLAN_YEARS >= year:
            yield None
