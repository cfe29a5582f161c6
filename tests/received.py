"""Received workbooks and rosters built by hand, as a folder at the level above would hold them."""

from collections.abc import Mapping
from datetime import date, datetime

from papi_xl.completion import Figures, added
from papi_xl.consolidated import Unit
from papi_xl.received import Kind, Received, Rejected, Source
from papi_xl.roster import Roster

AS_OF = date(2021, 6, 30)
ON_TIME = datetime(2021, 7, 1, 8, 0, 0)


def source(path: str, received: datetime | None = ON_TIME) -> Source:
    """Return a file in the folder."""
    return Source(path, path.rpartition("/")[2], received, 20_000)


def figures(domain: int, tasks: int, done: int, overdue: int = 0) -> Figures:
    """Return the figures of a domain whose tasks are done, overdue, or else under way and in time."""
    return Figures(
        domain, tasks=tasks, done=done, in_progress=tasks - done, overdue=overdue,
        as_reported=tasks - done - overdue, completion=done / tasks, progress=done / tasks,
    )  # fmt: skip


def received(  # noqa: PLR0913 (a fact each)
    path: str,
    unit: str = "",
    code: str = "",
    *,
    period: str = "Quý II/2021",
    year: int | None = 2021,
    came: datetime | None = ON_TIME,
    made: date | None = None,
    as_of: date = AS_OF,
    errors: int = 0,
    altered: bool = False,
    domains: Mapping[int, tuple[int, int]] | None = None,
) -> Received:
    """Return a report of 4 tasks of domain 3, 1 of them done, unless ``domains`` gives (tasks, done)."""
    counted = domains or {3: (4, 1)}
    lines = tuple(figures(n, *counted[n]) if n in counted else Figures(n) for n in range(1, 9))
    return Received(
        source=source(path, came),
        digest=path,
        kind=Kind.REPORT,
        unit=unit,
        unit_code=code,
        period=period,
        year=year,
        as_of=as_of,
        said_as_of=as_of,
        made=made,
        counts={"error": errors, "warning": 0, "info": 0, "justified": 0},
        altered=altered,
        lines=lines,
        total=added(lines, None),
    )


def rejected(path: str) -> Rejected:
    """Return a file that is damaged."""
    return Rejected(source(path), "damaged", {"file": path})


def roster(*units: Unit) -> Roster:
    """Return the roster of ``units``."""
    return Roster(units)
