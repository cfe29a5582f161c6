"""One user's places: where Excel and xlwings look for their files, and which Python runs.

Sources: xlwings 0.37.8 (``cli.py``; ``addin/Config.bas`` for the user's configuration, ``Utils.bas`` for the
variables that it expands) and Excel's start-up folders as it names them itself (``Application.StartupPath``).
"""

import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath
from typing import Final

from papi_xl.errors import InstallError

OFFICE_GROUP: Final = "Library/Group Containers/UBF8T346G9.Office"
MAC_STARTUP: Final = f"{OFFICE_GROUP}/User Content.localized/Startup.localized/Excel"
MAC_CONFIG: Final = "Library/Containers/com.microsoft.Excel/Data"
MAC_SCRIPTS: Final = "Library/Application Scripts/com.microsoft.Excel"
ONEDRIVE: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
STORE: Final = "WindowsApps"
"""The folder of what the Microsoft Store installs; Windows keeps what such a Python writes to itself."""


class System(StrEnum):
    """The systems that matter to Excel."""

    WINDOWS = "windows"
    MAC = "mac"
    OTHER = "other"


@dataclass(frozen=True)
class Profile:
    """The places of one user.

    Attributes:
        system: Which system it is.
        home: The user's folder.
        appdata: The roaming folder ``%APPDATA%`` of Windows.
        interpreter: The Python that runs.
        prefix: The folder of its environment, where pip puts the DLLs of xlwings.
        base: The folder of the Python that the environment was made from.
        variables: Folders that Excel's side can name by a variable, such as ``%USERPROFILE%``.
        onedrive: The folders that OneDrive keeps in step.
        code_page: Python's name for the code page that VBA uses for paths and files.
    """

    system: System
    home: Path
    appdata: Path
    interpreter: Path
    prefix: Path
    base: Path
    variables: Mapping[str, Path]
    onedrive: tuple[Path, ...] = ()
    code_page: str = "utf-8"

    @property
    def startup(self) -> Path:
        """The folder whose workbooks and add-ins Excel opens when it starts."""
        if self.system is System.MAC:
            return self.home / MAC_STARTUP
        return self.appdata / "Microsoft" / "Excel" / "XLSTART"

    @property
    def config(self) -> Path:
        """The user's configuration of xlwings."""
        if self.system is System.MAC:
            return self.home / MAC_CONFIG / "xlwings.conf"
        return self.home / ".xlwings" / "xlwings.conf"

    @property
    def scripts(self) -> Path:
        """Where Excel for Mac looks for the script through which it starts Python."""
        return self.home / MAC_SCRIPTS

    @property
    def record(self) -> Path:
        """What `papi-xl install` put where."""
        return self.config.with_name("papi-xl-install.json")

    @property
    def newline(self) -> bytes:
        """How lines of the configuration end."""
        return b"\r\n" if self.system is System.WINDOWS else b"\n"

    @property
    def windowless(self) -> Path:
        """The Python that runs; on Windows ``pythonw.exe`` beside it, if there, which opens no console."""
        quiet = self.interpreter.with_name("pythonw.exe")
        return quiet if self.system is System.WINDOWS and quiet.is_file() else self.interpreter

    @property
    def from_store(self) -> bool:
        """Whether Python is the Microsoft Store's: what it writes below ``%APPDATA%`` Excel cannot see."""
        return self.system is System.WINDOWS and STORE in self.base.parts

    @property
    def beyond_code_page(self) -> bool:
        """Whether a path that VBA must open has letters that it cannot hold."""
        places = (self.config, self.startup, self.windowless)
        return not all(_held(str(place), self.code_page) for place in places)

    def backup(self, name: str) -> Path:
        """Return where the file ``name`` is kept; never where Excel opens all it finds."""
        return self.config.with_name(f"{name}.papi-backup")

    def python_setting(self) -> str:
        """Return the interpreter as the configuration names it.

        Raises:
            InstallError: ``interpreter-path``, as of `in_ascii`.
        """
        return in_ascii(self.windowless, self.variables, "\\" if self.system is System.WINDOWS else "/")

    def named(self, setting: str) -> Path:
        """Return the path that a setting names, variables expanded as Excel's side does."""
        for variable, folder in self.variables.items():
            if setting.upper().startswith(variable.upper()):
                rest = setting[len(variable) :].replace("\\", "/").lstrip("/")
                return folder.joinpath(*PurePath(rest).parts)
        return Path(setting)


def in_ascii(path: PurePath, variables: Mapping[str, PurePath], separator: str) -> str:
    """Return a path in ASCII, by a variable where need be: VBA reads the configuration as ANSI.

    Raises:
        InstallError: ``interpreter-path``, the ``path`` cannot be written so.
    """
    forms = [(str(path), str(path))]
    for variable, folder in variables.items():
        if path.is_relative_to(folder):
            rest = separator.join(path.relative_to(folder).parts)
            forms.append((f"{variable}{separator}{rest}", rest))
    for form, literal in forms:
        if literal.isascii() and literal.isprintable() and not set('"%') & set(literal):
            return form
    raise InstallError("interpreter-path", path=str(path))


def of_this_user(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Profile:
    """Return the profile of whoever runs this."""
    system = {"win32": System.WINDOWS, "darwin": System.MAC}.get(platform, System.OTHER)
    home = Path.home()
    names = ("USERPROFILE", "LOCALAPPDATA", "APPDATA", "ProgramFiles")
    windows = {f"%{name}%": Path(environment[name]) for name in names if environment.get(name)}
    return Profile(
        system=system,
        home=home,
        appdata=Path(environment.get("APPDATA") or home / "AppData" / "Roaming"),
        interpreter=Path(sys.executable),
        prefix=Path(sys.prefix),
        base=Path(sys.base_prefix),
        variables=windows if system is System.WINDOWS else {"$HOME": home},
        onedrive=tuple(Path(environment[name]) for name in ONEDRIVE if environment.get(name)),
        code_page=locale.getencoding() if system is System.WINDOWS else "utf-8",
    )


def _held(text: str, code_page: str) -> bool:
    try:
        text.encode(code_page)
    except UnicodeEncodeError:
        return False
    return True
