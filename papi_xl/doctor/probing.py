"""The probes of this very machine. Nothing heavy is loaded until a workbook is to be read."""

import platform
import shutil
import struct
import sys
from importlib.machinery import PathFinder
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from papi_xl.doctor.remarks import Probes
from papi_xl.errors import PapiError
from papi_xl.install import Sources, found, installed, machine_here, sources_here

PACKAGES: Final = ("papi_xl", "xlwings", "pandas")
DIST_PACKAGES: Final = "/usr/lib/python3/dist-packages"
"""Where Debian has the module ``uno``; named here again since the engine costs the start of xlwings."""


def probes_here() -> Probes:
    """Return the probes of this machine."""
    calc = found(machine_here())
    return Probes(
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        python=platform.python_version(),
        bits=struct.calcsize("P") * 8,
        versions={package: _version(package) for package in PACKAGES},
        sources=_sources(),
        office=shutil.which("soffice") is not None,
        uno=PathFinder.find_spec("uno", [*sys.path, DIST_PACKAGES]) is not None,
        mark=_mark,
        refusal=_refusal,
        calc=calc,
        buttons=installed(calc) if calc else None,
    )


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _sources() -> Sources | None:
    try:
        return sources_here()
    except PapiError:
        return None


def _mark(path: Path) -> str | None:
    """Return the alternate stream in which Windows notes where a file came from."""
    try:
        return Path(f"{path}:Zone.Identifier").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None


def _refusal(path: Path) -> PapiError | None:
    # The readers cost more to load than all the rest of the examination.
    from papi_xl.read import read_workbook  # noqa: PLC0415

    try:
        read_workbook(path)
    except PapiError as error:
        return error
    return None
