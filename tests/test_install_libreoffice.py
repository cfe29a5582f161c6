"""Putting the buttons into LibreOffices that are not there, and into the real one with folders of its own."""

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from papi_xl import extension, install
from papi_xl.cli import main
from papi_xl.errors import InstallError
from papi_xl.install import Machine, Office
from papi_xl.install.buttons import adding, carry_out, removing
from papi_xl.install.deployed import installed
from papi_xl.install.office import found, machine_here, usable
from papi_xl.install.unopkg import run, shortened
from papi_xl.refusals import explain
from tests.offices import (
    PACKAGE,
    for_all,
    for_user,
    linux_machine,
    mac_machine,
    office,
    office_for_windows,
    windows_machine,
    with_environment,
)
from tests.profiles import tree

TOLD = b'{"python": "/papi/bin/python", "version": "0.1.0"}'


def on_path(root: Path, program: Path) -> Machine:
    """Return a machine that has ``program`` on its path by a link, as Debian has."""
    commands = root / "usr" / "bin"
    commands.mkdir(parents=True)
    (commands / "soffice").symlink_to(program / "soffice")
    return linux_machine(root, path=(root / "nowhere", commands))


@pytest.mark.parametrize(
    "place",
    [
        "usr/lib/libreoffice/program",
        "usr/lib64/libreoffice/program",
        "opt/libreoffice24.2/program",
        "usr/local/lib/libreoffice/program",
        "usr/local/libreoffice7.6/program",
    ],
)
def test_the_places_of_linux(place: str, tmp_path: Path) -> None:
    program = office(tmp_path / place, "24.2")
    settings = tmp_path / "home/lan/.config/libreoffice/4"
    shared = program.parent / "share" / "uno_packages"
    assert usable(linux_machine(tmp_path)) == Office(program, (24, 2), settings, shared)


def test_the_path_leads_anywhere(tmp_path: Path) -> None:
    program = office(tmp_path / "srv/lo/program")
    assert usable(on_path(tmp_path, program)).program == program


@pytest.mark.parametrize("place", ["Program Files/LibreOffice", "Program Files (x86)/LibreOffice 7"])
def test_the_places_of_windows(place: str, tmp_path: Path) -> None:
    """The user's settings are below %APPDATA%; `unopkg.com` is the one that says what goes wrong."""
    program = office_for_windows(tmp_path / place / "program")
    machine = windows_machine(tmp_path)
    assert usable(machine).program == program
    assert usable(machine).user == tmp_path / "Users/lan/AppData/Roaming/LibreOffice/4"
    (step,) = adding(machine, b"").changes
    assert step.unopkg == program / "unopkg.com"


def test_the_registry_of_windows_leads_anywhere(tmp_path: Path) -> None:
    program = office_for_windows(tmp_path / "D" / "Ứng dụng" / "program", "25.2")
    assert usable(windows_machine(tmp_path, registered=(program,))).number == "25.2"


def test_the_bundle_of_a_mac(tmp_path: Path) -> None:
    """Programs and other files are apart there."""
    contents = tmp_path / "Applications/LibreOffice.app/Contents"
    office(contents / "Resources")
    (contents / "MacOS").mkdir()
    (contents / "Resources" / "unopkg").rename(contents / "MacOS" / "unopkg")
    machine = mac_machine(tmp_path)
    assert usable(machine).user == tmp_path / "Users/lan/Library/Application Support/libreoffice/4"
    (step,) = adding(machine, b"").changes
    assert step.unopkg == contents / "MacOS" / "unopkg"


@pytest.mark.parametrize(
    ("settings", "environment", "folder"),
    [
        ("$SYSUSERCONFIG/libreoffice/4", {"XDG_CONFIG_HOME": "/etc/lan"}, "/etc/lan/libreoffice/4"),
        ("${ORIGIN}/../Data", {}, "{root}/opt/libreoffice/program/../Data"),
        ("$ORIGIN", {"UserInstallation": "file:///home/lan/l%E1%BA%A1"}, "/home/lan/lạ"),
        ("no address", {}, "{root}/home/lan/.config/libreoffice/4"),
    ],
)
def test_the_folder_of_the_user(
    settings: str, environment: dict[str, str], folder: str, tmp_path: Path
) -> None:
    """As LibreOffice reads its own file; the environment wins."""
    office(tmp_path / "opt/libreoffice/program", settings=settings)
    machine = with_environment(linux_machine(tmp_path), environment)
    assert str(usable(machine).user) == folder.format(root=tmp_path)


def test_which_of_several(tmp_path: Path) -> None:
    """The one the user starts; if that is too old, the newest of the others."""
    started = office(tmp_path / "usr/lib/libreoffice/program", "7.4")
    office(tmp_path / "opt/libreoffice7.6/program", "7.6")
    newest = office(tmp_path / "opt/libreoffice24.8/program", "24.8")
    machine = on_path(tmp_path, started)
    assert usable(machine).program == started
    (started / "bootstraprc").write_text("[Bootstrap]\nProductKey=LibreOffice 6.4\n")
    assert usable(machine).program == newest


@pytest.mark.parametrize(
    ("places", "code", "said"),
    [
        ([], "office-not-found", "libreoffice.org"),
        (["snap/bin/libreoffice"], "office-sandboxed", "Snap"),
        (["var/lib/flatpak/exports/bin/org.libreoffice.LibreOffice"], "office-sandboxed", "Flatpak"),
        (
            ["home/lan/.local/share/flatpak/exports/bin/org.libreoffice.LibreOffice"],
            "office-sandboxed",
            "Flatpak",
        ),
    ],
)
def test_no_libreoffice_that_can_be_used(places: list[str], code: str, said: str, tmp_path: Path) -> None:
    """Something else of that name on the path is none; each message says what to install."""
    machine = on_path(tmp_path, tmp_path / "usr/bin")
    for place in places:
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_bytes(b"")
    with pytest.raises(InstallError) as caught:
        adding(machine, b"")
    assert caught.value.code == code
    assert said in explain(caught.value, "vi")
    assert said in explain(caught.value, "en")


@pytest.mark.parametrize(
    ("version", "without", "code", "said"),
    [
        ("7.3", "", "office-too-old", "7.4"),
        ("7.4", "pythonloader.py", "office-without-python", "apt-get install python3-uno"),
        ("7.4", "unopkg", "office-without-unopkg", "unopkg"),
    ],
)
def test_a_libreoffice_that_lacks_something(
    version: str, without: str, code: str, said: str, tmp_path: Path
) -> None:
    program = office(tmp_path / "usr/lib/libreoffice/program", version, without=without)
    with pytest.raises(InstallError) as caught:
        adding(linux_machine(tmp_path), b"")
    assert caught.value.code == code
    for lang in ("vi", "en"):
        assert said in explain(caught.value, lang)
        assert f"LibreOffice {version} ({program})" in explain(caught.value, lang)


def test_the_python_of_the_store_is_refused(tmp_path: Path) -> None:
    office_for_windows(tmp_path / "Program Files/LibreOffice/program")
    machine = windows_machine(tmp_path)
    store = replace(machine.profile, base=Path("/Program Files/WindowsApps/Python.3.11"))
    with pytest.raises(InstallError, match="python-from-store"):
        adding(replace(machine, profile=store), b"")


@pytest.fixture
def lan(tmp_path: Path) -> Machine:
    """Give a user of Linux who has LibreOffice."""
    office(tmp_path / "usr/lib/libreoffice/program")
    return linux_machine(tmp_path)


def codes(plan: install.ButtonPlan) -> list[str]:
    return [change.said.code for change in plan.changes] + [note.code for note in plan.notes]


OTHER = b"\xfforg.example.x\nlu7.tmp\xffx.oxt\xffapplication/x\xff1.0\xff0\n"


def test_what_is_installed_for_the_user(lan: Machine) -> None:
    """Another extension beside it is not taken for it; it is brought up to date and taken away."""
    folder = for_user(usable(lan).user, TOLD, OTHER)
    assert installed(usable(lan)) == (folder, False, "/papi/bin/python", "0.1.0")
    assert codes(adding(lan, b"")) == ["buttons-update", "buttons-restart"]
    assert codes(removing(lan)) == ["buttons-remove", "buttons-restart-gone"]


def test_what_is_installed_for_all(lan: Machine) -> None:
    """Only root takes it away; a user may have buttons of their own as well."""
    folder = for_all(usable(lan).shared, TOLD)
    assert installed(usable(lan)) == (folder, True, "/papi/bin/python", "0.1.0")
    assert codes(adding(lan, b"")) == ["buttons-put", "buttons-restart"]
    with pytest.raises(InstallError) as caught:
        removing(lan)
    assert caught.value.code == "buttons-of-all"
    assert str(folder) in explain(caught.value, "vi")
    root = replace(lan, as_root=True)
    assert codes(adding(root, b"")) == ["buttons-update", "buttons-for-all", "buttons-restart"]
    assert codes(removing(root)) == ["buttons-remove", "buttons-restart-gone"]


def test_what_was_taken_away_is_not_installed(lan: Machine) -> None:
    """Its files stay until LibreOffice is started, beside a mark; the user's list no longer names it."""
    folder = for_all(usable(lan).shared, TOLD)
    folder.parents[1].joinpath("lu1.tmpremoved").write_bytes(b"")
    for_user(usable(lan).user, TOLD)
    listed = usable(lan).user / "user/uno_packages/cache/uno_packages.pmap"
    listed.write_bytes(b"Pmp1" + OTHER + b"\n")
    assert installed(usable(lan)) is None
    assert codes(removing(lan)) == ["no-buttons"]


@pytest.mark.parametrize("told", [None, b"", b"{", b"[]", b'{"python": 1}', b"\xff"])
def test_buttons_that_know_no_python(told: bytes | None, lan: Machine) -> None:
    """As after opening the package itself in LibreOffice."""
    folder = for_user(usable(lan).user, told)
    assert installed(usable(lan)) == (folder, False, None, None)


def test_nothing_to_take_away_is_no_fault(lan: Machine) -> None:
    assert codes(removing(lan)) == ["no-buttons"]


def program(folder: Path, script: str) -> Path:
    """Put a program in the place of `unopkg`, run by the shell."""
    path = folder / "usr/lib/libreoffice/program/unopkg"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_how_unopkg_is_called(lan: Machine, tmp_path: Path) -> None:
    """With the package in a folder that is gone afterwards, and nothing of the caller's Python."""
    program(tmp_path, f'echo "$@" > {tmp_path}/called; cp "$4" {tmp_path}/given; env > {tmp_path}/env')
    surroundings = {"PATH": "/usr/bin:/bin", "PYTHONHOME": "/papi", "PythonPath": "/papi", "KEPT": "1"}
    root = replace(with_environment(lan, surroundings), as_root=True)
    carry_out(root, adding(root, b"the package"))
    words = (tmp_path / "called").read_text().split()
    assert words[:3] == ["add", "--force", "--shared"]
    assert words[3].endswith("/papi_xl.oxt")
    assert not Path(words[3]).parent.exists()
    assert (tmp_path / "given").read_bytes() == b"the package"
    names = {line.partition("=")[0].upper() for line in (tmp_path / "env").read_text().splitlines()}
    assert "KEPT" in names
    assert names.isdisjoint({"PYTHONHOME", "PYTHONPATH"})


def test_how_unopkg_is_called_by_a_user(lan: Machine, tmp_path: Path) -> None:
    program(tmp_path, f'echo "$@" > {tmp_path}/called')
    for_user(usable(lan).user, TOLD)
    carry_out(lan, removing(lan))
    assert (tmp_path / "called").read_text() == "remove vn.papi-xl.buttons\n"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (
            "echo; echo 'ERROR: Exception occurred: There is no such thing: x at ./desktop/a.cxx:9';"
            " echo; echo 'ERROR: unopkg failed.'; exit 1",
            "There is no such thing: x",
        ),
        ("echo first; echo last; exit 3", "last"),
        ("exit 3", "3"),
    ],
)
def test_unopkg_fails(script: str, reason: str, lan: Machine, tmp_path: Path) -> None:
    """Its own words are told, as short as they can be, and what to do."""
    program(tmp_path, script)
    with pytest.raises(InstallError) as caught:
        carry_out(lan, adding(lan, b""))
    assert explain(caught.value, "vi") == (
        f"LibreOffice không nhận: {reason}. Đóng hết các cửa sổ LibreOffice rồi chạy lại."
    )


def test_long_words_are_cut() -> None:
    assert shortened("ERROR: " + "x" * 500) == "x" * 199 + "…"


def test_unopkg_cannot_be_started(lan: Machine, tmp_path: Path) -> None:
    program(tmp_path, "").chmod(0o644)
    with pytest.raises(InstallError, match="unopkg-failed"):
        carry_out(lan, adding(lan, b""))


def test_unopkg_does_not_end(lan: Machine, tmp_path: Path) -> None:
    """It is ended with all that it started, and the user told."""
    script = program(tmp_path, f"sleep 600 & echo $! > {tmp_path}/pid; wait")
    with pytest.raises(InstallError) as caught:
        run([str(script), "list"], {"PATH": "/usr/bin:/bin"}, patience=1)
    assert "không trả lời sau 1 giây" in explain(caught.value, "vi")
    number = int((tmp_path / "pid").read_text())
    with suppress(psutil.NoSuchProcess):
        psutil.Process(number).wait(30)
    assert usable(lan).program == script.parent


def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Give LibreOffice folders below the test's own: settings, shared extensions, home, temporary files."""
    for name in ("shared", "home", "temporary"):
        (tmp_path / name).mkdir()
    surroundings = {
        "UNO_SHARED_PACKAGES": (tmp_path / "shared").as_uri(),
        "UserInstallation": (tmp_path / "profile").as_uri(),
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "temporary"),
        "PAPI_LANG": "vi",
    }
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    return surroundings


def listed() -> str:
    """Return what the real `unopkg` lists."""
    shared = ["--shared"] if os.geteuid() == 0 else []
    done = subprocess.run(
        ["unopkg", "list", *shared], capture_output=True, check=True, text=True, timeout=120
    )
    return done.stdout


def test_the_real_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Dry run, install, update in place, uninstall; nothing stays but folders of LibreOffice's own."""
    private(tmp_path, monkeypatch)
    assert main(["install", "--libreoffice", "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("Sẽ cài các nút PAPI vào LibreOffice ")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["home", "shared", "temporary"]
    for verb in ("cài các nút PAPI vào", "cập nhật các nút PAPI trong"):
        assert main(["install", "--libreoffice"]) == 0
        assert f"Đã {verb} LibreOffice " in capsys.readouterr().out
        assert listed().count("Identifier: vn.papi-xl.buttons\n  Version: 0.1.0\n") == 1
    office_here = found(machine_here())
    assert office_here is not None
    buttons = installed(office_here)
    assert buttons is not None
    assert buttons.python == sys.executable
    assert (buttons.folder / "papi_office.py").is_file()
    assert list((tmp_path / "temporary").glob("papi-xl-*")) == []
    assert main(["install", "--libreoffice", "--uninstall"]) == 0
    assert "Đã gỡ các nút PAPI khỏi LibreOffice " in capsys.readouterr().out
    assert "<none>" in listed()
    assert [name for name in tree(tmp_path / "shared") if name != "cache/uno_packages"] == []
    assert list(tmp_path.rglob("papi_xl.oxt")) == []
    assert main(["install", "--libreoffice", "--uninstall", "--lang", "en"]) == 0
    assert "so there is nothing to take away" in capsys.readouterr().out


def test_the_real_libreoffice_refuses_what_is_no_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private(tmp_path, monkeypatch)
    machine = machine_here()
    with pytest.raises(InstallError) as caught:
        carry_out(machine, adding(machine, b"no package"))
    assert "LibreOffice refused: Bad Zip File" in explain(caught.value, "en")
    assert installed(usable(machine)) is None


def test_the_package_that_is_brought_along() -> None:
    assert install.package_here() == PACKAGE.read_bytes()
    assert extension.with_interpreter(PACKAGE.read_bytes(), Path("/p")).startswith(b"PK")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--libreoffice", "--template", "a.xlsx"], "Không dùng --libreoffice cùng với --template."),
        (["--uninstall", "--template", "a.xlsx"], "Không dùng --uninstall cùng với --template."),
    ],
)
def test_options_that_do_not_go_together(
    argv: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["install", *argv]) == 2
    assert said in capsys.readouterr().err
