"""The button `Gửi cấp trên`: the summary and a draft of the letter beside the open workbook."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import xlwings as xw

from papi_xl import difficulties, files, outbox, outbox_words, schema, sent
from papi_xl.errors import UsageError
from papi_xl.live import actions, cells, own_sheets, placing
from papi_xl.live.cells import Open
from papi_xl.live.guards import refuse_closed
from papi_xl.live.placing import Ask
from papi_xl.live.session import Step, click, is_shown
from papi_xl.live.typed import as_texts
from papi_xl.live.words import word
from papi_xl.mail import Draft
from papi_xl.outbox import Matter
from papi_xl.sent import Sent

VERY_HIDDEN: Final = 2
"""Excel's `xlSheetVeryHidden`."""


class Made(NamedTuple):
    """What to tell the user, and the draft with its file; no draft where errors are to be put right first."""

    said: str
    draft: Draft | None = None
    place: Path = Path()


def email(book: xw.Book, lang: str, ask: Ask) -> Made:
    """Write summary and draft beside the workbook and keep in it what they say; nothing is sent or opened.

    ``ask`` puts a question and returns whether the answer is yes. All is written or nothing. Refusals are
    those of `actions.begin`, `placing.target`, `outbox.prepare`, `guards.refuse_closed`, `files`, and:

    Raises:
        UsageError: ``findings-taken`` (``sheet``), the user keeps other data under the name of our sheet.
    """
    begun = actions.begin(book, lang, ask, "errors-before-letter", "writing-letter")
    if isinstance(begun, str):
        return Made(begun)
    folder, opened, result = begun
    kept, hard = (cells.sheet_of(opened, name) for name in (schema.SENT, schema.DIFFICULTIES))
    matter = Matter(kept=sent.from_rows(kept.rows) if kept else (), difficulties=difficulties.open_ones(hard))
    report = outbox.prepare(result, matter, lang, date.today())
    refuse_closed(book, opened.sheets, [schema.SENT])
    summary = placing.target(book.app, folder / report.name, lang, ask, outbox.ENDING)
    mail = summary.with_suffix(outbox.ENDING)
    contents = outbox.contents(report, summary, mail)
    called = word("writing-letter", lang), word("button-email", lang)
    with files.written_together(contents), click(book, *called) as step:
        _keep(book, opened, report.kept, step)
    lines = outbox_words.told(report, summary, mail, lang)
    return Made("\n".join([*lines, outbox_words.word("save", lang)]), report.draft, mail)


def opened(said: str, lang: str) -> str:
    """Return what to tell the user once the draft is open in the mail program."""
    return "\n".join([said, *outbox_words.next_steps(lang, is_open=True)])


def _keep(book: xw.Book, opened: Open, kept: Sequence[Sent], step: Step) -> None:
    """Write the reports to keep into the sheet `schema.SENT`, which is added where it is missing."""
    rows = sent.to_rows(kept)
    sheet = opened.sheets.get(schema.SENT)
    if sheet is None:
        sheet = own_sheets.added(book, opened.sheets, schema.SENT, step)
    else:
        old = cells.sheet_of(opened, schema.SENT)
        if is_shown(sheet) and old and not sent.from_rows(old.rows) and any(map(any, old.rows)):
            raise UsageError("findings-taken", sheet=schema.SENT)
        step.undo.callback(_write, sheet, old.rows if old else ())
    _write(sheet, rows)
    _hide(sheet)


def _write(sheet: xw.Sheet, rows: Sequence[Sequence[object]]) -> None:
    """Make the sheet hold ``rows``, all of one length, and nothing else."""
    sheet.clear()
    if rows:
        block = sheet.range((1, 1), (len(rows), max(map(len, rows))))
        # As text, or Excel would turn what looks like a number, a date or a formula into one.
        block.number_format = "@"
        block.value = as_texts(rows)


def _hide(sheet: xw.Sheet) -> None:
    """Hide the sheet, in Excel on Windows so that it is not even offered to be shown."""
    sheet.visible = False
    if sys.platform == "win32":
        sheet.api.Visible = VERY_HIDDEN
