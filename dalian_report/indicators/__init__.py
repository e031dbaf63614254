"""Report and rules to metrics: the grammar names every figure, the rules give indicators their key."""

from dalian_report.indicators.engine import Candidate, PatternHit, RuleEngine
from dalian_report.indicators.metrics import Extraction, curl_quotes, extract_metrics

__all__ = ["Candidate", "Extraction", "PatternHit", "RuleEngine", "curl_quotes", "extract_metrics"]
