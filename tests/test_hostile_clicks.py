"""Buttons on bad workbooks: all end in a message, and nothing that stands in them is obeyed."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from papi_xl import macros, schema
from papi_xl.live import cells
from tests import clicked_on
from tests.clicks import Clerk, click, marked, saved
from tests.hostile import Case, Kind, archives, books
from tests.test_hostile import faults

SEED = 2026
CONTENTS = (
    "huge dimensions", "formulas without values", "error values", "odd numbers", "control characters",
    "cells of 40,000", "external links", "hostile details", "odd tables",
    "changed records",
)  # fmt: skip
"""Kinds whose contents reach the buttons; `python -m tests.fuzz --macros` tries the others, too."""
ALWAYS = ("check", "fix")
MOST = 6
"""Files among which one is looked for that LibreOffice opens."""
SAID = ("=1+1", "+1+1", "-1", "@SUM(1,1)", "=cmd|'/c calc'!A1", "＝1+1", '=HYPERLINK("http://x.vn")', "'=1",
        "http://x.vn/a", "<b>đậm</b>", "[red]đỏ[/red]", "{=1+1}", "#REF!", "1-2")  # fmt: skip
SIGNS = frozenset("=+-@＝＋－＠")


@pytest.fixture(autouse=True)
def _surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts are opened by a program that does nothing; what is kept goes to the test's folder."""
    for name in ("XDG_CACHE_HOME", "HOME", "PATH"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "tools").mkdir()
    clicked_on.with_program(tmp_path / "tools")


def first_opened(app: xw.App, kind: Kind, folder: Path) -> tuple[Case, xw.Book]:
    """Return the first file of a kind that LibreOffice opens, and the workbook."""
    for number in range(MOST):
        case = clicked_on.case_of(kind, SEED, number)
        book = case and clicked_on.opened(app, clicked_on.put(case, folder / str(number)))
        if case and book:
            return case, book
    pytest.fail(f"LibreOffice opens no file of the kind {kind.name}")


def test_what_was_a_fault_once() -> None:
    """Among them files over which LibreOffice itself falls: that is said, and told from a fault of ours."""
    cases = [
        Case(one.stem, f"vao{one.suffix}", one.read_bytes()) for one in sorted(clicked_on.KEPT.iterdir())
    ]
    outcomes = [outcome for _, outcome in clicked_on.tried(cases, SEED) if outcome]
    assert faults(outcomes) == []
    assert {outcome.command for outcome in outcomes} >= {"check", "repair"}


@pytest.mark.parametrize("number", range(len(CONTENTS)), ids=lambda number: CONTENTS[number])
def test_bad_workbooks_end_in_a_message(office: xw.App, tmp_path: Path, number: int) -> None:
    """Check and fix on each kind, and the other buttons in turn; the file stays, nothing else is left."""
    (kind,) = clicked_on.kinds(CONTENTS[number])
    case, book = first_opened(office, kind, tmp_path)
    others = [name for name in clicked_on.MACROS if name not in ALWAYS]
    names = [*ALWAYS, others[number % len(others)]]
    place = Path(book.fullname).parent
    outcomes = list(clicked_on.clicked(book, case, names, Clerk(yes=True, folder=place)))
    assert faults(outcomes) == []
    assert len(outcomes) == len(names)
    clicked_on.closed(office)
    assert clicked_on.strays(place) == []


def own(path: Path, *, title: str = "=1+1") -> Path:
    """Write a table whose texts and sheet want to be obeyed, each with something that can safely be fixed."""
    with xlsxwriter.Workbook(path) as book:
        sheet, text = book.add_worksheet(title), book.add_format({"num_format": "@"})
        sheet.write_row(0, 0, ["TT", "Nội dung", "Sản phẩm", "Chủ trì", "Thời gian", "Trạng thái", "Ghi chú"])
        for row, said in enumerate(SAID, start=1):
            line = [f"1.{row}.", f"{said}  a", said, said, said, said, said]
            for column, one in enumerate(line):
                sheet.write_string(row, column, one, text if row % 2 else None)
        sheet.set_column(1, 6, 20)
    return path


class Written:
    """What is written into cells, link by link and block by block, and under which number formats."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.formats: dict[tuple[str, int, int], str] = {}
        self.texts: list[tuple[str, str]] = []
        value: Any = xw.Range.value
        number_format: Any = xw.Range.number_format
        link = xw.Range.add_hyperlink

        def write(block: xw.Range, new: object) -> None:
            rows = new if isinstance(new, list) else [[new]]
            for row, line in enumerate(rows, start=block.row):
                for column, one in enumerate(line, start=block.column):
                    self.note((block.sheet.name, row, column), one)
            value.fset(block, new)

        def give(block: xw.Range, code: str) -> None:
            for row in range(block.row, block.last_cell.row + 1):
                for column in range(block.column, block.last_cell.column + 1):
                    self.formats[block.sheet.name, row, column] = code
            number_format.fset(block, code)

        def tie(cell: xw.Range, address: str, text: str, tip: str) -> None:
            assert address.startswith("#")
            self.note((cell.sheet.name, cell.row, cell.column), text)
            self.texts.append(("link", text))
            link(cell, address, text, tip)

        monkeypatch.setattr(xw.Range, "value", property(value.fget, write))
        monkeypatch.setattr(xw.Range, "number_format", property(number_format.fget, give))
        monkeypatch.setattr(xw.Range, "add_hyperlink", tie)

    def note(self, cell: tuple[str, int, int], text: object) -> None:
        """Note a text by what Excel would make of it: it types what is written."""
        if isinstance(text, str) and text[:1] != "'":
            kept = self.formats.get(cell) == "@" and text[:1] != "="
            acts = text.lstrip()[:1] in SIGNS and not kept
            self.texts.append(("acts" if acts else "text", text))


def test_nothing_received_is_typed_as_a_formula(
    office: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel types what is written: all that looks like a formula goes behind an apostrophe or as text.

    That holds for the list, the log and the cells that are fixed and put back; every link is to a cell.
    """
    book = office.books.open(str(own(tmp_path / "own.xlsx")))
    before = book.sheets[0]["A1:G20"].formula
    written = Written(monkeypatch)
    kept_as_text = {(row, column) for row in range(2, 2 + len(SAID), 2) for column in range(1, 8)}
    written.formats |= {("=1+1", *cell): "@" for cell in kept_as_text}
    for macro in (macros.check, macros.fix, macros.check, macros.undo_fixes, macros.fix):
        click(book, macro, Clerk(yes=True))
    assert [text for kind, text in written.texts if kind == "acts"] == []
    assert sum(kind == "link" for kind, _ in written.texts) > 3
    click(book, macros.undo_fixes, Clerk(yes=True))
    assert book.sheets[0]["A1:G20"].formula == before


@pytest.mark.parametrize("title", ["=1+1", "Bảng"])
def test_what_is_received_stays_text(office: xw.App, tmp_path: Path, title: str) -> None:
    """In list and log no cell is a formula, no link leads out; so it is in the file that is saved."""
    book = office.books.open(str(own(tmp_path / "own.xlsx", title=title)))
    clerks = [click(book, macro, Clerk(yes=True)) for macro in (macros.check, macros.fix)]
    assert clerks[1].heard[0].startswith("Đã sửa 11 ô."), "what begins like a formula is left alone"
    book.impl.export(str(tmp_path / "saved.xlsx"), "Calc MS Excel 2007 XML")
    saved = openpyxl.load_workbook(tmp_path / "saved.xlsx")
    for sheet in saved:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target] == []
    log = saved[schema.FIX_LOG]
    fixed = [f"{text} a" for text in SAID if text[0] != "="]
    assert [log.cell(row, 7).value for row in range(4, 15)] == fixed
    assert log["D4"].value == f"{title}!B3"
    assert (log["D4"].hyperlink is None) == (title == "=1+1")
    assert [row[1].value for row in saved[title].iter_rows(min_row=2) if row[1].value in fixed] == fixed


def test_names_that_point_far_away_or_nowhere(office: xw.App, tmp_path: Path) -> None:
    """A named cell at the end of a sheet is not read up to: the field is looked for by its label."""
    places = ("Bảng!$XFD$1048576", "#REF!", "Bảng!$A$1048576", "OFFSET(Bảng!$A$1,0,0,9)", "Không!$A$1")
    names = "".join(
        f'<definedName name="{name}">{place}</definedName>'
        for name, place in zip(("papi_unit", "papi_year", "papi_place", "papi_period", "papi_signer"), places,
                               strict=True)
    )  # fmt: skip
    rows = [[books.cell(header) for header in books.HEADERS], books.task()]
    made = archives.packed(books.book(rows, names=f"<definedNames>{names}</definedNames>"))
    (tmp_path / "names.xlsx").write_bytes(made)
    book = office.books.open(str(tmp_path / "names.xlsx"))
    opened = cells.read(book)
    assert opened.raw.info == {}
    assert click(book, macros.check).heard[0].startswith("names.xlsx\nKết quả: ")


def test_a_sheet_of_a_million_rows_is_refused(office: xw.App, tmp_path: Path) -> None:
    """What the bounds of files forbid is told at once, by the workbook's name and without an option."""
    book = office.books.open(str(table(tmp_path / "long.xlsx")))
    book.sheets[0]["A2:D150000"].value = [["Họp", "Sổ", "Trường", "Quý II"]] * 149_999
    for macro in (macros.check, macros.next_finding, macros.fix, macros.summarize):
        assert click(book, macro).heard == [
            "long.xlsx quá lớn (số dòng nhiệm vụ: 150000, giới hạn "
            f"{100_000 if macro in {macros.check, macros.next_finding} else 20_000}). Xóa phần không dùng."
        ]


def table(path: Path) -> Path:
    """Write a small table of tasks."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Biểu")
        sheet.write_row(0, 0, ["Nội dung", "Sản phẩm", "Chủ trì", "Thời gian"])
        sheet.write_row(1, 0, ["Họp  phụ huynh", "Biên bản", "Trường", "Quý II/2021"])
    return path


def test_rows_far_below_are_read_without_what_lies_between(office: xw.App, tmp_path: Path) -> None:
    """A stray cell is found and fixed where it stands, as in the file."""
    path = table(tmp_path / "far.xlsx")
    book = office.books.open(str(path))
    book.sheets[0]["A900000"].value = "Trồng  cây"
    raw = cells.read(book).raw.sheets[0]
    assert (list(raw.numbers), raw.cell(900_000, 1)) == ([1, 2, 900_000], "Trồng  cây")
    click(book, macros.fix, Clerk(yes=True))
    assert (book.sheets[0]["A2"].value, book.sheets[0]["A900000"].value) == ("Họp phụ huynh", "Trồng cây")
    click(book, macros.undo_fixes, Clerk(yes=True))
    assert book.sheets[0]["A900000"].value == "Trồng  cây"


def test_a_list_of_the_users_own_that_reaches_far_is_left_alone(office: xw.App, tmp_path: Path) -> None:
    book = office.books.open(str(table(tmp_path / "own.xlsx")))
    taken = book.sheets.add(schema.FINDINGS)
    taken["XFD1048576"].value = "của tôi"
    assert click(book, macros.check).heard == [
        'Trang "Kết quả kiểm tra" đang có dữ liệu khác nên không ghi đè. Đổi tên trang đó rồi bấm lại.'
    ]
    assert taken["XFD1048576"].value == "của tôi"


def test_a_conditional_format_without_cells(office: xw.App, tmp_path: Path) -> None:
    """LibreOffice opens a workbook with one; its marks are made all the same."""
    rows = [[books.cell(header) for header in books.HEADERS], books.task(status=books.cell("xog"))]
    rule = '<conditionalFormatting sqref="A0:A0"><cfRule type="expression"/></conditionalFormatting>'
    (tmp_path / "rule.xlsx").write_bytes(archives.packed(books.book(rows, after=rule)))
    book = office.books.open(str(tmp_path / "rule.xlsx"))
    assert click(book, macros.check).heard[0].startswith("rule.xlsx\nKết quả: 1 lỗi")
    assert marked(saved(book, tmp_path / "saved.xlsx")["Bảng"])["G2"] == "errors"
