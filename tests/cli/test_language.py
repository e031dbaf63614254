"""One language for headings, messages, usage errors and help, by --lang or the locale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from dalian_report.cli.commands import COMMANDS, RULES_COMMANDS
from dalian_report.cli.main import app
from dalian_report.views.language import catalogue, looked_up

from .conftest import LOCALE, Outcome

CHINESE = re.compile("[\u4e00-\u9fff]")
Run = Any


def every_command() -> Iterator[tuple[str, Any, typer.Context]]:
    def below(group: Any, context: typer.Context, path: str) -> Iterator[tuple[str, Any, typer.Context]]:
        yield path, group, context
        for name in group.list_commands(context) if hasattr(group, "list_commands") else ():
            command = group.get_command(context, name)
            inner = typer.Context(command, parent=context, info_name=name)
            yield from below(command, inner, f"{path} {name}")

    root: Any = get_command(app())
    yield from below(root, typer.Context(root, info_name="dreport"), "dreport")


def help_texts() -> dict[str, str]:
    """Return the help texts of all commands and options by where they stand, without what typer adds."""
    found = {}
    for path, command, context in every_command():
        for parameter in command.get_params(context):
            record = parameter.get_help_record(context)
            if record:
                found[f"{path} {record[0]}"] = re.sub(
                    r"(?: *\[(?:default|required|x|\d)[^\]]*\])+$", "", record[1]
                )
        for part in f"{command.help}\n\n{command.epilog or ''}".split("\n\n"):
            found[f"{path}: {part.strip()[:30]}"] = " ".join(part.split())
    for name, entry in {**COMMANDS, **RULES_COMMANDS}.items():
        found[name] = entry.purpose
    return {place: text for place, text in found.items() if text}


def test_every_help_text_has_its_chinese() -> None:
    texts = help_texts()
    assert len(texts) > 300
    assert {place: text for place, text in texts.items() if looked_up(text, "help") == text} == {}


def test_every_chinese_help_text_is_of_a_text() -> None:
    texts = set(help_texts().values())
    words = {
        "Usage",
        "Options",
        "Arguments",
        "Commands",
        "[OPTIONS]",
        "COMMAND [ARGS]...",
        "Example: {command}",
    }
    assert set(catalogue("help")) - texts - words == set()


@pytest.mark.parametrize("line", ["", "show", "rules", "rules test", "search", "keywords", "ledger"])
@pytest.mark.parametrize("width", ["60", "80", "120"])
def test_help_in_chinese(dreport: Run, monkeypatch: pytest.MonkeyPatch, line: str, width: str) -> None:
    from dalian_report.views.cells import cell_width

    monkeypatch.setenv("COLUMNS", width)
    code, out, err = dreport(*line.split(), "--help", "--lang", "zh")
    assert (code, err) == (0, "")
    assert out.startswith(f"用法：dreport {line}".rstrip())
    assert "选项：" in out
    assert max(map(cell_width, out.splitlines())) <= min(int(width), 80)
    assert "Show this message" not in out
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert dreport(*line.split(), "--help").out == out
    assert dreport(*line.split(), "--help", "--lang", "en").out.startswith("Usage: dreport")


@pytest.mark.parametrize(
    "line",
    [
        "search",
        "search x --limit a",
        "search x --limit 0",
        "search x --lmit 3",
        "search x --limit",
        "search x --all=3",
        "show --format x",
        "show --kind x",
        "show none.txt",
        "show --sort x",
        "show --key gpd",
        "show --area 农叶",
        "show --section 99",
        "show --column x",
        "shw",
        "--lmit 3",
        "rules",
        "rules lst",
        "schema x",
        "schema --record x",
        "keywords --compare a",
        "search ( --regex",
        "search a* --regex",
        "search x --context y",
        "verify none.json",
        "show -c none.yaml",
        "show -o reports",
    ],
)
def test_what_is_wrong_is_told_in_one_language(folder: Path, dreport: Run, line: str) -> None:
    code, _, err = dreport("--lang", "zh", *line.split())
    assert code == 2
    assert CHINESE.search(err)
    english = r"\b(is|not|the|no|No|of|must|see|See|Invalid|Missing|requires|argument|Did|failed|Options)\b"
    assert not re.search(english, err), err
    code, _, err = dreport("--lang", "en", *line.split())
    assert code == 2
    assert not CHINESE.search(re.sub("农叶|[、] ?|[\u4e00-\u9fff]+[、.]", "", err))


def test_headings_and_messages_go_together(
    folder: Path, dreport: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def heads_and_messages() -> tuple[bool, bool]:
        shown = dreport("show", "reports/a.txt", "--limit", "1")
        failed: Outcome = dreport("show", "none.txt")
        return bool(CHINESE.search(shown.out.splitlines()[1])), bool(CHINESE.search(shown.err + failed.err))

    for setting, chinese in (("", False), ("C.UTF-8", False), ("en_US.UTF-8", False), ("zh_CN.UTF-8", True)):
        for name in LOCALE[1:]:
            monkeypatch.setenv(name, setting)
            assert heads_and_messages() == (chinese, chinese), (name, setting)
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    code, out, err = dreport("--lang", "en", "show", "--limit", "1")
    assert (code, "Metric" in out, "left out" in err) == (0, True, True)


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("keywords --compare a", "dreport keywords"),
        ("--lang en search x --limit", "dreport search"),
        ("rules list --key", "dreport rules list"),
        ("rules --lang", "dreport rules"),
        ("--lang", "dreport"),
    ],
)
def test_an_option_without_its_value_names_the_help_of_its_command(
    dreport: Run, line: str, path: str
) -> None:
    code, _, err = dreport(*line.split())
    assert code == 2
    assert err.endswith(f" See: {path} --help\n")


def test_words_of_tables_are_those_that_options_take(folder: Path, dreport: Run) -> None:
    """And why a metric is doubtful is told in the same language as the rest."""
    words = {word for line in dreport("show").out.splitlines() for word in line.split()}
    assert {"level", "growth", "achieved", "target"} <= words
    (folder / "county.txt").write_text(
        "某县政府工作报告\n\n一、2023年工作回顾\n\n发挥10亿元产业基金作用。\n",
        encoding="utf-8",
    )
    line = ("show", "county.txt", "--ambiguous", "--explain")
    assert dreport(*line).out.rstrip().endswith("by clause · doubtful noun behind (产业基金作用)")
    assert (
        dreport(*line, "--lang", "zh").out.rstrip().endswith("依据 本分句 · 存疑 后面还有名词 (产业基金作用)")
    )


FAILING = """dreport: 1
extends: [default]
rules:
  - key: paving
    name: 盲道
    match: 盲道
    unit: 公里
    kinds: [level, growth]
    examples:
      - {text: 建成盲道3.5万米, value: 3.5, unit: 公里}
      - {text: 建成盲道5公里, value: 5, value_max: 8, unit: 公里}
      - {text: 建成盲道板5公里和环岛3座, value: 5, unit: 公里}
      - {text: 盲道居全国第3位, value: 5, unit: 位}
      - {text: 绿化很好, value: 3, unit: 位}
      - {text: 建成盲道5公里, none: true}
"""


@pytest.mark.parametrize("form", ["table", "md"])
def test_findings_are_told_in_one_language(folder: Path, dreport: Run, form: str) -> None:
    (folder / "config.yaml").write_text(FAILING, encoding="utf-8")
    line = ("rules", "check", "--key", "paving", "-f", form)
    english = dreport(*line)
    assert {"Place", "Problem", "Remedy"} <= set(english.out.replace("|", " ").split())
    chinese = dreport(*line, "--lang", "zh")
    assert (english.code, chinese.code) == (2, 2)
    assert {"位置", "问题", "改法"} <= set(chinese.out.replace("|", " ").split())
    assert "Mend the rule" not in chinese.out


@pytest.mark.parametrize("command", ["test", "check"])
def test_examples_that_fail_are_told_in_one_language(folder: Path, dreport: Run, command: str) -> None:
    (folder / "config.yaml").write_text(FAILING, encoding="utf-8")
    code, out, err = dreport("rules", command, "--key", "paving", "--lang", "zh")
    assert code == (1 if command == "test" else 2)
    words = set(re.findall("[a-z_]{2,}", out + err))
    assert words <= {"paving", "config", "yaml", "match", "value_max", "value", "todo", "true"}


FAULTY = """dreport: 1
extends: [default, default, none.yaml]
disable: [nothing]
macros: {a: '{b}', b: '{a}', c: '甲('}
rules:
  - {key: one, key: two, name: 甲, match: 甲}
  - {key: three, name: '', match: 甲}
  - {key: four, name: 甲, match: '甲{99999999999}'}
  - {key: five, name: 甲, match: '(?P<value>甲)'}
  - {key: six, name: 甲, pattern: 甲}
  - {key: seven, name: 甲, match: 甲, action: 飞翔, unit: 亿元, kinds: [big]}
  - {key: seven, name: [甲], match: '甲[', better: none}
  - {key: eight, name: 甲, match: 甲, examples: [{text: 甲1个, value: 3, value_max: 1}, {text: 甲}]}
"""


@pytest.mark.parametrize("form", ["table", "md"])
def test_faults_are_told_in_one_language(folder: Path, dreport: Run, form: str) -> None:
    (folder / "config.yaml").write_text(FAULTY, encoding="utf-8")
    code, out, err = dreport("rules", "check", "--lang", "zh", "-f", form)
    assert code == 2
    told = [line for line in (out + err).splitlines() if not re.match(" *[0-9]* \\|", line)]
    assert len(told) > 14
    english = (
        r"\b(is|not|the|no|of|must|see|and|or|with|that|too|for|twice|back|empty|line|holds|faults?|as)\b"
    )
    assert [line for line in told if re.search(english, line, re.IGNORECASE)] == []
    assert all(CHINESE.search(line) for line in told if not re.match("[| :-]*$", line))
