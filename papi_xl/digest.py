"""The content digest of task rows, by which a receiver sees that a report was altered."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

import numpy as np
import pandas as pd

from papi_xl import domains, schema
from papi_xl.text import clean, cleaned

_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def digest(rows: Iterable[Sequence[object]]) -> str:
    """Return the content digest of task rows in the annex's order, each the columns of `schema.KEYS`.

    It is the hexadecimal SHA-256 of the UTF-8 JSON of the rows, without spaces or ASCII escapes.
    """
    return _hashed([[clean(value) for value in row] for row in rows])


def digest_of_frame(frame: pd.DataFrame) -> str:
    """Return the content digest of a task frame of one workbook, its rows put in the annex's order."""
    return digest(key_rows(in_annex_order(frame)))


def digests_of_frame(frame: pd.DataFrame, docs: Sequence[int]) -> list[str]:
    """Return the content digest of each of the workbooks ``docs`` of a task frame."""
    ordered = in_annex_order(frame)
    rows = key_rows(ordered)
    distinct = set(chain.from_iterable(rows))
    as_written = dict(zip(distinct, cleaned(list(map(str, distinct))), strict=True))
    texts = [[as_written[text] for text in row] for row in rows]
    firsts, ends = (np.searchsorted(ordered["doc"], docs, side).tolist() for side in ("left", "right"))
    return [_hashed(texts[first:end]) for first, end in zip(firsts, ends, strict=True)]


def _hashed(texts: Sequence[Sequence[str]]) -> str:
    return hashlib.sha256(_JSON.encode(texts).encode("utf-8")).hexdigest()


def in_annex_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the tasks by workbook, in it by domain, those of no known domain (as missing) last.

    Tasks of one domain stay in their order.
    """
    number = pd.to_numeric(frame["domain"], errors="coerce").astype("float64")
    known = number.where(number.isin(list(domains.BY_NUMBER)))
    return frame.assign(domain=known).sort_values(["doc", "domain"], kind="stable", na_position="last")


def key_rows(tasks: pd.DataFrame) -> list[list[object]]:
    """Return the eleven columns of each task."""
    return tasks[list(schema.KEYS)].to_numpy(dtype=object).tolist()
