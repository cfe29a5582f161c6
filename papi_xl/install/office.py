"""Finds LibreOffice by looking at files only; nothing is started.

Sources: LibreOffice's own start-up files (``program/bootstraprc``, ``lounorc``; ``bootstrap.ini`` on Windows)
and the registry key that its examples read (``odk/source/unoapploader``).
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from papi_xl.errors import InstallError
from papi_xl.install.profile import Profile, System, of_this_user

OLDEST: Final = (7, 4)
LINUX: Final = (
    "usr/lib*/libreoffice*/program",
    "usr/local/lib*/libreoffice*/program",
    "usr/local/libreoffice*/program",
    "opt/libreoffice*/program",
)
MAC: Final = "Applications/LibreOffice*.app/Contents/MacOS"
SANDBOXES: Final[Mapping[str, tuple[str, ...]]] = {
    "Snap": ("snap/bin/libreoffice", "var/lib/snapd/snap/bin/libreoffice"),
    "Flatpak": ("var/lib/flatpak/exports/bin/org.libreoffice.LibreOffice",),
}
FLATPAK_OF_USER: Final = ".local/share/flatpak/exports/bin/org.libreoffice.LibreOffice"
PROGRAM_FILES: Final = ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)")
REGISTRY: Final = r"SOFTWARE\LibreOffice\UNO\InstallPath"

_SETTING: Final = re.compile(r"^(\w+)=(.*)$", re.MULTILINE)
_PRODUCT: Final = re.compile(r"LibreOffice\w* (\d+)\.(\d+)")
_VARIABLE: Final = re.compile(r"\$\{?(SYSUSERCONFIG|ORIGIN)\}?/?(.*)")


@dataclass(frozen=True)
class Machine:
    """Where a LibreOffice may be.

    Attributes:
        profile: Whose machine it is.
        root: The folder above all others, ``/``.
        path: The folders in which the system looks for commands.
        programs: The folders `Program Files` of Windows.
        registered: What the registry of Windows says, folders of programs.
        environment: The environment variables; LibreOffice reads ``UserInstallation`` and
            ``UNO_SHARED_PACKAGES`` there, both addresses of folders.
        as_root: Whether a user runs this to whom `unopkg` refuses settings of their own.
    """

    profile: Profile
    root: Path
    path: tuple[Path, ...]
    programs: tuple[Path, ...]
    registered: tuple[Path, ...]
    environment: Mapping[str, str]
    as_root: bool


class Office(NamedTuple):
    """A LibreOffice: its folder of programs, its version, the user's folder, and the one for all users."""

    program: Path
    version: tuple[int, int]
    user: Path
    shared: Path

    @property
    def number(self) -> str:
        """The version as people write it."""
        return ".".join(map(str, self.version))

    @property
    def runs_python(self) -> bool:
        """Whether extensions may be written in Python."""
        return there(resources(self.program) / "pythonloader.py")


def machine_here() -> Machine:
    """Return this very machine."""
    environment = os.environ
    return Machine(
        profile=of_this_user(),
        root=Path("/"),
        path=tuple(map(Path, environment.get("PATH", os.defpath).split(os.pathsep))),
        programs=tuple(Path(environment[name]) for name in PROGRAM_FILES if environment.get(name)),
        registered=tuple(_registered()),
        environment=environment,
        as_root=hasattr(os, "geteuid") and os.geteuid() == 0,
    )


def present(machine: Machine) -> Office:
    """Return the LibreOffice that is there.

    Raises:
        InstallError: ``office-not-found``, or ``office-sandboxed`` where it is shut away from other programs.
    """
    office = found(machine)
    if office is None:
        kind = sandbox(machine)
        raise InstallError("office-sandboxed", kind=kind) if kind else InstallError("office-not-found")
    return office


def usable(machine: Machine) -> Office:
    """Return the LibreOffice that can have the buttons.

    Raises:
        InstallError: ``office-too-old``, ``office-without-python``; or as `present` does.
    """
    office = present(machine)
    known = {"version": office.number, "folder": office.program}
    if office.version < OLDEST:
        raise InstallError("office-too-old", **known)
    if not office.runs_python:
        raise InstallError("office-without-python", **known)
    return office


def unopkg_of(office: Office) -> Path:
    """Return the program that installs extensions; on Windows the one that writes to a console.

    Raises:
        InstallError: ``office-without-unopkg``.
    """
    for name in ("unopkg.com", "unopkg.exe", "unopkg"):
        if there(office.program / name):
            return office.program / name
    raise InstallError("office-without-unopkg", version=office.number, folder=office.program)


def found(machine: Machine) -> Office | None:
    """Return the LibreOffice that is there: the one the user starts if it is new enough, else the newest."""
    named = _offices(machine, _named(machine))
    recent = [office for office in named if office.version >= OLDEST]
    offices = recent[:1] or [*named, *_offices(machine, _usual(machine))]
    return max(offices, key=lambda one: one.version, default=None)


def sandbox(machine: Machine) -> str | None:
    """Return how a LibreOffice is shut away from other programs, ``None`` where there is no such one."""
    for kind, places in SANDBOXES.items():
        if any(there(machine.root / place) for place in places):
            return kind
    return "Flatpak" if there(machine.profile.home / FLATPAK_OF_USER) else None


def resources(program: Path) -> Path:
    """Return where the files lie that are no programs; only a Mac keeps them apart."""
    return program.with_name("Resources") if program.name == "MacOS" else program


def _named(machine: Machine) -> Iterator[Path]:
    """Yield the folders of programs that the system itself leads to."""
    if machine.profile.system is System.WINDOWS:
        yield from machine.registered
        yield from (folder for folder in machine.path if there(folder / "soffice.exe"))
    else:
        commands = [folder / name for folder in machine.path for name in ("libreoffice", "soffice")]
        yield from (command.resolve().parent for command in commands if there(command))


def _usual(machine: Machine) -> Iterator[Path]:
    """Yield the folders of programs where a LibreOffice usually is."""
    if machine.profile.system is System.WINDOWS:
        for folder in machine.programs:
            yield from folder.glob("LibreOffice*/program")
    elif machine.profile.system is System.MAC:
        for folder in (machine.root, machine.profile.home):
            yield from folder.glob(MAC)
    else:
        for pattern in LINUX:
            yield from machine.root.glob(pattern)


def _offices(machine: Machine, places: Iterable[Path]) -> list[Office]:
    return [office for place in places if (office := _office(machine, place))]


def _office(machine: Machine, program: Path) -> Office | None:
    """Return the LibreOffice whose programs are in ``program``, if there is one."""
    name = "bootstrap.ini" if machine.profile.system is System.WINDOWS else "bootstraprc"
    text = content_or_nothing(resources(program) / name).decode("utf-8", "replace").replace("\r", "")
    settings = dict(_SETTING.findall(text))
    product = _PRODUCT.match(settings.get("ProductKey", ""))
    if product is None:
        return None
    stated = machine.environment.get("UserInstallation") or settings.get("UserInstallation", "")
    user = _folder(machine, program, stated) or _config(machine) / "libreoffice" / "4"
    shared = _folder(machine, program, machine.environment.get("UNO_SHARED_PACKAGES", ""))
    base = resources(program) if program.name == "MacOS" else program.with_name("share")
    return Office(program, (int(product[1]), int(product[2])), user, shared or base / "uno_packages")


def _folder(machine: Machine, program: Path, stated: str) -> Path | None:
    """Return the folder that LibreOffice means by an address or by a path below one of its variables."""
    variable = _VARIABLE.fullmatch(stated)
    if variable:
        base = _config(machine) if variable[1] == "SYSUSERCONFIG" else program
        return base / variable[2]
    return Path(url2pathname(urlsplit(stated).path)) if stated.startswith("file:") else None


def _config(machine: Machine) -> Path:
    """Return the folder in which programs keep the user's settings."""
    profile = machine.profile
    if profile.system is System.WINDOWS:
        return profile.appdata
    if profile.system is System.MAC:
        return profile.home / "Library" / "Application Support"
    return Path(machine.environment.get("XDG_CONFIG_HOME") or profile.home / ".config")


def there(path: Path) -> bool:
    """Whether something is at ``path`` and the system lets us know."""
    try:
        return path.exists()
    except OSError:
        return False


def content_or_nothing(path: Path) -> bytes:
    """Return the content of a file, nothing where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _registered() -> Iterator[Path]:
    """Yield the folders of programs that the registry of Windows names, this user's before the machine's."""
    if sys.platform != "win32":
        return
    import winreg  # noqa: PLC0415 - there is none elsewhere

    for hive in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
        for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
            try:
                with winreg.OpenKey(hive, REGISTRY, access=winreg.KEY_READ | view) as key:
                    yield Path(winreg.QueryValue(key, None))
            except OSError:
                continue
