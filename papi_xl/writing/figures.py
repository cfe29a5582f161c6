"""How figures read on printed sheets."""

from papi_xl.labels import NO_FIGURE
from papi_xl.report import Value
from papi_xl.writing.paper import Page


def figure_text(value: Value) -> str:
    """Return how a figure reads, for measuring it."""
    if isinstance(value, float):
        return f"{value:.1%}"
    return NO_FIGURE if value is None else str(value)


def percent_format(fraction: float) -> str:
    """Return the number format of a fraction: a decimal only where it is no whole percentage."""
    return "0%" if round(fraction * 1000) % 10 == 0 else "0.0%"


def write_number(page: Page, column: int, value: object, look: dict[str, object], whole: str = "0") -> bool:
    """Write a figure into the row of ``page`` if it is a number; return whether it is.

    A fraction shows as a percentage, a whole number in the format ``whole``.
    """
    if not isinstance(value, int | float):
        return False
    form = percent_format(value) if isinstance(value, float) else whole
    page.sheet.write_number(page.row, column, value, page.styles(**look, num_format=form))
    return True
