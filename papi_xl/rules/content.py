"""Rules about what a task says: the task, its product, who does it, by when."""

import re
from collections.abc import Iterator

import numpy as np

from papi_xl import schema
from papi_xl import text as texts
from papi_xl.columns import Mask
from papi_xl.parse import Batch
from papi_xl.rules.base import ERROR, WARNING, Hit, hits, repeats, rule
from papi_xl.timing import Kind

CORE = ("task", "product", "lead", "timing")
_NAMES = re.compile(r"[,;\n/+•]|\s[-–]\s|\bvà\b")
_BULLET = re.compile(r"^\s*(?:[-–]|\d+[.)])\s*")


@rule("task-missing", ERROR)
def task_missing(batch: Batch) -> Iterator[Hit]:
    """A row with a number, a product or a lead says what the task is.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at B2, B3:
        3.1. | | Văn bản | Trường MN | | Thường xuyên
        3.2.
    """
    says = np.logical_or.reduce([batch.filled(key) for key in schema.KEYS])
    yield from hits(batch, batch.missing("task") & says, "task")
    for doc, row in batch.strays.itertuples(index=False):
        yield Hit(doc, row, batch.docs[doc].table.columns["task"])


@rule("task-duplicate", WARNING)
def task_duplicate(batch: Batch) -> Iterator[Hit]:
    """No task stands twice, in whatever domain.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
    Fails at B3:
        3.1. | Họp phụ huynh. | Văn bản | Trường MN | | Thường xuyên
        5.1. | Họp Phụ  huynh | Văn bản | Trường MN | | Thường xuyên
    """
    column = batch.cells["task"]
    usable = column.filled & ~batch.merged["task"]
    mask, first = repeats(batch, usable, task=column.spread(texts.same_keys(column.distinct)))
    yield from hits(batch, mask, "task", first=first)


@rule("product-missing", ERROR)
def product_missing(batch: Batch) -> Iterator[Hit]:
    """A task names its product.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at C2, C3:
        3.1. | Thông báo | | Trường MN | | Thường xuyên
        3.2. | Họp phụ huynh | … | Trường MN | | Thường xuyên
    """
    yield from hits(batch, batch.missing("product") & started(batch), "product")


@rule("lead-missing", ERROR)
def lead_missing(batch: Batch) -> Iterator[Hit]:
    """A task names who leads it.

    Passes:
        3.1. | Thông báo | Văn bản | Hiệu trưởng | | Thường xuyên
    Fails at D2:
        3.1. | Thông báo | Văn bản | - | Công đoàn | Thường xuyên
    """
    yield from hits(batch, batch.missing("lead") & started(batch), "lead")


@rule("timing-missing", ERROR)
def timing_missing(batch: Batch) -> Iterator[Hit]:
    """A task says when.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Quý II
    Fails at F2:
        3.1. | Thông báo | Văn bản | Trường MN
    """
    yield from hits(batch, batch.missing("timing") & started(batch), "timing")


@rule("timing-unrecognised", WARNING)
def timing_unrecognised(batch: Batch) -> Iterator[Hit]:
    """A timing can be understood.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Trước 30/9/2021
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | 20 ngày sau khi có hướng dẫn
    Fails at F2, F3:
        3.1. | Thông báo | Văn bản | Trường MN | | sớm nhất có thể
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | 31/2/2021
    """
    mask = _kind_is(batch, Kind.UNRECOGNISED) & batch.filled("timing")
    yield from hits(batch, mask, "timing", value=batch.cells["timing"].text.__getitem__)


@rule("due-outside-plan", WARNING)
def due_outside_plan(batch: Batch) -> Iterator[Hit]:
    """A due date lies in the plan's year, where the template or the title names one.

    Passes:
        @info unit=MN; recipient=UBND; year=2021; period=Năm 2021
        3.1. | Thông báo | Văn bản | Trường MN | | 30/9/2021
        3.2. | Trồng cây | Văn bản | Trường MN | | 2021 - 2025
    Fails at F2:
        @info unit=MN; recipient=UBND; year=2021; period=Năm 2021
        3.1. | Thông báo | Văn bản | Trường MN | | 30/9/2022
    """
    tasks = batch.tasks
    owner = tasks["doc"].to_numpy()
    known = np.array([doc.year_is_known for doc in batch.docs], dtype=bool)[owner]
    years = np.array([doc.plan_year for doc in batch.docs], dtype=np.int64)[owner]
    outside = tasks["due"].notna().to_numpy() & (tasks["due"].dt.year.to_numpy() != years)
    mask = known & outside & ~tasks["spans_years"].to_numpy()
    yield from hits(
        batch, mask, "timing", year=years.tolist().__getitem__, value=batch.cells["timing"].text.__getitem__
    )


@rule("lead-is-partner", WARNING)
def lead_is_partner(batch: Batch) -> Iterator[Hit]:
    """Who leads a task is not also its partner.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | Công đoàn, Đoàn thanh niên | Thường xuyên
    Fails at E2:
        3.1. | Thông báo | Văn bản | Trường MN | Công đoàn; trường mn | Thường xuyên
    """
    lead, partners = batch.cells["lead"], batch.cells["partners"]
    both = batch.filled("lead") & batch.filled("partners")
    names, others = lead.map(_names), partners.map(_names)
    mask = np.zeros(len(both), dtype=bool)
    mask[both] = [not one.isdisjoint(two) for one, two in zip(names[both], others[both], strict=True)]

    def both_ways(index: int) -> str:
        return next(name.strip() for name in _NAMES.split(lead.text[index]) if _names(name) & others[index])

    yield from hits(batch, mask, "partners", lead=both_ways)


def started(batch: Batch) -> Mask:
    """Return where a row says more than a number, so that what it lacks is worth a word of its own."""
    mask = np.zeros(len(batch.tasks), dtype=bool)
    for key in CORE:
        mask |= batch.filled(key) | batch.cells[key].errors
    return mask


def _kind_is(batch: Batch, kind: Kind) -> Mask:
    return np.asarray(batch.tasks["kind"].to_numpy() == kind, dtype=bool)


def _names(text: str) -> frozenset[str]:
    return frozenset(key for part in _NAMES.split(text) if (key := texts.header_key(_BULLET.sub("", part))))
