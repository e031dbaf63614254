"""What a rule's regex tells before it runs: the one module that reads Python's own parse tree.

`plan_regex` folds the regex literal by literal, derives the literals that every match must hold, and
bounds what the regex may cost. A regex that cannot be bounded is refused with a RegexFault.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from re import _parser  # type: ignore[attr-defined]  # no public parse tree exists
from typing import Any

from dalian_report.config import regextree
from dalian_report.config.regexwriting import Writer
from dalian_report.model import RegexPlan

MAX_REPEATS = 10_000
MAX_DEPTH = 50
MAX_CHARS = 20_000
_DIGITS = "0123456789〇零一二两三四五六七八九十百千万亿半"
_QUANTIFIER = re.compile(r"\{(?:\d+(?:,\d*)?|,\d*)\}")


class RegexFault(Exception):
    """A regex that is wrong or unbounded: `what` it is, `why` that is a fault, and the `remedy`.

    `at` is the place in the source, where it is known.
    """

    def __init__(self, what: str, *, why: str = "", remedy: str = "", at: int | None = None) -> None:
        super().__init__(what)
        self.what, self.why, self.remedy, self.at = what, why, remedy, at


def plan_regex(source: str, *, on_names: bool = False) -> RegexPlan:
    """Return how the engine runs a regex written in Python's `re` syntax, macros already expanded.

    `on_names` says that it runs on names and extents, not on whole reports.
    Raises RegexFault where `re` cannot parse it or warns, where a `{` is no `{m,n}`, or where it nests
    deeper or repeats more than the limits of this module.

    >>> plan_regex("(?:空气质量)?(?:优良|达标)天数").literals
    ('优良天数', '达标天数')
    """
    _check_source(source)
    tree = _parse(source)
    if tree.state.flags & re.ASCII:
        raise RegexFault("flag a", why="not every engine has it", remedy="Write [0-9] for the ASCII digits")
    facts = regextree.Reader(tree.state.flags).read(tree)
    if facts.repeats > MAX_REPEATS:
        raise RegexFault(
            "repeats multiply beyond 10,000",
            why="such a regex can take minutes to compile",
            remedy="Nest fewer {m,n}, or smaller ones",
        )
    if facts.variable_lookbehind:
        raise RegexFault("look-behind of no fixed width", remedy="Write one look-behind for each width")
    return RegexPlan(
        source=Writer(tree.state).write(tree),
        literals=facts.literals(),
        stops=facts.stops(),
        safe=facts.is_safe(on_names=on_names),
    )


def group_names(source: str) -> frozenset[str]:
    """Return the names of the groups of a regex that `plan_regex` accepts."""
    return frozenset(_parse(source).state.groupdict)


def may_be_empty(source: str) -> bool:
    """Return whether a regex that `plan_regex` accepts can match without taking a character.

    >>> may_be_empty("(?:产值)?"), may_be_empty("产值|总量")
    (True, False)
    """
    return bool(_parse(source).getwidth()[0] == 0)


def may_hold_number(source: str, group: str) -> bool:
    """Return whether a group of a regex that `plan_regex` accepts can hold a digit, Arabic or Chinese.

    >>> may_hold_number("(?P<value>很多)个", "value"), may_hold_number("(?P<value>[^个]+)个", "value")
    (False, True)
    """
    tree = _parse(source)
    return regextree.may_hold(tree, tree.state.groupdict[group], _DIGITS)


def beginnings(source: str) -> list[tuple[str, str]]:
    """Return the beginnings of a regex, the shortest first, each with the piece that follows it.

    Characters that follow each other are one piece. The whole regex is none of them.

    >>> beginnings("产值[0-9]{1,3}亿元")
    [('产值', '[0-9]{1,3}'), ('产值[0-9]{1,3}', '亿元')]
    """
    tree = _parse(source)
    writer = Writer(tree.state)
    pieces: list[list[Any]] = []
    for node in tree:
        if pieces and node[0].name == "LITERAL" == pieces[-1][-1][0].name:
            pieces[-1].append(node)
        else:
            pieces.append([node])
    written = [writer.write(piece) for piece in pieces]
    return [("".join(written[:count]), written[count]) for count in range(1, len(written))]


def split_looks(source: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a regex without the look-aheads and look-behinds at its top level; then each, with it alone.

    >>> split_looks("(?<!省级)产值(?!率)")
    ('产值', [('(?<!省级)', '(?<!省级)产值'), ('(?!率)', '产值(?!率)')])
    """
    tree = _parse(source)
    writer = Writer(tree.state)
    looks = [node for node in tree if node[0].name in ("ASSERT", "ASSERT_NOT")]

    def kept(*own: Any) -> str:
        return writer.write([node for node in tree if node in own or node not in looks])

    return kept(), [(writer.write([look]), kept(look)) for look in looks]


@lru_cache(maxsize=4)  # plan and group names come from one tree
def _parse(source: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return _parser.parse(source)
        except (FutureWarning, DeprecationWarning) as warning:
            raise RegexFault(
                "regex is ambiguous", why=str(warning), remedy="Escape the character that is meant literally"
            ) from None
        except re.error as error:
            place = "" if error.pos is None else f" at character {error.pos + 1}"
            raise RegexFault(
                f"bad regex{place}", why=error.msg, remedy=_remedy(error.msg), at=error.pos
            ) from None
        except (RecursionError, OverflowError) as error:
            raise RegexFault("bad regex", why=str(error)) from None


# What to do about the faults that Python's re words so; the first whose words occur counts.
_REMEDIES = {
    "unterminated subpattern": r"Close the group with ), or write \( for the character itself",
    "unbalanced parenthesis": r"Open the group with (, or write \) for the character itself",
    "unterminated character set": r"Close the class with ], or write \[ for the character itself",
    "nothing to repeat": r"Put what is to be repeated before it, or write \ before the sign itself",
    "multiple repeat": "Keep one of the repeats, or put (?:…) around the first",
    "redefinition of group": "Give each group a name of its own",
    "bad escape": r"Write \\ for a backslash itself, and no escape that re does not know",
    "unknown extension": "Write (?:…), (?P<name>…), (?=…), (?!…), (?<=…) or (?<!…)",
    "bad character range": "Write the lower end of the range first",
    "look-behind": "Write one look-behind for each width",
}


def _remedy(message: str) -> str:
    """Return what to do about a fault in the words of re."""
    known = (remedy for words, remedy in _REMEDIES.items() if words in message)
    return next(known, "Write it as Python's re takes it, a backslash before signs that are meant literally")


def _check_source(source: str) -> None:
    """Raise where the source is too long or deep to parse, or holds a brace that is no repeat."""
    if len(source) > MAX_CHARS:
        raise RegexFault(f"regex longer than {MAX_CHARS:,} characters")
    depth = 0
    for position, char in regextree.live_characters(source):
        if char == "(":
            depth += 1
            if depth > MAX_DEPTH:
                raise RegexFault(f"groups nested deeper than {MAX_DEPTH}", remedy="Write it flatter")
        elif char == ")":
            depth -= 1
        elif char == "{" and not _QUANTIFIER.match(source, position):
            raise RegexFault(
                f"a {{ that is no {{m,n}} at character {position + 1}",
                why="engines read it differently",
                remedy=r"Write \{ for the character itself",
                at=position,
            )
