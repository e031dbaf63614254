"""How far a regex comes: the longest beginning of it that fits somewhere."""

from __future__ import annotations

from typing import Final, NamedTuple

from dalian_report.config.regexes import beginnings

_TIMEOUT_S: Final = 0.5  # for one beginning


class Stretch(NamedTuple):
    """Where a beginning of a regex fits, and the piece of the regex that was wanted next."""

    start: int
    end: int
    wanted: str


def longest_stretch(source: str, text: str, start: int, end: int, *, whole: bool = False) -> Stretch | None:
    """Return the first place in `text[start:end]` where the longest beginning of a regex fits.

    None where not even its first piece does; with `whole`, where not all of it does. `source` is that of a
    plan, for folded text.

    >>> longest_stretch("产值(?:[0-9]{1,3})亿元", "产值30万元", 0, 6)
    Stretch(start=0, end=4, wanted='亿元')
    """
    import regex

    for beginning, wanted in [(source, "")] if whole else reversed(beginnings(source)):
        try:
            found = regex.compile(beginning).search(text, start, end, timeout=_TIMEOUT_S)
        except TimeoutError:
            continue
        if found is not None and found.end() > found.start():
            return Stretch(found.start(), found.end(), wanted)
    return None
