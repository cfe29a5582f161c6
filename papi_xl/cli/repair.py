"""`papi-xl repair`: what pasting broke in a workbook made from the template, put back; all values are kept."""

from datetime import date
from pathlib import Path

import click

from papi_xl import files, schema
from papi_xl.cli import options
from papi_xl.cli.main import OK
from papi_xl.cli.words import word
from papi_xl.mending.run import Mended, mended
from papi_xl.mending.words import computed, restored, said
from papi_xl.read import loaded

MENDED = "{stem}_phuc-hoi.xlsx"


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(file: Path, output: Path | None, force: bool) -> int:  # noqa: FBT001 (a flag)
        if output is not None:
            files.check_output(output, source=file, force=force)
        made = mended(file.name, loaded(file, options.DEFAULT_LIMITS), lang, date.today(), options.DEFAULT_LIMITS)
        if made.content is not None:
            target = output or file.with_name(MENDED.format(stem=file.stem))
            files.check_output(target, source=file, force=force)
            files.write_whole(target, made.content)
        for line in told(file.name, made, lang):
            click.echo(line)
        if made.content is not None:
            click.echo(word("written", lang, path=target))
        return OK

    parameters = [
        options.file_argument(),
        options.output_option(lang, "option-repair-output"),
        options.force_option(lang),
    ]
    return click.Command("repair", callback=run, params=parameters, help=word("repair", lang))


def told(file: str, made: Mended, lang: str) -> list[str]:
    """Return what to say of a mended workbook, line by line."""
    if made.content is None:
        return [said("whole", lang, file=file)]
    lines = [restored(one, lang) for one in made.broken]
    if made.rebuilt:
        lines.append(said("rebuilt", lang))
    if made.computed:
        lines.append(computed(made.computed, lang))
    if made.strays:
        lines.append(said("leftovers", lang, count=len(made.strays), sheet=schema.LEFTOVERS))
    return lines
