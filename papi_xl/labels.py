"""The words of the attached summary in Vietnamese and English, and its dates as they stand on paper."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

DOTS: Final = "……………"
"""Stands where a field of the sheet `Thông tin` is empty, to be filled in by hand."""

NO_FIGURE: Final = "–"
"""Stands for completion and progress of a domain without tasks."""

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LAST_ZEROED_MONTH: Final = 2


@dataclass(frozen=True)
class Labels:
    """Every fixed text of the summary in one language; braces are filled by `str.format`."""

    nation: str
    motto: str
    title: str
    title_of_year: str
    subtitle: str
    attached_to: str
    warning: str
    number: str
    domain: str
    tasks: str
    by_status: str
    completion: str
    progress: str
    by_state: str
    total: str
    unknown_domain: str
    remaining: str
    in_order: str
    nothing_reported: str
    by_due: str
    no_tasks: str
    all_done: str
    not_done: str
    not_known: str
    late: str
    soon: str
    due: str
    report_status: str
    is_full: str
    is_paused: str
    give_due: str
    one_day: str
    days: str
    and_more: str
    row: str
    coming: str
    coming_none: str
    coming_more: str
    coming_task: str
    coming_due: str
    coming_left: str
    chart: str
    recipients: str
    archive: str
    preparer: str
    on_behalf: str
    annex: str
    annex_title: str
    in_full: str
    in_full_notice: str


VIETNAMESE: Final = Labels(
    nation="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto="Độc lập - Tự do - Hạnh phúc",
    title="TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ NÂNG CAO CHỈ SỐ PAPI",
    title_of_year="TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ NÂNG CAO CHỈ SỐ PAPI NĂM {year}",
    subtitle="Kỳ báo cáo: {period} – Tính đến ngày {as_of}",
    attached_to="(Kèm theo Kế hoạch số ……/KH-…… ngày …… tháng …… năm …… của {unit})",
    warning="Lưu ý: biểu nhiệm vụ còn {errors} lỗi chưa sửa; số liệu dưới đây có thể thay đổi.",
    number="TT",
    domain="Lĩnh vực",
    tasks="Tổng số nhiệm vụ",
    by_status="Theo trạng thái báo cáo",
    completion="Tỷ lệ hoàn thành",
    progress="Tiến độ bình quân",
    by_state="Chưa hoàn thành, chia theo thời hạn",
    total="Tổng cộng",
    unknown_domain="Chưa rõ lĩnh vực",
    remaining="Nhiệm vụ còn lại để đạt 100%",
    in_order="Làm lần lượt theo thứ tự ghi dưới đây; sau mũi tên là tỷ lệ hoàn thành của lĩnh vực khi xong "
    "nhiệm vụ đó. Xong việc nào, kể cả việc thường xuyên, ghi trạng thái “Hoàn thành” và minh chứng.",
    nothing_reported="Biểu chưa ghi trạng thái của nhiệm vụ nào nên chưa biết việc nào đã xong.",
    by_due="Hãy ghi trạng thái từng nhiệm vụ; dưới đây xếp theo hạn.",
    no_tasks="Không có nhiệm vụ.",
    all_done="Đã hoàn thành toàn bộ.",
    not_done="Còn {missing}/{tasks} nhiệm vụ chưa hoàn thành, mới đạt {share}: {steps}.",
    not_known="{tasks} nhiệm vụ, chưa rõ đã xong hay chưa: {steps}.",
    late="quá hạn {days}",
    soon="sắp đến hạn {day}",
    due="hạn {day}",
    report_status="cần ghi trạng thái",
    is_full="đã ghi 100%, nếu xong thì ghi “Hoàn thành”",
    is_paused="đang tạm dừng, làm tiếp",
    give_due="cần ghi hạn cụ thể",
    one_day="{days} ngày",
    days="{days} ngày",
    and_more="và {count} nhiệm vụ khác",
    row="dòng {row}",
    coming="Sẽ quá hạn khi hết {period} ({day}) nếu chưa hoàn thành",
    coming_none="Không có nhiệm vụ nào.",
    coming_more="và {count} nhiệm vụ khác, xem Phụ lục.",
    coming_task="Nhiệm vụ",
    coming_due="Hạn",
    coming_left="Còn (ngày)",
    chart="Tỷ lệ hoàn thành theo lĩnh vực",
    recipients="Nơi nhận:",
    archive="- Lưu: VT.",
    preparer="NGƯỜI LẬP BIỂU",
    on_behalf="TM. BAN GIÁM HIỆU",
    annex="PHỤ LỤC",
    annex_title="CHI TIẾT KẾT QUẢ THỰC HIỆN NHIỆM VỤ",
    in_full="TOÀN VĂN CÁC Ô DÀI CỦA PHỤ LỤC",
    in_full_notice="Ô có nội dung quá dài không in hết trong bảng; in toàn văn ở trang “{sheet}”.",
)
ENGLISH: Final = Labels(
    nation="SOCIALIST REPUBLIC OF VIET NAM",
    motto="Independence - Freedom - Happiness",
    title="SUMMARY OF TASKS TO IMPROVE THE PAPI INDEX",
    title_of_year="SUMMARY OF TASKS TO IMPROVE THE PAPI INDEX IN {year}",
    subtitle="Reporting period: {period} – As of {as_of}",
    attached_to="(Attached to Plan No. ……/KH-…… dated …………… of {unit})",
    warning="Note: errors not yet corrected in the task table: {errors}; the figures below may change.",
    number="No.",
    domain="Domain",
    tasks="All tasks",
    by_status="By reported status",
    completion="Share done",
    progress="Mean progress",
    by_state="Not done, by due date",
    total="Total",
    unknown_domain="Domain unknown",
    remaining="Tasks missing for 100%",
    in_order="Do them in the order given; behind the arrow stands the domain's share of tasks done once that "
    "task is. When one is done, also a recurring one, report the status “Hoàn thành” and its evidence.",
    nothing_reported="The table reports no task's status, so what is done is not known.",
    by_due="Fill in the status of each task; they are listed by due date.",
    no_tasks="No tasks.",
    all_done="All done.",
    not_done="{missing} of {tasks} tasks not done, {share} so far: {steps}.",
    not_known="{tasks} task(s), not known whether done: {steps}.",
    late="overdue by {days}",
    soon="due soon, {day}",
    due="due {day}",
    report_status="fill in the status",
    is_full="at 100%; if done, report “Hoàn thành”",
    is_paused="paused, resume it",
    give_due="fill in a due date",
    one_day="{days} day",
    days="{days} days",
    and_more="and {count} more",
    row="row {row}",
    coming="Overdue when {period} has ended ({day}) unless done",
    coming_none="None.",
    coming_more="and {count} more, see the annex.",
    coming_task="Task",
    coming_due="Due",
    coming_left="Days left",
    chart="Share of tasks done by domain",
    recipients="Recipients:",
    archive="- Archive.",
    preparer="PREPARED BY",
    on_behalf="ON BEHALF OF THE BOARD",
    annex="ANNEX",
    annex_title="TASKS IN DETAIL",
    in_full="LONG CELLS OF THE ANNEX IN FULL",
    in_full_notice="Cells too long for the table are cut in print; their full text is on the page “{sheet}”.",
)


def labels(lang: str) -> Labels:
    """Return the words in ``lang`` (``vi`` or ``en``)."""
    return ENGLISH if lang == "en" else VIETNAMESE


def percentage(fraction: float | None, lang: str, sign: str) -> str:
    """Return a fraction as people read it, ``sign`` behind it: ``62,5 %``, a decimal only where there is one.

    Half a tenth is rounded up, as spreadsheets do; without a figure it is `NO_FIGURE`.
    """
    if fraction is None:
        return NO_FIGURE
    rounded = Decimal(str(round(100 * fraction, 9))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    text = f"{float(rounded):g}{sign}"
    return text if lang == "en" else text.replace(".", ",")


def percent_text(fraction: float) -> str:
    """Return a fraction as the exact percentage: 0.805 → ``80.5%``."""
    return f"{round(100 * fraction, 6):g}%"


def percent_shown(fraction: float, lang: str) -> str:
    """Return a fraction as the exact percentage that people type in ``lang``: ``80,5%`` in Vietnamese."""
    text = percent_text(fraction)
    return text if lang == "en" else text.replace(".", ",")


def short_date(day: date, lang: str) -> str:
    """Return ``day`` in figures: 05/02/2021 and 30/6/2021, months 3 to 9 without a zero; English in words.

    Source of the zeros: Nghị định 30/2020/NĐ-CP, days under 10 and months 1 and 2.
    """
    if lang == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def place_and_date(place: str, day: date, lang: str) -> str:
    """Return the line above a Vietnamese document: ``Văn Giang, ngày 05 tháng 02 năm 2021``."""
    if lang == "en":
        return f"{place or DOTS}, {short_date(day, lang)}"
    return f"{place or DOTS}, ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month <= _LAST_ZEROED_MONTH else str(day.month)
