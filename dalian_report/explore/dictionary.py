"""Numerals that are part of a word: what jieba's dictionary knows, with the words that it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dalian_report.data import load_text
from dalian_report.quantities.reasons import Reason, places, terms
from dalian_report.quantities.units import unit_at

from .segmenting import dictionary_lines, segment

_KIND_OF_REGION = re.compile("(?:.{2,3}族)*(?:省|市|区|县|旗|自治[州县旗]|特区|林区)$")
_NUMERAL_CHAR = re.compile("[〇○零一二三四五六七八九十百千万亿两几]")
# jieba's tags (the ICTCLAS set). Left out are numerals, measure words, and names of people of two characters,
# which are mostly none (二人, 五中).
_WORD_TAGS = frozenset(
    ["a", "ad", "an", "b", "c", "d", "f", "i", "j", "l", "n", "nz", "o", "r", "s", "t", "v", "vn", "z"]
)
_NAME_TAGS = frozenset(["ns", "nt", "nr", "nrt", "nrfg"])
_INDEFINITE_TAGS = frozenset(["m", "mq"])
_SHORTEST_NAME = 3
_SHORT = 2
_IDIOM = 4  # characters
_RARE = 5  # what jieba counted less often is mostly no word (四上, 每千人), idioms apart


def find_words(folded: str, start: int, end: int, *, telling: bool = False) -> Iterator[Reason]:
    """Yield the words in folded[start:end] that hold a numeral, with `word`, `proper name` or `indefinite`.

    A word counts where segmentation finds it whole: 统一 is none in 系统一百. `telling` leaves out those of
    two characters that jieba alone knows: 两国 or 三区 may as well count. The first call loads jieba's
    dictionary (half a second).

    >>> [(one.start, one.end, one.reason) for one in find_words("社会零售额进一步增长", 0, 10, telling=True)]
    [(2, 5, 'word'), (5, 8, 'word')]
    """
    own = {*terms(), *_places()}
    # With hundreds of user words rjieba weighs a few other words in another way: 4 of 6,819 lines.
    for word in segment(folded[start:end], _user_words(), engine="jieba"):
        for offset, text in _lexical(word.text):
            if not telling or len(text) > _SHORT or text in own:
                place = start + word.start + offset
                yield Reason(place, place + len(text), _known()[text])
    if not telling:  # where segmentation took it apart: 两|头发|力
        for term in _term().finditer(folded, start, end):
            yield Reason(term.start(), term.end(), "word")


@cache
def _term() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(terms(), key=len, reverse=True))))


def _lexical(word: str) -> Iterator[tuple[int, str]]:
    """Yield a word that is known, or the longest known ones in one that is not (零售 of 零售总额)."""
    position = 0
    while numeral := _NUMERAL_CHAR.search(word, position):
        place = numeral.start()
        spans = [(first, last) for first in range(place + 1) for last in range(place + 1, len(word) + 1)]
        found = [span for span in spans if word[slice(*span)] in _known()]
        first, last = max(found, key=lambda span: (span[1] - span[0], -span[0]), default=(place, place + 1))
        if found:
            yield first, word[first:last]
        position = max(last, place + 1)


@cache
def _known() -> dict[str, str]:
    """Return every word with a numeral in it that is known, with what it is."""
    known: dict[str, str] = {}
    for word, frequency, tag in dictionary_lines():
        if _NUMERAL_CHAR.search(word):
            reason = _reason(word, frequency, tag)
            if reason:
                known[word] = reason
    known.update(dict.fromkeys(_places(), "proper name"))
    known.update(dict.fromkeys(terms(), "word"))
    return known


@cache
def _user_words() -> tuple[str, ...]:
    return (*terms(), *_places())


@cache
def _places() -> tuple[str, ...]:
    """Return the regions with a numeral in their name, and their short names: 六枝 of 六枝特区.

    A short name is left out where jieba has it as another word, or its second character is a unit
    (万年, 三台).
    """
    others = {word for word, _, tag in dictionary_lines() if tag not in _NAME_TAGS | _INDEFINITE_TAGS}
    names = [line.split()[0] for line in load_text("regions.txt").splitlines() if line.strip()]
    full = [name for name in names if _NUMERAL_CHAR.search(name)]
    short = [stem for name in full if _NUMERAL_CHAR.search(stem := _KIND_OF_REGION.sub("", name))]
    telling = [stem for stem in short if len(stem) == _SHORT and stem not in others and not unit_at(stem, 1)]
    return tuple(dict.fromkeys([*places(), *full, *telling]))


def _reason(word: str, frequency: int, tag: str) -> str | None:
    """Return what a word of the dictionary is, None where it is a numeral like any other."""
    if tag in _INDEFINITE_TAGS:
        return "indefinite" if word[0] in "一几" and len(word) > 1 else None
    if frequency < _RARE and not (tag == "i" and len(word) >= _IDIOM):
        return None
    if tag in _WORD_TAGS:
        return "word"
    if tag == "ns" or (tag in _NAME_TAGS and len(word) >= _SHORTEST_NAME):
        return "proper name"
    return None
