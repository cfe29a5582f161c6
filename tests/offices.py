"""LibreOffices that are not there: their folders below a test's own, as Linux, Windows and Mac have them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from papi_xl.install import Machine, Profile, System
from papi_xl.template.sources import folder as workbooks
from tests.profiles import mac, windows

DESCRIPTION = b'<description>\n  <identifier value="vn.papi-xl.buttons"/>\n</description>\n'
PACKAGE = workbooks() / "papi_xl.oxt"


def linux_machine(root: Path, *, path: tuple[Path, ...] = (), as_root: bool = False) -> Machine:
    """Return the machine of a user of Linux below ``root``."""
    profile = replace(mac(root, "home/lan"), system=System.OTHER)
    return _machine(root, profile, path=path, as_root=as_root)


def windows_machine(root: Path, *, registered: tuple[Path, ...] = ()) -> Machine:
    """Return the machine of a user of Windows below ``root``."""
    folders = (root / "Program Files", root / "Program Files (x86)")
    return replace(_machine(root, windows(root)), programs=folders, registered=registered)


def mac_machine(root: Path) -> Machine:
    """Return the machine of a user of a Mac below ``root``."""
    return _machine(root, mac(root))


def _machine(root: Path, profile: Profile, *, path: tuple[Path, ...] = (), as_root: bool = False) -> Machine:
    return Machine(
        profile=profile, root=root, path=path, programs=(), registered=(), environment={}, as_root=as_root
    )


def with_environment(machine: Machine, environment: Mapping[str, str]) -> Machine:
    """Return ``machine`` with environment variables."""
    return replace(machine, environment=environment)


def office(
    program: Path,
    version: str = "7.4",
    *,
    settings: str = "$SYSUSERCONFIG/libreoffice/4",
    without: str = "",
) -> Path:
    """Put a LibreOffice for Linux into the folder ``program``, leaving out ``without``; return it."""
    bootstrap = f"[Bootstrap]\nProductKey=LibreOffice {version}\nUserInstallation={settings}\n"
    return _put(
        program, {"bootstraprc": bootstrap, "soffice": "", "unopkg": "", "pythonloader.py": ""}, without
    )


def office_for_windows(program: Path, version: str = "7.4") -> Path:
    """Put a LibreOffice for Windows into the folder ``program``; return it."""
    lines = (
        "[Bootstrap]",
        f"ProductKey=LibreOffice {version}",
        "UserInstallation=$SYSUSERCONFIG/LibreOffice/4",
    )
    names = ("soffice.exe", "unopkg.com", "unopkg.exe", "pythonloader.py")
    return _put(program, {"bootstrap.ini": "\r\n".join(lines), **dict.fromkeys(names, "")})


def _put(folder: Path, files: Mapping[str, str], without: str = "") -> Path:
    folder.mkdir(parents=True)
    for name, text in files.items():
        if name != without:
            (folder / name).write_bytes(text.encode())
    return folder


def for_user(settings: Path, told: bytes | None, *others: bytes) -> Path:
    """Install the buttons for one user, as `unopkg` of LibreOffice 7.4 leaves them; return their folder."""
    cache = settings / "user" / "uno_packages" / "cache"
    ours = b"\xffvn.papi-xl.buttons\nlu19656puxax.tmp\xffpapi_xl.oxt\xffapplication/x\xff0.1.0\xff0\n"
    folder = _deployed(cache, "lu19656puxax.tmp", told)
    (cache / "uno_packages.pmap").write_bytes(b"Pmp1" + b"".join([*others, ours]) + b"\n")
    return folder


def for_all(shared: Path, told: bytes | None, name: str = "lu1.tmp") -> Path:
    """Install the buttons for all users, in the same way; return their folder."""
    return _deployed(shared / "cache", name, told)


def _deployed(cache: Path, name: str, told: bytes | None) -> Path:
    folder = cache / "uno_packages" / f"{name}_" / "papi_xl.oxt"
    folder.mkdir(parents=True)
    (cache / "uno_packages" / name).write_bytes(b"")
    (folder / "description.xml").write_bytes(DESCRIPTION)
    if told is not None:
        (folder / "papi_xl.json").write_bytes(told)
    return folder
