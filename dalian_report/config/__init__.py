"""Configuration: the one config.yaml in force, the rule packs it extends, and every fault in them at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dalian_report.config.finding import find_config, lacks_marker, user_folder
from dalian_report.config.settings import ReportEntry, Settings

__all__ = ["ReportEntry", "Settings", "find_config", "lacks_marker", "load_settings", "user_folder"]


def load_settings(
    path: str | None = None,
    *,
    cwd: Path,
    environ: Mapping[str, str],
    examples: bool = False,
    lenient: bool = False,
) -> Settings:
    """Return the settings of the configuration file in force (`find_config` says which that is).

    With `examples` all rules carry their examples, which takes longer: the compiled packs have none. Paths
    of reports are joined to the folder of the file; where that is `cwd`, a relative `cwd` keeps them short.
    A rule with a fault is left out where `lenient`, and the settings hold its faults.
    Raises RulesError with all the faults of the file and of those it extends in its `faults`.
    """
    found, origin = find_config(path, cwd=cwd, environ=environ)
    if not examples:
        from dalian_report.config.shipped import shipped_settings

        settings = shipped_settings(found, origin=origin)
        if settings is not None:
            return settings
    from dalian_report.config.files import read_settings

    return read_settings(found, origin=origin, examples=examples, lenient=lenient)
