"""What the buttons say when the program itself cannot, once in each language (Vietnamese, English)."""

TITLE = "PAPI"

WORDS = {
    "starting": ("PAPI: đang mở…", "PAPI: starting…"),
    "busy": (
        "PAPI đang làm việc khác. Đợi xong rồi bấm lại.",
        "PAPI is still at work. Wait until it has finished, then click again.",
    ),
    "no-workbook": (
        "Cửa sổ này không có bảng tính. Mở biểu nhiệm vụ rồi bấm lại.",
        "This window holds no spreadsheet. Open a task workbook and click again.",
    ),
    "no-cells": (
        "Cửa sổ đang xem trước khi in. Đóng phần xem trước (Ctrl+Shift+O) rồi bấm lại.",
        "This window shows the print preview. Close the preview (Ctrl+Shift+O), then click again.",
    ),
    "not-installed": (
        "Phần mở rộng này chưa biết papi_xl ở đâu. Mở cửa sổ dòng lệnh và chạy:\n"
        "papi-xl install --libreoffice",
        "This extension does not know where papi_xl is. Open a terminal and run:\n"
        "papi-xl install --libreoffice",
    ),
    "no-interpreter": (
        "Không chạy được Python của papi_xl:\n{python}\nCài lại papi_xl, rồi chạy:\n"
        "papi-xl install --libreoffice",
        "The Python of papi_xl does not run:\n{python}\nInstall papi_xl again, then run:\n"
        "papi-xl install --libreoffice",
    ),
    "not-begun": (
        "Nút chưa chạy được: {said}\nĐóng hết các cửa sổ LibreOffice, mở lại rồi bấm lại; nếu vẫn vậy, mở"
        " cửa sổ dòng lệnh và chạy papi-xl doctor.",
        "The button could not begin: {said}\nClose all windows of LibreOffice, open it again and click again;"
        " if that does not help, open a terminal and run papi-xl doctor.",
    ),
    "stopped": (
        "PAPI đã dừng giữa chừng (mã {code}). Thấy biểu có thay đổi thì bấm Ctrl+Z để trả lại. Bấm lại nút;"
        " nếu vẫn vậy, mở cửa sổ dòng lệnh và chạy papi-xl doctor.\n{said}",
        "PAPI stopped in the middle (code {code}). If anything changed in the workbook, Ctrl+Z takes it back."
        " Click again; if that does not help, open a terminal and run papi-xl doctor.\n{said}",
    ),
}


def word(key, lang, **values):
    """Return one of WORDS in ``lang`` (``vi`` or ``en``), its gaps filled."""
    return WORDS[key][lang == "en"].format(**values).strip()
