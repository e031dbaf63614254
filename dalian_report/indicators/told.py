"""What a sentence has told so far, which its later figures go on with."""

from typing import Final

from dalian_report.indicators.clauses import Clause
from dalian_report.indicators.drafts import Draft, Sentence, carrier_of
from dalian_report.indicators.figures import Figure, takes_share
from dalian_report.indicators.left import Left
from dalian_report.indicators.lexicon import load_lexicon
from dalian_report.indicators.nouns import Name
from dalian_report.indicators.subjects import (
    is_place,
    last_named,
    last_subject,
    object_of,
    topic_of,
    without_attribute,
    without_place,
)
from dalian_report.quantities.units import counts

LONGEST_SUBJECT: Final = 15
_OF_ANOTHER: Final = ("产量", "单产", "产", "产值", "面积", "全长")  # 粮食播种面积1530万亩、总产量125亿斤


class Told:
    """What a sentence has told so far.

    `before` is the sentence before. `passed` are the clauses without figures, `silents` those since the last
    that has some; `label` is what stood before a colon (铁：…), `group` the names of the last 分别, `whole`
    that of which figures were told place by place, `share` that of the share that follows the whole it is of
    (占总收入4317万元的|38%).
    """

    __slots__ = (
        *("_asked", "_subject", "before", "drafts", "folded", "group", "label"),
        *("passed", "share", "silents", "whole"),
    )

    def __init__(self, folded: str, before: Sentence | None) -> None:
        self.folded = folded
        self.before = before
        self.drafts: list[Draft] = []
        self.group: list[Name] = []
        self.label: Name | None = None
        self.passed: list[Clause] = []
        self.silents: list[Clause] = []
        self.whole: Name | None = None
        self.share: Name | None = None
        self._subject: Name | None = None
        self._asked = 0

    def skip(self, clause: Clause) -> None:
        """Take note of a clause without figures."""
        self.passed.append(clause)
        self.silents.append(clause)
        if self.folded.startswith(":", clause.end):
            subject = self.subject
            named = subject and not subject.text.endswith(("目标", "为", "是", "如下"))
            self.label = subject if named else None

    def pass_on(self) -> None:
        """Leave the clauses without figures behind: the next figure goes on with the last."""
        self.silents = []
        self._subject, self._asked = None, 0

    @property
    def previous(self) -> Name | None:
        """What the sentence before was about."""
        return self.before.subject if self.before else None

    @property
    def subject(self) -> Name | None:
        """What the last clauses without figures are about; found out when it is asked, for few figures do."""
        if self._asked < len(self.silents):
            self._subject = last_subject(self.folded, self.silents[self._asked :]) or self._subject
            self._asked = len(self.silents)
        return self._subject

    @property
    def object(self) -> Name | None:
        """What the last clauses without figures are at work on."""
        for clause in reversed(self.silents):
            if found := object_of(self.folded, clause.start, clause.end):
                return found
        return None

    @property
    def topic(self) -> Name | None:
        """The noun that ends the clause before, where that has no figures."""
        silent = self.silents[-1] if self.silents else None
        return topic_of(self.folded, silent.start, silent.end) if silent else None

    @property
    def carrier(self) -> Draft | None:
        """The last figure whose name others may go on with."""
        return carrier_of(self.drafts)

    def completed_by(self, name: Name) -> Name | None:
        """Return the subject of a name that only says what of it is measured (总规模, 总数, 人均)."""
        carrier = self.carrier
        if is_place(name):
            if self.subject or not carrier or self.silents:
                self.whole = self.subject
            elif not carrier.name.text.endswith("方面"):
                self.whole = without_place(carrier.name)
            return None if self.whole and self.whole.text.startswith("在") else self.whole
        if name.text not in load_lexicon().bare_attributes:
            return None
        earlier = None if name.action else last_named(self.folded, self.passed)
        whole = self.topic or (carrier.name if carrier else self.subject or earlier)
        measure = name.text.removeprefix("总")
        alike = whole is not None and whole.text.endswith(measure[-2:])  # 通车里程…,通车总里程
        if carrier and whole is carrier.name and (measure in _OF_ANOTHER or alike):
            whole = without_attribute(whole) or (whole if counts(carrier.quantity.base_unit) else None)
        return whole if whole and len(whole.text) <= LONGEST_SUBJECT and "、" not in whole.text else None

    def told_of(self, left: Left) -> Name | None:
        """Return what the clause before ends with; of a base with more (每度电的煤耗,由…)."""
        topic = self.topic if left.linked or left.base else None
        whole = last_named(self.folded, self.passed) if topic and left.base else None
        return whole if whole and len(whole.text) <= LONGEST_SUBJECT else topic

    def share_of(self, figure: Figure, name: Name, about: Name | None) -> Name:
        """Return the name of a share of what it names, or of the whole that the share behind it is of."""
        whole = about.text if about and about.text not in name.text else ""
        if takes_share(self.folded, figure, name):
            self.share = Name(whole + name.text, -1, -1) if len(whole) <= LONGEST_SUBJECT else name
            return Name(name.text[1:], -1, -1)
        return Name(whole + name.text, -1, -1, name.action) if whole else name
