"""Ranges, formats, names and tables through the LibreOffice engine."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from papi_xl.libreoffice import CALLS, OfficeError
from papi_xl.libreoffice.address import column_letters, column_number, parsed, quoted, split_sheet, written
from papi_xl.libreoffice.fonts import in_excel_notation


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A1", (1, 1, 1, 1)),
        ("$b$3:A1", (1, 1, 3, 2)),
        ("B:C", (1, 2, 1_048_576, 2)),
        ("2:5", (2, 1, 4, 16_384)),
        ("XFD1048576", (1_048_576, 16_384, 1, 1)),
        ("XFE1", None),
        ("A1048577", None),
        ("A0", None),
        ("name", None),
        ("AB", None),
        ("a:1", None),
    ],
)
def test_addresses(text: str, place: tuple[int, ...] | None) -> None:
    assert parsed(text) == place


def test_address_parts() -> None:
    assert [column_number("A"), column_number("xfd")] == [1, 16_384]
    assert [column_letters(26), column_letters(27), column_letters(703)] == ["Z", "AA", "AAA"]
    assert [quoted("Sheet1"), quoted("A1"), quoted("Tổng 'hợp'")] == ["Sheet1", "'A1'", "'Tổng ''hợp'''"]
    assert split_sheet("='My ''own'' sheet'!$A$1") == ("My 'own' sheet", "$A$1")
    place = parsed("A1:B2")
    assert place is not None
    assert written(place, row_absolute=False) == "$A1:$B2"


def test_addresses_of_ranges(sheet: xw.Sheet) -> None:
    assert sheet["B2"].offset(1, 2).address == "$D$3"
    assert sheet["B2"].resize(2, 3).address == "$B$2:$D$3"
    assert sheet["A1:C3"].last_cell.address == "$C$3"
    assert sheet["A:B"].address == "$A:$B"
    assert sheet["3:4"].address == "$3:$4"
    assert sheet[0, 1].address == "$B$1"
    assert sheet[:2, :3].address == "$A$1:$C$2"
    assert sheet["A1:C3"](5).address == "$B$2"
    assert sheet.range((2, 2), (3, 4)).address == "$B$2:$D$3"
    assert sheet.range("B2", "A1").address == "$A$1:$B$2"
    assert sheet.range(sheet["A1"], sheet["C2"]).address == "$A$1:$C$2"
    assert sheet["A1:B2"].get_address(row_absolute=False, include_sheetname=True) == "Sheet1!$A1:$B2"
    assert sheet["A1"].get_address(external=True) == f"[{sheet.book.name}]Sheet1!$A$1"
    assert (sheet["A1:C3"].shape, len(sheet["A1:C3"]), sheet["B3"].row, sheet["B3"].column) == (
        (3, 3),
        9,
        3,
        2,
    )
    assert [row.address for row in sheet["A1:B2"].rows] == ["$A$1:$B$1", "$A$2:$B$2"]
    assert sheet["A1"] == sheet["A1"]
    assert sheet.cells.shape == (1_048_576, 16_384)
    with pytest.raises(xw.NoSuchObjectError):
        _ = sheet["nothing_there"]
    with pytest.raises(IndexError):
        sheet.range((0, 1))


def test_an_empty_slice_holds_nothing(sheet: xw.Sheet) -> None:
    nothing = sheet["A1:B2"][0:0, :]
    assert nothing.raw_value is None
    nothing.raw_value = 1
    nothing.clear()
    nothing.clear_contents()
    assert (nothing.formula, nothing.width, nothing.left, nothing.top, nothing.height) == (None, 0, 0, 0, 0)


def test_moving_to_the_end(sheet: xw.Sheet) -> None:
    sheet["B2"].value = [[1, 2, None, 4], [5, None, None, None], ["=1/0", 8, None, None]]
    sheet["B7"].value = 9
    ends = {way: sheet["B2"].end(way).address for way in ("down", "up", "right", "left")}
    assert ends == {"down": "$B$4", "up": "$B$1", "right": "$C$2", "left": "$A$2"}
    assert sheet["B4"].end("down").address == "$B$7"
    assert sheet["B7"].end("down").address == "$B$1048576"
    assert sheet["B7"].end("up").address == "$B$4"
    assert sheet["C2"].end("right").address == "$E$2"
    assert sheet["E2"].end("left").address == "$C$2"
    assert sheet["E2"].end("right").address == "$XFD$2"
    sheet["F3"].formula, sheet["G9"].value, sheet["G8"].value = '=""', date(2021, 6, 30), " "
    assert sheet["F1048576"].end("up").address == sheet["XFD3"].end("left").address == "$F$3"
    assert sheet["G1048576"].end("up").address == sheet["XFD9"].end("left").address == "$G$9"
    assert sheet["G9"].end("up").address == "$G$8"


def test_expanding(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["a", "b", "c"], [1, 2, 3], [4, "=1/0", 6], [7, 8, 9]]
    assert sheet["A1"].expand().address == "$A$1:$C$4"
    assert sheet["A1"].expand("down").address == "$A$1:$A$4"
    assert sheet["A1:B1"].expand("down").address == "$A$1:$B$4"
    assert sheet["B2"].expand("right").address == "$B$2:$C$2"
    assert sheet["C4"].expand().address == "$C$4"
    assert sheet["B3"].expand().address == "$B$3:$C$4"
    assert sheet["Z99"].expand("table").address == "$Z$99"
    assert sheet["B2"].current_region.address == "$A$1:$C$4"
    assert sheet.used_range.address == "$A$1:$C$4"


def test_inserting_and_deleting(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    held = sheet["A1:B2"]
    sheet["A1:B1"].insert("down")
    assert sheet["A1:B3"].value == [[None, None], [1.0, 2.0], [3.0, 4.0]]
    assert held.value == [[None, None], [1.0, 2.0]]
    sheet["A1:B1"].delete("up")
    sheet["A1"].insert("right")
    assert sheet["A1:C2"].value == [[None, 1.0, 2.0], [3.0, 4.0, None]]
    sheet["A1"].delete("left")
    sheet["1:1"].insert("down")
    sheet["A:A"].insert("right")
    assert sheet["A1:C3"].value == [[None] * 3, [None, 1.0, 2.0], [None, 3.0, 4.0]]
    sheet["1:1"].delete()
    sheet["A:A"].delete()
    assert sheet["A1:B2"].value == [[1.0, 2.0], [3.0, 4.0]]
    sheet["A1:A2"].delete()
    assert sheet["A1:B2"].value == [[2.0, None], [4.0, None]]


def test_copying(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, "=A1*2"], [3, None]]
    sheet["A1"].color = (255, 0, 0)
    sheet["A1:B2"].copy(sheet["D1"])
    assert sheet["D1:E2"].formula == (("1", "=D1*2"), ("3", ""))
    assert sheet["D1"].color == (255, 0, 0)
    sheet["A1:B1"].copy()
    assert sheet.book.app.cut_copy_mode == "copy"
    sheet["A5"].paste("values")
    assert (sheet["A5:B5"].formula, sheet["A5"].color) == ((("1", "2"),), None)
    sheet["A5"].paste(operation="add", paste="values")
    assert sheet["A5:B5"].value == [2.0, 4.0]
    sheet["A6"].paste("formats")
    assert (sheet["A6"].value, sheet["A6"].color) == (None, (255, 0, 0))
    sheet["H1"].copy_from(sheet["A1:B2"], "values", transpose=True)
    assert sheet["H1:I2"].value == [[1.0, 3.0], [2.0, None]]
    sheet["A1:B1"].move(sheet["A9"])
    assert (sheet["A1:B1"].value, sheet["A9:B9"].value) == ([None, None], [1.0, 2.0])
    sheet.book.app.cut_copy_mode = False
    with pytest.raises(OfficeError, match="Nothing was copied"):
        sheet["A1"].paste()
    sheet["A1"].copy()
    with pytest.raises(NotImplementedError, match="column_widths"):
        sheet["A1"].paste("column_widths")


def test_copying_to_another_book(app: xw.App, sheet: xw.Sheet) -> None:
    sheet["A1"].value = [1, "x"]
    other = app.books.add().sheets[0]
    sheet["A1:B1"].copy(other["C3"])
    assert other["C3:D3"].value == [1.0, "x"]
    with pytest.raises(ValueError, match="same book"):
        sheet["A1"].move(other["A1"])


def test_fonts_and_colours(sheet: xw.Sheet) -> None:
    cell = sheet["A1"]
    assert (cell.color, cell.font.bold, cell.font.italic, cell.font.color) == (None, False, False, (0, 0, 0))
    cell.color = "#0a141e"
    cell.font.set(bold=True, italic=True, size=13.5, name="Times New Roman", color=(200, 0, 10))
    assert cell.color == (10, 20, 30)
    assert (cell.font.bold, cell.font.italic, cell.font.size) == (True, True, 13.5)
    assert (cell.font.name, cell.font.color) == ("Times New Roman", (200, 0, 10))
    cell.color = 255
    assert cell.color == (255, 0, 0)
    cell.color = None
    cell.font.italic = False
    assert (cell.color, cell.font.italic) == (None, False)
    sheet["A1:C1"].set_colors([[(1, 2, 3), ..., "#ffffff"]])
    assert [sheet[place].color for place in ("A1", "B1", "C1")] == [(1, 2, 3), None, (255, 255, 255)]
    both = sheet["A1:B1"]
    assert (both.color, both.font.bold, both.font.size, both.font.name, both.font.color) == (None,) * 5
    assert sheet["B1:C1"].font.bold is False


@pytest.mark.parametrize(
    "code",
    ["General", "0.00", "#,##0", "dd/mm/yyyy", "yyyy-mm-dd hh:mm:ss", "0%", "@", "[hh]:mm", "0.0E+00",
     "#,##0.00;[Red]-#,##0.00", '0" ngày"', "h:mm AM/PM"],
)  # fmt: skip
def test_number_formats_are_excels(sheet: xw.Sheet, code: str) -> None:
    sheet["A1"].number_format = code
    assert sheet["A1"].number_format == code


def test_number_format_of_differing_cells(sheet: xw.Sheet) -> None:
    sheet["A1"].number_format = "0.00"
    assert sheet["A1:B1"].number_format is None
    assert in_excel_notation('DD"DMY"[HH]') == 'dd"DMY"[hh]'


def test_alignment_and_wrapping(sheet: xw.Sheet) -> None:
    cell = sheet["A1"]
    assert (cell.horizontal_alignment, cell.vertical_alignment, cell.wrap_text) == (
        "general",
        "bottom",
        False,
    )
    for name in ("left", "center", "right", "fill", "justify"):
        cell.horizontal_alignment = name
        assert cell.horizontal_alignment == name
    for name in ("top", "center", "bottom", "justify"):
        cell.vertical_alignment = name
        assert cell.vertical_alignment == name
    cell.wrap_text = True
    assert cell.wrap_text is True
    with pytest.raises(NotImplementedError, match="horizontal_alignment"):
        cell.horizontal_alignment = "center_across_selection"
    with pytest.raises(NotImplementedError, match="vertical_alignment"):
        cell.vertical_alignment = "distributed"


def test_sizes(sheet: xw.Sheet) -> None:
    sheet["A1"].column_width = 20
    sheet["A1"].row_height = 30
    assert (sheet["A1"].column_width, sheet["A1"].row_height) == (20.0, 30.0)
    assert sheet["B2"].left == pytest.approx(108.75, abs=0.1)
    assert sheet["B2"].top == pytest.approx(30, abs=0.1)
    assert sheet["A1"].width == pytest.approx(108.75, abs=0.1)
    assert sheet["A1:B1"].height == pytest.approx(30, abs=0.1)
    sheet["A1"].value = "một đoạn khá dài để cột phải rộng ra nhiều hơn"
    sheet.autofit("c")
    assert sheet["A1"].column_width > 30
    sheet["A1"].rows.autofit()
    assert sheet["A1"].row_height < 20
    sheet["B:B"].columns.hidden = True
    sheet["2:2"].rows.hidden = True
    assert (sheet["B1"].columns.hidden, sheet["A2"].rows.hidden, sheet["A1"].rows.hidden) == (
        True,
        True,
        False,
    )


def test_merging(sheet: xw.Sheet) -> None:
    sheet["A1:B2"].merge()
    assert sheet["B2"].merge_area.address == "$A$1:$B$2"
    assert sheet["C3"].merge_area.address == "$C$3"
    merged = [sheet[place].merge_cells for place in ("A1", "B2", "A1:B2", "C3", "A1:C3", "C3:D4")]
    assert merged == [True, True, True, False, None, False]
    sheet["A1:B2"].unmerge()
    assert sheet["A1"].merge_cells is False
    sheet["A5:B6"].merge(across=True)
    assert sheet["A6"].merge_area.address == "$A$6:$B$6"


def test_borders(sheet: xw.Sheet) -> None:
    block = sheet["B2:C3"]
    assert block.borders.line_style is None
    block.borders.set("outside", line_style="continuous", weight="medium", color=(1, 2, 3))
    assert block.borders["edge_top"].line_style == "continuous"
    assert block.borders["edge_right"].weight == "medium"
    assert block.borders["edge_bottom"].color == (1, 2, 3)
    block.borders["edge_left"].line_style = "double"
    assert sheet["B2"].borders["edge_left"].line_style == "double"
    cell = sheet["F6"]
    cell.borders["edge_top"].weight = "thick"
    cell.borders["edge_top"].color = "#0000ff"
    assert (cell.borders["edge_top"].weight, cell.borders["edge_top"].color) == ("thick", (0, 0, 255))
    cell.borders.line_style = "dash"
    assert cell.borders.line_style == "dash"
    cell.borders.set("diagonal_up", line_style="continuous")
    assert cell.borders["diagonal_up"].line_style == "continuous"
    cell.borders.clear()
    assert (cell.borders.line_style, cell.borders["diagonal_up"].line_style) == (None, None)


def test_links(sheet: xw.Sheet) -> None:
    sheet["A1"].add_hyperlink("www.example.org", "xem")
    assert (sheet["A1"].value, sheet["A1"].hyperlink) == ("xem", "http://www.example.org")
    sheet["A2"].add_hyperlink("#Sheet1.B5")
    assert sheet["A2"].hyperlink == "#Sheet1.B5"
    with pytest.raises(OfficeError, match="hyperlink"):
        _ = sheet["A3"].hyperlink


def test_notes(book: xw.Book, sheet: xw.Sheet) -> None:
    assert sheet["B2"].note is None
    note = sheet["B2"].add_note("một")
    note.text = "hai"
    assert sheet["B2"].note is not None
    assert (sheet["B2"].note.text, sheet["B2"].note.location.address) == ("hai", "$B$2")
    assert isinstance(note.author, str)
    assert [one.text for one in book.impl.notes] == ["hai"]
    note.delete()
    assert sheet["B2"].note is None


def test_what_names_stand_for(book: xw.Book) -> None:
    """Absolute references come with the list, all else is asked for: one call for each."""
    other = book.sheets.add("It's 1.5")
    meanings = {
        "block": "='It''s 1.5'!$A$1:$B$2",
        "corner": "=Sheet1!$C$3",
        "half": "=Sheet1!$C4",
        "lines": "='It''s 1.5'!$4:$5",
        "total": "=SUM('It''s 1.5'!$A$1:$B$2,1.5)",
        "word": '="$a.b"',
    }
    for name, meaning in meanings.items():
        book.names.add(name, meaning)
    other.names.add("own", "='It''s 1.5'!$D$4")
    found = {name.name: name for name in book.names}
    CALLS.count = 0
    assert (found["block"].refers_to, found["corner"].refers_to, CALLS.count) == (
        meanings["block"],
        meanings["corner"],
        0,
    )
    assert {name: one.refers_to for name, one in found.items()} == meanings | {
        "'It''s 1.5'!own": "='It''s 1.5'!$D$4"
    }
    assert CALLS.count == 4


def test_names(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["A1:B2"].name = "block"
    book.names.add("rate", "=0.5")
    sheet.names.add("own", "=Sheet1!$B$2")
    assert sorted(name.name for name in book.names) == ["Sheet1!own", "block", "rate"]
    assert book.names["block"].refers_to == "=Sheet1!$A$1:$B$2"
    assert book.names["rate"].refers_to == "=0.5"
    assert sheet["block"].value == [[1.0, 2.0], [3.0, 4.0]]
    assert sheet["own"].address == "$B$2"
    assert book.names["Sheet1!own"].refers_to_range.value == 4.0
    assert sheet["A1:B2"].name == book.names["block"]
    assert sheet["A1"].name is None
    assert ("block" in book.names, "none" in book.names, len(sheet.names)) == (True, False, 1)
    sheet["C1"].value = "=SUM(block)*rate"
    assert sheet["C1"].value == 5.0
    book.names["rate"].refers_to = "=2"
    assert sheet["C1"].value == 20.0
    book.names["block"].name = "area"
    assert book.names(1).name in {"area", "rate"}
    with pytest.raises(OfficeError, match="rate does not stand for a range"):
        _ = book.names["rate"].refers_to_range
    del book.names["area"]
    assert "area" not in book.names
    with pytest.raises(KeyError):
        _ = book.names["area"]
    assert book.names.add("Sheet1!further", "=Sheet1!$A$1").name == "Sheet1!further"
    assert (sheet.names.contains(1), sheet.names.contains(9)) == (True, False)


def test_tables(sheet: xw.Sheet) -> None:
    sheet["B2"].value = [["a", "b"], [1, 2], [3, 4]]
    table = sheet.tables.add(sheet["B2:C4"], name="data")
    assert (table.range.address, table.header_row_range.address) == ("$B$2:$C$4", "$B$2:$C$2")
    assert table.data_body_range.value == [[1.0, 2.0], [3.0, 4.0]]
    assert sheet["data"].address == "$B$3:$C$4"
    assert sheet["C3"].table == table
    assert sheet["A1"].table is None
    assert (table.show_headers, table.show_autofilter) == (True, True)
    table.resize(sheet["B2:C3"])
    table.display_name = "figures"
    assert sheet.tables["figures"].range.address == "$B$2:$C$3"
    assert sheet.tables[0].display_name == "figures"
    assert sheet.tables.add(sheet["F1:F2"], has_headers=False).name == "Table1"
    assert sheet.tables["Table1"].header_row_range is None
    assert (len(sheet.tables), "Table1" in sheet.tables, "none" in sheet.tables) == (2, True, False)
    assert sheet.tables["figures"].parent == sheet
    with pytest.raises(KeyError):
        _ = sheet.tables["none"]
    with pytest.raises(NotImplementedError, match=r"Table\.table_style"):
        _ = table.table_style


def test_sorting(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["k", "v"], [2, "b"], [1, "c"], [2, "a"]]
    sheet["A1:B4"].sort([1, 2], ascending=[False, True], has_headers=True)
    assert sheet["A1:B4"].value == [["k", "v"], [2.0, "a"], [2.0, "b"], [1.0, "c"]]


@pytest.mark.parametrize("member", ["autofilter", "data_validation", "characters"])
def test_what_is_missing_says_its_name(sheet: xw.Sheet, member: str) -> None:
    with pytest.raises(NotImplementedError, match=rf"Range\.{member} is not available with LibreOffice"):
        getattr(sheet["A1"], member)


@pytest.mark.parametrize("held", [False, True])
def test_notes_stay_where_values_are_written(sheet: xw.Sheet, *, held: bool) -> None:
    """Also on an empty cell, and where a cell is emptied; formulas and numbers come as everywhere."""
    sheet["A1"].value = [["x", 1.0, None], ["y", None, "z"]]
    for cell in ("A1", "C1", "C2"):
        sheet[cell].impl.add_note(f"about {cell}")
    sheet.book.app.screen_updating = not held
    sheet["A1"].value = [["12", 2.5, "3/4"], ["=1+1", "1-2", None]]
    sheet.book.app.screen_updating = True
    assert sheet["A1:C2"].value == [["12", 2.5, "3/4"], [2.0, "1-2", None]]
    assert [sheet[cell].impl.note.text for cell in ("A1", "C1", "C2")] == ["about A1", "about C1", "about C2"]


def test_a_text_that_looks_like_a_number_keeps_the_cells_format(sheet: xw.Sheet) -> None:
    sheet["A2"].number_format, sheet["A3"].number_format = "@", "0.00"
    sheet["A1"].value = [["3/4"], ["3/4"], ["12"], ["TRUE"]]
    assert [cell.number_format for cell in sheet["A1:A4"]] == ["General", "@", "0.00", "General"]
    assert sheet["A1:A4"].value == ["3/4", "3/4", "12", "TRUE"]


def test_formats_are_saved_as_they_were_set(book: xw.Book, sheet: xw.Sheet, tmp_path: Path) -> None:
    """No language stands in front of them, which Excel would show as formats of one's own."""
    codes = ["General", "@", "0%", "0.0%", "d-mmm", "dd/mm/yyyy"]
    for row, code in enumerate(codes, start=1):
        sheet[f"A{row}"].value = float(row)
        sheet[f"A{row}"].number_format = code
    book.save(str(tmp_path / "formats.xlsx"))
    found = openpyxl.load_workbook(tmp_path / "formats.xlsx").worksheets[0]
    assert [found[f"A{row}"].number_format.replace("\\", "") for row in range(1, 7)] == codes


def test_a_vietnamese_format_is_told_and_set(app: xw.App, tmp_path: Path) -> None:
    """Excel writes the language in front of such a format of dates."""
    code = "[$-42A]dd mmmm yyyy"
    with xlsxwriter.Workbook(tmp_path / "dates.xlsx") as made:
        made.add_worksheet().write(0, 0, 44230, made.add_format({"num_format": code}))
    book = app.books.open(str(tmp_path / "dates.xlsx"))
    sheet = book.sheets[0]
    assert sheet["A1"].number_format == code
    sheet["A2"].number_format = code
    assert sheet["A2"].number_format == code
    book.close()


def test_formats_and_fonts_of_a_block_are_told_at_once(sheet: xw.Sheet) -> None:
    sheet["A1:B9"].value = 1.0
    sheet["B2:B3"].number_format = "0%"
    sheet["B3:B4"].font.name = "Arial"
    CALLS.count = 0
    told = sheet["B1:B5"].impl.formats()
    assert CALLS.count == 1
    assert {(code, font): places for code, font, places in told if font == "Arial" or code == "0%"} == {
        ("0%", "Arial"): ((3, 2, 3, 2),),
        ("General", "Arial"): ((4, 2, 4, 2),),
        ("0%", str(sheet["B1"].font.name)): ((2, 2, 2, 2),),
    }


def test_texts_of_several_looks_and_links_are_told_and_written(app: xw.App, tmp_path: Path) -> None:
    """As they were, across lines, in one call; Calc's Undo takes them back."""
    with xlsxwriter.Workbook(tmp_path / "rich.xlsx") as made:
        sheet_, bold = made.add_worksheet(), made.add_format({"bold": True, "font_color": "#FF0000"})
        sheet_.write_rich_string("A1", "một \n", bold, "hai", " 𝛼")
        sheet_.write("A2", "hai\ndòng")
        sheet_.write_url("A3", "https://example.vn/a", string="xem  đây")
    book = app.books.open(str(tmp_path / "rich.xlsx"))
    sheet = book.sheets[0]
    CALLS.count = 0
    told = sheet["A1:A3"].impl.rich_texts()
    assert CALLS.count == 1
    assert {place: [(text, link) for text, _, link in pieces] for place, pieces in told.items()} == {
        (1, 1): [("một ", ""), ("\nhai", ""), (" 𝛼", "")],
        (3, 1): [("xem  đây", "https://example.vn/a")],
    }
    app.screen_updating = False
    sheet["A1:A3"].value = [["x"], ["x"], ["x"]]
    for (row, column), pieces in told.items():
        sheet[row - 1, column - 1].impl.put_rich_text(pieces)
    app.screen_updating = True
    assert sheet["A1:A3"].impl.rich_texts() == told
    assert sheet["A1:A3"].value == ["một \nhai 𝛼", "x", "xem  đây"]
    book.api.UndoManager.undo()
    assert sheet["A1:A3"].value == ["một \nhai 𝛼", "hai\ndòng", "xem  đây"]
    book.close()
