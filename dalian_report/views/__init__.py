"""Rows to text: terminal table, JSON, JSON Lines, csv, tsv, Markdown."""

from __future__ import annotations

from .language import LANGUAGES, Language, language_of, said
from .records import record_keys
from .sinks import FORMATS, Format, Look, Sink, SvgSink, Theme, open_sink

__all__ = [
    "FORMATS",
    "LANGUAGES",
    "Format",
    "Language",
    "Look",
    "Sink",
    "SvgSink",
    "Theme",
    "language_of",
    "open_sink",
    "record_keys",
    "said",
]
