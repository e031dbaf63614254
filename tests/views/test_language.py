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
from dalian_report.views.language import _NUMBERS as NUMBERS
from dalian_report.views.language import catalogue
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


def called(names: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls of functions and classes whose names match, each with its place."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            function = node.func
            name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
            if re.fullmatch(names, name):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def filled(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an argument can be, 7 where something varies and `7 lines` where it is counted."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*filled(node.body), *filled(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(getattr(part, "value", "")) if isinstance(part, ast.Constant) else value(part)
            for part in node.values
        )


def value(part: ast.expr) -> str:
    inner = part.value if isinstance(part, ast.FormattedValue) else part
    if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "counted":
        return f"7 {ast.literal_eval(inner.args[1])}s"
    if isinstance(inner, ast.Call) and ast.unparse(inner.func).startswith("' and '"):
        return "--7 and --8"
    if isinstance(inner, ast.IfExp) and all(
        isinstance(end, ast.Constant) for end in (inner.body, inner.orelse)
    ):
        return str(ast.literal_eval(inner.orelse))
    return "7"


# Words of commands, options, fields and formats, which stay as they are in a Chinese message.
CODES = re.compile(
    "dreport|doctor|report|sentence|file|jsonl?|true|false|none|reports|macros|examples|re|text|value|unit|action"
    "|kinds|match|pattern|replace|search|show|ledger|rules|list|explain|init|zip|mhtml|pip|install|soffice|docx"
)


def english_left(chinese: str) -> set[str]:
    """Return the English words that a Chinese message has left, but for codes and names."""
    words = re.findall(r"(?<![-\w./:{<'\\])[a-z]{2,}(?![-\w./=:])", chinese)
    return {word for word in words if not CODES.fullmatch(word)}


# What is put together of parts, which are tried below.
PUT_TOGETHER = re.compile(
    r"skipped: 7|7Areas: 7\.|the kind|the rule|7 took it with.*|the rule knows 7 what.*"
    r"|rule 7 \(7\) took it: it 7|the rule wants the action 7, which 7 here|bad regex7"
    r"|7 figures7; put it under rules.*|7: 7 numerals, 7|7 reports: 7 numerals, 7"
    r"|7 in the configuration|too large: an 7|no command |, did you mean .*"
)


def test_every_message_has_its_chinese() -> None:
    """All that is told on stderr, and what is not one word: a name, a code, an option."""
    names = r"\w*(?:Error|Fault|fault|note|detail|error|fail|BadParameter|warn|finding|Step|missing)"
    told = {
        text: place
        for place, call in called(names)
        for argument in (*call.args, *(keyword.value for keyword in call.keywords))
        for text in filled(argument)
        if " " in text.strip() and re.search("[a-z]{2}", text) and not place.startswith("__init__")
    }
    assert len(told) > 250
    lacking = {
        place: text
        for text, place in told.items()
        if not PUT_TOGETHER.fullmatch(text)
        and (english_left(said(text, "zh")) or not CHINESE.search(said(text, "zh")))
    }
    assert {
        place: text for place, text in lacking.items() if "no part 7" not in text and text != "no body"
    } == {}


def test_every_message_that_is_kept_in_a_name_has_its_chinese() -> None:
    names = re.compile("_?(message|what|why|remedy|detail|lacks|dropped|ocr|fonts|convert)", re.IGNORECASE)
    kept = {
        text: f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.parent.name != "views"  # where fonts are fonts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign)
        and any(isinstance(name, ast.Name) and names.fullmatch(name.id) for name in node.targets)
        for text in filled(node.value)
    }
    assert len(kept) > 60
    pieces = {"how many there are, not", "what there is, not"}  # of one in tracing
    lacking = {
        place: text
        for text, place in kept.items()
        if len(re.findall("[a-z]{2,}", text)) > 1
        and text not in pieces
        and not (PUT_TOGETHER.fullmatch(text) and "7" in text)
        and (english_left(said(text, "zh")) or not CHINESE.search(said(text, "zh")))
    }
    assert lacking == {}


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        ("skipped: a.csv: no column of full texts (columns: x, y). Name it: --column text=NAME",
         "跳过：a.csv：没有存全文的列（列有 x, y）。请指明：--column text=列名"),
        ("Did you mean 'gdp'? See: dreport rules list.", "是否指 'gdp'？见 dreport rules list。"),
        ("Did you mean '农业'? Areas: 农业、海洋.", "是否指 '农业'？领域有 农业、海洋。"),
        ("3 fault in the configuration", "配置有 3 处错误"),
        ("bad regex at character 3", "正则第 3 个字符处有误"),
        ("1 record checked, 1 does not hold", "核对 1 条记录，1 条不符"),
        ("1 figure; put it under rules: in config.yaml, then: dreport rules test --key k",
         "1 个指标值；请放到 config.yaml 的 rules: 之下，再运行 dreport rules test --key k"),
        ("the rule wants the action 新增, which is not told here", "规则要求动作 新增，这里没有"),
        ("a pattern rule took it with its pattern", "一条 pattern 规则取走"),
        ("the kind is growth or delta", "类型是 增速 或 增减"),
        ("the rule wants growth, this is a level", "规则要求 增速，这里是 水平"),
        ("2 reports: 11 numerals, 9 captured, 2 excluded, 0 unclaimed",
         "2 份报告：11 个数字，收录 9，排除 2，遗漏 0"),
        ("2 reports, 198 metrics: 46.0% have a key", "2 份报告，198 个指标值：46.0% 有键"),
        ("a.txt: warning short: 2,693 characters are few for a report",
         "a.txt：警告 short：只有 2,693 字，作为报告偏短"),
        ("a.txt: error year-conflict: dated 2022-12-28, but it speaks of what came later: 双减 (2021)",
         "a.txt：错误 year-conflict：日期为 2022-12-28，却说到后来才有的：双减 (2021)"),
        ("a.txt: cut before title: 4 lines, 65 characters", "a.txt：删去标题之前的部分：4 行，65 字"),
        ("not a text file (NUL byte at 530)", "不是文本文件（第 530 字节为 NUL）"),
        ("packed as no report is: a zip file (a.txt unpacks to 1,028 times its size)",
         "压缩方式不像报告：zip 文件（a.txt 解开后为原来的 1,028 倍）"),
        ("too long to be one report (16,500,000 characters, the limit is 1,000,000)",
         "太长，不像一份报告（16,500,000 字，上限 1,000,000）"),
        ("a web page built as none is (200,000 tags, nested 200,000 deep)",
         "结构异常的网页（200,000 个标签，嵌套 200,000 层）"),
        ("zip files in zip files (deeper than 2)", "zip 文件里又有 zip 文件（超过 2 层）"),
        ("a damaged entry of a zip file (File is not a zip file)", "zip 文件里的一项已损坏（不是 zip 文件）"),
        ("its file name says 台州市, which the text names 0 times; the text is of 浙江省",
         "其文件名写的是台州市（正文提到 0 次）；正文却是浙江省的"),
        ("rule k: out of time (0.5 s a report), skipped", "规则 k：超时（每份报告 0.5 秒），已跳过"),
        ("gdp 5元, no key 3米, no key 4米", "gdp 5元、无键 3米、无键 4米"),
        ("the name 路 holds no 灯、杆 (and 3 more)", "名称“路”里没有 灯、杆（另有 3 个）"),
        ("macro a: macro {b} leads back to itself", "宏 a：宏 {b} 又绕回自身"),
        ("no command 'shw', did you mean 'show'", "没有命令 'shw'，是否指 'show'"),
    ],
)  # fmt: skip
def test_messages_that_are_put_together(message: str, chinese: str) -> None:
    assert said(message, "zh") == chinese
    assert said(message, "en") == message


def test_every_chinese_word_of_ours_has_its_english() -> None:
    """The parts of tables that are marked `said`, and the heads."""
    told = {
        text: place
        for place, call in called("Part")
        if any(keyword.arg == "said" for keyword in call.keywords)
        for text in filled(call.args[0])
    }
    lacking = {
        place: text
        for text, place in told.items()
        if CHINESE.search(text) and CHINESE.search(said(text.strip(" "), "en"))
    }
    assert lacking == {}


def test_no_word_of_ours_stays_chinese() -> None:
    """Each Chinese text in the views is in the catalogue, or is put together with what is."""
    sources = {
        path.name: ast.parse(path.read_text(encoding="utf-8")) for path in (PACKAGE / "views").glob("*.py")
    }
    kept = {
        "章节",
        "多余",
        "万亿",
        "新",
        "+-－—−±负",
        "警告：",
        "规则",
    }  # what is looked for in texts, or is in Chinese lines
    for name, tree in sources.items():
        documents = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in documents:
                text = node.value.strip(" ")
                if CHINESE.search(text) and text not in kept:
                    pieces = re.split("（|）", re.sub("见 dreport show", "见 ", text))
                    held = all(piece.strip() in "\n".join(MESSAGES["en"]) for piece in pieces)
                    assert held, f"{name}: {text}"


def test_placeholders_are_those_of_the_key() -> None:
    for language in ("en", "zh"):
        for key, text in catalogue(language).items():
            names = re.findall(r"\{(\w+)\}", key)
            assert sorted(re.findall(r"\{(\w+)!?\}", text)) == sorted(names)
            if language == "en":
                assert not CHINESE.search(text)
            if names:
                values = {one: str(7 + at) if one in NUMBERS else f"<{one}>" for at, one in enumerate(names)}
                plain, wanted = key.replace("[s]", "s"), text.replace("!}", "}")
                for one, some in values.items():
                    plain, wanted = (line.replace(f"{{{one}}}", some) for line in (plain, wanted))
                if re.sub(r"\{\w+\}|\bor\b|\W", "", key):  # one without words wants a part that is known
                    assert said(plain, language) == wanted


def test_text_of_reports_is_left_alone() -> None:
    row = Row(((Part("指标"), Part("完成", said=True)), (Part(" 目标: ", "x", said=True),)))
    table = Table((Column("指标"), Column("数值")), (Title(2, (Part("目标"),)), row), brief=(row,))
    english = table_in(table, "en")
    assert [column.head for column in english.columns] == ["Metric", "Value"]
    assert english.lines[0] == Title(2, (Part("目标"),))
    shown = english.lines[1]
    assert isinstance(shown, Row)
    assert shown.cells == ((Part("指标"), Part("achieved", said=True)), (Part(" Targets: ", "x", said=True),))
    assert english.brief == (shown,)
    assert table_in(table, "zh") == table


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
        ({"LANG": "zh_CN", "LC_ALL": "POSIX"}, "en"),
        ({"LANG": "zh"}, "zh"),
        ({"LC_ALL": "", "LANG": "de_DE"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en_US"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": ""}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LANGUAGE": "zh"}, "en"),
        ({"LANGUAGE": "zh"}, "en"),
    ],
)
def test_the_locale(environ: dict[str, str], language: str) -> None:
    assert language_of(environ) == language
