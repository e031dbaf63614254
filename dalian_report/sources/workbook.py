"""Excel workbooks: the rows of each sheet as text. Needs openpyxl, the extra `xlsx`."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from dalian_report.errors import SourceError
from dalian_report.sources.archive import DAMAGES, refuse_traps
from dalian_report.sources.extras import missing
from dalian_report.sources.limits import Budget
from dalian_report.sources.places import source_name

_WHAT = "Excel workbook"
_DAMAGES = (*DAMAGES, SyntaxError, AttributeError, TypeError, ArithmeticError)


def open_sheets(
    archive: zipfile.ZipFile, data: bytes, path: str, budget: Budget
) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Yield each sheet by its name, with the number and the cells of its rows; values, no formulas.

    `archive` is `data` opened.
    """
    name = source_name(path)
    refuse_traps(archive, name, _WHAT, budget)
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise missing("xlsx", "Excel workbooks", where=name) from error
    with _damages_told(name), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and checks that it does not keep
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = list(book.worksheets)
    try:
        for sheet in sheets:
            yield sheet.title, _rows(sheet, name, budget)
    finally:
        book.close()


def _rows(sheet: Any, name: str, budget: Budget) -> Iterator[tuple[int, list[str]]]:
    with _damages_told(name), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            budget.check()
            yield number, [_text(cell) for cell in cells]


@contextmanager
def _damages_told(name: str) -> Iterator[None]:
    """Turn what a broken workbook raises into a SourceError."""
    try:
        yield
    except _DAMAGES as error:
        why = f"{type(error).__name__}: {error}"
        raise SourceError(
            "a damaged Excel workbook",
            where=name,
            why=" ".join(why.split())[:120],
            remedy="Open it in Excel and save it again.",
        ) from error


def _text(value: Any) -> str:
    """Return a cell's value as text: `2024.0` is 2024, a date is ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return text.replace("_x000D_", "\r") if "_x000D_" in text else text
