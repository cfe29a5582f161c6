"""Defects planted in the worked example: what is changed where, and the finding it must give."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from papi_xl import schema
from papi_xl.raw import Area
from papi_xl.template.filling import TASK_HEADER_ROW, Filling, Row, cell_of

_AREA = re.compile(r"([A-Z])(\d+)(?::([A-Z])(\d+))?")


@dataclass(frozen=True)
class Defect:
    """A line of ``defects.csv``.

    ``rule``, ``sheet``, ``cell`` (empty for the whole workbook) and ``justified`` are the finding; ``rule``
    is empty where an edit only prepares another. ``edit`` names the change, ``at`` its place (a cell or
    range of the sheet `Nhiệm vụ`, or the key of a field of `Thông tin`) and ``value`` what is put there;
    ``edit`` is empty for what the example has anyway.
    """

    rule: str
    sheet: str
    cell: str
    justified: bool
    edit: str
    at: str
    value: str


def plant(filling: Filling, defect: Defect) -> Filling:
    """Return ``filling`` with the edit of ``defect`` made."""
    return _EDITS[defect.edit](filling, defect)


def _nothing(filling: Filling, _defect: Defect) -> Filling:
    return filling


def _version(filling: Filling, defect: Defect) -> Filling:
    return replace(filling, template_version=defect.value)


def _info(filling: Filling, defect: Defect) -> Filling:
    return replace(filling, info={**filling.info, defect.at: cell_of(defect.value)})


def _merge(filling: Filling, defect: Defect) -> Filling:
    return replace(filling, merges=(*filling.merges, _area(defect.at)))


def _hide(filling: Filling, defect: Defect) -> Filling:
    area = _area(defect.at)
    return replace(filling, hidden_rows=filling.hidden_rows | set(range(area.top, area.bottom + 1)))


def _font(filling: Filling, defect: Defect) -> Filling:
    area = _area(defect.at)
    return replace(filling, fonts={**filling.fonts, (area.top, area.left): defect.value})


def _set(filling: Filling, defect: Defect) -> Filling:
    area, value = _area(defect.at), cell_of(defect.value)
    changed = dict.fromkeys(schema.KEYS[area.left - 1 : area.right], value)

    def edited(row: Row, sheet_row: int) -> Row:
        return {**row, **changed} if area.top <= sheet_row <= area.bottom else row

    rows = enumerate(filling.tasks, start=TASK_HEADER_ROW + 1)
    return replace(filling, tasks=tuple(edited(row, sheet_row) for sheet_row, row in rows))


def _area(address: str) -> Area:
    """Return the area of ``B5`` or ``B5:C6``."""
    found = _AREA.fullmatch(address)
    if not found:
        raise ValueError(address)
    left, top, right, bottom = found.groups()
    return Area(int(top), ord(left) - 64, int(bottom or top), ord(right or left) - 64)


_EDITS: Final[Mapping[str, Callable[[Filling, Defect], Filling]]] = {
    "": _nothing, "set": _set, "info": _info, "merge": _merge, "hide": _hide, "version": _version,
    "font": _font,
}  # fmt: skip
