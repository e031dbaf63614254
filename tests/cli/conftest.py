import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from dalian_report.cli.main import main

ROOT = Path(__file__).parents[2]
LOCALE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
REPORT = """大连市2023年政府工作报告

各位代表：

一、2023年工作回顾

（一）经济稳中向好。新增停车泊位4万个，海洋经济总产值4200亿元、增长9%以上。

（二）安全形势平稳。生产安全事故起数下降23.4%。

二、2024年工作安排

（一）提高发展质量。地区生产总值增长6%左右，城镇新增就业12万人。
"""


class Outcome(NamedTuple):
    """What a run left."""

    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a user's own, the current one: two reports and a configuration that names one of them."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.txt").write_text("工作汇报\n\n一、概况\n\n完成造林2万亩。\n", encoding="utf-8")
    (tmp_path / "config.yaml").write_text(
        "dreport: 1\nextends: [default]\nreports: [{path: reports/a.txt, region: 大连市, year: 2023}]\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "DREPORT_CONFIG", "COLUMNS", "LINES", "PAGER", *LOCALE):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def dreport(capfd: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run the command line in this process."""

    def run(*arguments: str) -> Outcome:
        code = main(arguments)
        captured = capfd.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def process() -> Callable[..., Outcome]:
    """Run a shell line in which `dreport` is the real program."""

    def run(line: str, **environ: str) -> Outcome:
        program = f'dreport() {{ "{sys.executable}" -m dalian_report "$@"; }}\n'
        done = subprocess.run(
            ["bash", "-c", program + line],
            capture_output=True,
            timeout=60,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return run
