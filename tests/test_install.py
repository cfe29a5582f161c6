"""Installing for users of Windows and Mac who are not there; all their files compared, byte for byte."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PureWindowsPath

import pytest

from papi_xl import install
from papi_xl.cli import main
from papi_xl.errors import InstallError
from papi_xl.install import Change, Profile, Sources, System, config
from papi_xl.install.changes import FOLDER, said
from papi_xl.install.profile import in_ascii
from papi_xl.install.words import LINES, NOTES
from papi_xl.refusals import explain
from tests.profiles import SCRIPT, TEMPLATE, XLAM, XLWINGS, mac, sources, tree, windows

WINDOWS_STARTUP = "AppData/Roaming/Microsoft/Excel/XLSTART"
WINDOWS_PYTHON: dict[str, bytes | None] = {"papi/Scripts/python.exe": b"", "papi/Scripts/pythonw.exe": b""}
MAC_STARTUP = "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
MAC_CONFIG = "Library/Containers/com.microsoft.Excel/Data"
RECORD = "papi-xl-install.json"


@pytest.fixture
def files(tmp_path: Path) -> Sources:
    """Give the files to install."""
    return sources(tmp_path / "package")


@pytest.fixture
def lan(tmp_path: Path) -> Profile:
    """Give a user of Windows."""
    return windows(tmp_path)


def put(profile: Profile, files: Sources, template: Path | None = None, *, force: bool = False) -> list[str]:
    """Install, and return what was done."""
    plan = install.installing(profile, files, template=template, force=force)
    install.carry_out(plan.changes)
    return codes(plan)


def take(profile: Profile) -> list[str]:
    """Uninstall, and return what was done."""
    plan = install.uninstalling(profile)
    install.carry_out(plan.changes)
    return codes(plan)


def codes(plan: install.Plan) -> list[str]:
    return [change.said.code for change in plan.changes] + [note.code for note in plan.notes]


def config_of(profile: Profile, content: bytes) -> Path:
    profile.config.parent.mkdir(parents=True, exist_ok=True)
    profile.config.write_bytes(content)
    return profile.config


def entries(profile: Profile, modules: bytes = b"papi_xl.functions") -> bytes:
    """Return our entries for a user of Windows, line by line as they must stand."""
    python = f"{profile.home}/papi/Scripts/pythonw.exe".encode()
    return (
        b'"INTERPRETER_WIN","' + python + b'"\r\n'
        b'"ADD_WORKBOOK_TO_PYTHONPATH","False"\r\n'
        b'"USE UDF SERVER","True"\r\n'
        b'"UDF MODULES","' + modules + b'"\r\n'
    )


def test_a_first_time_on_windows(lan: Profile, files: Sources) -> None:
    """Add-ins, settings and the record are there, and nothing else."""
    assert put(lan, files) == [
        *["make-folder"] * 6, "record", "put", "put", "configure", "restart",
    ]  # fmt: skip
    found = tree(lan.home)
    record = found.pop(f".xlwings/{RECORD}")
    assert found == {
        **WINDOWS_PYTHON,
        f"{WINDOWS_STARTUP}/xlwings.xlam": XLWINGS,
        f"{WINDOWS_STARTUP}/papi_xl.xlam": XLAM,
        ".xlwings/xlwings.conf": entries(lan),
    }
    noted = json.loads(record or b"")
    assert [Path(one["path"]).name for one in noted["puts"]] == ["xlwings.xlam", "papi_xl.xlam"]
    assert noted["puts"][1] == {
        "path": f"{lan.home}/{WINDOWS_STARTUP}/papi_xl.xlam",
        "digests": ["d1bb367a16ef6e76486b2c08e9d456acefac0e18e319cbee57a460004b882000"],
        "backup": False,
    }


def test_a_first_time_on_a_mac(tmp_path: Path, files: Sources) -> None:
    """There also the script through which Excel starts Python; formulas and the server are for Windows."""
    minh = mac(tmp_path)
    assert put(minh, files)[-5:] == ["put", "put", "put", "configure", "restart"]
    found = tree(minh.home)
    assert found.pop(f"{MAC_CONFIG}/{RECORD}")
    assert found == {
        "papi/bin/python": b"",
        f"{MAC_STARTUP}/xlwings.xlam": XLWINGS,
        f"{MAC_STARTUP}/papi_xl.xlam": XLAM,
        "Library/Application Scripts/com.microsoft.Excel/xlwings-0.37.8.applescript": SCRIPT,
        f"{MAC_CONFIG}/xlwings.conf": (
            f'"INTERPRETER_MAC","{minh.home}/papi/bin/python"\n"ADD_WORKBOOK_TO_PYTHONPATH","False"\n'
        ).encode(),
    }


CONFIGS = {
    "none": None,
    "empty": b"",
    "ours and others": (
        b'"INTERPRETER_WIN","C:\\old\\python.exe"\r\n"LICENSE_KEY","k"\r\n"USE UDF SERVER","False"\r\n'
    ),
    "no newline at the end": b'"PYTHONPATH","C:\\a;C:\\b"\n"UDF MODULES","a;b"',
    "unquoted and in small letters": b'interpreter_win,C:\\old\\python.exe\r\nudf modules, "a;b" \r\n',
    "byte order mark": config.BOM + b'"INTERPRETER_WIN","x"\r\n"PYTHONPATH","y"\r\n',
    "not ASCII": '"PYTHONPATH","C:\\Nguyễn"\r\n'.encode() + b'"X","\xe0\xff"\r\n',
    "blank and odd lines": b'\r\n"B","1","2"\r\n"UDF MODULES","a"\r\n',
}


@pytest.mark.parametrize("name", CONFIGS)
@pytest.mark.parametrize("system", [windows, mac])
def test_there_and_back(system: Callable[[Path], Profile], name: str, tmp_path: Path, files: Sources) -> None:
    """After uninstalling, every file and folder is as it was, whatever the configuration was."""
    user = system(tmp_path)
    content = CONFIGS[name]
    if content is not None:
        config_of(user, content)
    before = tree(user.home)
    put(user, files)
    assert tree(user.home) != before
    take(user)
    assert tree(user.home) == before


@pytest.mark.parametrize("name", [name for name, content in CONFIGS.items() if content])
def test_a_second_time_changes_nothing(name: str, lan: Profile, files: Sources, tmp_path: Path) -> None:
    """Not even record and backup, and it is said so."""
    config_of(lan, CONFIGS[name] or b"")
    put(lan, files, tmp_path)
    before = tree(tmp_path)
    assert put(lan, files, tmp_path) == ["in-place"]
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "modules", "guard", "others"),
    [
        ("ours and others", b"papi_xl.functions", b"", b'"LICENSE_KEY","k"\r\n'),
        ("no newline at the end", b"a;b;papi_xl.functions", b"", b'"PYTHONPATH","C:\\a;C:\\b"\n'),
        ("unquoted and in small letters", b"a;b;papi_xl.functions", b"", b""),
        (
            "byte order mark", b"papi_xl.functions", config.BOM + b'"PAPI_XL","papi-xl install"\r\n',
            b'"PYTHONPATH","y"\r\n',
        ),
        ("not ASCII", b"papi_xl.functions", b"", CONFIGS["not ASCII"]),
        ("blank and odd lines", b"a;papi_xl.functions", b"", b'\r\n"B","1","2"\r\n'),
    ],
)  # fmt: skip
def test_other_entries_are_kept(  # noqa: PLR0913, PLR0917 (a column of the table each)
    name: str, modules: bytes, guard: bytes, others: bytes, lan: Profile, files: Sources
) -> None:
    """Ours stand first, where Excel finds them whatever follows; the rest stays byte for byte."""
    path = config_of(lan, CONFIGS[name] or b"")
    put(lan, files)
    assert path.read_bytes() == guard + entries(lan, modules) + others
    assert (path.with_name("xlwings.conf.papi-backup")).read_bytes() == CONFIGS[name]
    read = config.as_excel_reads(path.read_bytes())
    assert read["INTERPRETER_WIN"] == f"{lan.home}/papi/Scripts/pythonw.exe"
    assert read["UDF MODULES"].encode() == modules


def test_what_excel_reads() -> None:
    """Fields two at a time, the first of a key; letters of any encoding end no line."""
    content = '"A","1"\r\n b , 2 \n"C","Nguyễn, x"\n"a","3"\n\n"D","4"'.encode()
    read = {key: value.encode("latin-1").decode() for key, value in config.as_excel_reads(content).items()}
    assert read == {"A": "1", "B": "2", "C": "Nguyễn, x", "": "D"}


def test_a_configuration_edited_since_keeps_the_edits(lan: Profile, files: Sources) -> None:
    """Only our entries go, what they replaced comes back, and entries changed by hand stay."""
    path = config_of(lan, b'"INTERPRETER_WIN","C:\\old"\r\n"UDF MODULES","a"\r\n"X","1"')
    put(lan, files)
    edited = path.read_bytes().replace(b'"USE UDF SERVER","True"', b'"USE UDF SERVER","False"')
    path.write_bytes(edited.replace(b"a;papi_xl", b"b;papi_xl") + b'\r\n"Y","2"\r\n')
    assert "unconfigure" in take(lan)
    assert path.read_bytes() == (
        b'"INTERPRETER_WIN","C:\\old"\r\n"USE UDF SERVER","False"\r\n"UDF MODULES","b"\r\n'
        b'"X","1"\r\n"Y","2"\r\n'
    )
    assert sorted(one.name for one in path.parent.iterdir()) == ["xlwings.conf"]


def test_edits_survive_a_second_installation(lan: Profile, files: Sources) -> None:
    """The first state stays the one that is restored, and what was added since is not lost."""
    path = config_of(lan, b'"INTERPRETER_WIN","C:\\old"\r\n')
    put(lan, files)
    path.write_bytes(path.read_bytes() + b'"LICENSE_KEY","k"\r\n')
    put(lan, files)
    take(lan)
    assert path.read_bytes() == b'"INTERPRETER_WIN","C:\\old"\r\n"LICENSE_KEY","k"\r\n'


def test_a_configuration_of_ours_with_nothing_left_goes(lan: Profile, files: Sources) -> None:
    before = tree(lan.home)
    put(lan, files)
    lan.config.write_bytes(lan.config.read_bytes().replace(b"\r\n", b"\n"))
    take(lan)
    assert tree(lan.home) == before


def test_folders_deleted_and_made_again_go(lan: Profile, files: Sources) -> None:
    """Also those above the ones that the first installation made."""
    excel = lan.startup.parent
    excel.mkdir(parents=True)
    before = tree(lan.home / "papi")
    put(lan, files)
    shutil.rmtree(lan.appdata.parent)
    put(lan, files)
    take(lan)
    assert tree(lan.home) == {f"papi/{name}": content for name, content in before.items()}


def test_a_deleted_configuration_is_no_obstacle(lan: Profile, files: Sources) -> None:
    put(lan, files)
    lan.config.unlink()
    take(lan)
    assert tree(lan.home) == WINDOWS_PYTHON


def test_an_upgrade_brings_the_new_files(lan: Profile, files: Sources) -> None:
    """Both add-ins are brought up to date, without backups of our own old files."""
    before = tree(lan.home)
    put(lan, files)
    files.addin.write_bytes(b"newer add-in")
    files.xlwings.write_bytes(b"newer xlwings")
    assert put(lan, files) == ["record", "update", "update", "restart"]
    assert (lan.startup / "papi_xl.xlam").read_bytes() == b"newer add-in"
    assert (lan.startup / "xlwings.xlam").read_bytes() == b"newer xlwings"
    take(lan)
    assert tree(lan.home) == before


def test_an_upgrade_on_a_mac_takes_the_old_script_away(tmp_path: Path, files: Sources) -> None:
    """The script is named after the version of xlwings."""
    minh = mac(tmp_path)
    put(minh, files)
    newer = files.script.rename(files.script.with_name("xlwings-0.38.0.applescript"))
    put(minh, replace(files, script=newer))
    assert [one.name for one in minh.scripts.iterdir()] == ["xlwings-0.38.0.applescript"]


def test_an_add_in_that_was_there_comes_back(lan: Profile, files: Sources) -> None:
    """Kept outside the start-up folder, since Excel opens all it finds there."""
    lan.startup.mkdir(parents=True)
    (lan.startup / "xlwings.xlam").write_bytes(b"xlwings of 2019")
    before = tree(lan.home)
    assert "keep" in put(lan, files)
    assert sorted(one.name for one in lan.startup.iterdir()) == ["papi_xl.xlam", "xlwings.xlam"]
    assert (lan.config.parent / "xlwings.xlam.papi-backup").read_bytes() == b"xlwings of 2019"
    files.xlwings.write_bytes(b"newer xlwings")
    put(lan, files)
    assert (lan.config.parent / "xlwings.xlam.papi-backup").read_bytes() == b"xlwings of 2019"
    take(lan)
    assert tree(lan.home) == before


def test_an_add_in_changed_since_is_left(lan: Profile, files: Sources) -> None:
    put(lan, files)
    (lan.startup / "xlwings.xlam").write_bytes(b"put here by someone else")
    assert "foreign" in take(lan)
    assert tree(lan.home) == {
        **WINDOWS_PYTHON, f"{WINDOWS_STARTUP}/xlwings.xlam": b"put here by someone else",
    }  # fmt: skip


def test_uninstalling_twice_says_so(lan: Profile, files: Sources) -> None:
    put(lan, files)
    take(lan)
    before = tree(lan.home)
    assert take(lan) == ["nothing-installed"]
    assert tree(lan.home) == before


def test_folders_with_other_things_in_them_stay(lan: Profile, files: Sources) -> None:
    put(lan, files)
    (lan.startup / "PERSONAL.XLSB").write_bytes(b"")
    take(lan)
    assert tree(lan.home) == {**WINDOWS_PYTHON, f"{WINDOWS_STARTUP}/PERSONAL.XLSB": b""}


def test_the_template(lan: Profile, files: Sources, tmp_path: Path) -> None:
    """It is copied where asked, never over a filled one unless told, and never taken away."""
    desk = tmp_path / "desk"
    desk.mkdir()
    assert "template" in put(lan, files, desk)
    filled = desk / "papi_template.xlsx"
    assert filled.read_bytes() == TEMPLATE
    filled.write_bytes(b"filled in")
    with pytest.raises(InstallError, match="template-exists"):
        put(lan, files, desk)
    assert put(lan, files) == ["in-place"]
    assert "template-stays" in take(lan)
    assert tree(desk) == {"papi_template.xlsx": b"filled in"}
    put(lan, files, filled, force=True)
    assert filled.read_bytes() == TEMPLATE


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("no/such/a.xlsx", "template-no-folder"),
        ("a.xls", "template-place"),
        ("no-such", "template-place"),
        ("x" * 300 + ".xlsx", "install-unwritable"),
    ],
)
def test_a_place_for_the_template_that_is_none(
    place: str, code: str, lan: Profile, files: Sources, tmp_path: Path
) -> None:
    before = tree(tmp_path)
    with pytest.raises(InstallError, match=code):
        put(lan, files, tmp_path / place)
    assert tree(tmp_path) == before


def test_a_missing_source_is_said_first(lan: Profile, files: Sources) -> None:
    files.addin.unlink()
    before = tree(lan.home)
    with pytest.raises(InstallError, match="install-source-missing"):
        put(lan, files)
    assert tree(lan.home) == before


@pytest.mark.parametrize("name", ["papi_xl.xlam", "xlwings.xlam"])
def test_a_folder_in_the_place_of_a_file(name: str, lan: Profile, files: Sources) -> None:
    (lan.startup / name).mkdir(parents=True)
    before = tree(lan.home)
    with pytest.raises(InstallError, match="install-not-a-file"):
        put(lan, files)
    assert tree(lan.home) == before


def test_a_file_in_the_place_of_a_folder(lan: Profile, files: Sources) -> None:
    lan.startup.parent.mkdir(parents=True)
    lan.startup.write_bytes(b"a file")
    before = tree(lan.home)
    with pytest.raises(InstallError, match="install-not-a-folder"):
        put(lan, files)
    assert tree(lan.home) == before


@pytest.mark.parametrize("step", range(4))
def test_a_failure_in_the_middle_leaves_all_as_it_was(step: int, lan: Profile, files: Sources) -> None:
    """Whichever step fails: here someone puts a folder where that step wants to write, after the planning."""
    lan.startup.mkdir(parents=True)
    (lan.startup / "xlwings.xlam").write_bytes(b"xlwings of 2019")
    config_of(lan, b'"X","1"\r\n')
    plan = install.installing(lan, files)
    failing = [one for one in plan.changes if one.before is None][step]
    (failing.path / "in the way").mkdir(parents=True)
    before = tree(lan.home)
    with pytest.raises(InstallError, match=r"install-(not-a-file|unwritable)"):
        install.carry_out(plan.changes)
    assert tree(lan.home) == before


def a_user_before(lan: Profile, addin: bytes) -> dict[str, bytes | None]:
    """Give the user an add-in of xlwings and a configuration; return all that is there now."""
    lan.startup.mkdir(parents=True)
    (lan.startup / "xlwings.xlam").write_bytes(addin)
    config_of(lan, b'"X","1"\r\n"INTERPRETER_WIN","C:\\old"\r\n"USE UDF SERVER","True"\r\n')
    return tree(lan.home)


def without_backups(found: dict[str, bytes | None]) -> dict[str, bytes | None]:
    return {name: content for name, content in found.items() if not name.endswith(".papi-backup")}


@pytest.mark.parametrize("addin", [b"xlwings of 2019", XLWINGS])
@pytest.mark.parametrize("done", range(7))
def test_an_installation_that_the_power_cut_off(
    done: int, addin: bytes, lan: Profile, files: Sources
) -> None:
    """Whatever was done by then, uninstalling takes it back, and so it does after installing anew."""
    before = a_user_before(lan, addin)
    install.carry_out(install.installing(lan, files).changes[:done])
    take(lan)
    assert without_backups(tree(lan.home)) == before
    install.carry_out(install.installing(lan, files).changes[:done])
    put(lan, files)
    take(lan)
    assert tree(lan.home) == before


@pytest.mark.parametrize("addin", [b"xlwings of 2019", XLWINGS])
@pytest.mark.parametrize("done", range(10))
def test_an_uninstallation_that_the_power_cut_off(
    done: int, addin: bytes, lan: Profile, files: Sources
) -> None:
    """The rest is done the next time; the user's own add-in is never taken for ours, nothing is left."""
    before = a_user_before(lan, addin)
    put(lan, files)
    install.carry_out(install.uninstalling(lan).changes[:done])
    take(lan)
    assert tree(lan.home) == before
    put(lan, files)
    install.carry_out(install.uninstalling(lan).changes[:done])
    put(lan, files)
    take(lan)
    assert tree(lan.home) == before


def test_an_upgrade_that_the_power_cut_off(lan: Profile, files: Sources) -> None:
    """Old and new files of ours are known as ours."""
    before = tree(lan.home)
    put(lan, files)
    files.addin.write_bytes(b"newer add-in")
    files.xlwings.write_bytes(b"newer xlwings")
    install.carry_out(install.installing(lan, files).changes[:2])
    assert (lan.startup / "xlwings.xlam").read_bytes() == b"newer xlwings"
    assert (lan.startup / "papi_xl.xlam").read_bytes() == XLAM
    assert "foreign" not in take(lan)
    assert tree(lan.home) == before


def test_links_stay_links(lan: Profile, files: Sources, tmp_path: Path) -> None:
    """What they lead to is written and comes back; one that leads nowhere is refused."""
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "my.conf").write_bytes(b'"X","1"\r\n')
    (kept / "my.xlam").write_bytes(b"xlwings of 2019")
    for link, target in ((lan.config, "my.conf"), (lan.startup / "xlwings.xlam", "my.xlam")):
        link.parent.mkdir(parents=True)
        link.symlink_to(kept / target)
    before = tree(tmp_path)
    put(lan, files)
    assert (kept / "my.xlam").read_bytes() == XLWINGS
    take(lan)
    assert tree(tmp_path) == before
    assert lan.config.is_symlink()
    assert (lan.startup / "xlwings.xlam").is_symlink()
    (kept / "my.conf").unlink()
    with pytest.raises(InstallError, match="install-unreadable"):
        put(lan, files)


def test_a_failure_while_uninstalling_leaves_all_as_it_was(lan: Profile, files: Sources) -> None:
    put(lan, files)
    plan = install.uninstalling(lan)
    (lan.startup / "new since").write_bytes(b"")
    before = tree(lan.home)
    with pytest.raises(InstallError, match="install-unwritable"):
        install.carry_out(plan.changes)
    assert tree(lan.home) == before


def test_what_cannot_be_taken_back_is_named(tmp_path: Path) -> None:
    """Here a folder holds something that stays, so that taking back the folder fails too."""
    told = said("make-folder", path=tmp_path)
    changes = [
        Change(told, tmp_path / "a", None, FOLDER),
        Change(told, tmp_path / "a" / "stays", FOLDER, FOLDER),
        Change(told, tmp_path / "no" / "such", None, FOLDER),
    ]
    with pytest.raises(InstallError) as caught:
        install.carry_out(changes)
    assert caught.value.code == "install-half-done"
    assert str(tmp_path / "a") in explain(caught.value, "vi")


def test_a_locked_add_in_is_said_before_anything_is_done(
    lan: Profile, files: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel lets nobody write to an add-in that it has open; here the system's refusal is played."""
    put(lan, files)
    files.addin.write_bytes(b"newer add-in")
    plan = install.installing(lan, files)
    before = tree(lan.home)

    def locked(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(InstallError) as caught:
        install.carry_out(plan.changes)
    monkeypatch.undo()
    assert tree(lan.home) == before
    assert "Đóng Excel rồi chạy lại." in explain(caught.value, "vi")


def test_a_dry_run_says_the_same_and_changes_nothing(lan: Profile, files: Sources, tmp_path: Path) -> None:
    before = tree(tmp_path)
    plan = install.installing(lan, files, template=tmp_path)
    install.check(plan.changes)
    would = install.told(plan, "vi", dry=True)
    assert tree(tmp_path) == before
    install.carry_out(plan.changes)
    did = install.told(plan, "vi", dry=False)
    assert [line.replace("Sẽ ", "Đã ") for line in would] == did
    assert did[-1] == "Khởi động lại Excel, rồi tìm thẻ PAPI trên thanh công cụ."
    assert f"Đã chép papi_xl.xlam vào {lan.startup}." in did


def test_every_line_has_its_words() -> None:
    """Done and conditional; the lines and notes that the code makes are those of the wording."""
    code = "".join(path.read_text(encoding="utf-8") for path in Path(install.__file__).parent.glob("*.py"))
    made = set(re.findall(r'\b(?:change|said)\((?:"[a-z-]+" if .{1,40} else )?\s*"([a-z-]+)"', code))
    done = {code for code in LINES if not code.endswith("-dry")}
    assert {code.removesuffix("-dry") for code in LINES if code.endswith("-dry")} == done
    assert made | {"put"} == done | set(NOTES)


def python_setting(path: str, **variables: str) -> str:
    """Return the setting for a Python at ``path`` of real Windows."""
    known = {"USERPROFILE": "C:\\Users\\Nguyễn Lan", **variables}
    folders = {f"%{name}%": PureWindowsPath(folder) for name, folder in known.items()}
    return in_ascii(PureWindowsPath(path), folders, "\\")


def test_the_interpreter_is_written_in_ascii() -> None:
    """VBA reads the file as ANSI but expands variables, so a folder with accents is named by one."""
    assert python_setting("C:\\papi\\python.exe") == "C:\\papi\\python.exe"
    assert python_setting("C:\\Users\\Nguyễn Lan\\papi\\python.exe") == "%USERPROFILE%\\papi\\python.exe"
    assert (
        python_setting("D:\\Dữ liệu\\py\\python.exe", LOCALAPPDATA="D:\\Dữ liệu")
        == "%LOCALAPPDATA%\\py\\python.exe"
    )


@pytest.mark.parametrize(
    "path",
    ["D:\\Phần mềm\\python.exe", "C:\\Users\\Nguyễn Lan\\Tài liệu\\python.exe", "C:\\100%\\python.exe"],
)
def test_an_interpreter_that_excel_cannot_be_told_of(path: str) -> None:
    with pytest.raises(InstallError, match="interpreter-path"):
        python_setting(path)


def test_a_user_whose_name_has_accents(tmp_path: Path, files: Sources) -> None:
    """The setting goes by the variable, and what may still go wrong is said."""
    user = windows(tmp_path, "Users/Nguyễn Thị Lan")
    assert "beyond-code-page" in put(user, files)
    read = config.as_excel_reads(user.config.read_bytes())
    assert read["INTERPRETER_WIN"] == "%USERPROFILE%\\papi\\Scripts\\pythonw.exe"
    assert user.named(read["INTERPRETER_WIN"]) == user.home / "papi" / "Scripts" / "pythonw.exe"


def test_without_pythonw_the_running_python_is_taken(lan: Profile, files: Sources) -> None:
    lan.interpreter.with_name("pythonw.exe").unlink()
    put(lan, files)
    read = config.as_excel_reads(lan.config.read_bytes())
    assert read["INTERPRETER_WIN"] == f"{lan.home}/papi/Scripts/python.exe"


def test_the_python_of_the_store_is_refused(lan: Profile, files: Sources) -> None:
    """Windows keeps what it writes below %APPDATA% in a private place that Excel does not look at."""
    store = replace(lan, base=Path("/Program Files/WindowsApps/PythonSoftwareFoundation.Python.3.11"))
    with pytest.raises(InstallError, match="python-from-store"):
        put(store, files)


def test_the_places_of_a_real_user() -> None:
    """The start-up folder follows from %APPDATA%, the rest from the user's folder."""
    environment = {"APPDATA": "/profiles/lan/Roaming", "USERPROFILE": "/profiles/lan", "OneDrive": "/od"}
    found = install.of_this_user(environment, "win32")
    assert found.startup == Path("/profiles/lan/Roaming/Microsoft/Excel/XLSTART")
    assert found.config == Path.home() / ".xlwings" / "xlwings.conf"
    assert found.onedrive == (Path("/od"),)
    assert found.variables["%USERPROFILE%"] == Path("/profiles/lan")
    assert install.of_this_user({}, "darwin").startup == Path.home() / MAC_STARTUP
    assert install.of_this_user({}, "linux").system is System.OTHER


def test_the_files_of_the_packages(tmp_path: Path, files: Sources) -> None:
    """The real add-in and script of xlwings are found without loading it, and can be installed."""
    here = install.sources_here()
    assert here.addin.name == "papi_xl.xlam"
    minh = mac(tmp_path)
    put(minh, replace(here, addin=files.addin))
    assert (minh.startup / "xlwings.xlam").read_bytes().startswith(b"PK")
    (script,) = minh.scripts.iterdir()
    assert b"VbaHandler" in script.read_bytes()


def test_the_command_for_a_user_of_windows(
    lan: Profile, files: Sources, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole way by the command line, the user and the files given: dry run, install, again, uninstall."""
    monkeypatch.setattr(install, "of_this_user", lambda: lan)
    monkeypatch.setattr(install, "sources_here", lambda: files)
    before = tree(lan.home)
    assert main(["install", "--dry-run"]) == 0
    assert f"Sẽ chép papi_xl.xlam vào {lan.startup}.\n" in capsys.readouterr().out
    assert tree(lan.home) == before
    assert main(["install"]) == 0
    assert f"Đã chép papi_xl.xlam vào {lan.startup}.\n" in capsys.readouterr().out
    assert main(["install"]) == 0
    assert capsys.readouterr().out == "Mọi thứ đã ở đúng chỗ, không cần thay đổi gì.\n"
    assert main(["install", "--uninstall", "--dry-run", "--lang", "en"]) == 0
    assert f"Would remove {lan.startup}/papi_xl.xlam.\n" in capsys.readouterr().out
    assert main(["install", "--uninstall"]) == 0
    assert tree(lan.home) == before
    capsys.readouterr()
    assert main(["install", "--uninstall"]) == 0
    assert capsys.readouterr().out == "Chưa cài gì vào Excel nên không có gì để gỡ.\n"


@pytest.mark.parametrize("command", ["install", "doctor"])
def test_the_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert "Cách dùng: papi-xl" in capsys.readouterr().out
    assert main([command, "--help", "--lang", "en"]) == 0
    assert "Hiện" not in capsys.readouterr().out


def test_a_damaged_record_is_said(lan: Profile, files: Sources) -> None:
    put(lan, files)
    lan.record.write_bytes(b'{"puts": 1}')
    with pytest.raises(InstallError, match="record-damaged"):
        take(lan)


def test_a_lost_record_loses_no_first_state(lan: Profile, files: Sources) -> None:
    """Backups without a record are of the first state: they are not overwritten, and are restored."""
    lan.startup.mkdir(parents=True)
    (lan.startup / "xlwings.xlam").write_bytes(b"xlwings of 2019")
    config_of(lan, b'"X","1"\r\n"INTERPRETER_WIN","C:\\old"\r\n')
    put(lan, files)
    lan.record.unlink()
    put(lan, files)
    take(lan)
    assert (lan.startup / "xlwings.xlam").read_bytes() == b"xlwings of 2019"
    assert lan.config.read_bytes() == b'"INTERPRETER_WIN","C:\\old"\r\n"X","1"\r\n'


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["install"], "chỉ cài được trên Windows hoặc Mac"),
        (["install", "--uninstall"], "papi-xl install --libreoffice"),
        (["install", "--lang", "en"], "needs Windows or a Mac"),
        (["install", "--uninstall", "--template", "a.xlsx"], "Không dùng --uninstall cùng với --template."),
        (["install", "--template"], "--template"),
        (["install", "--frce", "--lang", "en"], "There is no option --frce."),
    ],
)
def test_the_command_here(argv: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """On this system there is no Excel: exit 2, a sentence, and where to go instead."""
    assert main(argv) == 2
    assert said in capsys.readouterr().err
