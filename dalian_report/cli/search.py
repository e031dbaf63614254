"""`dreport search`: terms in their sentences."""

from __future__ import annotations

from functools import partial
from typing import Annotated, NamedTuple

import typer

from dalian_report.errors import ExitCode
from dalian_report.explore import Hit
from dalian_report.explore import search as find_hits
from dalian_report.views import record_keys
from dalian_report.views.answers import hit_table

from .log import Log
from .options import Inputs, Writing, command
from .output import answer
from .reading import Chosen, Reading, read_settings


class Terms(NamedTuple):
    """What to look for."""

    term: Annotated[
        str, typer.Argument(metavar="TERM", help="Text to look for, taken literally.", show_default=False)
    ]
    more: Annotated[
        list[str] | None,
        typer.Option("-e", metavar="TERM", help="A further term; repeatable.", show_default=False),
    ] = None


@command
def search(log: Log, terms: Terms, inputs: Inputs, writing: Writing) -> ExitCode:
    """Search.

    Full-width and half-width forms are the same, case is not. A record is a hit with its section, its
    sentence and the ids of the metrics in it; the table shows each sentence once, its hits marked. A term
    without any hit is told on stderr.
    """
    settings = read_settings(inputs.config, log)
    reading = Reading(inputs, settings, log)
    wanted = [terms.term, *(terms.more or ())]
    found, missed = False, set(wanted)

    def hits_of(chosen: Chosen) -> list[Hit]:
        metrics = reading.extract(chosen._replace(sections=None))  # a sentence may reach out
        return find_hits(chosen.report, wanted, sections=chosen.sections, metrics=metrics)

    with answer(writing, keys=record_keys(Hit), inputs=reading.files, worth=reading.answered) as sink:
        for report, hits in reading.each(hits_of):
            missed.difference_update(hit.term for hit in hits)
            if hits:
                found = True
                sink.add(hits, partial(hit_table, report, hits))
    for term in dict.fromkeys(wanted):
        if found and term in missed:
            log.note(f"no hit for {term}")
    return reading.finish(found=found)
