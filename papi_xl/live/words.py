"""What the buttons say, once in each language (Vietnamese, English)."""

from collections.abc import Mapping
from typing import Final

from papi_xl.checklist import LINK_TIP
from papi_xl.wording import pick

TITLE: Final = "PAPI"

WORDS: Final[Mapping[str, tuple[str, str]]] = {
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
        "{file} đã có.\n\nThay bằng biểu tổng hợp mới?\n(Chọn Không để giữ tệp cũ và ghi thành {other}.)",
        "{file} exists.\n\nReplace it by the new summary?\n(No keeps it and writes {other}.)",
    ),
    "summarized": ("PAPI: đã lập {file}", "PAPI: made {file}"),
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
    return pick(WORDS[key], lang).format_map(values)
