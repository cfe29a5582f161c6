"""Rules about task numbers."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np

from papi_xl import numbering
from papi_xl.columns import Mask
from papi_xl.domains import BY_NUMBER
from papi_xl.parse import Batch
from papi_xl.rules.base import ERROR, WARNING, Hit, advice, heading_hits, hits, repeats, rule
from papi_xl.text import shown

LAST_DIGIT = 9


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
    fix = _next_numbers(batch, mask).__getitem__
    yield from hits(batch, mask, "number", fix=fix, advice=advice("number", fix))


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
    mask, first = _repeated(batch)
    yield from hits(batch, mask, "number", first=first)


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
    tasks, usable = batch.tasks, _usable(batch) & ~_repeated(batch)[0] & ~_of_no_domain(batch)
    several = (tasks["depth"] > 1).to_numpy()
    place, order = tasks["place"].to_numpy(), tasks["order"]
    misplaced = usable & several & ~np.isnan(place) & (tasks["domain_number"].to_numpy() != place)
    in_place = usable & ~misplaced
    keys = [tasks["doc"][in_place], tasks["group"][in_place], several[in_place]]
    previous = order[in_place].groupby(keys).shift().reindex(tasks.index).to_numpy()
    back = in_place & (previous > order.to_numpy())

    def before(index: int) -> str:
        return numbering.written((int(place[index]),)) if misplaced[index] else _number_of(previous[index])

    yield from hits(batch, misplaced | back, "number", before=before)


@rule("number-not-text", WARNING, fixable=True)
def number_not_text(batch: Batch) -> Iterator[Hit]:
    """A task's number is kept as text: Excel turns `1.10` into 1.1, or into a date.

    Passes:
        #3 | Trách nhiệm giải trình với người dân
        3.10. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at A2:
        #3.1 | Thông báo | Văn bản | Trường MN | | Thường xuyên
    """
    mask = _not_text(batch) & ~_of_no_domain(batch)
    if not mask.any():
        return
    cells, order = batch.cells["number"].cells, batch.tasks["order"]
    previous = order.groupby([batch.tasks["doc"], batch.tasks["group"]]).shift().to_numpy()

    def fix(index: int) -> str | None:
        number = _as_typed(cells[index], order[index], previous[index])
        return numbering.written(number) if number else None

    def what_to_type(index: int) -> object:
        number = fix(index)
        if number:
            return ("not-text", {"fix": number})
        first, second = numbering.levels_of(order[index])[:2]
        choices = (numbering.written((first, level)) for level in (second, 10 * second))
        return ("not-text-none", dict(zip(("one", "other"), choices, strict=True)))

    said = [shown(cell) if bad else "" for cell, bad in zip(cells, mask, strict=True)]
    yield from hits(batch, mask, "number", fix=fix, value=said.__getitem__, advice=what_to_type)


def _as_typed(cell: object, order: float, previous: float) -> numbering.Levels | None:
    """Return the number that was typed where Excel kept ``cell``; ``None`` where that cannot be told.

    1.1 is 1.10 after 1.9, and 1.1 where a row begins or 1.0 would come before.
    """
    number = numbering.levels_of(order)
    if len(number) == 1 or isinstance(cell, date) or number[1] > LAST_DIGIT:
        return number
    above = numbering.levels_of(previous)
    follows = above[1] + 1 if len(above) > 1 and above[0] == number[0] else 1
    likely = [level for level in (number[1], 10 * number[1]) if level == follows]
    return (number[0], likely[0]) if likely else None


def _headings_going_back(batch: Batch) -> Iterator[Hit]:
    frame = batch.headings
    known = frame["domain"].where(frame["domain"].isin(BY_NUMBER))
    previous = known.groupby(frame["doc"]).ffill().groupby(frame["doc"]).shift().to_numpy()
    mask = previous > known.to_numpy()

    def written(numbers: np.ndarray[Any, Any]) -> Callable[[int], str]:
        return lambda index: numbering.written((int(numbers[index]),))

    yield from heading_hits(batch, mask, "number", before=written(previous), value=written(known.to_numpy()))


def _has_levels(batch: Batch) -> Mask:
    return (batch.tasks["depth"] > 0).to_numpy()


def _not_text(batch: Batch) -> Mask:
    cells = batch.cells["number"].cells
    kept_by_excel = {kind for kind in set(map(type, cells)) if issubclass(kind, int | float | date)}
    if not kept_by_excel:
        return np.zeros(len(cells), dtype=bool)
    return np.array([type(cell) in kept_by_excel for cell in cells], dtype=bool) & _has_levels(batch)


def _usable(batch: Batch) -> Mask:
    """Return where a number can be held against others."""
    return _has_levels(batch) & ~_not_text(batch) & ~batch.merged["number"]


def _repeated(batch: Batch) -> tuple[Mask, Callable[[int], int]]:
    """Return where a number was used before, and the row of its first use."""
    tasks = batch.tasks
    group = tasks["group"].where(tasks["depth"] == 1, -1)
    return repeats(batch, _usable(batch), number=tasks["order"], depth=tasks["depth"], group=group)


def _of_no_domain(batch: Batch) -> Mask:
    """Return where a number names a domain that is none; `domain-unknown` speaks of those."""
    return (batch.tasks["domain"].isna() & (batch.tasks["depth"] > 1)).to_numpy()


def _number_of(order: float) -> str:
    return numbering.written(numbering.levels_of(order))


def _next_numbers(batch: Batch, mask: Mask) -> list[str | None]:
    """Return, where a number is missing, the one that follows the row above, unless it is taken."""
    fixes: list[str | None] = [None] * len(mask)
    if not mask.any():
        return fixes
    tasks = batch.tasks
    levels = [numbering.levels_of(order) for order in tasks["order"]]
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
