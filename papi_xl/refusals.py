"""The wording of every refusal, once in each language: what cannot be done, why, and what to do."""

from collections.abc import Mapping
from typing import Final

from papi_xl.errors import PapiError
from papi_xl.refusals_documents import DOCUMENT_REFUSALS
from papi_xl.refusals_excel import EXCEL_REFUSALS
from papi_xl.refusals_files import FILE_REFUSALS, REASONS
from papi_xl.refusals_libreoffice import LIBREOFFICE_REFUSALS
from papi_xl.wording import RULES, filled, one_line, pick

MIB: Final = 2**20

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
        "{file} quá lớn ({what}: {found}, giới hạn {limit}). Xóa phần không dùng{raise_it}.",
        "{file} is too large ({what}: {found}, limit {limit}). Remove what is not used{raise_it}.",
    ),
    "sheet-unknown": (
        'Không có trang tính "{sheet}". Các trang có trong tệp: {sheets}.',
        'There is no sheet "{sheet}". The sheets are: {sheets}.',
    ),
    "output-exists": (
        "{file} đã có. Chọn tên khác với {option}, hoặc thêm --force để ghi đè.",
        "{file} exists. Choose another name with {option}, or add --force to overwrite it.",
    ),
    "output-is-input": (
        "Tệp ra trùng với tệp vào {file}. Chọn tên khác với {option}.",
        "The output is the input file {file}. Choose another name with {option}.",
    ),
    "output-not-xlsx": (
        "Tên tệp ra {file} phải kết thúc bằng {suffix}.",
        "The name of the output {file} must end in {suffix}.",
    ),
    "output-no-folder": (
        "Không có thư mục {folder}. Tạo thư mục trước hoặc chọn tên khác với {option}.",
        "There is no folder {folder}. Make it first or choose another name with {option}.",
    ),
    "output-unwritable": (
        "Không ghi được {file}: {reason}. Chọn thư mục khác với -o hoặc đóng tệp đang mở.",
        "{file} cannot be written: {reason}. Choose another folder with -o or close the open file.",
    ),
    "task-table-missing": one_line(RULES["task-table-missing"]),
    "folder-missing": (
        "Không có thư mục {folder}. Kiểm tra lại đường dẫn.",
        "There is no folder {folder}. Check the path.",
    ),
    "folder-unreachable": (
        "Không mở được {folder}: {reason}. Kiểm tra quyền đọc hoặc kết nối.",
        "{folder} cannot be opened: {reason}. Check your permissions or the connection.",
    ),
    "folder-no-access": (
        "Không mở được thư mục {folder}. Kiểm tra quyền đọc thư mục này.",
        "The folder {folder} cannot be opened. Check that you may read it.",
    ),
    "no-workbooks": (
        "Không có biểu nào (.xlsx, .xlsm, .xls, .xlsb, .ods) trong {folders}. Chép các tệp nhận được vào đó.",
        "There are no workbooks (.xlsx, .xlsm, .xls, .xlsb, .ods) in {folders}. Copy the files there.",
    ),
    "returns-inside": (
        "Thư mục trả lời {folder} nằm trong thư mục nhận. Chọn thư mục khác với --returns.",
        "The folder for replies {folder} lies inside a folder to be read. Choose another with --returns.",
    ),
    "returns-exist": (
        "Thư mục {folder} đã có tệp. Chọn thư mục khác với --returns, hoặc thêm --force để ghi đè.",
        "The folder {folder} is not empty. Choose another with --returns, or add --force.",
    ),
    "returns-no-folder": (
        "Không có thư mục {folder}. Tạo thư mục trước hoặc chọn thư mục khác với --returns.",
        "There is no folder {folder}. Make it first or choose another with --returns.",
    ),
    "returns-unwritable": (
        "Không ghi được vào {file}: {reason}. Chọn thư mục khác với --returns hoặc đóng tệp đang mở.",
        "{file} cannot be written: {reason}. Choose another folder with --returns or close the open file.",
    ),
    "not-understood": (
        "Không hiểu được nội dung {file} ({kind}). Gửi tệp này cho người phụ trách phần mềm.",
        "The contents of {file} are not understood ({kind}). Send it to whoever looks after the program.",
    ),
    "reader-died": (
        "Đọc {file} quá lâu hoặc quá nặng nên đã dừng. Mở bằng Excel, lưu thành tệp mới rồi thử lại.",
        "Reading {file} took too long or too much. Open it in Excel, save it as a new file and try again.",
    ),
    "cluster-package-missing": (
        'Thiếu gói {package}. Chạy: pip install "papi_xl[cluster]"',
        'The package {package} is missing. Run: pip install "papi_xl[cluster]"',
    ),
    "scheduler-unreachable": (
        "Không kết nối được cụm máy {address}. Kiểm tra địa chỉ và dask scheduler, hoặc bỏ --scheduler.",
        "The scheduler {address} does not answer. Check that it runs, or leave out --scheduler.",
    ),
    "scheduler-no-workers": (
        "Cụm máy {address} chưa có máy nào chạy. Khởi động dask worker, hoặc bỏ --scheduler.",
        "The scheduler {address} has no workers. Start dask workers, or leave out --scheduler.",
    ),
    "scheduler-lost": (
        "Mất kết nối với cụm máy {address}. Chạy lại lệnh: những gì đã đọc được giữ lại.",
        "The connection to {address} was lost. Run the command again: what was read is kept.",
    ),
    "sources-missing": (
        "Không tìm thấy thư mục nguồn {folder}. Cài lại papi_xl.",
        "The source folder {folder} is missing. Install papi_xl again.",
    ),
    "build-package-missing": (
        "Thiếu gói {package} để dựng tệp bổ trợ Excel. Chạy: pip install {package}",
        "The package {package}, which builds the Excel add-in, is missing. Run: pip install {package}",
    ),
    "parquet-package-missing": (
        "Nhiều nhiệm vụ hơn một trang Excel chứa được, cần gói {package} để ghi Parquet. Chạy: pip install "
        "{package}",
        "There are more tasks than a sheet of Excel holds; Parquet needs the package {package}. Run: pip "
        "install {package}",
    ),
    "date-invalid": (
        '"{value}" không phải ngày. Gõ dạng 30/6/2021 hoặc 2021-06-30.',
        '"{value}" is no date. Type it like 30/6/2021 or 2021-06-30.',
    ),
    "date-outside": (
        "Ngày {value} nằm ngoài khoảng {first} – {last}. Kiểm tra lại năm.",
        "The date {value} lies outside {first} – {last}. Check the year.",
    ),
    "not-the-template": (
        "{file} không phải biểu mẫu PAPI nên không có gì để phục hồi. Để chuyển bảng của mình vào biểu mẫu, "
        'chạy: papi-xl new --from "{file}" -o BIEU.xlsx',
        "{file} is no PAPI template, so there is nothing to put back. To move a table of your own into the "
        'template run: papi-xl new --from "{file}" -o NEW.xlsx',
    ),
    "errors-remain": (
        "Còn {count} lỗi nên chưa lập tổng hợp. Sửa lỗi rồi chạy lại, hoặc thêm --allow-errors.",
        "{count} error(s) remain, so no summary was made. Mend them, or add --allow-errors.",
    ),
    "roster-unreadable": (
        "Không đọc được danh sách đơn vị. Mở bằng Excel và lưu dạng .xlsx hoặc CSV UTF-8.",
        "The list of units cannot be read. Open it in Excel and save it as .xlsx or CSV UTF-8.",
    ),
    "roster-no-header": (
        "Danh sách đơn vị thiếu hàng tiêu đề. Trong {rows} hàng đầu cần một hàng có cột "
        '"{name}" hoặc "{number}".',
        'The list of units has no header row. One of the first {rows} rows must name "{name}" or "{number}".',
    ),
    "roster-empty": (
        "Danh sách đơn vị chưa có đơn vị nào. Dưới hàng tiêu đề, nhập mỗi đơn vị một dòng.",
        "The list of units is empty. Type a line for each unit under the header row.",
    ),
    "roster-unit-missing": (
        "Danh sách đơn vị, dòng {row}: thiếu cả tên và mã đơn vị. Điền tên hoặc mã, hoặc xóa dòng này.",
        "The list of units, row {row}: neither a name nor a code. Fill in one of them, or delete the row.",
    ),
    "roster-code-twice": (
        'Danh sách đơn vị, dòng {row}: mã "{value}" đã có ở dòng {first}. Sửa lại mã hoặc xóa một dòng.',
        'The list of units, row {row}: the code "{value}" is that of row {first}. Mend it or delete a row.',
    ),
    "roster-due": (
        'Danh sách đơn vị, dòng {row}: hạn nộp "{value}" không phải ngày. Gõ dạng 30/6/2021 hoặc 2021-06-30.',
        'The list of units, row {row}: "{value}" is no due date. Type it like 30/6/2021 or 2021-06-30.',
    ),
    "keep-not-xlsx": (
        "Chỉ ghi nhớ báo cáo được trong tệp .xlsx, .xlsm; {file} là loại khác. Bỏ --keep, hoặc lưu tệp đó "
        "dạng .xlsx trước.",
        "A report can be remembered in .xlsx and .xlsm only, which {file} is not. Leave out --keep, or save "
        "it as .xlsx first.",
    ),
    "summary-exists": (
        "{file} đã có. Thêm --force để ghi đè, hoặc ghi vào thư mục khác với -o.",
        "{file} exists. Add --force to overwrite it, or write to another folder with -o.",
    ),
    "keep-is-report": (
        "{file} là tệp của báo cáo. Chọn tên khác với --keep.",
        "{file} is a file of the report. Choose another name with --keep.",
    ),
    "draft-not-opened": (
        "Không mở được chương trình thư ({reason}). Thư nháp vẫn có ở {file}: bấm đúp vào tệp đó để mở.",
        "The mail program could not be opened ({reason}). The draft is in {file}: double-click that file.",
    ),
    "not-a-file": (
        "{file} không phải tệp nên không đính kèm được. Chọn một tệp với --attach.",
        "{file} is no file, so it cannot be attached. Name a file with --attach.",
    ),
    "attached-too-large": (
        "Các tệp đính kèm quá lớn cho một thư ({found}, giới hạn {limit}). Bỏ bớt tệp với --attach.",
        "The attachments are too large for a mail ({found}, limit {limit}). Leave out some of --attach.",
    ),
    "since-no-table": (
        "Không tìm thấy bảng nhiệm vụ trong {file}. Chọn báo cáo hoặc biểu kỳ trước với --since.",
        "There is no task table in {file}. Name an earlier report or workbook with --since.",
    ),
    "since-later": (
        "Báo cáo trước tính đến ngày {before}, sau ngày {as_of} của báo cáo này. Kiểm tra lại --since, "
        "--as-of.",
        "The earlier report is as of {before}, later than this one's {as_of}. Check --since and --as-of.",
    ),
    "period-unknown": (
        'Không có tệp nào của kỳ "{period}". Các kỳ có trong thư mục: {periods}. Chọn một kỳ với --period.',
        'No file is of the period "{period}". The folder has: {periods}. Choose one with --period.',
    ),
    "fix-not-xlsx": (
        "Chỉ ghi được bản sửa của tệp .xlsx hoặc .xlsm, còn {file} là loại khác. Mở bằng Excel, lưu dạng "
        ".xlsx rồi chạy lại; thêm --dry-run để chỉ xem trước.",
        "Only .xlsx and .xlsm files can be written corrected; {file} is of another kind. Save it as .xlsx in "
        "Excel and run this again, or add --dry-run to look only.",
    ),
    "rule-not-fixable": (
        'Quy tắc "{rule}" không tự sửa được. Chọn trong: {rules}.',
        'The rule "{rule}" has no safe fix. Choose from: {rules}.',
    ),
    "log-not-ours": (
        'Trang "{sheet}" trong tệp không phải do phần mềm lập. Đổi tên trang đó rồi chạy lại.',
        'The sheet "{sheet}" is not one that this program made. Rename it and run this again.',
    ),
    "nothing-to-undo": (
        'Tệp không có trang "Nhật ký sửa" nên không có gì để hoàn tác. Chọn tệp mà lệnh papi-xl fix đã ghi.',
        'The file has no sheet "Nhật ký sửa", so nothing can be undone. Choose one that papi-xl fix wrote.',
    ),
    **EXCEL_REFUSALS,
    **FILE_REFUSALS,
    **LIBREOFFICE_REFUSALS,
    **DOCUMENT_REFUSALS,
}

WHAT: Final[Mapping[str, tuple[str, str]]] = {
    "packed": ("dung lượng tệp", "file size"),
    "unpacked": ("dung lượng sau giải nén", "unpacked size"),
    "rows": ("số dòng nhiệm vụ", "task rows"),
    "cells": ("số ô", "cells"),
    "letters": ("số chữ cái trong các ô", "letters in cells"),
    "sheets": ("số trang", "sheets"),
    "texts": ("phần chữ dùng chung", "texts that cells share"),
    "part": ("một phần trong tệp", "a part of the file"),
    "elements": ("số mục trong một phần của tệp", "items in a part of the file"),
    "document": ("phần chữ của văn bản", "the document's text"),
    "entries": ("số phần trong tệp", "parts in the file"),
}

RAISED_BY: Final = {
    what: f"--max-{what}"
    for what in ("packed", "unpacked", "texts", "part", "rows", "cells", "letters", "sheets")
}
RAISE: Final = (", hoặc nâng giới hạn bằng {option}", ", or raise the limit with {option}")


def explain(error: PapiError, lang: str, *, options: bool = True) -> str:
    """Return a refusal as a sentence in ``lang``; ``options`` says whether a limit can be raised by one."""
    values = dict(error.values)
    option = RAISED_BY.get(str(values.get("what"))) if options else None
    values["raise_it"] = pick(RAISE, lang).format(option=option) if option else ""
    if "errno" in values:
        said = REASONS.get(int(str(values["errno"])))
        values["reason"] = pick(said, lang) if said else values["reason"]
    if values.get("what") in {"packed", "unpacked", "texts", "part", "document"}:
        values |= {key: _size(values[key]) for key in ("found", "limit")}
    if "what" in values:
        values["what"] = pick(WHAT.get(str(values["what"]), (str(values["what"]),) * 2), lang)
    lists = {key: value for key, value in values.items() if isinstance(value, list | tuple)}
    values |= {key: ", ".join(map(str, value)) for key, value in lists.items()}
    return filled(REFUSALS[error.code], lang, values)


def _size(value: object) -> str:
    """Return a size in bytes as people read it."""
    return f"{int(str(value)) / MIB:.1f} MiB"
