"""Where reports lie: files, folders and globs made into a list of paths."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal, NamedTuple

from dalian_report.errors import SourceError

_READ = (
    *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".shtml", ".mhtml", ".mht", ".docx", ".pdf"),
    *(".ofd", ".csv", ".tsv", ".xlsx", ".jsonl", ".ndjson", ".zip"),
)
# What is a report by its name and has to be saved in another format: it fails, and is not passed over.
_REFUSED = (".doc", ".wps", ".rtf")
# In folders .json is mostly something else: settings of programs, what dreport itself wrote.
KNOWN_FORMATS = f"Formats that can be read: {' '.join(_READ)}; .json where the file is named"
STDIN = "-"
PIPE = "a pipe, not a file"
_INSIDE = "#"
_NO_FORMAT = "no known format"
# What no report is in; where only such files are left out, nothing need be said of them.
_NO_REPORT = frozenset(
    (
        *(".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf", ".lock", ".log", ".db", ".sqlite", ".parquet"),
        *(".py", ".pyc", ".ipynb", ".r", ".js", ".ts", ".css", ".sh", ".bat", ".ps1", ".sql", ".map"),
        *(".svg", ".ico", ".ttf", ".otf", ".woff", ".woff2", ".mp3", ".mp4", ".exe", ".dll", ".so"),
    )
)
_MAX_KINDS = 8


class Skipped(NamedTuple):
    """A file of a folder or glob that is left out, and why."""

    path: str
    why: str

    @property
    def kind(self) -> str:
        """Return what kind of file it is: why it is left out, or its suffix where that is why."""
        return (Path(self.path).suffix.lower() or "without suffix") if self.why == _NO_FORMAT else self.why

    @property
    def may_be_report(self) -> bool:
        """Return whether a report could be lost with it."""
        return self.kind not in _NO_REPORT


class Located(NamedTuple):
    """The paths to read, each file once and in order, the files left out, and what could not be listed."""

    paths: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    failed: tuple[SourceError, ...]


def locate(paths: Sequence[str]) -> Located:
    """Return the files that `paths` name: files, folders (recursive, sorted), globs (sorted) and `-`.

    A path that is not there stays in `paths`, so that reading it says what is wrong. In folders and globs,
    hidden files are passed over in silence; files of other formats, what is no regular file (a pipe would be
    waited for), and links to folders or out of the folder are listed in `skipped`. A file under two names
    is read under the first. `failed` has the folders that could not be listed, the folders and globs
    that hold no report, and the globs that nothing matches.
    """
    found: dict[str, str] = {}
    skipped: dict[str, Skipped] = {}
    failed: list[SourceError] = []
    folders: dict[str, str] = {}
    for path in paths:
        located = _expand(path)
        for name in located.paths:
            found.setdefault(_real_place(name, folders), name)
        for item in located.skipped:
            skipped.setdefault(item.path, item)
        failed += located.failed
    names = set(found.values())
    left_out = tuple(item for item in skipped.values() if item.path not in names)
    return Located(tuple(found.values()), left_out, tuple(failed))


def real_path(path: str) -> str:
    """Return what tells two paths to one file: the path without links and dots; `-` is itself."""
    return path if path == STDIN else os.path.realpath(path)


def file_of(path: str) -> str:
    """Return the file that holds a report: that before a `#` (`all.csv#2`, `all.zip#a.csv#2`).

    A file whose own name has a `#` is itself.
    """
    return split_path(path)[0]


def split_path(path: str) -> tuple[str, str]:
    """Return the file of a path and the place inside it, empty for the whole file."""
    if _INSIDE not in path or Path(path).exists():
        return path, ""
    at = path.find(_INSIDE)
    while at > 0:
        file, inside = path[:at], path[at + 1 :]
        if inside and (file == STDIN or Path(file).is_file()):
            return file, inside
        at = path.find(_INSIDE, at + 1)
    return path, ""


def inside(path: str, place: str) -> str:
    """Return the path of a report inside a file, which can be given in place of the file's own.

    >>> inside("all.zip", "a.csv"), split_path("none.csv#2")
    ('all.zip#a.csv', ('none.csv#2', ''))
    """
    return f"{path}{_INSIDE}{place}"


def has_known_suffix(name: str) -> bool:
    """Return whether a file is taken from a folder or a zip file, by the suffix of its name."""
    return Path(name).suffix.lower() in (*_READ, *_REFUSED)


def _real_place(path: str, folders: dict[str, str]) -> str:
    """Return `real_path` of a path; `folders` keeps those of folders, which many files have in common."""
    folder, name = os.path.split(path)
    if path == STDIN or name in ("", ".", "..") or os.path.islink(path):  # noqa: PTH114 - quicker by half
        return real_path(path)
    if folder not in folders:
        folders[folder] = real_path(folder or ".")
    return os.path.join(folders[folder], name)  # noqa: PTH118 - as above


def source_name(path: str) -> str:
    """Return how messages name an input: its path, or `standard input`."""
    return "standard input" if path == STDIN else path.replace("-#", "standard input#", path.startswith("-#"))


def _expand(path: str) -> Located:
    """Return what one path names."""
    if not path:
        return Located((), (), (SourceError("an empty path, which names no file"),))
    kind = _kind(path) if path != STDIN else "file"
    base = path
    pattern: list[str] = []
    if kind == "none" and _has_wildcard(path):
        base, pattern = _fixed_part(path)
        kind = _kind(base)
    if kind == "none" and pattern:
        return Located((), (), (SourceError("no file matches", where=path),))
    if kind != "folder":
        return Located((path,), (), ())
    failed: list[SourceError] = []
    found, skipped = _sorted_out(_walk(base, pattern, failed), root=real_path(base))
    if not (found or skipped or failed) and pattern:
        failed.append(SourceError("no file matches", where=path))
    elif not found and not failed:
        why = f"skipped {_kinds(skipped)}" if skipped else "no files in it"
        failed.append(SourceError("no report that can be read", where=path, why=why, remedy=KNOWN_FORMATS))
    return Located(tuple(found), tuple(skipped), tuple(failed))


def special_file(mode: int) -> str:
    """Return what a file is, by its mode, that is no regular one and no folder; "" for those."""
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return ""
    if stat.S_ISFIFO(mode):
        return PIPE
    return "a socket, not a file" if stat.S_ISSOCK(mode) else "a device, not a file"


def _kind(path: str) -> Literal["file", "folder", "other", "none"]:
    """Return what lies at a path, links followed; `none` also where that cannot be told."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - for thousands of files: a Path for each costs more
    except (OSError, ValueError):
        return "none"
    if stat.S_ISREG(mode):
        return "file"
    return "folder" if stat.S_ISDIR(mode) else "other"


def _fixed_part(pattern: str) -> tuple[str, list[str]]:
    """Return the folder before the first wildcard of a glob, and the parts of the pattern from there."""
    parts = list(Path(pattern).parts)
    first = next(number for number, part in enumerate(parts) if _has_wildcard(part))
    return str(Path(*parts[:first])), parts[first:]


def _has_wildcard(path: str) -> bool:
    return any(char in path for char in "*?[")


def _walk(base: str, pattern: Sequence[str], failed: list[SourceError]) -> Iterator[str]:
    """Yield the visible files below a folder that fit a pattern, a folder's files before its subfolders'.

    Links to folders are yielded and not entered: `glob.glob` enters them, and comes to the same file at every
    level of a link that leads up. Folders that cannot be listed are added to `failed`.
    """

    def fail(error: OSError) -> None:
        why = error.strerror or str(error)
        failed.append(SourceError("a folder that cannot be read", where=str(error.filename), why=why))

    for place, folders, files in os.walk(base, onerror=fail):
        way, shown = Path(place).relative_to(base).parts, str(Path(place))
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        inside = [name for name in folders if name not in links and not name.startswith(".")]
        folders[:] = sorted(name for name in inside if _leads_to((*way, name), pattern))
        for name in sorted([*files, *links]):
            if not name.startswith((".", "~$")) and _fits((*way, name), pattern):
                yield name if shown == "." else os.path.join(shown, name)  # noqa: PTH118 - quicker by half


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Return whether a path, or a folder on its way, matches a pattern; an empty one matches all."""
    if not pattern:
        return True
    if pattern[0] == "**":
        rest = pattern[1:]
        return _fits(parts, rest) or (len(parts) > 1 and _fits(parts[1:], pattern))
    return bool(parts) and fnmatch(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])


def _leads_to(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Return whether something below a folder can match a pattern."""
    if not parts or not pattern or pattern[0] == "**":
        return True
    return fnmatch(parts[0], pattern[0]) and _leads_to(parts[1:], pattern[1:])


def _sorted_out(files: Iterable[str], *, root: str) -> tuple[list[str], list[Skipped]]:
    """Return the files of a folder as those to read and those left out."""
    found: list[str] = []
    skipped: list[Skipped] = []
    for name in files:
        why = _why_not(name, root)
        if why:
            skipped.append(Skipped(name, why))
        else:
            found.append(name)
    return found, skipped


def _why_not(name: str, root: str) -> str:
    """Return why a file in a folder is left out, or nothing; `root` is the folder without links."""
    is_link = os.path.islink(name)  # noqa: PTH114 - as in _kind
    if is_link and not f"{real_path(name)}{os.sep}".startswith(root.rstrip(os.sep) + os.sep):
        return "link out of the folder"
    kind = _kind(name)
    if kind == "folder":
        return "link to a folder"
    if kind == "other":
        return "pipe or device"
    return "" if has_known_suffix(name) else _NO_FORMAT


def left_out(path: str) -> Skipped:
    """Return a file that is left out because of its name."""
    return Skipped(path, _NO_FORMAT)


def _kinds(skipped: Sequence[Skipped]) -> str:
    """Return how many files of which kind were left out: `2 .csv, 1 .png`."""
    counts: dict[str, int] = {}
    for item in skipped:
        counts[item.kind] = counts.get(item.kind, 0) + 1
    told = [f"{count} {kind}" for kind, count in list(counts.items())[:_MAX_KINDS]]
    return ", ".join(told) + (", …" if len(counts) > _MAX_KINDS else "")
