"""Writes what the documents take from the program: outputs, tables, help texts, pictures.

usage: python docs/readme.py [--check]

In README.md and docs/rules.md every `$ ` line of a ```console block is run by bash in a folder as `dreport
init` leaves it, a fresh one for each heading of level 2; a block after `<!-- file: NAME -->` is written there
as NAME. A line that fails (`dreport: …`, or an exit code above 1) is a fault, but in a block after
`<!-- fails -->`, where one must. What stands between `<!-- generated: NAME -->` and `<!-- end -->` is a
table. docs/recipes.md is written in the same way, but for chapters whose tools (`<!-- needs: NAME -->`) are
missing. With --check nothing is written.
Exit 0: all as it should be; 1: --check found something else; 2: a line failed that should not, or the other
way round.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
RULES = ROOT / "docs" / "rules.md"
ACCURACY = ROOT / "docs" / "accuracy.md"
COMMANDS = ROOT / "docs" / "commands.md"
RECIPES = ROOT / "docs" / "recipes.md"
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]

import pictures  # noqa: E402 - beside this file

from dalian_report.cli.commands import COMMANDS as ENTRIES  # noqa: E402 - the checkout is documented
from dalian_report.cli.commands import RULES_COMMANDS  # noqa: E402
from dalian_report.doctor import CODES  # noqa: E402
from dalian_report.explore.ledger import REASONS  # noqa: E402

_FENCE = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n+)?(?P<fails><!-- fails -->\n+)?"
    r"```(?P<language>\w*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_GENERATED = re.compile(
    r"(?P<open><!-- generated: (?P<name>[\w-]+) -->\n).*?(?P<close><!-- end -->)", re.DOTALL
)
_PROGRAM = f"""\
dreport() {{ "{sys.executable}" -m dalian_report "$@"; }}
python3() {{ "{sys.executable}" "$@"; }}
"""
_NEEDS = re.compile(r"<!-- needs: (.*) -->")
HEAD = "<!-- Written by docs/readme.py from the help texts. -->\n\n# Commands\n\n"


class Workshop:
    """A folder as `dreport init` leaves it, in which shell lines run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "work"
        self.folder.mkdir()
        self.environ = clean_environ(folder)
        self.run("dreport init --quiet")

    def run(self, line: str) -> str:
        """Return what a shell line writes to stdout and stderr."""
        return self.tried(line)[0]

    def tried(self, line: str) -> tuple[str, bool]:
        """Return what a shell line writes, and whether it failed."""
        done = subprocess.run(
            ["bash", "-c", _PROGRAM + line],
            cwd=self.folder,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
        )
        text = done.stdout.decode("utf-8")
        return text, done.returncode > 1 or bool(re.search(r"^dreport: ", text, re.MULTILINE))


class LineFailedError(Exception):
    """A shell line of a page that failed, or did not where it should."""


def clean_environ(folder: Path) -> dict[str, str]:
    """Return an environment in which no setting of the user's shows."""
    ours = ("NO_COLOR", "COLUMNS", "LINES", "FORCE_COLOR", "DREPORT_CONFIG")
    environ = {name: value for name, value in os.environ.items() if name not in ours}
    places = {name: str(folder / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    return {**environ, **places, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "TERM": "xterm"}


def written_readme(text: str) -> str:
    """Return the README with every output and table as the program gives it now."""
    text = _GENERATED.sub(lambda part: part["open"] + TABLES[part["name"]]() + part["close"], text)
    return "".join(map(written_chapter, chapters_of(text)))


def chapters_of(text: str) -> list[str]:
    """Return a document cut before each heading of level 2."""
    return re.split(r"^(?=## )", text, flags=re.MULTILINE)


def missing_tools(chapter: str) -> list[str]:
    """Return the programs and Python libraries that a chapter needs and that are not here."""
    needed = [name for line in _NEEDS.findall(chapter) for name in line.split()]
    return [name for name in needed if shutil.which(name) is None and find_spec(name) is None]


def written_recipes(text: str) -> str:
    """Return the recipes with their outputs renewed; those whose tools are missing stay as they are."""
    return "".join(
        chapter if missing_tools(chapter) else written_chapter(chapter) for chapter in chapters_of(text)
    )


def written_chapter(chapter: str) -> str:
    """Return one chapter with the outputs of its console blocks renewed."""
    if "```console" not in chapter:
        return chapter
    with tempfile.TemporaryDirectory() as name:
        workshop = Workshop(Path(name))
        return _FENCE.sub(lambda block: written_block(block, workshop), chapter)


def written_block(block: re.Match[str], workshop: Workshop) -> str:
    """Return a fenced block: a file is written, a console block is run, others stay."""
    whole, body = block.group(), block["body"]
    if block["file"]:
        (workshop.folder / block["file"]).write_text(body, encoding="utf-8")
        return whole
    if block["language"] != "console":
        return whole
    written, failed = "", False
    for line in commands_of(body):
        text, failure = workshop.tried(line)
        written += f"$ {line}\n{text}"
        failed = failed or failure
        if failure and not block["fails"]:
            raise LineFailedError(f"a line fails: {line}\n{text}")
    if block["fails"] and not failed:
        raise LineFailedError(f"no line fails of: {body}")
    return whole.replace(body, written)


def commands_of(body: str) -> Iterator[str]:
    """Yield the shell lines of a console block."""
    for line in body.splitlines():
        if line.startswith("$ "):
            yield line.removeprefix("$ ")


def commands_table() -> str:
    """Return the table of commands with what each is for and one example."""
    rows = [
        f"| [`{name}`](docs/commands.md#{name}) | {entry.purpose} | `{escaped(entry.example)}` |\n"
        for name, entry in ENTRIES.items()
    ]
    return "| command | what it does | for instance |\n| --- | --- | --- |\n" + "".join(rows)


def escaped(text: str) -> str:
    """Return a text as a cell of a Markdown table takes it."""
    return text.replace("|", "\\|")


def fields_table() -> str:
    """Return the table of a record's fields from the shipped JSON Schema."""
    schema = json.loads((ROOT / "dalian_report/data/metric.schema.json").read_text(encoding="utf-8"))
    rows = [
        f"| `{name}` | {type_words(field)} | {field['description']} |\n"
        for name, field in schema["properties"].items()
    ]
    return "| field | type | meaning |\n| --- | --- | --- |\n" + "".join(rows)


def type_words(field: Mapping[str, object]) -> str:
    """Return the JSON types of a field in words; the words of an enumeration stand for themselves."""
    words = field.get("enum") or field.get("type")
    listed = words if isinstance(words, list) else [words]
    return ", ".join(
        "null" if word is None else f"`{word}`" if "enum" in field else str(word) for word in listed
    )


def accuracy_table() -> str:
    """Return the table of the pinned accuracy floors, those of each kind of further texts in one line."""
    floors = read_floors()
    rows = [floor_row(name, floor) for name, floor in floors.items() if not name.startswith(tuple(FURTHER))]
    for folder, what in FURTHER.items():
        some = [floor for name, floor in floors.items() if name.startswith(folder)]
        middle = {key: statistics.median(floor[key] for floor in some) for key in MEASURES}
        rows.append(floor_row(f"{len(some)} {what}, median", middle))
    return FLOORS_HEAD + "".join(rows)


def further_table(folder: str) -> str:
    """Return the table of the floors of the texts of one folder."""
    return FLOORS_HEAD + "".join(
        floor_row(name, floor) for name, floor in read_floors().items() if name.startswith(folder)
    )


def read_floors() -> dict[str, dict[str, float]]:
    """Return the pinned accuracy floors by name."""
    floors: dict[str, dict[str, float]] = json.loads(
        (ROOT / "tests/gold/floors.json").read_text(encoding="utf-8")
    )
    return floors


def floor_row(name: str, floor: Mapping[str, float]) -> str:
    """Return a report's floors as a row."""
    shown = name.replace("project/", "sample ").removeprefix("shared/")
    for folder in FURTHER:
        shown = shown.removeprefix(folder)
    return f"| {shown} | " + " | ".join(f"{floor[key]:.2f}" for key in MEASURES) + " |\n"


FURTHER = {"real/": "further reports", "written/": "invented reports of seven decades"}
MEASURES = ("quantity", "record", "full")
FLOORS_HEAD = "| report | quantity | record | full |\n| --- | ---: | ---: | ---: |\n"


def reasons_table() -> str:
    """Return the table of the reasons for which the ledger excludes a numeral."""
    rows = [f"| `{reason}` | {said} |\n" for reason, said in REASONS.items()]
    return "| reason | the numeral is |\n| --- | --- |\n" + "".join(rows)


def findings_table() -> str:
    """Return the table of what the doctor can find."""
    rows = [f"| `{name}` | {code.severity} | {code.meaning} |\n" for name, code in CODES.items()]
    return "| code | severity | meaning |\n| --- | --- | --- |\n" + "".join(rows)


TABLES: Mapping[str, Callable[[], str]] = {
    "commands": commands_table,
    "reasons": reasons_table,
    "fields": fields_table,
    "findings": findings_table,
    "accuracy": accuracy_table,
    "real": partial(further_table, "real/"),
    "written": partial(further_table, "written/"),
}


def written_commands() -> str:
    """Return docs/commands.md: the help of every command, word for word."""
    names = []
    for name, entry in ENTRIES.items():
        names += [name] if entry.function else [name, *(f"{name} {below}" for below in RULES_COMMANDS)]
    with tempfile.TemporaryDirectory() as name:
        workshop = Workshop(Path(name))
        root = f"```text\n{workshop.run('dreport --help')}```\n"
        helps = [f"## {name}\n\n```text\n{workshop.run(f'dreport {name} --help')}```\n" for name in names]
    return HEAD + "\n".join([root, *helps])


def main() -> int:
    """Write the files, or compare them with what would be written."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where something differs")
    options = parser.parse_args()
    try:
        wanted = {
            page: written_readme(page.read_text(encoding="utf-8")) for page in (README, RULES, ACCURACY)
        }
    except LineFailedError as error:
        print(error, file=sys.stderr)
        return 2
    wanted[COMMANDS] = written_commands()
    stale = False
    for path, text in wanted.items():
        present = path.read_text(encoding="utf-8") if path.exists() else ""
        if not options.check:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif present != text:
            stale = True
            name = path.relative_to(ROOT).as_posix()
            sides = present.splitlines(keepends=True), text.splitlines(keepends=True)
            sys.stdout.writelines(difflib.unified_diff(*sides, name, f"{name} now"))
    if not options.check:  # tests/test_recipes.py checks them, one by one
        written = written_recipes(RECIPES.read_text(encoding="utf-8"))
        RECIPES.write_text(written, encoding="utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as name:
        workshop = Workshop(Path(name))
        pictures.write_series(workshop.folder)
        shown = pictures.screens(workshop.folder, workshop.environ)
        for picture in pictures.PICTURES:
            if not options.check:
                pictures.draw(picture, shown)
            elif not pictures.is_current(picture, shown):
                stale = True
                print(f"docs/{picture.name} shows something else than {picture.command} does now")
    if stale:
        print("the documents are not what the program gives: make readme")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
