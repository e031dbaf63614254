"""Shipped data: word lists, units, regions and the default rule packs, and where shipped files are."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent
_PACKAGE = _DATA.parent
_IN_WHEEL = _PACKAGE / "shipped"
COMPILED = "compiled.json"
_PLANNERS = ("macros.py", "packs.py", "regexes.py", "regextree.py", "regexwriting.py")


def shipped(name: str) -> Path:
    """Return the path of a shipped file or folder, such as `config.yaml` or `reports`.

    In a wheel it lies inside the package; in a checkout or an editable install beside the package folder.
    Raises FileNotFoundError where neither is there.
    """
    for place in (_IN_WHEEL / name, _PACKAGE.parent / name):
        if place.exists():
            return place
    raise FileNotFoundError(name)


def yaml_files() -> list[Path]:
    """Return the data files that are compiled to one at build time, sorted by name."""
    return sorted([*_DATA.glob("*.yaml"), *_DATA.glob("rules/*.yaml")])


def fingerprint() -> str:
    """Return a SHA-256 over the names and bytes of `yaml_files()` and of the code that plans regexes."""
    digest = hashlib.sha256()
    for path in [*yaml_files(), *(_PACKAGE / "config" / name for name in _PLANNERS)]:
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def folder() -> Path:
    """Return the folder of the shipped data files."""
    return _DATA


@cache
def compiled() -> dict[str, Any]:
    """Return the compiled data, or nothing where it is missing or, in a checkout, older than the YAML.

    In a wheel both were packed together, and to read and hash all the YAML would take longer than to load it.
    """
    path = _DATA / COMPILED
    if not path.is_file():
        return {}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    current = _IN_WHEEL.is_dir() or content.get("fingerprint") == fingerprint()
    return content if current else {}


@cache
def load_data(name: str) -> Any:
    """Return the content of `data/NAME.yaml` as plain lists, dicts and strings (every scalar a string)."""
    ready = compiled()
    if ready:
        return ready["data"][name]
    return parse_yaml((_DATA / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def load_text(name: str) -> str:
    """Return the content of the shipped text file `data/NAME`."""
    return (_DATA / name).read_text(encoding="utf-8")


def parse_yaml(text: str) -> Any:
    """Return YAML as plain data with every scalar as its text."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(text, Loader=loader)  # the base loader builds strings, lists and dicts only
