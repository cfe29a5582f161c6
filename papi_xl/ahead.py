"""What lies ahead: the order in which to do what is not done, and what falls due by a day to come."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from papi_xl.text import clean
from papi_xl.vocabulary import State, Status

_FIRST_TO_LAST: Final = (
    State.OVERDUE, State.DUE_SOON, State.AS_REPORTED, State.DUE_UNKNOWN, State.CONDITIONAL, State.RECURRING,
)  # fmt: skip
_RANKS: Final = {str(state): rank for rank, state in enumerate(_FIRST_TO_LAST)}
DATED: Final = (State.DUE_SOON, State.AS_REPORTED)
"""The states of what is not done, has a due date and is not overdue."""


class Task(NamedTuple):
    """A task that is not done, as far as people are told of it.

    ``row`` is its row of the sheet, ``full`` holds where it is reported at 100 % all the same; ``due`` and
    ``days_late`` are ``None`` where there are none.
    """

    row: int
    number: str
    name: str
    lead: str
    state: State
    status: Status
    full: bool
    due: date | None
    days_late: int | None


class Step(NamedTuple):
    """A task to be done next, and how many of its domain's tasks are done once it is."""

    task: Task
    done: int


def in_order(tasks: pd.DataFrame) -> pd.DataFrame:
    """Return the tasks that are not done in the order in which to do them.

    What is longest overdue comes first, then what has a due date, the nearest first, then what lacks one,
    waits on a condition, and goes on all the time; equal ones in the order of their numbers, then rows.

    Args:
        tasks: a frame that `completion.derive` has completed.
    """
    left = tasks[(tasks["state"] != State.DONE).to_numpy()]
    ranked = left.assign(rank=left["state"].map(_RANKS))
    return ranked.sort_values(["rank", "due", "order", "row"], na_position="last")


def steps(tasks: pd.DataFrame) -> Iterator[Step]:
    """Yield the steps that bring a domain with these tasks to 100 %."""
    ordered = in_order(tasks)
    for done, task in enumerate(each(ordered), start=len(tasks) - len(ordered) + 1):
        yield Step(task, done)


def coming(tasks: pd.DataFrame, until: date) -> pd.DataFrame:
    """Return the tasks that are not overdue yet and will be when ``until`` has passed, by due date.

    Args:
        tasks: a frame that `completion.derive` has completed.
        until: the last day; a task that is due on it is overdue the day after.
    """
    dated = tasks["state"].isin(DATED).to_numpy()
    by_then = tasks["due"].to_numpy() <= np.datetime64(until)
    return tasks[dated & by_then].sort_values(["due", "order", "row"], na_position="last")


def each(tasks: pd.DataFrame) -> Iterator[Task]:
    """Yield the rows of a frame of tasks that are not done."""
    return map(_task, tasks.itertuples())


def is_reported(tasks: pd.DataFrame) -> bool:
    """Return whether any task has a status; without one nothing is known of what is done."""
    return bool((tasks["status"].to_numpy() != "").any())


def _task(task: Any) -> Task:  # noqa: ANN401 (a row of `itertuples`)
    return Task(
        row=int(task.row),
        number=clean(task.number).rstrip("."),
        name=" ".join(clean(task.task).split()),
        lead=" ".join(clean(task.lead).split()),
        state=State(str(task.state)),
        status=Status(str(task.status_code)),
        full=bool(task.percent_value >= 1),
        due=None if pd.isna(task.due) else task.due.date(),
        days_late=None if pd.isna(task.days_late) else int(task.days_late),
    )
