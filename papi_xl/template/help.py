"""What helps staff to fill in the template's tables: dropdowns, input messages, colours that mark cells."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from papi_xl import schema
from papi_xl.template.filling import TASK_HEADER_ROW
from papi_xl.template.formulas_rows import HEADING, TASK
from papi_xl.template.helper_rows import LAST_READ, ROLE_NAME, STATE_NAME
from papi_xl.template.styles import Looks
from papi_xl.vocabulary import STATUS_TERMS, State, Status

STATUS_LIST: Final = "dm_TrangThai"
SUGGESTIONS: Final = {
    "product": "dm_SanPham", "lead": "dm_DonVi", "partners": "dm_DonVi", "timing": "dm_ThoiGian",
}  # fmt: skip
FIRST_DAY, LAST_DAY = date(schema.FIRST_YEAR, 1, 1), date(schema.LAST_YEAR, 12, 31)

_FIRST: Final = TASK_HEADER_ROW + 1
_HEADING, _MISSING, _STATE = "heading", "missing", "state"
_MARKS_BY_COLUMNS: Final = (
    (("number",), (_HEADING,)),
    (("task", "product", "lead"), (_MISSING, _HEADING)),
    (("partners",), (_HEADING,)),
    (("timing", "status"), (_MISSING, _HEADING, _STATE)),
    (("percent",), (_HEADING, _STATE)),
    (("evidence", "note", "justification"), (_HEADING,)),
)
"""Which marks columns carry. LibreOffice shows one mark a cell, so no two of these areas overlap."""
_STATES: Final = (State.DONE, State.OVERDUE, State.DUE_SOON, State.DUE_UNKNOWN)


def add_task_validations(sheet: Worksheet, texts: Mapping[str, Any]) -> None:
    """Add dropdowns and input messages to the sheet `Nhiệm vụ`; only the status must be one of its list."""
    for column, key in enumerate(schema.KEYS):
        title, message = texts["messages"][key]
        options: dict[str, Any] = {"validate": "any", "input_title": title, "input_message": message}
        if key == "status":
            options |= {"validate": "list", "source": f"={STATUS_LIST}"} | _alert(texts, key, "stop")
        elif key == "percent":
            options |= {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
            options |= _alert(texts, key, "information")
        elif key in SUGGESTIONS:
            options |= {"validate": "list", "source": f"={SUGGESTIONS[key]}", "show_error": False}
        sheet.data_validation(_FIRST - 1, column, LAST_READ - 1, column, options)


def _alert(texts: Mapping[str, Any], key: str, kind: str) -> dict[str, str]:
    title, message = texts["errors"][key]
    return {"error_type": kind, "error_title": title, "error_message": message}


def add_marks(sheet: Worksheet, looks: Looks) -> None:
    """Mark rows and cells of the sheet `Nhiệm vụ` by what they mean; of several marks the first shows."""
    role, state = f"INDEX({ROLE_NAME},ROW())", f"INDEX({STATE_NAME},ROW())"
    last = xl_col_to_name(len(schema.COLUMNS) - 1)
    for keys, kinds in _MARKS_BY_COLUMNS:
        columns = [schema.KEYS.index(key) for key in keys]
        cell = f"{xl_col_to_name(columns[0])}{_FIRST}"
        rules = []
        if _MISSING in kinds:
            rules.append((f'AND({role}={TASK},LEN(TRIM({cell}&""))=0)', "missing"))
        if _HEADING in kinds:
            rules.append((f"{role}={HEADING}", "heading"))
        if _STATE in kinds:
            rules += [(f'{state}="{name}"', str(name)) for name in _STATES]
            rules.append((_is_paused(), "paused"))
        rules.append((f"COUNTA($A{_FIRST}:${last}{_FIRST})>0", "filled"))
        for criteria, name in rules:
            options = {"type": "formula", "criteria": f"={criteria}", "format": looks.mark(name)}
            sheet.conditional_format(_FIRST - 1, columns[0], LAST_READ - 1, columns[-1], options)


def _is_paused() -> str:
    letter = xl_col_to_name(schema.KEYS.index("status"))
    paused = STATUS_TERMS[Status.PAUSED]
    names = (f'TRIM(${letter}{_FIRST}&"")="{name}"' for name in (paused.vi, *paused.synonyms))
    return f"OR({','.join(names)})"


def add_side_validations(
    sheet: Worksheet, texts: Mapping[str, Any], headers: Sequence[str], rows: tuple[int, int]
) -> None:
    """Add dropdowns and input messages to the columns of a side table, from row to row (0-based)."""
    for column, header in enumerate(headers):
        title, message = texts["messages"][header]
        options: dict[str, Any] = {"validate": "any", "input_title": title, "input_message": message}
        if header in texts["dropdowns"]:
            options |= {"validate": "list", "source": f"={texts['dropdowns'][header]}", "show_error": False}
        elif header in texts["dates"]:
            options |= {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
            options |= {"error_type": "information", "error_title": title, "error_message": message}
        sheet.data_validation(rows[0], column, rows[1], column, options)
