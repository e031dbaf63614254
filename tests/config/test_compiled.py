"""The compiled data file says the same as the YAML it was made from."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from dalian_report import data
from dalian_report.config import load_settings
from dalian_report.config.compiling import compile_data
from dalian_report.config.packs import parsed_default_rules, rules_of
from dalian_report.config.shipped import settings_from

CONFIG = data.shipped("config.yaml")
PLANNERS = ("macros", "packs", "regexes", "regextree", "regexwriting")


@pytest.fixture(scope="module")
def compiled() -> dict[str, object]:
    """The compiled content after a trip through JSON."""
    content: dict[str, object] = json.loads(json.dumps(compile_data(CONFIG), ensure_ascii=False))
    return content


def test_rules_are_those_of_the_packs(compiled: dict[str, list[list[object]]]) -> None:
    plain = [rule._replace(examples=()) for rule in parsed_default_rules()]
    assert list(rules_of(compiled["rules"])) == plain


def test_data_files_are_all_there(compiled: dict[str, dict[str, object]]) -> None:
    files = [path for path in data.yaml_files() if path.parent == data.folder()]
    parsed = {path.stem: data.parse_yaml(path.read_text(encoding="utf-8")) for path in files}
    assert compiled["data"] == parsed
    assert compiled["fingerprint"] == data.fingerprint()


def test_the_fingerprint_is_of_every_file(compiled: dict[str, object]) -> None:
    """Names and bytes of all the YAML, and of the code that plans regexes, in the order of their paths."""
    package = data.folder().parent
    yaml = [*data.folder().glob("*.yaml"), *data.folder().glob("rules/*.yaml")]
    planners = [package / "config" / f"{name}.py" for name in PLANNERS]
    content = b"".join(
        path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0"
        for path in [*sorted(yaml), *planners]
    )
    assert compiled["fingerprint"] == hashlib.sha256(content).hexdigest()


def test_the_shipped_config_is_the_same_without_yaml(compiled: dict[str, dict[str, object]]) -> None:
    cwd = CONFIG.parent
    from_yaml = load_settings("config.yaml", cwd=cwd, environ={}, examples=True)
    settings = settings_from(compiled["config"], CONFIG, origin="--config")
    assert settings is not None
    plain = tuple(rule._replace(examples=()) for rule in from_yaml.rules)
    shipped = tuple(rule._replace(examples=()) for rule in settings.rules)
    assert settings._replace(rules=shipped) == from_yaml._replace(rules=plain)


def test_another_file_is_not_taken_for_the_shipped_one(
    compiled: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    other = tmp_path / "config.yaml"
    other.write_bytes(CONFIG.read_bytes() + b"\n# mine\n")
    assert settings_from(compiled["config"], other, origin="--config") is None
