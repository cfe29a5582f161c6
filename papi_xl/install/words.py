"""What installing says, once in each language (Vietnamese, English); ``…-dry``: what it would do."""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from papi_xl.install.changes import Said
from papi_xl.wording import pick

LINES: Final[Mapping[str, tuple[str, str]]] = {
    "make-folder": ("Đã tạo thư mục {path}.", "Made the folder {path}."),
    "make-folder-dry": ("Sẽ tạo thư mục {path}.", "Would make the folder {path}."),
    "keep": (
        "Đã giữ bản cũ của {original} ở {path}.",
        "Kept the earlier {original} as {path}.",
    ),
    "keep-dry": (
        "Sẽ giữ bản cũ của {original} ở {path}.",
        "Would keep the earlier {original} as {path}.",
    ),
    "put": ("Đã chép {name} vào {folder}.", "Copied {name} to {folder}."),
    "put-dry": ("Sẽ chép {name} vào {folder}.", "Would copy {name} to {folder}."),
    "update": ("Đã cập nhật {name} trong {folder}.", "Updated {name} in {folder}."),
    "update-dry": ("Sẽ cập nhật {name} trong {folder}.", "Would update {name} in {folder}."),
    "configure": ("Đã ghi thiết lập vào {path}: {keys}.", "Wrote settings to {path}: {keys}."),
    "configure-dry": ("Sẽ ghi thiết lập vào {path}: {keys}.", "Would write settings to {path}: {keys}."),
    "template": ("Đã chép biểu mẫu: {path}.", "Copied the template: {path}."),
    "template-dry": ("Sẽ chép biểu mẫu: {path}.", "Would copy the template: {path}."),
    "record": (
        "Đã ghi lại những gì đã cài vào {path} để sau này gỡ được.",
        "Noted what was installed in {path}, so that it can be taken away again.",
    ),
    "record-dry": (
        "Sẽ ghi lại những gì đã cài vào {path} để sau này gỡ được.",
        "Would note what was installed in {path}, so that it can be taken away again.",
    ),
    "remove": ("Đã xóa {path}.", "Removed {path}."),
    "remove-dry": ("Sẽ xóa {path}.", "Would remove {path}."),
    "bring-back": ("Đã trả lại bản cũ của {path}.", "Brought back the earlier {path}."),
    "bring-back-dry": ("Sẽ trả lại bản cũ của {path}.", "Would bring back the earlier {path}."),
    "record-rest": (
        "Đã ghi lại những gì còn phải gỡ vào {path}.",
        "Noted what is left to take away in {path}.",
    ),
    "record-rest-dry": (
        "Sẽ ghi lại những gì còn phải gỡ vào {path}.",
        "Would note what is left to take away in {path}.",
    ),
    "remove-backup": ("Đã xóa bản giữ tạm {path}.", "Removed the backup {path}."),
    "remove-backup-dry": ("Sẽ xóa bản giữ tạm {path}.", "Would remove the backup {path}."),
    "unconfigure": (
        "Đã bỏ thiết lập của papi-xl khỏi {path}: {keys}. Những thay đổi khác được giữ lại.",
        "Took papi-xl's settings out of {path}: {keys}. Other changes stay.",
    ),
    "unconfigure-dry": (
        "Sẽ bỏ thiết lập của papi-xl khỏi {path}: {keys}. Những thay đổi khác được giữ lại.",
        "Would take papi-xl's settings out of {path}: {keys}. Other changes stay.",
    ),
    "remove-record": ("Đã xóa {path}.", "Removed {path}."),
    "remove-record-dry": ("Sẽ xóa {path}.", "Would remove {path}."),
    "buttons-put": (
        "Đã cài các nút PAPI vào LibreOffice {version} ({folder}).",
        "Put the PAPI buttons into LibreOffice {version} ({folder}).",
    ),
    "buttons-put-dry": (
        "Sẽ cài các nút PAPI vào LibreOffice {version} ({folder}).",
        "Would put the PAPI buttons into LibreOffice {version} ({folder}).",
    ),
    "buttons-update": (
        "Đã cập nhật các nút PAPI trong LibreOffice {version} ({folder}).",
        "Updated the PAPI buttons in LibreOffice {version} ({folder}).",
    ),
    "buttons-update-dry": (
        "Sẽ cập nhật các nút PAPI trong LibreOffice {version} ({folder}).",
        "Would update the PAPI buttons in LibreOffice {version} ({folder}).",
    ),
    "buttons-remove": (
        "Đã gỡ các nút PAPI khỏi LibreOffice {version} ({folder}).",
        "Took the PAPI buttons out of LibreOffice {version} ({folder}).",
    ),
    "buttons-remove-dry": (
        "Sẽ gỡ các nút PAPI khỏi LibreOffice {version} ({folder}).",
        "Would take the PAPI buttons out of LibreOffice {version} ({folder}).",
    ),
    "remove-folder": ("Đã xóa thư mục trống {path}.", "Removed the empty folder {path}."),
    "remove-folder-dry": ("Sẽ xóa thư mục trống {path}.", "Would remove the empty folder {path}."),
}

NOTES: Final[Mapping[str, tuple[str, str]]] = {
    "in-place": (
        "Mọi thứ đã ở đúng chỗ, không cần thay đổi gì.",
        "Everything is in place; nothing was changed.",
    ),
    "restart": (
        "Khởi động lại Excel, rồi tìm thẻ PAPI trên thanh công cụ.",
        "Restart Excel and look for the tab PAPI in the ribbon.",
    ),
    "restart-gone": (
        "Khởi động lại Excel để thẻ PAPI biến mất.",
        "Restart Excel and the tab PAPI is gone.",
    ),
    "nothing-installed": (
        "Chưa cài gì vào Excel nên không có gì để gỡ.",
        "Nothing is installed in Excel, so there is nothing to take away.",
    ),
    "foreign": (
        "Giữ nguyên {path}: tệp này đã được thay đổi sau khi cài. Không cần nữa thì tự xóa.",
        "Left {path}: it was changed after it was installed. Delete it yourself if you do not need it.",
    ),
    "template-stays": (
        "Giữ nguyên biểu mẫu {path} vì có thể đã điền. Không cần nữa thì tự xóa.",
        "Left the template {path}, which may be filled in. Delete it yourself if you do not need it.",
    ),
    "buttons-for-all": (
        "Mọi người dùng trên máy này đều có các nút, vì lệnh chạy với quyền quản trị (root).",
        "All users of this computer have the buttons, since this ran as root.",
    ),
    "buttons-restart": (
        "Đóng hết các cửa sổ LibreOffice, mở lại biểu trong Calc, rồi tìm thực đơn và thanh công cụ PAPI.",
        "Close all windows of LibreOffice, open the table in Calc and look for the menu and toolbar PAPI.",
    ),
    "buttons-restart-gone": (
        "Đóng hết các cửa sổ LibreOffice rồi mở lại để các nút PAPI biến mất.",
        "Close all windows of LibreOffice and start it again; the PAPI buttons are gone then.",
    ),
    "no-buttons": (
        "LibreOffice {version} chưa có các nút PAPI nên không có gì để gỡ.",
        "LibreOffice {version} has no PAPI buttons, so there is nothing to take away.",
    ),
    "beyond-code-page": (
        "Lưu ý: đường dẫn {path} có dấu mà macro của Excel có thể không đọc được. Nếu bấm nút mà Excel báo"
        " không tìm thấy Python, dùng tài khoản Windows có tên không dấu hoặc chạy lệnh papi-xl check.",
        "Note: the path {path} has letters that Excel's macros may be unable to read. If a button says that"
        " Python is not found, use a Windows account whose name is plain ASCII, or run papi-xl check.",
    ),
}


class Change(Protocol):
    """Something that is done."""

    @property
    def said(self) -> Said:
        """What is said of it."""


class Plan(Protocol):
    """What is done, and what else the user should know."""

    @property
    def changes(self) -> Sequence[Change]:
        """What is done, in order."""

    @property
    def notes(self) -> Sequence[Said]:
        """What else is said."""


def told(plan: Plan, lang: str, *, dry: bool) -> Sequence[str]:
    """Return the lines that tell what was done, or what would be where ``dry``."""
    suffix = "-dry" if dry else ""
    lines = [_filled(LINES[change.said.code + suffix], change.said, lang) for change in plan.changes]
    return lines + [_filled(NOTES[note.code], note, lang) for note in plan.notes]


def _filled(texts: tuple[str, str], line: Said, lang: str) -> str:
    return pick(texts, lang).format_map(line.values)
