"""The words of the command line, once in each language (Vietnamese, English)."""

from collections.abc import Mapping
from typing import Final

from papi_xl.wording import filled

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "about": (
        "Kiểm tra biểu nhiệm vụ PAPI, tính tỷ lệ hoàn thành theo lĩnh vực, lập biểu tổng hợp đính kèm.",
        "Check PAPI task tables, compute completion per domain, make the attached summary.",
    ),
    "new": (
        "Tạo biểu mẫu mới, có sẵn các nhiệm vụ của kế hoạch.",
        "Make a new template, filled with the plan's tasks.",
    ),
    "repair": (
        "Phục hồi biểu mẫu bị hỏng do dán (danh sách chọn, định dạng, bảng…), giữ nguyên số liệu.",
        "Put back what pasting broke in a template (dropdowns, formats, tables…), keeping all values.",
    ),
    "option-repair-output": (
        "Tệp .xlsx sẽ ghi (mặc định: cạnh tệp cũ, thêm _phuc-hoi vào tên).",
        "The .xlsx file to write (default: beside the old one, _phuc-hoi added to its name).",
    ),
    "option-from": (
        "Chuyển nội dung của một tệp (biểu mẫu cũ, bảng tự lập, báo cáo) vào biểu mẫu mới.",
        "Move the contents of a file (older template, own table, report) into the new template.",
    ),
    "import": (
        "Chuyển bảng nhiệm vụ của kế hoạch (.docx, .txt) sang biểu mẫu; nêu những gì chưa xếp được.",
        "Move the task table of a plan (.docx, .txt) into the template; say what found no place.",
    ),
    "check": (
        "Kiểm tra một biểu: nêu từng lỗi, ở ô nào, cần gõ gì.",
        "Check a workbook: each problem, its cell, what to type.",
    ),
    "fix": (
        "Sửa giúp những lỗi đã rõ cách sửa, ghi ra bản sao; --undo để trả lại như cũ.",
        "Correct what is beyond doubt, into a copy; --undo puts it back.",
    ),
    "summarize": (
        "Lập biểu tổng hợp đính kèm theo 8 lĩnh vực.",
        "Make the attached summary of the eight domains.",
    ),
    "consolidate": (
        "Hợp nhất các biểu nhận được trong thư mục thành một tệp, theo đơn vị và lĩnh vực.",
        "Put the workbooks received in folders together, by unit and domain.",
    ),
    "build": (
        "Dựng lại các tệp trong workbooks/ từ nguồn văn bản (cho người phát triển).",
        "Build the files of workbooks/ from their text sources (for developers).",
    ),
    "demo": (
        "Chạy thử toàn bộ: tạo biểu ví dụ, kiểm tra, lập tổng hợp.",
        "Run the whole way: make the example, check it, summarize it.",
    ),
    "calc": (
        "Chạy nút Kiểm tra (check) hoặc Tổng hợp (summarize) trên một tệp bằng LibreOffice; ghi ra bản sao.",
        "Run the button check or summarize on a file in LibreOffice; a copy is written.",
    ),
    "option-calc-output": (
        "Tệp sẽ ghi; bỏ trống thì đặt tên cạnh tệp vào.",
        "The file to write; a name beside the input where left out.",
    ),
    "install": (
        "Cài các nút PAPI vào Excel (Windows, Mac) hoặc LibreOffice (--libreoffice); --uninstall để gỡ.",
        "Put the PAPI buttons into Excel (Windows, Mac) or LibreOffice; --uninstall takes them away.",
    ),
    "doctor": (
        "Chẩn đoán: nêu những gì đúng, những gì sai và cách sửa.",
        "Say what is right and what is wrong here, and what to do about it.",
    ),
    "email": (
        "Lập biểu tổng hợp và soạn thư nháp gửi cấp trên; chương trình không tự gửi.",
        "Make the summary and a mail draft to the level above; nothing is sent.",
    ),
    "option-draft": (
        "Tệp thư nháp sẽ ghi (.eml), biểu tổng hợp đặt cạnh đó; bỏ trống thì đặt cạnh tệp vào.",
        "The draft to write (.eml), the summary beside it; beside the input where left out.",
    ),
    "option-to": ("Địa chỉ thư nơi nhận, thay cho địa chỉ ghi trong biểu.", "The address to use instead."),
    "option-since": (
        "Báo cáo hoặc biểu kỳ trước, để thư nêu những thay đổi.",
        "An earlier report or workbook; the letter tells what changed since.",
    ),
    "option-keep": (
        "Ghi thêm bản sao của biểu có ghi nhớ báo cáo này (.xlsx).",
        "Also write a copy of the workbook that remembers this report (.xlsx).",
    ),
    "option-attach": ("Tệp đính kèm thêm; dùng được nhiều lần.", "Another file to attach; may be repeated."),
    "option-open": ("Mở thư nháp bằng chương trình thư.", "Open the draft in the mail program."),
    "option-template": (
        "Chép biểu mẫu vào tệp .xlsx hoặc thư mục này.",
        "Copy the template to this .xlsx file or folder.",
    ),
    "option-libreoffice": (
        "Cài vào (hoặc gỡ khỏi) LibreOffice Calc thay vì Excel.",
        "Into (or out of) LibreOffice Calc instead of Excel.",
    ),
    "option-dry-run": ("Chỉ nêu những gì sẽ làm, không thay đổi gì.", "Only say what would be done."),
    "option-uninstall": ("Gỡ đúng những gì đã cài.", "Take away just what was installed."),
    "option-support": (
        "Ghi tệp hỗ trợ (.txt), không có tên người, tên đơn vị.",
        "Write a support file (.txt), without names of people or units.",
    ),
    "option-lang": ("Ngôn ngữ: vi hoặc en (hoặc đặt PAPI_LANG).", "Language: vi or en (or set PAPI_LANG)."),
    "option-help": ("Hiện trợ giúp này.", "Show this help."),
    "option-version": ("Hiện phiên bản.", "Show the version."),
    "option-output": ("Tệp sẽ ghi (.xlsx).", "The file to write (.xlsx)."),
    "option-summary-output": (
        "Tệp sẽ ghi; bỏ trống thì đặt tên PAPI_<đơn vị>_<kỳ>_<ngày>.xlsx cạnh tệp vào.",
        "The file to write; PAPI_<unit>_<period>_<date>.xlsx beside the input where left out.",
    ),
    "option-folder": ("Thư mục sẽ ghi.", "The folder to write to."),
    "option-build-folder": (
        "Thư mục sẽ ghi; bỏ trống thì ghi vào workbooks/.",
        "The folder to write to; workbooks/ where left out.",
    ),
    "option-force": ("Ghi đè tệp đã có.", "Overwrite an existing file."),
    "option-blank": ("Không điền nhiệm vụ của kế hoạch.", "Without the plan's tasks."),
    "option-as-of": ("Tính đến ngày (30/6/2021 hoặc 2021-06-30).", "As-of date (30/6/2021 or 2021-06-30)."),
    "option-soon-days": ("Số ngày coi là sắp đến hạn.", "Days before the due date that count as soon."),
    "option-sheet": ("Chỉ đọc trang tính này.", "Read this sheet only."),
    "option-format": ("Dạng kết quả: text hoặc json.", "Form of the result: text or json."),
    "option-allow-errors": ("Vẫn lập tổng hợp khi còn lỗi.", "Summarize although errors remain."),
    "option-max-packed": ("Giới hạn dung lượng tệp (MiB).", "Limit of the file's size (MiB)."),
    "option-max-unpacked": ("Giới hạn dung lượng sau giải nén (MiB).", "Limit of the unpacked size (MiB)."),
    "option-max-rows": ("Giới hạn số dòng nhiệm vụ.", "Limit of task rows."),
    "option-max-texts": ("Giới hạn phần chữ dùng chung (MiB).", "Limit of the texts that cells share (MiB)."),
    "option-max-part": (
        "Giới hạn mỗi phần khác trong tệp (MiB).",
        "Limit of each other part of the file (MiB).",
    ),
    "option-max-cells": ("Giới hạn số ô của một trang.", "Limit of a sheet's cells."),
    "option-max-letters": ("Giới hạn số chữ cái trong các ô.", "Limit of letters in cells."),
    "option-max-sheets": ("Giới hạn số trang.", "Limit of sheets."),
    "option-roster": (
        "Danh sách đơn vị (.csv, .xlsx): mã, tên, thư điện tử, hạn nộp.",
        "The list of units (.csv, .xlsx): code, name, e-mail, due date.",
    ),
    "option-period": (
        "Kỳ báo cáo cần hợp nhất; bỏ trống thì lấy kỳ mới nhất.",
        "The reporting period to put together; the latest where left out.",
    ),
    "option-returns": (
        "Thư mục sẽ ghi thư trả lời và nhận xét cho từng đơn vị.",
        "The folder for replies and remarks to each unit.",
    ),
    "option-agency": (
        "Cơ quan gửi thư trả lời, ghi ở cuối thư.",
        "The agency that replies, named at the end of the letters.",
    ),
    "option-contact": (
        "Người và số điện thoại để đơn vị hỏi.",
        "Whom the units may ask, and the telephone number.",
    ),
    "option-workers": (
        "Số tiến trình chạy song song; mặc định: mọi nhân.",
        "Processes; all cores by default.",
    ),
    "option-scheduler": (
        "Chạy trên cụm máy dask.distributed (tcp://…).",
        "Run on a dask.distributed cluster (tcp://…).",
    ),
    "option-cache": (
        "Giữ lại những gì đã đọc cho lần chạy sau.",
        "Keep what was read for the next run.",
    ),
    "option-info": ('Điền vào "{label}".', "Fill in {label}."),
    "options-placeholder": ("[TÙY CHỌN]", "[OPTIONS]"),
    "command-placeholder": ("LỆNH [THAM SỐ]...", "COMMAND [ARGS]..."),
    "usage": ("Cách dùng: ", "Usage: "),
    "options": ("Tùy chọn", "Options"),
    "commands": ("Các lệnh", "Commands"),
    "try-help": ("Xem trợ giúp: {command} --help", "See: {command} --help"),
    "no-such-option": ("Không có tùy chọn {name}.{hint}", "There is no option {name}.{hint}"),
    "no-such-command": ("Không có lệnh {name}.{hint}", "There is no command {name}.{hint}"),
    "did-you-mean": (" Có phải {choices}?", " Did you mean {choices}?"),
    "missing-parameter": ("Thiếu {name}.", "{name} is missing."),
    "bad-parameter": (
        "Giá trị của {name} không dùng được.{wanted}",
        "The value of {name} is wrong.{wanted}",
    ),
    "wanted-choice": (" Chọn một trong: {choices}.", " Choose one of: {choices}."),
    "wanted-more": (" Gõ số nguyên từ {low} trở lên.", " Type a whole number, {low} or more."),
    "wanted-number": (" Gõ số nguyên từ {low} đến {high}.", " Type a whole number from {low} to {high}."),
    "extra-argument": ("Thừa tham số: {message}.", "There is one argument too many: {message}."),
    "bad-usage": ("Câu lệnh không đúng: {message}", "{message}"),
    "unexpected": (
        "Lỗi ngoài dự kiến ({kind}). Chi tiết ở {log}. Tệp vào không bị thay đổi.",
        "An unexpected fault ({kind}). Details are in {log}. The input is unchanged.",
    ),
    "unexpected-no-log": (
        "Lỗi ngoài dự kiến ({kind}). Tệp vào không bị thay đổi.",
        "An unexpected fault ({kind}). The input is unchanged.",
    ),
    "stopped": ("Đã dừng theo yêu cầu.", "Stopped as asked."),
    "checked": (
        "{file} · tính đến {as_of} · {tasks} nhiệm vụ",
        "{file} · as of {as_of} · {tasks} task(s)",
    ),
    "checked-nothing": ("{file} · tính đến {as_of}", "{file} · as of {as_of}"),
    "errors": ("LỖI ({count})", "ERRORS ({count})"),
    "warnings": ("CẢNH BÁO ({count})", "WARNINGS ({count})"),
    "infos": ("GỢI Ý ({count})", "HINTS ({count})"),
    "justified": ("ĐÃ GIẢI TRÌNH ({count})", "JUSTIFIED ({count})"),
    "domain": ("Lĩnh vực", "Domain"),
    "tasks": ("Nhiệm vụ", "Tasks"),
    "done": ("Xong", "Done"),
    "in-progress": ("Đang làm", "Under way"),
    "not-started": ("Chưa làm", "Not begun"),
    "overdue": ("Quá hạn", "Overdue"),
    "completion": ("Hoàn thành", "Complete"),
    "progress": ("Tiến độ", "Progress"),
    "figures-title": (
        "Kết quả theo lĩnh vực, tính đến {as_of}",
        "Results by domain as of {as_of}",
    ),
    "so-far": ("Đã xong {done}/{tasks} nhiệm vụ ({share}).", "{done} of {tasks} task(s) done ({share})."),
    "so-many": ("{count} nhiệm vụ", "{count} task(s)"),
    "do-first": (" Làm trước: {tasks}.", " First: {tasks}."),
    "working": ("Đang xử lý", "Working"),
    "rate": ("{rate} tệp/giây", "{rate} files/s"),
    "consolidated-title": (
        "Kết quả {units} đơn vị, kỳ {period}",
        "Results of {units} unit(s), period {period}",
    ),
    "missing-units": ("CHƯA NỘP ({count})", "NOT RECEIVED ({count})"),
    "late-units": ("NỘP TRỄ ({count})", "LATE ({count})"),
    "error-units": ("CÒN LỖI ({count})", "WITH ERRORS ({count})"),
    "maybe": ("có thể là {names}", "maybe {names}"),
    "altered-units": (
        "SỐ LIỆU BỊ SỬA SAU KHI LẬP BÁO CÁO ({count})",
        "CHANGED AFTER THE REPORT WAS MADE ({count})",
    ),
    "unidentified-files": (
        "CHƯA RÕ CỦA ĐƠN VỊ NÀO, CHƯA TÍNH ({count})",
        "OF NO KNOWN UNIT, NOT COUNTED ({count})",
    ),
    "superseded-files": (
        "ĐÃ CÓ BẢN MỚI HƠN, KHÔNG TÍNH ({count})",
        "REPLACED BY LATER ONES, NOT COUNTED ({count})",
    ),
    "other-periods": ("CỦA KỲ KHÁC, KHÔNG TÍNH ({count})", "OF OTHER PERIODS, NOT COUNTED ({count})"),
    "rejected-files": ("KHÔNG ĐỌC ĐƯỢC ({count})", "NOT READABLE ({count})"),
    "no-reply": (
        "{count} tệp đã thay đổi trong lúc chạy nên chưa có thư trả lời, hãy chạy lại lệnh: {names}",
        "{count} file(s) changed meanwhile and have no reply; run the command again: {names}",
    ),
    "no-address": (
        "{count} đơn vị chưa có thư điện tử dùng được, điền người nhận khi mở thư nháp: {names}",
        "{count} unit(s) have no usable e-mail; fill in the recipient in the draft: {names}",
    ),
    "more-in-the-workbook": (
        "và {count} mục khác ở trang {sheet}",
        "and {count} more on the sheet {sheet}",
    ),
    "files-ignored": (
        "Không tính {count} tệp là bản đã hợp nhất (đơn vị nào cũng có biểu riêng): {names}",
        "Not counted, since consolidated already (each unit has its own workbook): {count} file(s), {names}",
    ),
    "files-read": (
        "{files} tệp, trong đó đọc mới {read}.",
        "{files} file(s), {read} of them read anew.",
    ),
    "written": ("Đã ghi {path}", "Wrote {path}"),
    "demo-made": ("1. Biểu ví dụ đã điền", "1. The filled example"),
    "demo-checked": ("2. Kiểm tra biểu ví dụ", "2. Checking the example"),
    "demo-summarized": ("3. Biểu tổng hợp đính kèm", "3. The attached summary"),
    "demo-files": (
        "Mở hai tệp này bằng Excel hoặc LibreOffice:",
        "Open these two files in Excel or LibreOffice:",
    ),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return a text of the command line in ``lang`` (``vi`` or ``en``)."""
    return filled(WORDS[key], lang, values)
