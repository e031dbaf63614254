"""Which words tell: stop words left out, and how rare a word is in Chinese at large."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from dalian_report.data import load_data
from dalian_report.document import words_as_read
from dalian_report.explore.segmenting import Word, jieba_folder, segment
from dalian_report.model import Report, Span

_NUMERALS = "〇零一二三四五六七八九十百千万亿两几"
_NUMERAL_CHARACTERS = frozenset(f"{_NUMERALS}第年月日")
_ORDINALS = f"第{_NUMERALS}"
_INSIDE = "上中下内里"
_PARTICLES = "于着了的"
_OPENERS = f"{_PARTICLES}一之以与把被其而也又最较很各每某该此不"
_OPENED = frozenset(("一流", "一线", "一体", "一产", "不良", "各族", "各界"))  # things all the same
_MIN_COUNTED = 2


def telling_words(report: Report, spans: Iterable[Span], words: tuple[str, ...] = ()) -> list[Word]:
    """Return the words of some spans of a report that can mark a text, at their place in the report.

    Those of a report in traditional characters are given in simplified ones.
    """
    kept = tuple(words_as_read(report, word) for word in words)
    return [
        Word(word.text, start + word.start, start + word.end)
        for start, end in spans
        for word in segment(report.simplified[start:end], kept)
        if is_telling(word.text)
    ]


@lru_cache(maxsize=1 << 16)
def is_telling(word: str) -> bool:
    """Return whether a word can mark a text: two characters or more, no number or count, no stop word.

    >>> [is_telling(word) for word in ("碳达峰", "GDP", "三农", "进一步", "12.5", "十二", "三条", "水")]
    [True, True, True, False, False, False, False, False]
    >>> [is_telling(word) for word in ("第三产业", "第七个", "在经济上", "高于", "一融", "不足")]
    [True, False, False, False, False, False]
    >>> [is_telling(word) for word in ("一流", "余粮", "余家", "各族", "各市")]
    [True, True, False, True, False]
    """
    if len(word) < 2 or word.lower() in stop_words() or word.startswith("百分之"):
        return False
    if word[0] in _NUMERAL_CHARACTERS and word.lstrip(_NUMERALS) in _units():
        return False
    if _is_function_word(word):
        return False
    return not _NUMERAL_CHARACTERS.issuperset(word) and any(character.isalpha() for character in word)


def _is_function_word(word: str) -> bool:
    """Return whether a word only relates or counts: an ordinal with its classifier, 在…上, 高于, 各市."""
    if word[0] == "第" and len(word.lstrip(_ORDINALS)) < _MIN_COUNTED:
        return True
    if word[-1] in _PARTICLES or (word[0] == "在" and word[-1] in _INSIDE):
        return True
    if word[0] == "余" and word[1:] in _units():  # 余家 of 十余家, not 余粮
        return True
    return len(word) == _MIN_COUNTED and word[0] in _OPENERS and word not in _OPENED


@cache
def _units() -> frozenset[str]:
    units = load_data("units")
    lists = [words for name, words in units.items() if name not in ("variants", "weak", "joins")]
    return frozenset(unit for words in lists for unit in words)


@cache
def stop_words() -> frozenset[str]:
    """Return the words that mark no text, from `data/stopwords.yaml`."""
    return frozenset(word for group in load_data("stopwords").values() for word in group)


@cache
def rarity() -> tuple[dict[str, float], float]:
    """Return the inverse document frequency of words, as jieba ships it, and the median for all others."""
    with (jieba_folder() / "analyse" / "idf.txt").open(encoding="utf-8") as lines:
        frequencies = {word: float(value) for word, value in map(str.split, lines)}
    return frequencies, sorted(frequencies.values())[len(frequencies) // 2]
