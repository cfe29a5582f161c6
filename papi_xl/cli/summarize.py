"""`papi-xl summarize`: the attached summary of one workbook."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from papi_xl import check as checking
from papi_xl import files, summary
from papi_xl.check import Result
from papi_xl.cli import options
from papi_xl.cli.check import checked
from papi_xl.cli.main import DATA_HAS_ERRORS, OK
from papi_xl.cli.report import show_findings
from papi_xl.cli.words import word
from papi_xl.completion import Figures
from papi_xl.domains import BY_NUMBER
from papi_xl.errors import PapiError, UnreadableWorkbookError, UsageError
from papi_xl.parse import Batch, Document
from papi_xl.wording import explain
from papi_xl.write import write_summary


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(file: Path, output: Path | None, force: bool, allow_errors: bool, form: str, **read: Any) -> int:  # noqa: ANN401, FBT001
        if output is not None:
            files.check_output(output, source=file, force=force)
        try:
            result = checked(file, options.reading(**read))
            info = info_of(_batch(result).docs[0])
            target = None
            if allow_errors or not checking.errors(result.findings):
                target = output or file.with_name(summary.file_name(info, result.as_of))
                files.check_output(target, source=file, force=force)
                write(result, target, lang)
        except PapiError as error:
            if form == "json":
                _echo({"file": str(file), "output": None, "error": explain(error, lang)})
            raise
        if form == "json":
            _echo(as_json(file, target, result, lang))
        else:
            _show(target, result, lang)
        return OK if target else DATA_HAS_ERRORS

    parameters = [
        options.file_argument(),
        options.output_option(lang, "option-summary-output"),
        *options.reading_options(lang),
        click.Option(["--allow-errors"], is_flag=True, help=word("option-allow-errors", lang)),
        options.force_option(lang),
        options.format_option(lang),
    ]
    return click.Command("summarize", callback=run, params=parameters, help=word("summarize", lang))


def offered_name(result: Result) -> str:
    """Return the file name offered for a summary."""
    return summary.file_name(info_of(_batch(result).docs[0]), result.as_of)


def write(result: Result, target: Path, lang: str) -> None:
    """Write the attached summary of a checked workbook to ``target``."""
    batch = _batch(result)
    lines, total = result.figures()
    laid_out = summary.build(
        batch.tasks,
        lines,
        total,
        info=info_of(batch.docs[0]),
        as_of=result.as_of,
        lang=lang,
        errors=checking.errors(result.findings),
        made_on=date.today(),
    )
    write_summary(target, laid_out)


def info_of(doc: Document) -> dict[str, object]:
    """Return what is known of the unit: its sheet `Thông tin`, else what an earlier report carried."""
    known: dict[str, object] = {key: value for key, value in doc.meta.items() if value}
    return (
        known | {key: value for key, value in doc.info.items() if value is not None} | {"year": doc.plan_year}
    )


def as_json(file: Path, target: Path | None, result: Result, lang: str) -> dict[str, object]:
    """Return a summary as JSON shows it (design.md §6)."""
    lines, total = result.figures()
    return {
        "file": str(file),
        "output": str(target) if target else None,
        "as_of": result.as_of.isoformat(),
        "domains": [_figures_json(line, lang) for line in lines],
        "total": _figures_json(total, lang),
    }


def _figures_json(line: Figures, lang: str) -> dict[str, object]:
    values = asdict(line)
    domain = values.pop("domain")
    name = BY_NUMBER[domain].name(lang) if domain else None
    return {"domain": domain, "name": name, **values}


def _batch(result: Result) -> Batch:
    if result.batch is None:
        raise UnreadableWorkbookError("task-table-missing")
    return result.batch


def _show(target: Path | None, result: Result, lang: str) -> None:
    from papi_xl.cli.table import show_figures  # noqa: PLC0415 (rich is slow to load and JSON needs none)

    show_figures(result, lang)
    if target is None:
        remaining = [finding for finding in result.findings if finding.severity == "error"]
        show_findings(remaining, lang)
        click.echo(explain(UsageError("errors-remain", count=len(remaining)), lang), err=True)
    else:
        click.echo(word("written", lang, path=target))


def _echo(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
