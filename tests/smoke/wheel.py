"""The built packages in environments of their own, with the runtime dependencies only.

usage: python tests/smoke/wheel.py

Builds the sdist, the wheel from it and the wheel straight from the checkout, and compares the two wheels.
Installs the wheel, and an editable checkout, each in a fresh environment, and runs the program from an empty
folder. Works on a copy in a temporary folder. Exit 0: all as it should be; 1: the first thing that is not.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build", "dist", "compiled.json"
)
# What travels in the wheel beside the code.
NEEDED = (
    "dalian_report/py.typed",
    "dalian_report/data/compiled.json",
    "dalian_report/data/metric.schema.json",
    "dalian_report/data/numeral.schema.json",
    "dalian_report/data/check.schema.json",
    "dalian_report/shipped/config.yaml",
    "dalian_report/shipped/reports/dalian-2023.txt",
    "dalian_report/shipped/reports/liaoning-2025.txt",
)


class SmokeError(Exception):
    """Something about the packages that is not as it should be."""


def main() -> int:
    """Run all checks and say on stdout how far they got."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        try:
            project = Path(shutil.copytree(ROOT, work / "project", ignore=LEFT_OUT))
            wheel = build_wheel(project, work)
            check_installed([str(wheel)], work / "from-wheel")
            check_installed(["--editable", str(project)], work / "editable")
        except SmokeError as error:
            print(f"FAILED: {error}")
            return 1
    print("packages: all as they should be")
    return 0


def build_wheel(project: Path, work: Path) -> Path:
    """Return the wheel built from the sdist, which must hold what a wheel from the checkout holds."""
    run([sys.executable, "-m", "build", "--outdir", str(work / "dist"), str(project)])
    run([sys.executable, "-m", "build", "--wheel", "--outdir", str(work / "direct"), str(project)])
    (wheel,) = (work / "dist").glob("*.whl")
    (direct,) = (work / "direct").glob("*.whl")
    members, others = read_members(wheel), read_members(direct)
    different = sorted(
        name for name in members.keys() | others.keys() if members.get(name) != others.get(name)
    )
    if different:
        raise SmokeError(f"the wheel from the sdist differs from the wheel from the checkout: {different}")
    missing = [name for name in NEEDED if name not in members]
    if missing:
        raise SmokeError(f"not in the wheel: {missing}")
    strays = [name for name in members if not name.startswith(("dalian_report/", "dreport-"))]
    if strays:
        raise SmokeError(f"no business in the wheel: {strays}")
    print(f"{wheel.name}: {len(members)} files, {wheel.stat().st_size / 1024:.0f} kB, same from the sdist")
    return wheel


def read_members(wheel: Path) -> dict[str, int]:
    """Return the files of a wheel with the checksum of each."""
    with zipfile.ZipFile(wheel) as archive:
        return {member.filename: member.CRC for member in archive.infolist()}


def check_installed(install: Iterable[str], folder: Path) -> None:
    """Install into a fresh environment and use the program as a new user would, from an empty folder."""
    home, empty = folder / "venv", folder / "empty"
    venv.create(home, with_pip=True)
    empty.mkdir()
    binaries = home / ("Scripts" if os.name == "nt" else "bin")
    python, dreport = str(binaries / "python"), str(binaries / "dreport")
    run([python, "-m", "pip", "install", "--quiet", *install])
    for package in ("pytest", "hypothesis", "jsonschema", "ruff", "mypy"):
        if run([python, "-c", f"import {package}"], cwd=empty, codes=(0, 1)).returncode == 0:
            raise SmokeError(f"{package} is installed with the runtime dependencies")

    version = run([python, "-m", "dalian_report", "--version"], cwd=empty).stdout.strip()
    if run([dreport, "--version"], cwd=empty).stdout.strip() != version:
        raise SmokeError("dreport and python -m dalian_report are not the same program")
    table = run([dreport, "show", "--section", "5"], cwd=empty)
    if "空气质量优良天数" not in table.stdout or table.stderr:
        raise SmokeError(f"show --section 5 says {table.stdout!r} {table.stderr!r}")
    run([dreport, "show", "--status", "target"], cwd=empty)
    shown = read_records(dreport, empty)
    if any(empty.iterdir()):
        raise SmokeError(f"show wrote {sorted(empty.iterdir())}")
    run([dreport, "keywords", "--section", "5"], cwd=empty)
    run([dreport, "rules", "check"], cwd=empty)
    run([dreport, "schema"], cwd=empty)

    run([dreport, "init"], cwd=empty)
    started = read_records(dreport, empty)
    if [{**one, "source": None} for one in shown] != [{**one, "source": None} for one in started]:
        raise SmokeError("section 5 of the samples reads otherwise after dreport init")
    if any("compiled" not in line for line in [data_in_use(python, empty)]):
        raise SmokeError("the compiled data file does not fit the YAML files beside it")
    print(f"{folder.name}: {version}, {len(shown)} records in section 5")


def data_in_use(python: str, folder: Path) -> str:
    """Return whether the installed program reads compiled data or parses YAML."""
    code = "from dalian_report import data; print('compiled' if data.compiled() else 'yaml')"
    return run([python, "-c", code], cwd=folder).stdout


def read_records(dreport: str, folder: Path) -> list[dict[str, Any]]:
    """Return what `show --section 5 --json` gives; there must be something."""
    records: list[dict[str, Any]] = json.loads(
        run([dreport, "show", "--section", "5", "--json"], cwd=folder).stdout
    )
    if not records:
        raise SmokeError("show --section 5 --json has no records")
    return records


def run(
    command: list[str], *, cwd: Path | None = None, codes: tuple[int, ...] = (0,)
) -> subprocess.CompletedProcess[str]:
    """Run a command without our own environment's Python settings; any other exit code is an error."""
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DREPORT_"))
    }
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode not in codes:
        raise SmokeError(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done


if __name__ == "__main__":
    sys.exit(main())
