"""Answers from reports and their metrics: section summaries, search, keywords, ledger, evidence.

Importing it loads no segmenter: jieba comes with the first call of `keywords` or `account_for`.
"""

from __future__ import annotations

from dalian_report.explore.evidence import Check, check_record, fault_of
from dalian_report.explore.keywords import Keyword, keywords
from dalian_report.explore.ledger import LedgerEntry, account_for
from dalian_report.explore.search import Hit, search
from dalian_report.explore.summary import SectionSummary, summarise

__all__ = [
    "Check",
    "Hit",
    "Keyword",
    "LedgerEntry",
    "SectionSummary",
    "account_for",
    "check_record",
    "fault_of",
    "keywords",
    "search",
    "summarise",
]
