"""Answers from reports and their metrics: section summaries, search, keywords, ledger, evidence.

Importing it loads no segmenter: that comes with the first call that segments.
"""

from __future__ import annotations

from dalian_report.explore.evidence import Check, Readings, check_record, fault_of, read_anew
from dalian_report.explore.keywords import Keyword, keywords
from dalian_report.explore.ledger import LedgerEntry, account_for
from dalian_report.explore.search import Hit, search
from dalian_report.explore.summary import SectionSummary, SummaryOptions, summarise

__all__ = [
    "Check",
    "Hit",
    "Keyword",
    "LedgerEntry",
    "Readings",
    "SectionSummary",
    "SummaryOptions",
    "account_for",
    "check_record",
    "fault_of",
    "keywords",
    "read_anew",
    "search",
    "summarise",
]
