"""What somebody types while `Sửa giúp` or `Hoàn tác` is at work is never written over."""

from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from papi_xl import macros, schema
from tests import fixes_workbook
from tests.clicks import Clerk, click
from tests.fixes_workbook import SHEET

CHANGED = 'Ô {} của trang "{}" vừa thay đổi khi nút đang chạy nên chưa ghi gì. Bấm lại nút đó.'
Type = Callable[[xw.Sheet], None]


class Typing(Clerk):
    """A clerk who types something before saying yes."""

    typing: Callable[[], None]

    def __call__(self, prompt: str, title: str, buttons: str | None, mode: str | None) -> str:
        """Type where something is asked, then answer."""
        if buttons == "yes_no":
            self.typing()
        return super().__call__(prompt, title, buttons, mode)


@pytest.fixture
def book(office: xw.App, tmp_path: Path) -> xw.Book:
    """Give the clerk's workbook, open."""
    fixes_workbook.write(tmp_path / "own.xlsx")
    return office.books.open(str(tmp_path / "own.xlsx"))


def held(book: xw.Book) -> dict[str, object]:
    """Return what the formula bar shows of every cell of the two sheets, by sheet."""
    return {sheet.name: sheet["A1:I30"].formula for sheet in book.sheets}


def clicked_meanwhile(book: xw.Book, macro: Callable[[], None], typing: Callable[[], None]) -> Clerk:
    """Click, and answer yes after ``typing``."""
    clerk = Typing(yes=True)
    clerk.typing = typing
    return click(book, macro, clerk)


def value(cell: str, new: object) -> Type:
    """Return what types a value into a cell."""

    def typing(sheet: xw.Sheet) -> None:
        sheet[cell].value = new

    return typing


@pytest.mark.parametrize("macro", [macros.fix, macros.undo_fixes])
@pytest.mark.parametrize(
    ("typing", "cell"),
    [
        (value("F3", "Hoàn thành"), "F3"),
        (value("F3", None), "F3"),
        (value("B4", '="Họp phụ huynh"'), "B4"),
        (value("A7", "9.9."), "A7"),
        (lambda sheet: sheet.range("3:3").insert("down"), "B3"),
        (lambda sheet: sheet.range("3:3").delete("up"), "B3"),
        (lambda sheet: setattr(sheet, "name", "Tên khác"), "B3"),
    ],
    ids=["other", "emptied", "formula", "number", "row put in", "row gone", "sheet renamed"],
)
def test_nothing_is_written_over_what_was_typed(
    book: xw.Book, macro: Callable[[], None], typing: Type, cell: str
) -> None:
    """The message names the cell; all stays as it was typed, and the next click works."""
    if macro is macros.undo_fixes:
        click(book, macros.fix, Clerk(yes=True))
    seen: list[object] = []

    def type_and_look() -> None:
        typing(book.sheets[SHEET])
        seen.append(held(book))

    clerk = clicked_meanwhile(book, macro, type_and_look)
    assert clerk.heard == [CHANGED.format(cell, SHEET)]
    assert seen == [held(book)]
    assert "ngoài dự kiến" not in click(book, macro, Clerk(yes=True)).heard[0]


@pytest.mark.parametrize("macro", [macros.fix, macros.undo_fixes])
def test_what_is_typed_elsewhere_stays_and_keeps_nothing_up(book: xw.Book, macro: Callable[[], None]) -> None:
    if macro is macros.undo_fixes:
        click(book, macros.fix, Clerk(yes=True))
    clerk = clicked_meanwhile(book, macro, lambda: value("H3", "Vừa gõ")(book.sheets[SHEET]))
    assert clerk.heard[0].startswith("Đã sửa 13 ô." if macro is macros.fix else "Đã trả lại giá trị cũ")
    assert book.sheets[SHEET]["H3"].value == "Vừa gõ"
    assert (schema.FIX_LOG in [one.name for one in book.sheets]) == (macro is macros.fix)
