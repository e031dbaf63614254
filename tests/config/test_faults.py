"""Wrong configuration: every fault of a file, and of those it extends, in one run and at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from dalian_report.config import load_settings
from dalian_report.errors import RulesError

CASES = Path(__file__).parent.parent / "cases" / "config"
BROKEN = sorted(path.stem for path in CASES.glob("broken-*.txt"))


def faults_of(name: str, folder: Path) -> tuple[str, ...]:
    with pytest.raises(RulesError) as caught:
        load_settings(name, cwd=folder, environ={})
    return caught.value.faults


@pytest.mark.parametrize("name", BROKEN)
def test_every_fault_is_told_at_its_place(name: str) -> None:
    """The .txt beside each file holds its faults; the YAML library words those of broken-yaml."""
    faults = [fault.replace(f"{CASES}/", "") for fault in faults_of(f"{name}.yaml", CASES)]
    assert faults == (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def test_the_error_counts_them() -> None:
    with pytest.raises(RulesError, match="14 faults in the configuration"):
        load_settings("broken-values.yaml", cwd=CASES, environ={})


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            b"dreport: 1\nwords: [\xb4\xf3]\n",
            "config.yaml:2:1: not UTF-8 (byte 0xb4 at 19). Save the file as UTF-8.",
        ),
        (b"dreport: 1\nwords: [a\x07]\n", "a character that YAML forbids"),
        (b"dreport: 1\nrules:\n  - " + b"[" * 60 + b"]" * 60 + b"\n", "YAML that unfolds too far"),
    ],
)
def test_bytes_that_are_no_yaml(tmp_path: Path, content: bytes, fault: str) -> None:
    (tmp_path / "config.yaml").write_bytes(content)
    (line,) = faults_of("config.yaml", tmp_path)
    assert fault in line


def test_one_key_in_two_extended_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("rules: [{key: x, name: 甲, match: 甲}]", encoding="utf-8")
    (tmp_path / "config.yaml").write_text("dreport: 1\nextends: [a.yaml, b.yaml]\n", encoding="utf-8")
    (line,) = faults_of("config.yaml", tmp_path)
    assert ":2:19: two extended packs define x" in line


def test_a_default_key_needs_replace(tmp_path: Path) -> None:
    text = "dreport: 1\nextends: [default]\nrules: [{key: gdp, name: 甲, match: 甲}]\n"
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    (line,) = faults_of("config.yaml", tmp_path)
    assert ":3:15: rule gdp: gdp is defined in rules/economy.yaml:" in line


def test_one_pack_by_two_ways_is_one_pack(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("rules: [{key: x, name: 甲, match: 甲}]", encoding="utf-8")
    for name in ("b", "c"):
        (tmp_path / f"{name}.yaml").write_text("extends: a.yaml\n", encoding="utf-8")
    (tmp_path / "config.yaml").write_text("dreport: 1\nextends: [b.yaml, c.yaml]\n", encoding="utf-8")
    assert [rule.key for rule in load_settings("config.yaml", cwd=tmp_path, environ={}).rules] == ["x"]
