"""Wrong configuration: every fault of a file, and of those it extends, in one run and at its place."""

from __future__ import annotations

import re
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


def warnings_of(rules: str, folder: Path) -> list[str]:
    (folder / "config.yaml").write_text(f"dreport: 1\nrules:\n{rules}", encoding="utf-8")
    settings = load_settings("config.yaml", cwd=folder, environ={}, examples=True)
    return [str(one).removeprefix(f"{folder}/") for one in settings.warnings]


BOTH = "examples: [{text: 甲1个, value: 1, unit: 个}, {text: 乙1个, none: true}]"


@pytest.mark.parametrize(
    ("fields", "column", "warning"),
    [
        (f"match: '[一-龥]+', {BOTH}", 30, "tried on every name (no text that each match must hold"),
        (f"pattern: '[^,](?P<value>[^,])', {BOTH}", 32, "tried on the whole of every report"),
        (f"pattern: '(?:.*?,)*甲(?P<value>[0-9])', {BOTH}", 32, "runs within a time limit of 0.5 s a report"),
        ("match: 甲", 5, "no example of a match. Add - {text: …, value: …, unit: …} to examples."),
        ("match: 甲, examples: [{text: 甲1, value: 1}]", 5, "no example of what it must not match."),
        (f"match: 甲, unit: 车皮, {BOTH}", 39, "unit 车皮 is none (data/units.yaml does not know it)."),
        (
            f"match: 甲, action: 新曾, {BOTH}",
            41,
            "action 新曾 (the grammar knows no such verb).",
        ),
    ],
)
def test_doubts(tmp_path: Path, fields: str, column: int, warning: str) -> None:
    (found,) = warnings_of(f"  - {{key: k, name: 甲, {fields}}}\n", tmp_path)
    assert re.fullmatch(rf"config\.yaml:3:\d+: warning: rule k: {re.escape(warning)}.*", found)
    assert found.split(":")[2] == str(column)


def test_of_two_equal_rules_the_second_is_doubtful(tmp_path: Path) -> None:
    equal = "".join(f"  - {{key: {key}, name: 甲, match: 甲, {BOTH}}}\n" for key in ("a", "b"))
    (found,) = warnings_of(equal + f"  - {{key: c, name: 甲, match: 甲, action: 新增, {BOTH}}}\n", tmp_path)
    assert found.startswith("config.yaml:4:11: warning: rule b: can never win a figure (a on line 3 has")


def test_a_rule_without_doubts(tmp_path: Path) -> None:
    assert warnings_of(f"  - {{key: k, name: 甲, match: '数量(?:合计)?', {BOTH}}}\n", tmp_path) == []


def test_faults_hold_the_line_of_their_file() -> None:
    with pytest.raises(RulesError) as caught:
        load_settings("broken-groups.yaml", cwd=CASES, environ={})
    lines = (CASES / "broken-groups.yaml").read_text(encoding="utf-8").splitlines()
    assert [one.excerpt for one in caught.value.places] == lines[2:]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (
            "rules: [{key: k, name: 甲, pattern: '甲(?P<value>{number})(?P<unti>个)'}]",
            ["2:36: rule k: pattern with an unknown group unti. Did you mean unit?"],
        ),
        (
            "rules: [{key: k, name: 甲, match: '甲(?P<value>乙)'}]",
            [
                (
                    "2:34: rule k: match with an unknown group value (the grammar finds number and unit; "
                    "match is a regex of the name alone). Write (?:…) for the group, or pattern for match."
                )
            ],
        ),
        ("macros: {number: '[0-9]'}", ["2:10: macro number is built in. Give yours another name."]),
        ("extends: [defualt]", ["2:11: cannot extend defualt (no such file). Did you mean default?"]),
        (
            "rules: [{key: k, name: 甲, match: 甲, examples: [{text: 甲5个, value: 5, value_max: 3}]}]",
            ["2:81: rule k: value_max 3 is not above value 5. Give the lower end as value."],
        ),
        (
            "macros: {gap: '甲('}",
            [
                (
                    "2:17: macro gap: bad regex at character 2 (missing ), unterminated subpattern). "
                    r"Close the group with ), or write \( for the character itself."
                )
            ],
        ),
    ],
)
def test_faults_name_what_was_meant(tmp_path: Path, content: str, faults: list[str]) -> None:
    (tmp_path / "config.yaml").write_text(f"dreport: 1\n{content}\n", encoding="utf-8")
    found = faults_of("config.yaml", tmp_path)
    assert [one.replace(f"{tmp_path}/config.yaml:", "") for one in found] == faults


def test_a_fault_of_a_macro_is_told_once(tmp_path: Path) -> None:
    rules = "".join(f"  - {{key: k{number}, name: 甲, match: '甲{{gap}}'}}\n" for number in range(3))
    text = f"dreport: 1\nmacros: {{gap: '乙{{none}}'}}\nrules:\n{rules}"
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    (line,) = faults_of("config.yaml", tmp_path)
    assert ":2:15: macro gap: unknown macro {none}" in line


@pytest.mark.parametrize("text", ["a: [1, 2", "a: 'b", "a: b: c", "a:\n\t- b", "- a\nb: c"])
def test_what_is_no_yaml_has_a_remedy(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.yaml").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load_settings("config.yaml", cwd=tmp_path, environ={})
    assert [one.what for one in caught.value.places] == ["not YAML"]
    assert all(one.remedy for one in caught.value.places)


def test_a_todo_example_is_read(tmp_path: Path) -> None:
    text = (
        "dreport: 1\nrules: [{key: k, name: 甲, match: 甲, examples: [{text: 甲, none: true, todo: true}]}]\n"
    )
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    (rule,) = load_settings("config.yaml", cwd=tmp_path, environ={}).rules
    assert [one.todo for one in rule.examples] == [True]
