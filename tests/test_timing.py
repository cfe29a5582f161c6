"""Every way of writing a timing that the contract names, and those that must not be guessed."""

from datetime import date

import pytest

from papi_xl.timing import Kind, as_date, parse

DUE = {
    "30/9/2021": date(2021, 9, 30),
    "30/09/2021": date(2021, 9, 30),
    "30-9-2021": date(2021, 9, 30),
    "30.9.2021": date(2021, 9, 30),
    "30/9/21": date(2021, 9, 30),
    "2021-09-30": date(2021, 9, 30),
    "Ngày 30 tháng 9 năm 2021": date(2021, 9, 30),
    "Trước 30/9/2021": date(2021, 9, 29),
    "Trước ngày 01/10/2021": date(2021, 9, 30),
    "Trước 1/3/2020": date(2020, 2, 29),
    "Tháng 6/2021": date(2021, 6, 30),
    "THÁNG 6 NĂM 2021": date(2021, 6, 30),
    "Tháng 2/2020": date(2020, 2, 29),
    "Tháng 6": date(2021, 6, 30),
    "Trước tháng 6/2021": date(2021, 5, 31),
    "Từ tháng 3 đến tháng 5/2021": date(2021, 5, 31),
    "6/2025": date(2025, 6, 30),
    "Quý II/2021": date(2021, 6, 30),
    "Quý II": date(2021, 6, 30),
    "Quý 3 năm 2021": date(2021, 9, 30),
    "Quý I, II/2021": date(2021, 6, 30),
    "Quý IV": date(2021, 12, 31),
    "6 tháng đầu năm": date(2021, 6, 30),
    "6 tháng cuối năm 2020": date(2020, 12, 31),
    "Năm 2021": date(2021, 12, 31),
    "Đến hết năm 2026": date(2026, 12, 31),
    "2026 - 2030": date(2030, 12, 31),
    "Giai đoạn 2021-2025": date(2025, 12, 31),
    "Học kỳ II năm học 2020-2021": date(2021, 5, 31),
    "Học kỳ I năm học 2021-2022": date(2021, 12, 31),
    "Kỳ 2 năm học 2020-2021": date(2021, 5, 31),
    "Học kỳ 2": date(2021, 5, 31),
    "Có hạn: 30/9/2021": date(2021, 9, 30),
    "Thường xuyên; báo cáo trước ngày 30/9/2021": date(2021, 9, 29),
    "Từ 1/3/2021 đến 30/9/2021": date(2021, 9, 30),
    "22/5": date(2021, 5, 22),
    "15 tháng 6": date(2021, 6, 15),
    "2021/9/30": date(2021, 9, 30),
    "Quý 2.2021": date(2021, 6, 30),
    "Trước 6/2021": date(2021, 5, 31),
    "Trong năm": date(2021, 12, 31),
    "Đến hết năm": date(2021, 12, 31),
    "Năm 2026 - 2030": date(2030, 12, 31),
    "Các năm 2021-2025": date(2025, 12, 31),
    "Từ năm 2021 đến năm 2025": date(2025, 12, 31),
    "Năm 2021 và những năm tiếp theo": date(2021, 12, 31),
    "Quý I, II, III, IV": date(2021, 12, 31),
    "Thường xuyên, báo cáo tháng 6": date(2021, 6, 30),
    "Hằng tháng, báo cáo ngày 30/6": date(2021, 6, 30),
    "Thường xuyên/Quý IV": date(2021, 12, 31),
    "Chờ hướng dẫn, Quý II": date(2021, 6, 30),
    "Thường xuyên, Quý II": date(2021, 6, 30),
    "Thường xuyên trong Quý II": date(2021, 6, 30),
    "Hằng năm, trước 15/12": date(2021, 12, 14),
    "Ngày 22/5 hàng năm": date(2021, 5, 22),
}
KINDS = {
    "": Kind.MISSING,
    "Thường xuyên": Kind.RECURRING,
    "thường  xuyên": Kind.RECURRING,
    "Thường xuyên trong năm": Kind.RECURRING,
    "Thường xuyên trong năm 2021": Kind.RECURRING,
    "Hàng tuần": Kind.RECURRING,
    "Hằng tháng": Kind.RECURRING,
    "Hàng tháng": Kind.RECURRING,
    "Hằng năm": Kind.RECURRING,
    "Thường xuyên theo QĐ 12/3": Kind.RECURRING,
    "Hằng tháng từ tháng 1/2021": Kind.RECURRING,
    "Mỗi tháng": Kind.RECURRING,
    "Định kỳ": Kind.RECURRING,
    "20 ngày sau khi có hướng dẫn": Kind.CONDITIONAL,
    "Chờ hướng dẫn của Sở": Kind.CONDITIONAL,
    "Ký ban hành (trong 10 ngày)": Kind.CONDITIONAL,
    "Có hạn": Kind.OWED,
    "Có hạn cụ thể": Kind.OWED,
    "Theo kế hoạch": Kind.OWED,
    "sớm nhất có thể": Kind.UNRECOGNISED,
    "31/2/2021": Kind.UNRECOGNISED,
    "30/13/2021": Kind.UNRECOGNISED,
    "Tháng 13/2021": Kind.UNRECOGNISED,
    "44469": Kind.UNRECOGNISED,
    "Hiệu trưởng": Kind.UNRECOGNISED,
    "QĐ 12/QĐ-MN": Kind.UNRECOGNISED,
    "Tuần sau": Kind.UNRECOGNISED,
    "Q2/2021": Kind.UNRECOGNISED,
    "Đợt 2/2021": Kind.UNRECOGNISED,
    "Tuần 1/2021": Kind.UNRECOGNISED,
    "KH số 12/2021": Kind.UNRECOGNISED,
    "Theo Kế hoạch số 5/2021": Kind.OWED,
    "Khi nào rảnh": Kind.UNRECOGNISED,
}


@pytest.mark.parametrize(("text", "due"), DUE.items())
def test_due_date(text: str, due: date) -> None:
    """A dated timing is due on the last day of what it names; the plan year is 2021."""
    timing = parse(text, 2021)
    assert (timing.kind, timing.due) == (Kind.DATED, due)


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_kind(text: str, kind: Kind) -> None:
    """Other timings have a kind and no due date; what is not understood is not guessed."""
    timing = parse(text, 2021)
    assert (timing.kind, timing.due) == (kind, None)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("2026 - 2030", True),
        ("Năm 2026 - 2030", True),
        ("Giai đoạn 2021-2025", True),
        ("Năm 2026", False),
        ("30/9/2022", False),
    ],
)
def test_ranges_of_years_are_told_apart(text: str, spans: bool) -> None:  # noqa: FBT001
    assert parse(text, 2021).spans_years is spans


def test_a_period_without_a_year_takes_the_plan_year() -> None:
    assert parse("Quý II", 2025).due == date(2025, 6, 30)
    assert parse("Học kỳ I", 2025).due == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/6/2021", date(2021, 6, 30)),
        ("2021-06-30", date(2021, 6, 30)),
        ("ngày 30/6/2021", None),
        ("30/6", None),
        ("tháng 6/2021", None),
        ("31/6/2021", None),
        ("nay", None),
        ("", None),
    ],
)
def test_as_date(text: str, day: date | None) -> None:
    """Only a full date is an as-of date."""
    assert as_date(text) == day
