from __future__ import annotations

from collections import Counter
from math import isclose, log

from hypothesis import given
from hypothesis import strategies as st

from dalian_report.explore.contrast import contrasts

COUNTS = st.dictionaries(st.sampled_from("甲乙丙丁"), st.integers(1, 50), min_size=1)


def test_log_likelihood_and_log_ratio() -> None:
    found = {c.word: c for c in contrasts({"海洋": 100, "其他": 9900}, {"海洋": 50, "其他": 9950})}
    marine = found["海洋"]
    assert isclose(marine.keyness, 2 * (100 * log(100 / 75) + 50 * log(50 / 75)))
    assert isclose(marine.keyness, 16.99, abs_tol=0.01)  # as the calculators of corpus linguists have it
    assert isclose(marine.ratio, 1.0)
    assert (marine.direction, found["其他"].direction) == ("more", "less")


def test_a_word_that_one_side_lacks() -> None:
    (marine, _) = contrasts({"海洋": 8}, {"陆地": 8})
    assert (marine.word, marine.count, marine.other, marine.ratio) in {
        ("海洋", 8, 0, 5.0),
        ("陆地", 0, 8, -5.0),
    }


def test_a_word_that_both_have_as_often_has_no_direction() -> None:
    own = {"海洋": 3, "陆地": 5}
    assert {c.direction for c in contrasts(own, dict(own))} == {"same"}
    found = {c.word: c.direction for c in contrasts(own, {"海洋": 6, "湖泊": 10})}
    assert found == {"海洋": "same", "陆地": "more", "湖泊": "less"}


def test_nothing_to_compare_with() -> None:
    assert contrasts({"海洋": 1}, {}) == contrasts({}, {"海洋": 1}) == []


@given(COUNTS, COUNTS)
def test_the_other_way_round(own: dict[str, int], other: dict[str, int]) -> None:
    there = {c.word: c for c in contrasts(own, other)}
    back = {c.word: c for c in contrasts(Counter(other), Counter(own))}
    for word, contrast in there.items():
        assert contrast.keyness >= 0
        assert (contrast.ratio > 0) == (contrast.direction == "more") or isclose(contrast.ratio, 0)
        assert isclose(contrast.keyness, back[word].keyness, abs_tol=1e-9)
        assert isclose(contrast.ratio, -back[word].ratio, abs_tol=1e-9)
