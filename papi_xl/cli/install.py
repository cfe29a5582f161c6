"""`papi-xl install`: the buttons put into Excel or LibreOffice with all they need, or taken away."""

from collections.abc import Sequence
from pathlib import Path

import click

from papi_xl import extension, install
from papi_xl.cli import options
from papi_xl.cli.words import word
from papi_xl.errors import UsageError
from papi_xl.install import Plan


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(*, template: Path | None, libreoffice: bool, dry_run: bool, uninstall: bool, force: bool) -> int:
        for option, given in (("--uninstall", uninstall), ("--libreoffice", libreoffice)):
            if given and template is not None:
                raise UsageError("not-together", one=option, other="--template")
        if libreoffice:
            lines = _in_libreoffice(lang, dry=dry_run, uninstall=uninstall)
        else:
            plan = _planned(template, force=force, uninstall=uninstall)
            lines = _in_excel(plan, lang, dry=dry_run)
        for line in lines:
            click.echo(line)
        return 0

    parameters: list[click.Parameter] = [
        click.Option(["--libreoffice"], is_flag=True, help=word("option-libreoffice", lang)),
        click.Option(["--template"], type=options.PATH, help=word("option-template", lang)),
        click.Option(["--dry-run"], is_flag=True, help=word("option-dry-run", lang)),
        click.Option(["--uninstall"], is_flag=True, help=word("option-uninstall", lang)),
        options.force_option(lang),
    ]
    return click.Command("install", callback=run, params=parameters, help=word("install", lang))


def _in_libreoffice(lang: str, *, dry: bool, uninstall: bool) -> Sequence[str]:
    machine = install.machine_here()
    if uninstall:
        plan = install.removing(machine)
    else:
        package = extension.with_interpreter(install.package_here(), machine.profile.interpreter)
        plan = install.adding(machine, package)
    if not dry:
        install.carry_out_buttons(machine, plan)
    return install.told(plan, lang, dry=dry)


def _in_excel(plan: Plan, lang: str, *, dry: bool) -> Sequence[str]:
    if dry:
        install.check(plan.changes)
    else:
        install.carry_out(plan.changes)
    return install.told(plan, lang, dry=dry)


def _planned(template: Path | None, *, force: bool, uninstall: bool) -> Plan:
    profile = install.of_this_user()
    if uninstall:
        return install.uninstalling(profile)
    return install.installing(profile, install.sources_here(), template=template, force=force)
