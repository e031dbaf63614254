"""`dreport keywords`: the words that mark sections and reports, that tell two sets apart, and their trend."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Annotated, Literal, NamedTuple

import typer

from dalian_report.config import Settings
from dalian_report.errors import ExitCode, UsageError
from dalian_report.explore import Keyword
from dalian_report.explore import keywords as find_keywords
from dalian_report.explore.contrast import Contrast, contrasts
from dalian_report.explore.keywords import report_keywords
from dalian_report.explore.trend import Trend, TrendPoint
from dalian_report.views import record_keys
from dalian_report.views.keywords import ContrastRecord, contrast_table, keyword_table, trend_table

from .log import Log
from .options import Inputs, Writing, command
from .output import answer
from .reading import Chosen, Reading, read_settings, tell_engine

_TOP = 10


class Ranking(NamedTuple):
    """Which words, and how many; None where it was not asked."""

    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            metavar="N",
            min=1,
            help=f"Words for each section, or for each side. [default: {_TOP}]",
            show_default=False,
        ),
    ] = None
    method: Annotated[
        Literal["tfidf", "textrank"] | None,
        typer.Option("--method", help="How words are weighed. [default: tfidf]", show_default=False),
    ] = None
    by: Annotated[
        Literal["section", "report"] | None,
        typer.Option(
            "--by", help="Words of each section, or of each report. [default: section]", show_default=False
        ),
    ] = None
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--compare", metavar="A B", help="Words that tell two files or folders apart.", show_default=False
        ),
    ] = None
    trend: Annotated[
        list[str] | None,
        typer.Option(
            "--trend",
            metavar="PHRASE",
            help="How often reports say this, year by year; repeatable.",
            show_default=False,
        ),
    ] = None


@command
def keywords(log: Log, inputs: Inputs, ranking: Ranking, writing: Writing) -> ExitCode:
    """List keywords.

    Words are weighed by how often the section has them and how rare they are in Chinese at large (TF-IDF), or
    by which words stand near them (TextRank). The configured `words` are kept whole. What nearly every report
    says (发展, 建设) is never listed, by --compare neither: data/stopwords.yaml of the package has those
    words; --trend and search count them.

    --compare A B lists what A says more often than B, then what B says more often, the surest first: counts,
    frequency in 10,000 counted words, log-likelihood (G2; 3.84 is 5 % by chance, 15.13 is 0.01 %) and effect
    size (log2: +1 is twice as often in A). --trend counts phrases as they stand, also for 10,000 characters.
    """
    settings = read_settings(inputs.config, log)
    _refuse_contradictions(ranking, inputs)
    if ranking.compare:
        if inputs.paths or inputs.section:
            raise UsageError(
                "--compare names the reports itself", remedy="Leave out the other paths and --section."
            )
        tell_engine(log)
        return _compare(log, inputs, ranking, writing, settings)
    reading = Reading(inputs, settings, log)
    if ranking.trend:
        return _trend(reading, ranking.trend, writing)
    tell_engine(log)
    found = False

    def words_of(chosen: Chosen) -> list[Keyword]:
        of_report = ranking.by == "report"
        find = partial(report_keywords) if of_report else partial(find_keywords, sections=chosen.sections)
        return find(
            chosen.report, words=settings.words, top=ranking.top or _TOP, method=ranking.method or "tfidf"
        )

    with answer(writing, keys=record_keys(Keyword), inputs=reading.files, worth=reading.answered) as sink:
        for report, words in reading.each(words_of):
            if words:
                found = True
                sink.add(words, partial(keyword_table, report, words, whole=ranking.by == "report"))
    return reading.finish(found=found)


def _refuse_contradictions(ranking: Ranking, inputs: Inputs) -> None:
    """Raise UsageError for options that do not go together."""
    if ranking.by == "report" and inputs.section:
        raise UsageError("--by report and --section do not go together", remedy="Leave out one of them.")
    ways = [way for way in ("compare", "trend") if getattr(ranking, way)]
    for way in ways:
        ignored = ("method", "by") if way == "compare" else ("top", "method", "by")
        for other in (*(other for other in ways if other != way), *ignored):
            if getattr(ranking, other) is not None:
                raise UsageError(f"--{way} and --{other} do not go together", remedy="Leave out one of them.")


def _trend(reading: Reading, phrases: list[str], writing: Writing) -> ExitCode:
    """Write how often the reports say the phrases."""
    trend = Trend(phrases)

    def count(chosen: Chosen) -> int:
        return trend.add(chosen.report, chosen.sections)

    with answer(writing, keys=record_keys(TrendPoint), inputs=reading.files, worth=reading.answered) as sink:
        found = sum(count for _, count in reading.each(count))
        points = trend.points()
        if points:
            sink.add(points, partial(trend_table, points))
    return reading.finish(found=bool(found))


def _compare(log: Log, inputs: Inputs, ranking: Ranking, writing: Writing, settings: Settings) -> ExitCode:
    """Write the words that tell two sets of reports apart."""
    names = ranking.compare or ("", "")
    sides = [Reading(inputs._replace(paths=[name]), settings, log) for name in names]
    own, other = (side.count_words() for side in sides)
    records = _contrast_records(names, (own, other), ranking.top or _TOP)
    files = [path for side in sides for path in side.files]
    with answer(writing, keys=record_keys(ContrastRecord), inputs=files) as sink:
        if records:
            sink.add(records, partial(contrast_table, records))
    for side in sides:
        side.tell_skipped()
    return log.finish(found=bool(records), inputs=sum(side.total for side in sides))


def _contrast_records(
    names: tuple[str, str], counts: tuple[Counter[str], Counter[str]], top: int
) -> list[ContrastRecord]:
    """Return the `top` words that A has more often, then those that B has."""
    found = contrasts(*counts)
    records = []
    for direction in ("more", "less"):
        side = [contrast for contrast in found if contrast.direction == direction]
        records += [
            _contrast_record(names, (contrast, rank), (counts[0].total(), counts[1].total()))
            for rank, contrast in enumerate(side[:top], 1)
        ]
    return records


def _contrast_record(
    names: tuple[str, str], ranked: tuple[Contrast, int], sizes: tuple[int, int]
) -> ContrastRecord:
    contrast, rank = ranked
    return ContrastRecord(
        type="contrast",
        a=names[0],
        b=names[1],
        rank=rank,
        word=contrast.word,
        direction=contrast.direction,
        count_a=contrast.count,
        count_b=contrast.other,
        per_10k_a=round(contrast.count * 10_000 / sizes[0], 2),
        per_10k_b=round(contrast.other * 10_000 / sizes[1], 2),
        keyness=round(contrast.keyness, 2),
        log_ratio=round(contrast.ratio, 2),
    )
