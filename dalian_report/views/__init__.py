"""Rows to text: terminal table, JSON, JSON Lines, csv, tsv, Markdown."""

from __future__ import annotations

from .records import record_keys
from .sinks import FORMATS, Format, Sink, open_sink

__all__ = ["FORMATS", "Format", "Sink", "open_sink", "record_keys"]
