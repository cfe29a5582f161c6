"""What goes to the level above: the summary and the draft of a letter, before anything is written."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from papi_xl import attachment, files, letter, sent
from papi_xl.check import Result
from papi_xl.difficulties import Difficulty
from papi_xl.errors import UsageError
from papi_xl.mail import Attachment, Draft, eml_bytes
from papi_xl.sent import Sent
from papi_xl.text import clean, day_text
from papi_xl.write import summary_bytes

ENDING: Final = ".eml"
MOST_ATTACHED: Final = 20 * 2**20
"""Bytes of all files of a draft; in a mail they take a third more, and many servers stop at 25 MB."""


class Report(NamedTuple):
    """The files of a report: its summary and its draft, and the reports to keep in the workbook.

    ``has_info_sheet`` holds where the workbook has a place for the recipient's address.
    """

    name: str
    summary: bytes
    draft: Draft
    kept: tuple[Sent, ...]
    has_info_sheet: bool = True

    @property
    def mail(self) -> bytes:
        """The draft as an .eml file."""
        return eml_bytes(self.draft)


class Matter(NamedTuple):
    """What is known besides the tasks.

    ``kept`` are the reports that the workbook keeps, ``since`` the one to compare with instead, ``to`` the
    addresses to use instead of the workbook's, ``attached`` what goes along besides the summary.
    """

    kept: Sequence[Sent] = ()
    since: Sent | None = None
    difficulties: Sequence[Difficulty] = ()
    to: str | None = None
    attached: tuple[Attachment, ...] = ()


def prepare(result: Result, matter: Matter, lang: str, today: date) -> Report:
    """Return the report of a checked workbook in ``lang``, as made on ``today``.

    Raises:
        UnreadableWorkbookError: ``task-table-missing``, the workbook has no task table.
        UsageError: ``since-later`` (``before``, ``as_of``), the report to compare with is for a later
            day; ``attached-too-large`` (``found``, ``limit``: bytes).
    """
    now = sent.snapshot(result, today)
    before = matter.since or sent.earlier(matter.kept, now.as_of)
    if before and before.as_of > now.as_of:
        raise UsageError("since-later", before=day_text(before.as_of), as_of=day_text(now.as_of))
    name = attachment.offered_name(result)
    summary = summary_bytes(attachment.lay_out(result, lang, today))
    size = len(summary) + sum(len(one.content) for one in matter.attached)
    if size > MOST_ATTACHED:
        raise UsageError("attached-too-large", what="packed", found=size, limit=MOST_ATTACHED)
    said = letter.Matter(
        to=clean(attachment.known(result).get("recipient_email")) if matter.to is None else matter.to,
        changes=sent.changes(before, now) if before else None,
        difficulties=matter.difficulties,
        files=matter.attached,
    )
    draft = letter.draft(result, Attachment(name, summary), said, lang)
    kept = sent.keep([before] if before else [], now)
    return Report(name, summary, draft, kept, attachment.has_info_sheet(result))


def contents(report: Report, summary: Path, mail: Path) -> dict[Path, bytes]:
    """Return what to write where; a summary that is there already stays."""
    wanted = {summary: report.summary, mail: report.mail}
    return {path: content for path, content in wanted.items() if not files.holds(path, content)}
