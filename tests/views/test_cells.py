import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dalian_report.views.cells import Part, cell_width, escape_unsafe, fold_parts, one_line, parts_width

PLAIN = st.text(st.sampled_from("增长市场主体停车泊位abcXYZ 0123456789%，。、（）“”—…㎡．％"), max_size=60)


@given(PLAIN)
def test_width_is_that_of_the_terminal_library(text: str) -> None:
    assert cell_width(text) == cell_len(text)


@given(PLAIN, st.integers(min_value=2, max_value=30))
def test_folding_loses_nothing_and_fits(text: str, width: int) -> None:
    parts = [Part(text[:7], "hit"), Part(text[7:])]
    lines = fold_parts(parts, width)
    shown = "".join(part.text for line in lines for part in line)
    assert shown.replace(" ", "") == text.replace(" ", "")
    assert all(parts_width(line) <= width for line in lines)
    assert not any(line[0].text.startswith(" ") for line in lines[1:])
    marked = "".join(part.text for line in lines for part in line if part.style == "hit")
    assert marked.replace(" ", "") == text[:7].replace(" ", "")


def test_closing_marks_and_words_stay_together() -> None:
    folded = fold_parts([Part("新建改造提升，高标准农田GDP增长")], 14)
    assert [part.text for line in folded for part in line] == ["新建改造提升，", "高标准农田GDP", "增长"]
    folded = fold_parts([Part("新建改造提升了，高标准")], 14)
    assert folded[1][0].text.startswith("了，")


def folded_text(text: str, width: int) -> list[str]:
    return ["".join(part.text for part in line) for line in fold_parts([Part(text)], width)]


def test_a_path_is_kept_whole_where_it_fits_and_else_split_after_a_slash() -> None:
    path = "/opt/venv/lib/python3.11/reports/dalian-2023.txt"
    assert folded_text(f"大连市 {path}", 50) == ["大连市 ", path]
    assert folded_text(f"大连市 {path}", 30) == [
        "大连市 /opt/venv/lib/",
        "python3.11/reports/",
        "dalian-2023.txt",
    ]
    assert folded_text("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m红", "\\x1b[31m红"),
        ("a\u202eb", "a\\u202eb"),
        ("\x9b2J", "\\x9b2J"),
        ("\udce4", "\\udce4"),
        ("零\u200b宽", "零\\u200b宽"),
        ("[bold]与[/x]", "[bold]与[/x]"),
    ],
)
def test_unsafe_characters_are_written_out(text: str, shown: str) -> None:
    assert escape_unsafe(text) == shown


def test_breaks_become_one_space() -> None:
    assert one_line("增长\r\n  9%\t以上") == "增长 9% 以上"
