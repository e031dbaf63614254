"""A report in traditional characters gives the records of the same report in simplified ones."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from dalian_report import extract, load_rules, parse_report
from dalian_report.document import select_sections
from dalian_report.explore import search
from dalian_report.explore.keywords import report_keywords
from dalian_report.explore.ledger import account_for
from dalian_report.explore.queries import Matcher, Query, Way, make_terms
from dalian_report.quantities.units import load_units
from dalian_report.traditional import Printed, simplify, simplify_words
from dalian_report.views.metrics import figure_parts

REPORTS = Path(__file__).parent.parent / "reports"


def to_traditional(text: str) -> str:
    converter = OpenCC("s2t")
    return text.translate({ord(char): converter.convert(char) for char in set(text)})


@pytest.mark.parametrize("name", ["dalian-2023.txt", "liaoning-2025.txt"])
def test_the_records_are_the_same(name: str) -> None:
    text = (REPORTS / name).read_text(encoding="utf-8")
    traditional = to_traditional(text)
    assert traditional != text
    assert len(traditional) == len(text)
    rules = load_rules()
    plain = extract(parse_report(text), rules)
    printed = extract(parse_report(traditional), rules)
    assert plain
    compared = (
        "start",
        "end",
        "key",
        "amount",
        "amount_max",
        "base_unit",
        "kind",
        "bound",
        "status",
        "action",
    )
    assert [[getattr(one, field) for field in compared] for one in printed] == [
        [getattr(one, field) for field in compared] for one in plain
    ]
    assert [OpenCC("t2s").convert(one.name) for one in printed] == [one.name for one in plain]
    assert all(one.text == traditional[one.start : one.end] for one in printed)


def test_a_name_put_together_is_in_the_characters_of_the_text() -> None:
    text = "某市政府工作報告\n城鄉居民人均可支配收入分別增長5%、6%。\n"
    names = [one.name for one in extract(parse_report(text), load_rules())]
    assert names == ["城鎮居民人均可支配收入", "農村居民人均可支配收入"]


def test_units_are_read_in_a_simplified_text_too() -> None:
    characters = {char for unit in load_units().variants for char in unit}
    changing = [char for char in sorted(characters) if OpenCC("t2s").convert(char) != char]
    assert changing
    around = "这是一份简体字的报告。" * 10
    for char in changing:
        assert simplify(f"{around}產{char}{around}") == f"{around}产{simplify_words(char)}{around}", char


@given(st.text())
def test_no_text_changes_its_length(text: str) -> None:
    read = simplify(text)
    assert len(read) == len(text)
    assert len(simplify_words(text)) == len(text)
    assert Printed(text, read).words("") == ""


def test_a_section_is_found_in_either_script() -> None:
    text = (
        "某市政府工作報告\n一、羣衆生活邁上新臺階\n城鎮居民收入增長5%。\n二、產業發展\n工業總產值增長6%。\n"
    )
    report = parse_report(text)
    for word in ("羣衆", "群众", "臺階", "台阶"):
        assert select_sections(report, [word]).sections == (0,), word


def test_the_ledger_counts_the_same_numerals() -> None:
    text = (REPORTS / "dalian-2023.txt").read_text(encoding="utf-8")
    counted = []
    for one in (text, to_traditional(text)):
        report = parse_report(one)
        counted.append(
            [
                (entry.start, entry.reason, len(entry.metrics))
                for entry in account_for(report, extract(report, load_rules()))
            ]
        )
    assert counted[0] == counted[1]


def test_a_magnitude_is_shown_once() -> None:
    (metric,) = extract(parse_report("某市政府工作報告\n再解決26萬農牧民的飲水困難。\n"), load_rules())
    assert "".join(part.text for part in figure_parts(metric)) == "26萬"


def test_a_traditional_heading_is_read_in_a_simplified_text() -> None:
    text = f"第一个计划草案。\n三、計劃的若幹問題\n{'这是一份简体字的报告。' * 10}\n"
    assert "计划的若" in simplify(text)
    assert "问题" in simplify(text)


@pytest.mark.parametrize("asked", ["海洋经济", "海洋經濟"])
@pytest.mark.parametrize("way", ["literal", "words", "regex"])
def test_search_finds_words_of_either_script(asked: str, way: Way) -> None:
    text = (REPORTS / "dalian-2023.txt").read_text(encoding="utf-8")
    plain, printed = parse_report(text), parse_report(to_traditional(text))
    matcher = Matcher(Query(make_terms([asked]), way=way))
    hits = search(printed, matcher)
    assert hits
    assert matcher.may_match(printed.text)
    assert {hit.term for hit in hits} == {asked}
    assert {hit.text for hit in hits} == {"海洋經濟"}
    assert [hit.start for hit in hits] == [hit.start for hit in search(plain, ["海洋经济"])]


def test_keywords_are_those_of_the_simplified_report() -> None:
    text = (REPORTS / "dalian-2023.txt").read_text(encoding="utf-8")
    plain, printed = (report_keywords(parse_report(one)) for one in (text, to_traditional(text)))
    assert [(one.start, one.end) for one in printed] == [(one.start, one.end) for one in plain]
    assert [simplify_words(one.word) for one in printed] == [one.word for one in plain]


@pytest.mark.parametrize(
    ("asked", "way", "found"),
    [
        ("「四下基層」", "literal", ["「四下基層」"]),
        ("四下基层", "literal", ["四下基層"]),
        ("乾淨", "literal", ["乾淨"]),
        ("[這-邊]樣", "regex", ["這樣"]),
        ("「[^」]+」", "regex", ["「四下基層」"]),
    ],
)
def test_search_finds_what_is_printed_too(asked: str, way: Way, found: list[str]) -> None:
    report = parse_report("某市政府工作報告\n推進「四下基層」，這樣環境乾淨，發展經濟。\n")
    assert [hit.text for hit in search(report, Matcher(Query(make_terms([asked]), way=way)))] == found
