"""The tasks of many workbooks as rows made ready for the consolidated workbook: each distinct text once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd

from papi_xl import schema, values
from papi_xl.overview.task_sheets import WIDTHS
from papi_xl.parse import Batch
from papi_xl.remaining import state_name
from papi_xl.text import cleaned
from papi_xl.vocabulary import State
from papi_xl.writing import fitting
from papi_xl.writing.cells import columns_joined, day_cell, number_cell, text_cell

Fragments = Sequence[str]
Made = TypeVar("Made")


def all_tasks(batch: Batch, lang: str) -> list[str]:
    """Return for each document its tasks, in the order of its rows, with the columns of `schema.TASK_ROW`.

    The batch must have states (`check.with_states`).
    """
    return list(_rows(batch, schema.TASK_ROW, np.ones(len(batch.tasks), dtype=bool), lang))


def overdue(batch: Batch, lang: str) -> list[str]:
    """Return for each document its overdue tasks, with the columns of `schema.OVERDUE_ROW`."""
    return list(_rows(batch, schema.OVERDUE_ROW, (batch.tasks["state"] == State.OVERDUE).to_numpy(), lang))


def _rows(batch: Batch, keys: Sequence[str], chosen: np.ndarray[Any, Any], lang: str) -> Iterator[str]:
    columns = [_fragments(batch, key, chosen, lang) for key in keys]
    lines = _lines(batch, keys, chosen, lang)
    for span in batch.spans(chosen):
        yield columns_joined([column[span] for column in columns], lines[span])


def _lines(batch: Batch, keys: Sequence[str], chosen: np.ndarray[Any, Any], lang: str) -> list[int]:
    """Return how many lines each row needs: those of its highest cell."""
    most = np.ones(int(chosen.sum()), dtype=np.int64)
    for key in keys:
        if key in schema.BY_KEY:
            needed = batch.cells[key].map(partial(fitting.lines, pixels=WIDTHS[key]))[chosen]
            most = np.maximum(most, needed.astype(np.int64))
        elif key == "state":
            named = _by_state(batch.tasks[chosen], lang, partial(fitting.lines, pixels=WIDTHS[key]))
            most = np.maximum(most, np.array(named, dtype=np.int64))
    done: list[int] = most.tolist()
    return done


def _fragments(batch: Batch, key: str, chosen: np.ndarray[Any, Any], lang: str) -> Fragments:
    if key in schema.BY_KEY:
        said = batch.cells[key].text[chosen].tolist()
        distinct = list(set(said))
        made = dict(zip(distinct, map(_TEXTS.get(key, text_cell), cleaned(distinct)), strict=True))
        return [made[text] for text in said]
    return _DERIVED[key](batch.tasks[chosen], lang)


def _centred(text: str) -> str:
    return text_cell(text, "centre")


def _percent(text: str) -> str:
    fraction = values.percent(text) if text else values.INVALID
    return _centred(text) if fraction == values.INVALID else number_cell(fraction, "percent")


def _whole(column: "pd.Series[Any]") -> Fragments:
    return [number_cell(None if number != number else int(number)) for number in column.tolist()]  # noqa: PLR0124 - NaN


def _days(column: "pd.Series[Any]") -> Fragments:
    return [day_cell(None if pd.isna(day) else day.date()) for day in column]


def _states(tasks: pd.DataFrame, lang: str) -> Fragments:
    return _by_state(tasks, lang, lambda name: text_cell(name, "centre"))


def _by_state(tasks: pd.DataFrame, lang: str, made: Callable[[str], Made]) -> list[Made]:
    """Return what is ``made`` of the name of each task's state."""
    pairs = list(zip(tasks["status_code"], tasks["state"], strict=True))
    named = {pair: made(state_name(*pair, lang)) for pair in set(pairs)}
    return [named[pair] for pair in pairs]


_TEXTS: Final[Mapping[str, Callable[[str], str]]] = {
    "percent": _percent, "number": _centred, "status": _centred,
}  # fmt: skip
_DERIVED: Final[Mapping[str, Callable[[pd.DataFrame, str], Fragments]]] = {
    "row": lambda tasks, _: _whole(tasks["row"]),
    "domain": lambda tasks, _: _whole(tasks["domain"]),
    "days_late": lambda tasks, _: _whole(tasks["days_late"]),
    "due": lambda tasks, _: _days(tasks["due"]),
    "state": _states,
}
