"""The LibreOffice extension as a file: its parts, its menu and toolbar, and the Python that it names."""

import ast
import inspect
import io
import json
import sys
import unicodedata
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import papi_xl
from papi_xl import extension, macros
from papi_xl.errors import PapiError
from papi_xl.template import sources

OXT = sources.folder() / "papi_xl.oxt"
REGISTRY = "{http://openoffice.org/2001/registry}"
MANIFEST = "{http://openoffice.org/2001/manifest}"
DESCRIPTION = "{http://openoffice.org/extensions/description/2006}"
LINK = "{http://www.w3.org/1999/xlink}href"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
CALC = "com.sun.star.sheet.SpreadsheetDocument"

BUTTONS = [
    ("check", "Kiểm tra", "Check"),
    ("next_finding", "Lỗi tiếp theo", "Next finding"),
    None,
    ("fix", "Sửa giúp", "Fix"),
    ("undo_fixes", "Hoàn tác", "Undo fixes"),
    ("repair", "Phục hồi biểu", "Restore form"),
    None,
    ("summarize", "Tổng hợp", "Summarize"),
    ("email", "Gửi cấp trên", "Send report"),
    None,
    ("consolidate", "Hợp nhất", "Consolidate"),
    None,
    ("doctor", "Chẩn đoán", "Diagnose"),
]
"""Macro and both labels of each button; ``None`` is a line between groups."""

MACROS = [button[0] for button in BUTTONS if button is not None]


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def part(name: str) -> ET.Element:
    return ET.fromstring(parts(OXT.read_bytes())[name])  # noqa: S314 - our own file


def below(element: ET.Element, *names: str) -> ET.Element:
    """Return the node that ``names`` lead to."""
    for name in names:
        (element,) = [node for node in element.findall("node") if node.get(f"{REGISTRY}name") == name]
    return element


def properties(node: ET.Element) -> dict[str, dict[str | None, str | None]]:
    """Return the values of a node by property and language."""
    return {
        str(prop.get(f"{REGISTRY}name")): {value.get(LANGUAGE): value.text for value in prop}
        for prop in node.findall("prop")
    }


def shown(items: ET.Element) -> list[tuple[str, str | None, str | None] | None]:
    """Return the buttons of a menu or toolbar as in `BUTTONS`, in the order LibreOffice shows them."""
    found: list[tuple[str, str | None, str | None] | None] = []
    for node in sorted(items.findall("node"), key=lambda one: str(one.get(f"{REGISTRY}name"))):
        values = properties(node)
        url = str(values["URL"][None])
        if url == "private:separator":
            found.append(None)
        else:
            assert values["Context"] == {None: CALC}
            assert values["Target"] == {None: "_self"}
            found.append((url.removeprefix("vn.papi-xl:"), values["Title"]["vi"], values["Title"]["en-US"]))
    return found


def test_two_builds_are_equal_to_the_last_byte() -> None:
    assert extension.package() == extension.package()


def test_menu_and_toolbar_hold_the_buttons_of_the_ribbon() -> None:
    """In its order and groups, for spreadsheets only."""
    ui = below(part("Addons.xcu"), "AddonUI")
    menu = below(ui, "OfficeMenuBar", "vn.papi_xl.menu")
    assert properties(menu) == {"Title": {"en-US": "PAPI"}, "Context": {None: CALC}}
    assert shown(below(menu, "Submenu")) == BUTTONS
    assert shown(below(ui, "OfficeToolBar", "vn.papi_xl.toolbar")) == BUTTONS


@pytest.mark.parametrize("macro", MACROS)
def test_every_button_has_its_macro_and_its_picture(macro: str) -> None:
    """The macro takes no arguments; the picture is in the package, for small and for big buttons."""
    assert not inspect.signature(getattr(macros, macro)).parameters
    picture = below(part("Addons.xcu"), "AddonUI", "Images", f"vn.papi_xl.{macro}")
    assert properties(picture) == {"URL": {None: f"vn.papi-xl:{macro}"}}
    assert properties(below(picture, "UserDefinedImages")) == {
        "ImageSmallURL": {None: f"%origin%/icons/{macro}.svg"},
        "ImageBigURL": {None: f"%origin%/icons/{macro}.svg"},
    }
    assert part(f"icons/{macro}.svg").get("viewBox") == "0 0 24 24"


def test_every_picture_is_used() -> None:
    held = {name for name in parts(OXT.read_bytes()) if name.startswith("icons/")}
    assert held == {f"icons/{name}.svg" for name in [*MACROS, "papi"]}


def test_the_manifest_names_all_that_libreoffice_loads() -> None:
    named = {
        entry.get(f"{MANIFEST}full-path"): entry.get(f"{MANIFEST}media-type")
        for entry in part("META-INF/manifest.xml")
    }
    configuration = [name for name in parts(OXT.read_bytes()) if name.endswith(".xcu")]
    assert named == {
        "papi_office.py": "application/vnd.sun.star.uno-component;type=Python",
        **dict.fromkeys(configuration, "application/vnd.sun.star.configuration-data"),
    }


def test_the_protocol_is_the_buttons_own() -> None:
    handlers = below(part("ProtocolHandler.xcu"), "HandlerSet", "vn.papi_xl.Buttons")
    assert properties(handlers) == {"Protocols": {None: "vn.papi-xl:*"}}


def test_the_toolbar_has_a_row_of_its_own() -> None:
    """Below rows 0 to 3, on which Calc keeps its own, with pictures and texts (style 2)."""
    name = "private:resource/toolbar/addon_vn.papi_xl.toolbar"
    state = properties(below(part("CalcWindowState.xcu"), "UIElements", "States", name))
    assert state == {
        "UIName": {"en-US": "PAPI"}, "Visible": {None: "true"}, "Docked": {None: "true"},
        "DockingArea": {None: "0"}, "DockPos": {None: "0,4"}, "Style": {None: "2"},
    }  # fmt: skip


def test_what_the_list_of_extensions_shows() -> None:
    """Name, publisher and description in both languages, papi_xl's version, and its licence."""
    description = part("description.xml")
    identifier = description.find(f"{DESCRIPTION}identifier")
    assert identifier is not None
    assert identifier.get("value") == "vn.papi-xl.buttons"
    version = description.find(f"{DESCRIPTION}version")
    assert version is not None
    assert version.get("value") == papi_xl.__version__
    for kind in ("display-name/name", "publisher/name", "extension-description/src"):
        path = "/".join(f"{DESCRIPTION}{step}" for step in kind.split("/"))
        assert [one.get("lang") for one in description.findall(path)] == ["en", "vi"]
    held = parts(OXT.read_bytes())
    linked = [str(one.get(LINK)) for one in description.iter() if one.get(LINK)]
    assert linked == ["icons/papi.svg", "description.en.txt", "description.vi.txt"]
    assert set(linked) <= set(held)
    assert (sources.folder().parent / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    for name in linked[1:]:
        assert "MIT" in held[name].decode()


def test_the_vietnamese_is_composed() -> None:
    for name, content in parts(OXT.read_bytes()).items():
        assert unicodedata.is_normalized("NFC", content.decode()), name


@pytest.mark.parametrize("path", sorted(extension.folder().rglob("*.py")), ids=lambda path: path.name)
def test_its_code_is_for_the_python_of_libreoffice(path: Path) -> None:
    """Python 3.8 on Windows, with nothing but its standard library, `uno` and the extension itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        str(name).partition(".")[0]
        for node in imports
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
    }
    assert names <= {*sys.stdlib_module_names, "uno", "unohelper", "com", "papi_host"}


def test_no_python_is_named_until_it_is_installed() -> None:
    assert "papi_xl.json" not in parts(extension.package())


def test_the_python_of_one_machine(tmp_path: Path) -> None:
    """It is named as it stands: a link to another Python is not followed. All else stays."""
    (tmp_path / "python3.11").write_bytes(b"")
    link = tmp_path / "Trường Hoa Sen" / "python"
    link.parent.mkdir()
    link.symlink_to(tmp_path / "python3.11")
    made = parts(extension.with_interpreter(OXT.read_bytes(), link))
    assert json.loads(made.pop("papi_xl.json")) == {"python": str(link), "version": papi_xl.__version__}
    assert made == parts(OXT.read_bytes())


def test_without_its_sources_nothing_is_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "workbooks" / "src").mkdir(parents=True)
    monkeypatch.setattr(sources, "__file__", str(tmp_path / "papi_xl" / "template" / "sources.py"))
    with pytest.raises(PapiError) as caught:
        extension.package()
    assert caught.value.code == "sources-missing"
    assert caught.value.values == {"folder": str(tmp_path / "workbooks" / "libreoffice")}
