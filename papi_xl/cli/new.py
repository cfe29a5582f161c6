"""`papi-xl new`: a new template, filled with the plan's tasks, with what another workbook holds, or empty."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from papi_xl import files, schema
from papi_xl.bounds import TO_WRITE, Limits
from papi_xl.build import figures_of
from papi_xl.cli import options
from papi_xl.cli.words import word
from papi_xl.errors import UnreadableWorkbookError, UsageError
from papi_xl.raw import Cell
from papi_xl.template import sources
from papi_xl.template.filling import Filling
from papi_xl.template.help import FIRST_DAY, LAST_DAY
from papi_xl.template.workbook import write_template
from papi_xl.text import clean, day_text


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(
        output: Path,
        blank: bool,  # noqa: FBT001 (a flag)
        source: Path | None,
        force: bool,  # noqa: FBT001 (a flag)
        **given: Any,  # noqa: ANN401 (the bounds and the fields)
    ) -> int:
        limits, info = options.taken(given)
        if source is not None and blank:
            raise UsageError("not-together", one="--from", other="--blank")
        files.check_output(output, source=source, force=force)
        told: Sequence[str] = ()
        if source is None:
            filling = sources.blank() if blank else sources.plan()
        else:
            filling, told = moved_from(source, lang, limits)
        filling = filled(filling, info)
        write_template(output, filling, figures_of(filling, date.today()))
        for line in (*told, word("written", lang, path=output)):
            click.echo(line)
        return 0

    parameters: list[click.Parameter] = [
        options.output_option(lang, required=True),
        click.Option(["--from", "source"], type=options.PATH, help=word("option-from", lang)),
        click.Option(["--blank"], is_flag=True, help=word("option-blank", lang)),
        *info_options(lang),
        options.force_option(lang),
        *options.limit_options(lang, TO_WRITE),
    ]
    return click.Command("new", callback=run, params=parameters, help=word("new", lang))


def moved_from(file: Path, lang: str, limits: Limits) -> tuple[Filling, list[str]]:
    """Return what a workbook fills the template with, and what to say of it.

    Raises:
        UnreadableWorkbookError: as `read.read_workbook`, or ``task-table-missing``.
    """
    # Loaded for this option only; the others would wait for them.
    from papi_xl.mending.run import moved_into_template  # noqa: PLC0415
    from papi_xl.mending.words import leftover, told_moved  # noqa: PLC0415
    from papi_xl.read import read_workbook  # noqa: PLC0415

    found = moved_into_template(read_workbook(file, limits, everything=True))
    if found.tasks is None:
        raise UnreadableWorkbookError("task-table-missing", file=file.name)
    leftovers = tuple(leftover(one, lang) for one in found.strays)
    info = found.filling.info if found.sheets else {**sources.blank().info, **found.filling.info}
    return replace(found.filling, info=info, leftovers=leftovers), told_moved(found, lang)


def filled(filling: Filling, info: dict[str, Cell]) -> Filling:
    """Return ``filling`` with what was given in ``info``.

    With a year of its own, period and as-of date follow that year unless they are given too: the date is
    today in the year's course, else its last day.
    """
    given = {key: _usable(value) for key, value in info.items() if value is not None}
    year = given.get("year")
    if isinstance(year, int) and year != filling.info.get("year"):
        last = date(year, 12, 31)
        day = min(date.today(), last) if date.today().year == year else last
        given = {"period": f"Năm {year}", "as_of": day, **given}
    return replace(filling, info={**filling.info, **given})


def _usable(value: Cell) -> Cell:
    """Return a value given for a cell, without what a cell cannot hold."""
    if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
        first, last = day_text(FIRST_DAY), day_text(LAST_DAY)
        raise UsageError("date-outside", value=day_text(value), first=first, last=last)
    return clean(value) if isinstance(value, str) else value


def info_options(lang: str) -> list[click.Option]:
    """Return an option for each field of `Thông tin`."""
    return [_info_option(field, lang) for field in schema.INFO_FIELDS]


def _info_option(field: schema.InfoField, lang: str) -> click.Option:
    kinds = {"year": click.IntRange(schema.FIRST_YEAR, schema.LAST_YEAR), "as_of": options.Day()}
    label = field.english if lang == "en" else field.label
    return click.Option(
        [f"--{field.key.replace('_', '-')}"],
        type=kinds.get(field.key, click.STRING),
        help=word("option-info", lang, label=label),
    )
