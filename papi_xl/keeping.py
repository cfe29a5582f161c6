"""A copy of a workbook that remembers the reports sent; all else in it stays byte for byte as it is."""

from collections.abc import Sequence
from typing import Final

from papi_xl import schema, sent
from papi_xl.bounds import Limits
from papi_xl.editing import workbook
from papi_xl.editing.cells import CellEdit, all_stored, with_cells
from papi_xl.editing.parts import Parts, suffix, unpacked
from papi_xl.errors import UsageError
from papi_xl.read import ZIP_STARTS
from papi_xl.reading.package import Package
from papi_xl.sent import Sent

KINDS: Final = frozenset({".xlsx", ".xlsm"})
_EMPTY: Final = f'<worksheet xmlns="{workbook.MAIN}"><sheetData/></worksheet>'.encode()


def kept_in(data: bytes, reports: Sequence[Sent], file: str, limits: Limits) -> bytes:
    """Return the workbook ``data`` with ``reports`` on the very hidden sheet `schema.SENT`.

    Raises:
        UnreadableWorkbookError: ``damaged``, ``encrypted`` or ``too-large``.
        UsageError: ``keep-not-xlsx`` (``file``), it is a workbook of another kind; ``log-not-ours``
            (``sheet``), the user keeps other data under the name of our sheet.
    """
    package = Package(data, limits) if data.startswith(ZIP_STARTS) else None
    parts = unpacked(package) if package and package.kind() == "xlsx" else None
    if parts is None or suffix(parts) not in KINDS:
        raise UsageError("keep-not-xlsx", file=file)
    if _is_own(parts):
        raise UsageError("log-not-ours", sheet=schema.SENT)
    cells = {
        (row, column): CellEdit(text)
        for row, texts in enumerate(sent.to_rows(reports), start=1)
        for column, text in enumerate(texts, start=1)
        if text
    }
    xml = with_cells(_EMPTY, cells)
    return workbook.with_sheet(parts, schema.SENT, xml, state="veryHidden").zipped()


def _is_own(parts: Parts) -> bool:
    """Whether the sheet of our name is one that is shown and holds something that we did not write."""
    sheet = workbook.sheet_named(parts, schema.SENT)
    if sheet is None or sheet.state != "visible":
        return False
    held = all_stored(parts.xml(sheet.part), workbook.shared_strings(parts))
    firsts = {cell.value for (_, column), cell in held.items() if column == 1}
    return bool(held) and not firsts & sent.KINDS
