"""`papi-xl calc`: the ribbon's macros on a file, run in LibreOffice; a copy is saved."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click
import xlwings as xw

from papi_xl import check as checking
from papi_xl import files, macros
from papi_xl.attachment import offered_name
from papi_xl.cli import options
from papi_xl.cli.check import checked
from papi_xl.cli.main import CANNOT, DATA_HAS_ERRORS, OK
from papi_xl.cli.words import word
from papi_xl.completion import SOON_DAYS
from papi_xl.errors import UnreadableWorkbookError, UsageError
from papi_xl.libreoffice import ENGINE, OfficeError
from papi_xl.live import session

CHECKED: Final = "{stem}_da_kiem_tra.xlsx"
AS_THE_MACROS_DO: Final = options.Reading(None, SOON_DAYS, None, options.DEFAULT_LIMITS)


class Desk:
    """Who sits before the window that is not there: hears what the macro says, answers what it asks."""

    def __init__(self, *, allow_errors: bool) -> None:
        """Answer the only question, whether to go on with errors, as the user said beforehand."""
        self.answer = "yes" if allow_errors else "no"
        self.failed = False

    def __call__(self, prompt: str, title: str, buttons: str | None, mode: str | None) -> str:
        """Print what the macro shows and return the button pressed."""
        del title
        if buttons == "yes_no":
            return self.answer
        self.failed = self.failed or mode == "critical"
        click.echo(prompt, err=self.failed)
        return "ok"


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(action: str, file: Path, output: Path | None, allow_errors: bool, force: bool) -> int:  # noqa: FBT001 (flags)
        result = checked(file, AS_THE_MACROS_DO)
        if result.batch is None and action == "summarize":
            raise UnreadableWorkbookError("task-table-missing")
        offered = CHECKED.format(stem=file.stem) if action == "check" else offered_name(result)
        target = output or file.with_name(offered)
        files.check_output(target, source=file, force=force)
        errors = checking.errors(result.findings)
        desk = Desk(allow_errors=allow_errors)
        with opened(file, desk, lang) as (app, book):
            getattr(macros, action)()
            if desk.failed:
                return CANNOT
            made = ACTIONS[action](app, book)
            if made is None:
                click.echo(app.status_bar)
            else:
                files.write_whole(target, made.read_bytes())
                click.echo(word("written", lang, path=target))
        return DATA_HAS_ERRORS if errors and not (allow_errors and made) else OK

    parameters = [
        click.Argument(["action"], type=click.Choice(list(ACTIONS))),
        options.file_argument(),
        options.output_option(lang, "option-calc-output"),
        click.Option(["--allow-errors"], is_flag=True, help=word("option-allow-errors", lang)),
        options.force_option(lang),
    ]
    return click.Command("calc", callback=run, params=parameters, help=word("calc", lang))


@contextmanager
def opened(file: Path, desk: Desk, lang: str) -> Iterator[tuple[xw.App, xw.Book]]:
    """Open a copy of ``file`` in a LibreOffice of its own, as the workbook that macros are about.

    Raises:
        UsageError: ``office-failed`` (``reason``), LibreOffice is missing or does not open the file.
    """
    with files.passing_folder() as folder:
        copy = shutil.copyfile(file, folder / file.name)
        os.environ["PAPI_LANG"] = lang
        xw.engines[ENGINE.name].activate()
        try:
            with xw.App(visible=False, add_book=False) as app:
                app.impl.answers = desk
                book = app.books.open(str(copy))
                with session.called_from(book):
                    yield app, book
        except OfficeError as error:
            raise UsageError("office-failed", reason=str(error)) from error


def saved(app: xw.App, book: xw.Book) -> Path:
    """Save the workbook as .xlsx beside the copy that was opened."""
    del app
    target = Path(book.fullname).with_suffix(".saved.xlsx")
    book.save(str(target))
    return target


def written(app: xw.App, book: xw.Book) -> Path | None:
    """Return the summary that the macro opened, ``None`` where it asked for corrections first."""
    others = [Path(other.fullname) for other in app.books if other.fullname != book.fullname]
    return others[0] if others else None


ACTIONS: Final[Mapping[str, Callable[[xw.App, xw.Book], Path | None]]] = {
    "check": saved,
    "summarize": written,
}
"""The macros that may be run, and what to take from the office afterwards."""
