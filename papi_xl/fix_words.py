"""What the safe fixes say, once in each language (Vietnamese, English)."""

from collections.abc import Iterable, Mapping
from typing import Final

from papi_xl.wording import pick

NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "number-missing": ("Thêm số thứ tự", "Number added"),
    "number-not-text": ("Chuyển số thứ tự thành chữ", "Number made text"),
    "status-unknown": ("Sửa trạng thái", "Status corrected"),
    "percent-invalid": ("Sửa tỷ lệ", "Percentage corrected"),
    "text-not-normalised": ("Sửa dấu, bỏ khoảng trắng thừa", "Accents and spaces tidied"),
    "text-legacy-font": ("Chuyển phông chữ cũ sang Unicode", "Old font converted to Unicode"),
}
"""Rule with a safe fix → what the fix does."""

REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "no-value": ("chưa chắc giá trị đúng, hãy tự sửa", "no value is beyond doubt; correct it yourself"),
    "formula": (
        "ô có công thức, hoặc công thức khác dùng đúng nội dung này, nên giữ nguyên",
        "a formula is in the cell, or names what it says, so it is left alone",
    ),
    "legacy-first": (
        "ô dùng phông chữ cũ, cần sửa cả phông chữ (text-legacy-font)",
        "the cell has an old font, which has to be converted too (text-legacy-font)",
    ),
    "would-add": ("sửa thì sẽ phát sinh: {message}", "the fix would bring up: {message}"),
}

TITLE: Final = ("NHẬT KÝ SỬA", "LOG OF FIXES")
SUBTITLE: Final = (
    "Đã sửa {count} ô. Giá trị cũ được giữ ở đây để trả lại bằng nút Hoàn tác hoặc lệnh papi-xl fix --undo; "
    "đừng sửa trang này.",
    "{count} cell(s) were corrected. The old values are kept here for Undo (papi-xl fix --undo); "
    "do not edit this sheet.",
)
HEADERS: Final = (
    ("STT", "No."),
    ("Lần", "Batch"),
    ("Lúc", "Time"),
    ("Ô", "Cell"),
    ("Việc đã sửa", "What was done"),
    ("Trước", "Before"),
    ("Sau", "After"),
)
"""(Vietnamese, English) headers of the sheet `Nhật ký sửa`."""
EMPTY: Final = ("(trống)", "(empty)")


def done(rules: Iterable[str], lang: str) -> str:
    """Return what fixes of these rules do, as one phrase."""
    return "; ".join(pick(NAMES[rule], lang) for rule in rules if rule in NAMES)
