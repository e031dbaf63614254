"""`dreport keywords`: the words that mark sections."""

from __future__ import annotations

from functools import partial
from typing import Annotated, NamedTuple

import typer

from dalian_report.errors import ExitCode
from dalian_report.explore import Keyword
from dalian_report.explore import keywords as find_keywords
from dalian_report.views import record_keys
from dalian_report.views.answers import keyword_table

from .log import Log
from .options import Inputs, Writing, command
from .output import answer
from .reading import Chosen, Reading, read_settings


class Ranking(NamedTuple):
    """How many words."""

    top: Annotated[int, typer.Option("--top", metavar="N", min=1, help="Words for each section.")] = 10


@command
def keywords(log: Log, inputs: Inputs, ranking: Ranking, writing: Writing) -> ExitCode:
    """List keywords.

    Words are weighed by how often the section has them and how rare they are in Chinese at large (TF-IDF).
    The configured `words` are kept whole.
    """
    settings = read_settings(inputs.config, log)
    reading = Reading(inputs, settings, log)
    found = False

    def words_of(chosen: Chosen) -> list[Keyword]:
        return find_keywords(chosen.report, chosen.sections, words=settings.words, top=ranking.top)

    with answer(writing, keys=record_keys(Keyword), inputs=reading.files, worth=reading.answered) as sink:
        for report, words in reading.each(words_of):
            if words:
                found = True
                sink.add(words, partial(keyword_table, report, words))
    return reading.finish(found=found)
