"""`dreport summary`: what each section says."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Annotated, NamedTuple

import typer

from dalian_report.errors import ExitCode
from dalian_report.explore import SectionSummary, SummaryOptions, summarise
from dalian_report.views import record_keys
from dalian_report.views.summaries import summary_table

from .log import Log
from .options import Inputs, Writing, command
from .output import answer
from .reading import Chosen, Reading, read_settings, tell_engine


class Telling(NamedTuple):
    """How much is told of a section."""

    sentences: Annotated[
        int, typer.Option("--sentences", metavar="N", min=0, help="Telling sentences of each section.")
    ] = 2
    figures: Annotated[
        int, typer.Option("--figures", metavar="N", min=0, help="Results, and as many targets, of each.")
    ] = 6
    words: Annotated[
        int,
        typer.Option(
            "--words", metavar="N", min=0, help="Words that mark it; 0 also saves loading the dictionary."
        ),
    ] = 6
    reference: Annotated[
        list[str] | None,
        typer.Option(
            "--reference",
            metavar="PATH",
            help="Mark words against these reports, not against the other sections; repeatable.",
            show_default=False,
        ),
    ] = None


@command
def summary(log: Log, inputs: Inputs, telling: Telling, writing: Writing) -> ExitCode:
    """Sum up sections.

    For each section: its heading and size (字 characters, 句 sentences, 个指标 figures), its subsections and
    the lead sentences of its passages, the words that mark it (特征词, with their counts), its most telling
    sentences as they stand (»), and its key figures: results, then targets, indicators with a rule first; a
    line tells how many figures there are beside those. A section named by --section speaks for its
    subsections too, but for those that are named beside it; without --section each tells what its subsections
    do not.

    -f md gives a brief that can be pasted into a document.
    """
    settings = read_settings(inputs.config, log)
    reading = Reading(inputs, settings, log)
    found = False
    options = SummaryOptions(
        figures=telling.figures,
        sentences=telling.sentences,
        words=telling.words,
        user_words=settings.words,
        reference=_reference(telling, reading, log),
    )

    def summaries_of(chosen: Chosen) -> list[SectionSummary]:
        metrics = reading.extract(chosen)
        return summarise(chosen.report, metrics, chosen.sections, options=options)

    with answer(
        writing, keys=record_keys(SectionSummary), inputs=reading.files, worth=reading.answered
    ) as sink:
        for report, summaries in reading.each(summaries_of):
            if summaries:
                found = True
                named = report.source.path if inputs.paths else None
                sink.add(summaries, partial(summary_table, report, summaries, path=named))
    return reading.finish(found=found)


def _reference(telling: Telling, reading: Reading, log: Log) -> Counter[str] | None:
    """Return the words of the reports of --reference, None where there is none; and tell what cuts words."""
    if not telling.words:
        return None
    tell_engine(log)
    return reading.beside(telling.reference).count_words() if telling.reference else None
