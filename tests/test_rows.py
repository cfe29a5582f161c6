"""What each row under the header is: task, heading, skipped, or the end of the table."""

import pytest

from papi_xl.check import Result
from tests.tables import found, run

HEADER = "TT | Nội dung | Sản phẩm | Chủ trì | Thời gian"
TASK = "Thông báo | Văn bản | Trường MN | Thường xuyên"


def tasks(table: str) -> list[tuple[int, str, float | None]]:
    """Return (sheet row, number, domain) of every task read."""
    frame = batch_of(run(table)).tasks
    domains = [None if domain != domain else domain for domain in frame["domain"]]  # noqa: PLR0124 (NaN)
    return list(zip(frame["row"], frame["number"], domains, strict=True))


def headings(table: str) -> list[tuple[int, int, str]]:
    frame = batch_of(run(table)).headings
    return list(zip(frame["row"], frame["domain"], frame["name"], strict=True))


def batch_of(result: Result):  # type: ignore[no-untyped-def] # noqa: ANN201
    assert result.batch is not None
    return result.batch


@pytest.mark.parametrize(
    "row",
    [
        "", "  |  | «\\u00a0»", "- | … | . ", "(1) | (2) | (3) | (4) | (5)", "1 | 2 | 3 | 4 | 5",
        "A | B | 1 | 2 | 3", "TT | Nội dung | Sản phẩm | Chủ trì | Thời gian",
        "Tổng | | 3 | | ", " | TỔNG SỐ | | | ", "Tổng cộng", "Cộng", "Ghi chú: số liệu tạm tính",
        "| (*) Nhiệm vụ trọng tâm", "| Lưu ý: số liệu tạm tính", "* | Ghi chú: số liệu tạm tính",
    ],
)  # fmt: skip
def test_rows_skipped_without_a_finding(row: str) -> None:
    """Blank rows, column numbers, repeated headers, totals and remarks are passed over in silence."""
    table = f"{HEADER}\n1.1. | {TASK}\n{row or '|'}\n1.2. | Họp phụ huynh | Văn bản | Trường MN | Quý II"
    assert [number for _, number, _ in tasks(table)] == ["1.1.", "1.2."]
    assert [one for one in found(table) if "domain-missing" not in one] == []


@pytest.mark.parametrize(
    "row",
    [
        "Nơi nhận: | | | TM. BAN GIÁM HIỆU", "| | | TM. BAN GIÁM HIỆU", "KT. HIỆU TRƯỞNG",
        "TL. CHỦ TỊCH", "| | | Văn Giang, ngày 05 tháng 02 năm 2021", "| | | HIỆU TRƯỞNG",
        "NGƯỜI LẬP BIỂU | | | HIỆU TRƯỞNG", "| Văn Giang, ngày … tháng … năm 2021",
        "«NGƯỜI LẬP BIỂU\\n(Ký, ghi rõ họ tên)» | | | «HIỆU TRƯỞNG\\n(Ký, đóng dấu)»",
        "| Người lập biểu | | Hiệu trưởng", "| | | Ngày 25 tháng 6 năm 2021", "| | Tân Tiến, ngày 25/6/2021",
        "| | | P. HIỆU TRƯỞNG", "| | | T/M NHÀ TRƯỜNG", "XÁC NHẬN CỦA UBND XÃ", "| | | DUYỆT",
    ],
)  # fmt: skip
def test_reading_ends_at_the_signature_block(row: str) -> None:
    table = f"{HEADER}\n1.1. | {TASK}\n{row}\n1.2. | Nguyễn Thị Hoa | x | y | z"
    assert [number for _, number, _ in tasks(table)] == ["1.1."]


@pytest.mark.parametrize(
    "row",
    [
        "1.2. | Họp phụ huynh | Văn bản | Hiệu trưởng | Quý II", "| | | Hiệu trưởng | Quý II",
        "1.2. | KT. kiểm tra nội bộ | Văn bản | HIỆU TRƯỞNG | Quý II", "| | | Hiệu trưởng | ",
    ],
)  # fmt: skip
def test_a_lead_is_no_signature(row: str) -> None:
    """`Hiệu trưởng` is also the commonest lead."""
    table = f"{HEADER}\n1.1. | {TASK}\n{row}\n1.3. | Hòm thư góp ý | Văn bản | Trường MN | Quý II"
    assert [sheet_row for sheet_row, _, _ in tasks(table)][-1] == 4


@pytest.mark.parametrize(
    ("row", "number", "name"),
    [
        ("3. | Trách nhiệm giải trình với người dân", 3, "Trách nhiệm giải trình với người dân"),
        ("#3 | Trách nhiệm giải trình với người dân", 3, "Trách nhiệm giải trình với người dân"),
        ("III. | TRÁCH NHIỆM GIẢI TRÌNH", 3, "TRÁCH NHIỆM GIẢI TRÌNH"),
        ("III. Trách nhiệm giải trình", 3, "Trách nhiệm giải trình"),
        ("Lĩnh vực 3: Trách nhiệm giải trình", 3, "Trách nhiệm giải trình"),
        ("Lĩnh vực 3 | Trách nhiệm giải trình", 3, "Trách nhiệm giải trình"),
        ("| Trách nhiệm giải trình với người dân", 3, "Trách nhiệm giải trình với người dân"),
        ("| III. Trách nhiệm giải trình", 3, "Trách nhiệm giải trình"),
        ("Quản trị môi trường", 7, "Quản trị môi trường"),
        ("| Kiểm soát tham nhũng", 4, "Kiểm soát tham nhũng"),
        ("9. | Chuyển đổi số", 9, "Chuyển đổi số"),
    ],
)
def test_headings(row: str, number: int, name: str) -> None:
    """A one-level or Roman number, or a domain's name, and no lead, product or timing."""
    assert headings(f"{HEADER}\n{row}\n3.1. | {TASK}") == [(2, number, name)]


def test_headings_without_a_number_column() -> None:
    """Without `TT`, headings are known by Roman numerals or a domain's name."""
    table = f"""
        Nội dung | Sản phẩm | Chủ trì | Thời gian
        I. Sự tham gia
        {TASK}
        Quản trị môi trường
        Trồng cây | Văn bản | Trường MN | Quý II
        """
    assert tasks(table) == [(3, "", 1.0), (5, "", 7.0)]
    assert "column-missing A1" in found(table)
    assert [one for one in found(table) if one.startswith(("number", "domain-missing"))] == []


def test_the_domain_of_a_task() -> None:
    """Its number's; without one, or with a one-level number, that of the heading above."""
    table = f"""
        {HEADER}
        7. | Quản trị môi trường
        | {TASK}
        7.2. | Trồng cây | Văn bản | Trường MN | Quý II
        1 | Phân loại rác | Văn bản | Trường MN | Quý II
        8.1. | Cổng thông tin | Văn bản | Trường MN | Quý II
        IV. | Kiểm soát tham nhũng trong khu vực công
        1 | Kiểm tra nội bộ | Văn bản | Trường MN | Quý II
        """
    assert [domain for _, _, domain in tasks(table)] == [7, 7, 7, 8, 4]
    assert found(table, "number-out-of-order") == ["A6", "A7"]


def test_numbers_of_three_levels_are_tasks() -> None:
    table = f"{HEADER}\n3.1. | {TASK}\n3.1.1. | Họp | Văn bản | Trường MN | Quý II"
    assert [number for _, number, _ in tasks(table)] == ["3.1.", "3.1.1."]
    assert found(table, "number-out-of-order") == []


def test_merged_values_count_for_each_row() -> None:
    table = f"""
        @merge D2:D4 E2:E3
        {HEADER}
        1.1. | {TASK}
        1.2. | Họp phụ huynh | Văn bản | | |
        1.3. | Hòm thư góp ý | Văn bản | | Quý II
        """
    frame = batch_of(run(table)).tasks
    assert list(frame["lead"]) == ["Trường MN"] * 3
    assert list(frame["timing"]) == ["Thường xuyên", "Thường xuyên", "Quý II"]
    assert found(table, "merged-cells") == ["D2", "E2"]
    assert found(table, "lead-missing") == []


def test_of_merges_that_overlap_the_topmost_counts() -> None:
    """No application makes such ones; a file of 60,000 would take minutes."""
    table = (
        f"@merge D3:D5 D2:D4\n{HEADER}\n1.1. | {TASK}\n1.2. | Họp | Sổ | Tổ 1\n1.3. | Góp ý | Sổ | | Quý I"
    )
    assert list(batch_of(run(table)).tasks["lead"]) == ["Trường MN"] * 3


def test_a_merge_over_a_blank_row_makes_no_task() -> None:
    table = f"@merge B2:B3 D2:D3\n{HEADER}\n1.1. | {TASK}\n|\n1.2. | Họp | Văn bản | MN | Quý II"
    assert [row for row, _, _ in tasks(table)] == [2, 4]


def test_a_merged_task_is_no_duplicate() -> None:
    """Two products of one merged task are two rows of one task, not a task that stands twice."""
    table = f"@merge A2:A3 B2:B3\n{HEADER}\n1.1. | {TASK}\n | | Báo cáo | Trường MN | Quý II"
    assert found(table, "task-duplicate") == []
    assert found(table, "number-duplicate") == []
    assert found(table, "merged-cells") == ["A2", "B2"]


def test_rows_that_say_anything_are_read() -> None:
    """A row with only a product or a status is told of, never lost in silence, but counts as no task."""
    table = f"{HEADER} | Trạng thái\n1.1. | {TASK} | Xong\n| | Báo cáo\n| | | | | Xong"
    assert [row for row, _, _ in tasks(table)] == [2]
    assert found(table, "task-missing") == ["B3", "B4"]


def test_a_note_alone_is_skipped() -> None:
    table = f"{HEADER} | Ghi chú\n1.1. | {TASK}\n| | | | | xem trang sau"
    assert [row for row, _, _ in tasks(table)] == [2]
