"""A clerk's own table with what each safe rule mends, among colours, notes, formulas and other sheets."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

SHEET: Final = "KH 2021"
HEADERS: Final = (
    "STT", "Nội dung", "Sản phẩm", "Chủ trì", "Thời gian", "Trạng thái", "Tỷ lệ hoàn thành", "Ghi chú",
)  # fmt: skip
DECOMPOSED: Final = unicodedata.normalize("NFD", "Họp phụ huynh")
NBSP: Final = "\u00a0"

BEFORE: Final[Mapping[str, Any]] = {
    "A4": datetime(2021, 2, 3),
    "A5": 3.3,
    "A7": None,
    "B3": f" 1-2{NBSP}lần họp ",
    "B4": DECOMPOSED,
    "B7": "Trồng  cây xanh",
    "C3": "3/4 ",
    "C4": "Biên  bản",
    "C7": "B¶ng ¶nh (2)",
    "D7": "§oµn TN",
    "F3": "Đang thưc hiện",
    "G3": "khoảng 80%",
    "G4": "đạt 80,5%",
}
"""What stands in the cells that are fixed; C7 and D7 hold text of an old font, in its code."""
AFTER: Final = {
    "A4": "3.2.",
    "A5": "3.3.",
    "A7": "3.5.",
    "B3": "1-2 lần họp",
    "B4": "Họp phụ huynh",
    "B7": "Trồng cây xanh",
    "C3": "3/4",
    "C4": "Biên bản",
    "C7": "Bảng ảnh (2)",
    "D7": "Đoàn TN",
    "F3": "Đang thực hiện",
    "G3": 0.8,
    "G4": 0.805,
}
"""What they hold then, worked out by hand."""
FORMATS: Final = {
    "A4": ("d-mmm", "@"),
    "A5": ("General", "@"),
    "A7": ("General", "@"),
    "G3": ("General", "0%"),
    "G4": ("General", "0.0%"),
}
"""Their number formats before and after, where these change."""


def write(path: Path) -> None:
    """Write the workbook: tasks in rows 3 to 7 under the header row 2.

    B7 has a bold word, C4 a link, C6 a formula, C7 a piece in an old font; F3 and A7 have notes.
    """
    with xlsxwriter.Workbook(path) as book:
        sheet, other = book.add_worksheet(SHEET), book.add_worksheet("Khác")
        blue, bold = book.add_format({"bg_color": "#CCE5FF"}), book.add_format({"bold": True})
        day = book.add_format({"num_format": "d-mmm", "bg_color": "#CCE5FF"})
        text, old = book.add_format({"num_format": "@"}), book.add_format({"font_name": ".VnTime"})
        sheet.write(0, 0, "KẾ HOẠCH NĂM 2021")
        sheet.write_row(1, 0, HEADERS)
        rows: tuple[tuple[object, ...], ...] = (
            ("3.1.", BEFORE["B3"], "3/4 ", "Trường MN", "Thường xuyên", "Đang thưc hiện", "khoảng 80%"),
            (None, DECOMPOSED, "Biên  bản", "Hiệu trưởng", "Thường xuyên", "Đang thực hiện", "đạt 80,5%"),
            (3.3, "Hòm thư góp ý", "Hòm thư", "Trường MN", "Thường xuyên", "5/5 cuộc", None),
            ("3.4.", "Tuyên truyền", None, "Trường MN", "Thường xuyên", "Chưa thực hiện", None),
            (None, None, None, None, "Thường xuyên", "Chưa thực hiện", None),
        )
        for index, values in enumerate(rows, start=2):
            for column, value in enumerate(values):
                sheet.write(index, column, value, blue if column == 5 else None)
        sheet.write_datetime(3, 0, datetime(2021, 2, 3), day)
        sheet.write(2, 0, "3.1.", text)
        sheet.write_url(3, 2, "https://example.vn/bien-ban", string="Biên  bản")
        sheet.write_formula(5, 2, '="Tờ  "&"rơi"', None, "Tờ  rơi")
        sheet.write_rich_string(6, 1, "Trồng  ", bold, "cây", " xanh")
        sheet.write_rich_string(6, 2, old, "B¶ng ¶nh", " (2)")
        sheet.write_string(6, 3, BEFORE["D7"], old)
        sheet.write_comment(2, 5, "Hỏi lại cô Hoa")
        sheet.write_comment(6, 0, "Chưa đánh số")
        sheet.data_validation("F3:F7", {"validate": "list", "source": ["Hoàn thành", "Đang thực hiện"]})
        sheet.set_column(1, 1, 33)
        other.write(0, 0, f"  giữ{NBSP}nguyên  ")
