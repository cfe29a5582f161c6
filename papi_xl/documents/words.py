"""What an import says, once in each language (Vietnamese, English)."""

from collections.abc import Mapping
from typing import Final

from papi_xl.documents.tables import Where
from papi_xl.wording import filled

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "table-row": ("Bảng {table}, dòng {row}", "Table {table}, row {row}"),
    "text-line": ("Dòng {row} của tệp", "Line {row} of the file"),
    "cut": (
        "Tệp bị cắt ở chỗ này nên không rõ thuộc ô nào.",
        "The file was cut here, so its cell is not known.",
    ),
    "no-task": (
        "Dòng không có TT và nội dung nhiệm vụ, không rõ thuộc nhiệm vụ nào.",
        "A row with neither number nor task; whose it is is not known.",
    ),
    "no-column": ("Cột này không có tiêu đề.", "This column has no header."),
    "no-row": ("Nằm ở dòng không phải nhiệm vụ.", "It stands in a row that is no task."),
    "not-a-task": ("Dòng tổng hoặc ghi chú dưới bảng.", "A totals row, or a note under the table."),
    "signature": ("Nằm từ phần ký, nơi nhận trở xuống.", "It stands in the signature block or below."),
    "unseen": (
        "Chữ ẩn hoặc chú thích cuối trang của một ô trong dòng này.",
        "Hidden text or a note at the foot of the page, of a cell in this row.",
    ),
    "too-long": ("Phần vượt quá độ dài một ô Excel.", "What is beyond the length of a cell of Excel."),
    "read": (
        "{file}: {tasks} nhiệm vụ, {domains} lĩnh vực, từ {tables} bảng",
        "{file}: {tasks} task(s), {domains} domain(s), from {tables} table(s)",
    ),
    "numbered": (
        "SỐ THỨ TỰ ĐẶT THEO VỊ TRÍ, XEM LẠI ({count})",
        "NUMBERS GIVEN BY PLACE, LOOK AT THEM ({count})",
    ),
    "headed": (
        "Tên lĩnh vực thêm theo số của nhiệm vụ: {domains}.",
        "Domain headings added after the tasks' numbers: {domains}.",
    ),
    "status": (
        'Tệp không có cột trạng thái: mọi nhiệm vụ ghi "{status}".',
        'The file has no column of statuses: all tasks say "{status}".',
    ),
    "others": (
        "{count} bảng khác không chuyển vì không phải bảng nhiệm vụ này.",
        "{count} other table(s) left out: they are not this task table.",
    ),
    "leftovers": (
        'CHƯA XẾP ĐƯỢC, XEM TRANG "{sheet}" ({count})',
        'NOT PLACED, SEE THE SHEET "{sheet}" ({count})',
    ),
    "more": ("và {count} dòng nữa", "and {count} more"),
    "to-fill-in": (
        'Điền tiếp ở trang "{sheet}": {labels}.',
        'Still to be filled in on the sheet "{sheet}": {labels}.',
    ),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return a text of the import in ``lang`` (``vi`` or ``en``)."""
    return filled(WORDS[key], lang, values)


def where(place: Where, lang: str) -> str:
    """Return a place in the document in ``lang``."""
    return word("table-row" if place.table else "text-line", lang, table=place.table, row=place.row)
