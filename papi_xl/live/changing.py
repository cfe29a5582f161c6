"""Change cells of the open workbook: values, number formats, fonts, and looks inside a text."""

from collections.abc import Mapping
from typing import NamedTuple

import xlwings as xw

from papi_xl.fixes import TEXT
from papi_xl.live.blocks import Cell, alike, block, runs
from papi_xl.live.pieces import Pieces, put
from papi_xl.live.typed import as_text

Value = str | float | bool | None


class New(NamedTuple):
    """What a cell is to hold: ``None`` for nothing; a number format and a font where they are to change.

    ``is_text`` says whether the cell's number format, the new one if any, keeps what is typed as text.
    ``pieces`` are those of a text with more than one look.
    """

    value: Value
    number_format: str | None = None
    font: str | None = None
    is_text: bool = False
    pieces: Pieces = ()


def write(sheet: xw.Sheet, cells: Mapping[Cell, New]) -> None:
    """Write the cells, number formats first, since they decide what a value becomes."""
    for code, column, rows in alike({cell: new.number_format for cell, new in cells.items()}):
        if code is not None:
            block(sheet, column, rows).number_format = code
    filled = {cell: new for cell, new in cells.items() if new.value is not None}
    for column, rows in runs(cells.keys() - filled.keys()):
        block(sheet, column, rows).clear_contents()
    for column, rows in runs(filled):
        block(sheet, column, rows).value = [[_typed(filled[row, column])] for row in rows]
    for name, column, rows in alike({cell: new.font for cell, new in cells.items()}):
        if name is not None:
            block(sheet, column, rows).font.name = name
    for cell, new in filled.items():
        if new.pieces:
            put(sheet.range(cell), new.pieces)


def is_text_format(code: str | None) -> bool:
    """Whether a number format keeps what is typed as text."""
    return code == TEXT


def _typed(new: New) -> Value:
    return as_text(new.value, is_text=new.is_text) if isinstance(new.value, str) else new.value
