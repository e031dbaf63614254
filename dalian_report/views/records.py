"""Records as plain data and as JSON text: keys in field order, `Decimal` exact or a string."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

_SIGNIFICANT = 15
_MAX_MAGNITUDE = 30
# What is legal in JSON text but drives or reorders a terminal, and what no UTF-8 can hold.
_ESCAPED = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def record_keys(record_type: type) -> tuple[str, ...]:
    """Return the keys of a record type (a frozen dataclass or a named tuple) in field order."""
    keys: tuple[str, ...] = vars(record_type)["__match_args__"]
    return keys


def to_number(value: Decimal) -> int | float | str:
    """Return a decimal as a JSON number where 15 digits carry it exactly, else as its digits in a string.

    >>> to_number(Decimal("23.40")), to_number(Decimal("1.2E+3")), to_number(Decimal("1234567890.123456"))
    (23.4, 1200, '1234567890.123456')
    """
    if not value.is_finite():
        return str(value)
    short = value.normalize()
    _, digits, exponent = short.as_tuple()
    if len(digits) > _SIGNIFICANT or abs(short.adjusted()) > _MAX_MAGNITUDE:
        return format(value, "f") if abs(short.adjusted()) <= _MAX_MAGNITUDE else str(value)
    return int(short) if isinstance(exponent, int) and exponent >= 0 else float(short)


def to_plain(value: Any) -> Any:
    """Return a record, or a value in one, as dicts, lists, strings, numbers and None."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return to_number(value)
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    keys = getattr(type(value), "__match_args__", None)
    if keys is not None:
        return {key: to_plain(getattr(value, key)) for key in keys}
    return [to_plain(item) for item in value]


def json_text(value: Any) -> str:
    r"""Return a record as JSON on one line: UTF-8 unescaped, but nothing that could drive a terminal.

    >>> json_text({"text": "增长9%\u202e"})
    '{"text": "增长9%\\u202e"}'
    """
    text = json.dumps(to_plain(value), ensure_ascii=False)
    if text.isprintable():  # mostly, and then there is no pattern to compile
        return text
    return re.sub(_ESCAPED, lambda match: f"\\u{ord(match[0]):04x}", text)
