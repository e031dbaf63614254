"""English or Chinese: what the program itself says, looked up in `data/messages.yaml`.

The code says headings in Chinese, as the reports are, and messages in English. The catalogue of a language
holds what is said in the other one, a placeholder in braces for each part that varies; what it does not
hold stays as it is. Text of reports is never looked up: only messages, column heads and parts that are
marked `said`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from dalian_report.data import load_data

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
_SETTINGS = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(environ: Mapping[str, str]) -> Language | None:
    """Return the language that the locale names; None where it names neither, such as in C.

    >>> language_of({"LANG": "zh_CN.UTF-8"}), language_of({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"})
    ('zh', None)
    """
    setting = next((environ[name] for name in _SETTINGS if environ.get(name)), "")
    return next((language for language in LANGUAGES if setting.partition("_")[0] == language), None)


def said(text: str, language: Language | None) -> str:
    """Return what the program says in a language; None leaves it as it is.

    >>> said("指标", "en"), said("no hit for 海洋", "zh"), said("指标", None)
    ('Metric', '没有找到“海洋”', '指标')
    """
    if language is None:
        return text
    known: dict[str, str] = load_data("messages")[language]
    if text in known:
        return known[text]
    for template in _templates(language):
        match = template.pattern.fullmatch(text)
        if match:
            return template.text.format(**match.groupdict())
    return text


class _Template(NamedTuple):
    pattern: re.Pattern[str]
    text: str


@cache
def _templates(language: Language) -> tuple[_Template, ...]:
    entries: dict[str, str] = load_data("messages")[language]
    return tuple(_Template(_pattern(key), text) for key, text in entries.items() if "{" in key)


def _pattern(key: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", key)
    source = "".join(
        f"(?P<{piece}>.+?)" if number % 2 else re.escape(piece) for number, piece in enumerate(pieces)
    )
    return re.compile(source, re.DOTALL)
