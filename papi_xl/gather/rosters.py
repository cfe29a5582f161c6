"""Reading the list of units that are to report: a .csv file or a workbook."""

from pathlib import Path
from typing import Final

from papi_xl import roster
from papi_xl.bounds import Limits
from papi_xl.errors import UnreadableWorkbookError
from papi_xl.read import loaded, read_workbook
from papi_xl.roster import Roster

TEXT: Final = ".csv"


def read_roster(path: Path, limits: Limits) -> Roster:
    """Read a roster; of a workbook the first sheet with a header row of one.

    Raises:
        UnreadableWorkbookError: as `read.read_workbook`; UsageError: as `roster.read`.
    """
    if path.suffix.lower() == TEXT:
        try:
            return roster.read(roster.rows_of_csv(loaded(path, limits)))
        except UnreadableWorkbookError as error:
            error.values.setdefault("file", path.name)
            raise
    sheets = read_workbook(path, limits).sheets
    return roster.read(next((sheet.rows for sheet in sheets if roster.has_header(sheet.rows)), sheets[0].rows))
