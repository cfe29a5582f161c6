"""What the level above holds once the received workbooks are put together: frozen data, in no language."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from papi_xl.completion import Figures
from papi_xl.received import Received, Rejected


class UnitState(StrEnum):
    """How a received workbook stands; the first that holds, from the end of this list upwards.

    Figures of `SUPERSEDED` and `UNIDENTIFIED` workbooks count nowhere.
    """

    OK = "ok"
    LATE = "late"
    ERRORS = "errors"
    ALTERED = "altered"
    SUPERSEDED = "superseded"
    UNIDENTIFIED = "unidentified"


COUNTED = frozenset({UnitState.OK, UnitState.LATE, UnitState.ERRORS, UnitState.ALTERED})


class Doubt(StrEnum):
    """Why a workbook is not taken to be any unit's."""

    UNNAMED = "unnamed"
    """It names neither a unit nor a code."""
    NEAR = "near"
    """Its name is only like that of a unit of the roster."""
    SEVERAL = "several"
    """Several units have its name."""
    CONFLICT = "conflict"
    """Its code is one unit's and its name another's."""
    UNKNOWN = "unknown"
    """The roster has no such unit."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: of the roster, else as the files name it. ``due`` is the day by which its file is expected."""

    code: str
    name: str
    email: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One received workbook and what became of it.

    ``unit`` is whose it is (for an unidentified one what the file says); ``period`` the period that it counts
    for, as people write it, ``assumed`` where the file names none. ``candidates`` are the units that an
    unidentified one may be of. ``late`` holds also where ``state`` says something worse.
    """

    unit: Unit
    received: Received
    period: str
    state: UnitState
    assumed: bool = False
    late: bool = False
    doubt: Doubt | None = None
    candidates: tuple[Unit, ...] = ()

    @property
    def counted(self) -> bool:
        """Whether the figures count."""
        return self.state in COUNTED


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """All counted workbooks of a period together: how many units, figures per domain and in total."""

    period: str
    units: int
    lines: tuple[Figures, ...]
    total: Figures


@dataclass(frozen=True, slots=True)
class Change:
    """What changed at a unit since the period before: how many tasks are newly done, overdue, there, gone."""

    unit: Unit
    before: Line
    now: Line
    newly_done: int
    newly_overdue: int
    added: int
    dropped: int


@dataclass(frozen=True)
class Consolidated:
    """The received workbooks put together for one ``period`` (empty where no file names any).

    ``lines`` lists every workbook that could be read: those of the period first, then of earlier and later
    ones, the latest first, within a period by unit (in the roster's order, else by name), counted ones first.
    ``missing`` are units of the roster without a counted workbook for the period. ``domains`` and ``total``
    add up the counted workbooks of the period. ``trend`` has the figures of each period up to this one,
    ascending, and ``changes`` those of the units that also reported the period before.
    """

    period: str
    lines: tuple[Line, ...]
    missing: tuple[Unit, ...]
    rejected: tuple[Rejected, ...]
    domains: tuple[Figures, ...]
    total: Figures
    trend: tuple[PeriodFigures, ...]
    changes: tuple[Change, ...]
    has_roster: bool = False

    @cached_property
    def counted(self) -> tuple[Line, ...]:
        """The workbooks that the figures are made of."""
        return tuple(line for line in self.lines if line.counted and line.period == self.period)
