"""The list of units: every way of heading it, what is put right, and what is refused with its row."""

from datetime import date, datetime

import pytest

from papi_xl.consolidated import Unit
from papi_xl.errors import UsageError
from papi_xl.raw import Cell
from papi_xl.refusals import explain
from papi_xl.roster import Roster, roster, rows_of_csv

DUE = date(2021, 6, 30)


def units(*rows: list[Cell]) -> tuple[Unit, ...]:
    return roster(rows).units


def test_a_list_as_offices_keep_it() -> None:
    """Titles above, columns in any order and some unknown, blank rows, a total at the end."""
    found = units(
        ["DANH SÁCH CÁC TRƯỜNG MẦM NON"],
        [],
        ["STT", "Tên trường", "Địa chỉ", "Mã trường", "Hạn nộp", "Email"],
        [1.0, "Trường  Mầm non Hoa Sen ", "Xã A", 33325201.0, datetime(2021, 6, 30), "hoasen@vg.edu.vn"],
        [None, None, None, None, None, None],
        [2.0, "MN Sao Mai", None, "'0012", "30/6/2021"],
        [None, "…", None, "-"],
        [3.0, "MN Hoa Hồng"],
        [None, "Tổng cộng", 3.0],
    )
    assert found == (
        Unit("33325201", "Trường Mầm non Hoa Sen", "hoasen@vg.edu.vn", DUE),
        Unit("0012", "MN Sao Mai", "", DUE),
        Unit("", "MN Hoa Hồng", "", None),
    )


@pytest.mark.parametrize(
    "header",
    [
        ["Mã đơn vị", "Tên đơn vị", "Thư điện tử", "Hạn nộp"],
        ["code", "name", "email", "due"],
        ["Mã", "Tên", "E-mail", "Hạn"],
        ["MÃ TRƯỜNG", "TRƯỜNG", "Địa chỉ email", "Thời hạn"],
        ["ma don vi", "Don vi", "EMAIL", "Han nop (ngay)"],
        ["Unit code", "Unit name", "Mail", "Due date"],
        ["Mã đơn vị", "Đơn vị", "Thư điện tử", "Hạn gửi"],
    ],
)
def test_headers_are_known_by_many_names(header: list[Cell]) -> None:
    assert units(header, ["1", "A", "a@b.vn", "2021-06-30"]) == (Unit("1", "A", "a@b.vn", DUE),)


def test_of_two_columns_of_a_kind_the_better_named_counts() -> None:
    assert units(["Đơn vị", "Mã số", "Tên đơn vị", "Mã"], ["Xã A", "9", "MN A", "1"]) == (Unit("1", "MN A"),)


def test_one_column_is_enough() -> None:
    assert units(["Đơn vị"], ["MN A"], ["MN B"]) == (Unit("", "MN A"), Unit("", "MN B"))
    assert units(["Mã"], [7.0]) == (Unit("7", ""),)


def test_units_of_one_name_may_have_different_codes() -> None:
    assert len(units(["Mã", "Tên"], ["1", "MN A"], ["2", "MN A"], [None, "MN A"])) == 3


@pytest.mark.parametrize(
    ("rows", "code", "values"),
    [
        ([], "roster-no-header", {"rows": 30, "name": "Tên đơn vị", "number": "Mã đơn vị"}),
        ([["MN A", "MN B"]], "roster-no-header", {"rows": 30, "name": "Tên đơn vị", "number": "Mã đơn vị"}),
        ([["Mã", "Tên"]], "roster-empty", {}),
        ([["Mã", "Tên"], [None, " "], ["", "Tổng số"]], "roster-empty", {}),
        ([["Mã", "Tên", "Email"], [], ["", "", "a@b.vn"]], "roster-unit-missing", {"row": 3}),
        (
            [["Mã", "Tên"], ["mn 1", "A"], ["2", "B"], ["MN1", "C"]],
            "roster-code-twice",
            {"row": 4, "first": 2, "value": "MN1"},
        ),
        ([["Mã", "Tên", "Hạn"], ["1", "A", "sớm"]], "roster-due", {"row": 2, "value": "sớm"}),
        ([["Mã", "Tên", "Hạn"], ["1", "A", "31/6/2021"]], "roster-due", {"row": 2, "value": "31/6/2021"}),
        ([["Mã", "Tên", "Hạn"], ["1", "A", 44377.0]], "roster-due", {"row": 2, "value": "44377"}),
    ],
)
def test_a_bad_list_is_refused(rows: list[list[Cell]], code: str, values: dict[str, object]) -> None:
    with pytest.raises(UsageError) as caught:
        roster(rows)
    assert (caught.value.code, caught.value.values) == (code, values)
    for lang in ("vi", "en"):
        assert "{" not in explain(caught.value, lang)


def test_rows_are_named_as_the_sheet_numbers_them() -> None:
    with pytest.raises(UsageError) as caught:
        roster([["Mã", "Tên", "Hạn"], ["1", "A", "x"]], numbers=[4, 9])
    assert explain(caught.value, "vi") == (
        'Danh sách đơn vị, dòng 9: hạn nộp "x" không phải ngày. Gõ dạng 30/6/2021 hoặc 2021-06-30.'
    )


TEXT = 'code,name,due\r\n0012,"Trường MN ""Hoa Sen"", khu A",30/6/2021\r\n\r\n13,MN Đình Dù,\r\n'
EXPECTED = Roster((Unit("0012", 'Trường MN "Hoa Sen", khu A', "", DUE), Unit("13", "MN Đình Dù")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_every_encoding(encoding: str) -> None:
    assert roster(rows_of_csv(TEXT.encode(encoding))) == EXPECTED


def test_csv_in_the_vietnamese_code_page() -> None:
    """Code page 1258 keeps tones apart from their letters; `ì`, `ù` and `ầ` are two bytes each."""
    data = b"name\nM\xe2\xccm non \xd0i\xccnh Du\xcc\n"
    assert roster(rows_of_csv(data)) == Roster((Unit("", "Mầm non Đình Dù"),))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_with_other_delimiters(delimiter: str) -> None:
    data = f"Mã đơn vị{delimiter}Tên đơn vị\n1{delimiter}MN A, khu B\n".encode()
    assert roster(rows_of_csv(data)) == Roster((Unit("1", "MN A, khu B"),))


def test_a_cell_of_csv_may_hold_lines() -> None:
    assert rows_of_csv(b'code,name\r\n1,"MN\r\nA"\r2,B') == [["code", "name"], ["1", "MN\nA"], ["2", "B"]]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"name\nMN \x8d\x90", b"name\n" + b"x" * 200_000])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError) as caught:
        rows_of_csv(data)
    assert caught.value.code == "roster-unreadable"
