"""The numbers that Word counts and prints before paragraphs, from the lists that a document defines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = WORD + "val"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = (
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"),
    *("taiwaneseCounting", "taiwaneseCountingThousand", "koreanDigital2"),
)
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_MAX_STYLES = 12
_CLOSED = tuple("、，）)】。：；")


class Level(NamedTuple):
    """One level of a list: where it starts, in which numerals, and the text around them (`（%1）`)."""

    start: int
    form: str
    text: str


class Numbering:
    """Counts the lists of one document; ask for each paragraph once, in document order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if numbering is not None:
            self._lists = dict(_read_lists(numbering))
            self._styles = _read_styles(styles) if styles is not None else {}

    def label(self, paragraph: Any) -> str:
        """Return the number before a paragraph, empty for one that is in no list or has a bullet."""
        if not self._lists:
            return ""
        place = self._place(paragraph)
        if place is None or place[0] not in self._lists:
            return ""
        identity, levels = self._lists[place[0]]
        depth = place[1]
        if depth not in levels:
            return ""
        self._count(identity, levels, depth)
        level = levels[depth]
        if level.form in ("bullet", "none"):
            return ""
        label = level.text
        for number in range(depth, -1, -1):
            if number in levels:
                known = self._counts.get((identity, number), levels[number].start)
                label = label.replace(f"%{number + 1}", _numeral(known, levels[number].form))
        return label if not label or label.endswith(_CLOSED) else f"{label} "

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """Return the list and level of a paragraph: its own, else those of its style."""
        properties = paragraph.find(WORD + "pPr")
        if properties is None:
            return None
        own = _list_of(properties)
        style = properties.find(WORD + "pStyle")
        inherited = self._styles.get(style.get(_VALUE) or "") if style is not None else None
        if own is None:
            return inherited
        return own if own[0] else (inherited[0], own[1]) if inherited else None

    def _count(self, identity: str, levels: dict[int, Level], depth: int) -> None:
        """Count one level on; deeper ones begin anew."""
        at = (identity, depth)
        self._counts[at] = self._counts.get(at, levels[depth].start - 1) + 1
        for deeper in levels:
            if deeper > depth:
                self._counts.pop((identity, deeper), None)


def _read_lists(numbering: Any) -> Iterator[tuple[str, tuple[str, dict[int, Level]]]]:
    """Yield each list by its number, with what it shares its count with and its levels."""
    kinds = {
        kind.get(WORD + "abstractNumId") or "": {
            depth: level for depth, level in map(_read_level, kind.findall(WORD + "lvl")) if level
        }
        for kind in numbering.findall(WORD + "abstractNum")
    }
    for one in numbering.findall(WORD + "num"):
        number, kind = one.get(WORD + "numId") or "", one.find(WORD + "abstractNumId")
        identity = kind.get(_VALUE) or "" if kind is not None else ""
        levels = dict(kinds.get(identity, {}))
        overrides = one.findall(WORD + "lvlOverride")
        for override in overrides:
            depth = _number(override.get(WORD + "ilvl"))
            start = override.find(WORD + "startOverride")
            own = override.find(WORD + "lvl")
            if own is not None:
                levels[depth] = _read_level(own)[1]
            elif start is not None and depth in levels:
                levels[depth] = levels[depth]._replace(start=_number(start.get(_VALUE), 1))
        yield number, (f"{identity}/{number}" if overrides else identity, levels)


def _read_level(element: Any) -> tuple[int, Level]:
    def value(tag: str, default: str) -> str:
        found = element.find(WORD + tag)
        return default if found is None else found.get(_VALUE) or ""

    start = _number(value("start", "1"), 1)
    level = Level(start, value("numFmt", "decimal"), value("lvlText", ""))
    return _number(element.get(WORD + "ilvl")), level


def _read_styles(styles: Any) -> dict[str, tuple[str, int]]:
    """Return the list and level of each style that has one, its own or that of the style it builds on."""
    own: dict[str, tuple[str, int]] = {}
    bases: dict[str, str] = {}
    for style in styles.findall(WORD + "style"):
        name = style.get(WORD + "styleId") or ""
        properties, base = style.find(WORD + "pPr"), style.find(WORD + "basedOn")
        place = _list_of(properties) if properties is not None else None
        if place:
            own[name] = place
        if base is not None:
            bases[name] = base.get(_VALUE) or ""
    found = {}
    for name in {*own, *bases}:
        at = name
        for _ in range(_MAX_STYLES):
            if at in own or at not in bases:
                break
            at = bases[at]
        if at in own and own[at][0] not in ("", "0"):
            found[name] = own[at]
    return found


def _list_of(properties: Any) -> tuple[str, int] | None:
    """Return the list and level that properties name; list 0 takes a paragraph out of its style's list."""
    numbers = properties.find(WORD + "numPr")
    if numbers is None:
        return None
    number, level = numbers.find(WORD + "numId"), numbers.find(WORD + "ilvl")
    return (
        number.get(_VALUE) or "" if number is not None else "",
        _number(level.get(_VALUE)) if level is not None else 0,
    )


def _number(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() else default


def _numeral(number: int, form: str) -> str:
    """Return a number as a list prints it.

    >>> [_numeral(n, "chineseCounting") for n in (1, 10, 12, 23)], _numeral(2, "lowerLetter")
    (['一', '十', '十二', '二十三'], 'b')
    """
    if form in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
        return head + (_DIGITS[ones] if ones else "")
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((65 if form == "upperLetter" else 97) + number - 1)
    if form in ("upperRoman", "lowerRoman") and 0 < number < 40:
        roman = "X" * (number // 10) + _ROMAN[number % 10]
        return roman if form == "upperRoman" else roman.lower()
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) - 0x30 + 0xFF10) for digit in str(number))
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)
