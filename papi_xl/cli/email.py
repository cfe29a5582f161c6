"""`papi-xl email`: the summary and a draft of the letter to the level above; the user sends it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import click

from papi_xl import check as checking
from papi_xl import difficulties, files, opening, outbox, schema, sent
from papi_xl.bounds import TO_WRITE, Limits
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
from papi_xl.outbox_words import next_steps, told
from papi_xl.outbox_words import word as said
from papi_xl.raw import RawSheet
from papi_xl.read import called, loaded, naming, read_workbook
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
        *options.reading_options(lang, TO_WRITE),
    ]

    def run(file: Path, show: bool, **given: Any) -> int:  # noqa: ANN401, FBT001 (options)
        ways = Ways(**{name: given.pop(name) for name in Ways._fields})
        return _run(file, ways, options.reading(**given), lang, show=show)

    return click.Command("email", callback=run, params=parameters, help=word("email", lang))


class Ways(NamedTuple):
    """The options that say what goes into the letter and where the files go."""

    output: Path | None
    to: str | None
    since: Path | None
    keep: Path | None
    attach: Sequence[Path]
    allow_errors: bool
    force: bool


def _run(file: Path, ways: Ways, how: options.Reading, lang: str, *, show: bool) -> int:
    inputs = [file, *filter(None, [ways.since]), *ways.attach]
    _check_named(file, ways, inputs)
    result = checked(file, how)
    if checking.errors(result.findings) and not ways.allow_errors and result.batch is not None:
        return _refused(result, lang)
    report = outbox.prepare(result, _matter(file, ways, how), lang, date.today())
    summary = (ways.output or file).with_name(report.name)
    mail = ways.output or summary.with_suffix(outbox.ENDING)
    contents = outbox.contents(report, summary, mail)
    if ways.keep is not None:
        contents[ways.keep] = _copy(file, ways.keep, [summary, mail], report, how.limits)
    for path in contents:
        _check(path, inputs, force=ways.force or path == summary, suffix=path.suffix.lower())
    if not ways.force and summary in contents and files.exists(summary):
        raise OutputError("summary-exists", file=str(summary))
    with files.written_together(contents):
        pass
    for line in told(report, summary, mail, lang):
        click.echo(line)
    remembered = said("kept", lang, path=ways.keep) if ways.keep else ""
    click.echo(remembered or said("since-next-time", lang, file=summary))
    if show:
        opening.open_draft(mail, report.draft)
    click.echo("\n".join(next_steps(lang, is_open=show)))
    return OK


def _check_named(file: Path, ways: Ways, inputs: Sequence[Path]) -> None:
    """Make sure, before any work is done, that the outputs named may be written."""
    if ways.output is not None:
        _check(ways.output, inputs, force=ways.force, suffix=outbox.ENDING)
    if ways.keep is not None:
        suffix = WITH_MACROS if file.suffix.lower() == WITH_MACROS else files.SUFFIX
        _check(ways.keep, inputs, force=ways.force, suffix=suffix, option="--keep")


def _matter(file: Path, ways: Ways, how: options.Reading) -> Matter:
    return Matter(
        kept=_kept(file, how.limits),
        since=_since(ways.since, how) if ways.since else None,
        difficulties=difficulties.open_ones(_side_sheet(file, schema.DIFFICULTIES, how.limits)),
        to=ways.to,
        attached=tuple(map(_attachment, ways.attach)),
    )


def _check(path: Path, inputs: Sequence[Path], *, force: bool, suffix: str, option: str = "-o") -> None:
    for source in inputs:
        files.check_output(path, source=source, force=force, suffix=suffix, option=option)


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
    with naming(called(file)):
        return kept_in(loaded(file, limits), report.kept, file.name, limits)
