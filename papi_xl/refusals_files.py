"""The wording of refusals around files: what is in the place of an output, and what the system says."""

import errno
from collections.abc import Mapping
from typing import Final

FILE_REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "output-open": (
        "{file} đang mở trong Excel hoặc LibreOffice. Đóng tệp đó rồi chạy lại; nếu không ai mở, xóa tệp "
        "{owner} bên cạnh.",
        "{file} is open in Excel or LibreOffice. Close it and run this again; if nobody has it open, delete "
        "the file {owner} beside it.",
    ),
    "temporary-unwritable": (
        "Không ghi được tệp tạm vào {file}: {reason}. Dọn bớt ổ đĩa đó hoặc kiểm tra quyền ghi rồi chạy lại.",
        "Temporary files cannot be written to {file}: {reason}. Make room on that disk or check that you may "
        "write there, and run this again.",
    ),
    "temporary-nowhere": (
        "Máy không còn chỗ ghi tệp tạm: ổ đĩa đã đầy hoặc không có quyền ghi. Dọn bớt ổ đĩa rồi chạy lại.",
        "There is no place for temporary files: the disk is full or you may not write. Make room and run "
        "this again.",
    ),
    "output-not-a-file": (
        "{file} là thư mục hoặc thiết bị nên không ghi đè được. Chọn tên khác.",
        "{file} is a folder or a device, which is not overwritten. Choose another name.",
    ),
}

REASONS: Final[Mapping[int, tuple[str, str]]] = {
    errno.EACCES: ("không có quyền ghi", "no permission"),
    errno.EPERM: ("không có quyền ghi", "no permission"),
    errno.EROFS: ("ổ đĩa chỉ cho đọc", "the disk is read-only"),
    errno.ENOSPC: ("ổ đĩa đã đầy", "the disk is full"),
    errno.ENOENT: ("không có thư mục này", "there is no such folder"),
    errno.ENOTDIR: ("không có thư mục này", "there is no such folder"),
    errno.EEXIST: ("đã có một tệp trùng tên", "a file of that name exists"),
    errno.ENAMETOOLONG: ("tên tệp quá dài", "the name is too long"),
    errno.EDQUOT: ("đã dùng hết dung lượng được cấp", "the space that you may use is full"),
    errno.EFBIG: ("tệp quá lớn đối với ổ đĩa này", "the file is too large for this disk"),
    errno.EIO: ("lỗi ổ đĩa hoặc mất kết nối", "the disk or the connection failed"),
    errno.ELOOP: ("liên kết dẫn vòng quanh", "the links lead in a circle"),
}
