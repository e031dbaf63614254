"""Making sources: a decoded text with its hash, and how a reader is told what to do."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from dalian_report.errors import SourceError, counted
from dalian_report.model import Mark, Source, Stated
from dalian_report.sources.limits import refuse_long
from dalian_report.sources.places import Skipped, source_name

_BLANK = "\ufeff\u200b \t\r\n\f\v\xa0\u3000"
ROLES = ("text", "title", "region", "year", "date", "origin")

MAX_CELL_CHARS = 100  # a longer cell of a table lays out a page, and keeps its paragraphs


class ReadOptions(NamedTuple):
    """How inputs are read: the `encoding` of plain text; pairs of a role and the table column that has it.

    `charset` is what a server said of the bytes; it goes before the one that a page declares. Entries of zip
    files that are passed over are added to `skipped`.
    """

    encoding: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    charset: str | None = None
    skipped: list[Skipped] | None = None


class Found(NamedTuple):
    """What a reader found beside the text itself; the fields are those of Source."""

    stated: Stated = Stated()
    marks: Sequence[Mark] = ()
    dropped: Sequence[str] = ()
    lacks: Sequence[str] = ()


def new_source(
    text: str, path: str, form: str, *, decoded: tuple[str, str], found: Found | None = None
) -> Source:
    """Return a text as a source; `decoded` is the encoding and why it was chosen.

    A character that UTF-8 cannot hold (a lone surrogate) is hashed by its number.
    """
    found = found or Found()
    return Source(
        path,
        form,
        text,
        *decoded,
        digest(text),
        stated=found.stated,
        marks=tuple(found.marks),
        dropped=tuple(found.dropped),
        lacks=tuple(found.lacks),
    )


def told_left_out(why: str, count: int) -> str:
    """Return how text that its file does not show as its own is named in `Source.dropped`."""
    return f"{'struck-through' if why == 'struck' else why} text, {counted(count, 'character')}"


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def checked(source: Source) -> Source:
    """Return a source; raises SourceError where it holds no text, or too much for one report."""
    name = source_name(source.path)
    if not source.text.strip(_BLANK):
        raise SourceError("holds no text", where=name)
    refuse_long(source.text, name)
    return source
