"""Reading values with openpyxl: slower and more lenient, for what python-calamine gives up."""

import io
import warnings
from datetime import datetime, time

from openpyxl import load_workbook

from papi_xl.raw import Cell


def read_values(payload: bytes) -> list[list[list[Cell]]]:
    """Return the rows of every sheet of an .xlsx file, in order, typed as python-calamine types them.

    Raises whatever openpyxl raises on a workbook that it cannot read.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(payload), read_only=True, data_only=True)
        try:
            sheets = []
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                rows = sheet.iter_rows(values_only=True)
                sheets.append([[_typed(value) for value in row] for row in rows])
            return sheets
        finally:
            book.close()


def _typed(value: object) -> Cell:
    """Return numbers as floats and days without a time of day as dates."""
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value  # type: ignore[return-value]
