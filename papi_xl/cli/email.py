"""`papi-xl email`: the summary and a draft of the letter to the level above; the user sends it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from papi_xl import check as checking
from papi_xl import difficulties, files, opening, outbox, schema, sent
from papi_xl.bounds import Limits
from papi_xl.check import Result
from papi_xl.cli import options
from papi_xl.cli.check import checked
from papi_xl.cli.main import DATA_HAS_ERRORS, OK
from papi_xl.cli.report import show_findings
from papi_xl.cli.words import word
from papi_xl.errors import OutputError, UnreadableWorkbookError, UsageError
from papi_xl.findings import Severity
from papi_xl.keeping import kept_in
from papi_xl.mail import Attachment
from papi_xl.outbox import Matter, Report
from papi_xl.outbox_words import told
from papi_xl.outbox_words import word as said
from papi_xl.raw import RawSheet
from papi_xl.read import loaded, read_workbook
from papi_xl.refusals import explain
from papi_xl.sent import Sent

WITH_MACROS: Final = ".xlsm"


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""
    parameters: list[click.Parameter] = [
        options.file_argument(),
        options.output_option(lang, "option-draft"),
        click.Option(["--to"], help=word("option-to", lang)),
        click.Option(["--since"], type=options.PATH, help=word("option-since", lang)),
        click.Option(["--keep"], type=options.PATH, help=word("option-keep", lang)),
        click.Option(["--attach"], type=options.PATH, multiple=True, help=word("option-attach", lang)),
        click.Option(["--open", "show"], is_flag=True, help=word("option-open", lang)),
        click.Option(["--allow-errors"], is_flag=True, help=word("option-allow-errors", lang)),
        options.force_option(lang),
        *options.reading_options(lang),
    ]

    def run(**given: Any) -> int:  # noqa: ANN401 (the options of the command)
        return _run(lang, **given)

    return click.Command("email", callback=run, params=parameters, help=word("email", lang))


def _run(  # noqa: PLR0913 (a parameter for each option)
    lang: str,
    *,
    file: Path,
    output: Path | None,
    to: str | None,
    since: Path | None,
    keep: Path | None,
    attach: Sequence[Path],
    show: bool,
    allow_errors: bool,
    force: bool,
    **read: Any,  # noqa: ANN401 (the reading options)
) -> int:
    inputs = [file, *filter(None, [since]), *attach]
    how = options.reading(**read)
    if output is not None:
        _check(output, inputs, force=force, suffix=outbox.ENDING)
    if keep is not None:
        macros = file.suffix.lower() == WITH_MACROS
        _check(keep, inputs, force=force, suffix=WITH_MACROS if macros else files.SUFFIX)
    result = checked(file, how)
    if checking.errors(result.findings) and not allow_errors and result.batch is not None:
        return _refused(result, lang)
    matter = Matter(
        kept=_kept(file, how.limits),
        since=_since(since, how) if since else None,
        difficulties=difficulties.open_ones(_side_sheet(file, schema.DIFFICULTIES, how.limits)),
        to=to,
        attached=tuple(map(_attachment, attach)),
    )
    report = outbox.prepare(result, matter, lang, date.today())
    summary = (output or file).with_name(report.name)
    mail = output or summary.with_suffix(outbox.ENDING)
    contents = outbox.contents(report, summary, mail)
    if keep is not None:
        contents[keep] = _copy(file, keep, [summary, mail], report, how.limits)
    for path in contents:
        _check(path, inputs, force=force, suffix=path.suffix.lower())
    with files.written_together(contents):
        pass
    for line in told(report, summary, mail, lang):
        click.echo(line)
    click.echo(said("kept", lang, path=keep) if keep else said("since-next-time", lang, file=summary.name))
    click.echo(said("look", lang))
    if show:
        opening.open_draft(mail, report.draft)
    return OK


def _check(path: Path, inputs: Sequence[Path], *, force: bool, suffix: str) -> None:
    for source in inputs:
        files.check_output(path, source=source, force=force, suffix=suffix)


def _refused(result: Result, lang: str) -> int:
    remaining = [finding for finding in result.findings if finding.severity is Severity.ERROR]
    show_findings(remaining, lang)
    click.echo(explain(UsageError("errors-remain", count=len(remaining)), lang), err=True)
    return DATA_HAS_ERRORS


def _kept(file: Path, limits: Limits) -> Sequence[Sent]:
    sheet = _side_sheet(file, schema.SENT, limits)
    return sent.from_rows(sheet.rows) if sheet else ()


def _side_sheet(file: Path, name: str, limits: Limits) -> RawSheet | None:
    try:
        return read_workbook(file, limits, sheet=name).sheets[0]
    except UsageError:  # there is no such sheet
        return None


def _since(file: Path, how: options.Reading) -> Sent:
    """Return what the report ``file`` said; one that names no day is as old as the file."""
    raw = read_workbook(file, how.limits)
    changed = date.fromtimestamp(file.stat().st_mtime)
    result = checking.check(
        raw, as_of=None, today=changed, soon_days=how.soon_days, max_tasks=how.limits.rows
    )
    if result.batch is None:
        raise UsageError("since-no-table", file=file.name)
    return sent.snapshot(result, changed)


def _attachment(path: Path) -> Attachment:
    try:
        return Attachment(path.name, loaded(path, Limits(packed=outbox.MOST_ATTACHED)))
    except UnreadableWorkbookError as error:
        if error.code == "too-large":
            values = {key: error.values[key] for key in ("found", "limit")}
            raise UsageError("attached-too-large", what="packed", **values) from error
        code = error.code if error.code in {"file-missing", "no-access"} else "not-a-file"
        raise UsageError(code, file=str(path)) from error


def _copy(file: Path, copy: Path, others: Sequence[Path], report: Report, limits: Limits) -> bytes:
    if copy.resolve() in [other.resolve() for other in others]:
        raise OutputError("keep-is-report", file=str(copy))
    return kept_in(loaded(file, limits), report.kept, file.name, limits)
