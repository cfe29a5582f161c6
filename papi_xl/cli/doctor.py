"""`papi-xl doctor`: what is right and wrong here, and what to do about it."""

from pathlib import Path

import click

from papi_xl import doctor, files
from papi_xl.cli import options
from papi_xl.cli.main import DATA_HAS_ERRORS, OK
from papi_xl.cli.words import word
from papi_xl.doctor import State
from papi_xl.errors import OutputError
from papi_xl.install import of_this_user

SUFFIX = ".txt"


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(file: str | None, support: Path | None, force: bool) -> int:  # noqa: FBT001 (a flag)
        if support is not None:
            _check(support, force=force)
        profile, probes = of_this_user(), doctor.probes_here()
        remarks = doctor.examine(profile, file, probes)
        click.echo(doctor.report(remarks, lang))
        if support is not None:
            text = doctor.support_text(profile, file, probes, remarks)
            files.write_whole(support, text.encode())
            click.echo(word("written", lang, path=support))
        return DATA_HAS_ERRORS if any(remark.state is State.BAD for remark in remarks) else OK

    parameters: list[click.Parameter] = [
        click.Argument(["file"], required=False),
        click.Option(["--support"], type=options.PATH, help=word("option-support", lang)),
        options.force_option(lang),
    ]
    return click.Command("doctor", callback=run, params=parameters, help=word("doctor", lang))


def _check(support: Path, *, force: bool) -> None:
    """Make sure that the support file may be written, and that it is no workbook."""
    if support.suffix.lower() != SUFFIX:
        raise OutputError("support-not-txt", file=str(support))
    files.check_folder(support.parent, option="--support")
    if files.exists(support) and not force:
        raise OutputError("support-exists", file=str(support))
