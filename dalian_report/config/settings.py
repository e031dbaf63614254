"""What a configuration comes to, once read."""

from pathlib import Path
from typing import NamedTuple

from dalian_report.errors import Fault
from dalian_report.model import Rule


class ReportEntry(NamedTuple):
    """One entry under `reports:`: a file, folder or glob, with what overrides the text of its reports."""

    path: str
    region: str | None
    year: int | None


class Settings(NamedTuple):
    """The configuration in force.

    `path` is its file and `origin` why it is in force: `--config`, `DREPORT_CONFIG`, `./config.yaml`,
    `user folder` or `shipped`. `rules` are its own, then those of the packs it extends. `files` are all the
    files that were read, or that the compiled packs stand for. Paths of reports are joined to the folder of
    the file. `synonyms` are groups of words that mean the same. `warnings` are what is no fault but worth
    mending in the files, only where the rules were read with their examples. `faults` are those of rules that
    were left out, only where that was asked for. `disabled` are the keys that `disable` took away, each
    with its `file:line`.
    """

    path: Path
    origin: str
    reports: tuple[ReportEntry, ...]
    rules: tuple[Rule, ...]
    words: tuple[str, ...]
    files: tuple[Path, ...]
    extends: tuple[str, ...]
    warnings: tuple[Fault, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    faults: tuple[Fault, ...] = ()
    disabled: tuple[tuple[str, str], ...] = ()
