"""Text, numbers and values as people type them."""

import unicodedata
from datetime import date, datetime, time, timedelta

import pytest

from papi_xl import numbering, text, values
from papi_xl.raw import Cell, CellError
from papi_xl.vocabulary import Status


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("Thông báo", "Thông báo"),
        (" Thông  báo ", "Thông báo"),
        ("Thông\u00a0báo", "Thông báo"),
        ("Thông báo\u200b", "Thông báo"),
        ("dòng 1 \r\n dòng 2", "dòng 1\ndòng 2"),
        (unicodedata.normalize("NFD", "Đơn vị chủ trì"), "Đơn vị chủ trì"),
        ("½ ngày", "½ ngày"),
    ],
)
def test_tidy(typed: str, tidied: str) -> None:
    assert text.tidy(typed) == tidied
    assert text.tidy(tidied) == tidied


@pytest.mark.parametrize("said", ["", "  ", "\u00a0", "-", "–", "—", "...", "…", " . ", "-\n-", "- - -"])
def test_cells_that_say_nothing(said: str) -> None:
    """Spaces, no-break spaces, dashes and dots alone count as empty."""
    assert text.is_blank(said)
    assert text.content(said) == ""


@pytest.mark.parametrize("said", ["0", "x", "a-", "?", "/"])
def test_cells_that_say_something(said: str) -> None:
    assert not text.is_blank(said)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, ""),
        ("a", "a"),
        (3.0, "3"),
        (1.1, "1.1"),
        (7, "7"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2021, 9, 30), "30/09/2021"),
        (datetime(2021, 9, 30, 8, 0), "30/09/2021"),
        (time(8, 30), "08:30:00"),
        (timedelta(hours=1), "1:00:00"),
        (CellError("#REF!"), "#REF!"),
    ],
)
def test_shown(cell: Cell, shown: str) -> None:
    assert text.shown(cell) == shown


def test_headers_are_compared_without_punctuation_and_brackets() -> None:
    same = ["Tỷ lệ (%)", "TỶ LỆ", " tỷ  lệ: ", unicodedata.normalize("NFD", "Tỷ lệ [%]")]
    assert {text.header_key(one) for one in same} == {"tỷlệ"}


def test_unaccented() -> None:
    assert text.unaccented("Trường Mầm non Đồng Tháp ĐÔNG") == "Truong Mam non Dong Thap DONG"


@pytest.mark.parametrize(
    ("number", "levels"),
    [
        ("3.1.", (3, 1)),
        ("3.1", (3, 1)),
        ("3. 1.", (3, 1)),
        ("3", (3,)),
        ("3.", (3,)),
        ("3)", (3,)),
        ("III.", (3,)),
        ("viii", (8,)),
        ("IX.", (9,)),
        ("III.2", (3, 2)),
        ("3.1.2.", (3, 1, 2)),
        ("1.10", (1, 10)),
        ("01.02", (1, 2)),
        ("3.1.2.4", None),
        ("3.a", None),
        ("3,1", None),
        ("0.1", None),
        ("3.0", None),
        ("IIII", None),
        ("VX", None),
        ("abc", None),
        ("-1", None),
    ],
)
def test_levels(number: str, levels: tuple[int, ...] | None) -> None:
    assert numbering.levels(number) == levels


@pytest.mark.parametrize(
    ("heading", "split"),
    [
        ("III. Trách nhiệm giải trình", (3, "Trách nhiệm giải trình")),
        ("Lĩnh vực 3: Trách nhiệm", (3, "Trách nhiệm")),
        ("Nội dung số 4 - Kiểm soát", (4, "Kiểm soát")),
        ("5", (5, "")),
        ("Vì nhân dân", None),
        ("Công khai", None),
    ],
)
def test_heading(heading: str, split: tuple[int, str] | None) -> None:
    assert numbering.heading(heading) == split


def test_a_number_that_became_a_date() -> None:
    """Excel reads `3.1` as 3 January in a Vietnamese office."""
    assert numbering.written(numbering.from_date(date(2021, 1, 3))) == "3.1."


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Hoàn thành", Status.DONE),
        ("HOÀN  THÀNH", Status.DONE),
        ("Đã hoàn thành", Status.DONE),
        ("Xong", Status.DONE),
        ("Đạt", Status.DONE),
        ("Đã thực hiện", Status.DONE),
        ("Đang thực hiện", Status.IN_PROGRESS),
        ("Đang triển khai", Status.IN_PROGRESS),
        ("Tiếp tục thực hiện", Status.IN_PROGRESS),
        ("Chậm tiến độ", Status.IN_PROGRESS),
        ("Chờ xác nhận", Status.IN_PROGRESS),
        ("Chưa thực hiện", Status.NOT_STARTED),
        ("Chưa triển khai", Status.NOT_STARTED),
        ("Chưa hoàn thành", Status.NOT_STARTED),
        ("Tạm dừng", Status.PAUSED),
        ("Tạm hoãn", Status.PAUSED),
        ("xog", None),
        ("", None),
    ],
)
def test_status(said: str, status: Status | None) -> None:
    assert values.status(said) is status


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("xog", "Hoàn thành"),
        ("Hoan thanh", "Hoàn thành"),
        ("Đang thưc hiện", "Đang thực hiện"),
        ("Chưa hoàn thàn", "Chưa thực hiện"),
        ("5/5 cuộc", None),
    ],
)
def test_near_status(said: str, meant: str | None) -> None:
    assert values.near_status(said) == meant


@pytest.mark.parametrize(
    ("said", "fraction"),
    [
        ("0.8", 0.8),
        ("0,8", 0.8),
        ("80", 0.8),
        ("80%", 0.8),
        ("80,5 %", 0.805),
        ("1", 1.0),
        ("1%", 0.01),
        ("0", 0.0),
        ("100", 1.0),
        ("1.5", 0.015),
        ("0.5%", 0.005),
        ("120", values.INVALID),
        ("100.1%", values.INVALID),
        ("-5", values.INVALID),
        ("tám mươi", values.INVALID),
        ("80%%", values.INVALID),
        ("1e-3", values.INVALID),
    ],
)
def test_percent(said: str, fraction: float) -> None:
    assert values.percent(said) == pytest.approx(fraction)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("khoảng 80%", "80%"),
        ("80 phần trăm", "80%"),
        ("80%%", "80%"),
        ("từ 50% đến 60%", None),
        ("120%", None),
    ],
)
def test_near_percent(said: str, meant: str | None) -> None:
    """Only the one percentage in a text is beyond doubt."""
    assert values.near_percent(said) == meant
