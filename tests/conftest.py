"""Fixtures for every room."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import hypothesis
import pytest

from dalian_report import data
from dalian_report.config.compiling import write_compiled
from dalian_report.errors import RulesError

hypothesis.settings.register_profile("dreport", deadline=None)  # no test asserts a time
hypothesis.settings.load_profile("dreport")

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_sessionstart() -> None:
    """Compile the data where they are not, as installing does: each process of the tests would parse YAML."""
    if not data.compiled():
        with suppress(RulesError):  # the tests of the packs tell it
            write_compiled(data.shipped("config.yaml"))
        data.compiled.cache_clear()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real reports: DREPORT_SHARED, else `shared` beside the project.

    Skips the test where there is none, and fails it where DREPORT_SHARED names none.
    """
    named = os.environ.get("DREPORT_SHARED")
    folder = Path(named) if named else _SHARED
    if not (folder / "reports").is_dir():
        if named:
            pytest.fail(f"DREPORT_SHARED: no reports in {folder}")
        pytest.skip("the folder of real reports is not beside the project")
    return folder.resolve()
