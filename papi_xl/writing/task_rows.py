"""The tasks of many workbooks as rows made ready for the consolidated workbook: each distinct text once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from papi_xl import schema, values
from papi_xl.parse import Batch
from papi_xl.remaining import state_name
from papi_xl.text import cleaned
from papi_xl.vocabulary import State
from papi_xl.writing.cells import columns_joined, day_cell, number_cell, text_cell

Fragments = Sequence[str]


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
    ends = np.searchsorted(batch.tasks["doc"].to_numpy()[chosen], np.arange(len(batch.docs) + 1))
    for first, last in pairwise(ends):
        yield columns_joined([column[first:last] for column in columns])


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
    pairs = list(zip(tasks["status_code"], tasks["state"], strict=True))
    names = {pair: text_cell(state_name(*pair, lang), "centre") for pair in set(pairs)}
    return [names[pair] for pair in pairs]


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
