"""Gold without text: records whose words are spans into a report that is kept elsewhere."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple


class Annotated(NamedTuple):
    """A report of the shared folder with its gold; `within` is the span that was annotated."""

    report: Path
    text: str
    within: tuple[int, int]
    records: list[dict[str, Any]]


def report_of(gold: Path, shared: Path) -> Path:
    """Return the path of the report that a gold file annotates."""
    with gold.open(encoding="utf-8") as file:
        return shared / str(json.loads(file.readline())["report"])


def read_annotated(gold: Path, shared: Path) -> Annotated:
    """Return a gold file with its words read from the report.

    Raises ValueError where the report's decoded text is not the one that was annotated.
    """
    from dalian_report import read_report

    head, *lines = gold.read_text(encoding="utf-8").splitlines()
    about = json.loads(head)
    path = shared / about["report"]
    text = read_report(path).text
    found = hashlib.sha256(text.encode()).hexdigest()
    if found != about["text_sha256"]:
        raise ValueError(f"{path}: its text is not the one that {gold.name} annotates")
    start, end = about["within"] or (0, len(text))
    return Annotated(path, text, (start, end), [_with_words(json.loads(line), text) for line in lines])


def _with_words(record: dict[str, Any], text: str) -> dict[str, Any]:
    words = {field: "".join(text[start:end] for start, end in record[field]) for field in ("name", "extent")}
    return {**record, **words, "text": text[record["start"] : record["end"]]}
