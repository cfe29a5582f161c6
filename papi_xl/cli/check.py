"""`papi-xl check`: what is wrong in a workbook, where, and what to type."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from papi_xl import check as checking
from papi_xl.check import Result
from papi_xl.cli import options
from papi_xl.cli.main import CANNOT, DATA_HAS_ERRORS, OK
from papi_xl.cli.report import echo_json, findings_json, show_check, telling
from papi_xl.cli.words import word
from papi_xl.errors import UnreadableWorkbookError, UsageError
from papi_xl.findings import Finding, Severity
from papi_xl.raw import RawWorkbook
from papi_xl.read import read_workbook
from papi_xl.refusals import explain


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(file: Path, form: str, **read: Any) -> int:  # noqa: ANN401 (the reading options)
        how = options.reading(**read)
        code = CANNOT
        try:
            with telling(form, lang, UsageError, file=str(file)):
                result = checked(file, how)
            code = DATA_HAS_ERRORS if checking.errors(result.findings) else OK
        except UnreadableWorkbookError as error:
            if form == "text":
                raise
            result = _refused(error, how, lang)
        if form == "json":
            echo_json(_as_json(file, result, lang))
        else:
            show_check(file.name, result, lang)
        return code

    parameters = [options.file_argument(), *options.reading_options(lang), options.format_option(lang)]
    return click.Command("check", callback=run, params=parameters, help=word("check", lang))


def checked(file: Path, how: options.Reading) -> Result:
    """Read and check a workbook."""
    return judge(how)(read_workbook(file, how.limits, sheet=how.sheet))


def judge(how: options.Reading) -> Callable[[RawWorkbook], Result]:
    """Return what checks a workbook as these options say."""
    return partial(
        checking.check,
        as_of=how.as_of,
        today=date.today(),
        soon_days=how.soon_days,
        max_tasks=how.limits.rows,
    )


def _as_json(file: Path, result: Result, lang: str) -> dict[str, object]:
    return {
        "file": str(file),
        "as_of": result.as_of.isoformat(),
        "counts": result.counts,
        "findings": findings_json(result.findings, lang),
    }


def _refused(error: UnreadableWorkbookError, how: options.Reading, lang: str) -> Result:
    values = {"reason": explain(error, lang)}
    finding = Finding("unreadable-workbook", Severity.ERROR, values=values)
    return Result(how.as_of or date.today(), None, (finding,))
