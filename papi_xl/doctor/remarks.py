"""What the doctor remarks, as data: a code in the wording, a state, and the values that fill it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from papi_xl.errors import PapiError
from papi_xl.install import Installed, Office, Sources


class State(StrEnum):
    """How things are: well, wrong, to be looked at, or for information only."""

    GOOD = "✓"
    BAD = "✗"
    LOOK = "!"
    NOTE = "–"


class Remark(NamedTuple):
    """One line of the doctor's report."""

    code: str
    state: State
    values: Mapping[str, object]


@dataclass(frozen=True)
class Probes:
    """What only the machine can tell; tests give their own.

    Attributes:
        system: Name, release and machine of the operating system.
        python: The version of Python.
        bits: 32 or 64.
        versions: The versions of the packages, ``None`` for one that is missing.
        sources: The files that Excel should have; ``None`` where the packages lack them.
        office: Whether LibreOffice is there.
        uno: Whether its Python module is.
        mark: Returns the mark that Windows gives a file from elsewhere (``Zone.Identifier``), if any.
        refusal: Returns why a workbook cannot be read, if so.
        calc: The LibreOffice in which the buttons may be, if there.
        buttons: The buttons in it, if there.
    """

    system: str
    python: str
    bits: int
    versions: Mapping[str, str | None]
    sources: Sources | None
    office: bool
    uno: bool
    mark: Callable[[Path], str | None]
    refusal: Callable[[Path], PapiError | None]
    calc: Office | None
    buttons: Installed | None


Remarks = Iterator[Remark]


def good(code: str, **values: object) -> Remark:
    """Return a remark that something is well."""
    return Remark(code, State.GOOD, values)


def bad(code: str, **values: object) -> Remark:
    """Return a remark that something is wrong."""
    return Remark(code, State.BAD, values)


def look(code: str, **values: object) -> Remark:
    """Return a remark on something that may go wrong."""
    return Remark(code, State.LOOK, values)


def note(code: str, **values: object) -> Remark:
    """Return a remark for information."""
    return Remark(code, State.NOTE, values)


def blocked(mark: str | None) -> bool:
    """Whether a mark says that the file came from the internet or an untrusted place (zones 3 and 4)."""
    zones = [
        line.partition("=")[2].strip() for line in (mark or "").splitlines() if line.startswith("ZoneId=")
    ]
    return any(zone in {"3", "4"} for zone in zones)
