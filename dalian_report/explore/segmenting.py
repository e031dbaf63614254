"""Segmentation into words, in one place: rjieba where it is installed and agrees, else jieba.

Both read the same dictionary with the same model; rjieba is seven times as fast and starts in a quarter of
the time. It is taken only after it has cut the probes of `data/probes.yaml` as jieba cuts them. Over the
reports at hand one line of 16,854 differs: where jieba looks at a single character together with a dash
before it. A user word adds to what jieba divides by and not to what rjieba does, which with hundreds of them
shows in one line of 1,700.

Each set of user words has a tokenizer of its own; jieba's global one, which other code in the process may
use, is never touched. Its dictionary is read without jieba's cache file: unpacking the cache takes as long
as reading the dictionary (0.50 s against 0.42 s), and a file that is not written is never stale or planted.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, NamedTuple

from dalian_report.data import load_data
from dalian_report.folding import fold

Engine = Literal["jieba", "rjieba"]


class Word(NamedTuple):
    """A word at `start` to `end`, code points into the text that was cut."""

    text: str
    start: int
    end: int


class Choice(NamedTuple):
    """The engine that cuts, and why it does."""

    engine: Engine
    reason: str


def segment(text: str, words: tuple[str, ...] = (), *, engine: Engine | None = None) -> Iterator[Word]:
    """Yield the words of a text as `jieba.cut` finds them, blanks too: joined they are the text.

    `words` are kept whole where the text has them (平急两用). `engine` is that of `chosen_engine` unless it
    is named. The first call in a process loads the dictionary: about half a second with jieba, a tenth with
    rjieba; with jieba more for each further set of words.

    >>> [word.text for word in segment("平急两用设施", words=("平急两用",))]
    ['平急两用', '设施']
    """
    folded = tuple(dict.fromkeys(fold(word) for word in words))
    cut = _cutter(engine or chosen_engine().engine, folded)
    start = 0
    for surface in cut(text):
        yield Word(surface, start, start + len(surface))
        start += len(surface)


@cache
def chosen_engine() -> Choice:
    """Return the engine of this process: rjieba where it is installed and cuts every probe as jieba does."""
    if find_spec("rjieba") is None:
        return Choice("jieba", "rjieba is not installed")
    cut = _cutter("rjieba", ())
    probes = load_data("probes")
    for probe in probes:
        if list(cut(probe.replace(" ", ""))) != probe.split(" "):
            return Choice("jieba", f"rjieba cuts {probe.replace(' ', '')} in another way")
    return Choice("rjieba", f"it cuts {len(probes)} probes as jieba does")


def jieba_module() -> Any:
    """Return jieba, imported without its warnings and its lines on stderr."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports pkg_resources, and has escapes that Python 3.12 warns of
        import jieba
    jieba.setLogLevel(logging.WARNING)
    return jieba


def jieba_folder() -> Path:
    """Return the folder of jieba, which is not imported for it."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba", name="jieba")
    return Path(spec.origin).parent


def dictionary_lines() -> Iterator[tuple[str, int, str]]:
    """Yield the words of jieba's dictionary with their frequency and their part of speech (ICTCLAS tags)."""
    with (jieba_folder() / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency, tag = line.split()
            yield word, int(frequency), tag


@lru_cache(maxsize=4)
def jieba_tokenizer(words: tuple[str, ...]) -> Any:
    """Return a tokenizer of jieba that keeps the words whole."""
    tokenizer = jieba_module().Tokenizer()
    frequencies, tokenizer.total = _dictionary()
    tokenizer.FREQ = dict(frequencies) if words else frequencies
    tokenizer.initialized = True
    for word in words:
        tokenizer.add_word(word)
    return tokenizer


@cache
def _dictionary() -> tuple[dict[str, int], int]:
    """Return jieba's word frequencies and their sum."""
    tokenizer = jieba_module().Tokenizer()
    frequencies, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    return frequencies, total


@lru_cache(maxsize=8)
def _cutter(engine: Engine, words: tuple[str, ...]) -> Callable[[str], Iterator[str]]:
    """Return what cuts a text with an engine."""
    if engine == "jieba":
        cut: Callable[[str], Iterator[str]] = jieba_tokenizer(words).cut
        return cut
    import rjieba

    # Its import loads the dictionary for a tokenizer of its own, which nothing is added to; each further one
    # takes as long again.
    fast = rjieba.Jieba() if words else rjieba
    for word in words:
        fast.add_word(word, None, None)
    # rjieba keeps 2021-2035 and a.html together, jieba does not: it is given what lies between such marks.
    marks = re.compile(r"((?:[-_]|(?<![A-Za-z0-9])\.|\.(?![0-9]))+)")
    marked = [word for word in words if marks.search(word)]

    def pieces(text: str) -> Iterator[str]:
        if any(word in text for word in marked):
            yield from jieba_tokenizer(words).cut(text)
            return
        for piece in marks.split(text):
            if piece:
                yield from (piece,) if marks.fullmatch(piece) else fast.cut(piece)

    return pieces
