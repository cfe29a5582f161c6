"""The words of the consolidated workbook, each once in Vietnamese and English."""

from collections.abc import Mapping
from typing import Final

from papi_xl.consolidated import Doubt, UnitState
from papi_xl.received import Kind

Pair = tuple[str, str]

TITLE: Final = (
    "TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ NÂNG CAO CHỈ SỐ PAPI CỦA CÁC ĐƠN VỊ",
    "RESULTS OF ALL UNITS ON TASKS TO IMPROVE THE PAPI INDEX",
)
DAYS: Final = ("của từng tệp, từ {first} đến {last}", "each file's own day, from {first} to {last}")
COUNTED: Final = (
    "Được tính: {counted} đơn vị, trong đó {late} gửi trễ, {errors} còn lỗi, {altered} bị sửa số liệu.",
    "Counted: {counted} unit(s), of these late {late}, with errors {errors}, altered {altered}.",
)
MISSING_COUNT: Final = ("Chưa có số liệu: {missing} đơn vị.", "Without figures: {missing} unit(s).")
MISSING_UNKNOWN: Final = (
    "Không có danh sách đơn vị nên không biết đơn vị nào chưa gửi.",
    "Without a list of units it is not known which are missing.",
)
NOT_COUNTED: Final = (
    "Không tính: {superseded} tệp đã có tệp mới hơn, {unidentified} tệp chưa rõ đơn vị, {rejected} tệp không "
    "đọc được; xem trang “{sheet}”.",
    "Not counted: superseded {superseded}, unit not known {unidentified}, not readable {rejected}; see the "
    "sheet “{sheet}”.",
)
OTHER_PERIODS: Final = (
    "Tệp của kỳ khác, không tính vào kỳ này: {count}.",
    "Files of other periods, which do not count here: {count}.",
)
NO_UNITS: Final = (
    "Chưa có tệp nào được tính. Xem lý do ở trang “{sheet}”.",
    "No file counts yet. The sheet “{sheet}” says why.",
)

DOMAINS: Final = ("KẾT QUẢ CHUNG THEO LĨNH VỰC", "ALL UNITS BY DOMAIN")
UNITS: Final = ("KẾT QUẢ CỦA TỪNG ĐƠN VỊ", "RESULTS OF EACH UNIT")
BY_DOMAIN: Final = (
    "Tỷ lệ hoàn thành theo lĩnh vực (số thứ tự như bảng trên)",
    "Share done by domain (numbers as in the table above)",
)
OVERALL: Final = ("Chung các lĩnh vực", "All domains")
UNKNOWN_DOMAIN: Final = ("Chưa rõ", "None")
UNIT_CHART: Final = ("Tỷ lệ hoàn thành của từng đơn vị", "Share of tasks done by unit")
SPREAD: Final = ("SỐ ĐƠN VỊ THEO TỶ LỆ HOÀN THÀNH", "UNITS BY SHARE OF TASKS DONE")
SPREAD_CHART: Final = ("Số đơn vị theo tỷ lệ hoàn thành", "Units by share of tasks done")
UNIT_COUNT: Final = ("Số đơn vị", "Units")
UNIT_SHARE: Final = ("Tỷ lệ", "Share")
BAND: Final = ("{first} – dưới {last} %", "{first} to below {last} %")
BAND_FULL: Final = ("100 %", "100 %")
BAND_NONE: Final = ("Không có nhiệm vụ", "No tasks")

LIST_TITLE: Final = ("DANH SÁCH ĐƠN VỊ ĐƯỢC TÍNH", "UNITS THAT COUNT")
RECEIVED: Final = ("Nhận lúc", "Received")
FILE: Final = ("Tệp", "File")
KIND: Final = ("Loại biểu", "Kind")
STATE: Final = ("Tình trạng", "State")
LATE: Final = ("Gửi trễ", "Late")
YES: Final = ("Có", "Yes")
DUE: Final = ("Hạn", "Due")
ASSUMED: Final = ("{period} (tệp không ghi kỳ)", "{period} (not said in the file)")
STATES: Final[Mapping[UnitState, Pair]] = {
    UnitState.OK: ("Đạt yêu cầu", "Fine"),
    UnitState.LATE: ("Gửi trễ", "Late"),
    UnitState.ERRORS: ("Còn lỗi", "Has errors"),
    UnitState.ALTERED: ("Bị sửa số liệu", "Altered"),
    UnitState.SUPERSEDED: ("Đã có tệp mới hơn", "Superseded"),
    UnitState.UNIDENTIFIED: ("Chưa rõ đơn vị", "Unit not known"),
}
KINDS: Final[Mapping[Kind, Pair]] = {
    Kind.REPORT: ("Báo cáo", "Report"),
    Kind.TEMPLATE: ("Biểu mẫu", "Template"),
    Kind.TABLE: ("Biểu riêng", "Own table"),
}

OVERDUE_TITLE: Final = ("NHIỆM VỤ QUÁ HẠN", "OVERDUE TASKS")
OVERDUE_NONE: Final = ("Không có nhiệm vụ quá hạn.", "No task is overdue.")
TASKS_TITLE: Final = ("TOÀN BỘ NHIỆM VỤ CỦA CÁC ĐƠN VỊ", "ALL TASKS OF ALL UNITS")
TASKS_NONE: Final = ("Không có nhiệm vụ.", "There are no tasks.")
ROW: Final = ("Dòng trong tệp", "Row in the file")
TASKS_BESIDE: Final = (
    "Có {count} dòng, nhiều hơn số dòng một trang Excel chứa được. Tất cả nằm trong tệp {file} bên cạnh.",
    "There are {count} rows, more than a sheet of Excel holds. All are in the file {file} beside this one.",
)
TASKS_LEFT_OUT: Final = (
    "Có {count} dòng, nhiều hơn số dòng một trang Excel chứa được, nên không ghi ở đây. Chia thư mục thành "
    "nhiều phần rồi hợp nhất từng phần.",
    "There are {count} rows, more than a sheet of Excel holds, so they are left out. Split the folder and "
    "consolidate each part.",
)

GAPS_TITLE: Final = ("ĐƠN VỊ THIẾU, TRỄ VÀ TỆP BỊ LOẠI", "UNITS MISSING OR LATE, FILES LEFT OUT")
GAPS: Final[Mapping[str, tuple[Pair, Pair]]] = {
    "missing": (
        ("1. ĐƠN VỊ CHƯA CÓ SỐ LIỆU", "1. UNITS WITHOUT FIGURES"),
        ("Không thiếu đơn vị nào.", "No unit is missing."),
    ),
    "late": (
        ("2. ĐƠN VỊ GỬI TRỄ", "2. UNITS THAT WERE LATE"),
        ("Không có đơn vị nào gửi trễ.", "No unit was late."),
    ),
    "altered": (
        ("3. SỐ LIỆU BỊ SỬA SAU KHI LẬP BÁO CÁO", "3. FIGURES CHANGED AFTER THE REPORT WAS MADE"),
        ("Không có tệp nào bị sửa số liệu.", "No file was altered."),
    ),
    "unidentified": (
        ("4. TỆP CHƯA RÕ CỦA ĐƠN VỊ NÀO", "4. FILES WHOSE UNIT IS NOT KNOWN"),
        ("Tệp nào cũng rõ đơn vị.", "The unit of every file is known."),
    ),
    "superseded": (
        ("5. TỆP ĐÃ CÓ TỆP MỚI HƠN", "5. SUPERSEDED FILES"),
        ("Không đơn vị nào gửi nhiều tệp cho một kỳ.", "No unit sent several files for a period."),
    ),
    "rejected": (
        ("6. TỆP KHÔNG ĐỌC ĐƯỢC", "6. FILES THAT COULD NOT BE READ"),
        ("Tệp nào cũng đọc được.", "Every file could be read."),
    ),
}
DUE_DAY: Final = ("Hạn gửi", "Due on")
RECEIVED_DAY: Final = ("Nhận ngày", "Received on")
FILE_OR_EMAIL: Final = ("Tệp (mục 1: thư điện tử)", "File (section 1: e-mail)")
WHY: Final = ("Lý do và việc cần làm", "Why, and what to do")
REMIND: Final = ("Nhắc đơn vị gửi báo cáo.", "Remind the unit to send its report.")
REMIND_UNLESS: Final = (
    "Có thể đã gửi tệp {file}, xem mục 4. Nếu không phải, nhắc đơn vị gửi báo cáo.",
    "It may have sent {file}, see section 4. If not, remind the unit to send its report.",
)
RECEIVED_LATE: Final = (
    "Số liệu vẫn được tính. Nhắc đơn vị gửi đúng hạn kỳ sau.",
    "The figures count. Remind the unit of the due date next time.",
)
REPLACED_BY: Final = (
    "Tính theo tệp {file}. Nếu không đúng, chuyển tệp này ra khỏi thư mục rồi hợp nhất lại.",
    "The file {file} counts. If that is wrong, move it out of the folder and consolidate again.",
)
DOUBTS: Final[Mapping[Doubt, Pair]] = {
    Doubt.UNNAMED: (
        "Tệp không ghi tên và mã đơn vị. Hỏi nơi gửi, ghi Đơn vị và Mã đơn vị vào tệp rồi hợp nhất lại.",
        "The file names neither unit nor code. Ask the sender, fill in both and consolidate again.",
    ),
    Doubt.NEAR: (
        "Tên chỉ gần giống {candidates}. Nếu đúng là đơn vị này, sửa tên trong tệp cho khớp danh sách rồi "
        "hợp nhất lại.",
        "The name is only like that of {candidates}. If that is the unit, correct the name in the file and "
        "consolidate again.",
    ),
    Doubt.SEVERAL: (
        "Nhiều đơn vị cùng tên này: {candidates}. Ghi mã đơn vị vào tệp rồi hợp nhất lại.",
        "Several units have this name: {candidates}. Put the code into the file and consolidate again.",
    ),
    Doubt.CONFLICT: (
        "Mã và tên là của hai đơn vị khác nhau: {candidates}. Sửa mã hoặc tên trong tệp rồi hợp nhất lại.",
        "Code and name are those of different units: {candidates}. Correct one in the file and consolidate "
        "again.",
    ),
    Doubt.UNKNOWN: (
        "Danh sách không có đơn vị này. Thêm vào danh sách, hoặc sửa tên, mã trong tệp, rồi hợp nhất lại.",
        "The list has no such unit. Add it, or correct name and code in the file, and consolidate again.",
    ),
}
NO_CANDIDATE: Final = ("đơn vị khác", "another unit")
MORE_CANDIDATES: Final = ("{units} và {count} đơn vị khác", "{units} and {count} more")

TREND_TITLE: Final = ("DIỄN BIẾN QUA CÁC KỲ BÁO CÁO", "TREND OVER THE PERIODS")
PERIODS: Final = ("KẾT QUẢ CHUNG TỪNG KỲ", "ALL UNITS BY PERIOD")
TREND_CHART: Final = ("Hoàn thành và tiến độ qua các kỳ", "Done and progress over the periods")
DOMAIN_CHART: Final = ("Tỷ lệ hoàn thành từng lĩnh vực qua các kỳ", "Share done by domain over the periods")
TREND_DOMAINS: Final = (
    "Tỷ lệ hoàn thành theo lĩnh vực (số thứ tự 1–8)",
    "Share done by domain (numbers 1–8)",
)
CHANGES: Final = (
    "THAY ĐỔI CỦA TỪNG ĐƠN VỊ: {now} SO VỚI {before}",
    "CHANGES AT EACH UNIT: {now} AGAINST {before}",
)
CHANGES_NONE: Final = (
    "Không đơn vị nào có số liệu cả kỳ này và kỳ trước.",
    "No unit has figures for both this period and the one before.",
)
CHANGES_NOTE: Final = (
    "Cột tăng, giảm tính bằng điểm phần trăm: 40 % lên 55 % là +15 %.",
    "Changes are in percentage points: from 40 % to 55 % is +15 %.",
)
BEFORE: Final = ("Kỳ trước", "Before")
NOW: Final = ("Kỳ này", "Now")
DIFFERENCE: Final = ("Tăng, giảm", "Change")
DIFFERENCES: Final = ("Tăng, giảm theo lĩnh vực", "Change by domain")
TASK_CHANGES: Final = ("Số nhiệm vụ", "Number of tasks")
NEWLY_DONE: Final = ("Mới hoàn thành", "Newly done")
NEWLY_OVERDUE: Final = ("Mới quá hạn", "Newly overdue")
ADDED: Final = ("Thêm", "Added")
DROPPED: Final = ("Bớt", "Dropped")
