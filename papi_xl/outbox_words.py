"""What the user is told about a draft, by the command and by the button."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from papi_xl import schema
from papi_xl.mail import recipients
from papi_xl.outbox import Report
from papi_xl.wording import filled

_ADDRESS: Final = schema.INFO_BY_KEY["recipient_email"]

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "summary": ("Biểu tổng hợp: {path}", "Summary: {path}"),
    "draft": ("Thư nháp: {path}", "Draft: {path}"),
    "to": ("Người nhận: {to}", "To: {to}"),
    "to-nobody": (
        'Chưa có người nhận: điền địa chỉ khi mở thư, và vào ô "{label}" ở trang "{sheet}" cho lần sau.',
        'No recipient yet: fill it in when you open the draft, and in "{label}" on the sheet "{sheet}" for '
        "the next time.",
    ),
    "to-nobody-here": (
        "Chưa có người nhận: điền địa chỉ khi mở thư.",
        "No recipient yet: fill it in when you open the draft.",
    ),
    "left-out": (
        'Không phải địa chỉ thư nên bỏ ra: "{texts}". Kiểm tra lại địa chỉ.',
        'Left out, since it is no address: "{texts}". Check the address.',
    ),
    "look": (
        "Mở thư nháp, xem lại rồi bấm Gửi; chương trình không tự gửi.",
        "Open the draft, look at it and send it; this program sends nothing.",
    ),
    "opened": (
        "Thư nháp đã mở trong chương trình thư: xem lại rồi bấm Gửi; chương trình không tự gửi.",
        "The draft is open in your mail program: look at it and send it; this program sends nothing.",
    ),
    "read-only": (
        "Nếu thư chỉ xem được mà không gửi được: Thunderbird chọn Edit As New Message, Mail của máy Mac chọn "
        "Send Again.",
        "If the mail can only be read: Edit As New Message in Thunderbird, Send Again in Mail on a Mac.",
    ),
    "kept": (
        "Bản sao biểu có ghi nhớ báo cáo này: {path}. Làm tiếp trên bản đó để thư kỳ sau nêu được thay đổi.",
        "A copy of the table that remembers this report: {path}. Go on with it, and the next letter tells "
        "what changed.",
    ),
    "since-next-time": (
        'Lần sau thêm --since "{file}" để thư nêu những thay đổi.',
        'Next time add --since "{file}", and the letter tells what changed.',
    ),
    "save": (
        "Nhớ lưu biểu (Ctrl+S) để thư kỳ sau nêu được những thay đổi so với báo cáo này.",
        "Save the workbook (Ctrl+S), so that the next letter can tell what changed since this report.",
    ),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return what is said, in ``lang`` (``vi`` or ``en``)."""
    return filled(WORDS[key], lang, values)


def next_steps(lang: str, *, is_open: bool) -> list[str]:
    """Return what the user is to do with the draft; other programs than Outlook may only show it."""
    elsewhere = [] if sys.platform == "win32" else [word("read-only", lang)]
    return [word("opened" if is_open else "look", lang), *elsewhere]


def told(report: Report, summary: Path, mail: Path, lang: str) -> list[str]:
    """Return where summary and draft are, to whom it goes, and which addresses were left out."""
    addresses, left_out = recipients(report.draft.to)
    lines = [word("summary", lang, path=summary), word("draft", lang, path=mail)]
    if addresses:
        lines.append(word("to", lang, to=", ".join(addresses)))
    if left_out:
        lines.append(word("left-out", lang, texts="; ".join(left_out)))
    if not addresses:
        key = "to-nobody" if report.has_info_sheet else "to-nobody-here"
        lines.append(word(key, lang, label=_ADDRESS.title(lang), sheet=schema.INFO))
    return lines
