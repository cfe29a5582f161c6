"""The sheets of the consolidated workbook, with prototypes where `writing.streamed` puts the long rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.workbook import Workbook

from papi_xl import schema
from papi_xl.labels import labels
from papi_xl.overview import words
from papi_xl.overview.tables import Column, Listing, Table
from papi_xl.overview.trend import Share, Trend
from papi_xl.overview.units import Overview
from papi_xl.wording import pick
from papi_xl.writing import layout, streamed
from papi_xl.writing.charts import Series, column_series, completion_bars, count_columns, share_lines
from papi_xl.writing.fitting import SIZE
from papi_xl.writing.long import Content, finished, write_listing, write_long, write_title
from papi_xl.writing.paper import Page, Styles, add_sheet
from papi_xl.writing.tables import write_short

_NAME: Final = 1
_UNIT_NAME: Final = 2
_CHART_COLUMN: Final = 8
"""The column right of the short tables, where charts begin."""
_GAP: Final = 8
_BAR: Final = 15
"""Pixels of a unit's bar."""
_AROUND_BARS: Final = 85
_ABOVE_BARS: Final = 40
_LEAST_CHART: Final = 300
_MOST_CHART: Final = 605
"""Pixels that fit on a page."""
_LINES: Final = 300
_LEFT_CHART: Final = 0.38


@dataclass(frozen=True)
class Sheets:
    """The workbook that the sheets are added to, and its language."""

    book: Workbook
    styles: Styles
    lang: str

    def page(self, name: str, columns: Sequence[Column], *short: Table) -> Page:
        """Add a sheet with such columns, no narrower than a word of a header, also of ``short`` tables."""
        widths = [max(column.width, _header_width(column)) for column in columns]
        for table in short:
            for index, column in enumerate(table.columns[_NAME + 1 :], start=_NAME + 2):
                widths[index] = max(widths[index], _header_width(column))
        return Page(add_sheet(self.book, name), self.styles, widths)


def _header_width(column: Column) -> float:
    return layout.widest_word(column.header, SIZE, bold=True)


def write_overview(sheets: Sheets, shown: Overview) -> streamed.Filling:
    """Add the sheet `Tổng hợp`."""
    page = sheets.page(schema.SUMMARY, shown.units.columns, shown.domains)
    write_title(page, shown.title, (shown.subtitle, *shown.notes))
    _write_domains(sheets, page, shown.domains)
    if shown.spread:
        _write_spread(sheets, page, shown.spread)
        return finished(page, write_long(page, shown.units))
    place = _keep_bars(page, len(shown.units.rows))
    tables = write_long(page, shown.units)
    if tables:
        _add_bars(sheets, page, place, shown.units, tables[0].first)
    return finished(page, tables)


def write_list(sheets: Sheets, name: str, listing: Listing, contents: Sequence[Content]) -> streamed.Filling:
    """Add a sheet that is one long table; ``contents`` are the rows of its sections."""
    return write_listing(sheets.page(name, listing.columns), listing, contents)


def write_trend(sheets: Sheets, shown: Trend) -> streamed.Filling:
    """Add the sheet `Diễn biến`."""
    page = sheets.page(schema.TREND, shown.changes.columns, shown.periods)
    write_title(page, shown.title, (shown.note,))
    first = write_short(page, shown.periods)
    page.space(_GAP)
    page.keep_together(_LINES * layout.POINTS_PER_PIXEL)
    middle = layout.split_columns(page.widths, _LEFT_CHART)
    for pair, shares, columns, beside in (
        (words.TREND_CHART, shown.shares, (0, middle), False),
        (words.DOMAIN_CHART, shown.domain_shares, (middle + 1, page.last), True),
    ):
        title = pick(pair, sheets.lang)
        lines = [_column(schema.TREND, shown.periods, share, first) for share in shares]
        drawn = share_lines(sheets.book, title, lines, legend_beside=beside)
        _insert(page, drawn, (page.row, *columns), _LINES, title)
    page.space(_LINES * layout.POINTS_PER_PIXEL)
    page.space(_GAP)
    tables = write_long(page, shown.changes)
    return finished(page, tables)


def _write_domains(sheets: Sheets, page: Page, domains: Table) -> None:
    """Write the figures of the domains, with their chart to the right."""
    top, left = page.row, page.left
    first = write_short(page, domains, total=True)
    height = (left - page.left) / layout.POINTS_PER_PIXEL
    known = [row for row in domains.rows if row[0]]
    title = labels(sheets.lang).chart
    bars = _column(schema.SUMMARY, domains, (_completion(domains), title), first, len(known))
    drawn = completion_bars(sheets.book, title, bars)
    _insert(page, drawn, (top, _CHART_COLUMN, page.last), max(height, _LEAST_CHART), title)
    page.space(max(_LEAST_CHART - height, 0) * layout.POINTS_PER_PIXEL + _GAP)


def _write_spread(sheets: Sheets, page: Page, spread: Table) -> None:
    """Write how many units are how far, with their chart to the right."""
    page.keep_together(_LEAST_CHART * layout.POINTS_PER_PIXEL)
    top, left = page.row, page.left
    first = write_short(page, spread)
    height = (left - page.left) / layout.POINTS_PER_PIXEL
    title = pick(words.SPREAD_CHART, sheets.lang)
    drawn = count_columns(sheets.book, title, _column(schema.SUMMARY, spread, (2, title), first))
    _insert(page, drawn, (top, _CHART_COLUMN - 2, page.last), _LEAST_CHART, title)
    page.space(max(_LEAST_CHART - height, 0) * layout.POINTS_PER_PIXEL + _GAP)


def _keep_bars(page: Page, units: int) -> int:
    """Keep room for the chart of the units; return its row."""
    if units:
        height = _bars_height(units) * layout.POINTS_PER_PIXEL
        page.keep_together(height)
        row = page.row
        while height > 0:
            page.space(min(height, layout.MAX_ROW_HEIGHT))
            height -= layout.MAX_ROW_HEIGHT
        page.space(_GAP)
        return row
    return page.row


def _bars_height(units: int) -> int:
    return min(_AROUND_BARS + _BAR * units, _MOST_CHART)


def _bars_plot(units: int) -> dict[str, float]:
    """Return where the bars stand in their chart: below the title, right of the names, above the axis."""
    whole = _bars_height(units)
    return {"x": 0.34, "y": _ABOVE_BARS / whole, "width": 0.6, "height": 1 - _AROUND_BARS / whole}


def _add_bars(sheets: Sheets, page: Page, row: int, units: Table, first: int) -> None:
    rows = list(units.rows)
    column = _completion(units)
    title = pick(words.UNIT_CHART, sheets.lang)
    texts, values = [str(row[_UNIT_NAME]) for row in rows], [_share(row[column]) for row in rows]
    bars = column_series(title, schema.SUMMARY, (first, _UNIT_NAME, column), texts, values)
    drawn = completion_bars(sheets.book, title, bars, _bars_plot(len(rows)))
    _insert(page, drawn, (row, 0, page.last), _bars_height(len(rows)), title)


def _completion(table: Table) -> int:
    """Return the column of completion: the last but one."""
    return len(table.columns) - 2


def _column(sheet: str, table: Table, share: Share, first: int, count: int | None = None) -> Series:
    """Return a column of figures of a short table, its second column being their names."""
    index, name = share
    rows = [*table.rows][:count]
    texts, values = [str(row[_NAME]) for row in rows], [_share(row[index]) for row in rows]
    return column_series(name, sheet, (first, _NAME, index + 1), texts, values)


def _share(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _insert(page: Page, drawn: Any, place: tuple[int, int, int], height: float, said: str) -> None:  # noqa: ANN401 (XlsxWriter has no types)
    """Put a chart at a place: its row, its first and last column."""
    row, first, last = place
    width = layout.spread(page.widths, first, last) - _GAP
    drawn.set_size({"width": width, "height": height - _GAP})
    options = {"x_offset": _GAP / 2, "y_offset": _GAP / 2, "object_position": 2, "description": said}
    page.sheet.insert_chart(row, first, drawn, options)
