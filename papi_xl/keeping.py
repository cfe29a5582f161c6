"""A copy of a workbook that remembers the reports sent; all else in it stays byte for byte as it is."""

from collections.abc import Sequence
from typing import Final

from papi_xl import schema, sent
from papi_xl.bounds import Limits
from papi_xl.editing.cells import CellEdit, with_cells
from papi_xl.editing.parts import unpacked
from papi_xl.editing.workbook import MAIN, with_sheet
from papi_xl.errors import UsageError
from papi_xl.read import ZIP_STARTS
from papi_xl.reading.package import Package
from papi_xl.sent import Sent

_EMPTY: Final = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()


def kept_in(data: bytes, reports: Sequence[Sent], file: str, limits: Limits) -> bytes:
    """Return the workbook ``data`` with ``reports`` on the very hidden sheet `schema.SENT`.

    Raises:
        UnreadableWorkbookError: ``damaged``, ``encrypted`` or ``too-large``.
        UsageError: ``keep-not-xlsx`` (``file``), it is a workbook of another kind.
    """
    package = Package(data, limits) if data.startswith(ZIP_STARTS) else None
    if package is None or package.kind() != "xlsx":
        raise UsageError("keep-not-xlsx", file=file)
    cells = {
        (row, column): CellEdit(text)
        for row, texts in enumerate(sent.to_rows(reports), start=1)
        for column, text in enumerate(texts, start=1)
        if text
    }
    return with_sheet(unpacked(package), schema.SENT, with_cells(_EMPTY, cells), state="veryHidden").zipped()
