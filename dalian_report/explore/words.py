"""Segmentation into words: jieba with the user's words, loaded on the first call.

Each set of user words has a tokenizer of its own; jieba's global one, which other code in the process may
use, is never touched. Its dictionary is read without jieba's cache file: unpacking the cache takes as long
as reading the dictionary (0.50 s against 0.42 s), and a file that is not written is never stale or planted.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from dalian_report.data import load_data
from dalian_report.folding import fold

_NUMERAL_CHARACTERS = frozenset("〇零一二三四五六七八九十百千万亿两几第年月日")


class Word(NamedTuple):
    """A word at `start` to `end`, code points into the text that was cut."""

    text: str
    start: int
    end: int


def segment(text: str, words: tuple[str, ...] = ()) -> Iterator[Word]:
    """Yield the words of a text as `jieba.cut` finds them, blanks too: joined they are the text.

    `words` are kept whole where the text has them (平急两用). The first call in a process loads jieba and its
    dictionary, about half a second; more for each further set of words.

    >>> [word.text for word in segment("平急两用设施", words=("平急两用",))]
    ['平急两用', '设施']
    """
    start = 0
    for surface in _tokenizer(tuple(dict.fromkeys(fold(word) for word in words))).cut(text):
        yield Word(surface, start, start + len(surface))
        start += len(surface)


def is_telling(word: str) -> bool:
    """Return whether a word can mark a text: two characters or more, no number, no stop word.

    >>> [is_telling(word) for word in ("碳达峰", "GDP", "进一步", "12.5", "十二", "水")]
    [True, True, False, False, False, False]
    """
    if len(word) < 2 or word.lower() in stop_words():
        return False
    return not _NUMERAL_CHARACTERS.issuperset(word) and any(character.isalpha() for character in word)


@cache
def stop_words() -> frozenset[str]:
    """Return the words that mark no text, from `data/stopwords.yaml`."""
    return frozenset(word for group in load_data("stopwords").values() for word in group)


def dictionary_lines() -> Iterator[tuple[str, int, str]]:
    """Yield the words of jieba's dictionary with their frequency and their part of speech (ICTCLAS tags)."""
    with _jieba().Tokenizer().get_dict_file() as lines:
        for line in lines:
            word, frequency, tag = line.decode("utf-8").split()
            yield word, int(frequency), tag


@cache
def rarity() -> tuple[dict[str, float], float]:
    """Return the inverse document frequency of words, as jieba ships it, and the median for all others."""
    path = Path(_jieba().__file__).parent / "analyse" / "idf.txt"
    with path.open(encoding="utf-8") as lines:
        frequencies = {word: float(value) for word, value in map(str.split, lines)}
    return frequencies, sorted(frequencies.values())[len(frequencies) // 2]


@cache
def _jieba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports pkg_resources, and has escapes that Python 3.12 warns of
        import jieba
    jieba.setLogLevel(logging.WARNING)
    return jieba


@cache
def _dictionary() -> tuple[dict[str, int], int]:
    """Return jieba's word frequencies and their sum."""
    tokenizer = _jieba().Tokenizer()
    frequencies, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    return frequencies, total


@lru_cache(maxsize=4)
def _tokenizer(words: tuple[str, ...]) -> Any:
    tokenizer = _jieba().Tokenizer()
    frequencies, tokenizer.total = _dictionary()
    tokenizer.FREQ = dict(frequencies) if words else frequencies
    tokenizer.initialized = True
    for word in words:
        tokenizer.add_word(word)
    return tokenizer
