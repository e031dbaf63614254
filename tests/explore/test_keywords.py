from __future__ import annotations

import subprocess
import sys
import warnings
from copy import copy
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dalian_report.data import load_data, shipped
from dalian_report.explore import keywords
from dalian_report.explore.keywords import report_keywords
from dalian_report.explore.segmenting import segment
from dalian_report.explore.words import is_telling, stop_words
from dalian_report.model import Report
from tests.explore.hand_made import build

RUN = "import sys, logging, dalian_report.explore as explore\n"


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )


def test_words_of_each_section(report: Report) -> None:
    found = keywords(report)
    assert [k.word for k in found if k.section_path == "1.1"][:2] == ["海洋", "渔港"]
    assert {k.section_path for k in found} == {"1", "1.1", "1.2", "2"}
    for keyword in found:
        assert keyword.type == "keyword"
        assert report.text[keyword.start : keyword.end] == keyword.word
        assert isinstance(keyword.weight, Decimal)


def test_ranks_counts_and_limit(report: Report) -> None:
    found = keywords(report, [1], top=2)
    assert [(k.rank, k.section, k.heading) for k in found] == [(1, 1, "海洋经济"), (2, 1, "海洋经济")]
    assert found[0].count == 3
    assert found[0].weight >= found[1].weight
    assert keywords(report, [1], top=0) == []


def test_a_chapter_alone_has_the_words_of_its_parts(report: Report) -> None:
    assert {"海洋", "就业"} <= {k.word for k in keywords(report, [0])}


def test_user_words_are_kept_whole_and_only_there() -> None:
    report = build("标题\n建设平急两用设施。", headings=(), title="标题")
    assert "平急两用" not in [k.word for k in keywords(report)]
    assert "平急两用" in [k.word for k in keywords(report, words=["平急两用"])]
    assert "平急两用" not in [k.word for k in keywords(report)]


def test_same_ranking_as_jieba_analyse() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it leaves its file open
        import jieba.analyse
    extractor = copy(jieba.analyse.default_tfidf)
    extractor.tokenizer = jieba.Tokenizer()
    frequencies = extractor.tokenizer.gen_pfdict(extractor.tokenizer.get_dict_file())
    extractor.tokenizer.FREQ, extractor.tokenizer.total = frequencies
    extractor.tokenizer.initialized = True
    extractor.stop_words = set(stop_words())
    text = shipped("reports/dalian-2023.txt").read_text(encoding="utf-8")
    theirs = [word for word in extractor.extract_tags(text, topK=None) if is_telling(word)]
    ours = keywords(build("标题\n" + text, headings=(), title="标题"), top=len(theirs))
    assert [keyword.word for keyword in ours] == theirs


def test_textrank_is_that_of_jieba() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba.analyse
    words = ("平急两用",)
    theirs = jieba.analyse.TextRank()
    tokenizer = jieba.Tokenizer()
    frequencies = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.FREQ, tokenizer.total = frequencies
    tokenizer.initialized = True
    tokenizer.add_word(*words)
    theirs.tokenizer = theirs.postokenizer = jieba.posseg.POSTokenizer(tokenizer)
    theirs.stop_words = set(stop_words())
    report = build(
        "标题\n" + shipped("reports/dalian-2023.txt").read_text("utf-8"), headings=(), title="标题"
    )
    text = report.folded[report.body.start : report.body.end]
    weights = dict(theirs.textrank(text, topK=None, withWeight=True))
    ours = report_keywords(report, words=words, top=30, method="textrank")
    assert len(ours) == 30
    assert [float(k.weight) for k in ours] == [round(weights[k.word], 4) for k in ours]
    assert [k.weight for k in ours] == sorted((k.weight for k in ours), reverse=True)


def test_nothing_is_loaded_on_import_and_nothing_said() -> None:
    run = python(RUN + "print('jieba' in sys.modules)")
    assert (run.stdout, run.stderr) == ("False\n", "")


def test_a_run_is_silent_and_leaves_the_global_tokenizer_alone() -> None:
    code = "from dalian_report.explore.segmenting import segment\n"
    code += "print(len(list(segment('平急两用设施', ('平急两用',)))))\n"
    code += "import jieba; print(jieba.dt.initialized)"
    run = python(code)
    assert (run.stdout, run.stderr) == ("2\nFalse\n", "")


def test_no_file_is_written(tmp_path: object) -> None:
    code = f"import os, tempfile\ntempfile.tempdir = {str(tmp_path)!r}\n"
    code += "from dalian_report.explore.segmenting import segment\nlist(segment('海洋经济'))\n"
    code += "print(os.listdir(tempfile.tempdir))"
    assert python(code).stdout == "[]\n"


def test_each_stop_word_can_be_reached() -> None:
    listed = [word for group in load_data("stopwords").values() for word in group]
    assert len(listed) == len(set(listed)) == len(stop_words())
    assert [word for word in listed if len(word) < 2 or [w.text for w in segment(word)] != [word]] == []
    assert not any(is_telling(word) for word in listed)


@given(st.text("海洋经济总产值4200亿元、，。（一） \n\tＡa😀\u200b", max_size=60))
def test_words_joined_are_the_text(text: str) -> None:
    words = list(segment(text))
    assert "".join(word.text for word in words) == text
    assert all(text[word.start : word.end] == word.text for word in words)
