"""`dreport config`: which configuration is in force."""

from __future__ import annotations

import os
from functools import partial

from dalian_report import __version__
from dalian_report.config import user_folder
from dalian_report.data import shipped
from dalian_report.errors import ExitCode
from dalian_report.views import record_keys
from dalian_report.views.settings import ConfigRecord, config_table

from .log import Log
from .options import Settled, Writing, command
from .output import answer
from .reading import read_settings


@command
def config(log: Log, settled: Settled, writing: Writing) -> ExitCode:
    """Describe the configuration.

    Exactly one file is in force: --config, else DREPORT_CONFIG, else ./config.yaml, else the one in the user
    folder, else the one shipped with dreport.
    """
    settings = read_settings(settled.config, log)
    record = ConfigRecord(
        type="config",
        version=__version__,
        path=str(settings.path),
        origin=settings.origin,
        files=tuple(str(path) for path in settings.files),
        extends=tuple(settings.extends),
        reports=tuple(settings.reports),
        rules=len(settings.rules),
        words=tuple(settings.words),
        shipped=str(shipped("config.yaml").parent),
        user=str(user_folder(os.environ)),
    )
    with answer(writing, keys=record_keys(ConfigRecord), inputs=settings.files) as sink:
        sink.add([record], partial(config_table, record))
    return log.finish(found=True)
