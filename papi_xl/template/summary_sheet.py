"""The sheet `Tổng hợp` of the template: figures per domain by native formulas, and their chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name

from papi_xl import schema
from papi_xl.completion import Figures
from papi_xl.domains import DOMAINS
from papi_xl.labels import NO_FIGURE
from papi_xl.looks import FONT, TABLE_SIZE
from papi_xl.raw import Cell
from papi_xl.template.book import TemplateSheet
from papi_xl.template.formulas_rows import STATUS_NUMBERS
from papi_xl.template.helper_rows import AS_OF, LAST_READ, Lists, write_reading
from papi_xl.template.styles import READ_ONLY, Looks
from papi_xl.vocabulary import STATE_TERMS, State, Status, status_name
from papi_xl.writing import layout
from papi_xl.writing.paper import BASE_SIZE, add_sheet

HEADER_ROW: Final = 6
FIRST_ROW: Final = HEADER_ROW + 1
"""Row of domain 1; the others follow, then tasks of no known domain (empty without any), then the total."""
UNKNOWN_ROW: Final = FIRST_ROW + len(DOMAINS)
TOTAL_ROW: Final = UNKNOWN_ROW + 1
AS_OF_CELL: Final = "C3"
STATES: Final = tuple(state for state in State if state is not State.DONE)
SHARES: Final = ("completion", "progress")
FIGURE_KEYS: Final[tuple[str, ...]] = ("tasks", *map(str, STATUS_NUMBERS), *SHARES, *map(str, STATES))
COLUMN_BY_FIGURE: Final = {key: xl_col_to_name(column) for column, key in enumerate(FIGURE_KEYS, start=2)}
"""The column of each figure, by the names of `completion.Figures`."""
UNKNOWN: Final = 0

_NOTE_ROW: Final = TOTAL_ROW + 1
_CHART_ROW: Final = _NOTE_ROW + 1
_CHART_HEIGHT: Final = 336
_LAST_PRINTED_ROW: Final = _CHART_ROW + 17
_WIDTHS: Final = (32, 240, 64, 64, 70, 70, 64, 70, 68, 68, 70, 64, 64, 68, 68, 64)
_LAST: Final = len(_WIDTHS) - 1
_UNIT, _PERIOD = (schema.INFO_BY_KEY[key].name for key in ("unit", "period"))
_SUBTITLE: Final = f'={_UNIT}&IF({_PERIOD}="",""," – Kỳ báo cáo: "&{_PERIOD})'

Line = Mapping[str, float | int | None]
Shown = Mapping[int | None, Line]
"""Figures by domain number: 1 to 8, 0 for tasks of no known domain, ``None`` for the total."""


@dataclass(frozen=True)
class _Sheet:
    """The sheet being written, and what its parts need."""

    sheet: TemplateSheet
    looks: Looks
    texts: Mapping[str, Any]
    ranges: Mapping[str, str]
    figures: Shown


def shown(lines: Sequence[Figures], total: Figures) -> Shown:
    """Return the figures of `completion.figures` in the form that `write_summary_sheet` wants."""
    by_domain: dict[int | None, Line] = {figures.domain or UNKNOWN: _line(figures) for figures in lines}
    return {**by_domain, None: _line(total)}


def _line(figures: Figures) -> Line:
    return {key: _rounded(getattr(figures, key)) for key in FIGURE_KEYS}


def _rounded(figure: float | None) -> float | int | None:
    """Return a share without the last digits, which differ from computer to computer."""
    return round(figure, 10) if isinstance(figure, float) else figure


def write_summary_sheet(
    looks: Looks, texts: Mapping[str, Any], lists: Lists, info: Mapping[str, Cell], figures: Shown | None
) -> None:
    """Write the sheet; ``figures`` are kept with the formulas for viewers that do not calculate."""
    sheet = add_sheet(looks.book, schema.SUMMARY)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column_pixels(column, column, width)
    ranges = write_reading(sheet, looks, lists, len(_WIDTHS))
    parts = _Sheet(sheet, looks, texts, ranges, figures or {})
    _write_titles(parts, info)
    _write_headers(parts)
    for domain in DOMAINS:
        row = FIRST_ROW + domain.number - 1
        sheet.write_number(row - 1, 0, domain.number, looks("count"))
        sheet.write_string(row - 1, 1, domain.vi, looks("name"))
        _write_line(parts, row, domain.number)
        sheet.set_row(row - 1, layout.row_height([domain.vi], _WIDTHS[1:2], TABLE_SIZE))
    _write_unknown_and_total(parts)
    _add_chart(parts)
    sheet.print_area(0, 0, _LAST_PRINTED_ROW - 1, _LAST)
    sheet.fit_to_pages(1, 1)
    sheet.protect("", READ_ONLY)


def _write_titles(parts: _Sheet, info: Mapping[str, Cell]) -> None:
    sheet, looks, texts = parts.sheet, parts.looks, parts.texts
    sheet.merge_range(0, 0, 0, _LAST, texts["title"], looks("title"))
    sheet.merge_range(1, 0, 1, _LAST, "", looks("subtitle"))
    period = f" – Kỳ báo cáo: {info['period']}" if info.get("period") else ""
    sheet.write_formula(1, 0, _SUBTITLE, looks("subtitle"), f"{info.get('unit') or ''}{period}")
    sheet.write_string(2, 1, texts["as_of"], looks("as_of_label"))
    sheet.merge_range(2, 2, 2, 4, "", looks("as_of"))
    sheet.write_formula(AS_OF_CELL, f"={AS_OF}", looks("as_of"), _serial(info.get("as_of")))
    beyond = LAST_READ + 1
    rest = f"INDEX('{schema.TASKS}'!$A:$A,{beyond}):INDEX('{schema.TASKS}'!$B:$B,1048576)"
    warning = texts["beyond"].format(row=beyond)
    sheet.write_formula(3, 0, f'=IF(COUNTA({rest})>0,"{warning}","")', looks("warning"), "")


def _serial(day: Cell) -> int | str:
    """Return ``day`` as a spreadsheet counts days."""
    return (day - date(1899, 12, 30)).days if isinstance(day, date) else ""


def _write_headers(parts: _Sheet) -> None:
    sheet, looks, texts = parts.sheet, parts.looks, parts.texts
    statuses = [status_name(status, "vi") for status in STATUS_NUMBERS]
    headers = [texts["number"], texts["domain"], texts["tasks"], *statuses]
    headers += [texts[key] for key in SHARES] + [STATE_TERMS[state].vi for state in STATES]
    states_at = len(headers) - len(STATES)
    above = HEADER_ROW - 2
    sheet.merge_range(above, 3, above, 2 + len(statuses), texts["by_status"], looks("group"))
    sheet.merge_range(above, states_at, above, _LAST, texts["by_state"], looks("group"))
    sheet.set_row(above, layout.row_height([texts["by_state"]], [sum(_WIDTHS[states_at:])], TABLE_SIZE))
    for column, header in enumerate(headers):
        sheet.write_string(HEADER_ROW - 1, column, header, looks("head"))
    sheet.set_row(HEADER_ROW - 1, layout.row_height(headers, _WIDTHS, TABLE_SIZE, bold=True))


def _write_unknown_and_total(parts: _Sheet) -> None:
    sheet, looks, texts = parts.sheet, parts.looks, parts.texts
    sheet.write_blank(UNKNOWN_ROW - 1, 0, None, looks("count"))
    name = texts["unknown"] if parts.figures.get(UNKNOWN) else ""
    formula = f'=IF($C${UNKNOWN_ROW}="","","{texts["unknown"]}")'
    sheet.write_formula(UNKNOWN_ROW - 1, 1, formula, looks("name"), name)
    _write_line(parts, UNKNOWN_ROW, UNKNOWN)
    sheet.write_blank(TOTAL_ROW - 1, 0, None, looks("total_count"))
    sheet.write_string(TOTAL_ROW - 1, 1, texts["total"], looks("total_name"))
    _write_line(parts, TOTAL_ROW, None)
    sheet.merge_range(_NOTE_ROW - 1, 0, _NOTE_ROW - 1, _LAST, texts["note"], looks("hint"))
    sheet.set_row(_NOTE_ROW - 1, layout.text_height(texts["note"], sum(_WIDTHS), BASE_SIZE) + 6)


def _write_line(parts: _Sheet, row: int, domain: int | None) -> None:
    line = parts.figures.get(domain, {})
    for key, letter in COLUMN_BY_FIGURE.items():
        look = ("total_" if domain is None else "") + ("share" if key in SHARES else "count")
        cached = line.get(key, "")
        formula = f"={_formula(parts.ranges, key, row, domain)}"
        parts.sheet.write_formula(
            f"{letter}{row}", formula, parts.looks(look), NO_FIGURE if cached is None else cached
        )


def _formula(ranges: Mapping[str, str], key: str, row: int, domain: int | None) -> str:
    """Return the formula of one figure, without the equals sign."""
    if key in SHARES:
        figure = _share(ranges, key, row, domain)
    elif domain is None:
        letter = COLUMN_BY_FIGURE[key]
        figure = f"SUM({letter}{FIRST_ROW}:{letter}{UNKNOWN_ROW})"
    else:
        figure = f"COUNTIFS({ranges['domain']},{domain}{_criterion(ranges, key)})"
    if domain == UNKNOWN:
        return f'IF(COUNTIFS({ranges["domain"]},{UNKNOWN})=0,"",{figure})'
    return figure


def _share(ranges: Mapping[str, str], key: str, row: int, domain: int | None) -> str:
    tasks, done = f"${COLUMN_BY_FIGURE['tasks']}{row}", f"${COLUMN_BY_FIGURE[Status.DONE]}{row}"
    total = f"SUM({ranges['progress']})"
    if domain is not None:
        total = f"SUMIFS({ranges['progress']},{ranges['domain']},{domain})"
    return f'IF({tasks}=0,"{NO_FIGURE}",{done if key == SHARES[0] else total}/{tasks})'


def _criterion(ranges: Mapping[str, str], key: str) -> str:
    if key in STATES:
        return f',{ranges["state"]},"{key}"'
    return f",{ranges['status']},{STATUS_NUMBERS[Status(key)]}" if key != "tasks" else ""


def _add_chart(parts: _Sheet) -> None:
    first, last = FIRST_ROW - 1, UNKNOWN_ROW - 2
    column = 2 + FIGURE_KEYS.index(SHARES[0])
    font = {"name": FONT, "size": 10}
    chart = parts.looks.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": parts.texts["completion"],
            "categories": [schema.SUMMARY, first, 1, last, 1],
            "values": [schema.SUMMARY, first, column, last, column],
            "fill": {"color": "#4472C4"},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0%", "font": font},
        }
    )
    chart.set_title({"name": parts.texts["chart"], "overlay": False, "name_font": {**font, "size": 13}})
    chart.set_legend({"none": True})
    chart.set_x_axis({"min": 0, "max": 1, "num_format": "0%", "num_font": font})
    chart.set_y_axis({"reverse": True, "num_font": font})
    chart.set_size({"width": sum(_WIDTHS), "height": _CHART_HEIGHT})
    parts.sheet.insert_chart(_CHART_ROW - 1, 0, chart, {"object_position": 2})
