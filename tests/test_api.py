"""The public names of the package."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import pytest

import dalian_report
from dalian_report import model

SLOW = "(?:[^。]*,)*[^。]*泊位(?P<value>{number})!!"


def test_every_public_name_is_there() -> None:
    assert dalian_report.__all__ == sorted(dalian_report.__all__)
    for name in dalian_report.__all__:
        assert getattr(dalian_report, name).__doc__
        assert name in dir(dalian_report)
    assert dalian_report.Metric is model.Metric
    with pytest.raises(AttributeError, match="no attribute 'Metrics'"):
        dalian_report.Metrics  # type: ignore[attr-defined]  # noqa: B018


def test_the_package_imports_nothing_until_asked() -> None:
    code = (
        "import sys, dalian_report\n"
        "print([name for name in sys.modules if name.startswith('dalian_report.')])\n"
        "from dalian_report import Metric, Span, SourceError\n"
        "print(Metric.__module__, SourceError.__module__)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines() == ["[]", "dalian_report.model dalian_report.errors"]


def test_a_rule_out_of_time_is_a_warning(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(
        "dreport: 1\nrules:\n  - key: slow\n    name: 慢\n    area: 其他\n"
        f"    pattern: '{SLOW}'\n"
        "    examples:\n      - {text: 泊位4万个, none: true}\n      - {text: 车位4万个, none: true}\n",
        encoding="utf-8",
    )
    rules = dalian_report.load_rules(config)
    report = dalian_report.parse_report(f"报告\n\n（一）甲{',乙' * 4000}泊位4万个。\n")
    with pytest.warns(dalian_report.ExtractionWarning, match="^-: rule slow: out of time") as caught:
        assert len(dalian_report.extract(report, rules)) == 1
    assert caught[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dalian_report.extract(report, ())
