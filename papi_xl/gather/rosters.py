"""Reading the list of units that are to report: a text file of commas, semicolons or tabs, or a workbook."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from papi_xl.bounds import Limits, within
from papi_xl.errors import UnreadableWorkbookError, UsageError
from papi_xl.raw import Cell
from papi_xl.read import loaded, read_workbook
from papi_xl.roster import DELIMITERS, Roster, roster, rows_of_csv

TEXTS: Final = frozenset({".csv", ".tsv", ".txt"})


def read_roster(path: Path, limits: Limits) -> Roster:
    """Read a roster; of a workbook the first sheet that has a header row of one.

    Raises:
        UnreadableWorkbookError: as `read.read_workbook`; UsageError: as `roster.roster`.
    """
    refused = UsageError("roster-empty")
    for rows, numbers in _tables(path, limits):
        try:
            return roster(rows, numbers)
        except UsageError as error:
            if error.code != "roster-no-header":
                raise
            refused = error
    raise refused


def _tables(path: Path, limits: Limits) -> Iterator[tuple[Sequence[Sequence[Cell]], Sequence[int] | None]]:
    if path.suffix.lower() not in TEXTS:
        yield from ((sheet.rows, sheet.numbers) for sheet in read_workbook(path, limits).sheets)
        return
    try:
        data = loaded(path, limits)
        lines = max(map(data.count, (b"\n", b"\r"))) + 1
        within(lines, lines + max(map(data.count, DELIMITERS.encode())), limits)
        yield rows_of_csv(data), None
    except UnreadableWorkbookError as error:
        error.values.setdefault("file", path.name)
        raise
