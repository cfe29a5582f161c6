"""`papi-xl build`: the workbooks that are kept beside their text sources."""

from pathlib import Path

import click

from papi_xl import files
from papi_xl.build import build
from papi_xl.cli import options
from papi_xl.cli.words import word


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(output: Path | None) -> int:
        if output is not None:
            files.check_folder(output)
        for path in build(output):
            click.echo(word("written", lang, path=path))
        return 0

    folder = click.Option(["-o", "--output"], type=options.PATH, help=word("option-build-folder", lang))
    return click.Command("build", callback=run, params=[folder], help=word("build", lang))
