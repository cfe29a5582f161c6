"""Build what is kept beside the sources: templates, example, defects, add-ins of Excel and LibreOffice."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from papi_xl import addin, extension, files, schema
from papi_xl.check import check
from papi_xl.legacy import Run, as_meant, encoding_of_font
from papi_xl.raw import Cell, RawSheet, RawWorkbook
from papi_xl.template import sources, summary_sheet
from papi_xl.template.filling import TASK_HEADER_ROW, Filling
from papi_xl.template.summary_sheet import Shown
from papi_xl.template.workbook import write_template
from papi_xl.text import shown

WORKBOOKS: Final[Mapping[str, Callable[[], Filling]]] = {
    "papi_template.xlsx": sources.plan,
    "papi_template_blank.xlsx": sources.blank,
    "papi_example.xlsx": sources.example,
    "papi_defects.xlsx": sources.defects,
}


AS_OF: Final = date(2021, 6, 30)
"""The as-of date of the example, and of the defects workbook, which lacks one on purpose."""


def build(folder: Path | None = None) -> list[Path]:
    """Write every workbook of `WORKBOOKS` and both add-ins into ``folder`` (`workbooks` if not given).

    Returns:
        The files written, in order.

    Raises:
        OutputError: the folder does not take a file.
        PapiError: ``sources-missing``, the text sources are not there; ``build-package-missing``, pyOpenVBA
            is not installed. Nothing is written then.
    """
    place = sources.folder() if folder is None else folder
    addins = {schema.ADDIN: addin.package(), schema.EXTENSION: extension.package()}
    written = []
    for name, filling in WORKBOOKS.items():
        filled = filling()
        write_template(place / name, filled, figures_of(filled))
        written.append(place / name)
    for name, content in addins.items():
        files.write_whole(place / name, content)
        written.append(place / name)
    return written


def figures_of(filling: Filling, today: date = AS_OF) -> Shown:
    """Return the figures that the sheet `Tổng hợp` shows for ``filling``.

    ``today`` is the as-of date where the filling names none.
    """
    result = check(raw_workbook(filling), as_of=None, today=today)
    return summary_sheet.shown(*result.figures())


def raw_workbook(filling: Filling) -> RawWorkbook:
    """Return what reading the sheet `Nhiệm vụ` of the written workbook would give."""
    rows: list[list[Cell]] = [[column.header for column in schema.COLUMNS]]
    rows += [[row.get(key) for key in schema.KEYS] for row in filling.tasks]
    numbers = range(TASK_HEADER_ROW, TASK_HEADER_ROW + len(rows))
    sheet = RawSheet(schema.TASKS, rows, numbers, merges=filling.merges)
    old = {
        place: [Run(encoding_of_font(font), shown(sheet.cell(*place)))]
        for place, font in filling.fonts.items()
    }
    return RawWorkbook("", (as_meant(sheet, old),), info=filling.info)
