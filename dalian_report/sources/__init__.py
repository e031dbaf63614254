"""Bytes to text: finding files, telling their format, decoding them strictly, reading every format."""

from dalian_report.sources.places import Located, Skipped, file_of, locate, real_path, source_name
from dalian_report.sources.reading import (
    make_source,
    read_bytes,
    read_each,
    read_file,
    read_sources,
    read_within,
)
from dalian_report.sources.records import read_records
from dalian_report.sources.source import ROLES, ReadOptions
from dalian_report.sources.where import Locator, original_span, where

__all__ = [
    "ROLES",
    "Located",
    "Locator",
    "ReadOptions",
    "Skipped",
    "file_of",
    "locate",
    "make_source",
    "original_span",
    "read_bytes",
    "read_each",
    "read_file",
    "read_records",
    "read_sources",
    "read_within",
    "real_path",
    "source_name",
    "where",
]
