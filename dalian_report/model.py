"""The core types. All are frozen; all positions are half-open code-point offsets into the report's text."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NamedTuple, cast

Kind = Literal["level", "growth", "delta", "rank"]
Bound = Literal["exact", "about", "at_least", "at_most", "range"]
Status = Literal["achieved", "target", "other"]
Strength = Literal["hard", "soft", "stretch"]
Part = Literal["review", "plan"]

KINDS: tuple[Kind, ...] = ("level", "growth", "delta", "rank")
STATUSES: tuple[Status, ...] = ("achieved", "target", "other")


class Span(NamedTuple):
    """A half-open range of code points: `text[start:end]`."""

    start: int
    end: int


class Mark(NamedTuple):
    """From `start` on the text stands at `place` of the original (`page 3, line 12`; `row 2`).

    Where `counts_lines`, the line within that place is counted from the mark on.
    """

    start: int
    place: str
    counts_lines: bool = False


class Stated(NamedTuple):
    """What stands beside a text about it: in the columns of a table, the header of a page."""

    title: str = ""
    region: str = ""
    year: int | None = None
    date: str = ""
    origin: str = ""


class Repair(NamedTuple):
    """A stretch `text[start:end]` of a repaired text, and what it replaces: `original_start:original_end`."""

    start: int
    end: int
    original_start: int
    original_end: int
    code: str


NOTHING_STATED = Stated()


class Source(NamedTuple):
    """One decoded report text and where it came from.

    `text` has its BOM dropped and its newlines as they were. `path` is as the user gave it, `-` for
    standard input; a report inside a file has its own (`all.csv#2`, `all.zip#a.txt`). `encoding` is the
    codec that read the bytes (`utf-8`, `utf-16`, `gb18030`; the format where that settles it) and
    `encoding_reason` why it was chosen. `text_sha256` hashes the text in UTF-8. `marks` say, in text
    order, where the text stands in the original; `stated` what the file says about it elsewhere. `dropped`
    names what the reader left out (page numbers), `lacks` what it could not read. `repairs` are the places
    where the text was repaired, in text order; none unless that was asked for.
    """

    path: str
    format: str
    text: str
    encoding: str
    encoding_reason: str
    text_sha256: str
    stated: Stated = NOTHING_STATED
    marks: tuple[Mark, ...] = ()
    dropped: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()


class Cut(NamedTuple):
    """A stretch of page furniture left out of the outline, with the reason (`before title`, `after end`)."""

    start: int
    end: int
    reason: str


class Section(NamedTuple):
    """A part of the outline, in document order.

    `number` is the label's number ((五) is 5; None for a heading without one), `path` the numbers from the
    root joined by dots (`2.5`; a heading without a number counts its place among its siblings, as `h1`).
    `level` is 1 at the root. The heading is `text[heading_start:heading_end]` without its label; the
    section runs from `start` (its label) to `end` and holds its subsections, and what closes it behind the
    last of them. `parent` is an index into `Report.sections`, None at the root. `part` says whether the
    section reviews the past or plans ahead; None where the headings do not tell.
    """

    number: int | None
    label: str
    path: str
    level: int
    heading: str
    heading_start: int
    heading_end: int
    start: int
    end: int
    parent: int | None
    part: Part | None


class Topic(NamedTuple):
    """The lead sentence `text[start:end]` of a passage reaching to `scope_end`, in section `section`."""

    text: str
    start: int
    end: int
    scope_end: int
    section: int | None


class Report(NamedTuple):
    """One government work report: its text and what its layout tells.

    `folded` has the length of `source.text`: full-width forms and dashes are mapped one to one. `simplified`
    is what is read: the same, with simplified characters for traditional ones.
    `body` runs from the title to the end of the report; `duplicates` are further copies of it, which no
    metric is taken from; `cuts` is the furniture around it. `sections`, `topics` and `sentences` are in
    text order and lie inside `body`. `year` is the year under review, `year_source` where it came from
    (`body`, `title`, `config`); `date` is as printed, ISO 8601. `plan_start` is where the text turns from
    what was to what is planned, in a report whose headings do not tell; None where they do.
    """

    source: Source
    folded: str
    simplified: str
    title: str
    region: str | None
    adcode: str | None
    date: str | None
    year: int | None
    year_source: str | None
    body: Span
    cuts: tuple[Cut, ...]
    duplicates: tuple[Span, ...]
    sections: tuple[Section, ...]
    topics: tuple[Topic, ...]
    sentences: tuple[Span, ...]
    plan_start: int | None = None

    @property
    def text(self) -> str:
        """The text that all spans point into."""
        return self.source.text

    @property
    def converted(self) -> bool:
        """Whether it is read in other characters than it is printed in."""
        return self.simplified is not self.folded


class Example(NamedTuple):
    """A text that a rule must match (with this value and unit) or, where `none`, must not.

    `todo` marks a known miss: it may fail, and is told when it no longer does. `origin` is
    `file:line:column` of the example, empty where it was not read from a file.
    """

    text: str
    value: Decimal | None
    value_max: Decimal | None
    unit: str | None
    none: bool
    todo: bool = False
    origin: str = ""


class RegexPlan(NamedTuple):
    """A rule's regex as the engine runs it, derived from its parse tree.

    `source` matches folded text. Every match holds one of `literals`; there are none where the tree proves
    none. `stops` are the clause marks that no match can hold (empty where a match may look beyond itself).
    `safe` says that backtracking is provably bounded, so that no time limit is needed.
    """

    source: str
    literals: tuple[str, ...]
    stops: str
    safe: bool


class Rule(NamedTuple):
    """One indicator as YAML defines it.

    Either `match` (a regex of the name; the grammar supplies the quantity) or `pattern` (a full regex
    with the named groups `value` and `unit`) is set, macros already expanded. `units` are the base units
    that a level may have; empty where any will do. `action` restricts the rule to metrics with that
    action. `kinds` is empty where every kind may carry the key. `origin` is `file:line` of the rule's
    key. `plan` is derived from the regex. `counts` is `stock` for how many there are of a thing, so that
    nothing added is taken, and `closed` where what is closed down is taken too.
    """

    key: str
    name: str
    english: str | None
    area: str | None
    units: tuple[str, ...]
    action: str | None
    match: str | None
    pattern: str | None
    kinds: tuple[Kind, ...]
    better: Literal["up", "down", "none"] | None
    aliases: tuple[str, ...]
    examples: tuple[Example, ...]
    origin: str
    plan: RegexPlan | None = None
    counts: Literal["stock", "closed"] | None = None


class Quantity(NamedTuple):
    """A numeral with its unit at `text[start:end]`; `outer_start` and `outer_end` take in its modifiers.

    `value` and `unit` are as printed (4200, 亿元), `amount` and `base_unit` multiplied out (420000000000,
    元). `form` says how it was written: `number`, `percent`, `rank`, `multiple` (倍 番), `fraction`;
    `relation` is what is told without a number (与经济增长同步).
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    text: str
    value: Decimal
    value_max: Decimal | None
    unit: str
    amount: Decimal
    amount_max: Decimal | None
    base_unit: str
    bound: Bound
    form: Literal["number", "percent", "rank", "multiple", "fraction", "relation"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One extracted fact; the fields and their order are those of its JSON record."""

    type: Literal["metric", "relation"]
    id: str
    report: str
    source: str
    text_sha256: str
    region: str | None
    adcode: str | None
    year: int | None
    year_source: str | None
    section: int | None
    section_path: str
    heading: str
    topic: str | None
    key: str | None
    name: str
    label: str | None
    action: str | None
    value: Decimal | None
    value_max: Decimal | None
    unit: str | None
    amount: Decimal | None
    amount_max: Decimal | None
    base_unit: str | None
    kind: Kind
    bound: Bound
    status: Status
    strength: Strength | None
    relation: str | None
    period: str | None
    text: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    ambiguous: bool
    rule: str
    reason: str
    where: str


@cache
def open_metric() -> type[Metric]:
    """Return a class that makes what `close_metric` turns into metrics.

    To set each of the fields of a frozen object takes five times as long as to fill an open one.
    """

    class OpenMetric:
        __slots__ = tuple(Metric.__dataclass_fields__)
        __annotations__ = Metric.__annotations__

    made: Any = dataclass(repr=False, eq=False, match_args=False)(OpenMetric)
    return cast("type[Metric]", made)


def close_metric(metric: Metric) -> Metric:
    """Return what the class of `open_metric` made as a metric, which nothing can change any more."""
    metric.__class__ = Metric  # the two have the same slots
    return metric
