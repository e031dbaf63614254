"""Repairs that change no meaning, as a view: a second text with a map back to the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final, NamedTuple

from dalian_report.document.wrapping import find_wraps
from dalian_report.model import Mark, Repair, Source, Span
from dalian_report.sources.source import digest
from dalian_report.sources.where import WRAPPED

# What stands behind a figure and nowhere else, so that a point or a letter before it belongs to one.
_UNIT: Final = r"(?=\s?(?:%|％|‰|个百分点|亿|万))"
_NAMED: Final = "nbsp|amp|lt|gt|quot|apos|[lr][ds]quo|mdash|ndash|middot|hellip|ensp|emsp"
_FIGURE: Final = r"(?<![A-Za-z0-9.])(?=[\dIlOo.]*[IlOo])(?=[\dIlOo.]*(?:\d|[Il][.]?[IlOo]))[\dIlO][\dIlOo.]*"
_HAN: Final = "[\u4e00-\u9fff]"
# Groups of three are one number where nothing else could number or count what follows: 新增1 200户.
_GROUPED: Final = (
    r"(?<=[\u4e00-\u9fff（，：])(?<![第表图附注页])[1-9]\d{0,2}(?: \d{3})+(?:[.．]\d+)?"
    rf"(?= ?{_HAN})(?! ?[年月日号条款])"
)
_PATTERNS: Final = (
    ("written-breaks", re.compile(r"\\r\\n|\\n")),
    ("entities", re.compile(rf"&(?:{_NAMED}|#\d{{1,6}}|#[xX][0-9a-fA-F]{{1,5}});")),
    ("split-numbers", re.compile(rf"(?<![\d.])\d{{1,6}}(?: +[.．] *| *[.．] +)\d{{1,4}}(?!\d){_UNIT}")),
    ("split-numbers", re.compile(r"(?<![A-Za-z])(?i:PM) ?2(?: +[.．] *| *[.．] +)5(?!\d)")),
    ("split-numbers", re.compile(_GROUPED)),
    ("letters-for-digits", re.compile(r"(?<![A-Za-z0-9.])\d[\doO]{0,20}[oO][\doO]{0,20}\d(?![A-Za-z0-9])")),
    ("letters-for-digits", re.compile(r"(?<![A-Za-z0-9])(?:19|2[0oO])[\dIloO]{2}(?= ?年)")),
    ("doubled-signs", re.compile(r"(?:(?<=\d)|(?<=\d ))[%％](?: ?[%％])+")),
    ("letters-for-digits", re.compile(rf"{_FIGURE}(?:%o|(?=\s?(?:%|％|亿|万)))")),
    ("letters-for-digits", re.compile(r"(?<=\d)%o(?![A-Za-z])")),
)
_LETTERS: Final = str.maketrans({"I": "1", "l": "1", "O": "0", "o": "0"})
_NEAR: Final = re.compile(r"[&\\]|\d ?[.．] |\d [.．]|[IlO]|%o|\d \d|\do|[%％] ?[%％]")
# Digits parted by blanks, behind words and before what they could count: 附件1 2024年 are two numbers.
_PART: Final = r"\d+(?: *[.．] *\d+)?"
_CHAIN: Final = re.compile(
    rf"(?<=[\u4e00-\u9fff（，：])(?<![第表图附注页栏])(?<!附件)(?!(?:19|20)\d\d |\d+ +(?:19|20)\d\d ?年)"
    rf"{_PART}(?: +{_PART})+(?= ?(?:[%％‰]|{_HAN}))"
)
_DIGIT_BEFORE: Final = re.compile(r"\d +(?:[.．] *)?$")
_MAX_BLANKS: Final = 12


class Debris(NamedTuple):
    """A stretch of the text that a repair replaces, and with what."""

    start: int
    end: int
    code: str
    repaired: str


def find_repairs(text: str) -> Iterator[Debris]:
    """Yield the stretches that can be repaired, in text order and without overlap.

    Nothing is made of a part of more digits, as of `0 . 5` in `2 0 . 5`: that would be another number.

    >>> [(one.code, one.repaired) for one in find_repairs("增长5 . 5%，占ll%")]
    [('split-numbers', '5.5'), ('letters-for-digits', '11')]
    """
    found = [Debris(*wrap, WRAPPED, _between(text, wrap)) for wrap in find_wraps(text)]
    if _NEAR.search(text):
        found += (
            Debris(*match.span(), code, _repaired(code, match[0]))
            for code, pattern in _PATTERNS
            for match in pattern.finditer(text)
            if code != "split-numbers" or not _is_part(text, match.start())
        )
        found.sort()
    end = 0
    for one in found:
        if one.start >= end and one.repaired != text[one.start : one.end]:
            yield one
            end = one.end


def find_doubtful(text: str, repairs: Iterable[Debris] | None = None) -> Iterator[Debris]:
    """Yield the figures with a blank in them that may be two, so that nobody but a reader can repair them.

    `repairs` are what `find_repairs` found in the text, if that is known.

    >>> [one.repaired for one in find_doubtful("占比6 5.2%，就业2 0 . 5万人，投资1 200亿元")]
    ['6 5.2', '2 0 . 5']
    """
    known = {one.start for one in (find_repairs(text) if repairs is None else repairs)}
    for match in _CHAIN.finditer(text):
        if match.start() not in known:
            yield Debris(*match.span(), "doubtful-numbers", match[0])


def _between(text: str, wrap: Span) -> str:
    """Return what stands for a break: a blank between two Latin letters, else nothing."""
    ends = text[wrap.start - 1], text[wrap.end : wrap.end + 1]
    return " " if all(char.isascii() and char.isalpha() for char in ends) else ""


def _is_part(text: str, start: int) -> bool:
    """Tell whether more digits stand before a stretch, parted from it by a blank."""
    return _DIGIT_BEFORE.search(text[max(start - _MAX_BLANKS, 0) : start]) is not None


def repair(source: Source) -> Source:
    """Return a source with a repaired text, whose `repairs` map it to the file's own text.

    The marks are moved along. A source without debris is returned as it is.
    """
    pieces: list[str] = []
    repairs: list[Repair] = []
    taken = length = 0
    for one in find_repairs(source.text):
        pieces += [source.text[taken : one.start], one.repaired]
        start = length + one.start - taken
        length = start + len(one.repaired)
        repairs.append(Repair(start, length, one.start, one.end, one.code))
        taken = one.end
    if not repairs:
        return source
    text = "".join([*pieces, source.text[taken:]])
    marks = tuple(mark._replace(start=place) for mark, place in _moved(source.marks, repairs))
    return source._replace(text=text, text_sha256=digest(text), repairs=tuple(repairs), marks=marks)


def _moved(marks: tuple[Mark, ...], repairs: list[Repair]) -> Iterator[tuple[Mark, int]]:
    """Yield the marks with their places in the repaired text."""
    shift = index = 0
    for mark in marks:
        while index < len(repairs) and repairs[index].original_end <= mark.start:
            shift = repairs[index].end - repairs[index].original_end
            index += 1
        yield mark, max(mark.start + shift, 0)


def _repaired(code: str, text: str) -> str:
    if code == "written-breaks":
        return "\n"
    if code == "entities":
        return unescape(text)
    if code == "doubled-signs":
        return text[0]
    if code == "split-numbers":
        return "".join(text.split()).replace("．", ".")
    return text.removesuffix("%o").translate(_LETTERS) + ("‰" if text.endswith("%o") else "")
