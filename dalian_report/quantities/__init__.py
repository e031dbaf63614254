"""Text to quantities: numerals (Arabic, Chinese, mixed), units, bounds, ranges, ranks."""

from dalian_report.quantities.numbers import Number, find_numbers
from dalian_report.quantities.scan import Exclusion, Scan, find_quantities

__all__ = ["Exclusion", "Number", "Scan", "find_numbers", "find_quantities"]
