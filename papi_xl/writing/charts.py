"""Native charts over cells of a sheet, in the font of the page and readable in black and white."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.workbook import Workbook

from papi_xl.labels import NO_FIGURE
from papi_xl.looks import FONT

Place = tuple[str, int, int, int, int]
"""Sheet, first row, first column, last row, last column; counted from 0."""
PLOT: Final = {"x": 0.6, "y": 0.13, "width": 0.3, "height": 0.75}
"""Shares of the chart: the names of the domains stand to the left, the longest bar's label to the right."""
_PLOT_BESIDE: Final = {"x": 0.09, "y": 0.15, "width": 0.42, "height": 0.68}
_LEGEND_BESIDE: Final = {"x": 0.54, "y": 0.15, "width": 0.45, "height": 0.75}
_SMALL: Final = {"name": FONT, "size": 9}
_FILL: Final = {"fill": {"color": "#7F7F7F"}, "border": {"color": "#000000"}}
_STROKES: Final = (
    ("#000000", "solid", "circle"), ("#C00000", "dash", "square"), ("#2F5597", "solid", "diamond"),
    ("#548235", "dash", "triangle"), ("#BF8F00", "solid", "x"), ("#7030A0", "dash", "plus"),
    ("#00808A", "solid", "square"), ("#7F7F7F", "round_dot", "circle"),
)  # fmt: skip
"""Colour, dash and marker, so that lines are told apart on black paper too."""


@dataclass(frozen=True)
class Series:
    """Figures in cells and the names that go with them; ``texts`` and ``values`` are what the cells hold."""

    name: str
    categories: Place
    places: Place
    texts: Sequence[str]
    values: Sequence[float | None]


def column_series(
    name: str, sheet: str, place: tuple[int, int, int], texts: Sequence[str], values: Sequence[float | None]
) -> Series:
    """Return a column of figures; ``place`` is its first row, the column of names and its own."""
    first, named, own = place
    last = first + len(texts) - 1
    return Series(name, (sheet, first, named, last, named), (sheet, first, own, last, own), texts, values)


def completion_bars(book: Workbook, title: str, series: Series, plot: dict[str, float] = PLOT) -> Any:  # noqa: ANN401 (XlsxWriter has no types)
    """Return a bar chart of fractions, one bar below the other."""
    drawn = book.add_chart({"type": "bar"})
    labels = [None if value is not None else {"value": NO_FIGURE} for value in series.values]
    label = {"value": True, "num_format": "0%", "font": _SMALL, "custom": labels}
    drawn.add_series({**_data(series), **_FILL, "gap": 60, "data_labels": label})
    _finish(drawn, title)
    drawn.set_legend({"none": True})
    drawn.set_plotarea({"layout": plot})
    drawn.set_x_axis({"min": 0, "max": 1, "major_unit": 0.25, "num_format": "0%", "num_font": _SMALL})
    drawn.set_y_axis({"reverse": True, "crossing": "max", "num_font": {**_SMALL, "size": 8}})
    return drawn


def count_columns(book: Workbook, title: str, series: Series) -> Any:  # noqa: ANN401 (as above)
    """Return a chart of whole numbers, one column beside the other."""
    drawn = book.add_chart({"type": "column"})
    label = {"value": True, "num_format": "0", "font": _SMALL}
    drawn.add_series({**_data(series), **_FILL, "gap": 40, "data_labels": label})
    _finish(drawn, title)
    drawn.set_legend({"none": True})
    drawn.set_x_axis({"num_font": _SMALL})
    drawn.set_y_axis({"min": 0, "num_format": "0", "num_font": _SMALL, "major_gridlines": _GRID})
    return drawn


def share_lines(book: Workbook, title: str, series: Sequence[Series], *, legend_beside: bool) -> Any:  # noqa: ANN401 (as above)
    """Return a chart of fractions over time, a line for each of ``series``, named below or beside it."""
    drawn = book.add_chart({"type": "line"})
    for one, (colour, dash, marker) in zip(series, _STROKES, strict=False):
        line = {"color": colour, "width": 1.75, "dash_type": dash}
        ends = {"type": marker, "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
        drawn.add_series({**_data(one), "line": line, "marker": ends})
    _finish(drawn, title)
    if legend_beside:
        drawn.set_plotarea({"layout": _PLOT_BESIDE})
        drawn.set_legend({"position": "right", "font": _SMALL, "layout": _LEGEND_BESIDE})
    else:
        drawn.set_legend({"position": "bottom", "font": _SMALL})
    drawn.set_x_axis({"num_font": _SMALL})
    drawn.set_y_axis(
        {
            "min": 0,
            "max": 1,
            "major_unit": 0.25,
            "num_format": "0%",
            "num_font": _SMALL,
            "major_gridlines": _GRID,
        }
    )
    return drawn


_GRID: Final = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}


def _data(series: Series) -> dict[str, object]:
    return {
        "name": series.name,
        "categories": list(series.categories),
        "values": list(series.places),
        "categories_data": list(series.texts),
        "values_data": [NO_FIGURE if value is None else value for value in series.values],
    }


def _finish(drawn: Any, title: str) -> None:  # noqa: ANN401 (as above)
    drawn.set_title({"name": title, "name_font": {"name": FONT, "size": 12, "bold": True}})
