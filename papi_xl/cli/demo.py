"""`papi-xl demo`: the whole way on the bundled example."""

from datetime import date
from pathlib import Path

import click

from papi_xl import attachment, files
from papi_xl.build import figures_of
from papi_xl.cli import options
from papi_xl.cli.check import checked
from papi_xl.cli.prospect import show_prospect
from papi_xl.cli.report import show_check
from papi_xl.cli.table import show_result
from papi_xl.cli.words import word
from papi_xl.completion import SOON_DAYS
from papi_xl.template import sources
from papi_xl.template.workbook import template_bytes
from papi_xl.write import summary_bytes

FOLDER = "papi-demo"
EXAMPLE = "papi-vi-du.xlsx"


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(output: Path, force: bool) -> int:  # noqa: FBT001 (a flag)
        filling = sources.example()
        example = output / EXAMPLE
        content = template_bytes(filling, figures_of(filling, date.today()))
        files.make_folder(output)
        _put(example, content, force=force)
        _title("demo-made", lang)
        click.echo(word("written", lang, path=example))

        how = options.Reading(None, SOON_DAYS, None, options.DEFAULT_LIMITS)
        result = checked(example, how)
        _title("demo-checked", lang)
        show_check(example.name, result, lang)

        target = output / attachment.offered_name(result)
        _put(target, summary_bytes(attachment.lay_out(result, lang, made_on=result.as_of)), force=force)
        _title("demo-summarized", lang)
        show_result(result, lang)
        show_prospect(result, lang)
        click.echo(word("demo-files", lang))
        for path in (example, target):
            click.echo(f"  {path.resolve()}")
        return 0

    folder = click.Option(
        ["-o", "--output"], type=options.PATH, default=FOLDER, show_default=True,
        help=word("option-folder", lang),
    )  # fmt: skip
    parameters: list[click.Parameter] = [folder, options.force_option(lang)]
    return click.Command("demo", callback=run, params=parameters, help=word("demo", lang))


def _put(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file of the demo, unless it is there already; one that was changed is left alone."""
    if not files.holds(path, content):
        files.check_output(path, force=force)
        files.write_whole(path, content)


def _title(key: str, lang: str) -> None:
    click.echo()
    click.secho(word(key, lang), bold=True)
