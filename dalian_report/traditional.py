"""Traditional characters: a report printed in them is read in simplified ones, one character for one.

The text that is read shares its offsets with what is printed, as folded text does. OpenCC knows the
characters; it converts them one by one here, since its phrases may change the length of a text.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# One of these stands in any traditional text of a sentence or two; to look for them costs next to nothing.
_COMMON = (
    "國產業會個萬億為這們來對經農長發與報時動學關進總實後從種將無於點線費給計設則單價"
    "稅財資積續變運糧噸畝鋼擔縣鄉鎮戶"
)
# Characters of traditional texts, as a pattern that few texts need.
_TELLING = (
    "[國產業會個萬億為這們來對經農長發報時動學機關過進還開達總實現後從與種體東車電區場應當將無於點級線費畝"
    "噸擔錢鋼鐵紡織糧給計劃設資則並據較戶縣鄉鎮員單價稅財貿銀貸預額積極穩續擴變運輸醫衛療養險務際質環節約"
    "減虧損淨縮緊壓許證書記錄圖團結黨組領導幹軍隊戰鬥爭勝勞廠礦銷購貨幣紙鹽魚豬馬驢騾雞鴨棗蠶絲麥穀絕適齡"
    "兒歲畢師課題獲獎勵優異顯滿頭處樓橋鐘條項層冊圓塊張棟標準臺輛間隻雙頃顆]"
)
_FIRST_HAN, _FIRST_SURROGATE = "\u3400", "\ud800"
_KEPT = "乾"  # of 乾安县, which is no 干安县
_QUOTES = {ord(char): plain for char, plain in zip("「」『』", "“”‘’", strict=True)}
_FEW = 20  # a text in which fewer than one character in so many changes is a simplified one


def simplify(text: str) -> str:
    """Return the text that is read of a report, in simplified characters, its length unchanged.

    A text is taken for traditional by characters that any such text of a few sentences has; of a simplified
    one with some of them only lines full of them are, and elsewhere those of a list alone change.

    >>> simplify("糧食產量比上年增長百分之五"), simplify("增长5%")
    ('粮食产量比上年增长百分之五', '增长5%')
    """
    if not may_be_traditional(text):
        return text
    if _is_traditional(text):
        return simplify_words(text).translate(_QUOTES)
    strays = _forms(frozenset(re.findall(_TELLING, text)), "t2s")
    pieces: list[str] = []
    taken = 0
    for stray in re.finditer(_TELLING, text):
        if stray.start() >= taken:
            start, end = text.rfind("\n", 0, stray.start()) + 1, text.find("\n", stray.start())
            line = text[start : end if end >= 0 else len(text)]
            read = simplify_words(line) if _is_traditional(line) else line.translate(strays)
            pieces += [text[taken:start], read]
            taken = start + len(line)
    return "".join([*pieces, text[taken:]])


def may_be_traditional(text: str) -> bool:
    """Return False only where `simplify` leaves a text as it is: a quick look."""
    return any(char in text for char in _COMMON)


def _is_traditional(text: str) -> bool:
    return len(re.findall(_TELLING, text)) * _FEW >= len(text)


def simplify_words(words: str) -> str:
    """Return words of a traditional report in simplified characters, however few they are.

    >>> simplify_words("羣衆")
    '群众'
    """
    return words.translate(_forms(frozenset(words), "t2s"))


class Printed:
    """Gives words made out of the text that is read in the characters that the printed one mostly has.

    >>> Printed("農村和城鎮居民收入", "农村和城镇居民收入").words("农村居民收入")
    '農村居民收入'
    """

    __slots__ = ("_known", "_printed", "_simplified")

    def __init__(self, printed: str, simplified: str) -> None:
        self._printed = printed
        self._simplified = simplified
        self._known: dict[int, str] | None = None

    def words(self, words: str) -> str:
        """Return words as printed."""
        if self._printed is self._simplified:
            return words
        known = self._known if self._known is not None else self._learn()
        if not known:
            return words  # a simplified text with some strays
        new = frozenset(char for char in words if ord(char) not in known)
        return words.translate(known | _forms(new, "s2t"))

    def _learn(self) -> dict[int, str]:
        """Return what the text most often has where it is read as a character."""
        self._known = {}
        if _is_traditional(self._printed):
            pairs = Counter(zip(self._printed, self._simplified, strict=True))
            commonest = {plain: char for (char, plain), _ in reversed(pairs.most_common())}
            self._known = {ord(plain): char for plain, char in commonest.items() if plain >= _FIRST_HAN}
        return self._known


def _forms(chars: frozenset[str], way: str) -> dict[int, str]:
    """Return the form of each character that has another one in the other script (`t2s`, `s2t`)."""
    ordered = sorted(char for char in chars if _FIRST_HAN <= char < _FIRST_SURROGATE and char not in _KEPT)
    if not ordered:
        return {}
    pairs = zip(ordered, _converter(way).convert("\n".join(ordered)).split("\n"), strict=True)
    return {ord(char): form for char, form in pairs if char != form and len(form) == 1}


@cache
def _converter(way: str) -> OpenCC:
    from opencc import OpenCC  # a report in simplified characters does without

    return OpenCC(way)
