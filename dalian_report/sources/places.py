"""Where reports lie: files, folders and globs made into a list of paths."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown")
SUFFIXES = (*TEXT_SUFFIXES, ".docx")
STDIN = "-"


class Located(NamedTuple):
    """The paths to read, in order and each once, and the files of folders and globs that were left out."""

    paths: tuple[str, ...]
    skipped: tuple[str, ...]


def locate(paths: Sequence[str]) -> Located:
    """Return the files that `paths` name: files, folders (recursive, sorted), globs (sorted) and `-`.

    A path that is not there stays in `paths`, so that reading it says what is wrong. In folders and globs,
    hidden files are passed over in silence; files of other formats, and links that lead out of the folder,
    are listed in `skipped`. Folders behind a link are not entered.
    """
    found: dict[str, None] = {}
    skipped: dict[str, None] = {}
    for path in paths:
        if path == STDIN or Path(path).is_file():
            found[path] = None
        elif Path(path).is_dir():
            _sort_out(_walk(path), root=path, found=found, skipped=skipped)
        elif glob.has_magic(path):
            matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - the pattern may be absolute
            for match in matches:
                inside = _walk(match) if Path(match).is_dir() else iter((match,))
                _sort_out(inside, root=match, found=found, skipped=skipped)
            if not matches:
                found[path] = None
        else:
            found[path] = None
    return Located(tuple(found), tuple(name for name in skipped if name not in found))


def _walk(folder: str) -> Iterator[str]:
    """Yield the visible files below a folder, in the order of their paths."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")):
                yield str(Path(place) / name)


def _sort_out(files: Iterator[str], *, root: str, found: dict[str, None], skipped: dict[str, None]) -> None:
    """Put each file into `found` or, where it is of another format or leads out of `root`, into `skipped`."""
    base = os.path.realpath(root)
    for name in files:
        path = Path(name)
        target = os.path.realpath(name) if path.is_symlink() else ""
        leads_out = target not in ("", base) and not target.startswith(base + os.sep)
        (skipped if leads_out or path.suffix.lower() not in SUFFIXES else found)[name] = None
