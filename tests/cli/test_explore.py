"""Summaries, search, keywords and the map as a user asks for them."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dalian_report.views.cells import cell_width
from tests.cli.conftest import REPORT, Outcome

Run = Callable[..., Outcome]


def records(run: Run, *arguments: str) -> list[dict[str, object]]:
    code, out, err = run(*arguments, "--json")
    assert code in (0, 1), err
    found: list[dict[str, object]] = json.loads(out)
    return found


def test_a_summary_has_its_spans(folder: Path, dreport: Run) -> None:
    text = (folder / "reports" / "a.txt").read_text(encoding="utf-8")
    (chapter,) = records(dreport, "summary", "--section", "1")
    assert [(b["text"], b["kind"]) for b in chapter["topics"]] == [
        ("经济稳中向好", "section"),
        ("安全形势平稳", "section"),
    ]
    for part in (*chapter["topics"], *chapter["extracts"]):
        assert text[part["start"] : part["end"]] == part["text"]
    assert chapter["results"][0]["text"] == "4万个"


def test_how_much_a_summary_tells(folder: Path, dreport: Run) -> None:
    (bare,) = records(
        dreport, "summary", "--section", "1", "--sentences", "0", "--figures", "0", "--words", "0"
    )
    assert (bare["extracts"], bare["results"], bare["words"], bare["left_out"]) == ([], [], [], 4)
    (folder / "c.txt").write_text(
        f"一、过去\n\n渔港。{'海洋海洋。' * 12}\n\n二、以后\n\n{'就业就业。' * 12}\n", encoding="utf-8"
    )
    marked = records(dreport, "summary", "c.txt", "--words", "1")
    assert [[w["word"] for w in part["words"]] for part in marked] == [["海洋"], ["就业"]]
    against = records(dreport, "summary", "c.txt", "--reference", "c.txt", "--words", "1")
    assert [[w["word"] for w in part["words"]] for part in against] == [["海洋"], ["就业"]]
    assert dreport("summary", "--reference", "none.txt").code == 2


def test_a_brief_for_a_document(folder: Path, dreport: Run) -> None:
    _, out, _ = dreport("summary", "--section", "2", "-f", "md")
    assert out.startswith("# 大连市2023年政府工作报告")
    assert "\n## 二、2024年工作安排\n" in out
    assert "\n- 提高发展质量\n" in out
    assert "\nTargets:\n\n- 地区生产总值 +6% or so\n- 城镇新增就业 12万人\n" in out
    _, inner, _ = dreport("summary", "--section", "1.1", "-f", "md")
    assert "\n## （一）经济稳中向好\n" in inner
    assert "|" not in out


@pytest.mark.parametrize(
    ("options", "texts"),
    [
        (["增长"], ["增长", "增长"]),
        (["增长", "-e", "海洋", "--all"], ["海洋", "增长"]),
        (["增长", "-e", "海洋", "--near", "14"], ["海洋", "增长"]),
        (["增长", "-e", "海洋", "--near", "2"], []),
        (["增长[0-9]%", "--regex"], ["增长9%", "增长6%"]),
        (["生产", "--words"], ["生产"]),
        (["增长", "--has", "target"], ["增长"]),
        (["泊位", "--section", "2"], []),
        (["大连市", "--everywhere"], ["大连市"]),
    ],
)
def test_ways_to_search(folder: Path, dreport: Run, options: list[str], texts: list[str]) -> None:
    found = records(dreport, "search", *options)
    assert [hit["text"] for hit in found] == texts
    for hit in found:
        assert REPORT[hit["start"] : hit["end"]] == hit["text"]
        assert f"{hit['left']}{hit['text']}{hit['right']}" == hit["sentence"]


def test_synonyms_are_those_of_the_configuration(folder: Path, dreport: Run) -> None:
    config = folder / "config.yaml"
    config.write_text(
        config.read_text(encoding="utf-8") + "synonyms: [[车位, 泊位], [一]]\n", encoding="utf-8"
    )
    code, _, err = dreport("search", "车位", "--synonyms")
    assert code == 2
    assert "synonyms holds what is no list of two or more" in err
    config.write_text(config.read_text(encoding="utf-8").replace(", [一]", ""), encoding="utf-8")
    assert [hit["text"] for hit in records(dreport, "search", "车位", "--synonyms")] == ["泊位"]
    assert records(dreport, "search", "车位") == []


def test_a_concordance_is_cut_to_its_width_unless_its_context_was_asked_for(
    folder: Path, dreport: Run
) -> None:
    def rows(*asked: str) -> int:
        out = dreport("search", "增长", "--kwic", "--columns", "40", *asked).out
        return len(out.partition("Place")[2].splitlines()) - 1

    assert rows() == 2
    assert rows("--context", "12") > 2


def test_a_concordance(folder: Path, dreport: Run) -> None:
    _, out, _ = dreport("search", "增长", "--kwic", "--sort", "right", "--context", "4")
    rows = [line.split() for line in out.splitlines() if "增长" in line]
    assert [row[2:] for row in rows] == [["增长", "6%左右"], ["增长", "9%以上"]]
    _, out, _ = dreport("search", "增长", "reports/a.txt", "b.txt", "-e", "造林", "--kwic", "--sort", "left")
    assert "大连市 2023" in out
    assert [line.split()[-2] for line in out.splitlines()[1:]] == ["增长", "增长", "造林"]


def test_ranked_hits(folder: Path, dreport: Run) -> None:
    found = records(dreport, "search", "泊位", "-e", "造林", "reports/a.txt", "b.txt", "--rank", "bm25")
    scores = [hit["score"] for hit in found]
    assert scores == sorted(scores, reverse=True)
    assert {hit["text"] for hit in found} == {"泊位", "造林"}
    assert "大连市2023年政府工作报告" in dreport("search", "泊位", "--rank", "bm25").out


def test_counts(folder: Path, dreport: Run) -> None:
    files = ["reports/a.txt", "b.txt"]
    (one,) = records(dreport, "search", "增长", *files, "--count", "report")
    assert (one["source"], one["hits"]) == ("reports/a.txt", 2)
    parts = records(dreport, "search", "增长", "-e", "泊位", *files, "--count", "section")
    assert [(c["section_path"], c["term"], c["hits"]) for c in parts] == [
        ("1.1", "增长", 1),
        ("1.1", "泊位", 1),
        ("2.1", "增长", 1),
    ]
    whole = records(dreport, "search", "大连", *files, "--count", "file")
    assert [(c["source"], c["hits"], c["per_10k"]) for c in whole] == [("reports/a.txt", 1, None)]
    (total,) = [
        line
        for line in dreport("search", "增长", "-e", "泊位", "--count", "report").out.splitlines()
        if "Total" in line
    ]
    assert total.split() == ["Total", "3"]
    code, out, err = dreport("search", "增长", "reports/a.txt", "none.txt", "--count", "file")
    assert (code, "none.txt: no such file" in err, "reports/a.txt      2" in out) == (2, True, True)


def test_ranked_sections_stand_under_one_head(folder: Path, dreport: Run) -> None:
    lines = dreport("search", "增长", "--rank", "bm25").out.splitlines()
    assert lines[1].split() == ["Place", "Text"]
    assert sum("大连市2023年政府工作报告" in line for line in lines) == 1
    (folder / "old.txt").write_text(REPORT.replace("2023", "2021"), encoding="utf-8")
    lines = dreport("search", "增长", "--rank", "bm25", "reports/a.txt", "old.txt").out.splitlines()
    assert lines[0].split() == ["Place", "Text"]
    assert sorted(line.split()[-1] for line in lines if "经济稳中向好" in line and ":" not in line) == [
        "2021",
        "2023",
    ]


def test_bars_of_counts_are_by_length_as_those_of_trends(folder: Path, dreport: Run) -> None:
    (folder / "long.txt").write_text(
        REPORT.replace("2023", "2021") + "各项事业全面进步。" * 100 + "增长。" * 3, encoding="utf-8"
    )
    files = ("reports/a.txt", "long.txt")
    counted = dreport("search", "增长", "--count", "report", *files).out.splitlines()
    trend = dreport("keywords", "--trend", "增长", *files).out.splitlines()
    assert counted[0].endswith("Count  Per 10k  Bars (per 10k)")
    assert trend[0].endswith("Count  Per 10k  Bars (per 10k)")
    more, fewer = (line.count("█") for line in counted[1:3])
    assert [line.split()[1:3] for line in counted[1:3]][1][1] == "5"
    assert more == 20
    assert 0 < fewer < 10


def test_reports_without_hits(folder: Path, dreport: Run) -> None:
    found = records(dreport, "search", "增长", "reports/a.txt", "b.txt", "--without-hits")
    assert [record["source"] for record in found] == ["b.txt"]


def test_a_limit_is_told(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("search", "增长", "--limit", "1", "--json")
    assert (code, len(json.loads(out)), err) == (0, 1, "1 more hit left out by --limit 1\n")
    # A table has a row for each sentence, whichever of its hits stand in it.
    for ranked in ([], ["--rank", "bm25"]):
        _, out, err = dreport("search", "增长", "-e", "海洋", *ranked, "--limit", "1")
        assert ("增长9%" in out) != ("增长6%" in out)
        assert err in ("1 more hit left out by --limit 1\n", "2 more hits left out by --limit 1\n")
        _, out, err = dreport("search", "增长", "-e", "海洋", *ranked, "--limit", "2")
        assert ("增长9%" in out, "增长6%" in out, err) == (True, True, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search", "a", "--regex", "--words"], "--regex and --words do not go together"),
        (["search", "a", "--kwic", "--rank", "bm25"], "--kwic and --rank do not go together"),
        (["search", "a", "--sort", "left"], "--sort left is an order of --kwic"),
        (["search", "a", "--context", "x"], "--context is sentence or a number, not 'x'"),
        (["search", "a", "--count", "file", "--all"], "--count file does not go with --all"),
        (["search", "a", "--near", "10"], "--near is a distance between two terms"),
        (["search", "a", "-e", "ａ", "--near", "10"], "--near is a distance between two terms"),
        (["search", "a", "-e", "b", "--all", "--any"], "--all and --any do not go together"),
        (["search", "a", "--count", "report", "--limit", "1"], "--count and --limit do not go together"),
        (["search", "(", "--regex"], "the regex (: bad regex"),
        (["search", "a*", "--regex"], "it can match nothing at all"),
        (["sections", "--term", "a"], "--term marks hits in the map"),
        (["keywords", "--compare", "a", "b", "--trend", "c"], "do not go together"),
        (["keywords", "--trend", "c", "--by", "section"], "--trend and --by do not go together"),
        (["keywords", "--trend", "c", "--method", "textrank"], "--trend and --method do not go"),
        (["keywords", "--trend", "c", "--top", "10"], "--trend and --top do not go together"),
        (["keywords", "--compare", "a", "b", "--by", "report"], "--compare and --by do not go together"),
        (["keywords", "--by", "report", "--section", "1"], "--by report and --section do not go together"),
        (["search", "a", "-e", "b", "--near", "3", "--any"], "--near and --any do not go together"),
        (["search", "a", "--count", "report", "--context", "5"], "--count and --context do not go together"),
        (["keywords", "x.txt", "--compare", "a", "b"], "--compare names the reports itself"),
        (["show", "--svg", "x.svg", "--json"], "--svg draws the table"),
    ],
)
def test_what_does_not_go(folder: Path, dreport: Run, arguments: list[str], message: str) -> None:
    code, out, err = dreport(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    code, _, chinese = dreport(*arguments, "--lang", "zh")
    assert code == 2
    assert chinese != err
    assert " and " not in chinese


def test_keywords_of_a_report(folder: Path, dreport: Run) -> None:
    found = records(dreport, "keywords", "--by", "report", "--top", "3")
    assert [(k["rank"], k["section"]) for k in found] == [(1, None), (2, None), (3, None)]
    ranked = records(dreport, "keywords", "--method", "textrank", "--section", "1.1")
    assert ranked[0]["weight"] == 1


def test_words_that_tell_two_reports_apart(folder: Path, dreport: Run) -> None:
    found = records(dreport, "keywords", "--compare", "reports/a.txt", "b.txt", "--top", "3")
    assert {record["direction"] for record in found} == {"more", "less"}
    (trees,) = [record for record in found if record["word"] == "造林"]
    assert (trees["direction"], trees["count_a"], trees["count_b"]) == ("less", 0, 1)
    assert trees["log_ratio"] < 0
    out = dreport("keywords", "--compare", "reports/a.txt", "b.txt").out
    assert "Per 10k words A" in out  # of words, as search and --trend count them for characters
    assert out.index("More often in A") < out.index("More often in B")
    code, out, err = dreport("keywords", "--compare", "reports/a.txt", "none.txt")
    assert (code, out) == (2, "")
    assert "none.txt: no such file" in err


def test_a_report_does_not_differ_from_itself(folder: Path, dreport: Run) -> None:
    code, out, err = dreport("keywords", "--compare", "b.txt", "b.txt")
    assert (code, out, err) == (1, "", "nothing found\n")


def test_trend(folder: Path, dreport: Run) -> None:
    (folder / "old.txt").write_text(REPORT.replace("2023", "2021").replace("2024", "2022"), encoding="utf-8")
    found = records(dreport, "keywords", "--trend", "增长", "reports/a.txt", "old.txt")
    assert [(p["year"], p["reports"], p["count"]) for p in found] == [(2021, 1, 2), (2023, 1, 2)]
    _, out, _ = dreport("keywords", "--trend", "增长", "--trend", "没有", "reports/a.txt", "old.txt")
    assert "增长  4 in all  ██" in out
    assert "没有  0 in all  .." in out
    assert dreport("keywords", "--trend", "没有").code == 1


def test_a_map_hides_nothing(folder: Path, dreport: Run) -> None:
    """Metrics, targets and hits of one place stand below each other."""
    code, out, _ = dreport("sections", "--map", "--term", "泊位", "--term", "增长", "--lang", "zh")
    assert code == 0
    lines = out.splitlines()
    at = next(number for number, line in enumerate(lines) if "（一）经济稳中向好" in line)
    name, count, strip = lines[at].split()[-3:]
    assert (name, count, sum(map(int, strip.replace("-", "")))) == ("指标数", "3", 3)
    assert lines[at + 1].split()[:2] == ["命中数", "2"]
    assert len(lines[at + 1].split()[2]) == len(strip)
    at = next(number for number, line in enumerate(lines) if "（一）提高发展质量" in line)
    assert [line.split()[-3:-1] for line in lines[at : at + 3]] == [
        ["指标数", "2"],
        ["目标数", "2"],
        ["命中数", "1"],
    ]
    record = records(dreport, "sections", "--map", "--term", "泊位")[1]
    assert [REPORT[place : place + 2] for place in record["hits"]] == ["泊位"]
    assert len(record["figures"]) == 3
    markdown = dreport("sections", "--map", "-f", "md").out
    assert "| Metrics<br>Targets | 2<br>2 | " in markdown


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_map_leaves_headings_their_room(folder: Path, dreport: Run, width: int) -> None:
    out = dreport("sections", "--map", "--columns", str(width), "--lang", "zh").out
    assert max(map(cell_width, out.splitlines())) <= width
    assert sum("（一）经济稳中向好" in line for line in out.splitlines()) == 1  # whole, on one line


def test_a_report_without_headings_is_told(folder: Path, dreport: Run) -> None:
    (folder / "plain.txt").write_text("购物清单\n牛奶两盒\n", encoding="utf-8")
    for line in ("sections plain.txt", "sections --map plain.txt"):
        assert dreport(*line.split()) == (1, "", "plain.txt: no headings were found in it\nnothing found\n")


def test_bars_give_way_to_texts(folder: Path, dreport: Run) -> None:
    out = dreport("search", "增长", "--count", "section", "--columns", "60", "--lang", "zh").out
    (row,) = [line for line in out.splitlines() if "1.1" in line]
    assert len(row.split()[-1]) < 20
    assert cell_width(out.splitlines()[0].partition("章节")[2].partition("次数")[0]) > 8


def test_nested_records_in_csv(folder: Path, dreport: Run) -> None:
    _, out, _ = dreport("summary", "--section", "1.1", "-f", "csv")
    (row,) = csv.DictReader(io.StringIO(out))
    assert row["extracts"] == "新增停车泊位4万个，海洋经济总产值4200亿元、增长9%以上。"
    assert row["results"].startswith("新增停车泊位 4万个；")


@pytest.mark.parametrize(
    "line",
    [
        "show",
        "sections",
        "sections --map --term 增长",
        "summary",
        "search 增长",
        "search 增长 --rank bm25",
        "search 增长 --count report",
        "search 增长 --count section",
        "search 增长 --count file",
        "search 渔港 --without-hits",
        "keywords",
        "keywords --trend 增长",
        "keywords --compare reports/a.txt b.txt",
        "ledger",
        "doctor",
        "config",
        "rules list",
        "rules profile",
    ],
)
def test_every_record_goes_into_csv_and_tsv(folder: Path, dreport: Run, line: str) -> None:
    for name, delimiter in (("csv", ","), ("tsv", "\t")):
        code, out, err = dreport(*line.split(), "-f", name)
        assert code in (0, 1), err
        head, *rows = csv.reader(io.StringIO(out), delimiter=delimiter)
        assert rows
        assert {len(row) for row in rows} == {len(head)}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_of_any_table(folder: Path, dreport: Run, theme: str) -> None:
    for number, line in enumerate(
        ("show", "summary", "search 增长", "keywords", "keywords --trend 增长", "sections --map", "config")
    ):
        name = f"{number}.svg"
        code, out, err = dreport(*line.split(), "--svg", name, "--theme", theme, "--columns", "80")
        assert (code, out, err) == (0, "", ""), line
        assert (folder / name).read_text(encoding="utf-8").startswith("<svg")
    assert dreport("show", "none.txt", "--svg", "none.svg").code == 2
    assert not (folder / "none.svg").exists()


def test_the_language(folder: Path, dreport: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    english = ["Metric", "Value", "Kind", "Status", "Place"]
    assert dreport("show").out.splitlines()[1].split() == english
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert dreport("show").out.splitlines()[1].split() == ["指标", "数值", "类型", "状态", "位置"]
    monkeypatch.delenv("LC_ALL")
    assert dreport("show", "--lang", "en").out.splitlines()[1].split() == english
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert dreport("show").out.splitlines()[1].split() == english
    assert dreport("show", "--key", "gdp", "--section", "1").err == "nothing found\n"
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert dreport("show", "--section", "1", "--key", "gdp").err == "没有找到\n"
    assert dreport("show", "none.txt").err == "dreport: none.txt：没有这个文件。\n"
    assert dreport("show", "--lang", "en", "none.txt").err == "dreport: none.txt: no such file.\n"
    assert json.loads(dreport("show", "--json").out)[0]["status"] == "achieved"


def test_which_engine_ran_is_told(folder: Path, dreport: Run) -> None:
    for line in ("keywords", "search 增长 --words", "summary", "keywords --compare b.txt reports/a.txt"):
        assert "words: " in dreport(*line.split(), "-v").err
        assert "words: " not in dreport(*line.split()).err
