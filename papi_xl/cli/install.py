"""`papi-xl install`: the add-in, its settings and the template put into place, or taken away."""

from pathlib import Path

import click

from papi_xl import install
from papi_xl.cli import options
from papi_xl.cli.words import word
from papi_xl.errors import UsageError
from papi_xl.install import Plan


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(template: Path | None, dry_run: bool, uninstall: bool, force: bool) -> int:  # noqa: FBT001 (flags)
        if uninstall and template is not None:
            raise UsageError("not-together", one="--uninstall", other="--template")
        plan = _planned(template, force=force, uninstall=uninstall)
        if dry_run:
            install.check(plan.changes)
        else:
            install.carry_out(plan.changes)
        for line in install.told(plan, lang, dry=dry_run):
            click.echo(line)
        return 0

    parameters: list[click.Parameter] = [
        click.Option(["--template"], type=options.PATH, help=word("option-template", lang)),
        click.Option(["--dry-run"], is_flag=True, help=word("option-dry-run", lang)),
        click.Option(["--uninstall"], is_flag=True, help=word("option-uninstall", lang)),
        options.force_option(lang),
    ]
    return click.Command("install", callback=run, params=parameters, help=word("install", lang))


def _planned(template: Path | None, *, force: bool, uninstall: bool) -> Plan:
    profile = install.of_this_user()
    if uninstall:
        return install.uninstalling(profile)
    return install.installing(profile, install.sources_here(), template=template, force=force)
