from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dalian_report.corpus.counting import count_files
from dalian_report.data import shipped
from dalian_report.document import build_report
from dalian_report.explore import search
from dalian_report.explore.queries import Matcher, Query, Way, make_terms
from dalian_report.sources import locate, read_sources

SAMPLE = str(shipped("reports/dalian-2023.txt"))
TERMS = ["海洋", "发展", "5G", "(一)", "-", "，", "人人", "二〇", "GDP", "万人", "5.2", "。", "2.5"]
REGEXES = [
    "新增[^。]{0,10}万人",
    r"增长\d+%",
    "第[一二三]",
    "[0-9]{4}年",
    "^一、",
    "全国|全省",
    "海洋.{0,4}经济",
    "增长[^。]*%",
]


def matcher(*terms: str, way: Way = "literal") -> Matcher:
    return Matcher(Query(make_terms(terms), way=way))


def searched(path: str, asked: Matcher) -> tuple[int, ...]:
    counts = dict.fromkeys((term.asked for term in asked.query.terms), 0)
    for source in read_sources(path):
        for hit in search(build_report(source), asked, everywhere=True):
            counts[hit.term] += 1
    return tuple(counts.values())


@pytest.mark.parametrize(("way", "terms"), [("literal", TERMS), ("regex", REGEXES)])
def test_counts_are_those_of_the_search(tmp_path: Path, way: Way, terms: list[str]) -> None:
    odd = (
        "５Ｇ和5G、ＧＤＰ（一）人人人有责——二○二三年，新增\n一、１２．５万人增长５％。增长5。2%，２。5。\n"
        * 3
    )
    for name, encoding in (("a", "utf-8"), ("b", "utf-8-sig"), ("c", "gb18030"), ("d", "utf-16")):
        (tmp_path / f"{name}.txt").write_bytes(("我们在新的一年里" + odd + "为人民的。").encode(encoding))
    paths = [SAMPLE, *map(str, sorted(tmp_path.iterdir()))]
    for term in terms:
        asked = matcher(term, way=way)
        found = list(count_files(paths, asked))
        assert [one.path for one in found] == paths
        assert [one.fault for one in found] == [None] * len(paths)
        assert [one.counts for one in found] == [searched(path, asked) for path in paths], term


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.txt")
    (found, sample) = count_files([missing, SAMPLE], matcher("海洋"))
    assert found.fault == f"{missing}: no such file."
    assert (found.counts, sample.fault) == ((0,), None)


def test_every_core_gives_its_share_in_order(tmp_path: Path) -> None:
    text = Path(SAMPLE).read_text(encoding="utf-8")
    for number in range(8):
        (tmp_path / f"{number}.txt").write_text((text + "海洋\n" * number) * 300, encoding="utf-8")
    paths = [*map(str, sorted(tmp_path.iterdir())), str(tmp_path / "none.txt")]
    found = list(count_files(paths, matcher("海洋")))
    assert [one.path for one in found] == paths
    assert [one.counts[0] for one in found] == [(4 + number) * 300 for number in range(8)] + [0]
    assert found[-1].fault


@pytest.mark.shared
@pytest.mark.skipif(shutil.which("rg") is None, reason="ripgrep is not installed")
def test_hits_are_those_of_ripgrep(shared: Path) -> None:
    """Counts and places, in bytes; terms that no file writes in another form, since rg folds nothing."""
    paths = [
        path
        for path in locate([str(shared / "reports")]).paths
        if path.endswith(".txt") and is_utf8(Path(path).read_bytes())
    ]
    assert len(paths) > 20
    asked = {"海洋经济": "-F", "就业": "-F", "高质量发展": "-F", "新增[^。]{0,10}万人": "-e"}
    for term, flag in asked.items():
        way: Way = "literal" if flag == "-F" else "regex"
        done = subprocess.run(
            ["rg", "-o", "-b", "--no-heading", "-H", "--no-ignore", flag, term, "--", *paths],
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        theirs = sorted(tuple(line.split(":")[:2]) for line in done.stdout.splitlines())
        ours = [place for path in paths for place in places(path, matcher(term, way=way))]
        assert sorted(ours) == theirs, term
        assert sum(one.counts[0] for one in count_files(paths, matcher(term, way=way))) == len(theirs)


def is_utf8(content: bytes) -> bool:
    try:
        return bool(content.decode("utf-8").strip())
    except UnicodeDecodeError:
        return False


def places(path: str, asked: Matcher) -> Iterator[tuple[str, str]]:
    """Yield where the hits of a file begin, in bytes from its start."""
    (source,) = read_sources(path)
    mark = len(Path(path).read_bytes()) - len(source.text.encode())
    for hit in search(build_report(source), asked, everywhere=True):
        yield path, str(len(source.text[: hit.start].encode()) + mark)
