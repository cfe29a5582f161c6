"""What mending and moving say, once in each language (Vietnamese, English)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from papi_xl import schema
from papi_xl.mending.case import Broken, Kind, titles_of
from papi_xl.moving.parts import Stray, Why
from papi_xl.moving.run import Moved
from papi_xl.references import column_letters
from papi_xl.template.filling import Leftover
from papi_xl.wording import filled, pick


@dataclass(frozen=True)
class Mended:
    """What came of mending.

    ``content`` is the workbook, ``None`` where nothing was broken; ``broken`` is what was put back,
    ``strays`` what found no place and is listed, ``computed`` the formulas of which only the value was kept,
    as (sheet, row, column). ``rebuilt`` says that the workbook was made anew, since its format could not be
    kept: of other sheets only the values are there, among the strays. ``suffix`` is its name's end, ``noted``
    are the columns whose values became lines of the notes, ``converted`` counts texts that came in the code
    of an old font. ``anew`` are the sheets of the workbook that look as the template's do again.
    """

    content: bytes | None
    broken: tuple[Broken, ...]
    strays: tuple[Stray, ...]
    computed: tuple[tuple[str, int, int], ...]
    rebuilt: bool = False
    suffix: str = ".xlsx"
    noted: tuple[str, ...] = ()
    converted: int = 0
    anew: tuple[str, ...] = ()


RESTORED: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.SHEET: ('trang "{sheet}" (đã bị xóa)', 'the sheet "{sheet}", which was deleted'),
    Kind.SHEET_NAME: (
        'tên trang "{sheet}" (đã bị đổi thành "{what}")',
        'the name of the sheet "{sheet}", which was called "{what}"',
    ),
    Kind.RECORD: ("thông tin ẩn của biểu mẫu", "the template's hidden record"),
    Kind.VERSION: ("biểu mẫu bản cũ {what}", "the template of an old version {what}"),
    Kind.NAME: ('ô có tên ở trang "{sheet}": {what}', 'named cells of "{sheet}": {what}'),
    Kind.WORDS: (
        'chữ có sẵn của trang "{sheet}" ({count} ô)',
        'words of the sheet "{sheet}" ({count} cell(s))',
    ),
    Kind.HEADER_ROW: ('hàng tiêu đề của trang "{sheet}"', 'the header row of "{sheet}"'),
    Kind.HEADER: ('tiêu đề cột {what} ở trang "{sheet}"', 'headers of "{sheet}": {what}'),
    Kind.ORDER: ('thứ tự các cột ở trang "{sheet}"', 'the order of the columns of "{sheet}"'),
    Kind.TABLE: ('bảng (Table) của trang "{sheet}"', 'the table of "{sheet}"'),
    Kind.TABLE_RANGE: ('vùng của bảng (Table) ở trang "{sheet}"', 'the range of the table of "{sheet}"'),
    Kind.LISTS: (
        'danh sách chọn, giới hạn nhập ở trang "{sheet}", {what} ({count} ô)',
        'dropdowns and limits of "{sheet}", {what} ({count} cell(s))',
    ),
    Kind.COLOURS: (
        'màu tự động ở trang "{sheet}", {what} ({count} ô)',
        'automatic colours of "{sheet}", {what} ({count} cell(s))',
    ),
    Kind.FORMATS: (
        'kiểu dữ liệu của ô ở trang "{sheet}", {what} ({count} ô)',
        'number formats of "{sheet}", {what} ({count} cell(s))',
    ),
    Kind.LOOKS: (
        'phông chữ, khung và xuống dòng ở trang "{sheet}", {what} ({count} ô)',
        'fonts, borders and wrapping of "{sheet}", {what} ({count} cell(s))',
    ),
    Kind.FORMULAS: (
        'công thức của trang "{sheet}" ({count} ô)',
        'formulas of the sheet "{sheet}" ({count} cell(s))',
    ),
    Kind.PROTECTION: ('bảo vệ trang "{sheet}"', 'the protection of the sheet "{sheet}"'),
    Kind.MERGED: (
        'ô gộp ở trang "{sheet}" được tách ra ({count} vùng)',
        'merged cells of "{sheet}" taken apart ({count} area(s))',
    ),
    Kind.HIDDEN_ROWS: (
        'dòng bị ẩn ở trang "{sheet}" được hiện lại ({count} dòng)',
        'hidden rows of "{sheet}" shown ({count})',
    ),
    Kind.HIDDEN_COLUMNS: (
        'cột bị ẩn ở trang "{sheet}" được hiện lại: {what}',
        'hidden columns of "{sheet}" shown: {what}',
    ),
    Kind.CHART: ('biểu đồ của trang "{sheet}"', 'the chart of "{sheet}"'),
}

WHY: Final[Mapping[Why, tuple[str, str]]] = {
    Why.OTHER_SHEET: ("Trang này không có trong biểu mẫu.", "The template has no such sheet."),
    Why.NO_TASK: (
        "Không phải dòng nhiệm vụ (tiêu đề, ghi chú, tổng cộng, chữ ký…).",
        "No row of a task: a title, note, total, signature…",
    ),
    Why.OUTSIDE: ("Nằm ngoài các ô của biểu mẫu.", "It stands outside the template's cells."),
}

SAID: Final[Mapping[str, tuple[str, str]]] = {
    "restored": ("Đã phục hồi: {what}.", "Put back: {what}."),
    "whole": (
        "{file}: biểu còn nguyên vẹn, không có gì phải phục hồi. Không ghi tệp nào.",
        "{file}: nothing is broken, so nothing was put back and no file was written.",
    ),
    "rebuilt": (
        "Loại tệp này không sửa tại chỗ được nên biểu được dựng lại thành .xlsx: số liệu giữ đủ; định dạng, "
        "hình và biểu đồ của các trang khác không chuyển sang được.",
        "A file of this kind cannot be mended in place, so the template was made anew as .xlsx: all values "
        "are kept; formats, pictures and charts of other sheets are not.",
    ),
    "anew": (
        "Trở về như biểu mẫu, kể cả màu tô, độ rộng cột và mật khẩu tự đặt: trang {what}.",
        "As the template has them again, fills, column widths and passwords of your own included: {what}.",
    ),
    "leftovers": (
        'Chưa xếp được {count} ô, xem ở trang "{sheet}".',
        '{count} cell(s) found no place; see the sheet "{sheet}".',
    ),
    "computed": (
        "Công thức ở {count} ô được thay bằng giá trị: {cells}.",
        "The formulas of {count} cell(s) became values: {cells}.",
    ),
    "values-only": (
        "Chỉ giữ giá trị; công thức trong tệp cũ (nếu có) không chuyển sang.",
        "Only values are kept; formulas of the old file, if any, are not.",
    ),
    "moved": (
        "Đã chuyển {tasks} nhiệm vụ và tên lĩnh vực, {others} dòng của các bảng khác.",
        "Moved {tasks} task(s) and headings, {others} row(s) of other tables.",
    ),
    "noted": (
        "Cột không có trong biểu mẫu, đã ghi vào cột Ghi chú: {what}.",
        "Columns that the template does not have, kept in the notes: {what}.",
    ),
    "unmerged": (
        "Ô gộp được tách ra ({count} vùng), mỗi dòng một giá trị.",
        "Merged cells were taken apart ({count} area(s)); each row has the value.",
    ),
    "converted": (
        "Chữ phông cũ (.Vn…, VNI) ở {count} ô được chuyển sang Unicode.",
        "Texts in old fonts (.Vn…, VNI) became Unicode in {count} cell(s).",
    ),
    "all-columns": ("mọi cột", "all columns"),
    "some-columns": ("cột {what}", "{what}"),
    "cells-more": ("{cells}… và {count} ô nữa", "{cells}… and {count} more"),
}
BY_COLUMN: Final = frozenset({Kind.LISTS, Kind.COLOURS, Kind.FORMATS, Kind.LOOKS})
"""What is said column by column."""
SHOWN: Final = 5
"""So many cells are named."""


def said(key: str, lang: str, **values: object) -> str:
    """Return a text of `SAID` in ``lang`` (``vi`` or ``en``)."""
    return filled(SAID[key], lang, values)


def restored(broken: Broken, lang: str) -> str:
    """Return the line that says what was put back."""
    english = {column.header: column.english for column in schema.COLUMNS} if lang == "en" else {}
    sign = " → " if broken.kind is Kind.VERSION else ", "
    what = sign.join(english.get(one, one) for one in broken.what)
    if broken.kind in BY_COLUMN:
        whole = len(broken.what) == len(titles_of(broken.sheet))
        what = said("all-columns" if whole else "some-columns", lang, what=what)
    text = pick(RESTORED[broken.kind], lang).format(sheet=broken.sheet, what=what, count=broken.count)
    return said("restored", lang, what=text)


def leftover(stray: Stray, lang: str) -> Leftover:
    """Return the line of the sheet of leftovers for a cell that found no place."""
    where = f"{stray.sheet}!{column_letters(stray.column)}{stray.row}"
    return Leftover(where, stray.said, pick(WHY[stray.why], lang))


def computed(cells: Sequence[tuple[str, int, int]], lang: str) -> str:
    """Return the line that says which formulas became values."""
    shown = ", ".join(f"{sheet}!{column_letters(column)}{row}" for sheet, row, column in cells[:SHOWN])
    if len(cells) > SHOWN:
        shown = said("cells-more", lang, cells=shown, count=len(cells) - SHOWN)
    return said("computed", lang, count=len(cells), cells=shown)


def told(file: str, made: Mended, lang: str) -> list[str]:
    """Return what to say of a mended workbook, line by line; ``file`` is its name."""
    if made.content is None:
        return [said("whole", lang, file=file)]
    lines = [restored(one, lang) for one in made.broken]
    if made.rebuilt:
        lines += [said("rebuilt", lang), said("values-only", lang)]
    if made.anew:
        lines.append(said("anew", lang, what=", ".join(made.anew)))
    lines += [*_noted(made.noted, lang), *_converted(made.converted, lang)]
    return [*lines, *_left(made.strays, made.computed, lang)]


def told_moved(found: Moved, lang: str) -> list[str]:
    """Return what to say of a workbook that was moved into the template, line by line."""
    filling = found.filling
    tasks = sum(any(row.values()) for row in filling.tasks)
    others = sum(
        any(cell is not None for cell in row)
        for rows in (filling.supervision, filling.communication, filling.difficulties)
        for row in rows
    )
    lines = [said("moved", lang, tasks=tasks, others=others)]
    lines += _noted(tuple(found.tasks.noted) if found.tasks else (), lang)
    if found.tasks and found.tasks.unmerged:
        lines.append(said("unmerged", lang, count=len(found.tasks.unmerged)))
    if found.tasks and found.tasks.table.sheet.formulas is None:
        lines.append(said("values-only", lang))
    lines += _converted(sum(found.converted.values()), lang)
    return [*lines, *_left(found.strays, found.computed, lang)]


def _noted(titles: Sequence[str], lang: str) -> list[str]:
    return [said("noted", lang, what=", ".join(titles))] if titles else []


def _converted(count: int, lang: str) -> list[str]:
    return [said("converted", lang, count=count)] if count else []


def _left(strays: Sequence[Stray], cells: Sequence[tuple[str, int, int]], lang: str) -> list[str]:
    lines = [computed(cells, lang)] if cells else []
    if strays:
        lines.append(said("leftovers", lang, count=len(strays), sheet=schema.LEFTOVERS))
    return lines
