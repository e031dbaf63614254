"""The public specifications of a peer, beside the project where they are: what passes must not fall."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

# Cases that pass in all; everything in scope passes.
PASSED = {"NumberModel": 338, "PercentModel": 141, "OrdinalModel": 7}


@pytest.fixture(scope="module")
def specs() -> ModuleType:
    """Return benchmarks/specs.py, which is a program and not a package's module."""
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "specs.py"
    spec = spec_from_file_location("specs", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("model", PASSED)
def test_all_in_scope_pass_and_no_fewer_in_all(shared: Path, specs: ModuleType, model: str) -> None:
    if not (shared / "specs").is_dir():
        pytest.skip("no specifications in the folder of real reports")
    cases = specs.read_cases(shared / "specs", model)
    assert [case.text for case in cases if case.scope is None and not case.passed] == []
    assert sum(case.passed for case in cases) >= PASSED[model] > specs.PEER[model]


def test_every_class_out_of_scope_has_a_case(shared: Path, specs: ModuleType) -> None:
    if not (shared / "specs").is_dir():
        pytest.skip("no specifications in the folder of real reports")
    scopes = {case.scope for model in PASSED for case in specs.read_cases(shared / "specs", model)}
    assert scopes - {None} == {scope.name for scope in specs.OUT_OF_SCOPE}
