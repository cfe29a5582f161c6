"""The wording of refusals around LibreOffice's own buttons: finding it, putting them in, taking them away."""

from collections.abc import Mapping
from typing import Final

LIBREOFFICE_REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "office-not-found": (
        "Không tìm thấy LibreOffice trên máy này. Cài LibreOffice (bản 7.4 trở lên, từ libreoffice.org) rồi"
        " chạy lại.",
        "There is no LibreOffice on this computer. Install it (7.4 or later, from libreoffice.org) and run"
        " this again.",
    ),
    "office-sandboxed": (
        "LibreOffice trên máy này cài bằng {kind} nên bị tách riêng, không gọi được papi_xl. Cài bản từ"
        " libreoffice.org (Debian, Ubuntu: apt-get install libreoffice-calc python3-uno) rồi chạy lại.",
        "LibreOffice was installed here by {kind}, which shuts it away, so it cannot start papi_xl. Install"
        " the one from libreoffice.org (Debian, Ubuntu: apt-get install libreoffice-calc python3-uno) and run"
        " this again.",
    ),
    "office-too-old": (
        "LibreOffice {version} ({folder}) quá cũ, cần bản 7.4 trở lên. Cài bản mới từ libreoffice.org rồi"
        " chạy lại.",
        "LibreOffice {version} ({folder}) is too old; 7.4 or later is needed. Install a newer one from"
        " libreoffice.org and run this again.",
    ),
    "office-without-python": (
        "LibreOffice {version} ({folder}) thiếu phần chạy Python. Cài thêm rồi chạy lại: apt-get install"
        " python3-uno (Fedora: dnf install libreoffice-pyuno).",
        "LibreOffice {version} ({folder}) lacks its part for Python. Install it and run this again: apt-get"
        " install python3-uno (Fedora: dnf install libreoffice-pyuno).",
    ),
    "office-without-unopkg": (
        "LibreOffice {version} ({folder}) thiếu chương trình unopkg. Cài lại LibreOffice rồi chạy lại.",
        "LibreOffice {version} ({folder}) lacks the program unopkg. Install LibreOffice again and run this"
        " again.",
    ),
    "buttons-of-all": (
        "Các nút PAPI đã cài cho mọi người dùng ({folder}). Để gỡ, chạy lại lệnh này với quyền quản trị"
        " (root).",
        "The PAPI buttons are installed for all users ({folder}). Run this again as root to take them away.",
    ),
    "unopkg-failed": (
        "LibreOffice không nhận: {reason}. Đóng hết các cửa sổ LibreOffice rồi chạy lại.",
        "LibreOffice refused: {reason}. Close all windows of LibreOffice and run this again.",
    ),
    "unopkg-silent": (
        "LibreOffice không trả lời sau {seconds} giây. Đóng hết các cửa sổ LibreOffice rồi chạy lại.",
        "LibreOffice did not answer within {seconds} seconds. Close all its windows and run this again.",
    ),
}
