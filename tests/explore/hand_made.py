"""A small report built by hand, and metrics in it, so that these tests stand on the types alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from dalian_report.folding import fold
from dalian_report.model import Metric, Report, Section, Source, Span, Topic

TEXT = """首页

测试市政府工作报告

各位代表:海洋经济总产值预计再上台阶。

一、过去一年
全年经济平稳。
(一)海洋经济。海洋经济总产值４２００亿元,海洋牧场3个。渔港(一期)建成。
(二)就业。新增就业12.5万人。居民有活干,人人有书读。
二、今年安排
新增就业13万人以上。发展海洋经济。

相关链接:海洋经济
"""
HEADINGS = (
    ("一、", 1, "1", 1, "过去一年", None, "review"),
    ("(一)", 1, "1.1", 2, "海洋经济", 0, "review"),
    ("(二)", 2, "1.2", 2, "就业", 0, "review"),
    ("二、", 2, "2", 1, "今年安排", None, "plan"),
)


def build(text: str = TEXT, *, headings: Any = HEADINGS, title: str = "测试市政府工作报告") -> Report:
    body = Span(text.index(title), text.index("\n\n相关") if "\n\n相关" in text else len(text))
    return Report(
        source=Source("a.txt", "txt", text, "utf-8", "valid", "0" * 64),
        folded=fold(text),
        simplified=fold(text),
        title=title,
        region="测试市",
        adcode=None,
        date=None,
        year=2023,
        year_source="title",
        body=body,
        cuts=(),
        duplicates=(),
        sections=tuple(sections_of(text, headings, body)),
        topics=(),
        sentences=tuple(sentences_of(text, body)),
    )


def sections_of(text: str, headings: Any, body: Span) -> Iterator[Section]:
    starts = [text.index(label + heading) for label, *_, heading, _parent, _part in headings]
    for place, (label, number, path, level, heading, parent, part) in enumerate(headings):
        later = [starts[i] for i in range(place + 1, len(headings)) if headings[i][3] <= level]
        start = starts[place]
        span = (start + len(label), start + len(label + heading))
        end = min([*later, body.end])
        yield Section(number, label, path, level, heading, *span, start, end, parent, part)


def sentences_of(text: str, body: Span) -> Iterator[Span]:
    start = body.start
    while (stop := text.find("。", start, body.end)) >= 0:
        start += len(text[start : stop + 1]) - len(text[start : stop + 1].lstrip())
        yield Span(start, stop + 1)
        start = stop + 1


# What most metrics of these tests have in common.
PLAIN: dict[str, Any] = {
    **dict.fromkeys(("adcode", "section", "topic", "key", "label", "action", "value_max", "amount_max")),
    **dict.fromkeys(("strength", "relation", "period")),
    "type": "metric",
    "section_path": "",
    "heading": "",
    "value": Decimal(1),
    "unit": "个",
    "amount": Decimal(1),
    "base_unit": "个",
    "kind": "level",
    "bound": "exact",
    "status": "achieved",
    "ambiguous": False,
    "rule": "grammar",
    "reason": "clause",
    "where": "line 1",
}


def figure(report: Report, text: str, name: str, **fields: Any) -> Metric:
    start = report.text.index(text)
    sentence = next((s for s in report.sentences if s.start <= start < s.end), Span(start, start))
    found = {
        "id": f"m{start}",
        "report": report.title,
        "source": report.source.path,
        "text_sha256": report.source.text_sha256,
        "region": report.region,
        "year": report.year,
        "year_source": report.year_source,
        "name": name,
        "text": text,
        "start": start,
        "end": start + len(text),
        "sentence": report.text[sentence.start : sentence.end],
        "sentence_start": sentence.start,
    }
    return Metric(**{**PLAIN, **found, **fields})


def topic(report: Report, text: str) -> Topic:
    start = report.text.index(text)
    return Topic(text, start, start + len(text), report.body.end, None)
