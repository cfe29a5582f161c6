"""What the buttons say, once in each language (Vietnamese, English)."""

from collections.abc import Mapping
from typing import Final

from papi_xl.checklist import LINK_TIP
from papi_xl.wording import filled

TITLE: Final = "PAPI"

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "button-check": ("PAPI: Kiểm tra", "PAPI: Check"),
    "button-fix": ("PAPI: Sửa giúp", "PAPI: Fix"),
    "button-undo-fixes": ("PAPI: Hoàn tác", "PAPI: Undo fixes"),
    "button-email": ("PAPI: Gửi cấp trên", "PAPI: Send report"),
    "checking": ("PAPI: đang kiểm tra…", "PAPI: checking…"),
    "summarizing": ("PAPI: đang lập biểu tổng hợp…", "PAPI: making the summary…"),
    "checked": ("{file}\n{counts}", "{file}\n{counts}"),
    "see-findings": (
        'Xem từng lỗi ở trang "{sheet}", hoặc bấm Lỗi tiếp theo để đến từng ô.',
        'Each one stands on the sheet "{sheet}"; Next finding goes from cell to cell.',
    ),
    "not-saved": (
        "Tệp chưa được lưu lần nào; nhớ lưu để giữ kết quả.",
        "The workbook was never saved; save it to keep the results.",
    ),
    "link": LINK_TIP,
    "next": ("PAPI {number}/{total}: {message}", "PAPI {number}/{total}: {message}"),
    "no-more": ("PAPI: không còn lỗi nào ở các ô. {counts}", "PAPI: nothing is wrong in any cell. {counts}"),
    "hidden-sheet": (
        'PAPI: lỗi ở ô {cell} của trang ẩn "{sheet}". Hiện trang đó rồi bấm lại.',
        'PAPI: the finding is in cell {cell} of the hidden sheet "{sheet}". Show that sheet and click again.',
    ),
    "errors-remain": (
        "Biểu còn {count} lỗi, nên sửa trước khi lập tổng hợp.\n\nVẫn lập biểu tổng hợp ngay?\n"
        "(Chọn Không để đánh dấu các lỗi cần sửa.)",
        "{count} error(s) remain and should be put right first.\n\nMake the summary all the same?\n"
        "(No marks the errors instead.)",
    ),
    "exists": (
        "{file} đã có.\n\nThay bằng tệp mới?\n(Chọn Không để giữ tệp cũ và ghi thành {other}.)",
        "{file} exists.\n\nReplace it by the new one?\n(No keeps it and writes {other}.)",
    ),
    "summarized": ("PAPI: đã lập {file}", "PAPI: made {file}"),
    "repairing": ("PAPI: đang phục hồi biểu…", "PAPI: putting the template back…"),
    "repair-saves": (
        "Cần lưu {file} trước khi phục hồi.\n\nLưu ngay?\n(Chọn Không để dừng lại.)",
        "{file} must be saved first.\n\nSave it now?\n(No stops here.)",
    ),
    "repaired": (
        "Biểu đã phục hồi là tệp {file}, vừa mở ra; {old} vẫn giữ nguyên.",
        "The mended workbook is {file}, now open; {old} is as it was.",
    ),
    "repaired-as-excel": (
        "Biểu đã phục hồi là tệp Excel {file}, vừa mở ra; {old} vẫn giữ nguyên. Cần tệp {kind} thì chọn Lưu "
        "thành (Ctrl+Shift+S).",
        "The mended workbook is the Excel file {file}, now open; {old} is as it was. For a file {kind}, "
        "choose Save As (Ctrl+Shift+S).",
    ),
    "repair-more": ("… và {count} mục khác.", "… and {count} more."),
    "writing-letter": ("PAPI: đang soạn thư…", "PAPI: writing the letter…"),
    "errors-before-letter": (
        "Biểu còn {count} lỗi, nên sửa trước khi gửi cấp trên.\n\nVẫn soạn thư ngay?\n"
        "(Chọn Không để đánh dấu các lỗi cần sửa.)",
        "{count} error(s) remain and should be put right before sending.\n\nWrite the letter all the same?\n"
        "(No marks the errors instead.)",
    ),
    "choose-folder": (
        "Chọn thư mục chứa các biểu đã nhận để hợp nhất",
        "Choose the folder of received workbooks to consolidate",
    ),
    "consolidating": ("PAPI: đang hợp nhất…", "PAPI: consolidating…"),
    "consolidating-files": (
        "PAPI: đang hợp nhất… {done}/{total} tệp",
        "PAPI: consolidating… {done} of {total} file(s)",
    ),
    "consolidated": ("Đã hợp nhất {count} đơn vị vào {file}", "Consolidated {count} unit(s) into {file}"),
    "of-period": ("Kỳ báo cáo: {period}", "Reporting period: {period}"),
    "roster-complete": (
        "Theo danh sách {file}: không thiếu đơn vị nào.",
        "By the list {file} no unit is missing.",
    ),
    "roster-missing": (
        "Theo danh sách {file}: còn thiếu {count} đơn vị.",
        "By the list {file} {count} unit(s) are missing.",
    ),
    "no-roster": (
        "Chưa có danh sách đơn vị nên không biết còn thiếu đơn vị nào. Muốn biết, lưu danh sách (cột Mã đơn "
        "vị, Tên đơn vị) thành danh-sach.xlsx vào thư mục này rồi bấm lại.",
        "Without a list of units nobody knows which are missing. To know, save the list (columns code, name) "
        "as danh-sach.xlsx in this folder and click again.",
    ),
    "several-rosters": (
        "Thư mục có nhiều danh sách đơn vị ({files}) nên không dùng danh sách nào. Giữ lại một tệp rồi bấm "
        "lại.",
        "The folder has several lists of units ({files}), so none was used. Keep one and click again.",
    ),
    "units-errors": ("{count} đơn vị còn lỗi trong biểu.", "{count} unit(s) have errors in their table."),
    "units-altered": (
        "{count} đơn vị có số liệu bị sửa sau khi lập.",
        "{count} unit(s) have figures that were changed after they were made.",
    ),
    "units-late": ("{count} đơn vị nộp trễ.", "{count} unit(s) are late."),
    "units-unidentified": (
        "{count} tệp chưa rõ của đơn vị nào nên chưa tính.",
        "{count} file(s) of no known unit do not count.",
    ),
    "units-rejected": ("{count} tệp không đọc được.", "{count} file(s) could not be read."),
    "files-ignored": (
        "Không tính {count} tệp là bản đã hợp nhất từ trước.",
        "{count} file(s) were consolidated before and are not counted.",
    ),
    "see-gaps": (
        'Xem trang "{units}" và trang "{gaps}".',
        'See the sheets "{units}" and "{gaps}".',
    ),
    "rows-beside": (
        "Quá nhiều nhiệm vụ cho một trang Excel: danh sách đầy đủ ở tệp {file}.",
        "There are too many tasks for a sheet of Excel: all of them are in {file}.",
    ),
    "planning": ("PAPI: đang xem ô nào sửa được…", "PAPI: looking for what can be mended…"),
    "fixing": ("PAPI: đang sửa…", "PAPI: mending…"),
    "undoing": ("PAPI: đang hoàn tác…", "PAPI: undoing…"),
    "fix-preview": ("Sửa giúp sẽ sửa {count} ô:", "{count} cell(s) can safely be corrected:"),
    "fix-change": ("{cell}: {before} → {after}", "{cell}: {before} → {after}"),
    "fix-spelling": ("{cell}: {after} ({what})", "{cell}: {after} ({what})"),
    "undo-spelling": (
        "{cell}: {after} (trả lại dấu và khoảng trắng cũ)",
        "{cell}: {after} (the old accents and spaces again)",
    ),
    "fix-more": ("… và {count} ô khác.", "… and {count} more."),
    "fix-ask": (
        'Giá trị cũ được giữ ở trang "{sheet}", bấm Hoàn tác để trả lại.\n\nSửa ngay?\n'
        "(Chọn Không để giữ nguyên biểu.)",
        'The old values are kept on the sheet "{sheet}"; Undo puts them back.\n\nCorrect them now?\n'
        "(No leaves the workbook alone.)",
    ),
    "fix-left": (
        "Giữ nguyên {count} ô ({cells}): {reason}",
        "{count} cell(s) are left alone ({cells}): {reason}",
    ),
    "fix-left-more": (
        "Giữ nguyên {count} ô khác vì lý do khác; bấm Kiểm tra để xem.",
        "{count} more are left alone for other reasons; Check lists them.",
    ),
    "fix-nothing": ("Không có ô nào cần Sửa giúp.", "There is nothing that can safely be corrected."),
    "fix-rest": (
        "Các lỗi khác cần tự sửa: bấm Kiểm tra để xem.",
        "Correct the other findings yourself: Check lists them.",
    ),
    "fixed": (
        'Đã sửa {count} ô. Giá trị cũ ở trang "{sheet}"; bấm Hoàn tác để trả lại như cũ, kể cả sau khi lưu.',
        '{count} cell(s) corrected. The old values are on the sheet "{sheet}"; Undo puts them back, even '
        "after saving.",
    ),
    "undo-nothing": (
        "Chưa có lần Sửa giúp nào để hoàn tác.",
        "There is nothing to undo: no cell was corrected by Fix.",
    ),
    "undo-preview": (
        "Hoàn tác sẽ trả lại giá trị cũ cho {count} ô đã sửa lúc {when}:",
        "{count} cell(s) corrected on {when} get their old values back:",
    ),
    "undo-none": (
        "Các ô đã sửa lúc {when} đều đã được gõ lại hoặc không còn ở chỗ cũ nên không trả lại ô nào.",
        "All cells corrected on {when} were changed since or are no longer where they were, so none gets its "
        "old value back.",
    ),
    "undo-kept": (
        "Giữ nguyên {count} ô đã đổi sau lần sửa đó: {cells}.",
        "{count} cell(s) changed since then are left alone: {cells}.",
    ),
    "undo-ask": (
        'Các dòng của lần sửa đó sẽ được xóa khỏi trang "{sheet}".\n\nHoàn tác ngay?',
        'The lines of that fix leave the sheet "{sheet}".\n\nUndo it now?',
    ),
    "undone": ("Đã trả lại giá trị cũ cho {count} ô.", "{count} cell(s) have their old values again."),
    "and-more": (" và {count} ô khác", " and {count} more"),
    "unexpected": (
        "Lỗi ngoài dự kiến ({kind}). Biểu của bạn không bị thay đổi.\nChi tiết ở {log}",
        "An unexpected fault ({kind}). Your workbook is unchanged.\nDetails are in {log}",
    ),
    "unexpected-no-log": (
        "Lỗi ngoài dự kiến ({kind}). Biểu của bạn không bị thay đổi.",
        "An unexpected fault ({kind}). Your workbook is unchanged.",
    ),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return what a button says, in ``lang`` (``vi`` or ``en``)."""
    return filled(WORDS[key], lang, values)
