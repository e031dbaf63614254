"""Which configuration file is in force: exactly one, the first of these that there is."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from dalian_report import data
from dalian_report.errors import RulesError

VARIABLE = "DREPORT_CONFIG"
NAME = "config.yaml"
# Many tools read a config.yaml; ours carries this marker on a line of its own.
_MARKER = re.compile(rb"^(?:\xef\xbb\xbf)?[\"']?dreport[\"']?[ \t]*:", flags=re.MULTILINE)

_FIELDS = re.compile(rb"^(?:\xef\xbb\xbf)?(?:rules|extends)[ \t]*:", flags=re.MULTILINE)


def find_config(path: str | None, *, cwd: Path, environ: Mapping[str, str]) -> tuple[Path, str]:
    """Return the configuration file in force and why it is.

    That is `path` (`--config`), else the one that DREPORT_CONFIG names, else config.yaml in `cwd` if it
    carries the marker `dreport:`, else the user folder's, else the shipped one. Raises RulesError where a
    file that was named is not there.
    """
    named = path or environ.get(VARIABLE)
    if named:
        origin = "--config" if path else VARIABLE
        target = cwd / Path(named).expanduser()
        if not target.is_file():
            raise RulesError("no such configuration file", where=named, remedy=f"It was named by {origin}.")
        return target, origin
    if _is_ours(cwd / NAME):
        return cwd / NAME, f"./{NAME}"
    user = user_folder(environ) / NAME
    if user.is_file():
        return user, "user folder"
    return data.shipped(NAME), "shipped"


def user_folder(environ: Mapping[str, str], *, platform: str = sys.platform) -> Path:
    """Return the folder for a user's own configuration, by the custom of the platform."""
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or "~").expanduser()
    if platform == "win32":
        return Path(environ.get("APPDATA") or home / "AppData" / "Roaming") / "dreport"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "dreport"
    return Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "dreport"


def lacks_marker(folder: Path) -> bool:
    """Return whether the config.yaml of a folder has fields of ours, but not the marker."""
    path = folder / NAME
    try:
        return path.is_file() and not _is_ours(path) and _FIELDS.search(path.read_bytes()) is not None
    except OSError:
        return False


def _is_ours(path: Path) -> bool:
    try:
        return path.is_file() and _MARKER.search(path.read_bytes()) is not None
    except OSError:
        return False
