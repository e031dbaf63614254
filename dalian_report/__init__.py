"""Reads Chinese government work reports and turns their prose into indicators.

>>> import dalian_report
>>> report = dalian_report.parse_report("一、2023年工作回顾\\n海洋经济总产值4200亿元、增长9%以上。")
>>> [(m.name, str(m.value), m.unit, m.kind, m.bound) for m in dalian_report.extract(report)]
[('海洋经济总产值', '4200', '亿元', 'level', 'exact'), ('海洋经济总产值', '9', '%', 'growth', 'at_least')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dalian_report.doctor import Diagnosis
    from dalian_report.errors import DReportError, EncodingError, RulesError, SourceError
    from dalian_report.model import (
        Cut,
        Metric,
        Quantity,
        Report,
        Rule,
        Section,
        Source,
        Span,
        Topic,
    )

__version__ = "0.1.0"
__all__ = [
    "Cut",
    "DReportError",
    "EncodingError",
    "ExtractionWarning",
    "Metric",
    "Quantity",
    "Report",
    "Rule",
    "RulesError",
    "Section",
    "Source",
    "SourceError",
    "Span",
    "Topic",
    "diagnose",
    "extract",
    "load_rules",
    "original_span",
    "parse_report",
    "read_report",
    "read_reports",
]


class ExtractionWarning(RuntimeWarning):
    """Something that the metrics of a report lack, such as those of a rule that ran out of time."""


def read_reports(path: str | Path, *, encoding: str | None = None, normalize: bool = False) -> list[Report]:
    """Return the reports of one file (`-` for standard input), of a table those of its rows.

    `normalize` gives a repaired view, whose spans `original_span` leads back to the file's own text. Raises
    SourceError for a file that cannot be read and EncodingError for bytes that are no text.
    """
    from dalian_report.document import build_report
    from dalian_report.sources import read_sources

    sources = read_sources(str(path), encoding=encoding)
    if normalize:
        from dalian_report.document.repair import repair

        sources = [repair(source) for source in sources]
    return [build_report(source) for source in sources]


def read_report(path: str | Path, *, encoding: str | None = None) -> Report:
    """Return the first report of a file; the errors are those of `read_reports`."""
    return read_reports(path, encoding=encoding)[0]


def parse_report(text: str) -> Report:
    """Return a report from text that is already decoded."""
    from dalian_report.document import build_report
    from dalian_report.sources import make_source

    return build_report(make_source(text))


def original_span(report: Report, start: int, end: int) -> Span:
    """Return the span of the file's own text that a span of a repaired report comes from."""
    from dalian_report.sources import original_span

    return original_span(report.source, start, end)


def diagnose(report: Report) -> Diagnosis:
    """Return whether a report is what it claims to be: a verdict, and findings with evidence and remedy."""
    from dalian_report.doctor import diagnose

    return diagnose(report)


def load_rules(config: str | Path | None = None) -> tuple[Rule, ...]:
    """Return the rules of a config file; without one, those that are shipped.

    Raises RulesError with all faults of the file.
    """
    from pathlib import Path

    from dalian_report.config import load_settings
    from dalian_report.data import shipped

    path = str(config) if config is not None else str(shipped("config.yaml"))
    return load_settings(path, cwd=Path.cwd(), environ={}).rules


def extract(
    report: Report, rules: Sequence[Rule] | None = None, *, qualitative: bool = False
) -> list[Metric]:
    """Return the metrics of a report in text order, keyed by the rules (the shipped ones by default).

    `qualitative` adds targets and results without a number (与经济增长同步), of type `relation`. Every
    metric's `text` is `report.text[start:end]`; amounts are in base units, falls negative. A rule that runs
    out of its time is left out, with an ExtractionWarning that names it.
    """
    from warnings import warn

    from dalian_report.indicators import RuleEngine, extract_metrics

    engine = RuleEngine(load_rules() if rules is None else rules)
    extraction = extract_metrics(report, engine, qualitative=qualitative)
    for note in extraction.notes:
        warn(f"{report.source.path}: {note}", ExtractionWarning, stacklevel=2)
    return list(extraction.metrics)


if not TYPE_CHECKING:  # to type checkers the names are imported above, and others are mistakes

    def __getattr__(name: str) -> object:
        """Return a core type or an error; their modules are imported when one is first asked for."""
        if name in __all__:
            import dalian_report.errors
            import dalian_report.model

            for room in (dalian_report.model, dalian_report.errors):
                if hasattr(room, name):
                    return getattr(room, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        """Return the names of the module, also those that are not imported yet."""
        return sorted({*globals(), *__all__})
