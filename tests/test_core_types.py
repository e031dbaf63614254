"""The core types are frozen, hold nothing beyond their fields, and travel between processes."""

import pickle
from dataclasses import FrozenInstanceError

import pytest

from dalian_report.model import Cut
from tests.views.test_metric_table import PLAIN


def test_named_tuples_are_frozen_and_slotted_and_travel() -> None:
    cut = Cut(1, 2, "after end")
    with pytest.raises(AttributeError):
        cut.start = 3  # type: ignore[misc]
    assert not hasattr(cut, "__dict__")
    assert pickle.loads(pickle.dumps(cut)) == cut == Cut(1, 2, "after end")
    assert cut in {Cut(1, 2, "after end")}


def test_a_metric_is_frozen_and_slotted_and_travels() -> None:
    with pytest.raises(FrozenInstanceError):
        PLAIN.name = "别的"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del PLAIN.name  # type: ignore[misc]
    assert not hasattr(PLAIN, "__dict__")
    assert pickle.loads(pickle.dumps(PLAIN)) == PLAIN
