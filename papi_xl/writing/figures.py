"""Tables of figures on printed sheets: how a figure reads, and headers in one or two rows."""

from collections.abc import Sequence

from papi_xl.labels import NO_FIGURE
from papi_xl.report import HeaderGroup, Value
from papi_xl.writing.paper import Page


def figure_text(value: Value) -> str:
    """Return how a figure reads, for measuring it."""
    if isinstance(value, float):
        return f"{value:.1%}"
    return NO_FIGURE if value is None else str(value)


def percent_format(fraction: float) -> str:
    """Return the number format of a fraction: a decimal only where it is no whole percentage."""
    return "0%" if round(fraction * 1000) % 10 == 0 else "0.0%"


def write_headers(page: Page, groups: Sequence[HeaderGroup], size: int) -> None:
    """Write the two header rows; headers without a group's title stand over both."""
    style = page.styles(font_size=size, bold=True, align="center", valign="vcenter", border=1)
    column = 0
    for group in groups:
        last = column + len(group.headers) - 1
        bottom = page.row if group.title else page.row + 1
        page.sheet.merge_range(page.row, column, bottom, last, "", style)
        page.sheet.write_string(page.row, column, group.title or group.headers[0], style)
        for offset, header in enumerate(group.headers if group.title else ()):
            page.sheet.write_string(page.row + 1, column + offset, header, style)
        column = last + 1
