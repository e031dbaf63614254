from __future__ import annotations

import pytest

from dalian_report.model import Metric, Report
from tests.explore.hand_made import build, figure


@pytest.fixture
def report() -> Report:
    return build()


@pytest.fixture
def metrics(report: Report) -> tuple[Metric, ...]:
    return (
        figure(report, "４２００亿元", "海洋经济总产值", key="marine_economy_output"),
        figure(report, "3个", "海洋牧场", action="新建"),
        figure(report, "12.5万人", "新增就业", key="new_jobs"),
        figure(report, "13万人", "新增就业", key="new_jobs", status="target"),
    )
