"""Which reporting period comes next, what it is called and when it ends."""

from datetime import date

import pytest

from papi_xl.next_period import next_period

JUNE = date(2021, 6, 30)


@pytest.mark.parametrize(
    ("text", "as_of", "name", "last"),
    [
        ("Quý II/2021", JUNE, "quý III/2021", date(2021, 9, 30)),
        ("QUÝ 2 năm 2021", JUNE, "quý III/2021", date(2021, 9, 30)),
        ("Quý IV", date(2021, 12, 31), "quý I/2022", date(2022, 3, 31)),
        ("3 tháng đầu năm", date(2021, 3, 31), "quý II/2021", date(2021, 6, 30)),
        ("Tháng 6/2021", JUNE, "tháng 7/2021", date(2021, 7, 31)),
        ("Tháng 1", date(2021, 1, 31), "tháng 2/2021", date(2021, 2, 28)),
        ("thang 12", date(2021, 12, 31), "tháng 1/2022", date(2022, 1, 31)),
        ("6 tháng đầu năm 2021", JUNE, "6 tháng cuối năm 2021", date(2021, 12, 31)),
        ("Báo cáo sơ kết 6 tháng", JUNE, "6 tháng cuối năm 2021", date(2021, 12, 31)),
        ("6 tháng cuối năm", date(2021, 12, 31), "6 tháng đầu năm 2022", date(2022, 6, 30)),
        ("9 tháng đầu năm", date(2021, 9, 30), "năm 2021", date(2021, 12, 31)),
        ("9 tháng năm 2021", date(2021, 9, 30), "năm 2021", date(2021, 12, 31)),
        ("Năm 2021", date(2021, 12, 31), "năm 2022", date(2022, 12, 31)),
        ("Cả năm", date(2021, 12, 31), "năm 2022", date(2022, 12, 31)),
        ("Học kỳ I", date(2021, 12, 31), "học kỳ II năm học 2021-2022", date(2022, 5, 31)),
        ("Học kỳ II năm học 2020-2021", JUNE, "học kỳ I năm học 2021-2022", date(2021, 12, 31)),
        ("Năm học 2020-2021", JUNE, "năm học 2021-2022", date(2022, 5, 31)),
    ],
)
def test_the_next_of_the_same_kind(text: str, as_of: date, name: str, last: date) -> None:
    assert next_period(text, 2021, as_of, "vi") == (name, last)


@pytest.mark.parametrize("text", ["", "Đợt 2", "Quý 5", "15/6/2021", "2021 - 2025", "tháng 6 tháng 7"])
def test_else_the_quarter_after_that_of_the_day(text: str) -> None:
    """What names no period of a known kind, or several, leaves only the as-of date to go by."""
    assert next_period(text, 2021, JUNE, "vi") == ("quý III/2021", date(2021, 9, 30))
    assert next_period(text, 2021, date(2021, 10, 1), "vi") == ("quý I/2022", date(2022, 3, 31))


@pytest.mark.parametrize(
    ("text", "as_of", "name", "last"),
    [
        ("Quý I/2021", date(2021, 6, 29), "quý II/2021", date(2021, 6, 30)),
        ("Quý I/2021", JUNE, "quý III/2021", date(2021, 9, 30)),
        ("Tháng 2/2020", date(2021, 10, 15), "tháng 10/2021", date(2021, 10, 31)),
        ("9 tháng đầu năm 2020", date(2021, 2, 1), "năm 2021", date(2021, 12, 31)),
    ],
)
def test_a_period_that_is_over_lies_not_ahead(text: str, as_of: date, name: str, last: date) -> None:
    assert next_period(text, 2021, as_of, "vi") == (name, last)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tháng 6", "July 2021"),
        ("Quý II", "quarter III/2021"),
        ("6 tháng đầu năm", "the second half of 2021"),
        ("6 tháng cuối năm 2020", "the second half of 2021"),
        ("6 tháng đầu năm 2022", "the second half of 2022"),
        ("Năm 2021", "the year 2022"),
        ("Học kỳ II", "school term I of 2021-2022"),
        ("Học kỳ I", "school term II of 2021-2022"),
        ("Năm học 2020-2021", "the school year 2021-2022"),
    ],
)
def test_names_in_english(text: str, name: str) -> None:
    assert next_period(text, 2021, JUNE, "en").name == name


def test_a_day_beyond_all_plans_is_no_hindrance() -> None:
    """The template's cell takes any date that Excel knows."""
    assert next_period("", 9999, date(9999, 12, 31), "vi") == ("quý I/2101", date(2101, 3, 31))
    for text, year in (("9999-12-31", 2021), ("Quý IV", 9999)):
        assert next_period(text, year, date(2021, 6, 30), "vi") == ("quý III/2021", date(2021, 9, 30))
