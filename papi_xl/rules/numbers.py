"""Rules about task numbers."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from papi_xl import numbering
from papi_xl.parse import Batch, Mask
from papi_xl.rules.base import ERROR, WARNING, Hit, first_rows, heading_hits, hits, rule


@rule("number-missing", WARNING, fixable=True)
def number_missing(batch: Batch) -> Iterator[Hit]:
    """A task has a number.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at A3:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
        | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
    """
    mask = batch.missing("number")
    fixes = _next_numbers(batch, mask)
    advice = [("number", {"fix": fix}) if fix else ("number-none", {}) for fix in fixes]
    yield from hits(batch, mask, "number", fixes=fixes, advice=advice)


@rule("number-malformed", ERROR)
def number_malformed(batch: Batch) -> Iterator[Hit]:
    """A number is written `3.1.`, `III.1`, `3.1.2` or `3`.

    Passes:
        3.1 | Thông báo | Văn bản | Trường MN | | Thường xuyên
        III.2. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
    Fails at A2, A3:
        3.a | Thông báo | Văn bản | Trường MN | | Thường xuyên
        3,2 | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
    """
    yield from hits(batch, batch.filled("number") & ~_has_levels(batch), "number")


@rule("number-duplicate", ERROR)
def number_duplicate(batch: Batch) -> Iterator[Hit]:
    """A number is used once; one-level numbers may restart under each heading.

    Passes:
        III. | Trách nhiệm giải trình với người dân
        1 | Thông báo | Văn bản | Trường MN | | Thường xuyên
        IV. | Kiểm soát tham nhũng trong khu vực công
        1 | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
    Fails at A3:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
        3.1 | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
    """
    tasks = batch.tasks
    usable = _has_levels(batch) & ~_not_text(batch) & ~batch.merged["number"]
    keys = [
        (doc, levels, group if levels and len(levels) == 1 else None)
        for doc, levels, group in zip(tasks["doc"], tasks["levels"], tasks["group"], strict=True)
    ]
    mask, firsts = first_rows(keys, tasks["row"].to_numpy(), usable)
    yield from hits(batch, mask, "number", first=firsts)


@rule("number-out-of-order", WARNING)
def number_out_of_order(batch: Batch) -> Iterator[Hit]:
    """Numbers ascend, under the heading of their own domain; the row that goes back is named.

    Passes:
        3. | Trách nhiệm giải trình với người dân
        3.9. | Thông báo | Văn bản | Trường MN | | Thường xuyên
        3.10. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
    Fails at A3:
        3.2. | Thông báo | Văn bản | Trường MN | | Thường xuyên
        3.1. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
        3.3. | Hòm thư góp ý | Văn bản | Trường MN | | Thường xuyên
    Fails at A3:
        3. | Trách nhiệm giải trình với người dân
        5.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
    Fails at A4:
        5. | Thủ tục hành chính công
        5.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
        3. | Trách nhiệm giải trình với người dân
        3.1. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
    """
    yield from _headings_going_back(batch)
    tasks = batch.tasks
    usable = _has_levels(batch) & ~_not_text(batch) & ~batch.merged["number"]
    several = _level_count(batch) > 1
    place = tasks["place"].to_numpy()
    misplaced = usable & several & ~np.isnan(place) & (tasks["domain_number"].to_numpy() != place)
    in_place = usable & ~misplaced
    order = _sort_key(batch)
    before = pd.Series(np.where(in_place, order, np.nan)).where(in_place)
    keys = [tasks["doc"].to_numpy()[in_place], tasks["group"].to_numpy()[in_place], several[in_place]]
    previous = before[in_place].groupby(keys).shift().reindex(range(len(tasks)))
    back = (in_place & (previous > order)).to_numpy(dtype=bool)
    above = [
        numbering.written((int(place[index]),)) if misplaced[index] else _number_of(previous[index])
        for index in range(len(tasks))
    ]
    yield from hits(batch, misplaced | back, "number", before=above)


@rule("number-not-text", WARNING, fixable=True)
def number_not_text(batch: Batch) -> Iterator[Hit]:
    """A task's number is kept as text: Excel turns `1.10` into 1.1, or into a date.

    Passes:
        #3 | Trách nhiệm giải trình với người dân
        3.10. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at A2:
        #3.1 | Thông báo | Văn bản | Trường MN | | Thường xuyên
    """
    fixes = [numbering.written(levels) if levels else None for levels in batch.tasks["levels"]]
    yield from hits(batch, _not_text(batch), "number", fixes=fixes)


def _headings_going_back(batch: Batch) -> Iterator[Hit]:
    frame = batch.headings
    previous = frame.groupby("doc")["domain"].shift()
    before = [numbering.written((int(number),)) if number > 0 else "" for number in previous]
    yield from heading_hits(batch, (previous > frame["domain"]).to_numpy(), "number", before=before)


def _has_levels(batch: Batch) -> Mask:
    return batch.tasks["levels"].notna().to_numpy()


def _level_count(batch: Batch) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([len(levels or ()) for levels in batch.tasks["levels"]], dtype=np.int64)


def _not_text(batch: Batch) -> Mask:
    kinds = np.array(
        [isinstance(cell, int | float | date) for cell in batch.cells["number"].cells], dtype=bool
    )
    return kinds & _has_levels(batch)


def _sort_key(batch: Batch) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return each number as one that sorts as its levels do: up to 3 levels of up to 6 digits."""
    steps = (10.0**12, 10.0**6, 1.0)
    return np.array(
        [
            sum(level * step for level, step in zip(levels, steps, strict=False)) if levels else np.nan
            for levels in batch.tasks["levels"]
        ],
        dtype=np.float64,
    )


def _number_of(key: float) -> str:
    """Return the number that `_sort_key` gave ``key`` to."""
    if np.isnan(key):
        return ""
    first, rest = divmod(int(key), 10**12)
    second, third = divmod(rest, 10**6)
    return numbering.written(tuple(level for level in (first, second, third) if level))


def _next_numbers(batch: Batch, mask: Mask) -> list[str | None]:
    """Return, where a number is missing, the one that follows the row above, unless it is taken."""
    fixes: list[str | None] = [None] * len(mask)
    if not mask.any():
        return fixes
    tasks = batch.tasks
    levels = tasks["levels"].tolist()
    owners = list(zip(tasks["doc"].tolist(), tasks["group"].tolist(), strict=True))
    taken = {(owner, level) for owner, level in zip(owners, levels, strict=True) if level}
    styles = {doc: len(level) for doc, level in zip(tasks["doc"], levels, strict=True) if level}
    last: dict[tuple[int, int], numbering.Levels] = {}
    for index, owner in enumerate(owners):
        if mask[index]:
            number = _follow(last.get(owner), tasks["place"].iloc[index], styles.get(owner[0], 2))
            if number is None or (owner, number) in taken:
                continue
            fixes[index] = numbering.written(number)
            levels[index] = number
        if levels[index]:
            last[owner] = levels[index]
    return fixes


def _follow(last: numbering.Levels | None, place: float, depth: int) -> numbering.Levels | None:
    if last:
        return (*last[:-1], last[-1] + 1)
    if np.isnan(place):
        return None
    return (int(place), 1) if depth > 1 else (1,)
