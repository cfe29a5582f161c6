"""The values of a workbook's sheets, as python-calamine reads them: far faster than all else, and strict."""

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from python_calamine import CalamineWorkbook, SheetMetadata, SheetTypeEnum

from papi_xl.raw import Cell

Rows = list[list[Cell]]
ERRORS_GO_TO: Final = 2


def values(payload: bytes, names: Iterable[str] | None = None) -> list[tuple[SheetMetadata, Rows]] | None:
    """Return the worksheets ``names`` (all of them if ``None``) with rows from A1 on; ``None`` on failure."""
    try:
        with _silence(), CalamineWorkbook.from_filelike(io.BytesIO(payload)) as book:
            return [
                (entry, _filled(book.get_sheet_by_index(index).to_python(skip_empty_area=False)))
                for index, entry in enumerate(book.sheets_metadata)
                if entry.typ == SheetTypeEnum.WorkSheet and (names is None or entry.name in names)
            ]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever this reader stumbles over, the next one tries
        return None
    except BaseException as error:
        # A panic in the reader's Rust code is no Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        return None


@contextmanager
def _silence() -> Iterator[None]:
    """Keep to ourselves what the reader's Rust code prints, past Python, when it panics."""
    try:
        kept = os.dup(ERRORS_GO_TO)
    except OSError:  # a program without a console has nowhere to print to
        yield
        return
    if sys.stderr is not None:
        sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, ERRORS_GO_TO)
        yield
    finally:
        os.dup2(kept, ERRORS_GO_TO)
        os.close(kept)
        os.close(nowhere)


def _filled(rows: list[Any]) -> Rows:
    """Put ``None`` for empty cells, in place: new lists by the hundred thousand would wake the collector."""
    for row in rows:
        if "" in row:
            row[:] = [None if cell == "" else cell for cell in row]
    return rows
