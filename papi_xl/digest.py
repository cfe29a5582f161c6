"""The content digest of task rows, by which a receiver sees that a report was altered."""

import hashlib
import json
from collections.abc import Iterable, Sequence

import pandas as pd

from papi_xl import domains, schema
from papi_xl.text import clean


def digest(rows: Iterable[Sequence[object]]) -> str:
    """Return the content digest of task rows in the annex's order, each the columns of `schema.KEYS`.

    It is the hexadecimal SHA-256 of the UTF-8 JSON of the rows, without spaces or ASCII escapes.
    """
    texts = [[clean(value) for value in row] for row in rows]
    payload = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(payload.encode("utf-8")).hexdigest()


def digest_of_frame(frame: pd.DataFrame) -> str:
    """Return the content digest of a task frame of one workbook, its rows put in the annex's order."""
    return digest(key_rows(in_annex_order(frame)))


def in_annex_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the tasks by domain, those of no known domain (as missing) last, else in source order."""
    number = pd.to_numeric(frame["domain"], errors="coerce").astype("float64")
    known = number.where(number.isin(list(domains.BY_NUMBER)))
    return frame.assign(domain=known).sort_values("domain", kind="stable", na_position="last")


def key_rows(tasks: pd.DataFrame) -> list[list[object]]:
    """Return the eleven columns of each task."""
    return tasks[list(schema.KEYS)].to_numpy(dtype=object).tolist()
