"""What the letter to the level above says, once in each language (Vietnamese, English)."""

from collections.abc import Mapping
from typing import Final

from papi_xl.wording import pick

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "subject": (
        "Báo cáo kết quả thực hiện nhiệm vụ nâng cao Chỉ số PAPI{when}{unit}",
        "Report on the tasks to improve the PAPI index{when}{unit}",
    ),
    "dear": ("Kính gửi: {recipient}", "To: {recipient}"),
    "begin": (
        "Thực hiện kế hoạch nâng cao Chỉ số PAPI{year}, {unit} xin báo cáo kết quả thực hiện nhiệm "
        "vụ{period}, tính đến ngày {as_of}, như sau:",
        "Under the plan to improve the PAPI index{year}, {unit} reports on its tasks{period} as of {as_of}:",
    ),
    "year": (" năm {year}", " in {year}"),
    "period": (" kỳ {period}", " for {period}"),
    "unit": ("đơn vị", "our unit"),
    "section": ("{number}. {title}", "{number}. {title}"),
    "overall": ("Kết quả chung", "Overall"),
    "totals": (
        "Tổng số {tasks} nhiệm vụ: hoàn thành {done} (đạt {completion}), đang thực hiện {in_progress}, "
        "chưa thực hiện {not_started}, tạm dừng {paused}{unreported}; tiến độ bình quân {progress}.",
        "{tasks} task(s): {done} done ({completion}), {in_progress} in progress, {not_started} not started, "
        "{paused} paused{unreported}; mean progress {progress}.",
    ),
    "unreported": (", chưa báo cáo {count}", ", {count} not reported"),
    "no-tasks": ("Biểu chưa có nhiệm vụ nào.", "There are no tasks."),
    "states": (
        "Chia theo thời hạn, số nhiệm vụ chưa hoàn thành gồm: {states}.",
        "By due date, the tasks not done are: {states}.",
    ),
    "state": ("{state} {count}", "{state} {count}"),
    "domains": ("Kết quả theo lĩnh vực", "By domain"),
    "domain": (
        "- {domain}: hoàn thành {done}/{tasks} nhiệm vụ (đạt {completion}){overdue}.",
        "- {domain}: {done} of {tasks} task(s) done ({completion}){overdue}.",
    ),
    "domain-overdue": (", quá hạn {count}", ", {count} overdue"),
    "domain-empty": ("- {domain}: không có nhiệm vụ.", "- {domain}: no tasks."),
    "overdue": ("Nhiệm vụ quá hạn ({count})", "Overdue tasks ({count})"),
    "task": ("- {task}", "- {task}"),
    "late": ("- {task}: quá hạn {days} ngày.", "- {task}: {days} day(s) late."),
    "more": ("- … và {count} nhiệm vụ khác.", "- … and {count} more task(s)."),
    "changes": (
        "Thay đổi so với báo cáo{period}, tính đến ngày {as_of}",
        "Changes since the report{period} as of {as_of}",
    ),
    "rose": (
        "- Tỷ lệ hoàn thành chung tăng từ {before} lên {after}; {progress}.",
        "- Completion overall rose from {before} to {after}; {progress}.",
    ),
    "fell": (
        "- Tỷ lệ hoàn thành chung giảm từ {before} xuống {after}; {progress}.",
        "- Completion overall fell from {before} to {after}; {progress}.",
    ),
    "stayed": (
        "- Tỷ lệ hoàn thành chung giữ nguyên {after}; {progress}.",
        "- Completion overall is {after} as before; {progress}.",
    ),
    "mean-progress": (
        "tiến độ bình quân trước {before}, nay {after}",
        "mean progress was {before} and is now {after}",
    ),
    "same-progress": ("tiến độ bình quân vẫn là {after}", "mean progress is {after} as before"),
    "domain-change": ("- {domain}: từ {before} thành {after}.", "- {domain}: from {before} to {after}."),
    "change-done": ("Mới hoàn thành", "Newly done"),
    "change-undone": ("Trước đã hoàn thành, nay chưa", "Done before, no longer done"),
    "change-overdue": ("Mới quá hạn", "Newly overdue"),
    "change-in_time": ("Không còn quá hạn", "No longer overdue"),
    "change-begun": ("Mới bắt đầu thực hiện", "Newly begun"),
    "change-new": ("Nhiệm vụ mới thêm", "Added"),
    "change-dropped": ("Nhiệm vụ không còn trong biểu", "No longer in the table"),
    "change": ("- {kind} ({count}): {tasks}", "- {kind} ({count}): {tasks}"),
    "and-more": (" và {count} nhiệm vụ khác", " and {count} more"),
    "no-task-changed": (
        "- Không có thay đổi nào khác về nhiệm vụ.",
        "- Nothing else changed in the tasks.",
    ),
    "difficulties": (
        "Khó khăn, vướng mắc chưa giải quyết xong ({count}), đề nghị xem xét, cho ý kiến",
        "Difficulties not settled ({count}), for your decision",
    ),
    "difficulty": ("- Nhiệm vụ {number}: {text}", "- Task {number}: {text}"),
    "more-difficulties": ("- … và {count} nội dung khác.", "- … and {count} more."),
    "errors": (
        "Lưu ý: biểu nhiệm vụ còn {count} lỗi chưa sửa; số liệu trên có thể thay đổi.",
        "Note: {count} error(s) in the task table are not corrected yet; the figures may change.",
    ),
    "attached": (
        "Số liệu chi tiết có trong biểu tổng hợp kèm theo.",
        "All figures are in the attached summary.",
    ),
    "attached-more": (
        "Số liệu chi tiết có trong biểu tổng hợp kèm theo, cùng {count} tệp khác.",
        "All figures are in the attached summary; {count} more file(s) go with it.",
    ),
    "end": ("{unit} trân trọng báo cáo./.", "{unit} respectfully submits this report."),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return what the letter says, in ``lang`` (``vi`` or ``en``)."""
    return pick(WORDS[key], lang).format_map(values)
