"""Which periods are the same, which comes after which, and how each is named."""

from datetime import date, datetime

import pytest

from papi_xl.period_texts import told
from papi_xl.reported_periods import found
from tests.received import received

SAME_IN_2021 = [
    (
        "Quý II/2021",
        "Quý II",
        "QUÝ ii",
        "Quy II/2021",
        "Quí 2 năm 2021",
        "Báo cáo quý II",
        "Quý II/2021 (bổ sung)",
    ),
    ("6 tháng đầu năm", "6 THÁNG ĐẦU NĂM 2021", "6 thang dau nam", "Quý I, II/2021"),
    ("Năm 2021", "Cả năm", "ca nam 2021", "2021"),
    ("Tháng 6/2021", "6/2021", "thang 6"),
    ("Học kỳ I", "Học kỳ 1 năm học 2021-2022", "HK1 2021-2022", "hoc ki I"),
    ("Đợt 2 năm 2021", "Đợt 2/2021", "dot 2", "ĐỢT  2"),
    ("Chuyên đề", "CHUYÊN ĐỀ năm 2021"),
]


@pytest.mark.parametrize("texts", SAME_IN_2021)
def test_ways_of_writing_one_period(texts: tuple[str, ...]) -> None:
    assert len({told(text, 2021).key for text in texts}) == 1


def test_these_are_different_periods() -> None:
    texts = [texts[0] for texts in SAME_IN_2021] + [
        "Quý II/2022",
        "Đợt 1 năm 2021",
        "Đợt 2 năm 2022",
        "???",
        "Quý 5",
    ]
    assert len({told(text, 2021).key for text in texts}) == len(texts)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Quý II/2021", date(2021, 4, 1), date(2021, 6, 30)),
        ("6 tháng đầu năm 2021", date(2021, 1, 1), date(2021, 6, 30)),
        ("Năm 2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("Học kỳ II năm học 2020-2021", date(2021, 1, 1), date(2021, 5, 31)),
        ("Chuyên đề 1 quý II", date(2020, 4, 1), date(2020, 6, 30)),
        ("Đợt 2 năm 2021", None, None),
        ("31/2/2021", None, None),
        ("Chuyên đề", None, None),
    ],
)
def test_the_days_of_a_period(text: str, start: date | None, end: date | None) -> None:
    """A year alone, beside other words, is no period."""
    assert told(text, 2020)[2:] == (start, end)


def names(*periods: str | tuple[str, int]) -> list[str]:
    """Return the names of the periods of files, given as texts of 2021 or texts and years."""
    pairs = [(one, 2021) if isinstance(one, str) else one for one in periods]
    files = [received(f"{number}", period=text, year=year) for number, (text, year) in enumerate(pairs)]
    return list(found(files).names.values())


def test_periods_ascend_by_their_end_then_by_their_start() -> None:
    assert names(
        "Năm 2021", "Quý II", "Quý III", "6 tháng đầu năm", "Quý I", "Năm 2020", "Học kỳ II", "Tháng 8"
    ) == [
        "Năm 2020", "Quý I", "Học kỳ II", "6 tháng đầu năm", "Quý II", "Tháng 8", "Quý III", "Năm 2021",
    ]  # fmt: skip


def test_what_names_no_time_stands_where_its_files_are_as_of() -> None:
    files = [
        received("1", period="Đợt 2", as_of=date(2021, 7, 1)),
        received("2", period="Quý I"),
        received("3", period="Đợt 1", as_of=date(2021, 2, 1)),
        received("4", period="Đợt 1", as_of=date(2021, 3, 30)),
        received("5", period="Quý II"),
    ]
    assert list(found(files).names.values()) == ["Đợt 1", "Quý I", "Quý II", "Đợt 2"]


def test_of_periods_that_end_on_one_day_the_commonest_is_the_latest() -> None:
    """One file that says `Tháng 6` or `Đợt 1` does not put all others into a period gone by."""
    assert names("Tháng 6", "Quý II", "Quý II", "Đợt 1") == ["Tháng 6", "Đợt 1", "Quý II"]


def test_abbreviations() -> None:
    assert names("Quý II/2021", "Q2/2021", "QII/2021", "BC quý 2", "Quý II/2021") == ["Quý II/2021"]


def test_a_period_has_its_commonest_name() -> None:
    assert names("QUÝ II", "Quý II/2021", "Quý II/2021", "QUÝ II", "Quý II/2021") == ["Quý II/2021"]


def test_of_equally_common_names_that_of_the_latest_file() -> None:
    early, late = datetime(2021, 7, 1), datetime(2021, 7, 2)
    files = [received("1", period="Quý II", came=late), received("2", period="Quý II/2021", came=early)]
    assert list(found(files).names.values()) == ["Quý II"]


def test_two_periods_never_have_one_name() -> None:
    assert names(("Quý II", 2021), ("Quý II", 2022)) == ["Quý II năm 2021", "Quý II năm 2022"]
    assert names(("6 tháng đầu năm", 2021), ("6 tháng đầu năm", 2022)) == [
        "6 tháng đầu năm 2021", "6 tháng đầu năm 2022",
    ]  # fmt: skip
    assert names("Quý II/2021", "Quý II/2 021") == ["Quý II/2021", "Quý II/2 021 năm 2021"]
    assert names(("Quý II/2021", 2021), ("Quý II", 2022)) == ["Quý II/2021", "Quý II"]


def test_a_text_without_a_year_is_of_the_plans_year_else_of_the_as_of_date() -> None:
    told_year = received("1", period="Quý II", year=2020, as_of=date(2021, 6, 30))
    without = received("2", period="Quý II", year=None, as_of=date(2021, 6, 30))
    periods = found([told_year, without])
    assert periods.of(told_year) == ("2020-04-01", "2020-06-30")
    assert periods.of(without) == ("2021-04-01", "2021-06-30")
    assert periods.of(received("3", period="")) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Quý II/2021", ("2021-04-01", "2021-06-30")),
        ("quy 2 nam 2021", ("2021-04-01", "2021-06-30")),
        ("Quý II", ("2022-04-01", "2022-06-30")),
        ("quý i", ("2021-01-01", "2021-03-31")),
        ("dot 1", ("dot1", "2020")),
        ("Học kỳ I", ("2019-09-01", "2019-12-31")),
        ("Quý IV", None),
        ("Quý I/2022", None),
        ("bất kỳ", None),
    ],
)
def test_asking_for_a_period(text: str, key: tuple[str, str] | None) -> None:
    """One without a year is that of the latest year that has it."""
    said = [("Quý II", 2021), ("Quý II/2022", 2021), ("Quý I/2021", 2022), ("Đợt 1", 2020)]
    files = [received(f"{number}", period=one, year=year) for number, (one, year) in enumerate(said)]
    files.append(received("9", period="Học kỳ I năm học 2019-2020"))
    assert found(files).named(text) == key
