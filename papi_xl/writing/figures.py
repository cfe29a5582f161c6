"""How figures read on printed sheets."""

from papi_xl.labels import NO_FIGURE
from papi_xl.report import Value


def figure_text(value: Value) -> str:
    """Return how a figure reads, for measuring it."""
    if isinstance(value, float):
        return f"{value:.1%}"
    return NO_FIGURE if value is None else str(value)


def percent_format(fraction: float) -> str:
    """Return the number format of a fraction: a decimal only where it is no whole percentage."""
    return "0%" if round(fraction * 1000) % 10 == 0 else "0.0%"
