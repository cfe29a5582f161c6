"""`papi-xl summarize`: the attached summary of one workbook."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from papi_xl import attachment, files
from papi_xl import check as checking
from papi_xl.bounds import TO_WRITE
from papi_xl.check import Result
from papi_xl.cli import options
from papi_xl.cli.check import checked
from papi_xl.cli.main import DATA_HAS_ERRORS, OK
from papi_xl.cli.prospect import show_prospect
from papi_xl.cli.report import echo_json, figures_json, show_findings, telling
from papi_xl.cli.words import word
from papi_xl.errors import PapiError, UsageError
from papi_xl.findings import Severity
from papi_xl.refusals import explain
from papi_xl.write import write_summary


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(file: Path, form: str, **how: Any) -> int:  # noqa: ANN401 (the options of the command)
        with telling(form, lang, PapiError, file=str(file), output=None):
            result, target = summarized(file, lang, **how)
        if form == "json":
            echo_json(as_json(file, target, result, lang))
        else:
            _show(target, result, lang)
        return OK if target else DATA_HAS_ERRORS

    parameters = [
        options.file_argument(),
        options.output_option(lang, "option-summary-output"),
        *options.reading_options(lang, TO_WRITE),
        click.Option(["--allow-errors"], is_flag=True, help=word("option-allow-errors", lang)),
        options.force_option(lang),
        options.format_option(lang),
    ]
    return click.Command("summarize", callback=run, params=parameters, help=word("summarize", lang))


def summarized(
    file: Path,
    lang: str,
    *,
    output: Path | None,
    force: bool,
    allow_errors: bool,
    **read: Any,  # noqa: ANN401 (the reading options)
) -> tuple[Result, Path | None]:
    """Check a workbook and write its summary; return what was found and the file written.

    Nothing is written, and no file returned, where errors remain that are not allowed.
    """
    if output is not None:
        files.check_output(output, source=file, force=force)
    result = checked(file, options.reading(**read))
    offered = file.with_name(attachment.offered_name(result))
    target = output or offered
    if checking.errors(result.findings) and not allow_errors:
        return result, None
    files.check_output(target, source=file, force=force)
    write_summary(target, attachment.lay_out(result, lang, date.today()))
    return result, target


def as_json(file: Path, target: Path | None, result: Result, lang: str) -> dict[str, object]:
    """Return a summary as JSON shows it: the file, the eight domains (and one of none), the total."""
    lines, total = result.figures()
    return {
        "file": str(file),
        "output": str(target) if target else None,
        "as_of": result.as_of.isoformat(),
        "domains": [figures_json(line, lang) for line in lines],
        "total": figures_json(total, lang),
    }


def _show(target: Path | None, result: Result, lang: str) -> None:
    from papi_xl.cli.table import show_result  # noqa: PLC0415 (rich is slow to load and JSON needs none)

    show_result(result, lang)
    show_prospect(result, lang)
    if target is None:
        remaining = [finding for finding in result.findings if finding.severity is Severity.ERROR]
        show_findings(remaining, lang)
        click.echo(explain(UsageError("errors-remain", count=len(remaining)), lang), err=True)
    else:
        click.echo(word("written", lang, path=target))
