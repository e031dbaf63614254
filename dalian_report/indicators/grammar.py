"""The grammar: gives every figure of a sentence its name, its kind and what it was shared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dalian_report.indicators.clauses import Clause, find_clauses
from dalian_report.indicators.kinds import Reading, read_kind
from dalian_report.indicators.left import Left, is_connector, read_left
from dalian_report.indicators.lexicon import load_lexicon
from dalian_report.indicators.nouns import Name, noun_behind, shares_value, split_names, trim_name
from dalian_report.model import Quantity
from dalian_report.quantities.units import is_measure


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure with the name that the grammar gave it, before sections and rules are known.

    `clause` is the span of its clause; `base` marks what a figure started from (由A到B), `compared` one
    that only serves a comparison. `reason` is one of the values of the JSON field.
    """

    quantity: Quantity
    name: Name
    reading: Reading
    clause: tuple[int, int]
    left: str
    base: bool
    compared: bool
    reason: str
    ambiguous: bool


@dataclass(slots=True)
class Memory:
    """What the grammar remembers while it reads: the figures of this sentence and the last subject."""

    drafts: list[Draft] = field(default_factory=list)
    group: list[Name] = field(default_factory=list)
    subject: Name | None = None
    previous: Name | None = None

    @property
    def last(self) -> Draft | None:
        """The last figure of this sentence."""
        return self.drafts[-1] if self.drafts else None

    @property
    def carrier(self) -> Draft | None:
        """The last figure whose name others may go on with: a rank names no new subject."""
        for draft in reversed(self.drafts):
            if draft.reading.kind != "rank":
                return draft
        return self.last


def read_sentence(
    folded: str, start: int, end: int, quantities: Sequence[Quantity], previous: Name | None = None
) -> tuple[list[Draft], Name | None]:
    """Return the named figures of one sentence, and the subject that the next sentence may go on with.

    `previous` is the subject that the sentence before left.

    >>> from dalian_report.quantities import find_quantities
    >>> text = "生产安全事故起数、死亡人数分别下降23.4%、20.3%。"
    >>> drafts, _ = read_sentence(text, 0, len(text), find_quantities(text).quantities)
    >>> [(d.name.text, str(d.reading.sign * d.quantity.amount)) for d in drafts]
    [('生产安全事故起数', '-23.4'), ('死亡人数', '-20.3')]
    """
    memory = Memory(previous=previous)
    for clause in find_clauses(folded, start, end, quantities):
        if clause.quantities:
            _read_clause(folded, clause, memory)
        elif not clause.inner:
            memory.subject = _subject(folded, clause) or memory.subject
    last = memory.subject or (memory.last.name if memory.last else None)
    return memory.drafts, last


_CHANGED = re.compile(
    r"(?:也|都|均|大幅度?|较快|显著|明显|不断|迅速|稳步|持续|进一步)*(?:增加|增长|提高|减少|下降|扩大|上升|改善|降低)$"
)


def _subject(folded: str, clause: Clause) -> Name | None:
    """Return the subject of a clause without figures that says how something changed."""
    found = _CHANGED.search(folded, clause.start, clause.end)
    if found and found.start() - clause.start >= 2:
        return trim_name(folded, clause.start, found.start(), percent=True)
    lexicon = load_lexicon()
    text = folded[clause.start : clause.end]
    ending = lexicon.attributes.at_end(text, len(text))
    if ending and ending not in lexicon.not_subjects:
        return trim_name(folded, clause.start, clause.end, percent=True)
    return None


def _read_clause(folded: str, clause: Clause, memory: Memory) -> None:
    memory_before = len(memory.drafts)
    quantities = clause.quantities
    place = 0
    while place < len(quantities):
        before = clause.start if place == 0 else quantities[place - 1].outer_end
        multiple = quantities[place].base_unit == "倍"
        left = read_left(folded[before : quantities[place].outer_start], multiple=multiple)
        run = _run_length(folded, quantities, place)
        if run > 1 and (left.respectively or _pairs_up(folded, quantities[place : place + run], left)):
            _read_respectively(folded, clause, place, left, memory)
            place += run
        elif run > 1 and run == len(memory.group) and not left.rest and place == 0:
            for offset in range(run):
                _add(memory, folded, clause, place + offset, left, memory.group[offset], "respectively")
            place += run
        else:
            _read_one(folded, clause, place, left, memory)
            place += 1
    if len(memory.drafts) > memory_before:
        memory.subject = None


def _run_length(folded: str, quantities: Sequence[Quantity], place: int) -> int:
    """Return how many figures follow one another with nothing but list marks between them."""
    run = 1
    while place + run < len(quantities):
        gap = folded[quantities[place + run - 1].outer_end : quantities[place + run].outer_start]
        if not is_connector(gap):
            break
        run += 1
    return run


def _pairs_up(folded: str, run: Sequence[Quantity], left: Left) -> bool:
    """Return whether names and figures pair up without 分别 (A和B增长13%和12%)."""
    if not left.rest or len({quantity.base_unit for quantity in run}) > 1 or not left.change:
        return False
    name = trim_name(left.rest, 0, left.end, percent=True)
    return name is not None and len(split_names(name)) == len(run)


def _read_respectively(folded: str, clause: Clause, place: int, left: Left, memory: Memory) -> None:
    """Give each of several figures its own name: A、B分别下降M、N."""
    run = _run_length(folded, clause.quantities, place)
    before = clause.quantities[place].outer_start - len(left.text)
    names: list[Name] = []
    name = trim_name(folded, before, before + left.end, percent=True)
    if name:
        names = split_names(name, run)
    if len(names) != run:
        recent = [draft.name for draft in memory.drafts[-run:]]
        if len(recent) == run:
            ending = name.text if name else ""
            names = [Name(n.text + ending, -1, -1) if ending else n for n in recent]
        else:
            names = (
                names or [memory.previous or Name(folded[before : before + left.end], before, before)]
            ) * run
    memory.group = names[:run]
    for offset in range(run):
        _add(memory, folded, clause, place + offset, left, names[offset], "respectively")


def _read_one(folded: str, clause: Clause, place: int, left: Left, memory: Memory) -> None:
    """Name one figure from its clause, or from what went before."""
    quantity = clause.quantities[place]
    start = quantity.outer_start - len(left.text)
    percent = quantity.form == "percent"
    limit = clause.quantities[place + 1].outer_start if place + 1 < len(clause.quantities) else clause.end
    before = (
        trim_name(folded, start, start + left.end, percent=percent) if left.rest.strip(" 、\n的") else None
    )
    behind = _behind(folded, clause, place, limit)
    if behind and _counts_behind(quantity, left, before, folded):
        action = _last_action(left.rest)
        _add(memory, folded, clause, place, left, behind._replace(action=action), "clause")
    elif before and behind and behind.text in load_lexicon().sums:
        name = Name(before.text + behind.text, -1, -1, before.action)
        _add_named(memory, folded, clause, place, left, name)
    elif before and not _is_aside(folded, clause):
        _add_named(memory, folded, clause, place, left, before)
    else:
        _inherit(memory, folded, clause, place, left)


def _behind(folded: str, clause: Clause, place: int, limit: int) -> Name | None:
    """Return the noun that a figure counts, looking past figures that share it (43条、16条举措)."""
    quantities = clause.quantities
    run = _run_length(folded, quantities, place)
    last = place
    while last + 1 < place + run and quantities[last + 1].base_unit == quantities[place].base_unit:
        last += 1
    if last > place:
        limit = quantities[last + 1].outer_start if last + 1 < len(quantities) else clause.end
    name = noun_behind(folded, quantities[last].outer_end, limit)
    if name and last + 1 < len(quantities) and limit == quantities[last + 1].outer_start:
        return _without_attribute(name, folded, quantities[last + 1])
    return name


def _without_attribute(name: Name, folded: str, following: Quantity) -> Name:
    """Take off what the next figure measures of the thing counted (13个国考断面|水质优良比例达100%)."""
    lexicon = load_lexicon()
    linked = read_left(folded[name.end : following.outer_start]).linked
    if not linked and (following.form != "percent" or name.end < following.outer_start):
        return name
    end = len(name.text)
    word = lexicon.attributes.at_end(name.text, end)
    if not word or end - len(word) < 2:
        return name
    end -= len(word)
    for opening in ("水质", "优良", "达标", "平均", "总", "年"):
        place = name.text.rfind(opening, 2, end)
        if place >= 0:
            end = min(end, place)
    return Name(name.text[:end], name.start, name.start + end, name.action)


def _counts_behind(quantity: Quantity, left: Left, before: Name | None, folded: str) -> bool:
    """Return whether the noun behind a figure is its name, rather than the one before."""
    of = folded.startswith("的", quantity.outer_end) and (
        before is None or bool(_last_action(left.rest)) or left.text.endswith("的") or before.text[0] == "占"
    )
    measure = is_measure(quantity.base_unit)
    if quantity.form in ("rank", "multiple", "fraction") or left.base or (left.to and measure):
        return False
    if quantity.form == "percent":
        return of
    if left.change and not left.to and left.rest and not of:
        return False
    if before is None or of or left.text.endswith("的"):
        return True
    if measure:
        return False
    return not left.linked or before.text[-1:] not in "数量"


def _last_action(text: str) -> str:
    """Return the verb that ends a text (国务院已取消 → 取消)."""
    text = text.rstrip(" \n了共已")
    return load_lexicon().actions.at_end(text, len(text))


_ASIDE = re.compile(r"^(?:不?包括|不?含|其中不)")


def _is_aside(folded: str, clause: Clause) -> bool:
    """Return whether a bracket only says what its figure takes in (包括村办工业为百分之六)."""
    return clause.inner and bool(_ASIDE.match(folded[clause.start : clause.end]))


def _add_named(memory: Memory, folded: str, clause: Clause, place: int, left: Left, name: Name) -> None:
    """Add a figure named before it: one name, or several that share the value."""
    quantity = clause.quantities[place]
    last = memory.last
    carrier = memory.carrier
    if name.text.startswith("占") and carrier and carrier.name.text not in name.text:
        name = Name(carrier.name.text + name.text, -1, -1, name.action)
    reason = "clause"
    if carrier and name.text in load_lexicon().bare_attributes and len(carrier.name.text) <= _LONGEST_SUBJECT:
        name = Name(carrier.name.text + name.text, -1, -1, carrier.name.action)
        reason = "shared subject"
    if not name.action and place and last and last.name.action and left.text[:1] == "、" and not left.change:
        name, reason = name._replace(action=last.name.action), "shared verb"
    if left.share or shares_value(name, quantity.base_unit):
        names = split_names(name)
        if len(names) > 1:
            memory.group = names
            for each in names:
                _add(memory, folded, clause, place, left, each, "shared value")
            return
    _add(memory, folded, clause, place, left, name, reason)


_LONGEST_SUBJECT = 15
_SUMMED = ("累计", "总数", "合计", "共计", "总计")  # 新增18家、累计38家: the sum was not added


def _inherit(memory: Memory, folded: str, clause: Clause, place: int, left: Left) -> None:
    """Name a figure that has no name of its own after what went before it."""
    last, action = memory.carrier, _last_action(left.rest)
    if action in load_lexicon().noun_actions and is_measure(clause.quantities[place].base_unit):
        end = clause.quantities[place].outer_start - len(left.text) + len(left.rest.rstrip(" 了"))
        _add(memory, folded, clause, place, left, Name(action, end - len(action), end), "clause")
    elif memory.subject and not (place and last):
        _add(memory, folded, clause, place, left, memory.subject, "previous clause")
    elif last:
        reason = "previous clause" if place == 0 else "shared subject"
        summed = left.text.lstrip("、, ").startswith(_SUMMED)
        name = last.name._replace(action=action) if action or summed else last.name
        _add(memory, folded, clause, place, left, name, reason)
    elif memory.previous:
        _add(memory, folded, clause, place, left, memory.previous, "previous clause")
    else:
        start = clause.quantities[place].outer_start - len(left.text)
        rest = left.rest.strip(" 、\n的") or left.text.strip(" 、\n的")
        offset = start + left.text.find(rest)
        behind = noun_behind(folded, clause.quantities[place].outer_end, clause.end)
        name = Name(rest, offset, offset + len(rest)) if rest else behind or Name("", -1, -1)
        _add(memory, folded, clause, place, left, name, "clause")


def _add(
    memory: Memory, folded: str, clause: Clause, place: int, left: Left, name: Name, reason: str
) -> None:
    quantity = clause.quantities[place]
    last = memory.last
    follows = last is not None and (last.clause == (clause.start, clause.end) or reason == "previous clause")
    reading, name = read_kind(quantity, left, name, last.reading if follows and last else None)
    if last and quantity.form == last.quantity.form == "percent" and _is_aside(folded, clause):
        reading = last.reading
    memory.drafts.append(
        Draft(
            quantity=quantity,
            name=name,
            reading=reading,
            clause=(clause.start, clause.end),
            left=left.text,
            base=left.base and reading.kind in ("level", "rank"),
            compared=_is_yardstick(folded, quantity, left),
            reason=reason,
            ambiguous=not name.text,
        )
    )


_YARDSTICK = re.compile(r"比[^,;。:]{0,24}的$")


def _is_yardstick(folded: str, quantity: Quantity, left: Left) -> bool:
    """Return whether a figure is only what another is compared with (比…的五百七十七亿元增长一倍)."""
    return bool(_YARDSTICK.search(left.text))
