"""Answers from reports and their metrics: section summaries, search, keywords.

Importing it loads no segmenter: jieba comes with the first call of `keywords`.
"""

from __future__ import annotations

from dalian_report.explore.keywords import Keyword, keywords
from dalian_report.explore.search import Hit, search
from dalian_report.explore.summary import SectionSummary, summarise

__all__ = ["Hit", "Keyword", "SectionSummary", "keywords", "search", "summarise"]
