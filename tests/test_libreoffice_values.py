"""Values and formulas through the LibreOffice engine, as xlwings documents them for Excel."""

import datetime as dt
from decimal import Decimal

import numpy as np
import openpyxl
import pandas as pd
import pytest
import xlwings as xw

from papi_xl.libreoffice import CALLS

MIXED = [["a", 1, None], [True, dt.datetime(2026, 3, 4, 5, 6), dt.date(2026, 1, 2)], ["=1/0", "=A2", "=NA()"]]


def test_each_kind_of_value_comes_back(sheet: xw.Sheet) -> None:
    sheet["A1"].value = MIXED
    assert sheet["A1:C3"].value == [
        ["a", 1.0, None],
        [True, dt.datetime(2026, 3, 4, 5, 6), dt.datetime(2026, 1, 2)],
        [None, True, None],
    ]
    assert isinstance(sheet["B1"].value, float)
    assert isinstance(sheet["A2"].value, bool)


def test_errors_come_as_text_when_asked_for(sheet: xw.Sheet) -> None:
    sheet["A1"].value = ["=1/0", "=NA()", "=nosuchname", '="a"+1', "=SQRT(-1)", 5]
    errors = sheet["A1:F1"].options(err_to_str=True).value
    assert errors == ["#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#NUM!", 5.0]
    assert sheet["A1:F1"].value == [None, None, None, None, None, 5.0]


def test_shapes_follow_ndim(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    assert sheet["A1:B1"].value == [1.0, 2.0]
    assert sheet["A1:A2"].value == [1.0, 3.0]
    assert sheet["A1"].options(ndim=2).value == [[1.0]]
    assert sheet["A1"].options(ndim=1).value == [1.0]
    assert sheet["A1:B2"].options(transpose=True).value == [[1.0, 3.0], [2.0, 4.0]]
    assert sheet["A1:B2"].raw_value == [[1.0, 2.0], [3.0, 4.0]]


def test_reading_options(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [1.6, None, dt.datetime(2026, 1, 2, 3), "x"]
    options = sheet["A1:D1"].options(numbers=int, empty="-", dates=dt.date)
    assert options.value == [2, "-", dt.date(2026, 1, 2), "x"]


def test_odd_kinds_are_written_as_plain_ones(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [np.int64(3), np.float64(2.5), np.bool_(1), np.nan, pd.NaT, Decimal("1.5"), 7]
    assert sheet["A1:G1"].value == [3.0, 2.5, True, None, None, 1.5, 7.0]
    sheet["A2"].value = [np.datetime64("2026-01-02"), pd.Timestamp(2026, 1, 3, 12), dt.timedelta(hours=36)]
    assert sheet["A2:C2"].value == [dt.datetime(2026, 1, 2), dt.datetime(2026, 1, 3, 12), 1.5]
    with pytest.raises(TypeError, match="cannot hold a set"):
        sheet["A3"].value = [{1}, 2]


def test_a_time_is_a_part_of_a_day(sheet: xw.Sheet) -> None:
    """Excel gives a cell with a time alone as a number."""
    sheet["A1"].value = [dt.time(18, 0), 1]
    assert sheet["A1"].value == 0.75
    assert sheet["A1"].number_format == "hh:mm:ss"


def test_dates_get_a_format_only_where_there_is_none(sheet: xw.Sheet) -> None:
    sheet["B1"].number_format = "dd/mm/yyyy"
    sheet["A1"].value = [dt.date(2026, 1, 2), dt.date(2026, 1, 2), dt.datetime(2026, 1, 2, 3, 4)]
    assert [sheet[cell].number_format for cell in ("A1", "B1", "C1")] == [
        "yyyy-mm-dd",
        "dd/mm/yyyy",
        "yyyy-mm-dd hh:mm:ss",
    ]
    sheet["B1"].value = 46025
    assert sheet["B1"].value == dt.datetime(2026, 1, 3)


def test_a_number_over_a_truth_value_is_a_number(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [True, False]
    sheet["A1"].value = [1, 0]
    values = sheet["A1:B1"].value
    assert values == [1.0, 0.0]
    assert [type(value) for value in values] == [float, float]


def test_texts_stay_texts(sheet: xw.Sheet) -> None:
    texts = ["123", "2/3", "TRUE", "1e5", " x ", "Tiến độ\nhai dòng", "=", "#N/A"]
    sheet["A1"].value = texts
    assert sheet["A1:H1"].value == texts
    sheet["A2"].value = ["'=1+1", "''q"]
    assert sheet["A2:B2"].value == ["=1+1", "'q"]


def test_formulas_are_excels_own(sheet: xw.Sheet) -> None:
    formulas = ["=SUM(Sheet1!$C$3,1)", '=IF(C3=2,"a,b",{1,2;3,4})', '=COUNTIFS(C:C,">1")', "=1>2"]
    sheet["C3"].value = 2
    sheet["A1"].formula = formulas
    assert sheet["A1:D1"].value == [3.0, "a,b", 1.0, False]
    assert sheet["A1:D1"].formula == (tuple(formulas),)
    assert sheet["A1"].formula2 == "=SUM(Sheet1!$C$3,1)"
    sheet["A2"].formula2 = "=C3*2"
    assert sheet["A2"].value == 4.0


def test_constants_in_formulas(sheet: xw.Sheet) -> None:
    sheet["A1"].value = ["x", 2.5, 3, True, None, dt.date(2026, 1, 2)]
    assert sheet["A1:F1"].formula == (("x", "2.5", "3", "TRUE", "", "46024"),)


def test_rows_that_do_not_fit_are_cut(sheet: xw.Sheet) -> None:
    sheet["A1:B2"].raw_value = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    assert sheet["A1:C3"].value == [[1.0, 2.0, None], [4.0, 5.0, None], [None, None, None]]
    sheet["A5:B6"].options(convert="raw").value = [7, 8]
    assert sheet["A5:B6"].value == [[7.0, 8.0], [None, None]]


def test_numbers_that_are_no_dates_stay_numbers(sheet: xw.Sheet) -> None:
    sheet["A1:B1"].number_format = "yyyy-mm-dd"
    sheet["A1"].value = [-5, 1e12]
    assert sheet["A1:B1"].value == [-5.0, 1e12]


def test_a_row_of_formulas_takes_the_calls_of_values(sheet: xw.Sheet) -> None:
    rows = [[number, f"=A{number}*2", number % 2 == 0] for number in range(1, 2001)]
    sheet["A1"].value = 1
    CALLS.count = 0
    sheet["A1"].value = rows
    assert CALLS.count <= 6
    CALLS.count = 0
    cells = sheet["A1:C2000"]
    assert cells.value == [[float(number), number * 2.0, number % 2 == 0] for number in range(1, 2001)]
    assert CALLS.count <= 4
    CALLS.count = 0
    assert cells.formula[1999] == ("2000", "=A2000*2", "TRUE")
    assert CALLS.count <= 4


def test_one_formula_fills_a_block(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1], [2], [3]]
    sheet["B1:C3"].formula = "=$A1*10"
    sheet["D1:D3"].value = "=A1"
    assert sheet["B1:D3"].value == [[10.0, 10.0, 1.0], [20.0, 20.0, 2.0], [30.0, 30.0, 3.0]]
    sheet["E1:F2"].value = 7
    assert sheet["E1:F2"].value == [[7.0, 7.0], [7.0, 7.0]]


def test_array_formulas(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1], [2]]
    sheet["B1:B2"].formula_array = "=A1:A2*2"
    assert sheet["B1:B2"].value == [2.0, 4.0]
    assert sheet["B1:B2"].formula_array == "=A1:A2*2"
    assert (sheet["B1"].has_array, sheet["A1"].has_array) == (True, False)
    assert sheet["A1"].formula_array == "1"
    assert sheet["A1:A2"].formula_array is None


def test_frames_and_series(sheet: xw.Sheet) -> None:
    frame = pd.DataFrame(
        {"n": [1.0, 2.0], "t": ["p", "q"], "d": pd.to_datetime(["2026-01-02", "2026-01-03"])}
    )
    sheet["A1"].options(index=False).value = frame
    read = sheet["A1"].options(pd.DataFrame, expand="table", index=False).value
    assert read.to_dict("list") == {
        "n": [1.0, 2.0],
        "t": ["p", "q"],
        "d": [pd.Timestamp(2026, 1, 2), pd.Timestamp(2026, 1, 3)],
    }
    sheet["F1"].value = np.array([[1, 2], [3, 4]])
    assert sheet["F1:G2"].options(np.array).value.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    sheet["I1"].value = {"k": 1.0}
    assert sheet["I1:J1"].options(dict).value == {"k": 1.0}


def test_clearing(sheet: xw.Sheet) -> None:
    sheet["A1:B2"].value = 3
    sheet["A1:B2"].number_format = "0.00"
    sheet["A1"].clear_contents()
    assert (sheet["A1"].value, sheet["A1"].number_format) == (None, "0.00")
    sheet["B1"].clear_formats()
    assert (sheet["B1"].value, sheet["B1"].number_format) == (3.0, "General")
    sheet["A2:B2"].clear()
    assert (sheet["A2:B2"].value, sheet["A2"].number_format) == ([None, None], "General")
    sheet.clear_contents()
    sheet.clear_formats()
    sheet.clear()
    assert sheet.used_range.value is None


@pytest.mark.usefixtures("book")
def test_a_workbook_of_another_program(app: xw.App, tmp_path: object) -> None:
    path = f"{tmp_path}/other.xlsx"
    made = openpyxl.Workbook()
    made.active.append([True, "=A1", "=1>2", dt.datetime(2026, 1, 2), dt.time(12), "#N/A", "x"])
    made.save(path)
    row = app.books.open(path).sheets[0]["A1:G1"]
    assert row.value == [True, True, False, dt.datetime(2026, 1, 2), 0.5, None, "x"]
    assert row.formula == (("TRUE", "=A1", "=1>2", "46024", "0.5", "#N/A", "x"),)


@pytest.mark.no_cover
def test_whole_columns_are_as_long_as_the_sheet(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1], ["=A1+1"]]
    values = sheet["A:A"].value
    assert (len(values), values[:3]) == (1_048_576, [1.0, 2.0, None])


@pytest.mark.no_cover
def test_a_big_block_takes_the_calls_of_a_small_one(sheet: xw.Sheet) -> None:
    block = [
        [f"t{row}" if column % 2 else float(row * column) for column in range(11)] for row in range(100_000)
    ]
    block[5][0] = dt.datetime(2026, 1, 2)  # type: ignore[call-overload]
    sheet["A1"].value = 1
    CALLS.count = 0
    sheet["A1"].value = block
    assert CALLS.count == 4
    CALLS.count = 0
    assert sheet["A1:K100000"].value == block
    assert CALLS.count <= 4


def test_calls_for_reading_do_not_grow_with_formats(sheet: xw.Sheet) -> None:
    for number in range(1, 20):
        sheet[f"A{number}"].font.size = 8 + number / 2
        sheet[f"A{number}"].number_format = "yyyy-mm-dd" if number % 2 else "0.00"
    sheet["A1:A19"].value = 46024
    cells = sheet["A1:A19"]
    CALLS.count = 0
    values = cells.value
    assert CALLS.count <= 4
    assert values[:2] == [dt.datetime(2026, 1, 2), 46024.0]
