"""Rules about progress: status, percent, evidence, and what is late."""

from collections.abc import Iterator

import numpy as np

from papi_xl import values
from papi_xl.columns import Mask
from papi_xl.parse import Batch
from papi_xl.rules.base import ERROR, WARNING, Hit, advice, hits, rule
from papi_xl.rules.content import started
from papi_xl.text import day_text
from papi_xl.timing import Kind
from papi_xl.vocabulary import State, Status


@rule("status-missing", ERROR)
def status_missing(batch: Batch) -> Iterator[Hit]:
    """A task reports its status.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | Đang thực hiện
    Fails at G2:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | | 50%
    """
    yield from hits(batch, batch.missing("status") & started(batch), "status")


@rule("status-unknown", ERROR, fixable=True)
def status_unknown(batch: Batch) -> Iterator[Hit]:
    """A status is one of the four, or a synonym of one.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | đã  HOÀN THÀNH
    Fails at G2, G3:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | xog
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên | 5/5 cuộc
    """
    text = batch.cells["status"].text
    mask = batch.filled("status") & _status_is(batch, Status.UNREPORTED)

    def fix(index: int) -> str | None:
        return values.near_status(text[index])

    yield from hits(batch, mask, "status", fix=fix, advice=advice("status", fix))


@rule("percent-invalid", ERROR, fixable=True)
def percent_invalid(batch: Batch) -> Iterator[Hit]:
    """A percentage lies between 0 and 100 %.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | Đang thực hiện | 80,5 %
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên | Đang thực hiện | #0.8
    Fails at H2, H3:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | Đang thực hiện | #120
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên | Đang thực hiện | khoảng 80%
    """
    text = batch.cells["percent"].text
    mask = batch.filled("percent") & batch.tasks["percent_value"].isna().to_numpy()

    def fix(index: int) -> str | None:
        return values.near_percent(text[index])

    def what_to_type(index: int) -> object:
        meant = fix(index)
        return ("percent", {"fix": values.percent(meant)}) if meant else ("percent-none", {})

    yield from hits(batch, mask, "percent", fix=fix, advice=what_to_type)


@rule("percent-contradicts-status", ERROR)
def percent_contradicts_status(batch: Batch) -> Iterator[Hit]:
    """What is done is at 100 %, what is not started at 0 %.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | Hoàn thành | 100% | QĐ số 1
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên | Đang thực hiện | 100%
    Fails at H2, H3:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | Hoàn thành | 80% | QĐ số 1
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên | Chưa thực hiện | #0.1
    """
    percent = batch.tasks["percent_value"].to_numpy()
    mask = (_status_is(batch, Status.DONE) & (percent < 1)) | (
        _status_is(batch, Status.NOT_STARTED) & (percent > 0)
    )
    text = {
        name: batch.cells[key].text.__getitem__ for name, key in (("value", "percent"), ("status", "status"))
    }
    done = _status_is(batch, Status.DONE)

    def said(index: int) -> object:
        return ("done-below" if done[index] else "not-started-above", {})

    yield from hits(batch, mask, "percent", advice=said, **text)


@rule("evidence-missing", WARNING)
def evidence_missing(batch: Batch) -> Iterator[Hit]:
    """What is done has evidence.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | Hoàn thành | 100% | QĐ số 1
    Fails at I2:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên | Hoàn thành | 100% | ...
    """
    yield from hits(batch, batch.missing("evidence") & _status_is(batch, Status.DONE), "evidence")


@rule("overdue", WARNING)
def overdue(batch: Batch) -> Iterator[Hit]:
    """What is not done is not past its due date.

    A plan without a status does not say what is done. The examples are as of 30/6/2021.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | 30/6/2021 | Đang thực hiện
        3.2. | Họp phụ huynh | Văn bản | Trường MN | | 1/2/2021 | Hoàn thành | | QĐ số 1
    Fails at F2:
        3.1. | Thông báo | Văn bản | Trường MN | | 29/6/2021 | Đang thực hiện
    """
    tasks = batch.tasks
    mask = np.asarray(tasks["state"].to_numpy() == State.OVERDUE, dtype=bool) & batch.has("status")
    days, due = tasks["days_late"].to_numpy(), tasks["due"].to_numpy()
    yield from hits(
        batch,
        mask,
        "timing",
        days=lambda index: int(days[index]),
        due=lambda index: day_text(due[index].item()),
    )


@rule("due-unknown", WARNING)
def due_unknown(batch: Batch) -> Iterator[Hit]:
    """A timing that says that there is a due date names it.

    Passes:
        3.1. | Thông báo | Văn bản | Trường MN | | Có hạn: 30/9/2021 | Đang thực hiện
    Fails at F2:
        3.1. | Thông báo | Văn bản | Trường MN | | Có hạn cụ thể | Đang thực hiện
    """
    owed = np.asarray(batch.tasks["kind"].to_numpy() == Kind.OWED, dtype=bool)
    yield from hits(batch, owed & ~_status_is(batch, Status.DONE), "timing")


def _status_is(batch: Batch, status: Status) -> Mask:
    return np.asarray(batch.tasks["status_code"].to_numpy() == status, dtype=bool)
