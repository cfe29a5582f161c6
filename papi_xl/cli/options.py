"""Options that commands share, and how their values are understood."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

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
UNITS: Final = {
    "packed": MIB, "unpacked": MIB, "texts": MIB, "part": MIB, "rows": 1, "cells": 1, "letters": 1,
    "sheets": 1,
}  # fmt: skip
"""The bounds that an option sets, and what it counts them in."""


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


def reading_options(lang: str, most: Limits = DEFAULT_LIMITS) -> list[click.Parameter]:
    """Return the options that `reading` understands; ``most`` are the bounds where none is given."""
    return [
        click.Option(["--as-of"], type=Day(), help=word("option-as-of", lang)),
        click.Option(
            ["--soon-days"], type=click.IntRange(0, MOST_SOON_DAYS), default=SOON_DAYS, show_default=True,
            help=word("option-soon-days", lang),
        ),
        click.Option(["--sheet"], help=word("option-sheet", lang)),
        *limit_options(lang, most),
    ]  # fmt: skip


def limit_options(lang: str, most: Limits) -> list[click.Parameter]:
    """Return the options that `limits` understands: one for each bound on what is read."""
    return [
        click.Option(
            [f"--max-{name}"], type=click.IntRange(min=1), default=getattr(most, name) // unit,
            show_default=True, help=word(f"option-max-{name}", lang),
        )
        for name, unit in UNITS.items()
    ]  # fmt: skip


def limits(given: Mapping[str, int]) -> Limits:
    """Return the bounds, given the values of `limit_options`; sizes are in MiB."""
    return Limits(**{name: given[f"max_{name}"] * unit for name, unit in UNITS.items()})


def taken(given: Mapping[str, Any]) -> tuple[Limits, dict[str, Any]]:
    """Return the bounds among the options given, and the other options."""
    own = {f"max_{name}" for name in UNITS}
    return limits(given), {key: value for key, value in given.items() if key not in own}


def reading(*, as_of: date | None, soon_days: int, sheet: str | None, **given: int) -> Reading:
    """Return how to read, given the values of `reading_options`."""
    return Reading(as_of, soon_days, sheet, limits(given))
