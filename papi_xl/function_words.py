"""What Excel's function wizard says of the worksheet functions, once in each language (Vietnamese, English).

Excel keeps at most 255 characters of each text.
"""

from collections.abc import Mapping
from typing import Final

from papi_xl.completion import MOST_SOON_DAYS, SOON_DAYS

DESCRIPTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "PAPI_STATE": (
        "Đánh giá nhiệm vụ đến ngày đã chọn: Hoàn thành, Thường xuyên, Chờ điều kiện, Chưa rõ hạn, Quá hạn, "
        "Sắp đến hạn, hoặc trạng thái đã ghi. Chọn cả cột thì ra cả cột; dòng trống thì để trống.",
        "How a task stands on the chosen date: done, recurring, conditional, due date unknown, overdue, due "
        "soon, else its reported status. A column gives a column; an empty row gives an empty cell.",
    ),
    "PAPI_DAYS_LATE": (
        "Số ngày quá hạn của nhiệm vụ chưa hoàn thành; 0 nếu chưa quá hạn. Chọn cả cột thì ra cả cột.",
        "Days by which an unfinished task is overdue, 0 where it is not. A column gives a column.",
    ),
    "PAPI_COMPLETION": (
        "Tỷ lệ hoàn thành: số nhiệm vụ đã hoàn thành chia cho tổng số nhiệm vụ. Định dạng ô là %. "
        "Không có nhiệm vụ nào thì ghi –.",
        "Share of the tasks that are done. Format the cell as a percentage. – where there are no tasks.",
    ),
    "PAPI_PROGRESS": (
        "Tiến độ bình quân: trung bình tỷ lệ hoàn thành của các nhiệm vụ. Định dạng ô là %. "
        "Không có nhiệm vụ nào thì ghi –.",
        "Mean percent of the tasks. Format the cell as a percentage. – where there are no tasks.",
    ),
    "PAPI_CHECK_ROW": (
        "Kiểm tra một dòng nhiệm vụ: nêu cột nào sai và cần gõ gì; không có gì sai thì để trống. Lỗi phải "
        "xem cả bảng (trùng, sai thứ tự, thiếu lĩnh vực) không nêu ở đây.",
        "Check one row: which column is wrong and what to type, empty where nothing is. What takes the whole "
        "table to see (duplicates, order, missing domains) is not told here.",
    ),
}

ARGUMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "status": ("Ô hoặc cột Trạng thái.", "The cell or column of the status."),
    "timing": (
        "Ô hoặc cột Thời gian thực hiện, cùng số dòng với Trạng thái.",
        "The cell or column of the timing, with as many rows as the status.",
    ),
    "as_of": (
        "Tính đến ngày: nên chọn ô papi_as_of. Bỏ trống là hôm nay, nhưng sang ngày khác Excel không tự "
        "tính lại.",
        "The as-of date: best the cell papi_as_of. Today where left out, but Excel does not calculate again "
        "on another day.",
    ),
    "year": (
        'Năm kế hoạch: nên chọn ô papi_year. Dùng cho hạn không ghi năm như "Quý II". Bỏ trống là năm của '
        "ngày tính.",
        'The plan year: best the cell papi_year. For periods without a year such as "Quý II". That of the '
        "as-of date where left out.",
    ),
    "soon_days": (
        f"Còn bao nhiêu ngày thì coi là sắp đến hạn, từ 0 đến {MOST_SOON_DAYS}. Bỏ trống là {SOON_DAYS}.",
        f"How many days ahead count as due soon, 0 to {MOST_SOON_DAYS}. {SOON_DAYS} where left out.",
    ),
    "table": (
        "Cả bảng nhiệm vụ kể cả hàng tiêu đề, ví dụ tblNhiemVu[#All].",
        "The whole task table with its header row, such as tblNhiemVu[#All].",
    ),
    "domain": (
        "Số của lĩnh vực, từ 1 đến 8. Bỏ trống là tính chung.",
        "The domain's number, 1 to 8. All tasks together where left out.",
    ),
    "headers": (
        "Hàng tiêu đề của bảng, ví dụ tblNhiemVu[#Headers].",
        "The table's header row, such as tblNhiemVu[#Headers].",
    ),
    "row": (
        "Dòng cần kiểm tra, đủ các cột như hàng tiêu đề, ví dụ A6:K6.",
        "The row to check, with the columns of the header row, such as A6:K6.",
    ),
}

TOLD: Final = "#PAPI: {message}"
"""What a cell shows in place of an answer."""

JUSTIFIED: Final = (" (Đã giải trình.)", " (Justified.)")
"""Marks a finding that the row's own `Giải trình` justifies."""
