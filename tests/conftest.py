"""Fixtures for every room."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared"


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
