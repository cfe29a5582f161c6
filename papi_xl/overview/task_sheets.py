"""The sheets `Nhiệm vụ quá hạn` and `Toàn bộ nhiệm vụ` as data: their columns, and where the rows are."""

from collections.abc import Mapping
from typing import Final

from papi_xl import schema
from papi_xl.consolidated import Consolidated, Line
from papi_xl.labels import labels
from papi_xl.overview import words
from papi_xl.overview.tables import Column, Listing, Row, Section
from papi_xl.overview.units import subtitle
from papi_xl.wording import pick

START: Final = ("unit_code", "unit", "period", "file")
"""The columns that say whose a task is, before those of `schema.TASK_ROW` and `schema.OVERDUE_ROW`."""
_LOOKS: Final[Mapping[str, str]] = {
    "row": "whole", "domain": "whole", "number": "centre", "status": "centre", "percent": "percent",
    "state": "centre", "days_late": "whole", "due": "day",
}  # fmt: skip
WIDTHS: Final[Mapping[str, int]] = {
    "unit_code": 60, "unit": 100, "period": 52, "file": 120, "row": 52, "domain": 36, "number": 40,
    "task": 200, "product": 90, "lead": 76, "partners": 76, "timing": 70, "due": 74, "status": 64,
    "percent": 50, "evidence": 80, "note": 70, "justification": 72, "state": 64, "days_late": 44,
}  # fmt: skip
"""Pixels of the columns."""


def all_tasks(made: Consolidated, beside: str, lang: str) -> Listing:
    """Lay out the sheet `Toàn bộ nhiệm vụ` but for its rows; ``beside`` says where they are if not here."""
    empty = beside if made.total.tasks else pick(words.TASKS_NONE, lang)
    return _listing(words.TASKS_TITLE, schema.TASK_ROW, empty, made, lang)


def overdue(made: Consolidated, beside: str, lang: str) -> Listing:
    """Lay out the sheet `Nhiệm vụ quá hạn` but for its rows; ``beside`` says where they are if not here."""
    empty = beside if made.total.overdue else pick(words.OVERDUE_NONE, lang)
    return _listing(words.OVERDUE_TITLE, schema.OVERDUE_ROW, empty, made, lang)


def notice(count: int, beside: str | None, lang: str) -> str:
    """Return what a sheet says where ``count`` tasks are too many for it, and are in the file ``beside``."""
    shown = f"{count:,}" if lang == "en" else f"{count:,}".replace(",", ".")
    if beside is None:
        return pick(words.TASKS_LEFT_OUT, lang).format(count=shown)
    return pick(words.TASKS_BESIDE, lang).format(count=shown, file=beside)


def start_columns() -> tuple[Column, ...]:
    """Return the columns of `start`, without headers."""
    return tuple(Column("", "text", WIDTHS[key]) for key in START)


def start(line: Line) -> Row:
    """Return the cells that say whose a task is, under the columns `START`."""
    return (line.unit.code, line.unit.name, line.period, line.received.source.name)


def _listing(title: words.Pair, keys: tuple[str, ...], empty: str, made: Consolidated, lang: str) -> Listing:
    columns = tuple(
        Column(_header(key, lang), _LOOKS.get(key, "text"), WIDTHS[key]) for key in (*START, *keys)
    )
    return Listing(pick(title, lang), (subtitle(made, lang),), columns, (Section("", (), empty),))


def _header(key: str, lang: str) -> str:
    if key in schema.BY_KEY:
        return schema.BY_KEY[key].title(lang)
    if key in schema.INFO_BY_KEY:
        return schema.INFO_BY_KEY[key].title(lang)
    pairs = {
        "file": words.FILE, "row": words.ROW, "due": words.DUE, "state": schema.ANNEX_STATE,
        "days_late": schema.ANNEX_DAYS_LATE, "domain": (labels("vi").domain, labels("en").domain),
    }  # fmt: skip
    return pick(pairs[key], lang)
