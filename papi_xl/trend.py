"""Figures of many workbooks taken together, period by period, and what changed at a unit between two."""

from collections.abc import Callable, Mapping, Sequence

from papi_xl.completion import Figures, added
from papi_xl.consolidated import Change, Line, PeriodFigures
from papi_xl.domains import BY_NUMBER
from papi_xl.received import Received
from papi_xl.vocabulary import State

StatesOf = Callable[[Received], Mapping[str, str]]
"""Gives the states of a workbook's tasks: task key → `vocabulary.State`."""


def figures(period: str, lines: Sequence[Line]) -> PeriodFigures:
    """Return the figures of counted workbooks, each of another unit, taken together.

    All eight domains come first; one with ``domain`` None follows only where a workbook has it.
    """
    parts: dict[int | None, list[Figures]] = {number: [] for number in BY_NUMBER}
    for line in lines:
        for part in line.received.lines:
            parts.setdefault(part.domain, []).append(part)
    domains = tuple(added(parts[domain], domain) for domain in parts)
    return PeriodFigures(period, len(lines), domains, added([line.received.total for line in lines], None))


def change(before: Line, now: Line, states_of: StatesOf) -> Change:
    """Return what changed at a unit from one counted workbook to the next."""
    old, new = states_of(before.received), states_of(now.received)
    return Change(
        unit=now.unit,
        before=before,
        now=now,
        newly_done=_newly(State.DONE, old, new),
        newly_overdue=_newly(State.OVERDUE, old, new),
        added=len(new.keys() - old.keys()),
        dropped=len(old.keys() - new.keys()),
    )


def _newly(state: State, old: Mapping[str, str], new: Mapping[str, str]) -> int:
    """Return how many tasks are in a state that were there before and not in it."""
    return sum(now == state and old.get(key, state) != state for key, now in new.items())
