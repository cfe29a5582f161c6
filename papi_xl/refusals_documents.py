"""The wording of refusals about plans kept as documents, once in each language."""

from collections.abc import Mapping
from typing import Final

DOCUMENT_REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "document-is-a-folder": (
        "{file} là thư mục. Chỉ ra một tệp .docx hoặc .txt trong đó.",
        "{file} is a folder. Name a .docx or .txt file in it.",
    ),
    "document-kind": (
        "Không đọc được loại tệp của {file}. Mở bằng Word, chọn Lưu thành (Save As) .docx rồi chạy lại với "
        "tệp .docx đó.",
        "Files such as {file} are not read. Open it in Word, save it as .docx and run the command on that.",
    ),
    "document-workbook": (
        "{file} là bảng tính, không phải văn bản. Kiểm tra bằng papi-xl check, hoặc chuyển sang biểu mẫu "
        "bằng papi-xl new --from.",
        "{file} is a workbook. Check it with papi-xl check, or move it into the template with papi-xl new "
        "--from.",
    ),
    "document-damaged": (
        "{file} bị hỏng, không đọc được. Mở bằng Word, để Word sửa rồi lưu lại, hoặc xin bản khác.",
        "{file} is damaged. Open it in Word, let Word repair it and save it, or ask for another copy.",
    ),
    "document-encrypted": (
        "{file} được đặt mật khẩu. Mở bằng Word, bỏ mật khẩu rồi lưu lại.",
        "{file} is protected by a password. Open it in Word, remove the password and save it.",
    ),
    "document-too-large": (
        "{file} quá lớn ({what}: {found}, giới hạn {limit}). Chép riêng bảng nhiệm vụ sang tệp Word mới rồi "
        "chạy lại.",
        "{file} is too large ({what}: {found}, limit {limit}). Copy the task table into a new document and "
        "try again.",
    ),
    "document-encoding": (
        "Không nhận ra bảng mã của {file}. Mở bằng Notepad, Lưu thành (Save As) với Encoding UTF-8.",
        "The encoding of {file} is not known. Open it in Notepad and save it as UTF-8.",
    ),
    "document-no-table": (
        "Không tìm thấy bảng nhiệm vụ trong {file}. Bảng cần một hàng tiêu đề có cột "
        '"Nội dung nhiệm vụ" và ít nhất hai cột khác như "TT", "Sản phẩm", "Đơn vị chủ trì".',
        "There is no task table in {file}. It needs a header row with a column "
        '"Nội dung nhiệm vụ" and at least two more, such as "TT", "Sản phẩm", "Đơn vị chủ trì".',
    ),
}
