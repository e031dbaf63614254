"""Near-duplicates: reports that share most of their text with one that came before."""

from __future__ import annotations

import re
from typing import NamedTuple
from zlib import crc32

from dalian_report.model import Report
from dalian_report.sources import where

_GRAM = 12
_KEEP = 16  # one fingerprint of so many is kept
_MIN_SHARE = 0.5
_MIN_PRINTS = 8
_OTHER = re.compile(r"[^\u4e00-\u9fff0-9]+")


class Likeness(NamedTuple):
    """An earlier report that shares `share` of the shorter one's text; `where` is its place in its file."""

    source: str
    where: str
    share: float


class Memory:
    """The fingerprints of the reports seen so far; some 1,300 numbers for each."""

    def __init__(self) -> None:
        self._places: list[tuple[str, str]] = []
        self._sizes: list[int] = []
        self._seen: dict[int, list[int]] = {}

    def recall(self, report: Report) -> Likeness | None:
        """Return the earlier report that is most like this one, if any is; then remember this one."""
        prints = fingerprints(report.simplified[report.body.start : report.body.end])
        shared: dict[int, int] = {}
        for one in prints:
            for index in self._seen.get(one, ()):
                shared[index] = shared.get(index, 0) + 1
        best: Likeness | None = None
        for index in sorted(shared):
            share = shared[index] / max(min(len(prints), self._sizes[index]), _MIN_PRINTS)
            if share >= _MIN_SHARE and (best is None or share > best.share):
                best = Likeness(*self._places[index], share)
        number = len(self._places)
        self._places.append((report.source.path, where(report.source, report.body.start)))
        self._sizes.append(len(prints))
        for one in prints:
            self._seen.setdefault(one, []).append(number)
        return best


def fingerprints(folded: str) -> set[int]:
    """Return the hashes of a text's runs of twelve characters, one in sixteen of them."""
    text = _OTHER.sub("", folded)
    return {
        found
        for start in range(len(text) - _GRAM + 1)
        if (found := crc32(text[start : start + _GRAM].encode())) % _KEEP == 0
    }
