"""The wording of every rule and refusal, once in each language: where, what, and what to type."""

from collections.abc import Mapping
from typing import Final

from papi_xl.errors import PapiError
from papi_xl.findings import Finding

RULES: Final[Mapping[str, tuple[str, str]]] = {
    "unreadable-workbook": ("{reason}",) * 2,
    "task-table-missing": (
        "Không tìm thấy bảng nhiệm vụ. Cần một hàng tiêu đề trong 30 hàng đầu có cột "
        '"Nội dung nhiệm vụ" và ít nhất hai cột khác như "TT", "Sản phẩm", "Đơn vị chủ trì".',
        "No task table was found. One of the first 30 rows must be a header row with a column "
        '"Nội dung nhiệm vụ" and at least two more, such as "TT", "Sản phẩm", "Đơn vị chủ trì".',
    ),
    "column-missing": (
        'Thiếu cột "{header}". Thêm một cột có tiêu đề "{header}" vào hàng tiêu đề này.',
        'The column "{header}" is missing. Add a column headed "{header}" to this header row.',
    ),
    "column-duplicate": (
        'Cột "{label}" trùng ý với cột {first}. Đổi tên hoặc bỏ bớt một cột "{header}".',
        'The column "{label}" means the same as column {first}. Rename or remove one "{header}" column.',
    ),
    "template-outdated": (
        "Biểu mẫu là bản {version}, bản hiện hành là {current}. Tạo biểu mới bằng lệnh papi-xl new rồi "
        "chép dữ liệu sang.",
        "The template is version {version}; the current one is {current}. Make a new one with "
        "papi-xl new and copy the data over.",
    ),
    "unit-info-missing": (
        'Chưa điền "{label}". Nhập vào ô này.',
        '"{label}" is empty. Type it into this cell.',
    ),
    "as-of-missing": (
        'Chưa có "Tính đến ngày" hợp lệ, đang lấy ngày {today}. Nhập ngày dạng 30/6/2021.',
        "There is no valid as-of date, so {today} is used. Type a date such as 30/6/2021.",
    ),
    "number-missing": (
        "Thiếu số thứ tự (TT).{advice}",
        "The task number (TT) is missing.{advice}",
    ),
    "number-malformed": (
        'Số thứ tự "{value}" không đúng dạng. Gõ dạng "3.1." (lĩnh vực, dấu chấm, số nhiệm vụ).',
        'The number "{value}" is not well formed. Type it like "3.1." (domain, full stop, task).',
    ),
    "number-duplicate": (
        'Số thứ tự "{value}" đã dùng ở dòng {first}. Đánh lại số cho một trong hai dòng.',
        'The number "{value}" is already used in row {first}. Renumber one of the two rows.',
    ),
    "number-out-of-order": (
        'Số thứ tự "{value}" không đúng chỗ (phía trên là {before}). Chuyển dòng về đúng lĩnh vực hoặc '
        "đánh lại số.",
        'The number "{value}" is out of order (above it stands {before}). Move the row to its place or '
        "renumber it.",
    ),
    "number-not-text": (
        'Số thứ tự "{value}" đang là số hoặc ngày của Excel (1.10 sẽ thành 1.1). Định dạng ô là Text rồi '
        'gõ lại "{fix}".',
        'The number "{value}" is kept by Excel as a number or date (1.10 becomes 1.1). Format the cell as '
        'Text and type "{fix}" again.',
    ),
    "domain-unknown": (
        "{what} không thuộc lĩnh vực nào từ 1 đến 8. Gõ số bắt đầu bằng 1 đến 8.",
        "{what} belongs to none of the domains 1 to 8. Type a number that begins with 1 to 8.",
    ),
    "domain-missing": (
        "Chưa có nhiệm vụ nào cho lĩnh vực {domains}. Bổ sung nhiệm vụ cho các lĩnh vực này.",
        "There is no task for domain {domains}. Add tasks for these domains.",
    ),
    "domain-empty": (
        "Lĩnh vực {number} chưa có nhiệm vụ nào. Thêm ít nhất một nhiệm vụ dưới dòng này.",
        "Domain {number} has no task. Add at least one task under this row.",
    ),
    "domain-name-differs": (
        'Tên lĩnh vực {number} là "{value}", tên chính thức là "{official}". Số {number} vẫn được dùng.',
        'Domain {number} is called "{value}"; its official name is "{official}". The number {number} counts.',
    ),
    "task-missing": (
        "Chưa có nội dung nhiệm vụ. Nhập nội dung, hoặc xóa dòng nếu không dùng.",
        "The task itself is missing. Type it, or delete the row if it is not used.",
    ),
    "task-duplicate": (
        "Nội dung nhiệm vụ trùng với dòng {first}. Bỏ một dòng hoặc ghi rõ điểm khác nhau.",
        "The task is the same as in row {first}. Remove one or say how they differ.",
    ),
    "product-missing": (
        "Thiếu sản phẩm. Nhập văn bản hoặc kết quả cụ thể của nhiệm vụ.",
        "The product is missing. Type the document or result that the task yields.",
    ),
    "lead-missing": (
        "Thiếu đơn vị chủ trì. Nhập đơn vị hoặc người chịu trách nhiệm chính.",
        "The lead is missing. Type the unit or person in charge.",
    ),
    "timing-missing": (
        'Thiếu thời gian thực hiện. Gõ "Thường xuyên" hoặc hạn như "30/9/2021", "Quý II/2021".',
        'The timing is missing. Type "Thường xuyên" or a due date such as "30/9/2021", "Quý II/2021".',
    ),
    "timing-unrecognised": (
        'Không hiểu thời gian "{value}". Gõ "Thường xuyên" hoặc hạn như "30/9/2021", "Tháng 6/2021".',
        'The timing "{value}" is not understood. Type "Thường xuyên" or a due date such as "30/9/2021", '
        '"Tháng 6/2021".',
    ),
    "due-outside-plan": (
        'Hạn "{value}" nằm ngoài năm kế hoạch {year}. Kiểm tra lại năm.',
        'The due date "{value}" lies outside the plan year {year}. Check the year.',
    ),
    "lead-is-partner": (
        'Đơn vị chủ trì "{lead}" cũng được ghi là đơn vị phối hợp. Bỏ tên đó khỏi cột phối hợp.',
        'The lead "{lead}" is also named as a partner. Remove it from the partners.',
    ),
    "status-missing": (
        'Thiếu trạng thái. Chọn "Hoàn thành", "Đang thực hiện", "Chưa thực hiện" hoặc "Tạm dừng".',
        'The status is missing. Choose "Hoàn thành", "Đang thực hiện", "Chưa thực hiện" or "Tạm dừng".',
    ),
    "status-unknown": (
        'Trạng thái "{value}" không có trong danh mục.{advice}',
        'The status "{value}" is not in the list.{advice}',
    ),
    "percent-invalid": (
        'Tỷ lệ "{value}" không hợp lệ.{advice}',
        'The percentage "{value}" is not valid.{advice}',
    ),
    "percent-contradicts-status": (
        'Tỷ lệ {value} trái với trạng thái "{status}". Sửa tỷ lệ hoặc trạng thái.',
        'The percentage {value} contradicts the status "{status}". Correct one of them.',
    ),
    "evidence-missing": (
        "Đã hoàn thành nhưng chưa có minh chứng. Ghi số, ngày văn bản hoặc nơi lưu, hoặc điền Giải trình.",
        "Done, but no evidence is given. Type the document's number and date or where it is kept, or fill "
        "in Giải trình.",
    ),
    "overdue": (
        "Quá hạn {days} ngày (hạn {due}). Cập nhật trạng thái hoặc điền Giải trình.",
        "Overdue by {days} days (due on {due}). Update the status or fill in Giải trình.",
    ),
    "due-unknown": (
        'Ghi "{value}" nhưng không có ngày. Gõ hạn cụ thể như "30/9/2021".',
        'It says "{value}" but names no date. Type a due date such as "30/9/2021".',
    ),
    "formula-error": (
        "Ô có lỗi công thức {value}. Sửa công thức hoặc gõ trực tiếp giá trị.",
        "The cell shows the formula error {value}. Mend the formula or type the value itself.",
    ),
    "text-not-normalised": (
        'Chữ có dấu tổ hợp hoặc khoảng trắng thừa. Gõ lại "{fix}".',
        'The text has decomposed accents or needless spaces. Type "{fix}" instead.',
    ),
    "merged-cells": (
        "Các ô {area} bị gộp. Bỏ gộp ô và điền giá trị cho từng dòng.",
        "The cells {area} are merged. Unmerge them and fill in each row.",
    ),
    "hidden-rows": (
        "{what} đang bị ẩn nhưng vẫn được tính. Hiện lại hoặc xóa nếu không dùng.",
        "{what} is hidden but still counted. Show it again, or delete it if it is not used.",
    ),
    "figures-altered": (
        "Các dòng nhiệm vụ đã bị sửa sau khi lập báo cáo. Đề nghị đơn vị lập và gửi lại báo cáo.",
        "The task rows were changed after the report was made. Ask the unit to make and send it again.",
    ),
}

REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "file-missing": (
        "Không tìm thấy tệp {file}. Kiểm tra lại đường dẫn.",
        "There is no file {file}. Check the path.",
    ),
    "is-a-folder": (
        "{file} là thư mục. Chỉ ra một tệp Excel trong đó.",
        "{file} is a folder. Name an Excel file in it.",
    ),
    "no-access": (
        "Không mở được {file}. Đóng tệp nếu đang mở ở nơi khác và kiểm tra quyền đọc.",
        "{file} cannot be opened. Close it elsewhere and check that you may read it.",
    ),
    "not-a-workbook": (
        "{file} không phải tệp bảng tính (.xlsx, .xlsm, .xls, .xlsb, .ods). Mở bằng Excel và lưu dạng .xlsx.",
        "{file} is no workbook (.xlsx, .xlsm, .xls, .xlsb, .ods). Open it in Excel and save it as .xlsx.",
    ),
    "damaged": (
        "{file} bị hỏng, không đọc được. Mở bằng Excel, để Excel sửa rồi lưu lại, hoặc xin bản khác.",
        "{file} is damaged. Open it in Excel, let Excel repair it and save it, or ask for another copy.",
    ),
    "encrypted": (
        "{file} được đặt mật khẩu. Mở bằng Excel, bỏ mật khẩu rồi lưu lại.",
        "{file} is protected by a password. Open it in Excel, remove the password and save it.",
    ),
    "too-large": (
        "{file} quá lớn ({what}: {found}, giới hạn {limit}). Xóa phần không dùng, hoặc nâng giới hạn.",
        "{file} is too large ({what}: {found}, limit {limit}). Remove what is not used, or raise the limit.",
    ),
    "sheet-unknown": (
        'Không có trang tính "{sheet}". Các trang có trong tệp: {sheets}.',
        'There is no sheet "{sheet}". The sheets are: {sheets}.',
    ),
    "output-exists": (
        "{file} đã có. Chọn tên khác với -o, hoặc thêm --force để ghi đè.",
        "{file} exists. Choose another name with -o, or add --force to overwrite it.",
    ),
    "output-is-input": (
        "Tệp ra trùng với tệp vào {file}. Chọn tên khác với -o.",
        "The output is the input file {file}. Choose another name with -o.",
    ),
    "output-not-xlsx": (
        "Tên tệp ra {file} phải kết thúc bằng .xlsx.",
        "The name of the output {file} must end in .xlsx.",
    ),
    "output-no-folder": (
        "Không có thư mục {folder}. Tạo thư mục trước hoặc chọn tên khác với -o.",
        "There is no folder {folder}. Make it first or choose another name with -o.",
    ),
    "output-unwritable": (
        "Không ghi được {file}: {reason}. Chọn thư mục khác với -o hoặc đóng tệp đang mở.",
        "{file} cannot be written: {reason}. Choose another folder with -o or close the open file.",
    ),
    "task-table-missing": RULES["task-table-missing"],
    "sources-missing": (
        "Không tìm thấy thư mục nguồn {folder}. Cài lại papi_xl.",
        "The source folder {folder} is missing. Install papi_xl again.",
    ),
    "date-invalid": (
        '"{value}" không phải ngày. Gõ dạng 30/6/2021 hoặc 2021-06-30.',
        '"{value}" is no date. Type it like 30/6/2021 or 2021-06-30.',
    ),
    "date-outside": (
        "Ngày {value} nằm ngoài khoảng {first} – {last}. Kiểm tra lại năm.",
        "The date {value} lies outside {first} – {last}. Check the year.",
    ),
    "errors-remain": (
        "Còn {count} lỗi nên chưa lập tổng hợp. Sửa lỗi rồi chạy lại, hoặc thêm --allow-errors.",
        "{count} errors remain, so no summary was made. Mend them, or add --allow-errors.",
    ),
}

WHAT: Final[Mapping[str, tuple[str, str]]] = {
    "packed": ("dung lượng tệp", "file size"),
    "unpacked": ("dung lượng sau giải nén", "unpacked size"),
    "rows": ("số dòng nhiệm vụ", "task rows"),
    "cells": ("số ô", "cells"),
    "entries": ("số phần trong tệp", "parts in the file"),
}

ADVICE: Final[Mapping[str, tuple[str, str]]] = {
    "number": (' Gõ "{fix}".', ' Type "{fix}".'),
    "number-none": (
        ' Gõ số tiếp theo của lĩnh vực, dạng "3.1.".',
        ' Type the next number of its domain, like "3.1.".',
    ),
    "status": (' Chọn "{fix}" (gần giống nhất).', ' Choose "{fix}" (the nearest).'),
    "status-none": (
        ' Chọn "Hoàn thành", "Đang thực hiện", "Chưa thực hiện" hoặc "Tạm dừng".',
        ' Choose "Hoàn thành", "Đang thực hiện", "Chưa thực hiện" or "Tạm dừng".',
    ),
    "percent": (' Gõ "{fix}".', ' Type "{fix}".'),
    "percent-none": (" Gõ số từ 0% đến 100%, ví dụ 80%.", " Type a number from 0% to 100%, such as 80%."),
    "row": ("Dòng {number}", "Row {number}"),
    "rows": ("Các dòng {first}–{last}", "Rows {first}–{last}"),
    "column": ('Cột "{header}"', 'The column "{header}"'),
    "domain": ("Lĩnh vực số {number}", "Domain number {number}"),
    "task": ('Nhiệm vụ "{number}"', 'The task "{number}"'),
}

LONGEST_VALUE: Final = 80
MIB: Final = 2**20


def message(finding: Finding, lang: str) -> str:
    """Return the finding in ``lang``: ``[sheet!cell]``, what is wrong, what to type."""
    values = {name: phrase(value, lang) for name, value in finding.values.items()}
    values.setdefault("value", _short(finding.value))
    values.setdefault("fix", finding.fix or "")
    text = _pick(RULES[finding.rule], lang).format_map(values)
    return f"[{finding.sheet}!{finding.cell}] {text}" if finding.cell else text


def explain(error: PapiError, lang: str) -> str:
    """Return a refusal as a sentence in ``lang``."""
    values = dict(error.values)
    if values.get("what") in {"packed", "unpacked"}:
        values |= {key: _size(values[key]) for key in ("found", "limit")}
    if "what" in values:
        values["what"] = _pick(WHAT.get(str(values["what"]), (str(values["what"]),) * 2), lang)
    sheets = values.get("sheets")
    if isinstance(sheets, list | tuple):
        values["sheets"] = ", ".join(map(str, sheets))
    return _pick(REFUSALS[error.code], lang).format_map(values)


def phrase(value: object, lang: str) -> str:
    """Return a value as text; a pair (key of `ADVICE`, its values) becomes that phrase in ``lang``."""
    if isinstance(value, tuple):
        key, details = value
        return _pick(ADVICE[key], lang).format_map(details)
    return _short(value)


def _size(value: object) -> str:
    """Return a size in bytes as people read it."""
    return f"{int(str(value)) / MIB:.1f} MiB"


def _pick(pair: tuple[str, str], lang: str) -> str:
    return pair[lang == "en"]


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1].rstrip() + "…"
