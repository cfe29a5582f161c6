"""A received workbook as it counts at the level above: from whom, for when, its figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from papi_xl.completion import Figures


class Kind(StrEnum):
    """What a received workbook is."""

    REPORT = "report"
    TEMPLATE = "template"
    TABLE = "table"
    """A table of the unit's own."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was found: its path or address, its name, when it was received, its size in bytes.

    ``received`` is the file's time of modification in local time, whole seconds; ``None`` where the file
    system does not tell.
    """

    path: str
    name: str
    received: datetime | None
    size: int


@dataclass(frozen=True, slots=True)
class Received:
    """One workbook with a task table, its figures computed anew from the rows.

    ``digest`` is the SHA-256 of the file. ``unit``, ``unit_code`` and ``period`` are as the file says, tidy,
    empty where it does not; so is ``year``. ``as_of`` is the day the states were derived for, ``said_as_of``
    the day that the file itself names, ``made`` the day a report was made. ``counts`` are the findings by
    severity (see `check.Result.counts`). ``lines`` are the figures of each domain, ``total`` of all tasks.
    """

    source: Source
    digest: str
    kind: Kind
    unit: str
    unit_code: str
    period: str
    year: int | None
    as_of: date
    said_as_of: date | None
    made: date | None
    counts: Mapping[str, int]
    altered: bool
    lines: tuple[Figures, ...]
    total: Figures

    @property
    def recency(self) -> tuple[date, datetime, str]:
        """What orders workbooks in time: the day made, else received; the time received; the path."""
        arrived = self.source.received or datetime.min
        return self.made or arrived.date(), arrived, self.source.path


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that could not be read: the code and values of its refusal (`errors.PapiError`)."""

    source: Source
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
