"""What one input may cost: sizes, counts and seconds, past which it is refused with a line that says so."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import monotonic

from dalian_report.errors import SourceError

MIB = 1024 * 1024
MAX_BYTES = 64 * MIB
MAX_CHARS = 1_000_000  # of one report: the longest that we know of has 60,000
MAX_ENTRIES = 5_000  # of one archive
MAX_ALL_ENTRIES = 100_000  # of an archive and those in it: a Word file has twenty
MAX_UNPACKED_BYTES = 256 * MIB  # of one archive
MAX_ALL_UNPACKED_BYTES = 1024 * MIB  # of an archive and those in it, one after the other
MAX_RATIO = 400  # unpacked to packed, of one entry: text packs to a tenth, XML to a fiftieth
RATIO_FREE_BYTES = 4 * MIB  # what unpacks to less does no harm, whatever its ratio
MAX_ALL_RATIO = 50  # of an archive with all that is in it: that of Word files is five
ALL_RATIO_FREE_BYTES = 16 * MIB
MAX_MARKUP = 1_000_000  # tags and attributes of one part: the largest Word file that we know of has 14,000
MAX_ROW_MARKUP = 200_000  # of one row of a sheet, which has 16,384 cells at most
MAX_CELLS = 100_000  # of one line of a table
MAX_OBJECTS = 200_000  # objects and lists of a JSON file
MAX_VALUES = 5_000_000  # of a JSON file
MAX_NESTING = 2  # zip files in zip files
MAX_PAGES = 2_000
MAX_ROWS = 1_000_000
TIME_S = 30.0
TIME_S_PER_MIB = 20.0  # a MiB packed is forty reports, which take one
FETCH_TIME_S = 60.0
PDF_TIME_S = 60.0
PDF_MEMORY_BYTES = 1024 * MIB


class OverBudget(SourceError):
    """A file that costs too much all in all, so that nothing more is read of it."""


def work_time() -> float:
    """Return the seconds that this process and its children have worked: waiting for a pager costs none."""
    return sum(os.times()[:4])


class Deadline:
    """The moment at which the reading of one file must be over."""

    def __init__(self, path: str, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._path = path
        self._seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def put_off(self, seconds: float) -> None:
        """Move the moment by some seconds."""
        self._end += seconds

    def check(self) -> None:
        """Raise OverBudget when the time is over."""
        if self._clock() > self._end:
            raise OverBudget(
                "takes too long to read", where=self._path, why=f"more than {self._seconds:.0f} seconds"
            )


class Budget:
    """What one file may cost with all that is packed in it: entries, bytes unpacked, seconds of work.

    Archives inside archives draw on that of the file around them all; `nesting` counts how deep they stand.
    """

    def __init__(self, path: str, size: int) -> None:
        self.nesting = 0
        self._path = path
        self._size = size
        self._entries = 0
        self._unpacked = 0
        self._deadline = Deadline(path, TIME_S + TIME_S_PER_MIB * size // MIB, work_time)

    def check(self) -> None:
        """Raise OverBudget when the time is over."""
        self._deadline.check()

    def forgive(self, seconds: float) -> None:
        """Take no account of seconds of work that were not spent on reading."""
        self._deadline.put_off(seconds)

    def enter(self, entries: int) -> None:
        """Take the entries of one more archive; raises OverBudget where they are too many together."""
        self._entries += entries
        if self._entries > MAX_ALL_ENTRIES:
            why = f"more than {MAX_ALL_ENTRIES:,} parts in all"
            raise OverBudget("too large an archive", where=self._path, why=why)

    def unpack(self, size: int) -> None:
        """Take the bytes of one entry before it is unpacked; raises OverBudget where they are too many."""
        self.check()
        self._unpacked += size
        if is_overpacked(self._unpacked, self._size):
            why = f"unpacks to more than {MAX_ALL_RATIO} times its size in all"
            raise OverBudget("packed as no report is", where=self._path, why=why)
        if self._unpacked > MAX_ALL_UNPACKED_BYTES:
            why = f"more than {MAX_ALL_UNPACKED_BYTES // MIB:,} MiB unpacked in all"
            raise OverBudget("too large an archive", where=self._path, why=why)


def is_overpacked(unpacked: int, packed: int) -> bool:
    """Tell whether an archive unpacks to more than its size allows, all in all."""
    return unpacked > max(ALL_RATIO_FREE_BYTES, MAX_ALL_RATIO * packed)


def refuse_long(text: str, path: str) -> None:
    """Raise SourceError for a text that is too long to be one report."""
    if len(text) > MAX_CHARS:
        raise SourceError(
            "too long to be one report",
            where=path,
            why=f"{len(text):,} characters, the limit is {MAX_CHARS:,}",
            remedy="Split it into a file for each report.",
        )
