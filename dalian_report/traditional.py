"""Traditional characters: a report printed in them is read in simplified ones, one character for one.

The text that is read shares its offsets with what is printed, as folded text does. OpenCC knows the
characters; it converts them one by one here, since its phrases may change the length of a text.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# Which of them stand in any traditional text of a few sentences; a search costs next to nothing.
_TELLING = re.compile(
    "[國產業會個萬億為這們來對經農長發報時動學機關過進還開達總實現後從與種體東車電區場應當將無於點級線費畝"
    "噸擔錢鋼鐵紡織糧給計劃設資則並據較戶縣鄉鎮員單價稅財貿銀貸預額積極穩續擴變運輸醫衛療養險務際質環節約"
    "減虧損淨縮緊壓許證書記錄圖團結黨組領導幹軍隊戰鬥爭勝勞廠礦銷購貨幣紙鹽魚豬馬驢騾雞鴨棗蠶絲麥穀絕適齡"
    "兒歲畢師課題獲獎勵優異顯滿頭處樓橋鐘條項層]"
)
_FIRST_HAN = "\u3400"
_FEW = 20  # a text in which fewer than one character in so many changes is a simplified one


def simplify(text: str) -> str:
    """Return a text in simplified characters, its length unchanged.

    >>> simplify("糧食產量比上年增長百分之五"), simplify("增长5%")
    ('粮食产量比上年增长百分之五', '增长5%')
    """
    telling = _TELLING.findall(text)
    if not telling:
        return text
    if len(telling) * _FEW < len(text):  # a simplified text with some strays
        for char, plain in _forms(frozenset(telling), "t2s").items():
            text = text.replace(chr(char), plain)
        return text
    forms = _forms(frozenset(char for char in set(text) if char >= _FIRST_HAN), "t2s")
    return text.translate(forms | {ord(char): plain for char, plain in zip("「」『』", "“”‘’", strict=True)})


def as_printed(words: str, printed: str, simplified: str) -> str:
    """Return words made out of a simplified text in the characters that the printed one has for them.

    >>> as_printed("农村居民收入", "農村和城鎮居民收入", "农村和城镇居民收入")
    '農村居民收入'
    """
    if printed == simplified:
        return words
    known, is_traditional = _printed_forms(printed, simplified)
    written = words.translate(known)
    new = frozenset(char for char in words if is_traditional and ord(char) not in known)
    return written.translate(_forms(new, "s2t")) if new else written


@lru_cache(maxsize=1)
def _printed_forms(printed: str, simplified: str) -> tuple[dict[int, str], bool]:
    """Return what a text most often has where it is read as a character, and whether it is traditional."""
    pairs = Counter(zip(printed, simplified, strict=True))
    commonest = {plain: char for (char, plain), _ in reversed(pairs.most_common())}
    changed = sum(count for (char, plain), count in pairs.items() if char != plain)
    forms = {ord(plain): char for plain, char in commonest.items() if plain >= _FIRST_HAN}
    return forms, changed * _FEW > len(printed)


def _forms(chars: frozenset[str], way: str) -> dict[int, str]:
    """Return the form of each character that has another one in the other script (`t2s`, `s2t`)."""
    ordered = sorted(chars)
    pairs = zip(ordered, _converter(way).convert("\n".join(ordered)).split("\n"), strict=True)
    return {ord(char): form for char, form in pairs if char != form and len(form) == 1}


@cache
def _converter(way: str) -> OpenCC:
    from opencc import OpenCC  # a report in simplified characters does without

    return OpenCC(way)
