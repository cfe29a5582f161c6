"""The ribbon's macros on live workbooks in LibreOffice, read back from the files that are saved."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

import papi_xl.libreoffice
from papi_xl import macros, schema
from papi_xl.check import check
from papi_xl.cli import main
from papi_xl.libreoffice import CALLS, apps
from papi_xl.live import actions, cells, layout, listing, own_sheets, session
from papi_xl.read import read_workbook
from papi_xl.template import sources
from tests.clicks import (
    TASKS,
    Clerk,
    click,
    linked,
    listed,
    looks,
    marked,
    rules,
    saved,
    settle,
    settled,
    write_many,
)
from tests.test_own_table import write_xlsx

BUILT = sources.folder()
MOST_CALLS = 12


@dataclass(frozen=True)
class Clicked:
    """A workbook clicked twice on `Kiểm tra`: its file, what was heard first, and where copies were saved."""

    source: Path
    clerk: Clerk
    folder: Path

    @cached_property
    def before(self) -> openpyxl.Workbook:
        """The workbook before the clicks."""
        return openpyxl.load_workbook(self.folder / "before.xlsx")

    @cached_property
    def once(self) -> openpyxl.Workbook:
        """The workbook after the first click."""
        return openpyxl.load_workbook(self.folder / "once.xlsx")

    @cached_property
    def twice(self) -> openpyxl.Workbook:
        """The workbook after the second click."""
        return openpyxl.load_workbook(self.folder / "twice.xlsx")


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the workbooks of these tests: template, defects, own table, many rows."""
    folder = tmp_path_factory.mktemp("originals")
    for name in ("papi_template", "papi_example", "papi_defects"):
        shutil.copyfile(BUILT / f"{name}.xlsx", folder / f"{name}.xlsx")
    write_xlsx(folder / "own.xlsx")
    write_many(folder / "many.xlsx")
    write_many(folder / "some.xlsx", 400)
    return folder


@pytest.fixture
def place(originals: Path, tmp_path: Path) -> Path:
    """Give a folder of the test's own with copies of the workbooks."""
    return shutil.copytree(originals, tmp_path, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def clicked(
    request: pytest.FixtureRequest, app: xw.App, originals: Path, tmp_path_factory: pytest.TempPathFactory
) -> Clicked:
    """Give what clicks make of the workbook that the test names; several tests look at it."""
    folder, source = tmp_path_factory.mktemp(request.param), originals / f"{request.param}.xlsx"
    book = app.books.open(str(shutil.copy(source, folder)))
    settle(book, folder / "before.xlsx")
    clerk = click(book, macros.check)
    book.save(str(folder / "once.xlsx"))
    click(book, macros.check)
    book.save(str(folder / "twice.xlsx"))
    book.close()
    return Clicked(source, clerk, folder)


def today(year: int, month: int, day: int) -> type[date]:
    """Return a calendar whose today is that day: these workbooks do not name their as-of date."""

    class Calendar(date):
        @classmethod
        def today(cls) -> "Calendar":
            return cls(year, month, day)

    return Calendar


WORKBOOKS = ("papi_template", "papi_example", "papi_defects", "own", "many")
SMALLER = (*WORKBOOKS[:-1], "some")
"""Where every cell of a saved workbook is looked at, some hundred rows do."""


@pytest.mark.no_cover
@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_open_workbook_is_read_as_its_file_is(office: xw.App, place: Path, name: str) -> None:
    """Every cell with a value, merge, hidden row and named cell is the same; so are all findings."""
    path = place / f"{name}.xlsx"
    live, file = cells.read(office.books.open(str(path))).raw, read_workbook(path)
    assert (live.info, live.info_cells, live.meta) == (file.info, file.info_cells, file.meta)
    tables = (
        check(live, as_of=None, today=date(2021, 6, 30)),
        check(file, as_of=None, today=date(2021, 6, 30)),
    )
    assert tables[0].findings == tables[1].findings
    assert tables[0].batch
    assert tables[1].batch
    sheets = [result.batch.docs[0].table.sheet for result in tables if result.batch]
    held = [
        {
            (number, column): cell
            for number, row in zip(sheet.numbers, sheet.rows, strict=True)
            for column, cell in enumerate(row)
            if cell not in {None, ""}
        }
        for sheet in sheets
    ]
    assert held[0] == held[1]
    assert set(sheets[0].merges) == set(sheets[1].merges)
    assert sheets[0].hidden_rows == sheets[1].hidden_rows
    assert sheets[0].hidden_columns == sheets[1].hidden_columns
    assert sheets[0].tables == sheets[1].tables


@pytest.mark.parametrize("name", ["papi_defects", "own"])
def test_the_layout_is_the_same_by_what_every_application_offers(
    office: xw.App, place: Path, name: str
) -> None:
    """What is found by halving blocks, as in Excel, is what LibreOffice tells at once."""
    book = office.books.open(str(place / f"{name}.xlsx"))
    sheet = book.sheets[str(cells.read(book).table)]
    sheet.range("3:4").rows.hidden = True
    sheet.range("B:B").columns.hidden = True
    block = sheet.used_range
    told, searched = layout.layout(block), layout.searched(block)
    assert set(told.merges) == set(searched.merges)
    assert told.rows == searched.rows
    assert (3, 4) in told.rows or any(first <= 3 and last >= 4 for first, last in told.rows)
    assert told.columns == searched.columns == ((2, 2),)


def test_findings_are_listed_linked_and_marked_as_planted(
    office: xw.App, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The example with planted defects: each is a line with a link to its cell, and its cell is marked."""
    monkeypatch.setattr(actions, "date", today(2021, 6, 30))
    book = office.books.open(str(place / "papi_defects.xlsx"))
    clerk = click(book, macros.check)
    after = saved(book, place / "after.xlsx")
    planted = [one for one in sources.planted() if one.rule]
    cells_of = {(one.sheet, one.cell) for one in planted if one.cell and not one.justified}
    for sheet in (schema.TASKS, schema.INFO):
        assert set(marked(after[sheet])) == {cell for name, cell in cells_of if name == sheet}
    lines = listed(after)
    where = {line[2] for line in lines}
    assert len(lines) == len(planted)
    assert {one.cell or "–" for one in planted if one.sheet != schema.INFO} | {"B5 (Thông tin)"} >= where - {
        f"{one.cell} (Thông tin)" for one in planted if one.sheet == schema.INFO
    }
    assert clerk.heard[0].startswith("papi_defects.xlsx\nKết quả: 13 lỗi, 18 cảnh báo, 2 gợi ý, 2 đã giải")
    for text, target in linked(after).items():
        sheet = schema.INFO if text.endswith("(Thông tin)") else schema.TASKS
        assert target.replace("$", "") == f"'{sheet}'!{text.partition(' ')[0]}"


def test_the_clerks_own_table(office: xw.App, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet of findings is added as the last one; lines, marks and links are those worked out by hand."""
    monkeypatch.setattr(actions, "date", today(2024, 10, 15))
    book = office.books.open(str(place / "own.xlsx"))
    click(book, macros.check)
    after = saved(book, place / "after.xlsx")
    assert after.sheetnames == ["KH 2024", schema.FINDINGS]
    paper = after[schema.FINDINGS].page_setup
    assert (paper.orientation, paper.fitToWidth, paper.fitToHeight) == ("landscape", 1, 0)
    assert after["KH 2024"].page_setup.orientation == "portrait"
    assert after.active is not None
    assert after.active.title == "KH 2024"
    assert [line[:3] for line in listed(after)] == [
        (1, "Lỗi", "C8"), (2, "Lỗi", "F8"), (3, "Lỗi", "D10"),
        (4, "Cảnh báo", "–"), (5, "Cảnh báo", "A7"), (6, "Cảnh báo", "E8"), (7, "Cảnh báo", "E10"),
        (8, "Cảnh báo", "G10"),
    ]  # fmt: skip
    assert listed(after)[4][3].endswith("(và 3 ô khác, dòng 7–11)")
    assert marked(after["KH 2024"]) == {
        "C8": "errors", "F8": "errors", "D10": "errors", "A7": "warnings", "A8": "warnings",
        "A10": "warnings", "A11": "warnings", "E8": "warnings", "E10": "warnings", "G10": "warnings",
    }  # fmt: skip
    assert {text: target.replace("$", "") for text, target in linked(after).items()} == {
        cell: f"'KH 2024'!{cell}" for cell in ("C8", "F8", "D10", "A7", "E8", "E10", "G10")
    }


@pytest.mark.no_cover
@pytest.mark.parametrize("clicked", ["many"], indirect=True)
def test_five_thousand_rows(clicked: Clicked) -> None:
    """Every faulty cell is marked, many of a kind are one line, and it takes as few calls as thirty rows."""
    after = clicked.once
    assert [line[:4] for line in listed(after)] == [
        (1, "Lỗi", "F2", 'Trạng thái "xog" không có trong danh mục. (và 49 ô khác, dòng 2–4902)'),
        (2, "Lỗi", "D3", "Thiếu đơn vị chủ trì. (và 99 ô khác, dòng 3–4953)"),
    ]
    wrong = {f"F{index + 2}" for index in range(0, TASKS, 100)}
    wrong |= {f"D{index + 2}" for index in range(1, TASKS, 50)}
    assert marked(after["Kế hoạch 2021"]) == dict.fromkeys(wrong, "errors")


@pytest.mark.no_cover
@pytest.mark.parametrize("macro", [macros.check, macros.next_finding])
@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_click_takes_few_calls_whatever_the_number_of_rows(
    office: xw.App, place: Path, name: str, macro: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading and writing back together take at most 12 calls into the office, also later on.

    One more asks for fonts, only where a text makes no sense in Unicode, as one of the planted defects.
    How long xlwings' repeated questions for the selection count as one must not depend on the machine.
    """
    monkeypatch.setattr(apps, "AT_ONCE", 60)
    most = MOST_CALLS + (name == "papi_defects")
    book = office.books.open(str(place / f"{name}.xlsx"))
    for _ in range(3):
        before = CALLS.count
        click(book, macro)
        assert CALLS.count - before <= most


def test_next_goes_through_hidden_rows(office: xw.App, place: Path) -> None:
    """A filter that hides the selected cell does not hold the next click up."""
    book = office.books.open(str(place / "own.xlsx"))
    book.sheets["KH 2024"].range("7:8").rows.hidden = True
    gone = []
    for _ in range(4):
        click(book, macros.next_finding)
        gone.append(selected(book))
    assert gone == ["A7", "A8", "C8", "E8"]


@pytest.mark.no_cover
@pytest.mark.parametrize("clicked", WORKBOOKS, indirect=True)
def test_the_list_equals_the_command_line(clicked: Clicked, capsys: pytest.CaptureFixture[str]) -> None:
    """The message counts what `papi-xl check` counts, and each listed line is one that it prints."""
    main(["check", str(clicked.source)])
    printed = capsys.readouterr().out
    said = clicked.clerk.heard[0]
    assert said.splitlines()[1] == printed.splitlines()[-1]
    for _, level, where, wrong, remedy in listed(clicked.once) if said.count("\n") > 1 else ():
        found, _, rest = wrong.partition(" (và ")
        assert f"{found} {remedy}".strip() in printed, (level, where)
        assert f" (và {rest}" in printed or not rest


@pytest.mark.no_cover
@pytest.mark.parametrize("clicked", SMALLER, indirect=True)
def test_a_second_click_changes_nothing(clicked: Clicked) -> None:
    states = [
        (looks(after), listed(after), linked(after), {sheet.title: marked(sheet) for sheet in after})
        for after in (clicked.once, clicked.twice)
    ]
    assert states[0] == states[1]
    assert clicked.once.sheetnames == clicked.twice.sheetnames


@pytest.mark.no_cover
@pytest.mark.parametrize("clicked", SMALLER, indirect=True)
def test_the_users_colours_and_other_sheets_are_untouched(clicked: Clicked) -> None:
    """Every cell looks as in a copy that LibreOffice saved without a click, and all other rules are there."""
    assert looks(clicked.once, schema.FINDINGS) == looks(clicked.before, schema.FINDINGS)
    for sheet in clicked.before:
        assert rules(clicked.once[sheet.title]) == rules(sheet)


def test_what_was_mended_loses_its_mark(office: xw.App, place: Path) -> None:
    """Unsaved changes are what is checked; the marks follow, and the file itself is not touched."""
    path = place / "own.xlsx"
    content = path.read_bytes()
    book = office.books.open(str(path))
    click(book, macros.check)
    sheet = book.sheets["KH 2024"]
    sheet["C8"].value, sheet["F8"].value, sheet["F10"].value = "Công đoàn", "Hoàn thành", "lạ"
    click(book, macros.check)
    assert path.read_bytes() == content
    after = saved(book, place / "after.xlsx")
    wrong = marked(after["KH 2024"])
    assert {cell for cell, level in wrong.items() if level == "errors"} == {"D10", "F10"}


def test_marks_move_with_their_rows(office: xw.App, place: Path) -> None:
    book = office.books.open(str(place / "own.xlsx"))
    click(book, macros.check)
    book.sheets["KH 2024"].range("1:1").insert("down")
    after = saved(book, place / "after.xlsx")
    assert {cell for cell, level in marked(after["KH 2024"]).items() if level == "errors"} == {
        "C9", "F9", "D11",
    }  # fmt: skip


def test_next_goes_from_cell_to_cell_and_round(office: xw.App, place: Path) -> None:
    """From the selected cell on, in the order of the rows; after the last one comes the first again."""
    book = office.books.open(str(place / "own.xlsx"))
    book.sheets["KH 2024"].range("D9").select()
    gone = []
    for _ in range(7):
        clerk = click(book, macros.next_finding)
        assert clerk.heard == []
        gone.append((selected(book), str(office.status_bar)[:9]))
    assert gone == [
        ("A10", "PAPI 6/10"), ("D10", "PAPI 7/10"), ("E10", "PAPI 8/10"), ("G10", "PAPI 9/10"),
        ("A11", "PAPI 10/1"), ("A7", "PAPI 1/10"), ("A8", "PAPI 2/10"),
    ]  # fmt: skip
    assert office.status_bar == (
        'PAPI 2/10: [KH 2024!A8] Số thứ tự "2" đang là số hoặc ngày của Excel (1.10 sẽ thành 1.1). '
        'Định dạng ô là Text rồi gõ lại "2.".'
    )


def selected(book: xw.Book) -> str:
    assert book.selection is not None
    return book.selection.address.replace("$", "")


def test_next_says_when_nothing_is_wrong(office: xw.App, place: Path) -> None:
    book = office.books.open(str(place / "papi_template.xlsx"))
    book.sheets[schema.INFO].range("B1").select()
    click(book, macros.next_finding)
    assert str(office.status_bar).startswith("PAPI: không còn lỗi nào ở các ô.")


def test_the_summary_is_the_command_lines_byte_by_byte(
    office: xw.App, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It stands beside the workbook, is opened, and equals what `papi-xl summarize` writes."""
    path = place / "papi_example.xlsx"
    assert main(["summarize", str(path), "-o", str(place / "by-command.xlsx")]) == 0
    capsys.readouterr()
    book = office.books.open(str(path))
    clerk = click(book, macros.summarize)
    made = place / "PAPI_Truong-Mam-non-Tan-Tien_6-thang-dau-nam-2021_20210630.xlsx"
    assert clerk.heard == clerk.asked == []
    assert made.read_bytes() == (place / "by-command.xlsx").read_bytes()
    assert [one.name for one in office.books] == [book.name, made.name]
    assert office.status_bar == f"PAPI: đã lập {made}"


def test_errors_are_to_be_put_right_first(office: xw.App, place: Path) -> None:
    """Whoever declines to go on finds the errors marked and no summary; whoever insists gets it."""
    book = office.books.open(str(place / "own.xlsx"))
    clerk = click(book, macros.summarize)
    assert "Biểu còn 3 lỗi" in clerk.asked[0]
    assert schema.FINDINGS in [sheet.name for sheet in book.sheets]
    assert list(place.glob("PAPI_*")) == []
    clerk = click(book, macros.summarize, Clerk(yes=True))
    made = list(place.glob("PAPI_*"))
    assert len(made) == 1
    assert "còn 3 lỗi" in str(openpyxl.load_workbook(made[0]).worksheets[0]["A8"].value) or any(
        "còn 3 lỗi" in str(cell.value)
        for row in openpyxl.load_workbook(made[0]).worksheets[0]
        for cell in row
    )


def test_an_older_summary_is_kept_unless_told_otherwise(office: xw.App, place: Path) -> None:
    book = office.books.open(str(place / "papi_example.xlsx"))
    click(book, macros.summarize)
    made = next(place.glob("PAPI_*"))
    office.books[made.name].close()
    made.write_bytes(b"signed and scanned")
    clerk = click(book, macros.summarize)
    assert clerk.asked == [
        f"{made.name} đã có.\n\nThay bằng tệp mới?\n(Chọn Không để giữ tệp cũ và ghi thành "
        f"{made.stem} (2).xlsx.)"
    ]
    assert made.read_bytes() == b"signed and scanned"
    second = made.with_stem(f"{made.stem} (2)")
    assert second.exists()
    clerk = click(book, macros.summarize, Clerk(yes=True))
    assert made.read_bytes() == second.read_bytes()


def test_an_open_summary_is_not_written_over(office: xw.App, place: Path) -> None:
    book = office.books.open(str(place / "papi_example.xlsx"))
    click(book, macros.summarize)
    clerk = click(book, macros.summarize, Clerk(yes=True))
    assert clerk.heard[0].startswith("PAPI_Truong")
    assert clerk.heard[0].endswith("đang mở. Đóng tệp đó rồi bấm lại.")


def test_no_workbook(app: xw.App) -> None:
    clerk = Clerk()
    app.impl.answers = clerk
    app.activate()
    macros.check()
    assert clerk.heard == [
        "Chưa mở tệp nào. Mở biểu nhiệm vụ (để hợp nhất thì tệp trống cũng được) rồi bấm lại nút này."
    ]


def test_a_sheet_is_protected(office: xw.App, place: Path) -> None:
    book = office.books.open(str(place / "own.xlsx"))
    book.sheets[0].api.protect("")
    clerk = click(book, macros.check)
    assert clerk.heard[0].startswith('Trang "KH 2024" đang được bảo vệ nên không ghi được.')
    assert [sheet.name for sheet in book.sheets] == ["KH 2024"]


def test_the_structure_is_protected(office: xw.App, place: Path) -> None:
    book = office.books.open(str(place / "own.xlsx"))
    book.api.protect("")
    clerk = click(book, macros.check)
    assert clerk.heard[0].startswith("Cấu trúc tệp own.xlsx đang được bảo vệ")


def test_where_no_sheet_can_be_copied_the_findings_are_written_all_the_same(
    office: xw.App, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel's way: the sheet of findings is there, the structure protected, and writes are not kept."""
    book = office.books.open(str(place / "own.xlsx"))
    click(book, macros.check)
    book.api.protect("")
    monkeypatch.setattr(own_sheets, "keeps_writes", lambda _: False)
    assert click(book, macros.check).heard[0].startswith("own.xlsx\nKết quả: 3 lỗi")


def test_a_hidden_last_sheet_stays_the_last(
    office: xw.App, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel's way: xlwings would have to move it there, which Excel refuses for very hidden ones."""
    book = office.books.open(str(place / "own.xlsx"))
    book.sheets.add("foxz", after=book.sheets[0]).visible = False
    monkeypatch.setattr(own_sheets, "keeps_writes", lambda _: False)
    click(book, macros.check)
    assert [sheet.name for sheet in book.sheets] == ["KH 2024", schema.FINDINGS, "foxz"]


def test_a_read_only_workbook(office: xw.App, place: Path) -> None:
    book = office.books.open(str(place / "own.xlsx"), read_only=True)
    clerk = click(book, macros.check)
    assert clerk.heard == [
        "own.xlsx đang mở ở chế độ chỉ đọc nên không ghi được. Lưu bằng tên khác (F12; LibreOffice:"
        " Ctrl+Shift+S) rồi bấm lại."
    ]
    click(book, macros.next_finding)
    assert str(office.status_bar).startswith("PAPI ")


def test_a_workbook_never_saved(office: xw.App) -> None:
    """The check works; the summary needs to know where to stand."""
    book = office.books.add()
    book.sheets[0]["A1"].value = [
        ["Nội dung", "Sản phẩm", "Chủ trì", "Thời gian"],
        ["Họp", "Biên bản", "Trường MN", "Quý II"],
    ]
    clerk = click(book, macros.check)
    assert clerk.heard[0].endswith("Tệp chưa được lưu lần nào; nhớ lưu để giữ kết quả.")
    clerk = click(book, macros.summarize)
    assert clerk.heard[0].endswith("Lưu tệp (Ctrl+S) rồi bấm lại.")


def test_a_sheet_of_the_users_own_is_not_written_over(office: xw.App, place: Path) -> None:
    """Who keeps other data under the name of our sheet, in whatever capitals, is asked to rename it."""
    for name, corner in ((schema.FINDINGS, "A1"), (schema.FINDINGS.lower(), "C40")):
        book = office.books.open(str(place / "own.xlsx"))
        own = book.sheets.add(name)
        own[corner].value = "Biên bản tự kiểm tra"
        clerk = click(book, macros.check)
        assert clerk.heard == [
            f'Trang "{name}" đang có dữ liệu khác nên không ghi đè. Đổi tên trang đó rồi bấm lại.'
        ]
        after = saved(book, place / "after.xlsx")
        assert after[name][corner].value == "Biên bản tự kiểm tra"
        assert marked(after["KH 2024"]) == {}
        clerk = click(book, macros.summarize)
        assert "đang có dữ liệu khác" in clerk.heard[0]
        own.clear()
        click(book, macros.check)
        assert own["A1"].value == "KẾT QUẢ KIỂM TRA"
        book.close()


def test_next_leaves_the_sheet_of_findings_for_the_table(office: xw.App, place: Path) -> None:
    """Excel selects cells of the active sheet only, so the table's sheet comes to the front first."""
    book = office.books.open(str(place / "own.xlsx"))
    click(book, macros.check)
    book.sheets[schema.FINDINGS].activate()
    click(book, macros.next_finding)
    assert (book.sheets.active.name, selected(book)) == ("KH 2024", "A7")


def test_next_says_that_a_sheet_is_hidden(office: xw.App, place: Path) -> None:
    book = office.books.open(str(place / "own.xlsx"))
    book.sheets.add("Khác")
    book.sheets["KH 2024"].visible = False
    click(book, macros.next_finding)
    assert office.status_bar == 'PAPI: lỗi ở ô A7 của trang ẩn "KH 2024". Hiện trang đó rồi bấm lại.'
    click(book, macros.check)
    assert str(office.status_bar) == "False"


def test_a_stray_cell_far_away_is_no_obstacle(office: xw.App, place: Path) -> None:
    """A cell in the very last row and column costs nothing; the table is read as ever."""
    with xlsxwriter.Workbook(place / "far.xlsx") as book:
        sheet = book.add_worksheet("Biểu")
        sheet.write_row(0, 0, ["Nội dung", "Sản phẩm", "Chủ trì", "Thời gian"])
        sheet.write_row(1, 0, ["Họp phụ huynh", "Biên bản", "", "Quý II/2021"])
        sheet.write(1_048_575, 16_383, "x")
    opened = office.books.open(str(place / "far.xlsx"))
    raw = cells.read(opened).raw.sheets[0]
    assert [len(row) for row in raw.rows] == [4, 4]
    assert "Kết quả: 2 lỗi" in click(opened, macros.check).heard[0]


def test_a_long_path_fits_the_status_bar(office: xw.App, place: Path) -> None:
    """Excel refuses a status longer than 255 characters; the summary has been made all the same."""
    deep = place / ("a" * 120) / ("b" * 120)
    deep.mkdir(parents=True)
    shutil.copyfile(place / "papi_example.xlsx", deep / "bieu.xlsx")
    clerk = click(office.books.open(str(deep / "bieu.xlsx")), macros.summarize)
    assert clerk.heard == []
    assert len(list(deep.glob("PAPI_*"))) == 1
    assert len(str(office.status_bar)) == 255


def test_a_message_that_cannot_be_shown_is_no_traceback(
    office: xw.App, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a Mac an alert fails when nobody presses OK within a minute; xlwings shows what is printed."""

    class Slow(Clerk):
        def __call__(self, *_: object) -> str:
            raise TimeoutError

    click(office.books.open(str(place / "own.xlsx")), macros.check, Slow())
    assert capsys.readouterr().err.startswith("own.xlsx\nKet qua: 3 loi")


def test_no_task_table(office: xw.App) -> None:
    book = office.books.add()
    book.sheets[0]["A1"].value = "Danh sách lớp"
    clerk = click(book, macros.check)
    assert "Không tìm thấy bảng nhiệm vụ." in clerk.heard[0]
    assert len(book.sheets) == 1
    clerk = click(book, macros.next_finding)
    assert clerk.heard[0].startswith("Không tìm thấy bảng nhiệm vụ.")


def test_several_workbooks_open(office: xw.App, place: Path) -> None:
    """The one from which the button was clicked is meant, and the message names it."""
    book = office.books.open(str(place / "own.xlsx"))
    other = office.books.open(str(place / "papi_template.xlsx"))
    clerk = click(book, macros.check)
    assert clerk.heard[0].startswith("own.xlsx\n")
    assert other.sheets[schema.FINDINGS]["A4"].value is None


def test_another_kind_of_file(office: xw.App, place: Path) -> None:
    """LibreOffice's own format works as well."""
    book = office.books.open(str(place / "own.xlsx"))
    book.save(str(place / "own.ods"))
    book.close()
    book = office.books.open(str(place / "own.ods"))
    click(book, macros.check)
    assert set(marked(saved(book, place / "after.xlsx")["KH 2024"])) == {
        "A7", "A8", "C8", "E8", "F8", "A10", "D10", "E10", "G10", "A11",
    }  # fmt: skip


def test_a_chart_sheet_is_active(office: xw.App, place: Path) -> None:
    """The table is found all the same, and the next finding is the first one."""
    with xlsxwriter.Workbook(place / "chart.xlsx") as book:
        sheet, chart = book.add_worksheet("Biểu"), book.add_chart({"type": "column"})
        sheet.write_row(0, 0, ["Nội dung", "Sản phẩm", "Chủ trì", "Thời gian"])
        sheet.write_row(1, 0, ["Họp phụ huynh", "Biên bản", "", "Quý II/2021"])
        chart.add_series({"values": "=Biểu!$A$1:$A$2"})
        shown = book.add_chartsheet("Đồ thị")
        shown.set_chart(chart)
        shown.activate()
    opened = office.books.open(str(place / "chart.xlsx"))
    assert opened.sheets.active.name == "Đồ thị"
    assert "Kết quả: 2 lỗi" in click(opened, macros.check).heard[0]
    click(opened, macros.next_finding)
    assert str(office.status_bar).startswith("PAPI 1/2: [Biểu!A1]")
    assert selected(opened) == "A1"


def test_a_cell_is_being_edited(office: xw.App, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel refuses every call then, with this number; the message says what to press."""

    class Refused(Exception):  # noqa: N818 (as pywin32 names it)
        hresult = -2147418111

    def refuse(*_: object) -> None:
        raise Refused

    book = office.books.open(str(place / "own.xlsx"))
    monkeypatch.setattr(cells, "read", refuse)
    clerk = click(book, macros.check)
    assert clerk.heard == [
        "Bảng tính đang bận hoặc có ô đang gõ dở. Bấm Enter hoặc Esc, đóng hộp thoại đang mở, rồi bấm lại."
    ]


def test_a_file_name_with_an_equals_sign(app: xw.App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Xlwings cuts such a name off, and finds no workbook under what is left."""
    clerk = Clerk()
    app.impl.answers = clerk
    app.activate()
    monkeypatch.setattr("sys.argv", ["-c", "--wb=a=b.xlsx", "--from_xl=1", "--app=Excel", "--hwnd=1"])
    macros.check()
    assert clerk.heard[0].startswith('Tên tệp a=b.xlsx có dấu "="')


def test_the_doctor_speaks_of_the_workbook(office: xw.App, place: Path) -> None:
    book = office.books.open(str(place / "own.xlsx"))
    assert click(book, macros.doctor).heard == ["Mọi thứ đều ổn."]
    shutil.copyfile(place / "own.xlsx", place / "a=b.xlsx")
    other = office.books.open(str(place / "a=b.xlsx"))
    assert "=" in click(other, macros.doctor).heard[0]


@pytest.mark.parametrize("keeps", [True, False])
def test_a_crash_in_the_middle_leaves_the_workbook_as_it_was(
    office: xw.App, place: Path, monkeypatch: pytest.MonkeyPatch, *, keeps: bool
) -> None:
    """Whether writes are kept to be done at once, as here, or done one by one, as in Excel."""
    if not keeps:
        monkeypatch.setattr(type(office.impl), "screen_updating", True)
        for module in (own_sheets, session):
            monkeypatch.setattr(module, "keeps_writes", lambda _: False)
    book = office.books.open(str(place / "own.xlsx"))
    click(book, macros.check)
    book.sheets["KH 2024"]["C8"].value = "Công đoàn"
    before = settled(book, place / "before.xlsx")
    colour = listing._colour

    def fail(*_: object) -> None:
        colour(*_)  # type: ignore[arg-type]
        message = "in the middle"
        raise RuntimeError(message)

    monkeypatch.setattr(listing, "_colour", fail)
    clerk = click(book, macros.check)
    assert clerk.heard[0].startswith("Lỗi ngoài dự kiến (RuntimeError). Biểu của bạn không bị thay đổi.")
    after = saved(book, place / "after.xlsx")
    assert after.sheetnames == before.sheetnames
    assert looks(after) == looks(before)
    assert linked(after) == linked(before)
    assert marked(after["KH 2024"]) == marked(before["KH 2024"])
    assert (office.screen_updating, office.status_bar) == (True, False)
    assert book.sheets.active.name == "KH 2024"


def test_the_engine_is_registered_once() -> None:
    assert [engine.name for engine in xw.engines].count(papi_xl.libreoffice.ENGINE.name) == 1
