"""The wording of refusals around Excel: installing into it, clicking in it, functions in its cells."""

from collections.abc import Mapping
from typing import Final

EXCEL_REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "one-cell-wanted": (
        "Cần một ô nhưng đang chọn vùng {rows}×{columns} ô. Chọn một ô hoặc gõ giá trị.",
        "One cell is wanted, not a range of {rows}×{columns}. Choose one cell or type a value.",
    ),
    "year-invalid": (
        'Năm "{value}" không dùng được. Gõ năm bốn chữ số như 2021.',
        'The year "{value}" cannot be used. Type a year of four digits such as 2021.',
    ),
    "soon-days-invalid": (
        'Số ngày "{value}" không dùng được. Gõ số nguyên từ 0 đến {most}.',
        'The number of days "{value}" cannot be used. Type a whole number from 0 to {most}.',
    ),
    "domain-invalid": (
        'Không có lĩnh vực "{value}". Gõ số từ 1 đến 8, hoặc bỏ trống để tính chung.',
        'There is no domain "{value}". Type a number from 1 to 8, or leave it out for all together.',
    ),
    "shapes-differ": (
        "Vùng trạng thái ({status} ô) và vùng thời gian ({timing} ô) khác kích thước. Chọn hai vùng có cùng "
        "số dòng và số cột.",
        "The ranges of the status ({status}) and the timing ({timing}) differ in size. Choose two ranges "
        "with the same rows and columns.",
    ),
    "row-not-under-headers": (
        "Cần đúng một dòng, rộng bằng hàng tiêu đề ({headers} cột), nhưng đang chọn {rows} dòng × {cells} "
        "cột. Chọn lại dòng cần kiểm tra.",
        "One row as wide as the header row ({headers} columns) is wanted, not {rows} row(s) × {cells} "
        "column(s). Choose the row to check again.",
    ),
    "function-fault": (
        "Lỗi ngoài dự kiến ({kind}). Kiểm tra lại các vùng đã chọn; nếu vẫn lỗi, chạy papi-xl check với tệp "
        "này.",
        "An unexpected fault ({kind}). Check the ranges; if it stays, run papi-xl check on this file.",
    ),
    "no-excel-here": (
        "Phần bổ trợ Excel chỉ cài được trên Windows hoặc Mac. Có LibreOffice thì chạy: papi-xl install"
        " --libreoffice. Các lệnh như papi-xl check, papi-xl summarize vẫn dùng được.",
        "The Excel add-in needs Windows or a Mac. With LibreOffice run: papi-xl install --libreoffice."
        " Commands such as papi-xl check and papi-xl summarize work here all the same.",
    ),
    "python-from-store": (
        "Python này cài từ Microsoft Store nên Excel và LibreOffice không thấy những gì nó ghi."
        " Cài Python từ python.org rồi cài lại papi_xl.",
        "This Python is the Microsoft Store's; neither Excel nor LibreOffice sees what it writes."
        " Install Python from python.org, then papi_xl again.",
    ),
    "xlwings-missing": (
        "Thiếu thư viện xlwings. Chạy: pip install xlwings",
        "The library xlwings is missing. Run: pip install xlwings",
    ),
    "interpreter-path": (
        "Đường dẫn của Python có dấu hoặc ký tự lạ nên Excel không đọc được: {path}."
        " Cài Python (hoặc môi trường .venv) vào thư mục không dấu, ví dụ C:\\papi.",
        "Excel cannot read the path of Python, which has accents or odd signs: {path}."
        " Install Python (or the environment .venv) in a folder without accents, such as C:\\papi.",
    ),
    "install-source-missing": (
        "Thiếu tệp {file} của bộ cài. Cài lại papi_xl và xlwings.",
        "The file {file} of the package is missing. Install papi_xl and xlwings again.",
    ),
    "install-not-a-file": (
        "{file} là thư mục, nhưng ở đó cần một tệp. Đổi tên thư mục đó rồi chạy lại.",
        "{file} is a folder where a file is needed. Rename that folder and run this again.",
    ),
    "install-not-a-folder": (
        "{file} là tệp, nhưng ở đó cần một thư mục. Đổi tên tệp đó rồi chạy lại.",
        "{file} is a file where a folder is needed. Rename that file and run this again.",
    ),
    "install-unreadable": (
        "Không đọc được {file}. Đóng Excel, kiểm tra quyền đọc rồi chạy lại.",
        "{file} cannot be read. Close Excel, check that you may read it and run this again.",
    ),
    "install-unwritable": (
        "Không ghi được {file}: {reason}. Đóng Excel rồi chạy lại. Chưa có gì thay đổi.",
        "{file} cannot be written: {reason}. Close Excel and run this again. Nothing was changed.",
    ),
    "install-half-done": (
        "Việc cài đặt dừng giữa chừng và chưa trả lại được: {files}. Đóng Excel rồi chạy lại.",
        "It stopped half way and could not take back: {files}. Close Excel and run this again.",
    ),
    "record-damaged": (
        "Tệp ghi nhớ {file} bị hỏng. Xóa tệp đó rồi chạy lại papi-xl install.",
        "The record {file} is damaged. Delete it and run papi-xl install again.",
    ),
    "template-exists": (
        "{file} đã có và có thể đã điền. Chọn nơi khác, hoặc thêm --force để ghi đè.",
        "{file} exists and may be filled in. Choose another place, or add --force to overwrite it.",
    ),
    "template-place": (
        "{file} không phải thư mục có sẵn, cũng không phải tên tệp .xlsx. Chọn nơi khác cho --template.",
        "{file} is neither a folder that exists nor the name of an .xlsx file."
        " Choose another place for --template.",
    ),
    "template-no-folder": (
        "Không có thư mục {folder}. Tạo thư mục trước hoặc chọn nơi khác cho --template.",
        "There is no folder {folder}. Make it first or choose another place for --template.",
    ),
    "support-not-txt": (
        "Tên tệp hỗ trợ {file} phải kết thúc bằng .txt.",
        "The name of the support file {file} must end in .txt.",
    ),
    "support-exists": (
        "{file} đã có. Chọn tên khác cho --support, hoặc thêm --force để ghi đè.",
        "{file} exists. Choose another name for --support, or add --force to overwrite it.",
    ),
    "not-together": (
        "Không dùng {one} cùng với {other}. Bỏ bớt một tùy chọn.",
        "{one} and {other} do not go together. Leave one of them out.",
    ),
    "office-failed": (
        "LibreOffice không làm được việc này: {reason}. Nếu chưa có, cài libreoffice-calc và python3-uno.",
        "LibreOffice could not do it: {reason}. If missing, install libreoffice-calc and python3-uno.",
    ),
    "no-workbook": (
        "Chưa mở tệp nào. Mở biểu nhiệm vụ (để hợp nhất thì tệp trống cũng được) rồi bấm lại nút này.",
        "No workbook is open. Open the task table (to consolidate an empty one will do) and click again.",
    ),
    "file-name-equals": (
        'Tên tệp {file} có dấu "=" nên không gọi được. Lưu tệp bằng tên khác rồi bấm lại.',
        'The file name {file} contains "=", which cannot be called. Save it under another name first.',
    ),
    "book-never-saved": (
        "{file} chưa được lưu nên chưa biết ghi tệp mới vào đâu. Lưu tệp (Ctrl+S) rồi bấm lại.",
        "{file} was never saved, so there is no folder for the new file. Save it (Ctrl+S) and click again.",
    ),
    "book-on-the-web": (
        "{file} đang mở từ OneDrive hoặc SharePoint. Lưu một bản về máy, mở bản đó rồi bấm lại.",
        "{file} is open from OneDrive or SharePoint. Save a copy on this computer, open it and click again.",
    ),
    "book-read-only": (
        "{file} đang mở ở chế độ chỉ đọc nên không ghi được. Lưu bằng tên khác (F12; LibreOffice:"
        " Ctrl+Shift+S) rồi bấm lại.",
        "{file} is open read-only, so nothing can be written. Save it under another name (F12; LibreOffice:"
        " Ctrl+Shift+S) first.",
    ),
    "sheet-protected": (
        'Trang "{sheet}" đang được bảo vệ nên không ghi được. Vào thẻ Review (Xem lại), chọn Unprotect '
        "Sheet (Bỏ bảo vệ trang tính); trong LibreOffice là thực đơn Tools (Công cụ), Protect Sheet. Rồi"
        " bấm lại.",
        'The sheet "{sheet}" is protected, so nothing can be written. Choose Review, Unprotect Sheet (in '
        "LibreOffice Tools, Protect Sheet), and click again.",
    ),
    "findings-taken": (
        'Trang "{sheet}" đang có dữ liệu khác nên không ghi đè. Đổi tên trang đó rồi bấm lại.',
        'The sheet "{sheet}" holds other data, which is left alone. Rename that sheet and click again.',
    ),
    "book-protected": (
        'Cấu trúc tệp {file} đang được bảo vệ nên không thêm được trang "{sheet}". Vào thẻ Review (Xem lại), '
        "chọn Protect Workbook để bỏ bảo vệ, rồi bấm lại.",
        'The structure of {file} is protected, so the sheet "{sheet}" cannot be added. Choose Review, '
        "Protect Workbook to end that, and click again.",
    ),
    "cells-changed": (
        'Ô {cell} của trang "{sheet}" vừa thay đổi khi nút đang chạy nên chưa ghi gì. Bấm lại nút đó.',
        'Cell {cell} of the sheet "{sheet}" was changed while the button was at work, so nothing was '
        "written. Click again.",
    ),
    "file-open": (
        "{file} đang mở. Đóng tệp đó rồi bấm lại.",
        "{file} is open. Close it and click again.",
    ),
    "folder-on-the-web": (
        "Thư mục {folder} nằm trên OneDrive hoặc SharePoint. Chép thư mục đó về máy rồi chọn lại.",
        "The folder {folder} is on OneDrive or SharePoint. Copy it to this computer and choose again.",
    ),
    "book-closed": (
        "{file} bị đóng khi nút đang chạy nên việc chưa xong. Mở lại tệp đó rồi bấm lại.",
        "{file} was closed while the button was at work, which is not done. Open it and click again.",
    ),
    "application-ended": (
        "Phần mềm bảng tính bị tắt khi nút đang chạy nên việc chưa xong. Mở lại {file} rồi bấm lại.",
        "The application ended while the button was at work, which is not done. Open {file} and click again.",
    ),
    "application-busy": (
        "Bảng tính đang bận hoặc có ô đang gõ dở. Bấm Enter hoặc Esc, đóng hộp thoại đang mở, rồi bấm lại.",
        "The application is busy or a cell is being edited. Press Enter or Esc, close dialogs and try again.",
    ),
}
