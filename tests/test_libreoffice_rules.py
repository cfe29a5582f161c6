"""Conditional formats through the LibreOffice engine: in its list, on its pages and in the saved workbook."""

import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
Saved = list[tuple[str, list[tuple[str, list[str], str]]]]


@pytest.fixture
def painted(book: xw.Book, tmp_path: Path) -> xw.Sheet:
    """Give A1:D3 of fives: A1:B3 red by a rule, B2:C3 green by another, data bars in D."""
    made = xlsxwriter.Workbook(tmp_path / "painted.xlsx")
    sheet = made.add_worksheet("Sheet1")
    sheet.set_margins(1, 1, 1, 1)
    for row in range(3):
        sheet.write_row(row, 0, [5] * 4)
    for place, formula, color in (("A1:B3", "=A1>2", "#FF0000"), ("B2:C3", "=B2>2", "#00FF00")):
        look = made.add_format({"bg_color": color})
        sheet.conditional_format(place, {"type": "formula", "criteria": formula, "format": look})
    sheet.conditional_format("D1:D3", {"type": "data_bar", "bar_color": "#FFAA00"})
    made.close()
    return book.app.books.open(tmp_path / "painted.xlsx").sheets[0]


def shown(sheet: xw.Sheet, folder: Path) -> list[list[tuple[int, ...]]]:
    """Return the colours of A1:C3 on the printed page, near the left edges of the cells."""
    sheet.book.to_pdf(folder / "page.pdf")
    subprocess.run(["pdftoppm", "-r", "72", "-singlefile", "page.pdf", "page"], cwd=folder, check=True)
    head, size, _, pixels = Path(folder, "page.ppm").read_bytes().split(b"\n", 3)
    width = int(size.split()[0])
    assert head == b"P6"
    places = [[((79 + 15 * row) * width + 76 + 64 * column) * 3 for column in range(3)] for row in range(3)]
    return [[tuple(pixels[at : at + 3]) for at in line] for line in places]


def saved(book: xw.Book, path: Path) -> Saved:
    """Save and return the rules of the first sheet by their priority: cells, then type, formula and fill."""
    book.save(path)
    with pytest.warns(UserWarning, match="extension is not supported"):
        sheet = openpyxl.load_workbook(path).worksheets[0]
    found = []
    for one in sheet.conditional_formatting:
        rules = sorted(one.rules, key=lambda rule: rule.priority)
        looks = [(rule.type, rule.formula, rule.dxf.fill.bgColor.rgb if rule.dxf else "") for rule in rules]
        found.append((rules[0].priority, str(one.sqref), looks))
    return [(place, looks) for _, place, looks in sorted(found)]


def test_rules_of_a_workbook(painted: xw.Sheet) -> None:
    formats = painted["A1:D3"].conditional_formats
    assert [(one.type, one.formula, one.fill_color, one.stop_if_true) for one in formats] == [
        ("custom", "=A1>2", RED, True),
        ("custom", "=B2>2", GREEN, True),
        ("data_bar", None, None, None),
    ]
    assert (len(formats), formats[1].fill_color, formats(1).font_color) == (3, GREEN, None)
    assert len(painted["A9"].conditional_formats) == 0
    with pytest.raises(KeyError):
        formats("x")


def test_a_new_rule_stands_on_top_and_leaves_the_others(painted: xw.Sheet, tmp_path: Path) -> None:
    painted["C3"].select()
    rule = painted.range("B2,A2:A3").conditional_formats.add_custom(
        "=TRUE", fill_color="#0000ff", font_color=(1, 2, 3), font_bold=True, font_italic=False
    )
    assert (rule.formula, rule.fill_color, rule.font_color) == ("=TRUE", BLUE, (1, 2, 3))
    assert (rule.font_bold, rule.font_italic, rule.operator, rule.formula1) == (True, False, None, None)
    assert shown(painted, tmp_path) == [[RED, RED, WHITE], [BLUE, BLUE, GREEN], [BLUE, RED, GREEN]]
    assert painted.book.app.selection == painted["C3"]
    expected = [
        ("D1:D3", [("dataBar", [], "")]),
        ("A2:A3 B2", [("expression", ["TRUE()"], "FF0000FF")]),
        ("A1:B3", [("expression", ["A1>2"], "FFFF0000")]),
        ("B2:C3", [("expression", ["B2>2"], "FF00FF00")]),
    ]
    assert saved(painted.book, tmp_path / "one.xlsx") == expected


def test_saving_and_opening_twice_changes_nothing(painted: xw.Sheet, tmp_path: Path) -> None:
    painted.range("B2,A2:A3").conditional_formats.add_custom("=$A1=B$1", fill_color="#0000ff")
    painted["A1:A2"].conditional_formats.add_cell_value("between", 1, 9.5, font_italic=True, fill_color=GREEN)
    app, first = painted.book.app, saved(painted.book, tmp_path / "one.xlsx")
    colours = shown(painted, tmp_path)
    painted.book.close()
    for name in ("two.xlsx", "three.xlsx"):
        book = app.books.open(tmp_path / "one.xlsx")
        assert shown(book.sheets[0], tmp_path) == colours
        assert saved(book, tmp_path / name) == first
        book.close()
    assert [place for place, _ in first] == ["D1:D3", "A1:A2", "A2:A3 B2", "A1:B3", "B2:C3"]


def test_a_cell_value_rule(painted: xw.Sheet) -> None:
    formats = painted["F1:F3"].conditional_formats
    rule = formats.add_cell_value("not_between", 1, "=$A$1", fill_color=RED)
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == (
        "cell_value",
        "not_between",
        "=1",
        "=$A$1",
    )
    rule = formats.add_cell_value("equal_to", "xong", font_bold=True)
    assert (rule.operator, rule.formula1, rule.formula2, rule.formula) == ("equal_to", '="xong"', None, None)
    assert (rule.font_bold, rule.fill_color) == (True, None)
    rule.delete()
    assert [one.operator for one in formats] == ["not_between"]


def test_formulas_are_excels_own(book: xw.Book, sheet: xw.Sheet) -> None:
    book.sheets.add("Danh mục", after=sheet)
    formulas = [
        "=COUNTIF('Danh mục'!$A:$A,$B2)>1",
        '=IF(B3="a,b",{1,2;3,4},1.5)',
        "=OR(B$1=0.5,ISERROR($A2))",
    ]
    for formula in formulas:
        sheet["B2:C9"].conditional_formats.add_custom(formula, fill_color=RED)
    assert [one.formula for one in sheet["B2"].conditional_formats] == formulas[::-1]


def test_deleting_a_rule_deletes_it_everywhere(painted: xw.Sheet, tmp_path: Path) -> None:
    next(iter(painted["B3"].conditional_formats)).delete()
    assert shown(painted, tmp_path) == [[WHITE] * 3, [WHITE, GREEN, GREEN], [WHITE, GREEN, GREEN]]
    for one in painted["A1:D3"].conditional_formats:
        one.delete()
    assert len(painted.cells.conditional_formats) == 0


def test_clearing_leaves_rules_outside(painted: xw.Sheet, tmp_path: Path) -> None:
    painted.range("A1:B1,C3").conditional_formats.clear()
    assert shown(painted, tmp_path) == [[WHITE] * 3, [RED, RED, GREEN], [RED, RED, WHITE]]
    rules = saved(painted.book, tmp_path / "one.xlsx")
    assert ("A2:B3", [("expression", ["A2>2"], "FFFF0000")]) in rules
    assert sorted(place for place, _ in rules) == ["A2:B3", "B2:B3 C2", "D1:D3"]
    painted.cells.conditional_formats.clear()
    assert len(painted.cells.conditional_formats) == 0


def test_one_undo_brings_the_old_rules_back(painted: xw.Sheet, tmp_path: Path) -> None:
    before = shown(painted, tmp_path)
    with painted.book.app.properties(screen_updating=False):
        painted["A1:B3"].conditional_formats.clear()
        painted["A1"].value = 7
        painted.range("A1,C1:C3").conditional_formats.add_custom("=TRUE", fill_color=BLUE)
    assert shown(painted, tmp_path) == [[BLUE, WHITE, BLUE], [WHITE, WHITE, BLUE], [WHITE, WHITE, BLUE]]
    painted.book.api.UndoManager.undo()
    assert (shown(painted, tmp_path), painted["A1"].value) == (before, 5.0)
    assert len(painted["A1:D3"].conditional_formats) == 3


def test_rules_where_a_sheet_is_protected(painted: xw.Sheet, tmp_path: Path) -> None:
    """LibreOffice lets nobody change cell styles then."""
    painted.book.sheets.add("Khoá").api.protect("mật khẩu")
    painted["A1"].conditional_formats.add_custom("=TRUE", fill_color=BLUE, font_italic=True)
    assert shown(painted, tmp_path)[0] == [BLUE, RED, WHITE]
    assert painted["A1"].conditional_formats[0].font_italic is True
    assert painted.book.app.impl.office.desktop.Frames.Count == 2


def test_rows_of_other_heights_and_cells_stay(painted: xw.Sheet) -> None:
    painted["A2"].row_height = 40
    painted["B1:C1"].merge()
    painted["A1"].add_note("ghi chú")
    formulas = painted["A1:D3"].formula
    painted["A1:D2"].conditional_formats.add_custom("=TRUE", fill_color=BLUE)
    assert painted["A1:D3"].formula == formulas
    assert (painted["A2"].row_height, painted["B1:C1"].merge_cells) == (40.0, True)
    assert painted["A1"].note is not None
    assert painted.used_range.address == "$A$1:$D$3"


def test_areas(sheet: xw.Sheet) -> None:
    several = sheet.range("G12, $G$15:H20,A1")
    assert (several.address, len(several)) == ("$G$12,$G$15:$H$20,$A$1", 14)
    several.color = (1, 2, 3)
    assert (several.color, sheet["H20"].color, sheet["G13"].color) == ((1, 2, 3), (1, 2, 3), None)
    sheet["A1"].color = None
    assert several.color is None
    assert several.get_address(external=True) == f"'[{sheet.book.name}]Sheet1'!$G$12,$G$15:$H$20,$A$1"
    for member in ("value", "formula", "font", "number_format"):
        with pytest.raises(
            NotImplementedError, match=f"Range of several areas.{'raw_value' * (member == 'value') or member}"
        ):
            getattr(several, member)


def test_very_many_areas(sheet: xw.Sheet) -> None:
    places = ",".join(f"A{row}" for row in range(1, 2001, 2))
    sheet.range(places).conditional_formats.add_custom("=TRUE", fill_color=RED)
    assert [len(sheet[cell].conditional_formats) for cell in ("A1", "A2", "A1999")] == [1, 0, 1]


def test_what_calc_cannot_do_says_its_name(sheet: xw.Sheet) -> None:
    formats = sheet["A1"].conditional_formats
    with pytest.raises(NotImplementedError, match=r"ConditionalFormats\.add_data_bar"):
        formats.add_data_bar("#ff0000")
    with pytest.raises(NotImplementedError, match=r"ConditionalFormats\.add_icon_set"):
        formats.add_icon_set("3_arrows")
    rule = formats.add_custom("=TRUE", fill_color=RED)
    with pytest.raises(NotImplementedError, match=r"ConditionalFormat\.set"):
        rule.set(formula="=FALSE")
    with pytest.raises(NotImplementedError, match=r"ConditionalFormat\.colors"):
        _ = rule.colors
