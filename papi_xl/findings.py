"""Findings: which rule, where, which value. Text is made at the edge by `wording`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from papi_xl.references import column_letters


class Severity(StrEnum):
    """How bad a finding is; only errors keep a workbook from being summarized."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    ``row`` and ``column`` are 1-based, both ``None`` for a finding about the whole workbook. ``fix``
    is what to put into the cell where one safe value is known. ``values`` fill the rule's wording.
    ``doc`` is the index of the workbook among those checked together.
    """

    rule: str
    severity: Severity
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    value: object = None
    fix: str | None = None
    justified: bool = False
    values: Mapping[str, object] = field(default_factory=dict)
    doc: int = 0

    @property
    def cell(self) -> str | None:
        """The cell in A1 form, ``None`` for a finding about the whole workbook."""
        if self.row is None or self.column is None:
            return None
        return f"{column_letters(self.column)}{self.row}"
