"""The buttons `Sửa giúp` and `Hoàn tác` on live workbooks in LibreOffice, read back from the files saved."""

import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from openpyxl.cell.rich_text import CellRichText

from papi_xl import macros, schema
from papi_xl.cli import main
from papi_xl.fixes import FIXABLE
from papi_xl.libreoffice import CALLS
from papi_xl.live import blocks, listing, own_sheets, session
from papi_xl.references import column_letters
from papi_xl.template import sources
from tests import fixes_workbook
from tests.clicks import Clerk, click, linked, listed, looks, marked, write_many
from tests.fixes_workbook import AFTER, BEFORE, FORMATS, SHEET

MOST_CALLS = 40
QUESTION = """\
Sửa giúp sẽ sửa 13 ô:
B3: "1-2 lần họp" (Sửa dấu, bỏ khoảng trắng thừa)
C3: "3/4" (Sửa dấu, bỏ khoảng trắng thừa)
F3: "Đang thưc hiện" → "Đang thực hiện"
G3: "khoảng 80%" → "80%"
A4: "03/02/2021" → "3.2."
B4: "Họp phụ huynh" (Sửa dấu, bỏ khoảng trắng thừa)
C4: "Biên bản" (Sửa dấu, bỏ khoảng trắng thừa)
G4: "đạt 80,5%" → "80,5%"
A5: "3.3" → "3.3."
A7: (trống) → "3.5."
… và 3 ô khác.

Giữ nguyên 1 ô (C6): ô có công thức, hoặc công thức khác dùng đúng nội dung này, nên giữ nguyên
Giữ nguyên 1 ô (F5): chưa chắc giá trị đúng, hãy tự sửa
Giá trị cũ được giữ ở trang "Nhật ký sửa", bấm Hoàn tác để trả lại.

Sửa ngay?
(Chọn Không để giữ nguyên biểu.)"""
TOLD = (
    'Đã sửa 13 ô. Giá trị cũ ở trang "Nhật ký sửa"; bấm Hoàn tác để trả lại như cũ, kể cả sau khi lưu.\n'
    "Kết quả: 1 lỗi, 1 cảnh báo, 1 gợi ý, 0 đã giải trình."
)


@pytest.fixture
def book(office: xw.App, tmp_path: Path) -> xw.Book:
    """Give the clerk's workbook, open, with E5 selected."""
    fixes_workbook.write(tmp_path / "own.xlsx")
    opened = office.books.open(str(tmp_path / "own.xlsx"))
    opened.sheets[SHEET].range("E5").select()
    return opened


def yes(book: xw.Book, macro: Any = macros.fix) -> Clerk:  # noqa: ANN401 (a macro)
    """Click and answer yes."""
    return click(book, macro, Clerk(yes=True))


def state(book: xw.Book, *but: str) -> dict[str, Any]:
    """Return what a saved copy holds and how it looks: values with the looks inside texts, links, notes.

    Heights of rows are left out: LibreOffice fits those that nobody set to what they hold.
    """
    path = Path(book.fullname).with_name("state.xlsx")
    book.impl.export(str(path), "Calc MS Excel 2007 XML")
    found = openpyxl.load_workbook(path, rich_text=True)
    held = {key: look[:-2] if "!" in key else (look[0], look[2]) for key, look in looks(found, *but).items()}
    for sheet in found:
        if sheet.title not in but:
            held[f"{sheet.title} marks"] = marked(sheet)
            held[f"{sheet.title} lists"] = sorted(
                (str(one.sqref), one.formula1) for one in sheet.data_validations.dataValidation
            )
            for row in sheet.iter_rows():
                for cell in row:
                    link = cell.hyperlink.target or cell.hyperlink.location if cell.hyperlink else None
                    note = cell.comment.text if cell.comment else None
                    held[f"{cell.coordinate} on {sheet.title}"] = (repr(cell.value), link, note)
    return held


def saved(book: xw.Book, *, rich: bool = False) -> openpyxl.Workbook:
    """Return a saved copy; the workbook stays where it is."""
    path = Path(book.fullname).with_name("copy.xlsx")
    book.impl.export(str(path), "Calc MS Excel 2007 XML")
    return openpyxl.load_workbook(path, rich_text=rich)


def values(book: xw.Book) -> dict[str, object]:
    sheet = saved(book)[SHEET]
    return {cell: sheet[cell].value for cell in BEFORE}


def where(book: xw.Book) -> tuple[str, str]:
    assert book.selection is not None
    return book.sheets.active.name, book.selection.address.replace("$", "")


def steps(book: xw.Book) -> int:
    """Return how many steps Calc's Undo knows."""
    return len(book.api.UndoManager.getAllUndoActionTitles())


def test_it_is_shown_first_and_no_changes_nothing(book: xw.Book) -> None:
    before = state(book)
    clerk = click(book, macros.fix)
    assert (clerk.asked, clerk.heard) == ([QUESTION], [])
    assert state(book) == before
    assert (steps(book), where(book)) == (0, (SHEET, "E5"))


def test_every_rule_is_mended_and_all_else_stays(book: xw.Book) -> None:
    """Values, number formats, log; colours, notes, lists, formulas, other sheets and the selection stay."""
    before = state(book)
    assert values(book) == BEFORE
    clerk = yes(book)
    assert (clerk.asked, clerk.heard) == ([QUESTION], [TOLD])
    assert values(book) == AFTER
    after = state(book, schema.FIX_LOG)
    assert after.keys() == before.keys()
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {f"{SHEET}!{cell}" for cell in AFTER} | {f"{cell} on {SHEET}" for cell in AFTER}
    for cell in AFTER:
        old, new = before[f"{SHEET}!{cell}"], after[f"{SHEET}!{cell}"]
        assert [one for index, one in enumerate(old) if index not in {0, 5}] == [
            one for index, one in enumerate(new) if index not in {0, 5}
        ] or cell in {"C7", "D7"}
        assert (old[5].replace("\\", ""), new[5]) == FORMATS.get(cell, (old[5].replace("\\", ""), old[5]))
    assert after[f"C4 on {SHEET}"] == ("'Biên bản'", "https://example.vn/bien-ban", None)
    assert after[f"F3 on {SHEET}"] == ("'Đang thực hiện'", None, "Hỏi lại cô Hoa")
    assert after[f"C6 on {SHEET}"] == ('\'="Tờ  "&"rơi"\'', None, None)
    assert (steps(book), where(book)) == (1, (SHEET, "E5"))


def test_looks_inside_a_text_stay(book: xw.Book) -> None:
    yes(book)
    text = saved(book, rich=True)[SHEET]["B7"].value
    assert isinstance(text, CellRichText)
    assert [(str(part), bool(part.font.b)) for part in text] == [  # type: ignore[union-attr]
        ("Trồng ", False), ("cây", True), (" xanh", False),
    ]  # fmt: skip


def test_looks_inside_a_text_stay_when_the_command_undoes_it(book: xw.Book) -> None:
    """The button's log knows no looks but fonts; the others are those of the text as it stands."""
    yes(book)
    made, back = (Path(book.fullname).with_name(name) for name in ("copy.xlsx", "back.xlsx"))
    saved(book)
    assert main(["fix", "--undo", str(made), "-o", str(back)]) == 0
    sheet = openpyxl.load_workbook(back, rich_text=True)[SHEET]
    assert [(str(part), bool(part.font.b)) for part in sheet["B7"].value] == [
        ("Trồng  ", False), ("cây ", True), ("xanh", False),
    ]  # fmt: skip
    assert [(str(part), part.font.rFont) for part in sheet["C7"].value] == [
        ("B¶ng ¶nh", ".VnTime"), (" (2)", "Calibri"),
    ]  # fmt: skip


def test_an_old_font_goes_and_comes_back(book: xw.Book) -> None:
    """Also where only a piece of the text is in it."""
    yes(book)
    sheet = saved(book)[SHEET]
    assert [sheet[cell].font.name for cell in ("C7", "D7")] == ["Times New Roman"] * 2
    yes(book, macros.undo_fixes)
    sheet = saved(book, rich=True)[SHEET]
    assert (sheet["D7"].value, sheet["D7"].font.name) == ("§oµn TN", ".VnTime")
    assert [(str(part), part.font.rFont) for part in sheet["C7"].value] == [
        ("B¶ng ¶nh", ".VnTime"), (" (2)", "Calibri"),
    ]  # fmt: skip


def test_the_log_says_what_was_done(book: xw.Book) -> None:
    """A line a cell with a link to it; what undoing needs stands in a hidden column; it prints across."""
    yes(book)
    found = saved(book)
    assert found.sheetnames == [SHEET, "Khác", schema.FIX_LOG]
    sheet = found[schema.FIX_LOG]
    assert sheet["A1"].value == "NHẬT KÝ SỬA"
    lines = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=4, max_col=7)]
    assert all(re.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d", str(line[2])) for line in lines)
    assert [(*line[:2], *line[3:]) for line in lines] == [
        (1, 1, "KH 2021!B3", "Sửa dấu, bỏ khoảng trắng thừa", " 1-2\u00a0lần họp ", "1-2 lần họp"),
        (2, 1, "KH 2021!C3", "Sửa dấu, bỏ khoảng trắng thừa", "3/4 ", "3/4"),
        (3, 1, "KH 2021!F3", "Sửa trạng thái", "Đang thưc hiện", "Đang thực hiện"),
        (4, 1, "KH 2021!G3", "Sửa tỷ lệ", "khoảng 80%", "80%"),
        (5, 1, "KH 2021!A4", "Chuyển số thứ tự thành chữ", "03/02/2021", "3.2."),
        (6, 1, "KH 2021!B4", "Sửa dấu, bỏ khoảng trắng thừa", BEFORE["B4"], "Họp phụ huynh"),
        (7, 1, "KH 2021!C4", "Sửa dấu, bỏ khoảng trắng thừa", "Biên  bản", "Biên bản"),
        (8, 1, "KH 2021!G4", "Sửa tỷ lệ", "đạt 80,5%", "80,5%"),
        (9, 1, "KH 2021!A5", "Chuyển số thứ tự thành chữ", "3.3", "3.3."),
        (10, 1, "KH 2021!A7", "Thêm số thứ tự", "(trống)", "3.5."),
        (11, 1, "KH 2021!B7", "Sửa dấu, bỏ khoảng trắng thừa", "Trồng  cây xanh", "Trồng cây xanh"),
        (12, 1, "KH 2021!C7", "Chuyển phông chữ cũ sang Unicode", "B¶ng ¶nh (2)", "Bảng ảnh (2)"),
        (13, 1, "KH 2021!D7", "Chuyển phông chữ cũ sang Unicode", "§oµn TN", "Đoàn TN"),
    ]
    assert sheet["D6"].hyperlink.location.replace("$", "") == "'KH 2021'!F3"
    assert sheet.column_dimensions["H"].hidden
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)


def test_undo_at_once(book: xw.Book) -> None:
    """Every value, format, link and look inside a text is as before; Calc's own Undo knows it as one step."""
    before = state(book)
    yes(book)
    fixed = state(book, schema.FIX_LOG)
    clerk = click(book, macros.undo_fixes)
    assert clerk.heard == []
    assert state(book, schema.FIX_LOG) == fixed
    clerk = yes(book, macros.undo_fixes)
    question = clerk.asked[0].splitlines()
    assert re.fullmatch(r"Hoàn tác sẽ trả lại giá trị cũ cho 13 ô đã sửa lúc \S+ \S+:", question[0])
    assert question[1:4] == [
        'B3: "1-2 lần họp" (trả lại dấu và khoảng trắng cũ)',
        'C3: "3/4" (trả lại dấu và khoảng trắng cũ)',
        'F3: "Đang thực hiện" → "Đang thưc hiện"',
    ]
    assert clerk.heard == [
        "Đã trả lại giá trị cũ cho 13 ô.\nKết quả: 4 lỗi, 6 cảnh báo, 6 gợi ý, 0 đã giải trình."
    ]
    assert state(book) == before
    assert (steps(book), where(book)) == (2, (SHEET, "E5"))
    book.api.UndoManager.undo()
    assert values(book) == AFTER
    assert len(log_lines(book)) == 13


def test_undo_after_saving_closing_and_opening_again(office: xw.App, book: xw.Book) -> None:
    before = state(book)
    yes(book)
    path = book.fullname
    book.save()
    book.close()
    again = office.books.open(path)
    assert values(again) == AFTER
    yes(again, macros.undo_fixes)
    assert values(again) == BEFORE
    assert state(again) == before
    again.save()
    again.close()
    again = office.books.open(path)
    assert values(again) == BEFORE
    assert click(again, macros.undo_fixes).heard == ["Chưa có lần Sửa giúp nào để hoàn tác."]


def test_fixing_twice_changes_nothing(book: xw.Book) -> None:
    yes(book)
    before = state(book)
    clerk = yes(book)
    assert clerk.asked == []
    assert clerk.heard == [
        "Không có ô nào cần Sửa giúp.\nGiữ nguyên 1 ô (C6): ô có công thức, hoặc công thức khác dùng đúng "
        "nội dung này, nên giữ nguyên\n"
        "Giữ nguyên 1 ô (F5): chưa chắc giá trị đúng, hãy tự sửa\n"
        "Các lỗi khác cần tự sửa: bấm Kiểm tra để xem."
    ]
    assert state(book) == before


def test_what_was_typed_since_stays(book: xw.Book) -> None:
    """Also a formula that shows the very same value."""
    yes(book)
    sheet = book.sheets[SHEET]
    sheet["F3"].value, sheet["B4"].value = "Hoàn thành", '="Họp phụ huynh"'
    clerk = yes(book, macros.undo_fixes)
    kept = "Giữ nguyên 2 ô đã đổi sau lần sửa đó: F3, B4."
    assert kept in clerk.asked[0].splitlines()
    assert clerk.heard[0].splitlines()[0] == "Đã trả lại giá trị cũ cho 11 ô."
    assert clerk.heard[0].splitlines()[-1] == kept
    assert values(book) == {**BEFORE, "F3": "Hoàn thành", "B4": '="Họp phụ huynh"'}
    assert schema.FIX_LOG not in [one.name for one in book.sheets]


def test_batches_are_undone_last_first(book: xw.Book) -> None:
    """A second fix adds its lines under the first one's, and undoing takes only these away."""
    yes(book)
    book.sheets[SHEET]["F6"].value = "chưa thực hiên"
    clerk = yes(book)
    assert clerk.asked[0].startswith('Sửa giúp sẽ sửa 1 ô:\nF6: "chưa thực hiên" → "Chưa thực hiện"\n\n')
    assert [row[:2] for row in log_lines(book)][-2:] == [(13, 1), (14, 2)]
    yes(book, macros.undo_fixes)
    assert saved(book)[SHEET]["F6"].value == "chưa thực hiên"
    assert values(book) == AFTER
    assert [row[:2] for row in log_lines(book)][-1] == (13, 1)
    book.sheets[schema.FIX_LOG].activate()
    yes(book, macros.undo_fixes)
    assert values(book) == BEFORE
    assert book.sheets.active.name == SHEET


def log_lines(book: xw.Book) -> list[tuple[Any, ...]]:
    sheet = saved(book)[schema.FIX_LOG]
    return [tuple(row) for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]


def test_when_all_was_typed_anew_the_lines_can_go(book: xw.Book) -> None:
    book.sheets[SHEET]["A1:G7"].value = None
    book.sheets[SHEET]["A2"].value = [
        ["Nội dung", "Sản phẩm", "Chủ trì", "Thời gian"],
        ["Họp  phụ huynh", "Biên bản", "Trường MN", "Quý II/2021"],
    ]
    yes(book)
    book.sheets[SHEET]["A3"].value = "Trồng cây"
    clerk = yes(book, macros.undo_fixes)
    assert re.match(
        r"Các ô đã sửa lúc .+ đều đã được gõ lại hoặc không còn ở chỗ cũ nên không trả lại ô nào\.\n",
        clerk.asked[0],
    )
    assert clerk.heard == ["Giữ nguyên 1 ô đã đổi sau lần sửa đó: A3."]
    assert [one.name for one in book.sheets] == [SHEET, "Khác"]


def test_findings_and_marks_follow(book: xw.Book) -> None:
    """Where a check was shown, it is as after a new one; the sheet of findings is not added by a fix."""
    yes(book)
    assert schema.FINDINGS not in [one.name for one in book.sheets]
    yes(book, macros.undo_fixes)
    click(book, macros.check)
    unfixed = checked(book)
    yes(book)
    fixed = checked(book)
    click(book, macros.check)
    assert checked(book) == fixed != unfixed
    assert set(fixed[1]) == {"C6", "F5"}
    yes(book, macros.undo_fixes)
    assert checked(book) == unfixed


def checked(book: xw.Book) -> tuple[Any, ...]:
    found = saved(book)
    return listed(found), marked(found[SHEET]), linked(found)


@pytest.mark.parametrize("keeps", [True, False])
@pytest.mark.parametrize("macro", ["fix", "undo_fixes"])
def test_failing_in_the_middle_leaves_all_as_it_was(
    book: xw.Book, monkeypatch: pytest.MonkeyPatch, macro: str, *, keeps: bool
) -> None:
    """Whether writes are kept to be done at once, as here, or done one by one, as in Excel."""
    if not keeps:
        monkeypatch.setattr(type(book.app.impl), "screen_updating", True)
        for module in (own_sheets, session):
            monkeypatch.setattr(module, "keeps_writes", lambda _: False)
    click(book, macros.check)
    yes(book)
    if macro == "fix":
        book.sheets[SHEET]["F6"].value, book.sheets[SHEET]["B6"].value = "chưa thực hiên", "3-4  cuộc"
    before = state(book)

    def fail(*_: object) -> None:
        message = "in the middle"
        raise RuntimeError(message)

    monkeypatch.setattr(listing, "_colour", fail)
    clerk = yes(book, getattr(macros, macro))
    assert clerk.heard[0].startswith("Lỗi ngoài dự kiến (RuntimeError). Biểu của bạn không bị thay đổi.")
    assert state(book) == before
    assert where(book)[0] == SHEET
    monkeypatch.undo()
    yes(book, getattr(macros, macro))
    assert values(book) == (AFTER if macro == "fix" else BEFORE)


def test_a_sheet_of_the_users_own_is_not_written_over(book: xw.Book) -> None:
    own = book.sheets.add(schema.FIX_LOG.lower())
    own["C3"].value = "Sổ của tôi"
    before = state(book)
    clerk = yes(book)
    assert clerk.asked == []
    assert clerk.heard == [
        'Trang "nhật ký sửa" đang có dữ liệu khác nên không ghi đè. Đổi tên trang đó rồi bấm lại.'
    ]
    assert yes(book, macros.undo_fixes).heard == ["Chưa có lần Sửa giúp nào để hoàn tác."]
    assert state(book) == before


def test_protected_sheets_and_structure(book: xw.Book) -> None:
    """It is said before anything is asked; an emptied log stays where no sheet may be deleted."""
    book.sheets[SHEET].api.protect("")
    clerk = yes(book)
    assert clerk.asked == []
    assert clerk.heard[0].startswith('Trang "KH 2021" đang được bảo vệ nên không ghi được.')
    book.sheets[SHEET].api.unprotect("")
    book.api.protect("")
    assert 'nên không thêm được trang "Nhật ký sửa"' in yes(book).heard[0]
    book.api.unprotect("")
    yes(book)
    book.api.protect("")
    yes(book, macros.undo_fixes)
    assert values(book) == BEFORE
    assert log_lines(book) == []
    assert yes(book, macros.undo_fixes).heard == ["Chưa có lần Sửa giúp nào để hoàn tác."]


def test_a_read_only_workbook(office: xw.App, book: xw.Book) -> None:
    path = book.fullname
    book.close()
    book = office.books.open(path, read_only=True)
    clerk = yes(book)
    assert clerk.asked == []
    assert "chế độ chỉ đọc" in clerk.heard[0]


def test_no_task_table(office: xw.App) -> None:
    book = office.books.add()
    book.sheets[0]["A1"].value = "Danh sách  lớp"
    assert yes(book).heard[0].startswith("Không tìm thấy bảng nhiệm vụ.")


def test_the_template_with_planted_defects(office: xw.App, tmp_path: Path) -> None:
    """Each planted defect with a safe value is mended, and undone to the last byte of each value."""
    shutil.copyfile(sources.folder() / "papi_defects.xlsx", tmp_path / "bieu.xlsx")
    book = office.books.open(str(tmp_path / "bieu.xlsx"))
    before = texts(book)
    yes(book)
    after = texts(book)
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {
        (one.sheet, one.cell)
        for one in sources.planted()
        if one.rule in FIXABLE and one.cell != "H15"  # 150 % may be anything
    }
    yes(book, macros.undo_fixes)
    assert texts(book) == before


def texts(book: xw.Book) -> dict[tuple[str, str], object]:
    """Return what the cells of the sheets to fill in hold."""
    return {
        (name, f"{column_letters(column)}{row}"): cell
        for name in (schema.INFO, schema.TASKS)
        for row, line in enumerate(book.sheets[name]["A1:K120"].formula, start=1)
        for column, cell in enumerate(line, start=1)
    }


@pytest.mark.no_cover
def test_five_thousand_tasks(office: xw.App, tmp_path: Path) -> None:
    """A hundred fixes among 5,000 coloured rows take few calls, and the message fits a message box."""
    write_many(tmp_path / "many.xlsx")
    book = office.books.open(str(tmp_path / "many.xlsx"))
    sheet = book.sheets[0]
    for row in range(52, 5_002, 100):
        sheet[f"B{row}"].value = f"Việc  số {row - 2}"
        sheet[f"F{row + 50}"].value = "Đang thưc hiện"
    for macro, told in (
        (macros.fix, "Đã sửa 100 ô."),
        (macros.undo_fixes, "Đã trả lại giá trị cũ cho 100 ô."),
    ):
        CALLS.count = 0
        clerk = yes(book, macro)
        assert CALLS.count <= MOST_CALLS
        assert clerk.heard[0].startswith(told)
        assert "… và 90 ô khác." in clerk.asked[0].splitlines()
        assert len(clerk.asked[0]) <= 1_023


def test_formats_are_the_same_by_what_every_application_offers(book: xw.Book) -> None:
    """What is found by halving columns, as in Excel, is what LibreOffice tells at once."""
    sheet = book.sheets[SHEET]
    wanted = {(row, column) for row in range(1, 8) for column in range(1, 8)}
    told = blocks.number_formats(sheet, wanted)
    assert told == blocks.asked(sheet, wanted, lambda part: part.number_format)
    assert (told[3, 1], told[4, 1], told[5, 1]) == ("@", "d-mmm", "General")
    assert blocks.font_names(sheet, wanted) == {**dict.fromkeys(wanted, "Calibri"), (7, 4): ".VnTime"}
