"""Counting terms in whole files, as fast as reading allows: bytes are searched, and no report is built."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from dalian_report.errors import DReportError
from dalian_report.explore.queries import Matcher
from dalian_report.folding import FOLD_TABLE, fold, stands_alone
from dalian_report.model import Span
from dalian_report.sources import read_sources

_READ_NOW = (
    os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
)  # a pipe is not waited for
_SAMPLED = 64
_HEAD_BYTES = 4096
_PLAIN = (".txt", ".md")
_MIN_SHARE_BYTES = 8_000_000  # a second process is worth its start from here on
# What is no character of its own in a regex, and cannot match the end of a line or depend on what is folded.
_SYNTAX = re.compile(r"\\d|\{\d*,?\d*\}|\(\?[:=!]|[][()^$|?*+.]")


# What these come from or fold to depends on their neighbours: a circle is 〇, a full stop a point, or not.
_BY_NEIGHBOURS = frozenset("〇。")
_STOP_FOR_POINT = re.compile(r"\d。(?=\d)")
_FOLDED = [(chr(code), plain) for code, plain in FOLD_TABLE.items()]


Counter = Callable[[bytes], int | None]  # of a file's bytes; None where they must be decoded and folded
Count = tuple[tuple[int, ...], str | None]  # of a file: how often each term, or why it could not be read


class FileCount(NamedTuple):
    """How often a file has each term of the query, or the line that says why it could not be read."""

    path: str
    counts: tuple[int, ...]
    fault: str | None


def count_files(
    paths: Sequence[str], matcher: Matcher, *, encoding: str | None = None
) -> Iterator[FileCount]:
    """Yield the counts of every file in order: hits in its whole text, page furniture and copies included.

    A plain-text file that begins as UTF-8 is searched as bytes; others are decoded and folded as ever. Hits
    are the same both ways, and those of `rg -o` but that overlapping ones count too. Where there is much to
    read, every core takes a share.
    """
    counter = _Counter(matcher, encoding)
    cores = _cores_for(paths)
    if cores < 2:
        yield from (FileCount(path, *counter.count(path)) for path in paths)
        return
    others = [_begin(counter, paths[number::cores]) for number in range(1, cores)]
    answers = [[counter.count(path) for path in paths[::cores]], *map(_answer, others)]
    for number, path in enumerate(paths):
        yield FileCount(path, *answers[number % cores][number // cores])


def _cores_for(paths: Sequence[str]) -> int:
    """Return how many cores are worth their start, from the size of a few of the files."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if cores < 2 or not hasattr(os, "fork"):
        return 1
    some = paths[:: max(1, len(paths) // _SAMPLED)]
    total = sum(map(_size, some)) * len(paths) // max(len(some), 1)
    return min(cores, len(paths), total // _MIN_SHARE_BYTES)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - quicker than a Path
    except OSError:  # counted as nothing here; reading it says why
        return 0


def _begin(counter: _Counter, paths: Sequence[str]) -> tuple[int, int]:
    """Start a process that counts, and return its id and the pipe that its answer comes through."""
    receive, send = os.pipe()
    pid = os.fork()
    if pid:
        os.close(send)
        return pid, receive
    try:
        os.close(receive)
        with os.fdopen(send, "wb") as stream:
            stream.write(json.dumps([counter.count(path) for path in paths]).encode())
    finally:
        os._exit(0)  # without what the parent would do at its end, also where this failed


def _answer(process: tuple[int, int]) -> list[Count]:
    """Return what a process has counted; raises DReportError where it has died."""
    pid, pipe = process
    with os.fdopen(pipe, "rb") as stream:
        told = stream.read()
    os.waitpid(pid, 0)
    if not told:
        raise DReportError("a process that counted has died", remedy="Count fewer files at once.")
    return [(tuple(counts), fault) for counts, fault in json.loads(told)]


class _Counter:
    """Counts the terms of one query in files."""

    def __init__(self, matcher: Matcher, encoding: str | None) -> None:
        self._matcher = matcher
        self._encoding = encoding
        self._counters = _byte_counters(matcher)

    def count(self, path: str) -> Count:
        """Return the counts of a file, and why it could not be read."""
        terms = range(len(self._matcher.query.terms))
        if self._counters and self._encoding is None and path.endswith(_PLAIN):
            try:
                content = _read(path)
            except OSError:
                content = b""  # reading it in the usual way says what is wrong
            if _is_utf8(content[:_HEAD_BYTES]):
                with suppress(UnicodeDecodeError):  # further on: reading it in the usual way says where
                    found = [counter(content) for counter in self._counters]
                    if None not in found:
                        return tuple(count for count in found if count is not None), None
        try:
            counts = [0 for _ in terms]
            for source in read_sources(path, encoding=self._encoding):
                text = fold(source.text)
                for number, _ in self._matcher.find(text, [Span(0, len(text))]):
                    counts[number] += 1
        except DReportError as error:
            return tuple(0 for _ in terms), error.line()
        return tuple(counts), None


def _read(path: str) -> bytes:
    descriptor = os.open(path, _READ_NOW)
    try:
        size = os.fstat(descriptor).st_size
        content = os.read(descriptor, size)
        while len(content) < size and (more := os.read(descriptor, size - len(content))):
            content += more
    finally:
        os.close(descriptor)
    return content


def _is_utf8(head: bytes) -> bool:
    """Return whether the head of a file is UTF-8 with more than ASCII; a character cut at its end is none.

    To decode all of a file takes three times as long as to search it.
    """
    if head.isascii():
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(head) == _HEAD_BYTES and error.start >= len(head) - 3
    return b"\0" not in head


def _byte_counters(matcher: Matcher) -> list[Counter]:
    """Return what counts each term in UTF-8; nothing where folding could change what is found."""
    if matcher.query.way == "words":
        return []
    if matcher.query.way == "regex":
        return _regex_counters(matcher)
    counters = []
    for term in matcher.query.terms:
        if len(term.forms) != 1 or not _BY_NEIGHBOURS.isdisjoint(term.forms[0]):
            return []
        counters.append(_literal_counter(term.forms[0]))
    return counters


def _literal_counter(term: str) -> Counter:
    """Return what counts a folded term; a file without its other forms (５Ｇ) is searched for it alone.

    A file in which a full stop may stand for the point of the term (2。5 for 2.5) is left to folding.
    """
    variants = {char: [folded for folded, plain in _FOLDED if plain == char] for char in term}
    others = sorted({form.encode() for forms in variants.values() for form in forms})
    forms = (b"|".join(re.escape(form.encode()) for form in (char, *variants[char])) for char in term)
    any_form = re.compile(b"(?=%s)" % b"".join(b"(?:%s)" % form for form in forms))
    can_overlap = any(term.startswith(term[cut:]) for cut in range(1, len(term)))
    find_plain, find_others = _finder([term.encode()], overlapping=can_overlap), _finder(others)
    stops = [f"{digit}。".encode() for digit in "0123456789０１２３４５６７８９"] if "." in term else []
    find_stops = _finder(stops)

    def count(content: bytes) -> int | None:
        if stops and find_stops(content):
            return None
        if others and find_others(content):
            return sum(1 for _ in any_form.finditer(content))
        return len(find_plain(content))

    return count


def _finder(
    needles: Sequence[bytes], *, overlapping: bool = False
) -> Callable[[bytes], list[tuple[int, int, int]]]:
    """Return what finds needles: each with its number, start and end; where they overlap, the first ones.

    The automaton of the rule engine is five times as fast here as `bytes.count`, but where it has to look for
    `overlapping` ones too.
    """
    from ahocorasick_rs import BytesAhoCorasick

    automaton = BytesAhoCorasick(needles)
    return lambda content: automaton.find_matches_as_indexes(content, overlapping=overlapping)


def _regex_counters(matcher: Matcher) -> list[Counter]:
    """Return what counts each regex in lines that hold one of its literals; nothing where folding matters.

    These lines are matched at once, so nothing in the regex may match the end of a line.
    """
    counters = []
    for plan in matcher.plans:
        source = plan.source.removeprefix("(?m:")
        plain = stands_alone(_SYNTAX.sub("", source).replace("。", "")) and "\n" not in source
        if not (plan.safe and plan.literals and plain):
            return []
        pattern = re.compile(plan.source.replace("[^", r"[^\n"))
        counters.append(_pattern_counter(pattern, [literal.encode() for literal in plan.literals]))
    return counters


def _pattern_counter(pattern: re.Pattern[str], needles: Sequence[bytes]) -> Counter:
    finders = [_finder([needle]) for needle in needles]  # one by one they are faster than together

    def count(content: bytes) -> int | None:
        lines, end = [], -1
        for position in sorted(start for find in finders for _, start, _ in find(content)):
            if position >= end:
                start, end = content.rfind(b"\n", 0, position) + 1, content.find(b"\n", position)
                if end < 0:
                    end = len(content)
                lines.append(content[start:end])
        text = b"\n".join(lines).decode("utf-8")
        if _STOP_FOR_POINT.search(text):
            text = fold(text)
        return len(pattern.findall(text))

    return count
