"""The text sources of the template under `workbooks/src`: what each workbook is filled with and says."""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from papi_xl import schema
from papi_xl.domains import BY_NUMBER, DOMAINS, Domain
from papi_xl.errors import PapiError
from papi_xl.raw import Cell
from papi_xl.template.filling import Filling, Row, cell_of
from papi_xl.template.planting import Defect, plant

EMPTY_ROWS: Final = 4
"""Rows under each domain of the empty template."""

_NO_CELLS: Final[Row] = {}


def folder() -> Path:
    """Return the folder `workbooks`: inside the installed package, else beside it in the checkout.

    Raises:
        PapiError: ``sources-missing``, with the ``folder`` looked for, where there is neither.
    """
    package = Path(__file__).parents[1]
    for place in (package / "workbooks", package.parent / "workbooks"):
        if (place / "src").is_dir():
            return place
    code = "sources-missing"
    raise PapiError(code, folder=str(package / "workbooks"))


def texts() -> Mapping[str, Any]:
    """Return what the sheets say, by sheet (``texts.toml``)."""
    return _toml("texts.toml")


def lists() -> Sequence[Mapping[str, Any]]:
    """Return the suggestion lists: ``key``, defined ``name``, ``title`` and ``values`` of each."""
    return tuple(_toml("lists.toml")["list"])


def guide() -> Sequence[str]:
    """Return the lines of the guide, marked up as in ``guide.md``, blank ones left out."""
    return tuple(line for line in _read("guide.md").splitlines() if line)


def plan() -> Filling:
    """Return the template with the tasks of the plan of 2021, none of them begun."""
    return Filling(info=_toml("plan.toml"), tasks=tuple(_headed(_rows("plan.csv"))))


def blank() -> Filling:
    """Return the template with the eight domains and empty rows under each."""
    rows = [row for domain in DOMAINS for row in (_heading(domain), *[_NO_CELLS] * EMPTY_ROWS)]
    return Filling(info=_toml("blank.toml"), tasks=tuple(rows))


def example() -> Filling:
    """Return the worked example: as of 30 June 2021, with warnings but no errors."""
    return Filling(
        info=_toml("example.toml"),
        tasks=tuple(_headed(_rows("example.csv"))),
        supervision=_side_rows("example_supervision.csv", schema.SUPERVISION),
        communication=_side_rows("example_communication.csv", schema.COMMUNICATION),
        difficulties=_side_rows("example_difficulties.csv", schema.DIFFICULTIES),
    )


def defects() -> Filling:
    """Return the example with the defects of `planted` in it."""
    filling = example()
    for defect in planted():
        filling = plant(filling, defect)
    return filling


def planted() -> tuple[Defect, ...]:
    """Return every finding of the defects workbook and the edits that plant them (``defects.csv``)."""
    return tuple(
        Defect(
            rule=line["rule"],
            sheet=line["sheet"],
            cell=line["cell"],
            justified=line["justified"] == "yes",
            edit=line["edit"],
            at=line["at"],
            value=line["value"],
        )
        for line in _lines("defects.csv")
    )


def _headed(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield ``rows``, in front of the first task of each domain the row of the domain."""
    current = 0
    for row in rows:
        number = int(str(row["number"]).partition(".")[0])
        if number != current:
            current = number
            yield _heading(BY_NUMBER[number])
        yield row


def _heading(domain: Domain) -> Row:
    return {"number": f"{domain.number}.", "task": domain.vi}


def _rows(name: str) -> list[Row]:
    return [{key: cell_of(text) for key, text in line.items()} for line in _lines(name)]


def _side_rows(name: str, sheet: str) -> tuple[Sequence[Cell], ...]:
    headers = schema.SIDE_TABLES[sheet][1]
    return tuple(tuple(cell_of(line[header]) for header in headers) for line in _lines(name))


def _lines(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_read(name))))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_read(name))


@cache
def _read(name: str) -> str:
    return (folder() / "src" / name).read_text(encoding="utf-8")
