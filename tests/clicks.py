"""Clicks in a live LibreOffice: the macros themselves, what they said, and what the saved file shows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
import xlwings as xw
from openpyxl.cell import Cell, MergedCell
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from papi_xl import schema
from papi_xl.live import session

OURS = '"papi_xl"="papi_xl"'
LEVELS = {"FFE57373": "errors", "FFFFB74D": "warnings", "FF64B5F6": "infos"}


@dataclass
class Clerk:
    """Who clicks: hears the messages, answers questions as told, chooses ``folder`` or presses Cancel."""

    yes: bool = False
    folder: Path | str | None = None
    heard: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __call__(self, prompt: str, title: str, buttons: str | None, mode: str | None) -> str:
        """Note what is shown, and press the button."""
        assert (title, mode in {"info", "critical"}) == ("PAPI", True)
        if buttons == "yes_no":
            self.asked.append(prompt)
            return "yes" if self.yes else "no"
        self.heard.append(prompt)
        return "ok"

    def choose(self, title: str) -> str | None:
        """Note the title of the dialog for a folder, and choose."""
        self.asked.append(title)
        return None if self.folder is None else str(self.folder)


def click(book: xw.Book, macro: Callable[[], None], clerk: Clerk | None = None) -> Clerk:
    """Run ``macro`` as the button does for ``book``."""
    clerk = clerk or Clerk()
    book.app.impl.answers, book.app.impl.folders = clerk, clerk.choose
    with session.called_from(book):
        macro()
    return clerk


def saved(book: xw.Book, path: Path) -> openpyxl.Workbook:
    """Save a copy and return it as openpyxl reads it."""
    book.save(str(path))
    return openpyxl.load_workbook(path)


def settle(book: xw.Book, path: Path) -> None:
    """Save a copy whose looks are to be compared with those of later ones.

    It is saved twice: Calc writes number formats of its own for some formulas' cells from the second time on.
    """
    book.save(str(path))
    book.save(str(path))


def settled(book: xw.Book, path: Path) -> openpyxl.Workbook:
    """Do as :func:`settle`, and return the copy as openpyxl reads it."""
    settle(book, path)
    return openpyxl.load_workbook(path)


def listed(book: openpyxl.Workbook) -> list[tuple[Any, ...]]:
    """Return the lines of the sheet of findings: number, level, cell, what is wrong, what to do."""
    return [tuple(row) for row in book[schema.FINDINGS].iter_rows(min_row=4, max_col=5, values_only=True)]


def linked(book: openpyxl.Workbook) -> dict[str, str]:
    """Return where each link of the sheet of findings leads, by the text of its cell."""
    sheet = book[schema.FINDINGS]
    cells = [row[2] for row in sheet.iter_rows(min_row=4, max_col=3)]
    return {str(cell.value): str(cell.hyperlink.location) for cell in cells if cell.hyperlink}


def marked(sheet: Worksheet) -> dict[str, str]:
    """Return the cells of a sheet that carry a mark of ours, with its class."""
    found = {}
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if rule.formula == [OURS]:
                level = LEVELS[rule.dxf.fill.bgColor.rgb]
                for part in area.sqref.ranges:
                    found.update({f"{sheet.cell(*cell).coordinate}": level for cell in part.cells})
    return found


ROWS = (1, 2, 4, 5, 6, 7, 30, 99, 404)


def rules(sheet: Worksheet) -> set[tuple[str, int, str]]:
    """Return the user's conditional formats as cells of some rows see them: cell, order of rules, formula."""
    areas = sorted(
        ((rule.priority, area, rule) for area in sheet.conditional_formatting for rule in area.rules
         if rule.formula != [OURS]),
        key=lambda one: one[0],
    )  # fmt: skip
    seen: dict[str, list[str]] = {}
    for _, area, rule in areas:
        origin = min(area.sqref.ranges, key=lambda part: (part.min_row, part.min_col))
        first = f"{get_column_letter(origin.min_col)}{origin.min_row}"
        for part in area.sqref.ranges:
            for row in ROWS:
                for column in (
                    range(part.min_col, part.max_col + 1) if part.min_row <= row <= part.max_row else ()
                ):
                    cell = f"{get_column_letter(column)}{row}"
                    text = " ".join(rule.formula)
                    seen.setdefault(cell, []).append(Translator(f"={text}", first).translate_formula(cell))
    return {(cell, index, text) for cell, texts in seen.items() for index, text in enumerate(texts)}


def looks(book: openpyxl.Workbook, *but: str) -> dict[str, Any]:
    """Return what every cell of every sheet holds and how it looks, but for the sheets named."""
    of_style: dict[int, tuple[Any, ...]] = {}
    return {
        f"{sheet.title}!{cell.coordinate}": (cell.value, *_look(cell, of_style))
        for sheet in book
        if sheet.title not in but
        for row in sheet.iter_rows()
        for cell in row
    } | {
        sheet.title: (
            sheet.sheet_state,
            {row: kept.height for row, kept in sheet.row_dimensions.items() if row <= sheet.max_row},
            {letter: kept.width for letter, kept in sheet.column_dimensions.items()},
        )
        for sheet in book
        if sheet.title not in but
    }  # fmt: skip


def _look(cell: Cell | MergedCell, of_style: dict[int, tuple[Any, ...]]) -> tuple[Any, ...]:
    """Return how a cell looks, which ``of_style`` holds for cells of one style: openpyxl is slow to tell."""
    if cell.style_id not in of_style:
        of_style[cell.style_id] = (
            cell.fill.fgColor.rgb, cell.font.name, cell.font.b, cell.font.sz, cell.number_format,
            cell.border.left.style, cell.alignment.horizontal, cell.alignment.wrap_text,
        )  # fmt: skip
    return of_style[cell.style_id]


TASKS = 5_000


def write_many(path: Path, tasks: int = TASKS) -> None:
    """Write a table of so many tasks: every 100th has an unknown status, every 50th lacks its lead."""
    with xlsxwriter.Workbook(path) as book:
        sheet, blue = book.add_worksheet("Kế hoạch 2021"), book.add_format({"bg_color": "#CCE5FF"})
        sheet.write_row(0, 0, ["STT", "Nội dung", "Sản phẩm", "Chủ trì", "Thời gian", "Trạng thái"])
        for index in range(tasks):
            row = [
                f"{index * 8 // tasks + 1}.{index % (tasks // 8) + 1}.",
                f"Việc số {index}",
                "Văn bản",
                None if index % 50 == 1 else "Trường MN",
                "Thường xuyên",
                "xog" if index % 100 == 0 else "Đang thực hiện",
            ]
            for column, value in enumerate(row):
                sheet.write(index + 1, column, value, blue if index % 7 == 0 else None)
