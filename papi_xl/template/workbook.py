"""Write the template workbook, filled as asked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from papi_xl import files, schema
from papi_xl.raw import Cell
from papi_xl.template import lists, pages, sources, tables
from papi_xl.template.book import TemplateBook
from papi_xl.template.filling import Filling, Leftover
from papi_xl.template.styles import Looks
from papi_xl.template.summary_sheet import Shown, write_summary_sheet
from papi_xl.writing.paper import WORKBOOK_OPTIONS

__all__ = ["Filling", "Shown", "template_bytes", "write_template"]

CREATED: Final = datetime(2021, 1, 1)


def write_template(path: Path, filling: Filling, figures: Shown | None = None) -> None:
    """Write the template to ``path``, replacing a file that is there; equal input gives equal parts.

    Args:
        path: the .xlsx file to write.
        filling: what goes into its tables.
        figures: the figures that the formulas of `Tổng hợp` will give, kept with them for viewers that do
            not calculate (see `summary_sheet.shown`); without them those cells show empty there.

    Raises:
        OutputError: ``output-unwritable``, the folder does not take the file; nothing is left behind then.
        PapiError: ``sources-missing``, the text sources are not there.
    """
    files.write_whole(path, template_bytes(filling, figures))


def template_bytes(filling: Filling, figures: Shown | None = None) -> bytes:
    """Return the content of the file that `write_template` writes.

    Raises:
        PapiError: ``sources-missing``, the text sources are not there.
    """
    stream = BytesIO()
    with TemplateBook(stream, WORKBOOK_OPTIONS) as book:
        book.set_properties({"title": "PAPI", "author": "papi_xl", "created": CREATED})
        looks, texts = Looks(book), sources.texts()
        pages.write_guide(looks, sources.guide(), filling.template_version)
        pages.write_info(looks, texts["info"], filling.info)
        tables.write_tasks(looks, texts["tasks"], filling)
        for key, sheet in (
            ("supervision", schema.SUPERVISION),
            ("communication", schema.COMMUNICATION),
            ("difficulties", schema.DIFFICULTIES),
        ):
            tables.write_side(looks, texts[key], sheet, getattr(filling, key))
        write_summary_sheet(looks, texts["summary"], lists.status_lists(), filling.info, figures)
        pages.write_findings(looks, texts["findings"])
        if filling.leftovers:
            pages.write_leftovers(looks, texts["leftovers"], filling.leftovers)
        lists.write_lists(looks, texts["lists"], _lists(filling))
        _write_meta(book.add_worksheet(schema.META), filling)
        for name, rows in filling.kept.items():
            _write_kept(book.add_worksheet(name), rows, looks("text"))
    return stream.getvalue()


def leftovers_bytes(leftovers: Sequence[Leftover]) -> bytes:
    """Return the content of a workbook of nothing but the sheet of leftovers; raises as `template_bytes`."""
    stream = BytesIO()
    with TemplateBook(stream, WORKBOOK_OPTIONS) as book:
        book.set_properties({"created": CREATED})
        pages.write_leftovers(Looks(book), sources.texts()["leftovers"], leftovers)
    return stream.getvalue()


def _lists(filling: Filling) -> list[Mapping[str, Any]]:
    """Return the suggestion lists, those that staff lengthened as they did."""
    return [{**one, "values": filling.lists.get(one["name"], one["values"])} for one in sources.lists()]


def _write_kept(sheet: Worksheet, rows: Sequence[Sequence[Cell]], look: Format) -> None:
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            tables.write_cell(sheet, row, column, cell, look)
    sheet.very_hidden()


def _write_meta(sheet: Worksheet, filling: Filling) -> None:
    as_of = filling.info.get("as_of")
    values = {
        **{key: str(filling.info.get(key) or "") for key in ("unit", "unit_code", "year", "period")},
        "kind": schema.KIND_TEMPLATE,
        "template_version": filling.template_version,
        "as_of": as_of.isoformat() if isinstance(as_of, date) else "",
    }
    values = {**filling.carried, **values}
    for row, key in enumerate(dict.fromkeys((*schema.META_KEYS, *values))):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, values.get(key, ""))
    sheet.very_hidden()
