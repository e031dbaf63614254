"""What pattern rules find: figures claimed from the grammar, or added where it has none.

What is claimed once is a pair of a figure and a name: a value that several names share is several pairs. Of
two rules on one pair the longer match wins, then the order of the rules, be they match or pattern rules.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from typing import Final, NamedTuple

from dalian_report.folding import fold
from dalian_report.indicators.drafts import Draft
from dalian_report.indicators.engine import Candidate, Label, PatternHit, suits
from dalian_report.indicators.grammar import read_sentence
from dalian_report.indicators.groups import read_groups
from dalian_report.indicators.kinds import Reading
from dalian_report.indicators.nouns import Name
from dalian_report.indicators.places import Place, Places
from dalian_report.model import Quantity, Report, Span

_MARKS: Final = ",;:!?。\n"
_MAX_CLAUSE_CHARS: Final = 200


class Placed(NamedTuple):
    """A figure in its place, with the label of the rule that knows it."""

    draft: Draft
    place: Place
    label: Label | None = None


class Body(NamedTuple):
    """A report as the grammar read it: folded text, sentences, quantities, and the figures made of these."""

    report: Report
    folded: str
    places: Places
    quantities: Sequence[Quantity]
    placed: Sequence[Placed]


class _Claim:
    """A figure as a pattern rule has it; `own` is the grammar's of that pair, `rivals` what it supersedes."""

    __slots__ = ("label", "own", "placed", "rivals")

    def __init__(self, placed: Placed, label: Label, own: int | None, rivals: tuple[int, ...]) -> None:
        self.placed, self.label, self.own, self.rivals = placed, label, own, rivals


def claim_figures(body: Body, hits: Sequence[PatternHit]) -> list[Placed]:
    """Return the figures in text order with those that pattern rules claim or add."""
    ordered = sorted(body.placed, key=lambda one: one.draft.quantity.start)
    reader = _Reader(body._replace(placed=ordered))
    claims = [claim for hit in hits if (claim := reader.read(hit)) is not None]
    owned: set[int] = set()
    gone: set[int] = set()
    claimed: dict[str, list[Span]] = {}
    rows: list[tuple[tuple[int, int, int], Placed]] = []
    for number, claim in enumerate(sorted(claims, key=lambda claim: claim.label.rank)):
        rival = ordered[claim.own].label if claim.own is not None else None
        if claim.own in owned or (rival and rival.rank <= claim.label.rank):
            continue
        draft = claim.placed.draft
        span = Span(draft.quantity.start, draft.quantity.end)
        if not _add_span(claimed.setdefault(draft.name.text, []), span):
            continue
        place = next((index for index in claim.rivals if index not in gone), len(ordered))
        gone.update(claim.rivals)
        if claim.own is not None:
            owned.add(claim.own)
        rows.append(((span.start, place, number), claim.placed))
    for index, one in enumerate(ordered):
        if index not in gone:
            rows.append(((one.draft.quantity.start, index, -1), one))
    return [one for _, one in sorted(rows, key=lambda row: row[0])]


def _add_span(spans: list[Span], span: Span) -> bool:
    """Insert a span among disjoint ones in text order; return False where it overlaps one."""
    place = bisect_left(spans, span)
    if place and spans[place - 1].end > span.start:
        return False
    if place < len(spans) and spans[place].start < span.end:
        return False
    insort(spans, span)
    return True


class _Reader:
    """Reads hits of pattern rules as claims on the grammar's figures, which are in text order."""

    def __init__(self, body: Body) -> None:
        self._body, self._placed = body, body.placed
        self._starts = [one.draft.quantity.start for one in body.placed]
        self._ends = [one.draft.quantity.end for one in body.placed]
        self._sentences = [sentence.start for sentence in body.places.sentences]

    def read(self, hit: PatternHit) -> _Claim | None:
        """Return the claim of a hit, None where it has no number or does not suit its rule."""
        if any(copy.start <= hit.value.start < copy.end for copy in self._body.report.duplicates):
            return None
        quantity = read_groups(self._body.folded, hit, self._body.quantities)
        if quantity is None:
            return None
        olds = range(bisect_right(self._ends, quantity.start), bisect_left(self._starts, quantity.end))
        place = self._place(hit, quantity)
        drafts = [self._placed[index].draft for index in olds]
        known = any(_same_span(one.quantity, quantity) for one in drafts)
        meant = self._meant(drafts, hit)
        own = None if meant is None else olds[meant]
        if not known:
            drafts = self._read_anew(hit, quantity, place)
            meant = self._meant(drafts, hit)
        draft = self._named(hit, drafts, meant)
        if not known:
            draft = _of_kind(draft, hit)
        if not _suits(hit, draft):
            return None
        label = Label(hit.rule, hit.rank)
        draft = draft._replace(name=_without_action(draft.name), reason="rule", ambiguous=False)
        return _Claim(Placed(draft, place, label), label, own, self._rivals(olds, own))

    def _place(self, hit: PatternHit, quantity: Quantity) -> Place:
        """Return the sentence that a quantity stands in, wide enough to hold it."""
        number = bisect_right(self._sentences, quantity.start) - 1
        place = self._body.places[number] if number >= 0 else None
        if place is None or place.sentence.end <= quantity.start:
            around = Span(min(hit.start, quantity.start), max(hit.end, quantity.end))
            return Place(around, pledged=False, recalled=False, asked=False)
        start, end = place.sentence
        return place if quantity.end <= end else place._replace(sentence=Span(start, quantity.end))

    def _meant(self, drafts: Sequence[Draft], hit: PatternHit) -> int | None:
        """Return which of the drafts of a figure a hit means, by its name; None where it means none."""
        span = hit.name or Span(hit.start, hit.end)
        text = self._body.folded[span.start : span.end]
        canonical = fold(hit.rule.name)
        known = [set(canonical), *(set(fold(alias)) for alias in hit.rule.aliases)]
        found: list[tuple[bool, int, int, int]] = []
        for number, draft in enumerate(drafts):
            name = draft.name
            holds = canonical in name.text
            common = min(name.end, span.end) - max(name.start, span.start) if name.placed else 0
            if not name.placed and name.text and set(name.text) <= set(text):
                common = len(name.text)  # 城镇居民收入 in 城镇、农村居民收入
            if common > 0 or (holds and not hit.name):
                # Of names that share a figure, the one most like the rule's, be it worded otherwise.
                likeness = 0 if hit.name else max(len(chars & set(name.text)) for chars in known)
                found.append((holds, likeness, common, number))
        return max(found)[3] if found else None

    def _read_anew(self, hit: PatternHit, quantity: Quantity, place: Place) -> list[Draft]:
        """Return what the grammar says of a quantity that it did not find, or not so, from its clause."""
        folded, sentence = self._body.folded, place.sentence
        first, last = min(hit.start, quantity.start), quantity.end
        earliest = max(min(sentence.start, first), first - _MAX_CLAUSE_CHARS)
        start = max(folded.rfind(mark, earliest, first) for mark in _MARKS) + 1 or earliest
        latest = min(sentence.end, last + _MAX_CLAUSE_CHARS)
        ends = [end for mark in _MARKS if (end := folded.find(mark, last, latest)) >= 0]
        return read_sentence(folded, start, min(ends, default=latest), (quantity,)).drafts

    def _named(self, hit: PatternHit, drafts: Sequence[Draft], meant: int | None) -> Draft:
        """Return the draft of a hit under its name: the group's, the grammar's if it is meant, the rule's."""
        draft = drafts[meant or 0]
        name = draft.name
        action = name.action if meant is not None or name.action in draft.left else ""
        if hit.name:
            text = self._body.folded[hit.name.start : hit.name.end]
            name = Name(text, hit.name.start, hit.name.end, action)
        elif meant is None:
            name = Name(hit.rule.name, -1, -1, action)
        return draft._replace(name=name)

    def _rivals(self, olds: range, own: int | None) -> tuple[int, ...]:
        """Return the grammar's figures that a claim supersedes.

        That is the one of its pair, and a name that stands alone with its figure and that no rule knows: the
        grammar missed what the rule says.
        """
        starts = [self._starts[index] for index in olds]
        lone = [
            index
            for index, start in zip(olds, starts, strict=True)
            if starts.count(start) == 1 and self._placed[index].label is None
        ]
        return tuple(lone) if own is None or own in lone else (own, *lone)


def _same_span(one: Quantity, other: Quantity) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _of_kind(draft: Draft, hit: PatternHit) -> Draft:
    """Return the draft of a figure that only the rule knows, of a kind that the rule takes."""
    kinds = hit.rule.kinds
    if not kinds or draft.reading.kind in kinds:
        return draft
    return draft._replace(reading=Reading(kinds[0], draft.reading.sign))


def _suits(hit: PatternHit, draft: Draft) -> bool:
    name = draft.name
    action, unit = name.action or None, draft.quantity.base_unit
    return suits(hit.rule, Candidate(name.text, name.text, action, unit, draft.reading.kind))


def _without_action(name: Name) -> Name:
    """Return a name without its action where the name itself holds it, so that no table shows it twice."""
    return name._replace(action="") if name.action and name.action in name.text else name
