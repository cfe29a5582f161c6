"""A small folder of received workbooks, every case in it once, its figures worked out by hand.

| file | of | what it is |
|---|---|---|
| hoa-sen.xlsx | M1 Trường Mầm non Hoa Sen | a report, made 1/7, received 1/7: fine |
| hoa-sen-cu.xlsx | M1 | a report made the day before: replaced by the other |
| quy-1/hoa-sen.xlsx | M1 | the report of the quarter before |
| tan-tien.xlsx | M2 Trường Mầm non Tân Tiến | a filled template, received 6/7, expected by 5/7: late |
| son-ca.xlsx | M3 Trường Mầm non Sơn Ca | a report whose rows were changed afterwards |
| bang-rieng.xlsx | M5 Trường Mầm non Hoa Mai | a table of its own, `MN Hoa Mai` above it, one lead missing |
| ten-gan-giong.xlsx | – | a report of `Trường MN Họa My`; the roster has `Họa Mi` |
| hong.xlsx | – | no workbook at all |
| khong-bang.xlsx | – | a workbook without a task table |

The roster also has M4 Trường Mầm non Bình Minh, which sent nothing, and M6 Trường Mầm non Họa Mi.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import xlsxwriter

from papi_xl import attachment, schema
from papi_xl.check import check
from papi_xl.raw import Cell
from papi_xl.template.filling import Filling
from papi_xl.template.workbook import template_bytes
from papi_xl.write import summary_bytes
from tests.tables import workbook

PERIOD = "Quý II/2021"
BEFORE = "Quý I/2021"
AS_OF = date(2021, 6, 30)
ROSTER = """\ufeffMã đơn vị;Tên đơn vị;Thư điện tử;Hạn nộp
M1;Trường Mầm non Hoa Sen;hoasen@example.edu.vn;05/07/2021
M2;Trường Mầm non Tân Tiến;tantien@example.edu.vn;05/07/2021
M3;Trường Mầm non Sơn Ca;;05/07/2021
M4;Trường Mầm non Bình Minh;binhminh@example.edu.vn;05/07/2021
M5;Trường Mầm non Hoa Mai;hoamai@example.edu.vn;05/07/2021
M6;Trường Mầm non Họa Mi;;05/07/2021
"""
HOA_SEN = """
    1.1. | Họp phụ huynh | Biên bản | Hiệu trưởng | | Quý II/2021 | Hoàn thành | 100% | Biên bản số 1
    1.2. | Hòm thư góp ý | Hòm thư | Trường MN | | 30/9/2021 | Đang thực hiện | 50%
    3.1. | Tiếp công dân | Sổ tiếp | Hiệu trưởng | | 31/5/2021 | Hoàn thành | 100% | Sổ số 3
    3.2. | Giải trình thu chi | Báo cáo | Kế toán | | 15/6/2021 | Chưa thực hiện | 0%
"""
HOA_SEN_BEFORE = """
    1.1. | Họp phụ huynh | Biên bản | Hiệu trưởng | | Quý II/2021 | Đang thực hiện | 20%
    3.1. | Tiếp công dân | Sổ tiếp | Hiệu trưởng | | 31/5/2021 | Hoàn thành | 100% | Sổ số 3
    3.2. | Giải trình thu chi | Báo cáo | Kế toán | | 15/6/2021 | Chưa thực hiện | 0%
    3.3. | Niêm yết học phí | Bảng tin | Kế toán | | 28/2/2021 | Tạm dừng | 0%
"""
TAN_TIEN = """
    1.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | Đang thực hiện
    5.1. | Niêm yết thủ tục | Bảng tin | Văn thư | | Tháng 3/2021 | Hoàn thành | 100% | Ảnh chụp
"""
SON_CA = """
    3.1. | Đối thoại | Biên bản | Hiệu trưởng | | Tháng 5/2021 | Đang thực hiện | 30%
    8.1. | Trang thông tin | Trang web | Tổ tin học | | Quý I/2021 | Hoàn thành | 100% | Địa chỉ trang
"""
SON_CA_CHANGED = "Đang thực hiện", "Chờ xác nhận"
"""What somebody typed into the report: the figures stay, the rows are others."""


def write_folder(folder: Path) -> Path:
    """Write the workbooks into ``folder`` and return the path of the roster, which stands beside it."""
    for name, (day, content) in contents().items():
        _put(folder / name, content, day=day)
    roster = folder.with_name("units.csv")
    roster.write_text(ROSTER, encoding="utf-8")
    return roster


@cache
def contents() -> Mapping[str, tuple[int, bytes]]:
    """Return the workbooks by their paths, each with the day of July 2021 on which it was received."""
    hoa_sen = ("Trường Mầm non Hoa Sen", "M1")
    son_ca = report("Trường Mầm non Sơn Ca", "M3", SON_CA, made=date(2021, 7, 1))
    return {
        "hoa-sen.xlsx": (1, report(*hoa_sen, HOA_SEN, made=date(2021, 7, 1))),
        "hoa-sen-cu.xlsx": (3, report(*hoa_sen, HOA_SEN_BEFORE, made=date(2021, 6, 30))),
        "quy-1/hoa-sen.xlsx": (
            1,
            report(*hoa_sen, HOA_SEN_BEFORE, period=BEFORE, as_of=date(2021, 3, 31), made=date(2021, 4, 1)),
        ),
        "tan-tien.xlsx": (6, template("Trường Mầm non Tân Tiến", "M2", TAN_TIEN)),
        "son-ca.xlsx": (2, altered(son_ca, *SON_CA_CHANGED)),
        "bang-rieng.xlsx": (2, own_table()),
        "ten-gan-giong.xlsx": (2, report("Trường MN Họa My", "", TAN_TIEN, made=date(2021, 7, 1))),
        "hong.xlsx": (2, b"day khong phai bang tinh"),
        "khong-bang.xlsx": (2, sheet_of([["Kính gửi", "Nhà trường"]])),
        "~$hoa-sen.xlsx": (2, b"lock"),
        ".an.xlsx": (2, b"dot"),
        "ghi-chu.txt": (2, b"text"),
    }


def report(  # noqa: PLR0913 (what a report says)
    unit: str, code: str, table: str, *, period: str = PERIOD, as_of: date = AS_OF, made: date
) -> bytes:
    """Return the report that `summarize` makes of the tasks of ``table``."""
    info: dict[str, Cell] = {
        "unit": unit, "unit_code": code, "recipient": "UBND xã Văn Giang", "year": 2021, "period": period,
        "as_of": as_of,
    }  # fmt: skip
    result = check(replace(workbook(table), info=info), as_of=as_of, today=made)
    return summary_bytes(attachment.lay_out(result, "vi", made))


def template(unit: str, code: str, table: str) -> bytes:
    """Return the template filled with the tasks of ``table``."""
    rows = workbook(table).sheets[0].rows[1:]
    tasks = tuple(dict(zip(schema.KEYS, row, strict=False)) for row in rows)
    info: dict[str, Cell] = {
        "unit": unit, "unit_code": code, "recipient": "UBND xã Văn Giang", "year": 2021, "period": PERIOD,
        "as_of": AS_OF,
    }  # fmt: skip
    return template_bytes(Filling(info, tasks))


def own_table(unit: str = "TRƯỜNG MN HOA MAI") -> bytes:
    """Return a table with other headers in another order; the second task has nobody to lead it."""
    return sheet_of([
        ["UBND XÃ VĂN GIANG", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [unit],
        [None, "BIỂU NHIỆM VỤ PAPI NĂM 2021"],
        [],
        ["STT", "Tên nhiệm vụ", "Chủ trì", "Kết quả/Sản phẩm", "Thời hạn", "Tình trạng", "Minh chứng"],
        ["1.1", "Công khai thực đơn", "Bếp trưởng", "Bảng tin", "Tháng 4/2021", "Đã hoàn thành", "Ảnh"],
        ["1.2", "Hội nghị cha mẹ", None, "Biên bản", "Thường xuyên", "Đang triển khai", None],
    ])  # fmt: skip


def sheet_of(rows: list[list[Cell]]) -> bytes:
    """Return a workbook of one sheet with ``rows`` of texts."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Bảng")
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
    return stream.getvalue()


def altered(content: bytes, old: str, new: str) -> bytes:
    """Return a workbook in which a cell's text was changed after it was made."""
    book = openpyxl.load_workbook(BytesIO(content))
    changed = [cell for row in book[schema.ANNEX].iter_rows() for cell in row if cell.value == old]
    assert changed
    for cell in changed:
        cell.value = new
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _put(path: Path, content: bytes, *, day: int) -> None:
    """Write a file as received on a day of July 2021, at 8 o'clock."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    stamp = datetime(2021, 7, day, 8).timestamp()
    os.utime(path, (stamp, stamp))
