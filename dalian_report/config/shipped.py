"""The shipped config.yaml without reading YAML: a file with its very bytes was compiled at build time."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from dalian_report import data
from dalian_report.config import packs
from dalian_report.config.settings import ReportEntry, Settings


def shipped_settings(path: Path, *, origin: str) -> Settings | None:
    """Return the settings of a file that equals the compiled config.yaml, None for any other file."""
    compiled = data.compiled().get("config")
    return settings_from(compiled, path, origin=origin) if compiled else None


def settings_from(compiled: dict[str, Any], path: Path, *, origin: str) -> Settings | None:
    """Return the settings of `path` from a compiled config.yaml if it has the very bytes of that."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != compiled["sha256"]:
        return None
    own = tuple(packs.rules_of(compiled["rules"], shown=str(path)))
    keys = {rule.key for rule in own}
    base = path.parent
    return Settings(
        path=path,
        origin=origin,
        reports=tuple(
            ReportEntry(str(base / name), region, year) for name, region, year in compiled["reports"]
        ),
        rules=own + tuple(rule for rule in packs.default_rules() if rule.key not in keys),
        words=tuple(compiled["words"]),
        files=(path, *packs.default_files()),
        extends=tuple(compiled["extends"]),
        synonyms=tuple(map(tuple, compiled["synonyms"])),
    )
