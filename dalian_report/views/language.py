"""English or Chinese: what the program itself says, looked up in `data/messages.yaml` and `data/zh/`.

The code says headings in Chinese, as the reports are, and messages in English. The catalogue of a language
holds what is said in the other one, a placeholder in braces for each part that varies; what it does not
hold stays as it is. `{name!}` is a part that is looked up itself, `[s]` the ending of a plural. Text of
reports is never looked up: only messages, column heads and parts that are marked `said`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from dalian_report.data import load_data, load_text, parse_yaml

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
Catalogue = Literal["en", "zh", "help"]
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_NUMBERS = ("line", "column", "page", "row", "paragraph", "character")  # the placeholders of digits alone
_PLACEHOLDER = r"\{(\w+)(!?)\}"  # compiled when first used: most runs say nothing with one


def language_of(environ: Mapping[str, str], arguments: Sequence[str] = ()) -> Language:
    """Return the language of headings, messages and help: that of `--lang`, else of the environment, else en.

    In the environment, as with gettext, LC_ALL goes before LC_MESSAGES and LANG, and LANGUAGE before them all
    unless the locale is C. Languages other than Chinese are answered in English.

    >>> language_of({"LANG": "zh_CN.UTF-8"}), language_of({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"})
    ('zh', 'en')
    """
    asked = _asked(arguments)
    if asked is not None:
        return asked
    locale = next((environ[name] for name in _LOCALE if environ.get(name)), "C")
    if locale.partition(".")[0] in ("C", "POSIX"):
        return "en"
    return "zh" if (environ.get("LANGUAGE") or locale).startswith("zh") else "en"


def _asked(arguments: Sequence[str]) -> Language | None:
    """Return the language that the last `--lang` of a command line names."""
    found: Language | None = None
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == "--":
            break
        option, _, value = argument.partition("=")
        if option == "--lang":
            value = value or following
            found = next((language for language in LANGUAGES if language == value), found)
    return found


@lru_cache(maxsize=1024)
def said(text: str, language: Language) -> str:
    """Return what the program says in a language.

    >>> said("指标", "en"), said("no hit for 海洋", "zh"), said("no hit for 海洋", "en")
    ('Metric', '没有找到“海洋”', 'no hit for 海洋')
    """
    known: dict[str, str] = load_data("messages")[language]
    if text in known:
        return known[text]
    if language == "zh" and not re.search("[a-z]{2}", text):  # a head: it is Chinese as it stands
        return text
    found = looked_up(text, language)
    if found == text and language == "zh" and text.endswith("."):  # a part that was made a sentence
        core = said(text[:-1], language)
        return text if core == text[:-1] else f"{core}。"
    return found


def looked_up(text: str, name: Catalogue) -> str:
    """Return what a catalogue has for a text: an entry of its own, else the first whose form it has.

    A message with its reason in brackets behind it is two: `not a text file (NUL byte at 530)`.
    """
    entries = catalogue(name)
    if text in entries:
        return entries[text]
    if text.endswith(")"):
        found = _filled(text, name, [one for one in _templates(name) if one.key.endswith(")")])
        what, _, why = text[:-1].partition(" (")
        if found is None and name == "zh" and re.search("[A-Za-z]{2}", why):
            core = looked_up(what, name)
            found = None if core == what else f"{core}（{looked_up(why, name)}）"
        if found is not None:
            return found
    found = _filled(text, name, _templates(name))
    return text if found is None else found


def _filled(text: str, name: Catalogue, templates: Iterable["_Template"]) -> str | None:
    """Return a text as the first of some entries says it, None where none has its form."""
    for template in templates:
        match = template.pattern().fullmatch(text) if template.mark in text else None
        if match and template.holds(match, name):
            return template.filled(match, name)
    return None


@cache
def catalogue(name: Catalogue) -> Mapping[str, str]:
    """Return all that is said in a language, or the Chinese of help texts, by what the code says.

    The Chinese of what is seldom said, of faults and by `--help`, is read from its own file by who needs it.
    """
    if name == "help":
        return _chinese("help")
    entries: dict[str, str] = load_data("messages")[name]
    return {**entries, **_chinese("messages")} if name == "zh" else entries


def _chinese(name: str) -> dict[str, str]:
    entries: dict[str, str] = parse_yaml(load_text(f"zh/{name}.yaml"))
    return entries


class _Template(NamedTuple):
    """An entry with placeholders; each text that it fits holds `mark`."""

    key: str
    text: str
    mark: str

    def pattern(self) -> re.Pattern[str]:
        """Return what fits the texts that the entry is for."""
        return _pattern(self.key)

    def holds(self, match: re.Match[str], name: Catalogue) -> bool:
        """Return whether a text is said so: of an entry without words, `{what}: {why}`, a part is known."""
        if set(re.findall("[^\\W\\d_]+", re.sub(_PLACEHOLDER, "", self.key))) - {"or"}:
            return True
        parts = [match[place[1]] for place in re.finditer(_PLACEHOLDER, self.text) if place[2]]
        return any(looked_up(part, name) != part for part in parts)

    def filled(self, match: re.Match[str], name: Catalogue) -> str:
        """Return the entry with its parts."""

        def part(place: re.Match[str]) -> str:
            value = match[place[1]]
            return looked_up(value, name) if place[2] else value

        return re.sub(_PLACEHOLDER, part, self.text)


@cache
def _templates(name: Catalogue) -> tuple[_Template, ...]:
    """Return the entries with placeholders: those that begin with words of theirs first, then the longest."""
    found = []
    for key, text in catalogue(name).items():
        pieces = re.sub(_PLACEHOLDER, "\0", key).replace("[s]", "\0").split("\0")
        if len(pieces) > 1:
            order = (not pieces[0], -len("".join(pieces)))
            found.append((order, _Template(key, text, max(pieces, key=len))))
    return tuple(template for _, template in sorted(found, key=lambda pair: pair[0]))


@cache
def _pattern(key: str) -> re.Pattern[str]:
    source, end = "", 0
    for place in re.finditer(_PLACEHOLDER, key):
        some = ".+?" if place.start() else "(?:(?!: ).)+?"  # what comes first names no place of its own
        some = r"[\d,]+" if place[1] in _NUMBERS else some
        source += re.escape(key[end : place.start()]) + f"(?P<{place[1]}>{some})"
        end = place.end()
    source += re.escape(key[end:])
    return re.compile(source.replace(r"\[s\]", "s?"), re.DOTALL)
