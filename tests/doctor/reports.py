"""A whole report, written for the tests, and what can be wrong with it."""

from __future__ import annotations

from tests.sources.makers import REPORT


def whole_report() -> list[str]:
    """Return the paragraphs of a report long enough to be one: 清河市, dated 2024-01-16, reviewing 2023."""
    paragraphs = []
    for number, text in enumerate(REPORT):
        paragraphs.append(text)
        if text.startswith("（"):
            paragraphs += [_filler(number, place) for place in "东西南北中上下"]
    return paragraphs


def _filler(number: int, place: str) -> str:
    """Return a paragraph without a figure, in which no clause is like one of another paragraph."""
    name = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"[number]
    return (
        f"清河{place}部片区扎实推进{name}类工程，{name}{place}两地的营商环境不断优化，{place}城{name}街的河湖面貌焕然一新，"
        f"{name}镇{place}村的文化旅游加快融合，{place}岸{name}线的生态修复全面展开，{name}系{place}段的基层治理水平明显提高，"
        f"{place}园{name}企的创新活力持续迸发，{name}校{place}区的教育质量稳步提升，{place}院{name}科的医疗服务更加便捷。"
    )


WHOLE = "\n".join(whole_report())
