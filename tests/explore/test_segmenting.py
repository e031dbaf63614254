from __future__ import annotations

from pathlib import Path

import pytest

from dalian_report.data import load_data, shipped
from dalian_report.explore.segmenting import Engine, chosen_engine, segment
from dalian_report.folding import fold
from dalian_report.sources import locate, read_sources

SAMPLE = shipped("reports/dalian-2023.txt").read_text(encoding="utf-8")
# Where jieba looks at a single character together with the mark before it (国-大庄), it takes two characters
# for one word that its dictionary gives apart: one line of 16,854 in the reports at hand.
KNOWN = ("大庄公路",)


def cut(text: str, engine: Engine, words: tuple[str, ...] = ()) -> list[str]:
    return [word.text for word in segment(text, words, engine=engine)]


@pytest.mark.parametrize("probe", load_data("probes"))
def test_probes_are_what_jieba_gives(probe: str) -> None:
    assert cut(probe.replace(" ", ""), "jieba") == probe.split(" ")


def test_rjieba_is_chosen_where_it_is_installed() -> None:
    pytest.importorskip("rjieba")
    assert chosen_engine().engine == "rjieba"
    assert "probes" in chosen_engine().reason


@pytest.mark.parametrize("words", [(), ("平急两用", "海洋牧场", "5G-A", "首批")], ids=["plain", "user words"])
def test_both_engines_cut_the_sample_alike(words: tuple[str, ...]) -> None:
    pytest.importorskip("rjieba")
    for line in fold(SAMPLE + "\n5G-A网络、2021-2035年、a.html").split("\n"):
        assert cut(line, "rjieba", words) == cut(line, "jieba", words)


@pytest.mark.shared
def test_both_engines_cut_real_reports_alike(shared: Path) -> None:
    pytest.importorskip("rjieba")
    paths = locate([str(shared / "reports" / "national")]).paths
    assert paths
    different = [
        line
        for path in paths[::3]
        for source in read_sources(path)
        for line in fold(source.text).split("\n")
        if cut(line, "rjieba") != cut(line, "jieba")
    ]
    assert [line for line in different if not any(known in line for known in KNOWN)] == []
