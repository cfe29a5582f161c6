"""Options that commands share, and how their values are understood."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from papi_xl.bounds import Limits
from papi_xl.cli.words import word
from papi_xl.completion import MOST_SOON_DAYS, SOON_DAYS
from papi_xl.errors import UsageError
from papi_xl.timing import as_date

MIB = 2**20
PATH: click.Path = click.Path(path_type=Path, readable=False)
"""A path as typed; whether it can be read or written is for the reader and the writer to say."""
DEFAULT_LIMITS = Limits()


class Reading(NamedTuple):
    """How a workbook is to be read and judged."""

    as_of: date | None
    soon_days: int
    sheet: str | None
    limits: Limits


class Day(click.ParamType[date]):
    """A date in ISO form or as dd/mm/yyyy."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ARG002
        """Return the date that ``value`` names."""
        if isinstance(value, date):
            return value
        day = as_date(str(value))
        if day is None:
            raise UsageError("date-invalid", value=value)
        return day


def file_argument() -> click.Argument:
    """Return the argument FILE."""
    return click.Argument(["file"], type=PATH)


def output_option(lang: str, key: str = "option-output", *, required: bool = False) -> click.Option:
    """Return the option `-o`."""
    return click.Option(["-o", "--output"], type=PATH, required=required, help=word(key, lang))


def force_option(lang: str) -> click.Option:
    """Return the option `--force`."""
    return click.Option(["--force"], is_flag=True, help=word("option-force", lang))


def format_option(lang: str) -> click.Option:
    """Return the option `--format`."""
    return click.Option(
        ["--format", "form"], type=click.Choice(("text", "json")), default="text",
        help=word("option-format", lang),
    )  # fmt: skip


def reading_options(lang: str) -> list[click.Parameter]:
    """Return the options that `reading` understands."""
    at_least_one = click.IntRange(min=1)
    return [
        click.Option(["--as-of"], type=Day(), help=word("option-as-of", lang)),
        click.Option(
            ["--soon-days"], type=click.IntRange(0, MOST_SOON_DAYS), default=SOON_DAYS, show_default=True,
            help=word("option-soon-days", lang),
        ),
        click.Option(["--sheet"], help=word("option-sheet", lang)),
        click.Option(
            ["--max-packed"], type=at_least_one, default=DEFAULT_LIMITS.packed // MIB, show_default=True,
            help=word("option-max-packed", lang),
        ),
        click.Option(
            ["--max-unpacked"], type=at_least_one, default=DEFAULT_LIMITS.unpacked // MIB, show_default=True,
            help=word("option-max-unpacked", lang),
        ),
        click.Option(
            ["--max-rows"], type=at_least_one, default=DEFAULT_LIMITS.rows, show_default=True,
            help=word("option-max-rows", lang),
        ),
    ]  # fmt: skip


def reading(  # noqa: PLR0913, PLR0917 (a parameter for each option)
    as_of: date | None, soon_days: int, sheet: str | None, max_packed: int, max_unpacked: int, max_rows: int
) -> Reading:
    """Return how to read, given the values of `reading_options`; sizes are in MiB."""
    limits = Limits(packed=max_packed * MIB, unpacked=max_unpacked * MIB, rows=max_rows)
    return Reading(as_of, soon_days, sheet, limits)
