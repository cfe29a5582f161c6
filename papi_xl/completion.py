"""The state of each task on the as-of date, and completion and progress per domain."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import fsum
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from papi_xl.domains import DOMAINS
from papi_xl.timing import Kind
from papi_xl.vocabulary import State, Status

SOON_DAYS: Final = 7
MOST_SOON_DAYS: Final = 366
ONE_DAY: Final = np.timedelta64(86400, "s")
Integers = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]

_STATUSES: Final = tuple(Status)
_STATES: Final = tuple(State)


class Figures(NamedTuple):
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


COUNTS: Final = tuple(name for name, kind in Figures.__annotations__.items() if kind is int)
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
    return _figures(tasks, np.zeros(len(tasks), dtype=np.int64), 1)[0]


def figures_of_each(tasks: pd.DataFrame, documents: int) -> list[tuple[tuple[Figures, ...], Figures]]:
    """Return the figures of each of so many documents, as `figures` does for all tasks together."""
    return _figures(tasks, tasks["doc"].to_numpy(), documents)


def added(parts: Sequence[Figures], domain: int | None) -> Figures:
    """Return the figures of ``parts`` taken together: counts add up, progress is over tasks."""
    counts = {name: sum(getattr(part, name) for part in parts) for name in COUNTS}
    total = counts["tasks"]
    if not total:
        return Figures(domain)
    done = fsum(part.progress * part.tasks for part in parts if part.progress is not None)
    return Figures(domain, **counts, completion=counts["done"] / total, progress=done / total)


def _figures(tasks: pd.DataFrame, owner: Integers, owners: int) -> list[tuple[tuple[Figures, ...], Figures]]:
    """Count the tasks of each owner by domain (0 for none, and one more for all), status and state."""
    places = len(DOMAINS) + 2
    domain = tasks["domain"].fillna(0).to_numpy().astype(np.int64)
    cells = np.concatenate([owner * places + domain, owner * places + places - 1])

    def tally(weights: np.ndarray[Any, Any]) -> Floats:
        both = np.concatenate([weights, weights])
        return np.bincount(cells, both, minlength=owners * places).reshape(owners, places).astype(np.float64)

    status, state = tasks["status_code"].to_numpy(), tasks["state"].to_numpy()
    columns = [tally(np.ones(len(tasks)))]
    columns += [tally(status == code) for code in _STATUSES]
    columns += [tally(state == code) for code in _STATES if code is not State.DONE]
    counts = np.stack(columns, axis=-1).astype(np.int64).tolist()
    progress = tally(tasks["progress"].to_numpy()).tolist()
    return [_lines(*one) for one in zip(counts, progress, strict=True)]


def _lines(counts: list[list[int]], progress: list[float]) -> tuple[tuple[Figures, ...], Figures]:
    domains = [None, *(domain.number for domain in DOMAINS), None]
    unknown, *known, total = map(_line, domains, counts, progress)
    return (*known, *([unknown] if unknown.tasks else [])), total


def _line(domain: int | None, counts: list[int], progress: float) -> Figures:
    given = dict(zip(COUNTS, counts, strict=True))
    tasks = given["tasks"]
    if not tasks:
        return Figures(domain)
    return Figures(domain, **given, completion=given["done"] / tasks, progress=progress / tasks)
