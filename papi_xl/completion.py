"""The state of each task on the as-of date, and completion and progress per domain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from math import fsum
from typing import Any, Final

import numpy as np
import pandas as pd

from papi_xl.domains import DOMAINS
from papi_xl.timing import Kind
from papi_xl.vocabulary import State, Status

SOON_DAYS: Final = 7
MOST_SOON_DAYS: Final = 366
ONE_DAY: Final = np.timedelta64(86400, "s")
_STATUSES: Final = tuple(Status)
_STATES: Final = tuple(State)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one domain, or of all tasks together (``domain`` None).

    The five status counts add up to ``tasks``, and so do ``done`` and the six states from ``recurring``
    on. ``completion`` (done ÷ tasks) and ``progress`` (mean percent) are fractions, ``None`` without tasks.
    """

    domain: int | None
    tasks: int = 0
    done: int = 0
    in_progress: int = 0
    not_started: int = 0
    paused: int = 0
    unreported: int = 0
    recurring: int = 0
    overdue: int = 0
    due_soon: int = 0
    due_unknown: int = 0
    conditional: int = 0
    as_reported: int = 0
    completion: float | None = None
    progress: float | None = None


COUNTS: Final = tuple(entry.name for entry in fields(Figures) if entry.type is int)
"""The names of the figures that count tasks."""


def derive(
    tasks: pd.DataFrame, as_of: date | np.ndarray[Any, Any], soon_days: int = SOON_DAYS
) -> pd.DataFrame:
    """Return ``tasks`` with ``state``, ``days_late`` (NaN unless overdue) and ``progress`` (a fraction).

    The one place that derives a task's state; the first case that holds counts.

    Args:
        tasks: the frame of `parse.build`: ``status_code``, ``kind``, ``due``, ``percent_value`` are read.
        as_of: the as-of date, or one for each task.
        soon_days: a task due within so many days is due soon.
    """
    due = tasks["due"].to_numpy()
    today = np.asarray(as_of, dtype="datetime64[s]")
    done = (tasks["status_code"] == Status.DONE).to_numpy()
    undated = np.isnat(due)
    cases: Mapping[State, Any] = {
        State.DONE: done,
        State.RECURRING: (tasks["kind"] == Kind.RECURRING).to_numpy(),
        State.CONDITIONAL: undated & (tasks["kind"] == Kind.CONDITIONAL).to_numpy(),
        State.DUE_UNKNOWN: undated,
        State.OVERDUE: due < today,
        State.DUE_SOON: due <= today + soon_days * ONE_DAY,
    }
    state = np.select(list(cases.values()), [str(name) for name in cases], str(State.AS_REPORTED))
    percent = tasks["percent_value"].to_numpy()
    overdue = state == State.OVERDUE
    days_late = np.full(len(tasks), np.nan)
    days_late[overdue] = (np.broadcast_to(today, due.shape)[overdue] - due[overdue]) // ONE_DAY
    return tasks.assign(
        state=pd.Series(state, dtype=object, index=tasks.index),
        days_late=days_late,
        progress=np.where(np.isnan(percent), done.astype(float), percent),
    )


def figures(tasks: pd.DataFrame) -> tuple[tuple[Figures, ...], Figures]:
    """Return the figures of each domain and of the total, over a frame that `derive` has completed.

    All eight domains come first; one with ``domain`` None follows only for tasks of no known domain.
    """
    codes = tasks["domain"].fillna(0).to_numpy().astype(np.int64)
    lines = tuple(_count(tasks[codes == domain.number], domain.number) for domain in DOMAINS)
    unknown = tasks[codes == 0]
    return (*lines, *([_count(unknown, None)] if len(unknown) else [])), _count(tasks, None)


def added(parts: Sequence[Figures], domain: int | None) -> Figures:
    """Return the figures of ``parts`` taken together: counts add up, progress is over tasks."""
    counts = {name: sum(getattr(part, name) for part in parts) for name in COUNTS}
    total = counts["tasks"]
    if not total:
        return Figures(domain)
    done = fsum(part.progress * part.tasks for part in parts if part.progress is not None)
    return Figures(domain, **counts, completion=counts["done"] / total, progress=done / total)


def _count(tasks: pd.DataFrame, domain: int | None) -> Figures:
    total = len(tasks)
    if not total:
        return Figures(domain)
    statuses = tasks["status_code"].value_counts()
    states = tasks["state"].value_counts()
    counts = {str(code): int(statuses.get(code, 0)) for code in _STATUSES}
    counts |= {str(code): int(states.get(code, 0)) for code in _STATES if code is not State.DONE}
    return Figures(
        domain,
        total,
        **counts,
        completion=counts["done"] / total,
        progress=float(tasks["progress"].mean()),
    )
