"""Text to report: folding, page furniture, identity, outline, topics and sentences."""

from dalian_report.document.cleaning import clean_text
from dalian_report.document.parts import is_glossary
from dalian_report.document.regions import are_akin, count_regions, regions_in_stem, short_region
from dalian_report.document.report import build_report
from dalian_report.document.selection import (
    Selection,
    heading_as_read,
    part_at,
    section_at,
    select_sections,
    topic_at,
    words_as_read,
)
from dalian_report.folding import fold

__all__ = [
    "Selection",
    "are_akin",
    "build_report",
    "clean_text",
    "count_regions",
    "fold",
    "heading_as_read",
    "is_glossary",
    "part_at",
    "regions_in_stem",
    "section_at",
    "select_sections",
    "short_region",
    "topic_at",
    "words_as_read",
]
