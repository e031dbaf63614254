"""Bytes to text: finding files, decoding them strictly, reading plain text, Markdown and Word."""

from dalian_report.sources.places import Located, Skipped, locate, real_path, source_name
from dalian_report.sources.reading import make_source, read_sources
from dalian_report.sources.records import read_records

__all__ = [
    "Located",
    "Skipped",
    "locate",
    "make_source",
    "read_records",
    "read_sources",
    "real_path",
    "source_name",
]
