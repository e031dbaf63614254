"""Writes the compiled data file: what the YAML files say, as JSON, so that no start has to parse them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from dalian_report import data
from dalian_report.config import packs


def write_compiled(config: Path) -> Path:
    """Write the compiled data file beside the YAML and return its path; raises RulesError.

    It holds the data files, the default packs without their examples, and the shipped `config`.
    """
    target = data.folder() / data.COMPILED
    text = json.dumps(compile_data(config), ensure_ascii=False, separators=(",", ":"))
    target.write_text(text + "\n", encoding="utf-8")
    return target


def compile_data(config: Path) -> dict[str, Any]:
    """Return the content of the compiled data file."""
    files = [path for path in data.yaml_files() if path.parent == data.folder()]
    return {
        "fingerprint": data.fingerprint(),
        "data": {path.stem: data.parse_yaml(path.read_text(encoding="utf-8")) for path in files},
        "rules": packs.compiled_rules(packs.parsed_default_rules()),
        "config": compiled_config(config),
    }


def compiled_config(path: Path) -> dict[str, Any]:
    """Return what the compiled file holds for the shipped config.yaml."""
    from dalian_report.config.files import read_settings

    settings = read_settings(path, origin="shipped")
    own = [
        rule._replace(origin=rule.origin.replace(str(path), path.name, 1))  # not where it was built
        for rule in settings.rules
        if rule.origin.startswith(f"{path}:")
    ]
    base = path.parent
    return {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "reports": [
            [Path(one.path).relative_to(base).as_posix(), one.region, one.year] for one in settings.reports
        ],
        "rules": packs.compiled_rules(own),
        "words": list(settings.words),
        "extends": list(settings.extends),
        "synonyms": [list(group) for group in settings.synonyms],
    }
