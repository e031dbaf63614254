"""Scores extracted metrics against a gold file; README.md beside it says what counts as right.

Standard library only, and nothing of the extractor: what is measured must not measure itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]

# Modifiers (约, 第, 左右) may stand inside or outside a span: by so many code points both ends may differ.
SPAN_SLACK = 6
# A name may be this much longer than the widest that the gold gives, in words from its surroundings.
NAME_SLACK = 4
NEIGHBOUR_DISTANCE = 80

_MARKS = re.compile(r"[\s“”\"'‘’「」《》（）()、，,]")
_SCRIPT = str.maketrans("戶業額産產電總發個廠儲農", "户业额产产电总发个厂储农")
_UNITS = {
    "％": "%",
    "百分点": "个百分点",
    "千米": "公里",
    "戶": "户",
    "個": "个",
    "噸": "吨",
    "畝": "亩",
}


@dataclass(frozen=True, slots=True)
class Ratio:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Score:
    """How well a list of records agrees with the gold.

    `quantity`: place, amount and unit are right; `record`: kind, bound and name too; `full`: status too.
    `missed` are the gold lines (from 1) that are required and have no right record. `mistakes` tells each in
    a line.
    """

    quantity: Ratio
    record: Ratio
    full: Ratio
    missed: tuple[int, ...]
    mistakes: tuple[str, ...]


def score(gold: Sequence[Record], predicted: Sequence[Record], text: str) -> Score:
    """Return the score of `predicted` records, those without an amount left out."""
    claims = [record for record in predicted if record.get("amount") is not None]
    judges = [_Judge(record, gold, text) for record in gold]
    partners = _pair(judges, claims)
    required = [line for line, record in enumerate(gold) if not record["optional"]]
    verdicts = {line: judges[line].verdict(claims[partners[line]]) for line in required if line in partners}
    optional = [record for record in gold if record["optional"]]
    taken = set(partners.values())
    false = [
        claim
        for number, claim in enumerate(claims)
        if number not in taken and not any(same_place(record, claim) for record in optional)
    ]
    right = {line for line, wrong in verdicts.items() if wrong in ([], ["status"])}
    offered = len(verdicts) + len(false)
    return Score(
        quantity=_ratio(len(verdicts), offered, len(required)),
        record=_ratio(len(right), offered, len(required)),
        full=_ratio(sum(not wrong for wrong in verdicts.values()), offered, len(required)),
        missed=tuple(line + 1 for line in required if line not in right),
        mistakes=(
            *(f"missed {_told(gold[line])}" for line in required if line not in partners),
            *(_wrong(gold[line], claims[partners[line]], wrong) for line, wrong in verdicts.items() if wrong),
            *(f"false  {c['start']:>6} {c.get('text', '')} {c.get('name', '')}" for c in false),
        ),
    )


def same_place(gold: Record, claim: Record) -> bool:
    """Return whether both spans overlap and differ by no more than modifiers."""
    if claim["start"] >= gold["end"] or gold["start"] >= claim["end"]:
        return False
    difference: int = abs(claim["start"] - gold["start"]) + abs(claim["end"] - gold["end"])
    return difference <= SPAN_SLACK


def same_quantity(gold: Record, claim: Record) -> bool:
    """Return whether place, base unit and amount agree; of a change the size alone is asked here."""
    unit = claim["base_unit"] if "base_unit" in claim else claim.get("unit")
    if not same_place(gold, claim) or _unit(unit) != _unit(gold["unit"]):
        return False
    low, high = float(claim["amount"]), claim.get("amount_max")
    if gold["amount_max"] is None:
        same = _close(low, gold["amount"])
        if gold["kind"] in ("growth", "delta"):
            same = same or _close(abs(low), abs(gold["amount"]))
        return same and high is None
    ends = sorted((abs(low), abs(float(low if high is None else high))))
    return all(map(_close, ends, sorted((abs(gold["amount"]), abs(gold["amount_max"])))))


class _Judge:
    """One gold record with what its surroundings allow in a name."""

    def __init__(self, gold: Record, others: Sequence[Record], text: str) -> None:
        self.gold = gold
        start, end = gold["start"], gold["end"]
        self.nearby = (
            set(_bare(text[max(0, start - 200) : end + 60]) + _bare(gold["extent"])) if text else None
        )
        self.neighbours = [
            other
            for other in others
            if (other["start"], other["end"]) != (start, end)
            and abs(other["start"] - start) < NEIGHBOUR_DISTANCE
            and other["name"] != gold["name"]
            and not other["optional"]
        ]

    def verdict(self, claim: Record) -> list[str]:
        """Return the fields that are wrong."""
        rights = {
            "kind": self.right_kind(claim),
            "bound": claim.get("bound") == self.gold["bound"],
            "name": self.right_name(claim.get("name") or ""),
            "status": claim.get("status") == self.gold["status"],
        }
        return [field for field, right in rights.items() if not right]

    def right_kind(self, claim: Record) -> bool:
        kind = claim.get("kind")
        if self.gold.get("alt_kind"):
            return kind in ("level", "delta")
        if kind != self.gold["kind"]:
            return False
        signed = kind in ("growth", "delta") and self.gold["amount_max"] is None
        return not signed or _close(claim["amount"], self.gold["amount"])

    def right_name(self, name: str) -> bool:
        """Return whether a name holds the core, and nothing from outside its extent and its surroundings."""
        bare, core, extent = _bare(name), _bare(self.gold["name"]), _bare(self.gold["extent"])
        if not bare or core not in bare:
            return False
        if bare not in extent and len(bare) > len(extent) + NAME_SLACK:
            return False
        if self.nearby is not None and not self.nearby.issuperset(bare):
            return False
        return not any(self._takes_in(re.sub(r"\s", "", name), other) for other in self.neighbours)

    def _takes_in(self, name: str, other: Record) -> bool:
        """Return whether a name swallows a neighbour's figure, or its name as part of one list."""
        if other["text"] in name and other["text"] not in self.gold["extent"]:
            return True
        if other["name"] in self.gold["name"]:
            return False
        listed = re.escape(other["name"])
        return re.search(f"{listed}[、，,和及与]|[、，,和及与]{listed}$", name) is not None


def _pair(judges: Sequence[_Judge], claims: Sequence[Record]) -> dict[int, int]:
    """Return a claim for each gold record that has one, the best agreement first."""
    weights = {"name": 4, "kind": 2, "bound": 1, "status": 0}
    offers = sorted(
        (sum(weights[field] for field in judge.verdict(claim)), line, number)
        for line, judge in enumerate(judges)
        for number, claim in enumerate(claims)
        if same_quantity(judge.gold, claim)
    )
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for _, line, number in offers:
        if line not in partners and number not in taken:
            partners[line] = number
            taken.add(number)
    return partners


def _told(record: Record) -> str:
    return f"{record['start']:>6} {record['text']} {record['extent']}"


def _wrong(record: Record, claim: Record, fields: Sequence[str]) -> str:
    return f"wrong  {_told(record)}: " + ", ".join(f"{field} {claim.get(field)!r}" for field in fields)


def _bare(text: str) -> str:
    return _MARKS.sub("", text).translate(_SCRIPT)


def _unit(unit: str | None) -> str:
    stripped = (unit or "").strip()
    return _UNITS.get(stripped, stripped)


def _close(a: Any, b: Any) -> bool:
    return abs(float(a) - float(b)) <= 1e-9 * max(1.0, abs(float(a)), abs(float(b)))


def _ratio(right: int, offered: int, wanted: int) -> Ratio:
    precision = right / offered if offered else 0.0
    recall = right / wanted if wanted else 0.0
    both = precision + recall
    return Ratio(precision, recall, 2 * precision * recall / both if both else 0.0)
