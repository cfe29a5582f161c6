"""The LibreOffice extension `papi_xl.oxt`, put together from the text sources under `workbooks/libreoffice`.

Menu and toolbar are made of the buttons of Excel's ribbon (`workbooks/addin/ribbon.xml`), so that both offer
the same in the same order. Their form is that of LibreOffice's configuration schema
(``officecfg/registry/schema/org/openoffice/Office/Addons.xcs``).
"""

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from papi_xl import __version__, addin
from papi_xl.errors import PapiError
from papi_xl.reading.package import zipped
from papi_xl.schema import EXTENSION_ID, EXTENSION_SETTINGS
from papi_xl.template import sources

PROTOCOL: Final = "vn.papi-xl:"
ADDONS: Final = "Addons.xcu"
CALC: Final = "com.sun.star.sheet.SpreadsheetDocument"
RIBBON: Final = "{http://schemas.microsoft.com/office/2009/07/customui}"
FORWARDING: Final = re.compile(r'^Public Sub (\w+)\([^)]*\)\s+RunMacro "(\w+)"', re.MULTILINE)
VERSION: Final = b"@VERSION@"
IDENTIFIER: Final = b"@IDENTIFIER@"
TITLE: Final = "PAPI"


class Button(NamedTuple):
    """A button of the ribbon: its macro and its labels in Vietnamese and English."""

    macro: str
    vi: str
    en: str


def package() -> bytes:
    """Return the content of `papi_xl.oxt`; equal sources give equal bytes.

    It names no Python yet, see `with_interpreter`.

    Raises:
        PapiError: ``sources-missing``, the text sources are not there.
    """
    place = folder()
    parts = {path.relative_to(place).as_posix(): path.read_bytes() for path in _files(place)}
    parts["description.xml"] = parts["description.xml"].replace(VERSION, __version__.encode())
    parts["description.xml"] = parts["description.xml"].replace(IDENTIFIER, EXTENSION_ID.encode())
    parts[ADDONS] = _addons(groups()).encode()
    return zipped(dict(sorted(parts.items())), zipfile.ZIP_DEFLATED)


def with_interpreter(oxt: bytes, python: Path) -> bytes:
    """Return the extension ``oxt`` with a part that names the Python to start, and papi_xl's version.

    ``python`` is written as it stands, absolute: the Python of an environment is often a link to another
    one, which does not know the environment's packages.
    """
    told = {"python": str(python.absolute()), "version": __version__}
    with zipfile.ZipFile(BytesIO(oxt)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts[EXTENSION_SETTINGS] = (json.dumps(told, ensure_ascii=False) + "\n").encode()
    return zipped(dict(sorted(parts.items())), zipfile.ZIP_DEFLATED)


def folder() -> Path:
    """Return the folder of the extension's text sources.

    Raises:
        PapiError: ``sources-missing``, with the ``folder`` looked for.
    """
    place = sources.folder() / "libreoffice"
    if not place.is_dir():
        code = "sources-missing"
        raise PapiError(code, folder=str(place))
    return place


def groups() -> tuple[tuple[Button, ...], ...]:
    """Return the buttons of the ribbon, in their groups and order.

    Raises:
        PapiError: ``sources-missing``, the ribbon's sources are not there.
    """
    place = addin.folder()
    texts = addin.modules(place).values()
    macros = {sub: macro for text in texts for sub, macro in FORWARDING.findall(text)}
    ribbon = ET.fromstring((place / "ribbon.xml").read_bytes())  # noqa: S314 - our own file
    return tuple(
        tuple(
            Button(macros[button.attrib["onAction"]], button.attrib["label"], button.attrib["tag"])
            for button in group.iter(f"{RIBBON}button")
        )
        for group in ribbon.iter(f"{RIBBON}group")
    )


def _files(place: Path) -> Iterator[Path]:
    """Yield the sources in no order; what Python leaves beside its modules is none."""
    for path in place.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _addons(buttons: tuple[tuple[Button, ...], ...]) -> str:
    """Return the configuration of menu, toolbar and pictures."""
    items = _items(buttons)
    menu = _node(
        "vn.papi_xl.menu",
        _value("Title", {"en-US": TITLE}) + _text("Context", CALC) + _named("Submenu", items),
    )
    images = "".join(_image(button) for group in buttons for button in group)
    inside = (
        _named("OfficeMenuBar", menu)
        + _named("OfficeToolBar", _node("vn.papi_xl.toolbar", items))
        + _named("Images", images)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        ' oor:name="Addons" oor:package="org.openoffice.Office">\n'
        f"{_named('AddonUI', inside)}</oor:component-data>\n"
    )


def _items(buttons: tuple[tuple[Button, ...], ...]) -> str:
    """Return the buttons, a line between groups; LibreOffice sorts them by the name of their node."""
    separated = [item for group in buttons for item in (None, *group)][1:]
    return "".join(_item(f"m{place:02}", button) for place, button in enumerate(separated))


def _item(name: str, button: Button | None) -> str:
    if button is None:
        return _node(name, _text("URL", "private:separator"))
    labels = _value("Title", {"en-US": button.en, "vi": button.vi})
    url = _text("URL", PROTOCOL + button.macro)
    return _node(name, url + labels + _text("Target", "_self") + _text("Context", CALC))


def _image(button: Button) -> str:
    picture = f"%origin%/icons/{button.macro}.svg"
    pictures = _text("ImageSmallURL", picture) + _text("ImageBigURL", picture)
    inside = _text("URL", PROTOCOL + button.macro) + _named("UserDefinedImages", pictures)
    return _node(f"vn.papi_xl.{button.macro}", inside)


def _node(name: str, inside: str) -> str:
    """Return a member of a set."""
    return f'<node oor:name="{name}" oor:op="replace">\n{inside}</node>\n'


def _named(name: str, inside: str) -> str:
    return f'<node oor:name="{name}">\n{inside}</node>\n'


def _text(name: str, text: str) -> str:
    return f'<prop oor:name="{name}"><value>{escape(text)}</value></prop>\n'


def _value(name: str, texts: Mapping[str, str]) -> str:
    """Return a property with a value for each language."""
    values = "".join(f'<value xml:lang="{lang}">{escape(text)}</value>' for lang, text in texts.items())
    return f'<prop oor:name="{name}">{values}</prop>\n'
