"""Every sheet, column, named cell and alias of the workbook: the only place where one is spelled."""

from typing import Final, NamedTuple

TEMPLATE_VERSION: Final = "1"
MAX_TASKS: Final = 100_000
"""Task rows a workbook may have unless the user raises the limit."""
FIRST_YEAR, LAST_YEAR = 2009, 2100
"""Years that a plan may be for: the index is surveyed since 2009."""

GUIDE: Final = "Hướng dẫn"
INFO: Final = "Thông tin"
TASKS: Final = "Nhiệm vụ"
SUPERVISION: Final = "Giám sát"
COMMUNICATION: Final = "Tuyên truyền"
DIFFICULTIES: Final = "Vướng mắc"
SUMMARY: Final = "Tổng hợp"
FINDINGS: Final = "Kết quả kiểm tra"
LISTS: Final = "Danh mục"
META: Final = "_papi"
ANNEX: Final = "Phụ lục"
FULL_TEXTS: Final = "Toàn văn"
FIX_LOG: Final = "Nhật ký sửa"
"""What `fix` changed, with the old values, so that it can be undone."""
LEFTOVERS: Final = "Chưa xếp được"
"""What found no place in the template when a workbook was moved into it."""
SENT: Final = "_papi_gui"
"""Very hidden: what was said in the last report to the level above."""
UNITS: Final = "Đơn vị"
OVERDUE: Final = "Nhiệm vụ quá hạn"
GAPS: Final = "Thiếu – trễ – loại"
ALL_TASKS: Final = "Toàn bộ nhiệm vụ"
TREND: Final = "Diễn biến"
"""The sheets of the consolidated workbook, besides `SUMMARY`."""
ADDIN: Final = "papi_xl.xlam"
"""The file of Excel's add-in."""
EXTENSION: Final = "papi_xl.oxt"
"""The file of LibreOffice's extension."""
EXTENSION_ID: Final = "vn.papi-xl.buttons"
"""The name by which LibreOffice knows it."""
EXTENSION_SETTINGS: Final = "papi_xl.json"
"""Its part that tells which Python a click starts; only a package made for one machine has it."""
TASK_TABLE: Final = "tblNhiemVu"
ANNEX_TABLE: Final = "tblPhuLuc"


class Column(NamedTuple):
    """A column of the task table: key, header, English header, whether it must be there, aliases."""

    key: str
    header: str
    english: str
    required: bool = False
    aliases: tuple[str, ...] = ()

    def title(self, lang: str) -> str:
        """Return the header in ``lang`` (``vi`` or ``en``)."""
        return self.english if lang == "en" else self.header


COLUMNS: Final = (
    Column("number", "TT", "No.", required=True, aliases=("STT",)),
    Column(
        "task", "Nội dung nhiệm vụ", "Task", required=True,
        aliases=("Nhiệm vụ", "Tên nhiệm vụ", "Nội dung", "Nội dung công việc"),
    ),
    Column(
        "product", "Sản phẩm", "Product", required=True,
        aliases=("Kết quả", "Sản phẩm/kết quả", "Kết quả/Sản phẩm"),
    ),
    Column(
        "lead", "Đơn vị chủ trì", "Lead", required=True,
        aliases=("Chủ trì", "Cơ quan chủ trì", "Đơn vị thực hiện"),
    ),
    Column("partners", "Đơn vị phối hợp", "Partners", aliases=("Phối hợp", "Cơ quan phối hợp")),
    Column(
        "timing", "Thời gian thực hiện", "Timing", required=True,
        aliases=(
            "Thời gian", "Thời hạn", "Thời gian hoàn thành", "Thời hạn hoàn thành", "Hạn xử lý", "Tiến độ",
        ),
    ),
    Column(
        "status", "Trạng thái", "Status", required=True,
        aliases=("Tiến độ", "Tình trạng", "Kết quả thực hiện", "Kết quả"),
    ),
    Column(
        "percent", "Tỷ lệ hoàn thành", "Percent complete",
        aliases=("Tỷ lệ", "Tỉ lệ", "% hoàn thành", "Tỷ lệ (%)", "Tiến độ", "Kết quả thực hiện", "Kết quả"),
    ),
    Column("evidence", "Minh chứng", "Evidence", aliases=("Tài liệu minh chứng",)),
    Column("note", "Ghi chú", "Note"),
    Column("justification", "Giải trình", "Justification", aliases=("Lý do",)),
)  # fmt: skip
BY_KEY: Final = {column.key: column for column in COLUMNS}
KEYS: Final = tuple(column.key for column in COLUMNS)

ANNEX_STATE: Final = ("Đánh giá", "State")
ANNEX_DAYS_LATE: Final = ("Số ngày quá hạn", "Days late")


TASK_ROW: Final = ("row", "domain", *KEYS, "state", "days_late")
"""The columns of the sheet `Toàn bộ nhiệm vụ`, after those that say whose the task is."""
OVERDUE_ROW: Final = (
    "domain", "number", "task", "lead", "partners", "timing", "due", "days_late", "status", "note",
    "justification",
)  # fmt: skip
"""The columns of the sheet `Nhiệm vụ quá hạn`, after those that say whose the task is."""


class InfoField(NamedTuple):
    """A cell of the sheet `Thông tin`: its key, defined name, label and whether it must be filled."""

    key: str
    label: str
    english: str
    required: bool = False

    @property
    def name(self) -> str:
        """The defined name of the cell."""
        return f"papi_{self.key}"

    def title(self, lang: str) -> str:
        """Return the label in ``lang`` (``vi`` or ``en``)."""
        return self.english if lang == "en" else self.label


INFO_FIELDS: Final = (
    InfoField("unit", "Đơn vị", "Unit", required=True),
    InfoField("unit_code", "Mã đơn vị", "Unit code"),
    InfoField("parent", "Cơ quan chủ quản", "Parent agency"),
    InfoField("recipient", "Cơ quan nhận báo cáo", "Receiving agency", required=True),
    InfoField("recipient_email", "Thư điện tử nơi nhận", "Receiving e-mail"),
    InfoField("year", "Năm kế hoạch", "Plan year", required=True),
    InfoField("period", "Kỳ báo cáo", "Reporting period", required=True),
    InfoField("as_of", "Tính đến ngày", "As-of date"),
    InfoField("preparer", "Người lập biểu", "Preparer"),
    InfoField("signer", "Người ký", "Signer"),
    InfoField("signer_title", "Chức vụ người ký", "Signer's title"),
    InfoField("place", "Địa danh", "Place"),
)
INFO_BY_KEY: Final = {field.key: field for field in INFO_FIELDS}
INFO_COLUMN: Final = 2

ROSTER_COLUMNS: Final = (
    Column("code", "Mã đơn vị", "Code", aliases=("Mã", "Mã trường", "Mã số", "Unit code", "ID")),
    Column(
        "name", "Tên đơn vị", "Name", aliases=("Tên", "Tên trường", "Đơn vị", "Trường", "Unit", "Unit name"),
    ),
    Column(
        "email", "Thư điện tử", "E-mail", aliases=("Địa chỉ thư điện tử", "Địa chỉ email", "Hộp thư", "Mail"),
    ),
    Column(
        "due", "Hạn nộp", "Due",
        aliases=(
            "Hạn", "Hạn gửi", "Thời hạn", "Thời hạn nộp", "Thời hạn gửi", "Hạn nộp báo cáo",
            "Hạn gửi báo cáo", "Deadline", "Due date",
        ),
    ),
)  # fmt: skip
"""The columns of a list of units; of several that a header row names the one named first here counts."""

META_KEYS: Final = (
    "kind", "template_version", "unit", "unit_code", "year", "period", "as_of", "made_at", "digest",
)  # fmt: skip
KIND_TEMPLATE: Final = "template"
KIND_REPORT: Final = "report"
KIND_CONSOLIDATED: Final = "consolidated"

SIDE_TASK: Final = "TT nhiệm vụ"
"""The column of the side tables that names a task by its number."""

SIDE_TABLES: Final = {
    SUPERVISION: (
        "tblGiamSat",
        (
            "Ngày kiểm tra", "Hình thức", "TT nhiệm vụ", "Tồn tại, thiếu sót", "Biện pháp khắc phục",
            "Thời hạn khắc phục", "Ngày khắc phục xong",
        ),
    ),
    COMMUNICATION: (
        "tblTuyenTruyen",
        ("Ngày", "Nội dung tuyên truyền", "Kênh, hình thức", "Đối tượng", "Sản phẩm truyền thông"),
    ),
    DIFFICULTIES: (
        "tblVuongMac",
        (
            "Ngày", "Người phản ánh", "TT nhiệm vụ", "Khó khăn, vướng mắc", "Trả lời, giải quyết",
            "Tình trạng giải quyết",
        ),
    ),
}  # fmt: skip
"""Sheet → (Excel table name, headers) of the plan's other sections."""

FINDING_HEADERS: Final = (
    ("STT", "No."),
    ("Mức độ", "Severity"),
    ("Ô", "Cell"),
    ("Nội dung", "Finding"),
    ("Cách sửa", "What to do"),
)
"""(Vietnamese, English) headers of the sheet `Kết quả kiểm tra`."""
