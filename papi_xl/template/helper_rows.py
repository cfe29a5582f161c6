"""The hidden columns of the sheet `Tổng hợp` that read the task table, one row a row of it.

What they give is that of `parse` and `completion`, with these limits: merged cells count in their first row
only; a domain's heading has its number and name in cells of their own; of several dates in one timing the
last counts, and ranges of periods without a year are not read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from xlsxwriter.utility import xl_col_to_name

from papi_xl import schema
from papi_xl.template import formulas_rows, formulas_timing
from papi_xl.template.book import TemplateSheet
from papi_xl.template.filling import TASK_HEADER_ROW
from papi_xl.template.formulas import resolve
from papi_xl.template.styles import Looks

LAST_READ: Final = TASK_HEADER_ROW + 400
"""The last row of the task sheet that is read."""
STATE_NAME: Final = "th_DanhGia"
ROLE_NAME: Final = "th_LoaiDong"
"""Defined names of the columns that hold state and role of each row of the task sheet."""
AS_OF: Final = "$R$2"
"""The as-of date: that of `Thông tin`, a date or a text such as 30/6/2021, else today."""

_FIXED_COLUMN: Final = 17
_FIRST_COLUMN: Final = 19
_FIXED: Final = {"header_row": "$R$1", "as_of": AS_OF, "plan_year": "$R$3"}
_DAY: Final = schema.INFO_BY_KEY["as_of"].name
_YEAR: Final = schema.INFO_BY_KEY["year"].name
_SLASH: Final = f'FIND("/",{_DAY})'
_SECOND: Final = f'FIND("/",{_DAY},{_SLASH}+1)'
_FIXED_FORMULAS: Final = {
    "header_row": (
        f"=IFERROR(MATCH(\"{schema.BY_KEY['task'].header}\",'{schema.TASKS}'!$B:$B,0),{TASK_HEADER_ROW})"
    ),
    "as_of": (
        f"=IF(ISNUMBER({_DAY}),INT({_DAY}),IFERROR(DATE("
        f"VALUE(MID({_DAY},{_SECOND}+1,4)),VALUE(MID({_DAY},{_SLASH}+1,{_SECOND}-{_SLASH}-1)),"
        f"VALUE(LEFT({_DAY},{_SLASH}-1))),TODAY()))"
    ),
    "plan_year": f"=IF(ISNUMBER({_YEAR}),{_YEAR},IFERROR(VALUE(TRIM({_YEAR})),YEAR({AS_OF})))",
}


@dataclass(frozen=True)
class Lists:
    """Absolute references into `Danh mục`: the known statuses in compared form, and their numbers."""

    status_keys: str
    status_numbers: str


def write_reading(sheet: TemplateSheet, looks: Looks, lists: Lists, first_hidden: int) -> Mapping[str, str]:
    """Write the columns, hidden from column ``first_hidden`` (0-based) on.

    Returns:
        The absolute range of each column by name; `formulas_rows` and `formulas_timing` say what it holds.
    """
    columns = (*formulas_rows.columns(lists.status_keys, lists.status_numbers), *formulas_timing.columns())
    letters = {name: xl_col_to_name(column) for column, (name, _) in enumerate(columns, start=_FIRST_COLUMN)}
    for row, name in enumerate(_FIXED):
        sheet.write_formula(row, _FIXED_COLUMN, _FIXED_FORMULAS[name], None, "")
    for row in range(1, LAST_READ + 1):
        for column, (_, formula) in enumerate(columns, start=_FIRST_COLUMN):
            sheet.write_formula(row - 1, column, resolve(formula, row, letters, _FIXED), None, "")
    sheet.set_column(first_hidden, _FIRST_COLUMN + len(columns) - 1, None, None, {"hidden": True})
    ranges = {name: f"${letter}$1:${letter}${LAST_READ}" for name, letter in letters.items()}
    for defined, name in ((STATE_NAME, "state"), (ROLE_NAME, "role")):
        looks.book.define_name(defined, f"='{schema.SUMMARY}'!{ranges[name]}")
    return ranges
