"""The words of `papi-xl fix`, once in each language (Vietnamese, English)."""

from collections.abc import Mapping
from typing import Final

from papi_xl.wording import filled

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "option-output": (
        "Tệp sẽ ghi, cùng loại với tệp vào; bỏ trống thì ghi <tên>_da-sua cạnh tệp vào (--undo: "
        "<tên>_hoan-tac).",
        "The file to write, of the input's kind; where left out <name>_da-sua beside the input (--undo: "
        "<name>_hoan-tac).",
    ),
    "option-only": (
        "Chỉ sửa lỗi của quy tắc này (dùng được nhiều lần): {rules}.",
        "Correct findings of this rule only (may be given again): {rules}.",
    ),
    "option-undo": (
        "Trả lại giá trị cũ của lần sửa gần nhất, theo trang Nhật ký sửa.",
        "Put back what the last fix changed, as the sheet Nhật ký sửa has it.",
    ),
    "option-dry-run": ("Chỉ xem trước, không ghi tệp nào.", "Only show what would be done."),
    "changes": ("ĐÃ SỬA ({count} ô)", "CORRECTED ({count} cell(s))"),
    "to-change": ("SẼ SỬA ({count} ô)", "TO BE CORRECTED ({count} cell(s))"),
    "restored": ("ĐÃ TRẢ LẠI ({count} ô)", "PUT BACK ({count} cell(s))"),
    "to-restore": ("SẼ TRẢ LẠI ({count} ô)", "TO BE PUT BACK ({count} cell(s))"),
    "cell": ("Ô", "Cell"),
    "what": ("Việc", "What"),
    "before": ("Trước", "Before"),
    "after": ("Sau", "After"),
    "more": ("và {count} ô nữa, xem đủ bằng --format json", "and {count} more; --format json lists all"),
    "left": ("GIỮ NGUYÊN ({count} mục)", "LEFT ALONE ({count})"),
    "more-left": ("và {count} mục nữa", "and {count} more"),
    "because": ("Lý do: {reason}.", "Because: {reason}."),
    "changed-since": (
        "ô đã được sửa tay sau đó, hoặc không còn ở chỗ cũ",
        "the cell was changed since, or is no longer where it was",
    ),
    "nothing": ("Không có gì để sửa giúp.", "There is nothing to correct."),
    "nothing-back": (
        "Không còn ô nào trả lại được: các ô đều đã được sửa tay sau đó, hoặc không còn ở chỗ cũ.",
        "Nothing can be put back: all of the cells were changed since, or are no longer where they were.",
    ),
    "dry-run": (
        "Chưa ghi gì. Bỏ --dry-run để ghi bản sao.",
        "Nothing was written. Leave out --dry-run to write.",
    ),
    "written": (
        'Đã ghi {path}. Tệp {file} không thay đổi. Trả lại như cũ: papi-xl fix --undo "{path}"',
        'Wrote {path}; {file} is unchanged. To take it back: papi-xl fix --undo "{path}"',
    ),
    "written-back": ("Đã ghi {path}. Tệp {file} không thay đổi.", "Wrote {path}; {file} is unchanged."),
    "remaining": ("Sau khi sửa. {counts}", "Afterwards. {counts}"),
    "empty": ("(trống)", "(empty)"),
    "number": ("{value} (số)", "{value} (number)"),
    "day": ("{value} (ngày)", "{value} (date)"),
    "no-break": ("dấu cách cứng", "no-break spaces"),
    "spaces": ("khoảng trắng thừa", "needless spaces"),
    "accents": ("dấu tổ hợp", "decomposed accents"),
    "hidden": ("ký tự ẩn", "hidden characters"),
    "old-font": ("phông chữ cũ", "old font"),
}


def text(key: str, lang: str, **values: object) -> str:
    """Return a text of the command in ``lang``."""
    return filled(TEXTS[key], lang, values)
