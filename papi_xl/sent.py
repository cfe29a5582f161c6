"""What the last report to the level above said, kept in the workbook, and what has changed since.

It is kept as rows of texts on the very hidden sheet `schema.SENT`; the first cell says what a row is:

- ``sent``: as-of date, period, day made (ISO) - a report; the rows below are its own;
- ``domain``: number (empty for tasks of no known domain), tasks, done, mean progress;
- ``task``: number, text, domain, status, state, progress.
"""

import math
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from papi_xl import attachment
from papi_xl.check import Result
from papi_xl.completion import Figures, added
from papi_xl.digest import in_annex_order
from papi_xl.domains import BY_NUMBER
from papi_xl.raw import Cell
from papi_xl.text import clean, cut, same_keys
from papi_xl.timing import as_date
from papi_xl.vocabulary import State, Status

MOST_TASKS: Final = 5_000
"""A report of more tasks is kept by its figures alone."""
REPORTS_KEPT: Final = 2
"""The last one and the one before, with which it was compared, in case it is made again."""
TEXT_ROOM: Final = 120
NUMBER_ROOM: Final = 20
WIDTH: Final = 7
DIGITS: Final = 6

_REPORT, _DOMAIN, _TASK = "sent", "domain", "task"
KINDS: Final = frozenset({_REPORT, _DOMAIN, _TASK})
_STATUSES: Final = frozenset(map(str, Status))
_STATES: Final = frozenset(map(str, State))


class SentTask(NamedTuple):
    """A task as reported; ``text`` is cut to what tells tasks apart, ``progress`` is a fraction."""

    number: str
    text: str
    domain: int | None
    status: str
    state: str
    progress: float


@dataclass(frozen=True)
class Sent:
    """What a report said: for which day and period, and when it was made.

    ``lines`` has for each domain ``tasks``, ``done``, ``completion`` and ``progress`` and no other figure;
    ``tasks`` is empty where there were more than `MOST_TASKS`.
    """

    as_of: date
    period: str
    made: date
    lines: tuple[Figures, ...]
    tasks: tuple[SentTask, ...]

    @property
    def total(self) -> Figures:
        """The figures of all tasks together."""
        return added(self.lines, None)

    @property
    def is_whole(self) -> bool:
        """Whether every task is kept."""
        return len(self.tasks) == self.total.tasks


@dataclass(frozen=True)
class Changes:
    """What changed from the report ``before`` to the report ``after``; each task stands in one list.

    The lists of tasks are empty where one of the reports does not keep its tasks. ``undone`` were done
    before, ``in_time`` are no longer overdue without being done, ``begun`` were not started or not reported.
    """

    before: Sent
    after: Sent
    done: tuple[SentTask, ...] = ()
    undone: tuple[SentTask, ...] = ()
    overdue: tuple[SentTask, ...] = ()
    in_time: tuple[SentTask, ...] = ()
    begun: tuple[SentTask, ...] = ()
    new: tuple[SentTask, ...] = ()
    dropped: tuple[SentTask, ...] = ()

    @property
    def lines(self) -> tuple[tuple[Figures, Figures], ...]:
        """The domains whose completion changed, before and after."""
        before = {line.domain: line for line in self.before.lines}
        after = {line.domain: line for line in self.after.lines}
        domains = sorted({*before, *after}, key=lambda domain: domain or len(BY_NUMBER) + 1)
        both = [(before.get(one, Figures(one)), after.get(one, Figures(one))) for one in domains]
        return tuple(pair for pair in both if pair[0].completion != pair[1].completion)


def snapshot(result: Result, made: date) -> Sent:
    """Return what the report of a checked workbook says, as made on ``made``.

    Raises:
        UnreadableWorkbookError: ``task-table-missing``, the workbook has no task table.
    """
    period = clean(attachment.known(result).get("period"))
    lines, total = result.figures()
    frame = in_annex_order(result.batch.tasks) if result.batch else None
    rows = frame.itertuples() if frame is not None and total.tasks <= MOST_TASKS else ()
    kept = tuple(_reduced(line) for line in lines if line.tasks)
    return Sent(result.as_of, period, made, kept, tuple(map(_task, rows)))


def earlier(kept: Sequence[Sent], as_of: date) -> Sent | None:
    """Return the last report for a day before ``as_of``: one for the same day is only made again."""
    before = [one for one in kept if one.as_of < as_of]
    return max(before, key=lambda one: one.as_of, default=None)


def keep(kept: Sequence[Sent], new: Sent) -> tuple[Sent, ...]:
    """Return the reports to keep with ``new``: itself, and the one that it follows."""
    before = earlier(kept, new.as_of)
    return (before, new) if before else (new,)


def changes(before: Sent, after: Sent) -> Changes:
    """Return what changed between two reports.

    A task is known by its number and text together, else by its text, else by its number.
    """
    if not (before.is_whole and after.is_whole):
        return Changes(before, after)
    found: dict[str, list[SentTask]] = defaultdict(list)
    for old, new in _paired(before.tasks, after.tasks):
        kind = _change(old, new)
        task = new or old
        if kind and task:
            found[kind].append(task)
    return Changes(before, after, **{kind: tuple(tasks) for kind, tasks in found.items()})


def to_rows(kept: Sequence[Sent]) -> list[list[str]]:
    """Return reports as rows of `WIDTH` texts; reports without any task leave just their first row."""
    return [[*row, *[""] * (WIDTH - len(row))] for one in kept for row in _rows(one)]


def from_rows(rows: Sequence[Sequence[Cell]]) -> tuple[Sent, ...]:
    """Return the reports that rows tell of, the latest last; what is not understood is left out."""
    reports: list[tuple[_Head, list[Figures], list[SentTask]]] = []
    for row in rows:
        kind, *values = [clean(cell) for cell in [*row, *[None] * WIDTH][:WIDTH]]
        if kind == _REPORT:
            reports += [(head, [], []) for head in _heads(values)]
        elif kind == _DOMAIN and reports:
            reports[-1][1].extend(_figures(values))
        elif kind == _TASK and reports:
            reports[-1][2].extend(_tasks(values))
    whole = [Sent(*head, tuple(lines), tuple(tasks)) for head, lines, tasks in reports]
    return tuple(sorted(whole, key=lambda one: one.as_of)[-REPORTS_KEPT:])


class _Head(NamedTuple):
    as_of: date
    period: str
    made: date


def _reduced(line: Figures) -> Figures:
    return _kept_figures(line.domain, line.tasks, line.done, line.progress or 0.0)


def _kept_figures(domain: int | None, tasks: int, done: int, progress: float) -> Figures:
    return Figures(domain, tasks, done=done, completion=done / tasks, progress=round(progress, DIGITS))


def _task(row: Any) -> SentTask:  # noqa: ANN401 (a row of `itertuples`)
    domain = None if math.isnan(row.domain) else int(row.domain)
    number, text = cut(clean(row.number), NUMBER_ROOM), cut(clean(row.task), TEXT_ROOM)
    progress = round(float(row.progress), DIGITS)
    return SentTask(clean(number), clean(text), domain, str(row.status_code), str(row.state), progress)


def _rows(one: Sent) -> Iterator[list[str]]:
    yield [_REPORT, one.as_of.isoformat(), one.period, one.made.isoformat()]
    for line in one.lines:
        yield [_DOMAIN, _domain_text(line.domain), str(line.tasks), str(line.done), repr(line.progress)]
    for task in one.tasks:
        domain = _domain_text(task.domain)
        yield [_TASK, task.number, task.text, domain, task.status, task.state, repr(task.progress)]


def _domain_text(domain: int | None) -> str:
    return "" if domain is None else str(domain)


def _heads(values: Sequence[str]) -> Iterator[_Head]:
    as_of, made = as_date(values[0]), as_date(values[2])
    if as_of:
        yield _Head(as_of, values[1], made or as_of)


def _figures(values: Sequence[str]) -> Iterator[Figures]:
    domain, tasks, done = (_whole(value) for value in values[:3])
    progress = _fraction(values[3])
    if tasks and done is not None and done <= tasks and progress is not None and _is_domain(values[0]):
        yield _kept_figures(domain, tasks, done, progress)


def _tasks(values: Sequence[str]) -> Iterator[SentTask]:
    number, text, domain, status, state, share = values
    progress = _fraction(share)
    if status in _STATUSES and state in _STATES and progress is not None and _is_domain(domain):
        known = cut(number, NUMBER_ROOM), cut(text, TEXT_ROOM)
        yield SentTask(*known, _whole(domain), status, state, progress)


def _is_domain(text: str) -> bool:
    return not text or _whole(text) in BY_NUMBER


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None


def _fraction(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def _paired(
    before: Sequence[SentTask], after: Sequence[SentTask]
) -> Iterator[tuple[SentTask | None, SentTask | None]]:
    """Yield each task of ``after`` with the same one of ``before``, then those of ``before`` left over."""
    partner: dict[int, int] = {}
    left = dict(enumerate(before))
    for old_keys, new_keys in zip(_keys(before), _keys(after), strict=True):
        waiting: dict[str, deque[int]] = defaultdict(deque)
        for index in left:
            waiting[old_keys[index]].append(index)
        for index, key in enumerate(new_keys):
            if key and index not in partner and waiting[key]:
                partner[index] = waiting[key].popleft()
                del left[partner[index]]
    for index, task in enumerate(after):
        yield (before[partner[index]] if index in partner else None), task
    for task in left.values():
        yield task, None


def _keys(tasks: Sequence[SentTask]) -> tuple[list[str], ...]:
    """Return by what tasks are known, one after the other; an empty key is none."""
    numbers = same_keys([task.number for task in tasks]) if tasks else []
    texts = same_keys([task.text for task in tasks]) if tasks else []
    both = [
        f"{number} {text}" if number and text else "" for number, text in zip(numbers, texts, strict=True)
    ]
    return both, texts, numbers


def _change(old: SentTask | None, new: SentTask | None) -> str:
    """Return the list of `Changes` in which a task stands, empty where nothing changed that is told."""
    if old is None or new is None:
        return "dropped" if old else "new"
    if old.state != new.state:
        if new.state == State.DONE:
            return "done"
        if old.state == State.DONE:
            return "undone"
        if new.state == State.OVERDUE:
            return "overdue"
        if old.state == State.OVERDUE:
            return "in_time"
    begun = old.status in {Status.NOT_STARTED, Status.UNREPORTED} and new.status == Status.IN_PROGRESS
    return "begun" if begun else ""
