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
from .reading import Reading, read_settings


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
    with answer(writing, keys=record_keys(Keyword)) as sink:
        for report, chosen in reading:
            words = find_keywords(report, chosen, words=settings.words, top=ranking.top)
            if words:
                found = True
                sink.add(words, partial(keyword_table, report, words))
    return reading.finish(found=found)
