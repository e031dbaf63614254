"""The core types behave as frozen dataclasses do, although they share equality, hash and repr."""

import pickle
from dataclasses import FrozenInstanceError, dataclass, fields, replace

import pytest

from dalian_report import model
from dalian_report.model import Cut, Record, Topic


@dataclass(frozen=True)
class Plain:
    """What a dataclass gives by itself."""

    start: int
    end: int
    reason: str


CUT, PLAIN = Cut(1, 2, "after end"), Plain(1, 2, "after end")


def test_equality_hash_and_repr_are_those_of_a_dataclass() -> None:
    assert Cut(1, 2, "after end") == CUT
    assert Cut(1, 3, "after end") != CUT
    assert CUT.__eq__(PLAIN) is NotImplemented
    assert Topic("a", 1, 2, 3, None) != CUT
    assert hash(CUT) == hash(PLAIN)
    assert repr(CUT) == repr(PLAIN).replace("Plain", "Cut")
    assert CUT in {Cut(1, 2, "after end")}


def test_core_types_are_frozen_and_slotted_and_travel() -> None:
    with pytest.raises(FrozenInstanceError):
        CUT.start = 3  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del CUT.start  # type: ignore[misc]
    assert not hasattr(CUT, "__dict__")
    assert replace(CUT, end=5) == Cut(1, 5, "after end")
    assert pickle.loads(pickle.dumps(CUT)) == CUT


@pytest.mark.parametrize("core", Record.__subclasses__(), ids=lambda core: core.__name__)
def test_every_field_counts(core: type[Record]) -> None:
    if hasattr(core, "__dataclass_fields__"):  # the class that slots=True replaces has them too
        assert core.__match_args__ == tuple(field.name for field in fields(core))  # type: ignore[arg-type]
    assert model.Record.__eq__ is core.__eq__
