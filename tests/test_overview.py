"""What the sheets of the consolidated workbook show, worked out by hand for a few units."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from papi_xl.consolidated import Doubt, Line, Unit, UnitState
from papi_xl.overview import gaps, task_sheets, trend, units
from papi_xl.overview.tables import Column
from papi_xl.received import Kind
from papi_xl.writing.cells import LOOKS
from tests.consolidations import BEFORE, LONG_AGO, NOW, figures, generated, received, small

HALF = 1 / 2


def headers(columns: tuple[Column, ...]) -> list[str]:
    return [column.header for column in columns]


def test_overview_of_all_units() -> None:
    shown = units.overview(small(), "vi")
    assert shown.title == "TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ NÂNG CAO CHỈ SỐ PAPI CỦA CÁC ĐƠN VỊ"
    assert shown.subtitle == "Kỳ báo cáo: 6 tháng đầu năm 2021 – Tính đến ngày 30/6/2021"
    assert shown.notes == (
        "Được tính: 2 đơn vị, trong đó 1 gửi trễ, 1 còn lỗi, 0 bị sửa số liệu. Chưa có số liệu: 1 đơn vị.",
        "Không tính: 1 tệp đã có tệp mới hơn, 1 tệp chưa rõ đơn vị, 1 tệp không đọc được; xem trang “Thiếu – "
        "trễ – loại”. Tệp của kỳ khác, không tính vào kỳ này: 2.",
    )


def test_domains_are_weighted_by_tasks() -> None:
    """Domain 1: 2 of 8 done, and 6 half done make 5 of 8; no tasks, no figure."""
    table = units.overview(small(), "vi").domains
    assert headers(table.columns) == [
        "TT", "Lĩnh vực", "Tổng số nhiệm vụ", "Hoàn thành", "Quá hạn", "Tỷ lệ hoàn thành",
        "Tiến độ bình quân",
    ]  # fmt: skip
    rows = list(table.rows)
    assert len(rows) == 9
    assert list(rows[0]) == ["1", "Tham gia của người dân ở cấp cơ sở", 8, 2, 3, 0.25, 0.625]
    assert rows[1][2:] == (0, 0, 0, None, None)
    assert list(rows[8]) == ["", "Tổng cộng", 9, 3, 3, pytest.approx(1 / 3), pytest.approx(2 / 3)]


def test_units_by_domain() -> None:
    """Hoa Sen has done 1 of 3 and 1 of 1, Sao Mai 1 of 5."""
    table = units.overview(small(), "vi").units
    assert headers(table.columns)[:5] == ["TT", "Mã đơn vị", "Đơn vị", "1", "2"]
    rows = list(table.rows)
    third = pytest.approx(1 / 3)
    none = (None,) * 6
    assert rows == [
        (1, "33-001", "Trường Mầm non Hoa Sen", third, *none, 1.0, 4, 2, 1, HALF, 0.75),
        (2, "33-002", "Trường Mầm non Sao Mai", 0.2, *none, None, 5, 1, 2, 0.2, pytest.approx(0.6)),
    ]


def test_tasks_of_no_known_domain_have_a_column_of_their_own() -> None:
    made = small()
    shown = units.overview(replace(made, domains=(*made.domains, figures(None, 2, 1))), "vi")
    assert headers(shown.units.columns)[10:13] == ["8", "Chưa rõ", "Tổng số nhiệm vụ"]
    assert list(shown.domains.rows)[8][:3] == ("", "Chưa rõ lĩnh vực", 2)


def spread_of(*done: int) -> list[tuple[object, ...]]:
    """Return the bands and counts of as many units as given, each with so many of 10 tasks done."""
    unit = Unit("", "A")
    lines = [
        Line(unit, received("a.xlsx", [figures(1, 10, one)]), NOW, UnitState.OK)
        for one in (*done, *[10] * 35)
    ]
    none = Line(unit, received("a.xlsx", []), NOW, UnitState.OK)
    made = units.overview(replace(small(), lines=(*lines, none)), "vi").spread
    assert made is not None
    return [row[1:3] for row in made.rows]


def test_many_units_are_counted_by_completion() -> None:
    """Each band holds its lower edge; all done stands apart, and so do units without tasks."""
    assert spread_of(0, 1, 2, 3, 4, 6, 8, 9) == [
        ("0 – dưới 20 %", 2), ("20 – dưới 40 %", 2), ("40 – dưới 60 %", 1), ("60 – dưới 80 %", 1),
        ("80 – dưới 100 %", 2), ("100 %", 35), ("Không có nhiệm vụ", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(("count", "there"), [(40, False), (41, True)])
def test_few_units_are_shown_one_by_one(count: int, there: bool) -> None:  # noqa: FBT001
    assert (units.overview(generated(count, periods=1), "vi").spread is not None) == there


def test_list_of_units() -> None:
    shown = units.listing(small(), "vi")
    assert headers(shown.columns) == [
        "TT", "Mã đơn vị", "Đơn vị", "Kỳ báo cáo", "Nhận lúc", "Tệp", "Loại biểu", "Tổng số nhiệm vụ",
        "Hoàn thành", "Đang thực hiện", "Chưa thực hiện", "Tạm dừng", "Chưa báo cáo", "Quá hạn",
        "Sắp đến hạn", "Tỷ lệ hoàn thành", "Tiến độ bình quân", "Lỗi", "Cảnh báo", "Tình trạng", "Gửi trễ",
    ]  # fmt: skip
    first, second = shown.sections[0].rows
    assert first == (
        1, "33-001", "Trường Mầm non Hoa Sen", NOW, datetime(2021, 7, 5, 8, 30), "hoa sen.xlsx",
        "Báo cáo", 4, 2, 2, 0, 0, 0, 1, 0, HALF, 0.75, 0, 4, "Đạt yêu cầu", "",
    )  # fmt: skip
    assert list(second[7:]) == [5, 1, 4, 0, 0, 0, 2, 0, 0.2, pytest.approx(0.6), 2, 4, "Còn lỗi", "Có"]


def test_list_says_of_which_kind_and_whether_the_period_is_assumed() -> None:
    made = small()
    line = replace(made.lines[0], assumed=True)
    line = replace(line, received=replace(line.received, kind=Kind.TABLE))
    (row,) = units.listing(replace(made, lines=(line,)), "en").sections[0].rows
    assert (row[3], row[6]) == ("6 tháng đầu năm 2021 (not said in the file)", "Own table")


def test_several_as_of_dates() -> None:
    made = small()
    later = replace(made.lines[0], received=replace(made.lines[0].received, as_of=date(2021, 7, 2)))
    assert units.subtitle(replace(made, lines=(later, made.lines[1])), "vi") == (
        "Kỳ báo cáo: 6 tháng đầu năm 2021 – Tính đến ngày của từng tệp, từ 30/6/2021 đến 02/7/2021"
    )


def test_gaps() -> None:
    """A section for each kind, with what to do."""
    shown = gaps.listing(small(), "vi")
    found = {section.title[3:]: [row[1:] for row in section.rows] for section in shown.sections}
    due = date(2021, 7, 10)
    day = date(2021, 7, 5)
    assert found == {
        "ĐƠN VỊ CHƯA CÓ SỐ LIỆU": [
            ("33-003", "Trường Mầm non Tân Tiến", NOW, due, None, "tantien@hungyen.edu.vn",
             "Nhắc đơn vị gửi báo cáo."),
        ],
        "ĐƠN VỊ GỬI TRỄ": [
            ("33-002", "Trường Mầm non Sao Mai", NOW, date(2021, 7, 3), day, "sao-mai.xlsx",
             "Số liệu vẫn được tính. Nhắc đơn vị gửi đúng hạn kỳ sau."),
        ],
        "SỐ LIỆU BỊ SỬA SAU KHI LẬP BÁO CÁO": [
            ("33-002", "Trường Mầm non Sao Mai", BEFORE, date(2021, 7, 3), day, "sao-mai.xlsx",
             "Các dòng nhiệm vụ đã bị sửa sau khi lập báo cáo. Đề nghị đơn vị lập và gửi lại báo cáo."),
        ],
        "TỆP CHƯA RÕ CỦA ĐƠN VỊ NÀO": [
            ("", "MN Sao Mei", f"{NOW} (tệp không ghi kỳ)", None, day, "=1+1.xlsx",
             "Tên chỉ gần giống 33-002 Trường Mầm non Sao Mai. Nếu đúng là đơn vị này, sửa tên trong tệp cho "
             "khớp danh sách rồi hợp nhất lại."),
        ],
        "TỆP ĐÃ CÓ TỆP MỚI HƠN": [
            ("33-001", "Trường Mầm non Hoa Sen", NOW, due, day, "hoa sen 1.xlsx",
             "Tính theo tệp hoa sen.xlsx. Nếu không đúng, chuyển tệp này ra khỏi thư mục rồi hợp nhất "
             "lại."),
        ],
        "TỆP KHÔNG ĐỌC ĐƯỢC": [
            ("", "", "", None, None, "x.pdf.xlsx",
             "x.pdf.xlsx được đặt mật khẩu. Mở bằng Excel, bỏ mật khẩu rồi lưu lại."),
        ],
    }  # fmt: skip


def test_a_missing_unit_that_may_have_sent_a_doubtful_file() -> None:
    made = small()
    (file,) = [line for line in made.lines if line.doubt]
    section = gaps.listing(replace(made, missing=file.candidates), "vi").sections[0]
    assert [row[7] for row in section.rows] == [
        "Có thể đã gửi tệp =1+1.xlsx, xem mục 4. Nếu không phải, nhắc đơn vị gửi báo cáo."
    ]


def test_gaps_without_a_roster() -> None:
    """Nobody knows who is missing, and the sheet says so."""
    first = gaps.listing(replace(small(), missing=(), has_roster=False), "vi").sections[0]
    assert list(first.rows) == []
    assert first.empty == "Không có danh sách đơn vị nên không biết đơn vị nào chưa gửi."


@pytest.mark.parametrize("doubt", Doubt)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_doubt_says_what_to_do(doubt: Doubt, lang: str) -> None:
    """Of many candidates five are named."""
    candidates = tuple(Unit(f"M{number}", f"Tên {number}") for number in range(1, 8))
    made = small()
    line = replace(made.lines[3], doubt=doubt, candidates=candidates)
    section = gaps.listing(replace(made, lines=(line,)), lang).sections[3]
    (row,) = section.rows
    said = str(row[-1])
    assert said.endswith(("hợp nhất lại.", "consolidate again."))
    if doubt not in {Doubt.UNNAMED, Doubt.UNKNOWN}:
        assert "M1 Tên 1; M2 Tên 2; M3 Tên 3; M4 Tên 4; M5 Tên 5" in said
        assert ("và 2 đơn vị khác" if lang == "vi" else "and 2 more") in said


def test_trend() -> None:
    """The period before: 4 and 5 tasks, 1 done, 4 overdue; domain 1 from 1 of 9 to 2 of 8."""
    shown = trend.trend(small(), "vi")
    assert shown is not None
    before, now = shown.periods.rows
    ninth = pytest.approx(1 / 9)
    assert before == (1, BEFORE, 2, 9, ninth, pytest.approx(5 / 9), 4, ninth, *[None] * 7)
    assert list(now[:8]) == [2, NOW, 2, 9, pytest.approx(1 / 3), pytest.approx(2 / 3), 3, 0.25]
    assert shown.shares == ((4, "Tỷ lệ hoàn thành"), (5, "Tiến độ bình quân"))
    assert shown.domain_shares == ((7, "1. Tham gia của người dân ở cấp cơ sở"),)


def test_changes() -> None:
    """Hoa Sen went from 0 of 4 to 2 of 4 done, in domain 1 from 0 of 4 to 1 of 3."""
    shown = trend.trend(small(), "vi")
    assert shown is not None
    assert shown.changes.title == "THAY ĐỔI CỦA TỪNG ĐƠN VỊ: 6 tháng đầu năm 2021 SO VỚI Quý I/2021"
    (row,) = shown.changes.rows
    third = pytest.approx(1 / 3)
    assert row == (1, "33-001", "Trường Mầm non Hoa Sen", 0.0, HALF, HALF, 2, 1, 1, 1, third, *[None] * 7)


def test_no_trend_with_one_period() -> None:
    assert trend.trend(generated(2, periods=1), "vi") is None
    three = trend.trend(generated(2), "vi")
    assert three is not None
    assert [row[1] for row in three.periods.rows] == [LONG_AGO, BEFORE, NOW]


def test_task_sheets() -> None:
    every, late = task_sheets.all_tasks(small(), "", "vi"), task_sheets.overdue(small(), "", "en")
    assert headers(every.columns) == [
        "Mã đơn vị", "Đơn vị", "Kỳ báo cáo", "Tệp", "Dòng trong tệp", "Lĩnh vực", "TT", "Nội dung nhiệm vụ",
        "Sản phẩm", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện", "Trạng thái",
        "Tỷ lệ hoàn thành", "Minh chứng", "Ghi chú", "Giải trình", "Đánh giá", "Số ngày quá hạn",
    ]  # fmt: skip
    assert headers(late.columns) == [
        "Unit code", "Unit", "Reporting period", "File", "Domain", "No.", "Task", "Lead", "Partners",
        "Timing", "Due", "Days late", "Status", "Note", "Justification",
    ]  # fmt: skip
    assert task_sheets.start(small().lines[0]) == (
        "33-001", "Trường Mầm non Hoa Sen", NOW, "hoa sen.xlsx",
    )  # fmt: skip


def test_where_the_tasks_are_if_not_here() -> None:
    assert task_sheets.notice(1_200_000, "kq.parquet", "vi") == (
        "Có 1.200.000 dòng, nhiều hơn số dòng một trang Excel chứa được. Tất cả nằm trong tệp kq.parquet bên "
        "cạnh."
    )
    assert task_sheets.notice(1_200_000, None, "en").startswith("There are 1,200,000 rows")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_column_has_a_look_that_can_be_written(lang: str) -> None:
    made = generated(41)
    changes = trend.trend(made, lang)
    assert changes is not None
    shown = units.overview(made, lang)
    assert shown.spread is not None
    tables = (shown.domains, shown.spread, shown.units, changes.periods, changes.changes)
    listings = (
        units.listing(made, lang), gaps.listing(made, lang), task_sheets.all_tasks(made, "", lang),
        task_sheets.overdue(made, "", lang),
    )  # fmt: skip
    for table in tables:
        assert all(len(row) == len(table.columns) for row in table.rows)
    for listing in listings:
        for section in listing.sections:
            assert all(len(row) == len(listing.columns) for row in section.rows)
    used = {column.look for one in (*tables, *listings) for column in one.columns}
    assert used <= set(LOOKS)
