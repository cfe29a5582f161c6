"""Rules about cells as such: error values, untidy text, merged and hidden cells."""

from collections.abc import Callable, Iterator

import numpy as np

from papi_xl import schema
from papi_xl import text as texts
from papi_xl.columns import Column
from papi_xl.parse import Batch, Document
from papi_xl.raw import Area
from papi_xl.references import column_letters
from papi_xl.rules.base import ERROR, INFO, WARNING, Hit, header, heading_hits, hits, rule


@rule("formula-error", ERROR)
def formula_error(batch: Batch) -> Iterator[Hit]:
    """No cell shows an error value.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | Đang thực hiện
    Fails at G2:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | !#REF!
    """
    for key in schema.KEYS:
        yield from hits(batch, batch.cells[key].errors, key)
        yield from heading_hits(batch, batch.heading_cells[key].errors, key)


@rule("text-legacy-font", WARNING, fixable=True)
def text_legacy_font(batch: Batch) -> Iterator[Hit]:
    """No text is kept in the code of an old Vietnamese font (TCVN3 `.Vn…` or VNI).

    Passes:
        @font B2:F3=.VnTime
        3.1. | Thông báo | Văn bản ½ ngày | Trường MN | | Thường xuyên
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | Quý II/2021
    Fails at B2, F2:
        @font B2=.VnTime F2=VNI-Times
        3.1. | Th«ng b¸o | Văn bản | Trường MN | | Thöôøng xuyeân
    """
    justified = _justified_rows(batch)
    for index, doc in enumerate(batch.docs):
        sheet = doc.table.sheet
        for (row, column), text in sheet.legacy.items():
            meant = str(sheet.cell(row, column))
            yield Hit(index, row, column, value=text, fix=meant, justified=(index, row) in justified)
        for key, text in doc.info_legacy.items():
            if key in doc.info_cells and doc.info_cells[key][0] != sheet.name:
                name, row, column = doc.info_cells[key]
                yield Hit(index, row, column, value=text, fix=str(doc.info[key]), sheet=name)


@rule("text-not-normalised", INFO, fixable=True)
def text_not_normalised(batch: Batch) -> Iterator[Hit]:
    """Text has composed accents, single plain spaces and none at its ends.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at B2, D2:
        3.1. | Thông  báo | Văn bản | «Trường MN » | | Thường xuyên
    """
    for key in schema.KEYS:
        column, headings = batch.cells[key], batch.heading_cells[key]
        yield from hits(batch, column.untidy, key, fix=_tidied(column))
        yield from heading_hits(batch, headings.untidy, key, fix=_tidied(headings))


@rule("merged-cells", WARNING)
def merged_cells(batch: Batch) -> Iterator[Hit]:
    """No merged range covers cells of task rows; titles and headings are free.

    Passes:
        @merge A2:F2
        III. Trách nhiệm giải trình với người dân
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at D2:
        @merge D2:D3
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
        3.2. | Họp phụ huynh | Văn bản | | | Thường xuyên
    """
    rows = batch.tasks["row"].to_numpy()
    for index, (doc, span) in enumerate(zip(batch.docs, batch.spans(), strict=True)):
        left, right = min(doc.table.columns.values()), max(doc.table.columns.values())
        for merge in doc.table.sheet.merges:
            first, last = np.searchsorted(rows[span], (merge.top, merge.bottom + 1))
            if first < last and merge.left <= right and merge.right >= left and _holds_data(doc, merge):
                yield Hit(index, merge.top, merge.left, values={"area": _name(merge)})


@rule("hidden-rows", WARNING)
def hidden_rows(batch: Batch) -> Iterator[Hit]:
    """No task row and no column of the table is hidden.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at E1, A3:
        @hide 3 4 E
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
        3.3. | Hòm thư góp ý | Văn bản | Trường MN | | Thường xuyên
    """
    rows = batch.tasks["row"].tolist()
    for index, (doc, span) in enumerate(zip(batch.docs, batch.spans(), strict=True)):
        column = doc.table.columns.get("number", doc.table.first)
        for first, last in _hidden_blocks(doc, rows[span]):
            what = ("row", {"number": first}) if first == last else ("rows", {"first": first, "last": last})
            yield Hit(index, first, column, values={"what": what})
        for key, hidden in doc.table.columns.items():
            if hidden in doc.table.sheet.hidden_columns:
                named = ("column", {"header": header(key)})
                yield Hit(index, doc.table.header_row, hidden, values={"what": named})


def _justified_rows(batch: Batch) -> set[tuple[int, int]]:
    """Return the document and sheet row of each task with a justification."""
    tasks = batch.tasks[batch.cells["justification"].filled]
    return set(zip(tasks["doc"].tolist(), tasks["row"].tolist(), strict=True))


def _tidied(column: Column) -> Callable[[int], str]:
    return lambda index: texts.tidy(column.cells[index])


def _holds_data(doc: Document, merge: Area) -> bool:
    """Whether a merged range holds anything; what it holds stands in its first cell."""
    return bool(texts.content(doc.table.sheet.cell(merge.top, merge.left)))


def _hidden_blocks(doc: Document, task_rows: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last task row of each run of hidden rows."""
    hidden = doc.table.sheet.hidden_rows
    block: list[int] = []
    for row in task_rows if hidden else ():
        if row in hidden and block and not all(between in hidden for between in range(block[-1], row)):
            yield block[0], block[-1]
            block = []
        if row in hidden:
            block.append(row)
    if block:
        yield block[0], block[-1]


def _name(area: Area) -> str:
    first = f"{column_letters(area.left)}{area.top}"
    return f"{first}:{column_letters(area.right)}{area.bottom}"
