"""What is said to the units: in the workbook that goes back, in replies and in reminders."""

from collections.abc import Mapping
from typing import Final

from papi_xl.wording import pick

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "kept": (
        "Các trang sau giữ nguyên nội dung của tệp {file} đã nhận; ô cần xem được tô màu.",
        "The sheets that follow hold what was received in {file}; the cells to look at are coloured.",
    ),
    "mend": (
        "Đơn vị sửa trong tệp gốc của mình rồi gửi lại.",
        "Please mend your own file and send it again.",
    ),
    "reply-subject": (
        "Kết quả kiểm tra báo cáo PAPI{period} – {unit}",
        "PAPI report{period} checked – {unit}",
    ),
    "reminder-subject": (
        "Nhắc gửi báo cáo PAPI{period} – {unit}",
        "Reminder: PAPI report{period} – {unit}",
    ),
    "period": (" kỳ {period}", " for {period}"),
    "dear": ("Kính gửi: {unit}", "To: {unit}"),
    "we": ("Chúng tôi", "We"),
    "received": (
        "{agency} đã nhận tệp {file}{day}: báo cáo PAPI{period} của đơn vị.",
        "{agency} received the file {file}{day}: your PAPI report{period}.",
    ),
    "day": (" ngày {day}", " on {day}"),
    "assumed": (
        "Tệp không ghi kỳ báo cáo nên được tính vào{period}. Lần sau, đề nghị đơn vị ghi rõ kỳ báo cáo.",
        "The file names no period and was counted{period}. Please name the period next time.",
    ),
    "figures": (
        "Tính đến ngày {as_of}: {tasks} nhiệm vụ, hoàn thành {done} (đạt {completion}), quá hạn {overdue}.",
        "As of {as_of}: {tasks} task(s), {done} done ({completion}), {overdue} overdue.",
    ),
    "fine": (
        "Báo cáo không có lỗi. Cảm ơn đơn vị; không cần làm gì thêm.",
        "There are no errors. Thank you, nothing more needs to be done.",
    ),
    "warnings": (
        "Báo cáo không có lỗi, còn {count} cảnh báo nên xem lại. Cảm ơn đơn vị.",
        "There are no errors, but {count} warning(s) to look at. Thank you.",
    ),
    "due-day": (" (ngày {day})", " ({day})"),
    "late": (
        "Báo cáo đến sau hạn gửi{due}. Đề nghị đơn vị gửi đúng hạn ở kỳ sau.",
        "The report came after it was due{due}. Please send the next one in time.",
    ),
    "altered": (
        "Các dòng nhiệm vụ đã bị sửa sau khi lập báo cáo nên không còn khớp với báo cáo. "
        "Đề nghị đơn vị lập lại báo cáo và gửi lại {when}.",
        "The task rows were changed after the report was made and no longer agree with it. "
        "Please make the report again and send it {when}.",
    ),
    "errors": ("Báo cáo còn {count} lỗi:", "There are {count} error(s):"),
    "and-others": ("- … và các lỗi khác.", "- … and others."),
    "resend": (
        "Đề nghị đơn vị sửa trong tệp gốc của mình và gửi lại {when}.",
        "Please mend your own file and send it again {when}.",
    ),
    "see": (
        "Chi tiết ở trang “{sheet}” của tệp kèm theo; bấm vào địa chỉ ô để đến đúng ô.",
        "All of it is on the sheet “{sheet}” of the attached file; click a cell's address to go there.",
    ),
    "by": ("chậm nhất ngày {due}", "by {due}"),
    "soon": ("trong thời gian sớm nhất", "as soon as possible"),
    "nothing-yet": (
        "{agency} chưa nhận được báo cáo PAPI{period} của đơn vị, tính đến ngày {today}.",
        "{agency} had not received your PAPI report{period} by {today}.",
    ),
    "due": ("Hạn gửi là ngày {due}.", "It is due on {due}."),
    "overdue": ("Hạn gửi là ngày {due}, đã quá {days} ngày.", "It was due on {due}, {days} day(s) ago."),
    "send": (
        "Đề nghị đơn vị gửi tệp báo cáo {when}.",
        "Please send the report's file {when}.",
    ),
    "sent-already": (
        "Nếu đã gửi, đề nghị đơn vị báo lại, vì tệp có thể chưa đến nơi hoặc không đọc được.",
        "If you have sent it, please let us know: it may not have arrived, or could not be read.",
    ),
    "contact": ("Liên hệ: {contact}", "Contact: {contact}"),
    "regards": ("Trân trọng./.", "Kind regards"),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return what is said, in ``lang`` (``vi`` or ``en``)."""
    return pick(WORDS[key], lang).format_map(values)
