"""Why a numeral is no figure: what the words around it tell, from the patterns of data/reasons.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal, NamedTuple

from dalian_report.data import load_data

_DIGIT, _MAGNITUDE = "一二三四五六七八九两", "十百千万亿〇○零几"
_NUMBER: Final = r"[0-9]+(?:[.,][0-9]+)*"
_BUILT_IN: Final = {
    "h": f"[{_DIGIT}]",
    "H": f"[{_DIGIT}{_MAGNITUDE}]",
    "n": rf"(?:{_NUMBER}|[{_DIGIT}{_MAGNITUDE}]+)",
    "c": "[一-鿿]",
    "y": "(?:(?:1[6-9]|20)[0-9]{2}|[一二][〇○零六七八九][〇○零一二三四五六七八九]{2})",
}

Certainty = Literal["sure", "quoted", "likely"]


class Reason(NamedTuple):
    """A stretch at [start, end) whose numerals are no figures, and why."""

    start: int
    end: int
    reason: str


def find_reasons(
    folded: str, certainty: Certainty, start: int = 0, end: int | None = None
) -> Iterator[Reason]:
    """Yield the stretches of folded[start:end] whose numerals are no figures, the first reason first.

    `sure` ones hold whatever else the numeral may be. `quoted` ones hold in a short quotation unless it is of
    a known word. `likely` ones go by the shape of the neighbourhood and hold where neither a dictionary nor
    the scanner knows better.

    >>> [(one.reason, one.start) for one in find_reasons("推进“十四五”规划,2023年", "sure")][:2]
    [('plan', 2), ('year', 10)]
    """
    for reason, patterns in _patterns(certainty).items():
        for pattern in patterns:
            for match in pattern.finditer(folded, start, len(folded) if end is None else end):
                yield Reason(match.start(), match.end(), reason)


def terms() -> tuple[str, ...]:
    """Return the words with a numeral in them that a general dictionary lacks."""
    return tuple(load_data("reasons")["words"]["terms"])


def places() -> tuple[str, ...]:
    """Return the names of places with a numeral in them that look like a number of things."""
    return tuple(load_data("reasons")["words"]["places"])


@cache
def _patterns(certainty: Certainty) -> dict[str, tuple[re.Pattern[str], ...]]:
    data = load_data("reasons")
    lists = {name: _either(words) for name, words in data["words"].items()}
    return {
        reason: tuple(re.compile(_filled(pattern, _BUILT_IN | lists)) for pattern in patterns)
        for reason, patterns in data[certainty].items()
    }


def _either(words: list[str]) -> str:
    """Return a pattern of any of some words, the longest first."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def _filled(pattern: str, named: dict[str, str]) -> str:
    """Return a pattern with the names in braces replaced; in a class ([零{h}]) the digits alone.

    >>> _filled("{h}{1,3}", {"h": "[一二]"})
    '[一二]{1,3}'
    """
    pattern = re.sub(r"\[([^\[\]]*)\{h\}", rf"[\1{_DIGIT}", pattern)
    return re.sub(r"\{([a-zA-Z_]+)\}", lambda match: named[match[1]], pattern)
