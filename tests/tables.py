"""Workbooks written as text tables, so that a test shows what a person would see.

A line is a row, `|` parts its cells, an empty cell is empty. `#3.1` is a number, `!#REF!` an error value,
`2021-06-30` a date, `«a »` keeps its spaces. A table whose first row names no task column stands under the
template's headers, which are row 1. Lines that begin with `@` set up what cells cannot say: `@merge A2:B3`,
`@hide 3 4 E`, `@meta key=value; …`, `@info key=value; …`, `@sheet Name`, `@font B2:C3=.VnTime D2=VNI-Times`
(what the cells hold is then understood as in these fonts).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

import pandas as pd

from papi_xl import schema
from papi_xl.check import Result, check
from papi_xl.headers import candidates
from papi_xl.legacy import Run, as_meant, encoding_of_font, is_text
from papi_xl.raw import Area, Cell, CellError, RawSheet, RawWorkbook
from papi_xl.text import header_key

AS_OF = date(2021, 6, 30)
TODAY = date(2026, 11, 23)
HEADERS = tuple(column.header for column in schema.COLUMNS)


def cell(text: str) -> Cell:
    """Return the cell that a text of the table stands for."""
    text = text.strip()
    if text.startswith("!#"):
        return CellError(text[1:])
    if re.fullmatch(r"#-?\d+(\.\d+)?", text):
        return float(text[1:])
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    if text.startswith("«"):
        return text[1:-1].replace("\\u00a0", "\u00a0").replace("\\n", "\n")
    return text or None


def workbook(table: str) -> RawWorkbook:
    """Return the workbook that ``table`` describes."""
    lines = [line.strip() for line in table.strip("\n").splitlines() if line.strip()]
    marks = [line[1:].partition(" ") for line in lines if line.startswith("@")]
    rows = [[cell(text) for text in line.split("|")] for line in lines if not line.startswith("@")]
    if not any(_names_task(row) for row in rows):
        rows.insert(0, list(HEADERS))
    setup = {kind: rest for kind, _, rest in marks}
    hidden = setup.get("hide", "").split()
    sheet = RawSheet(
        name=setup.get("sheet", "Bảng"),
        rows=rows,
        numbers=range(1, len(rows) + 1),
        merges=tuple(area(one) for one in setup.get("merge", "").split()),
        hidden_rows=frozenset(int(one) for one in hidden if one.isdecimal()),
        hidden_columns=frozenset(ord(one) - 64 for one in hidden if one.isalpha()),
    )
    sheet = as_meant(sheet, dict(_in_fonts(sheet, setup.get("font", ""))))
    info = _pairs(setup.get("info", ""))
    cells = {field.key: (schema.INFO, index, 2) for index, field in enumerate(schema.INFO_FIELDS, start=1)}
    meta = _pairs(setup.get("meta", ""))
    return RawWorkbook("bang.xlsx", (sheet,), info, cells if "info" in setup else {}, meta)


def run(table: str, as_of: date | None = AS_OF) -> Result:
    """Check the workbook that ``table`` describes."""
    return check(workbook(table), as_of=as_of, today=TODAY)


def tasks_of(result: Result) -> pd.DataFrame:
    """Return the tasks of a checked workbook that has a task table."""
    assert result.batch is not None
    return result.batch.tasks


def found(table: str, rule: str | None = None, as_of: date | None = AS_OF) -> list[str]:
    """Return the cells at which ``rule`` is broken, or `rule cell` for every finding without one."""
    findings = run(table, as_of).findings
    if rule is None:
        return [f"{finding.rule} {finding.cell or '-'}" for finding in findings]
    return [finding.cell or "-" for finding in findings if finding.rule == rule]


def area(text: str) -> Area:
    """Return the area that an address such as ``A2:B3`` or ``A2`` names; single-letter columns only."""
    match = re.fullmatch(r"([A-Z])(\d+)(?::([A-Z])(\d+))?", text)
    assert match, text
    left, top = match[1], match[2]
    return Area(int(top), ord(left) - 64, int(match[4] or top), ord(match[3] or left) - 64)


def _in_fonts(sheet: RawSheet, setup: str) -> Iterator[tuple[tuple[int, int], list[Run]]]:
    """Yield the texts of the cells that are set in fonts, by (row, column)."""
    for text, _, font in (one.partition("=") for one in setup.split()):
        top, left, bottom, right = area(text)
        for place in product(range(top, bottom + 1), range(left, right + 1)):
            held = sheet.cell(*place)
            if is_text(held):
                yield place, [Run(encoding_of_font(font), held)]


def _names_task(row: Sequence[Cell]) -> bool:
    return any(candidates().get(header_key(str(one))) == ("task",) for one in row if one)


def _pairs(text: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in text.split(";") if "=" in pair)
    return {key.strip(): value.strip() for key, _, value in pairs}
