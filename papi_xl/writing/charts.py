"""Native charts over cells of a sheet, in the font of the page and readable in black and white."""

from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.workbook import Workbook

from papi_xl.labels import NO_FIGURE
from papi_xl.looks import FONT

Place = Sequence[str | int]
"""Sheet, first row, first column, last row, last column; counted from 0."""
_PLOT: Final = {"x": 0.6, "y": 0.13, "width": 0.3, "height": 0.75}
"""Shares of the chart: the names of the domains stand to the left, the longest bar's label to the right."""


def completion_bars(
    book: Workbook, title: str, categories: Place, places: Place, values: Sequence[float | None]
) -> Any:  # noqa: ANN401 (XlsxWriter has no types)
    """Return a bar chart of fractions, one bar below the other; ``values`` are what the cells hold."""
    drawn = book.add_chart({"type": "bar"})
    font = {"name": FONT, "size": 9}
    labels = [None if value is not None else {"value": NO_FIGURE} for value in values]
    drawn.add_series(
        {
            "name": title,
            "categories": categories,
            "values": places,
            "fill": {"color": "#7F7F7F"},
            "border": {"color": "#000000"},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0%", "font": font, "custom": labels},
        }
    )
    drawn.set_title({"name": title, "name_font": {"name": FONT, "size": 12, "bold": True}})
    drawn.set_legend({"none": True})
    drawn.set_plotarea({"layout": _PLOT})
    drawn.set_x_axis({"min": 0, "max": 1, "major_unit": 0.25, "num_format": "0%", "num_font": font})
    drawn.set_y_axis({"reverse": True, "crossing": "max", "num_font": {**font, "size": 8}})
    return drawn
