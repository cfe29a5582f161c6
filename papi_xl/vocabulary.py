"""Reported statuses and derived states: codes, official wording, synonyms."""

from enum import StrEnum
from typing import Final, NamedTuple


class Status(StrEnum):
    """The status as reported in the workbook."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    PAUSED = "paused"
    UNREPORTED = "unreported"


class State(StrEnum):
    """The state of a task on the as-of date, derived in `completion.derive`."""

    DONE = "done"
    RECURRING = "recurring"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    DUE_UNKNOWN = "due_unknown"
    CONDITIONAL = "conditional"
    AS_REPORTED = "as_reported"


class Term(NamedTuple):
    """Wording of a code in both languages, and what else people write for it."""

    vi: str
    en: str
    synonyms: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """Return the wording in ``lang`` (``vi`` or ``en``)."""
        return self.en if lang == "en" else self.vi


STATUS_TERMS: Final = {
    Status.DONE: Term("Hoàn thành", "Done", ("Đã hoàn thành", "Xong", "Đạt", "Đã thực hiện")),
    Status.IN_PROGRESS: Term(
        "Đang thực hiện",
        "In progress",
        ("Đang triển khai", "Tiếp tục thực hiện", "Chậm tiến độ", "Chờ xác nhận"),
    ),
    Status.NOT_STARTED: Term("Chưa thực hiện", "Not started", ("Chưa triển khai", "Chưa hoàn thành")),
    Status.PAUSED: Term("Tạm dừng", "Paused", ("Tạm hoãn",)),
}
UNREPORTED: Final = Term("Chưa báo cáo", "Not reported")

STATE_TERMS: Final = {
    State.DONE: Term("Hoàn thành", "Done"),
    State.RECURRING: Term("Thường xuyên", "Recurring"),
    State.OVERDUE: Term("Quá hạn", "Overdue"),
    State.DUE_SOON: Term("Sắp đến hạn", "Due soon"),
    State.DUE_UNKNOWN: Term("Chưa rõ hạn", "Due date unknown"),
    State.CONDITIONAL: Term("Chờ điều kiện", "Conditional"),
    State.AS_REPORTED: Term("Trong hạn", "On schedule"),
}
"""`AS_REPORTED` tasks show their reported status; the term heads the column that counts them."""


def status_name(status: str, lang: str) -> str:
    """Return the wording of a reported status, `unreported` included."""
    return STATUS_TERMS.get(Status(status), UNREPORTED).name(lang)
