"""What one input may cost: sizes, counts and seconds, past which it is refused with a line that says so."""

from __future__ import annotations

from time import monotonic

from dalian_report.errors import SourceError

MIB = 1024 * 1024
MAX_BYTES = 64 * MIB
MAX_CHARS = 5_000_000  # of one report: a hundred times the longest that we know of
MAX_ENTRIES = 5_000
MAX_UNPACKED_BYTES = 256 * MIB
MAX_RATIO = 400  # unpacked to packed, of one entry: text packs to a tenth, XML to a fiftieth
RATIO_FREE_BYTES = 4 * MIB  # what unpacks to less does no harm, whatever its ratio
MAX_NESTING = 2  # zip files in zip files
MAX_PAGES = 2_000
MAX_ROWS = 1_000_000
TIME_S = 120.0
FETCH_TIME_S = 60.0
PDF_TIME_S = 60.0
PDF_MEMORY_BYTES = 1024 * MIB


class Deadline:
    """The moment at which the reading of one file must be over."""

    def __init__(self, path: str, seconds: float = TIME_S) -> None:
        self._path = path
        self._seconds = seconds
        self._end = monotonic() + seconds

    def check(self) -> None:
        """Raise SourceError when the time is over."""
        if monotonic() > self._end:
            raise SourceError(
                "takes too long to read", where=self._path, why=f"more than {self._seconds:.0f} seconds"
            )


def refuse_long(text: str, path: str) -> None:
    """Raise SourceError for a text that is too long to be one report."""
    if len(text) > MAX_CHARS:
        raise SourceError(
            "too long to be one report",
            where=path,
            why=f"{len(text):,} characters, the limit is {MAX_CHARS:,}",
            remedy="Split it into a file for each report.",
        )
