"""Build hook: compiles the data files, the default rule packs and config.yaml to one JSON file.

Parsing them from YAML at every start would cost as much as the rest of the start-up together. The reader
takes the file only while its fingerprint fits the YAML, so a stale one does no harm.

With DREPORT_COMPILE=1 it also compiles the engine to C by mypyc (mypyc.readthedocs.io), from the same files,
which needs a C compiler and some minutes. The wheel is then one for this kind of machine and this version of
Python; it holds the Python files as well.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NEEDED = (3, 11)
PACKAGE = "dalian_report"
COMPILED = ("alphabet.py", "folding.py", "document/*.py", "quantities/*.py", "indicators/*.py")
# What others may derive from, and a record that derives from one of Python's own.
INTERPRETED = {"__init__.py", "engine.py", "profiling.py", "tracing.py", "explain.py"}
# `regex` and others ship no types, and a build needs none.
MYPYC_OPTIONS = ("--config-file=", "--ignore-missing-imports", "--follow-imports=silent")


class CompileData(BuildHookInterface):  # type: ignore[type-arg]
    """Writes dalian_report/data/compiled.json before a wheel, plain or editable, is packed."""

    _work: Path | None = None

    def dependencies(self) -> list[str]:
        """Return what a build needs beside hatchling: mypyc where it is to compile the engine."""
        return ["mypy>=2.4,<3", "setuptools>=77"] if _compiles() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the file; compile for a `standard` wheel, not an `editable` one, where that is asked for.

        Ends the build with one line where Python is too old for the code that it runs.
        """
        if sys.version_info < NEEDED:
            raise SystemExit(
                f"dreport needs Python {_dotted(NEEDED)} or newer; this is {_dotted(sys.version_info)}"
            )
        sys.path.insert(0, self.root)
        try:
            from dalian_report.config.compiling import write_compiled

            write_compiled(Path(self.root) / "config.yaml")
        finally:
            sys.path.remove(self.root)
        if _compiles() and version == "standard":
            self._work = Path(tempfile.mkdtemp())
            try:
                modules = compile_engine(Path(self.root), self._work)
            except BaseException:  # a fault of the compiler is a SystemExit
                shutil.rmtree(self._work, ignore_errors=True)
                raise
            build_data["force_include"].update(modules)
            build_data["pure_python"], build_data["infer_tag"] = False, True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what the compiler left."""
        if self._work:
            shutil.rmtree(self._work, ignore_errors=True)


def compile_engine(root: Path, work: Path) -> dict[str, str]:
    """Return the modules of a checkout compiled below `work`, by file, with the place of each in a wheel.

    Raises what the type checker or the C compiler raises, SystemExit among them.
    """
    from mypyc.build import mypycify
    from setuptools import Distribution

    sources = [path for pattern in COMPILED for path in sorted((root / PACKAGE).glob(pattern))]
    names = [str(path.relative_to(root)) for path in sources if path.name not in INTERPRETED]
    here = Path.cwd()
    os.chdir(root)  # mypyc names modules by their files' place below the working directory
    try:
        extensions = mypycify([*MYPYC_OPTIONS, *names], target_dir=str(work / "c"))
        distribution = Distribution({"name": PACKAGE, "ext_modules": extensions})
        build = distribution.get_command_obj("build_ext")
        build.build_lib, build.build_temp = str(work / "lib"), str(work / "temp")
        build.ensure_finalized()
        build.run()
    finally:
        os.chdir(here)
    built = [path for path in (work / "lib").rglob("*") if path.is_file()]
    return {str(path): str(path.relative_to(work / "lib")) for path in built}


def _compiles() -> bool:
    return os.environ.get("DREPORT_COMPILE") == "1"


def _dotted(version: Sequence[Any]) -> str:
    return ".".join(str(part) for part in version[:2])
