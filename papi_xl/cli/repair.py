"""`papi-xl repair`: what pasting broke in a workbook of the template, put back; all values are kept."""

from datetime import date
from pathlib import Path

import click

from papi_xl import files
from papi_xl.bounds import TO_WRITE
from papi_xl.cli import options
from papi_xl.cli.main import OK
from papi_xl.cli.words import word
from papi_xl.editing.parts import SUFFIXES
from papi_xl.mending.run import MENDED, mended
from papi_xl.mending.words import told
from papi_xl.read import called, loaded, naming


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(file: Path, output: Path | None, force: bool, **most: int) -> int:  # noqa: FBT001 (a flag)
        limits = options.limits(most)
        if output is not None:
            known = output.suffix.lower() if output.suffix.lower() in SUFFIXES.values() else files.SUFFIX
            files.check_output(output, source=file, force=force, suffix=known)
        with naming(called(file)):
            made = mended(file.name, loaded(file, limits), lang, date.today(), limits)
        target = output or file.with_name(MENDED.format(stem=file.stem, suffix=made.suffix))
        if made.content is not None:
            files.check_output(target, source=file, force=force, suffix=made.suffix)
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
        *options.limit_options(lang, TO_WRITE),
    ]
    return click.Command("repair", callback=run, params=parameters, help=word("repair", lang))
