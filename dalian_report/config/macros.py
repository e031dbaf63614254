"""Macros in rules: `{gap}` in a regex stands for a piece of regex that has a name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dalian_report.config.faults import nearest
from dalian_report.config.regexes import RegexFault
from dalian_report.config.regextree import live_characters

# Numerals as folded text has them: 4200, 1,234.5, 二十三, 三点五. Magnitudes (万, 亿) before the unit may be
# taken in or left to it: the regex gives back what the unit needs.
_NUMBER = (
    r"(?:[0-9][0-9,]{0,19}(?:\.[0-9]{1,9})?"
    r"|[〇零一二两三四五六七八九十百千万亿]{1,15}(?:点[〇零一二三四五六七八九]{1,9})?)"
)
BUILT_IN: Mapping[str, str] = {"number": _NUMBER}

_REFERENCE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_MAX_CHARS = 20_000


def expand(source: str, macros: Mapping[str, str]) -> str:
    """Return a regex with its macros replaced, each in a group of its own; own macros hide built-in ones.

    Braces that are escaped or in a class are left alone. Raises RegexFault for an unknown macro, for one
    that leads back to itself, and for a regex that grows beyond bounds.

    >>> expand("产值{gap}亿", {"gap": ".{0,3}"})
    '产值(?:.{0,3})亿'
    """
    return _expand(source, {**BUILT_IN, **macros}, ())


def _expand(source: str, macros: Mapping[str, str], within: tuple[str, ...]) -> str:
    parts: list[str] = []
    done = 0
    for position, char in live_characters(source):
        if char == "{" and source[max(0, position - 2) : position] in (r"\p", r"\P"):
            raise RegexFault(
                r"\p{…} is no class of re", remedy=r"Write the range, as [\u4e00-\u9fff] for Han"
            )
        reference = _REFERENCE.match(source, position) if char == "{" and position >= done else None
        if reference is None:
            continue
        if reference[1] not in macros:
            at = position if not within else None
            raise RegexFault(f"unknown macro {{{reference[1]}}}", remedy=nearest(reference[1], macros), at=at)
        parts += [source[done:position], f"(?:{_macro(reference[1], macros, within)})"]
        done = reference.end()
        if sum(map(len, parts)) > _MAX_CHARS:
            raise RegexFault(f"longer than {_MAX_CHARS:,} characters with its macros")
    return "".join([*parts, source[done:]])


def _macro(name: str, macros: Mapping[str, str], within: tuple[str, ...]) -> str:
    if name in within:
        raise RegexFault(f"macro {{{name}}} leads back to itself", why=" → ".join((*within, name)))
    return _expand(macros[name], macros, (*within, name))
