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
from dalian_report.config.regexes import plan_regex
from dalian_report.config.shipped import settings_from
from dalian_report.model import Rule

CONFIG = data.shipped("config.yaml")
PLANNERS = ("macros", "packs", "regexes", "regextree", "regexwriting")


@pytest.fixture(scope="module")
def compiled() -> dict[str, object]:
    """The compiled content after a trip through JSON."""
    content: dict[str, object] = json.loads(json.dumps(compile_data(CONFIG), ensure_ascii=False))
    return content


def as_planned(rule: Rule) -> Rule:
    """A rule without its examples, and with its regex as the engine runs it."""
    assert rule.plan is not None
    regex = {"pattern" if rule.match is None else "match": rule.plan.source}
    return rule._replace(examples=(), **regex)  # type: ignore[arg-type]


def test_rules_are_those_of_the_packs(compiled: dict[str, list[list[object]]]) -> None:
    assert list(rules_of(compiled["rules"])) == [as_planned(rule) for rule in parsed_default_rules()]


def test_a_planned_regex_is_planned_alike() -> None:
    """What is given for `match` in place of the written regex means the same to whoever plans it again."""
    for rule in parsed_default_rules():
        assert rule.plan is not None
        again = plan_regex(rule.plan.source, on_names=rule.match is not None)
        assert again._replace(source="") == rule.plan._replace(source="")


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
    assert settings._replace(rules=()) == from_yaml._replace(rules=())
    assert [as_planned(rule) for rule in settings.rules] == [as_planned(rule) for rule in from_yaml.rules]


def test_another_file_is_not_taken_for_the_shipped_one(
    compiled: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    other = tmp_path / "config.yaml"
    other.write_bytes(CONFIG.read_bytes() + b"\n# mine\n")
    assert settings_from(compiled["config"], other, origin="--config") is None
