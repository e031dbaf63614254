"""The rooms and their order: what each module may import, and what only the command line may do."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "dalian_report"
# Each room may import itself and those before it. Those that share a place do not import each other.
ORDER = (
    ("errors", "model", "folding", "traditional", "alphabet", "data"),
    ("config",),
    ("sources",),
    ("document",),
    ("quantities",),
    ("indicators",),
    ("explore", "doctor"),
    ("corpus",),
    ("views",),
    ("dalian_report",),  # the public names of the package itself
    ("cli",),
    ("__main__",),
)
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}


class Permit(NamedTuple):
    """Where a library may be imported; `inside`: in functions only, so that start-up does not pay for it."""

    places: tuple[str, ...]
    inside: bool


LIBRARIES = {
    "typer": Permit(("cli/*",), inside=False),
    "rich": Permit(("views/terminal*.py",), inside=False),
    "yaml": Permit(("config/*", "data/*"), inside=False),
    "jieba": Permit(("explore/*", "corpus/*"), inside=True),
    "lxml": Permit(("sources/archive.py",), inside=True),
    "selectolax": Permit(("sources/web.py",), inside=True),
    "openpyxl": Permit(("sources/workbook.py",), inside=True),
    "pypdfium2": Permit(("sources/pdf_child.py",), inside=True),
    "httpx": Permit(("sources/fetching.py",), inside=True),
    "rjieba": Permit(("explore/segmenting.py",), inside=True),
    "opencc": Permit(("traditional.py",), inside=True),
    "regex": Permit(("indicators/*",), inside=True),
    "ahocorasick_rs": Permit(("indicators/*", "corpus/counting.py"), inside=True),
}
# Modules whose import costs: they too are imported inside functions only.
LAZY = ("dalian_report.views.terminal", "dalian_report.views.terminal_svg", "dalian_report.sources.word")
MAX_LINES = 400


class Import(NamedTuple):
    """One imported module, by its absolute name; `inside`: in a function or for type checkers only."""

    line: int
    module: str
    inside: bool


def check_module(path: str, source: str) -> list[str]:
    """Return what is wrong with a module, given its path below the package."""
    tree = ast.parse(source)
    room = room_of_path(path)
    faults = [fault for found in imports_of(tree, path) for fault in import_faults(path, room, found)]
    if room not in ("cli", "__main__"):
        faults += [f"{path}:{line}: {what} below the command line" for line, what in process_uses(tree)]
    lines = len(source.splitlines())
    if lines > MAX_LINES:
        faults.append(f"{path}: {lines} lines, more than {MAX_LINES}")
    return faults


def room_of_path(path: str) -> str:
    """Return the room of a module: its folder, or its own name at the top."""
    first = path.split("/")[0].removesuffix(".py")
    return "dalian_report" if first == "__init__" else first


def room_of_module(module: str) -> str:
    """Return the room of an absolute module name of ours; a name that is no room is the package's own."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in RANK else "dalian_report"


def imports_of(tree: ast.Module, path: str) -> Iterator[Import]:
    """Yield the imports of a module wherever they stand; relative ones are made absolute."""
    package = ["dalian_report", *path.split("/")[:-1]]
    inside = {id(node) for later in ast.walk(tree) if runs_later(later) for node in ast.walk(later)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(node.lineno, alias.name, id(node) in inside)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                yield Import(node.lineno, f"{module}.{alias.name}", id(node) in inside)
        elif is_import_call(node):
            yield Import(node.lineno, first_argument(node), id(node) in inside)


def runs_later(node: ast.AST) -> bool:
    """Return whether what is in a node does not run at import: a function, a block for type checkers."""
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def is_import_call(node: ast.AST) -> bool:
    """Return whether a node is `import_module(...)` or `__import__(...)`."""
    return isinstance(node, ast.Call) and called_name(node) in ("import_module", "__import__")


def called_name(node: ast.Call) -> str:
    """Return the last name of what is called: `import_module` of `importlib.import_module`."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def first_argument(node: ast.Call) -> str:
    """Return the literal start of a call's first argument; empty where it has none."""
    value = node.args[0] if node.args else None
    if isinstance(value, ast.JoinedStr) and value.values:
        value = value.values[0]
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def import_faults(path: str, room: str, found: Import) -> Iterator[str]:
    """Yield what is wrong with one import."""
    where = f"{path}:{found.line}"
    top = found.module.split(".")[0]
    if top == "dalian_report":
        target = room_of_module(found.module)
        if target != room and RANK[target] >= RANK[room]:
            yield f"{where}: {room} imports {target}"
        lazy = next((name for name in LAZY if f"{found.module}.".startswith(f"{name}.")), None)
        here = f"dalian_report.{path.removesuffix('.py').replace('/', '.')}"
        if lazy and not found.inside and here not in LAZY:
            yield f"{where}: {lazy} is imported inside functions only"
    elif top in LIBRARIES:
        permit = LIBRARIES[top]
        if not any(fnmatch(path, place) for place in permit.places):
            yield f"{where}: {top} is imported in {' and '.join(permit.places)} only"
        elif permit.inside and not found.inside:
            yield f"{where}: {top} is imported inside functions only"
    elif top not in sys.stdlib_module_names:
        yield f"{where}: {found.module or 'a computed name'} is no library of this project"


def process_uses(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the uses of what belongs to the process: printing, leaving, the environment."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in ("print", "input", "exit", "quit", "SystemExit"):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{node.value.id}.{node.attr}"
            if name in ("os.environ", "os.getenv", "sys.exit", "sys.argv", "sys.stdout", "sys.stderr"):
                yield node.lineno, name
        elif isinstance(node, ast.ImportFrom) and node.module in ("os", "sys"):
            for alias in node.names:
                if alias.name in ("environ", "getenv", "exit", "argv", "stdout", "stderr"):
                    yield node.lineno, f"{node.module}.{alias.name}"


MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def test_every_room_has_its_place() -> None:
    assert len(MODULES) > 40
    assert {room_of_path(path) for path in MODULES} == set(RANK)


@pytest.mark.parametrize("path", MODULES)
def test_module(path: str) -> None:
    assert check_module(path, (PACKAGE / path).read_text(encoding="utf-8")) == []


BAD = {
    "upwards": ("document/x.py", "from dalian_report.views import open_sink", "document imports views"),
    "upwards, relative": ("document/x.py", "from ..views.table import layout", "document imports views"),
    "upwards, from the top": ("config/x.py", "from dalian_report import document", "config imports document"),
    "upwards, later": (
        "quantities/x.py",
        "def f():\n    import dalian_report.indicators.engine",
        "quantities imports indicators",
    ),
    "upwards, by a call": (
        "config/x.py",
        "m = importlib.import_module('dalian_report.cli.main')",
        "config imports cli",
    ),
    "upwards, for types": (
        "sources/x.py",
        "if TYPE_CHECKING:\n    from dalian_report.corpus import Plan",
        "sources imports corpus",
    ),
    "beside": ("model.py", "from dalian_report.errors import DReportError", "model imports errors"),
    "the package from a room": (
        "views/x.py",
        "from dalian_report import extract",
        "views imports dalian_report",
    ),
    "typer": ("views/x.py", "import typer", "typer is imported in cli/* only"),
    "rich": ("views/table.py", "def f():\n    from rich.text import Text", "rich is imported in"),
    "yaml": ("indicators/x.py", "import yaml", "yaml is imported in"),
    "jieba": ("explore/segmenting.py", "import jieba", "jieba is imported inside functions only"),
    "lxml": (
        "sources/x.py",
        "def f():\n    import lxml.etree",
        "lxml is imported in sources/archive.py only",
    ),
    "lazy": (
        "views/sinks.py",
        "from .terminal import paint",
        "views.terminal is imported inside functions only",
    ),
    "stranger": ("sources/x.py", "import requests", "requests is no library of this project"),
    "computed": ("sources/x.py", "import_module(name)", "a computed name is no library of this project"),
    "print": ("corpus/x.py", "def f():\n    print('done')", "print below the command line"),
    "exit": ("config/x.py", "import sys\nsys.exit(2)", "sys.exit below the command line"),
    "exit, imported": ("config/x.py", "from sys import exit", "sys.exit below the command line"),
    "environment": ("config/x.py", "import os\nos.environ['HOME']", "os.environ below the command line"),
    "length": ("model.py", "\n" * 401, "401 lines, more than 400"),
}


@pytest.mark.parametrize(("path", "source", "fault"), BAD.values(), ids=BAD.keys())
def test_the_check_finds(path: str, source: str, fault: str) -> None:
    (found,) = check_module(path, source)
    assert fault in found


def test_the_check_lets_pass() -> None:
    source = (
        "from __future__ import annotations\nimport os.path\nfrom dalian_report.errors import DReportError\n"
    )
    assert check_module("document/x.py", source + "from .labels import Label\n") == []
    assert check_module("explore/x.py", "def f():\n    import jieba.analyse\n") == []
    assert check_module("cli/x.py", "import sys\nimport typer\nprint(sys.argv)\n") == []
