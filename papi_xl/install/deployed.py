"""Tells whether a LibreOffice has the buttons and which Python they start, from what `unopkg` 7.4 leaves."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from papi_xl.install.office import Office, content_or_nothing
from papi_xl.schema import EXTENSION_ID, EXTENSION_SETTINGS

_DEPLOYED: Final = re.compile(rb"(?<![\w.-])" + re.escape(EXTENSION_ID.encode()) + rb"\n([\w.-]+)\xff")


class Installed(NamedTuple):
    """The buttons in a LibreOffice: where, whether for all users, and what their `papi_xl.json` says."""

    folder: Path
    for_all: bool
    python: str | None
    version: str | None


def installed(office: Office) -> Installed | None:
    """Return the buttons in ``office``, those of the user before those of all users."""
    for folder, for_all in (*_of_user(office), *_of_all(office)):
        told = _json(folder / EXTENSION_SETTINGS)
        return Installed(folder, for_all, _text(told.get("python")), _text(told.get("version")))
    return None


def _of_user(office: Office) -> Iterator[tuple[Path, bool]]:
    """Yield what the list of the user's extensions names; its fields are separated by the byte 255."""
    cache = office.user / "user" / "uno_packages" / "cache"
    for name in _DEPLOYED.findall(content_or_nothing(cache / "uno_packages.pmap")):
        for description in (cache / "uno_packages").glob(f"{name.decode()}_/*/description.xml"):
            yield description.parent, False


def _of_all(office: Office) -> Iterator[tuple[Path, bool]]:
    """Yield what is installed for all; what was taken away stays for a while beside a mark of that."""
    cache = office.shared / "cache" / "uno_packages"
    for description in sorted(cache.glob("*_/*/description.xml")):
        name = description.parents[1].name.removesuffix("_")
        if (
            f'"{EXTENSION_ID}"'.encode() in content_or_nothing(description)
            and not (cache / f"{name}removed").exists()
        ):
            yield description.parent, True


def _json(path: Path) -> Mapping[str, object]:
    try:
        told = json.loads(content_or_nothing(path))
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
