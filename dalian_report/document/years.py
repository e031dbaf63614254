"""Years written digit by digit: 2023, 二〇二三, 一九五七."""

from __future__ import annotations

import re
from typing import Final

_HAN_YEAR: Final = "(?:一九|二[〇零0])[〇零0-9一二三四五六七八九]{2}(?=年)"  # 二00三年 too


def read_year(text: str) -> int:
    """Return a year written digit by digit, as 2023, 二〇二三 or 二零二三."""
    return int(
        "".join(
            str("〇一二三四五六七八九".find(char)) if char > "9" else char
            for char in text.replace("零", "〇")
        )
    )


def years_in_digits(text: str) -> str:
    """Return a folded text with its Chinese years in digits: 一九五七年 is 1957年, of another length."""
    if "年" not in text:
        return text
    return re.sub(_HAN_YEAR, lambda year: str(read_year(year[0])), text)
