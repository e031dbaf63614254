"""Every word of ours has its translation, and every translation is of something that the program says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dalian_report
from dalian_report.data import load_data
from dalian_report.views import language_of, said
from dalian_report.views.cells import Part
from dalian_report.views.table import Column, Row, Table, Title
from dalian_report.views.translation import table_in

PACKAGE = Path(dalian_report.__file__).parent
MESSAGES = load_data("messages")
CHINESE = re.compile("[\u4e00-\u9fff]")


def strings(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def calls(name: str) -> Iterator[ast.Call]:
    for path in sorted((PACKAGE / "views").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield node


def test_every_head_has_its_english() -> None:
    heads = {head for call in calls("Column") for head in strings(call.args[0]) if CHINESE.search(head)}
    assert len(heads) > 20
    assert heads - set(MESSAGES["en"]) == set()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_entry_is_said_somewhere(language: str) -> None:
    sources = [path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))]
    told = "\n".join(text for source in sources for text in strings(ast.parse(source)))
    for key in MESSAGES[language]:
        for piece in re.split(r"\{\w+\}", key):
            # What is counted is put together: `1 line`, `2 lines`.
            words = re.sub(r"^(more hits?|more metrics?|lines?,?|files?) ?", "", piece.strip(" .:"))
            assert words in told or words.rstrip("s") in told, key


def test_placeholders_are_those_of_the_key() -> None:
    for language, entries in MESSAGES.items():
        for key, text in entries.items():
            names = re.findall(r"\{(\w+)\}", key)
            assert sorted(re.findall(r"\{(\w+)\}", text)) == sorted(names)
            if names:
                filled = key.format(**{name: f"<{name}>" for name in names})
                assert said(filled, language) == text.format(**{name: f"<{name}>" for name in names})
            if language == "en":
                assert not CHINESE.search(text)


def test_text_of_reports_is_left_alone() -> None:
    row = Row(((Part("指标"), Part("完成", said=True)), (Part(" 目标: ", "x", said=True),)))
    table = Table((Column("指标"), Column("数值")), (Title(2, (Part("目标"),)), row), brief=(row,))
    english = table_in(table, "en")
    assert [column.head for column in english.columns] == ["Metric", "Value"]
    assert english.lines[0] == Title(2, (Part("目标"),))
    shown = english.lines[1]
    assert isinstance(shown, Row)
    assert shown.cells == ((Part("指标"), Part("done", said=True)), (Part(" Targets: ", "x", said=True),))
    assert english.brief == (shown,)
    assert table_in(table, None) is table
    assert table_in(table, "zh") == table


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, None),
        ({"LANG": "C.UTF-8"}, None),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
        ({"LANG": "zh_CN", "LC_ALL": "POSIX"}, None),
        ({"LANG": "zh"}, "zh"),
        ({"LC_ALL": "", "LANG": "de_DE"}, None),
    ],
)
def test_the_locale(environ: dict[str, str], language: str | None) -> None:
    assert language_of(environ) == language
