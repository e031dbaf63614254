"""`dreport search`: terms in their sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from dalian_report.config import Settings
from dalian_report.errors import ExitCode, UsageError, counted
from dalian_report.explore import Hit
from dalian_report.explore import search as find_hits
from dalian_report.explore.queries import Matcher, Query, Way, make_terms

from .hits import Manner, teller_for
from .log import Log
from .options import Inputs, Writing, command
from .output import answer
from .reading import Chosen, Reading, read_settings, tell_engine

_KWIC_CHARS = 12


class Asking(NamedTuple):
    """What to look for, how terms match, and where."""

    term: Annotated[
        str, typer.Argument(metavar="TERM", help="Text to look for, taken literally.", show_default=False)
    ]
    more: Annotated[
        list[str] | None,
        typer.Option(
            "-e",
            metavar="TERM",
            help="A further term; repeatable. With it a TERM that is a path is read, as by grep -e.",
            show_default=False,
        ),
    ] = None
    all: Annotated[bool, typer.Option("--all", help="Only sentences with all the terms.")] = False
    any: Annotated[bool, typer.Option("--any", help="Sentences with any of the terms, as usual.")] = False
    near: Annotated[
        int | None,
        typer.Option(
            "--near",
            metavar="N",
            min=0,
            help="Only where all the terms stand at most N characters apart.",
            show_default=False,
        ),
    ] = None
    regex: Annotated[bool, typer.Option("--regex", help="Terms are regexes, each within a line.")] = False
    words: Annotated[
        bool, typer.Option("--words", help="Only whole words: 发展 is not found in 开发展示.")
    ] = False
    synonyms: Annotated[bool, typer.Option("--synonyms", help="Also what config.yaml says is the same.")] = (
        False
    )
    has: Annotated[
        Literal["metric", "achieved", "target"] | None,
        typer.Option("--has", help="Only sentences with a figure, a result or a target.", show_default=False),
    ] = None
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="Also page furniture and second copies.")
    ] = False


class Showing(NamedTuple):
    """How hits are shown."""

    context: Annotated[
        str,
        typer.Option("--context", metavar="sentence|N", help="The sentence, or N characters on each side."),
    ] = "sentence"
    kwic: Annotated[bool, typer.Option("--kwic", help="In columns: what stands left, the hit, right.")] = (
        False
    )
    sort: Annotated[Literal["text", "left", "right"], typer.Option("--sort", help="Order of --kwic.")] = (
        "text"
    )
    rank: Annotated[
        Literal["bm25"] | None,
        typer.Option("--rank", help="The sections that say most come first.", show_default=False),
    ] = None
    counting: Annotated[
        Literal["report", "section", "file"] | None,
        typer.Option(
            "--count", help="Count: in reports, in sections, or in whole files (fast).", show_default=False
        ),
    ] = None
    without_hits: Annotated[
        bool, typer.Option("--without-hits", help="List the reports without any hit.")
    ] = False
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", metavar="N", min=1, help="At most N rows, or records, in all.", show_default=False
        ),
    ] = None


@command
def search(log: Log, asking: Asking, inputs: Inputs, showing: Showing, writing: Writing) -> ExitCode:
    """Search.

    Full-width and half-width forms are the same, case is not. A record is a hit with its section, its
    sentence and the ids of the metrics in it; the table shows each sentence once, its hits marked. A term
    without any hit is told on stderr.

    --count file counts in the whole text of files, as rg does, page furniture included; the other counts are
    of the body of reports. --rank weighs sections by BM25 over all reports that are read.
    """
    settings = read_settings(inputs.config, log)
    asking, inputs = _as_grep_has_it(asking, inputs)
    _refuse_contradictions(asking, showing, inputs)
    matcher = Matcher(_query(asking, showing, settings), settings.words)
    if asking.words:
        tell_engine(log)
    reading = Reading(inputs, settings, log)
    if showing.counting == "file":
        from .counting import count_in_files

        return count_in_files(reading, matcher, writing, log)
    in_table = not writing.json and writing.format in ("table", "md")
    teller = teller_for(_manner(showing, in_rows=in_table), _wanted(asking))
    # A report without a hit is passed over early, but for what depends on all of them.
    takes_all = bool(inputs.section or showing.rank or showing.without_hits)
    with_metrics = bool(asking.has) or not in_table
    hits_of = partial(_hits_of, reading, matcher, with_metrics=with_metrics, everywhere=asking.everywhere)
    missed = set(_wanted(asking))
    with answer(writing, keys=teller.keys, inputs=reading.files, worth=reading.answered) as sink:
        for report, hits in reading.each(hits_of, takes=None if takes_all else matcher.may_match):
            missed.difference_update(hit.term for hit in hits)
            teller.take(sink, report, hits)
        teller.close(sink)
    _tell_missed(log, _wanted(asking), missed)
    if teller.left_out:
        log.note(f"{counted(teller.left_out, 'more hit')} left out by --limit {showing.limit}")
    return reading.finish(found=teller.found)


def _as_grep_has_it(asking: Asking, inputs: Inputs) -> tuple[Asking, Inputs]:
    """Return what to look for and where: with -e, a TERM that is a path is the first of the paths."""
    if not asking.more or not (asking.term == "-" or Path(asking.term).exists()):
        return asking, inputs
    paths = [asking.term, *(inputs.paths or ())]
    return asking._replace(term=asking.more[0], more=asking.more[1:]), inputs._replace(paths=paths)


def _wanted(asking: Asking) -> list[str]:
    return list(dict.fromkeys([asking.term, *(asking.more or ())]))


def _hits_of(
    reading: Reading, matcher: Matcher, chosen: Chosen, *, with_metrics: bool, everywhere: bool
) -> list[Hit]:
    """Return the hits of a report; its metrics are extracted only where there is a hit that asks for them."""
    whole = chosen._replace(sections=None)  # a sentence may reach out of the sections
    return find_hits(
        chosen.report,
        matcher,
        sections=chosen.sections,
        metrics=partial(reading.extract, whole) if with_metrics else (),
        everywhere=everywhere,
    )


def _tell_missed(log: Log, wanted: Sequence[str], missed: Collection[str]) -> None:
    """Tell the terms without a hit, where others have one."""
    for term in wanted:
        if term in missed and len(missed) < len(wanted):
            log.note(f"no hit for {term}")


def _refuse_contradictions(asking: Asking, showing: Showing, inputs: Inputs) -> None:
    """Raise UsageError for options that do not go together."""
    ways = [f"--{way}" for way in ("regex", "words", "synonyms") if getattr(asking, way)]
    if "--regex" in ways and len(ways) > 1:
        raise UsageError(f"{' and '.join(ways[:2])} do not go together", remedy="A regex says what it finds.")
    if asking.all and asking.any:
        raise UsageError("--all and --any do not go together", remedy="Leave out one of them.")
    if asking.near is not None and asking.any:
        raise UsageError("--near and --any do not go together", remedy="Leave out one of them.")
    if asking.near is not None and len(make_terms(_wanted(asking))) < 2:
        raise UsageError("--near is a distance between two terms or more", remedy="Name another: -e TERM.")
    flags = {"kwic": "kwic", "rank": "rank", "counting": "count", "without_hits": "without-hits"}
    shows = [f"--{flag}" for name, flag in flags.items() if getattr(showing, name)]
    if len(shows) > 1:
        raise UsageError(f"{' and '.join(shows[:2])} do not go together", remedy="Leave out all but one.")
    if showing.limit and (showing.counting or showing.without_hits):
        raise UsageError(f"{shows[0]} and --limit do not go together", remedy="Leave out one of them.")
    if showing.context != "sentence" and (showing.counting or showing.without_hits):
        raise UsageError(f"{shows[0]} and --context do not go together", remedy="Leave out one of them.")
    if showing.sort != "text" and not showing.kwic:
        raise UsageError(f"--sort {showing.sort} is an order of --kwic", remedy="Add --kwic.")
    if showing.context != "sentence" and not showing.context.isdecimal():
        raise UsageError(
            f"--context is sentence or a number, not {showing.context!r}", remedy="Say --context 20."
        )
    if showing.counting == "file":
        narrow = [f"--{name}" for name in ("all", "near", "words", "has") if getattr(asking, name)]
        narrow += ["--section"] if inputs.section else []
        if narrow:
            raise UsageError(
                f"--count file does not go with {', '.join(narrow)}", remedy="Say --count report."
            )


def _query(asking: Asking, showing: Showing, settings: Settings) -> Query:
    way: Way = "regex" if asking.regex else "words" if asking.words else "literal"
    context = None if showing.context == "sentence" else int(showing.context)
    if showing.kwic and context is None:
        context = _KWIC_CHARS
    return Query(
        terms=make_terms(_wanted(asking), settings.synonyms if asking.synonyms else ()),
        way=way,
        together=asking.all,
        near=asking.near,
        has=asking.has,
        context=context,
    )


def _manner(showing: Showing, *, in_rows: bool) -> Manner:
    if showing.kwic:  # a row a hit
        return Manner("kwic", showing.sort, showing.limit, whole=showing.context != "sentence")
    if showing.counting == "report" or showing.counting == "section":
        return Manner(showing.counting)
    if showing.without_hits:
        return Manner("without")
    return Manner("rank" if showing.rank else "list", limit=showing.limit, in_rows=in_rows)
