"""What the doctor says, once in each language (Vietnamese, English)."""

from collections.abc import Mapping, Sequence
from typing import Final

from papi_xl.doctor.remarks import Remark, State
from papi_xl.errors import PapiError
from papi_xl.refusals import explain
from papi_xl.wording import filled, pick

MOST_LINES: Final = 8
"""Lines of a message box that are still read."""

REMARKS: Final[Mapping[str, tuple[str, str]]] = {
    "python": ("Python {version}, {bits} bit.", "Python {version}, {bits} bit."),
    "package": ("{package} {version}.", "{package} {version}."),
    "package-missing": (
        "Thiếu {package}. Chạy: pip install {package}",
        "{package} is missing. Run: pip install {package}",
    ),
    "office": ("Có LibreOffice và mô-đun uno.", "LibreOffice and its module uno are there."),
    "office-missing": (
        "Không thấy LibreOffice; chỉ papi-xl calc cần đến.",
        "There is no LibreOffice; only papi-xl calc needs it.",
    ),
    "office-without-uno": (
        "Có LibreOffice nhưng thiếu mô-đun uno (gói python3-uno); chỉ papi-xl calc cần đến.",
        "LibreOffice is there without its module uno (package python3-uno); only papi-xl calc needs it.",
    ),
    "not-applicable": (
        "{topic}: không áp dụng (máy này không chạy Excel).",
        "{topic}: not applicable (there is no Excel here).",
    ),
    "config": ("Thiết lập của xlwings đúng: {path}.", "The settings of xlwings are right: {path}."),
    "config-missing": (
        "Chưa có thiết lập của xlwings ({path}). Chạy papi-xl install.",
        "There are no settings of xlwings ({path}). Run papi-xl install.",
    ),
    "config-unreadable": (
        "Không đọc được {path}. Đóng Excel và kiểm tra quyền đọc.",
        "{path} cannot be read. Close Excel and check that you may read it.",
    ),
    "config-wrong": (
        "Thiết lập thiếu hoặc sai: {keys}. Chạy papi-xl install.",
        "Settings are missing or wrong: {keys}. Run papi-xl install.",
    ),
    "config-odd": (
        'Trong {path}, dòng {lines} không có dạng "KHÓA","giá trị" nên Excel có thể đọc sai các dòng sau.'
        " Sửa hoặc xóa dòng đó.",
        'In {path}, line {lines} is not "KEY","value", so Excel may misread the lines below.'
        " Mend or delete it.",
    ),
    "config-mark": (
        "{path} bắt đầu bằng dấu BOM nên Excel không đọc được dòng đầu. Chạy papi-xl install.",
        "{path} begins with a byte order mark, so Excel cannot read its first line. Run papi-xl install.",
    ),
    "config-accents": (
        "{path} có chữ có dấu, Excel có thể đọc sai. Thay bằng đường dẫn không dấu.",
        "{path} has letters with accents, which Excel may misread. Use paths without them.",
    ),
    "config-small": (
        "Trong {path}, các khóa {spelled} nên viết HOA để phần nào của xlwings cũng nhận ra.",
        "In {path}, write the keys {spelled} in CAPITALS, as all of xlwings knows them so.",
    ),
    "config-conda": (
        "{path} có CONDA PATH và CONDA ENV nên bấm nút sẽ chậm hơn. Không dùng conda thì xóa hai dòng đó.",
        "{path} has CONDA PATH and CONDA ENV, which slow clicks down. Delete both if you do not use conda.",
    ),
    "interpreter": ("Excel dùng đúng Python này: {path}.", "Excel uses this very Python: {path}."),
    "interpreter-unset": (
        "Excel chưa biết Python ở đâu. Chạy papi-xl install.",
        "Excel does not know where Python is. Run papi-xl install.",
    ),
    "interpreter-gone": (
        "Không còn Python ở {path} như đã ghi trong thiết lập. Chạy papi-xl install.",
        "There is no Python any more at {path}, which the settings name. Run papi-xl install.",
    ),
    "interpreter-other": (
        "Excel dùng một Python khác: {path}. Chạy papi-xl install để dùng Python này.",
        "Excel uses another Python: {path}. Run papi-xl install to have it use this one.",
    ),
    "refused": ("{reason}", "{reason}"),
    "sources": (
        "Bộ cài thiếu tệp. Cài lại papi_xl và xlwings.",
        "Files of the package are missing. Install papi_xl and xlwings again.",
    ),
    "addin": ("{name} có sẵn, đúng bản: {path}.", "{name} is in place and current: {path}."),
    "addin-missing": (
        "Chưa có {name} trong thư mục khởi động của Excel. Chạy papi-xl install.",
        "{name} is not where Excel looks for it. Run papi-xl install.",
    ),
    "addin-old": (
        "{name} khác với bản đang cài. Đóng Excel rồi chạy papi-xl install.",
        "{name} is not of the installed version. Close Excel and run papi-xl install.",
    ),
    "addin-source": (
        "Bộ cài thiếu tệp {name}. Cài lại papi_xl và xlwings.",
        "The package lacks the file {name}. Install papi_xl and xlwings again.",
    ),
    "addin-unreadable": (
        "Không đọc được {path}. Đóng Excel và kiểm tra quyền đọc.",
        "{path} cannot be read. Close Excel and check that you may read it.",
    ),
    "addin-blocked": (
        "Windows đang chặn {name}. Bấm chuột phải vào {path}, chọn Properties, đánh dấu Unblock, bấm OK.",
        "Windows blocks {name}. Right-click {path}, choose Properties, tick Unblock, press OK.",
    ),
    "library": (
        "Thư viện DLL của xlwings {version} nằm đúng chỗ.",
        "The DLLs of xlwings {version} are in place.",
    ),
    "library-missing": (
        "Thiếu {names} trong {folder}. Chạy: pip install --force-reinstall xlwings",
        "{names} is missing in {folder}. Run: pip install --force-reinstall xlwings",
    ),
    "code-page": (
        "Đường dẫn {path} có dấu mà macro của Excel có thể không đọc được. Nếu bấm nút mà Excel báo không"
        " tìm thấy Python, dùng tài khoản Windows có tên không dấu.",
        "The path {path} has letters that Excel's macros may be unable to read. If a button says that Python"
        " is not found, use a Windows account whose name is plain ASCII.",
    ),
    "calc": ("LibreOffice {version}.", "LibreOffice {version}."),
    "calc-old": (
        "Muốn có các nút PAPI trong LibreOffice thì cần bản 7.4 trở lên, từ libreoffice.org.",
        "For the PAPI buttons in LibreOffice, 7.4 or later is needed, from libreoffice.org.",
    ),
    "calc-without-python": (
        "LibreOffice thiếu phần chạy Python nên các nút PAPI không chạy được. Cài gói python3-uno.",
        "LibreOffice lacks its part for Python, so the PAPI buttons do nothing. Install python3-uno.",
    ),
    "buttons": (
        "LibreOffice có các nút PAPI, dùng đúng Python này: {path}.",
        "LibreOffice has the PAPI buttons, and they use this very Python: {path}.",
    ),
    "buttons-missing": (
        "LibreOffice chưa có các nút PAPI. Muốn dùng thì chạy papi-xl install --libreoffice.",
        "LibreOffice has no PAPI buttons. To have them, run papi-xl install --libreoffice.",
    ),
    "buttons-unset": (
        "Các nút PAPI trong LibreOffice chưa biết Python ở đâu. Chạy papi-xl install --libreoffice.",
        "The PAPI buttons in LibreOffice do not know where Python is. Run papi-xl install --libreoffice.",
    ),
    "buttons-gone": (
        "Không còn Python ở {path}, nơi các nút PAPI trong LibreOffice gọi đến. Chạy papi-xl install"
        " --libreoffice.",
        "There is no Python any more at {path}, which the PAPI buttons in LibreOffice start. Run papi-xl"
        " install --libreoffice.",
    ),
    "buttons-other": (
        "Các nút PAPI trong LibreOffice dùng một Python khác: {path}. Chạy papi-xl install --libreoffice để"
        " dùng Python này.",
        "The PAPI buttons in LibreOffice use another Python: {path}. Run papi-xl install --libreoffice to"
        " have them use this one.",
    ),
    "buttons-old": (
        "Các nút PAPI trong LibreOffice là của bản {version}. Chạy papi-xl install --libreoffice.",
        "The PAPI buttons in LibreOffice are of version {version}. Run papi-xl install --libreoffice.",
    ),
    "file": ("Đọc được {file}.", "{file} can be read."),
    "file-online": (
        "{file} đang mở từ OneDrive/SharePoint trên mạng. Lưu một bản vào máy rồi mở bản đó.",
        "{file} is open from OneDrive or SharePoint. Save a copy on this computer and open that.",
    ),
    "file-onedrive": (
        "{file} nằm trong thư mục OneDrive/SharePoint. Nếu bấm nút mà có lỗi,"
        " chép tệp sang thư mục khác rồi mở lại.",
        "{file} is in a folder of OneDrive or SharePoint. If a button fails,"
        " copy it to another folder and open it there.",
    ),
    "file-equals": (
        'Tên tệp {file} có dấu "=" nên xlwings không tìm ra tệp. Đổi tên, bỏ dấu "=".',
        'The name {file} has an "=", so xlwings cannot find the workbook. Rename it without "=".',
    ),
    "file-long": (
        "Đường dẫn của {file} dài {length} ký tự, Excel chỉ mở được đến {limit}."
        " Chuyển tệp vào thư mục có đường dẫn ngắn hơn.",
        "The path of {file} has {length} characters; Excel opens up to {limit}."
        " Move it to a folder with a shorter path.",
    ),
    "file-blocked": (
        "Windows đang chặn {file} vì tải từ mạng. Bấm chuột phải vào tệp, chọn Properties,"
        " đánh dấu Unblock, bấm OK.",
        "Windows blocks {file}, which came from the internet. Right-click it, choose Properties,"
        " tick Unblock, press OK.",
    ),
}

TOPICS: Final[Mapping[str, tuple[str, str]]] = {
    "config": ("Thiết lập của xlwings", "Settings of xlwings"),
    "interpreter": ("Python mà Excel dùng", "The Python that Excel uses"),
    "addins": ("Phần bổ trợ của Excel", "Excel's add-ins"),
    "library": ("Thư viện DLL của xlwings", "The DLLs of xlwings"),
}

ENDS: Final[Mapping[str, tuple[str, str]]] = {
    "well": ("Mọi thứ đều ổn.", "Everything is fine."),
    "more": (
        "… và {count} điều nữa. Chạy papi-xl doctor để xem hết.",
        "… and {count} more. Run papi-xl doctor to see all.",
    ),
    "result": (
        "Kết quả: {bad} điều cần sửa, {look} điều cần lưu ý.",
        "Result: {bad} to mend, {look} to look at.",
    ),
}


def sentence(remark: Remark, lang: str) -> str:
    """Return what a remark says."""
    values = dict(remark.values)
    refusal = values.get("refusal")
    if isinstance(refusal, PapiError):
        values["reason"] = explain(refusal, lang)
    if "topic" in values:
        values["topic"] = pick(TOPICS[str(values["topic"])], lang)
    return filled(REMARKS[remark.code], lang, values)


def report(remarks: Sequence[Remark], lang: str) -> str:
    """Return all remarks, a line each behind the sign of its state, and how many are not well."""
    bad, looks = (sum(remark.state is state for remark in remarks) for state in (State.BAD, State.LOOK))
    end = pick(ENDS["result" if bad or looks else "well"], lang).format(bad=bad, look=looks)
    return "\n".join([*(_line(remark, lang) for remark in remarks), end])


def summary(remarks: Sequence[Remark], lang: str) -> str:
    """Return a text for a message box: what is not well, worst first, or that everything is."""
    wrong = [remark for state in (State.BAD, State.LOOK) for remark in remarks if remark.state is state]
    lines = [_line(remark, lang) for remark in wrong[:MOST_LINES]]
    if len(wrong) > MOST_LINES:
        lines.append(pick(ENDS["more"], lang).format(count=len(wrong) - MOST_LINES))
    return "\n".join(lines) or pick(ENDS["well"], lang)


def _line(remark: Remark, lang: str) -> str:
    return f"{remark.state} {sentence(remark, lang)}"
