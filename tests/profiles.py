"""Users of Excel who are not there: their folders below a test's own, as Windows and Mac have them."""

import os
from pathlib import Path

from papi_xl.install import Profile, Sources, System

XLAM = b"PK\x03\x04 papi_xl.xlam, a stand-in"
XLWINGS = b"PK\x03\x04 xlwings.xlam, a stand-in"
SCRIPT = b"-- AppleScript, a stand-in"
TEMPLATE_NAME = "papi_template.xlsx"
TEMPLATE = b"PK\x03\x04 papi_template.xlsx, a stand-in"

Tree = dict[str, bytes | None]


def windows(root: Path, home: str = "Users/lan") -> Profile:
    """Return a user of Windows below ``root``, with Python in an environment of their own."""
    folder = root / home
    return _made(
        Profile(
            system=System.WINDOWS,
            home=folder,
            appdata=folder / "AppData" / "Roaming",
            interpreter=folder / "papi" / "Scripts" / "python.exe",
            prefix=folder / "papi",
            base=root / "Program Files" / "Python311",
            variables={"%USERPROFILE%": folder},
            code_page="cp1258",
        ),
        "python.exe",
        "pythonw.exe",
    )


def mac(root: Path, home: str = "Users/lan") -> Profile:
    """Return a user of a Mac below ``root``, with Python in an environment of their own."""
    folder = root / home
    return _made(
        Profile(
            system=System.MAC,
            home=folder,
            appdata=folder,
            interpreter=folder / "papi" / "bin" / "python",
            prefix=folder / "papi",
            base=root / "Library" / "Python311",
            variables={"$HOME": folder},
        ),
        "python",
    )


def _made(profile: Profile, *names: str) -> Profile:
    """Make the user's Python unless it is there."""
    if not profile.interpreter.parent.exists():
        profile.interpreter.parent.mkdir(parents=True)
        for name in names:
            profile.interpreter.with_name(name).write_bytes(b"")
    return profile


def sources(folder: Path) -> Sources:
    """Return the files to install, stand-ins in ``folder``, made unless they are there."""
    wanted = {
        "xlwings.xlam": XLWINGS,
        "papi_xl.xlam": XLAM,
        "xlwings-0.37.8.applescript": SCRIPT,
        TEMPLATE_NAME: TEMPLATE,
    }
    if not (folder / TEMPLATE_NAME).exists():
        folder.mkdir(exist_ok=True)
        for name, content in wanted.items():
            (folder / name).write_bytes(content)
    return Sources(*(folder / name for name in wanted))


def tree(folder: Path) -> Tree:
    """Return all below ``folder``: the content of each file, ``None`` for a folder without files in it.

    Pipes and links that lead nowhere have no content.
    """
    found: Tree = {}
    for place, folders, files in os.walk(folder):
        inside = Path(place)
        if not folders and not files:
            found[inside.relative_to(folder).as_posix()] = None
        for path in (inside / name for name in files):
            found[path.relative_to(folder).as_posix()] = path.read_bytes() if path.is_file() else b""
    return found
