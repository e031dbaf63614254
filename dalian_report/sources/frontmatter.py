"""The header that `dreport add` writes over a text: lines of `key: value` between two lines of `---`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from dalian_report.model import Stated

_BLOCK = re.compile(r"---[ \t]*\r?\n((?:[a-z_0-9]+:[^\n]*\n){1,30})---[ \t]*\r?\n\r?\n?")
_PLAIN = re.compile(r"[\w/.~()（）][^:#\"'\n]*|https?://[^\s#\"']+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# What YAML would read as something other than text.
_NO_TEXT = re.compile(r"(?:true|false|yes|no|on|off|null|~|(?![12][0-9]{3}$)[0-9.]+)\s*", flags=re.IGNORECASE)


class FrontMatter(NamedTuple):
    """A header: what it states, where the text below it begins, and the hash of that text, if it has one."""

    stated: Stated
    end: int
    sha256: str


def find_front_matter(text: str) -> FrontMatter | None:
    """Return the header of a text, None where it has none."""
    if not text.startswith("---"):
        return None
    match = _BLOCK.match(text)
    if match is None:
        return None
    pairs = (line.partition(":")[::2] for line in match[1].splitlines())
    values = {key: _value(value.strip()) for key, value in pairs}
    year = _YEAR.fullmatch(values.get("year", ""))
    stated = Stated(
        title=values.get("title", ""),
        region=values.get("region", ""),
        year=int(year[0]) if year else None,
        date=values.get("date", ""),
        origin=values.get("source", ""),
    )
    return FrontMatter(stated, match.end(), values.get("sha256", ""))


def write_front_matter(values: Mapping[str, str]) -> str:
    """Return a header of the values that are not empty, which YAML reads too.

    >>> write_front_matter({"title": "政府工作报告: 草案", "date": "2024-01-16", "region": ""})
    '---\\ntitle: "政府工作报告: 草案"\\ndate: 2024-01-16\\n---\\n\\n'
    """
    lines = [f"{key}: {_quoted(' '.join(value.split()))}\n" for key, value in values.items() if value]
    return f"---\n{''.join(lines)}---\n\n"


def _quoted(value: str) -> str:
    plain = _PLAIN.fullmatch(value) and not _NO_TEXT.fullmatch(value)
    return value if plain else json.dumps(value, ensure_ascii=False)


def _value(text: str) -> str:
    if text.startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return text.strip('"')
    return text
