"""The doctor: what it remarks on users of Windows and Mac who are not there, and what it keeps to itself."""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from papi_xl import doctor, install
from papi_xl.cli import main
from papi_xl.doctor import Probes, Remark, State
from papi_xl.doctor.probing import DIST_PACKAGES, probes_here
from papi_xl.doctor.words import REMARKS, sentence
from papi_xl.errors import PapiError, UnreadableWorkbookError
from papi_xl.install import Installed, Office, Profile, System
from papi_xl.libreoffice import links
from papi_xl.template import sources as workbooks
from tests.offices import office_for_windows
from tests.profiles import mac, sources, tree, windows

EXAMPLE = workbooks.folder() / "papi_example.xlsx"
FROM_INTERNET = "[ZoneTransfer]\nZoneId=3\nHostUrl=https://mail.example/\n"
NAME = "Nguyễn Thị Lan"
UNIT = "Trường Mầm non Hoa Sen"


def no_mark(_: Path) -> str | None:
    return None


def readable(_: Path) -> PapiError | None:
    return None


def probes(folder: Path) -> Probes:
    """Return the probes of a machine on which all is well."""
    return Probes(
        system="Windows 10 AMD64",
        python="3.11.9",
        bits=64,
        versions={"papi_xl": "0.1.0", "xlwings": "0.37.8", "pandas": "3.1.1"},
        sources=sources(folder / "package"),
        office=False,
        uno=False,
        mark=no_mark,
        refusal=readable,
        calc=None,
        buttons=None,
    )


@pytest.fixture
def lan(tmp_path: Path) -> Profile:
    """Give a user of Windows for whom all is installed."""
    return installed(windows(tmp_path), tmp_path)


def installed(profile: Profile, folder: Path) -> Profile:
    """Install for ``profile``, with the DLLs that pip puts beside Python."""
    for name in ("xlwings64-0.37.8.dll", "xlwings32-0.37.8.dll"):
        (profile.prefix / name).write_bytes(b"")
    install.carry_out(install.installing(profile, sources(folder / "package")).changes)
    return profile


def problems(remarks: Sequence[Remark]) -> list[tuple[str, str]]:
    return [(one.state, one.code) for one in remarks if one.state in {State.BAD, State.LOOK}]


def test_all_is_well(lan: Profile, tmp_path: Path) -> None:
    """After installing there is nothing to mend, and looking changes nothing."""
    before = tree(tmp_path)
    remarks = doctor.examine(lan, str(tmp_path / "biểu của tôi.xlsx"), probes(tmp_path))
    assert [one.code for one in remarks] == [
        "python", "package", "package", "package", "office-missing",
        "interpreter", "config", "addin", "addin", "library", "file",
    ]  # fmt: skip
    assert problems(remarks) == []
    assert doctor.summary(remarks, "vi") == "Mọi thứ đều ổn."
    assert doctor.report(remarks, "vi").endswith("\n✓ Đọc được biểu của tôi.xlsx.\nMọi thứ đều ổn.")
    assert tree(tmp_path) == before


def test_all_is_well_on_a_mac(tmp_path: Path) -> None:
    """There a script is looked for, and no DLL."""
    remarks = doctor.examine(installed(mac(tmp_path), tmp_path), None, probes(tmp_path))
    assert [one.code for one in remarks][5:] == ["interpreter", "config", "addin", "addin", "addin"]
    assert problems(remarks) == []


def test_nothing_is_installed(tmp_path: Path) -> None:
    """Each line says what to do."""
    remarks = doctor.examine(windows(tmp_path), None, probes(tmp_path))
    assert problems(remarks) == [
        ("✗", "config-missing"), ("✗", "addin-missing"), ("✗", "addin-missing"), ("✗", "library-missing"),
    ]  # fmt: skip
    said = doctor.summary(remarks, "vi").splitlines()
    assert said[1] == ("✗ Chưa có xlwings.xlam trong thư mục khởi động của Excel. Chạy papi-xl install.")
    assert said[3].endswith("Chạy: pip install --force-reinstall xlwings")
    assert doctor.report(remarks, "vi").endswith("Kết quả: 4 điều cần sửa, 0 điều cần lưu ý.")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (b'"USE UDF SERVER","True"', b'"USE UDF SERVER","False"', [("✗", "config-wrong")]),
        (b'"USE UDF SERVER","True"\r\n', b"", [("✗", "config-wrong")]),
        (b'"UDF MODULES","papi_xl', b'"UDF MODULES","a;papi_xl', []),
        (b"papi_xl.functions", b"a", [("✗", "config-wrong")]),
        (b'"False"', b'"FALSE"', []),
        (b'"INTERPRETER_WIN"', b'"Interpreter_Win"', [("!", "config-small")]),
        (b'"INTERPRETER_WIN"', b'"OTHER"', [("✗", "interpreter-unset")]),
        (b"/papi/Scripts", b"/gone", [("✗", "interpreter-gone")]),
        (b"/papi/Scripts", b"/other", [("✗", "interpreter-other")]),
        (b'"USE UDF', b'\r\n"USE UDF', [("!", "config-odd"), ("✗", "config-wrong")]),
        (
            b'"INTERPRETER_WIN"', b'\xef\xbb\xbf"INTERPRETER_WIN"',
            [("!", "config-mark"), ("✗", "interpreter-unset")],
        ),
        (b'"USE UDF', b'"CONDA PATH","C:\\c"\r\n"CONDA ENV","e"\r\n"USE UDF', [("!", "config-conda")]),
        (b'"USE UDF', b'"PYTHONPATH","C:\\\xe0"\r\n"USE UDF', [("!", "config-accents")]),
    ],
)  # fmt: skip
def test_the_configuration(
    old: bytes, new: bytes, found: list[tuple[str, str]], lan: Profile, tmp_path: Path
) -> None:
    """It is judged by what Excel reads in it, not by what it looks like."""
    (lan.home / "other").mkdir()
    (lan.home / "other" / "pythonw.exe").write_bytes(b"")
    content = lan.config.read_bytes()
    assert old in content
    lan.config.write_bytes(content.replace(old, new))
    assert problems(doctor.examine(lan, None, probes(tmp_path))) == found


@pytest.mark.parametrize(
    ("office", "uno", "code"),
    [(False, True, "office-missing"), (True, False, "office-without-uno"), (True, True, "office")],
)
def test_libreoffice_is_never_a_fault(
    code: str, lan: Profile, tmp_path: Path, *, office: bool, uno: bool
) -> None:
    """Only one command needs it."""
    remarks = doctor.examine(lan, None, replace(probes(tmp_path), office=office, uno=uno))
    assert [one.code for one in remarks if one.code.startswith("office")] == [code]
    assert problems(remarks) == []


def with_buttons(here: Probes, program: Path, buttons: Installed | None, version: str = "7.4") -> Probes:
    """Return ``here`` with a LibreOffice whose programs are in ``program``."""
    major, minor = map(int, version.split("."))
    return replace(here, calc=Office(program, (major, minor), program, program), buttons=buttons)


@pytest.mark.parametrize(
    ("python", "version", "state", "codes"),
    [
        ("papi/Scripts/python.exe", "0.1.0", "✓", ["calc", "buttons"]),
        ("papi/Scripts/pythonw.exe", "0.0.9", "!", ["calc", "buttons", "buttons-old"]),
        ("gone/python.exe", "0.1.0", "✗", ["calc", "buttons-gone"]),
        ("other/python.exe", "0.1.0", "✗", ["calc", "buttons-other"]),
        (None, None, "✗", ["calc", "buttons-unset"]),
    ],
)
def test_the_buttons_in_libreoffice(  # noqa: PLR0913, PLR0917 (a column of the table each)
    python: str | None, version: str | None, state: str, codes: list[str], lan: Profile, tmp_path: Path
) -> None:
    """They are to start this very Python, and be of this version."""
    (lan.home / "other").mkdir()
    (lan.home / "other" / "python.exe").write_bytes(b"")
    office = office_for_windows(tmp_path / "Program Files" / "LibreOffice" / "program")
    named = None if python is None else str(lan.home / python)
    buttons = Installed(tmp_path, for_all=False, python=named, version=version)
    remarks = doctor.examine(lan, None, with_buttons(probes(tmp_path), office, buttons))
    ours = [one for one in remarks if one.code.startswith(("calc", "buttons"))]
    assert [one.code for one in ours] == codes
    assert ours[-1].state == state


def test_libreoffice_without_the_buttons(lan: Profile, tmp_path: Path) -> None:
    """It is told how to get them; nothing is wrong."""
    for version, code in (("7.4", "buttons-missing"), ("24.2", "buttons-missing"), ("7.3", "calc-old")):
        remarks = doctor.examine(lan, None, with_buttons(probes(tmp_path), tmp_path, None, version))
        assert [one.code for one in remarks][-2:] == ["calc", code]
        assert problems(remarks) == []


def test_libreoffice_that_cannot_run_the_buttons(lan: Profile, tmp_path: Path) -> None:
    buttons = Installed(tmp_path, for_all=False, python=str(lan.interpreter), version="0.1.0")
    remarks = doctor.examine(lan, None, with_buttons(probes(tmp_path), tmp_path, buttons))
    assert problems(remarks) == [("✗", "calc-without-python")]


def test_the_key_that_is_wrong_is_named(lan: Profile, tmp_path: Path) -> None:
    lan.config.write_bytes(lan.config.read_bytes().replace(b"False", b"True"))
    (remark,) = [one for one in doctor.examine(lan, None, probes(tmp_path)) if one.state is State.BAD]
    assert sentence(remark, "vi") == (
        "Thiết lập thiếu hoặc sai: ADD_WORKBOOK_TO_PYTHONPATH. Chạy papi-xl install."
    )


def test_other_versions(lan: Profile, tmp_path: Path) -> None:
    """After an upgrade without installing again, add-in and DLL are those of the old version."""
    here = probes(tmp_path)
    newer = replace(here, versions={"papi_xl": "0.1.0", "xlwings": "0.38.0", "pandas": None})
    assert here.sources
    here.sources.xlwings.write_bytes(b"xlwings 0.38.0")
    assert problems(doctor.examine(lan, None, newer)) == [
        ("✗", "package-missing"), ("✗", "addin-old"), ("✗", "library-missing"),
    ]  # fmt: skip


def test_what_the_package_lacks(lan: Profile, tmp_path: Path) -> None:
    here = probes(tmp_path)
    assert here.sources
    here.sources.addin.unlink()
    assert problems(doctor.examine(lan, None, here)) == [("✗", "addin-source")]
    assert problems(doctor.examine(lan, None, replace(here, sources=None))) == [("✗", "sources")]


def test_folders_where_files_should_be(lan: Profile, tmp_path: Path) -> None:
    for path in (lan.config, lan.startup / "papi_xl.xlam"):
        path.unlink()
        path.mkdir()
    assert problems(doctor.examine(lan, None, probes(tmp_path))) == [
        ("✗", "config-unreadable"), ("✗", "addin-unreadable"),
    ]  # fmt: skip


def test_a_python_that_excel_cannot_use(lan: Profile, tmp_path: Path) -> None:
    """The Microsoft Store's, and one below a folder whose name VBA cannot hold."""
    store = replace(lan, base=Path("/Program Files/WindowsApps/Python.3.11"))
    remarks = doctor.examine(store, None, probes(tmp_path))
    assert problems(remarks) == [("✗", "refused")]
    assert doctor.summary(remarks, "en").startswith("✗ This Python is the Microsoft Store's")
    assert "✗ refused: python-from-store\n" in doctor.support_text(store, None, probes(tmp_path), remarks)
    user = installed(windows(tmp_path, f"Users/{NAME}"), tmp_path)
    assert problems(doctor.examine(user, None, probes(tmp_path))) == [("!", "code-page")]
    nowhere = replace(user, variables={})
    assert problems(doctor.examine(nowhere, None, probes(tmp_path)))[:2] == [
        ("✗", "interpreter-gone"), ("✗", "refused"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("bieu.xlsx", []),
        ("Biểu tổng hợp nhiệm vụ.xlsx", []),
        ("a=b.xlsx", [("✗", "file-equals")]),
        ("OneDrive - Phòng GD/bieu.xlsx", [("!", "file-onedrive")]),
        ("Dong bo/bieu.xlsx", [("!", "file-onedrive")]),
        ("phong.sharepoint.com@SSL/bieu.xlsx", [("!", "file-onedrive")]),
        ("OneDrive.xlsx", []),
        ("https://d.docs.live.net/1/bieu.xlsx", [("!", "file-online")]),
    ],
)
def test_a_workbook(file: str, found: list[tuple[str, str]], lan: Profile, tmp_path: Path) -> None:
    """Its place and its name; accents are no matter."""
    user = replace(lan, onedrive=(tmp_path / "Dong bo",))
    path = file if "://" in file else str(tmp_path / file)
    assert problems(doctor.examine(user, path, probes(tmp_path))) == found


def test_the_longest_path(lan: Profile) -> None:
    """218 characters are Excel's limit, the name included."""
    here = replace(probes(lan.home), sources=None)
    for length, found in ((218, []), (219, [("✗", "file-long")])):
        path = "/" + "d" * 100 + "/" + "f" * (length - 107) + ".xlsx"
        assert len(path) == length
        assert problems(doctor.examine(lan, path, here))[1:] == found


def test_what_windows_blocks(lan: Profile, tmp_path: Path) -> None:
    """Files from the internet are marked in an alternate stream; elsewhere there is none."""
    here = replace(probes(tmp_path), mark=lambda _: FROM_INTERNET)
    file = str(tmp_path / "bieu.xlsx")
    assert problems(doctor.examine(lan, file, here)) == [
        ("✗", "addin-blocked"), ("✗", "addin-blocked"), ("!", "file-blocked"),
    ]  # fmt: skip
    local = replace(here, mark=lambda _: "[ZoneTransfer]\nZoneId=0\n")
    assert problems(doctor.examine(lan, file, local)) == []
    assert problems(doctor.examine(installed(mac(tmp_path / "mac"), tmp_path), file, here)) == []


def test_a_workbook_that_cannot_be_read(lan: Profile, tmp_path: Path) -> None:
    """The reader's own refusal is what is said."""
    here = replace(probes(tmp_path), refusal=probes_here().refusal)
    (tmp_path / "hong.xlsx").write_bytes(b"PK\x03\x04 not really")
    remarks = doctor.examine(lan, str(tmp_path / "hong.xlsx"), here)
    assert problems(remarks) == [("✗", "refused")]
    assert doctor.summary(remarks, "vi").startswith("✗ hong.xlsx bị hỏng, không đọc được.")
    assert problems(doctor.examine(lan, str(EXAMPLE), here)) == []


def test_a_message_box_is_not_flooded() -> None:
    """Eight lines, what is wrong before what may be, and how many more there are."""
    remarks = [Remark("file-onedrive", State.LOOK, {"file": "a.xlsx"})] * 2
    remarks += [Remark("interpreter-unset", State.BAD, {})] * 8
    lines = doctor.summary(remarks, "en").splitlines()
    assert [line[0] for line in lines] == ["✗"] * 8 + ["…"]
    assert lines[-1] == "… and 2 more. Run papi-xl doctor to see all."


def test_where_there_is_no_excel(tmp_path: Path) -> None:
    """The lines on Excel say that they do not apply, and nothing is wrong."""
    remarks = doctor.examine(replace(windows(tmp_path), system=System.OTHER), None, probes(tmp_path))
    assert [one.code for one in remarks][5:] == ["not-applicable"] * 4
    assert problems(remarks) == []
    assert "– Phần bổ trợ của Excel: không áp dụng" in doctor.report(remarks, "vi")


SECRETS = (NAME, "Nguyễn", "Lan", UNIT, "Hoa Sen", "lan.nguyen", "/Users/", "Scripts")


@pytest.mark.parametrize(
    "file", [f"OneDrive/{UNIT} {NAME}=.xlsx", f"https://x.sharepoint.com/{UNIT}/{NAME}.xlsx"]
)
def test_the_support_file_names_nobody(file: str, tmp_path: Path) -> None:
    """Name and unit are in every path, in the configuration, and in what the reader says: not in the file."""
    user = windows(tmp_path, f"Users/{NAME}")
    user.config.parent.mkdir()
    user.config.write_bytes(
        f'"{UNIT}","{NAME}"\n"PYTHONPATH","C:\\Users\\{NAME}"\n{UNIT}\n"Interpreter","{NAME}"\n'
        f'"LICENSE_KEY","{NAME}"\n"SHOW CONSOLE","{NAME}"\n"udf modules","{UNIT}"\n'.encode()
    )
    user = replace(installed(user, tmp_path), onedrive=(tmp_path / UNIT,))
    (user.prefix / "pyvenv.cfg").write_bytes(b"")
    (user.startup / "papi_xl.xlam").unlink()
    refusal = UnreadableWorkbookError("sheet-unknown", file=NAME, sheet=UNIT, sheets=[UNIT])
    here = replace(probes(tmp_path), refusal=lambda _: refusal, mark=lambda _: FROM_INTERNET + UNIT)
    path = file if "://" in file else str(user.home / file)
    text = doctor.support_text(user, path, here, doctor.examine(user, path, here))
    assert [secret for secret in SECRETS if secret in text] == []
    assert str(tmp_path) not in text
    for line in (
        "system: Windows 10 AMD64",
        "xlwings: 0.37.8",
        "configuration: INTERPRETER_WIN = venv Python below ~",
        "configuration: USE UDF SERVER = True",
        "configuration: SHOW CONSOLE = <other>",
        "configuration: LICENSE_KEY",
        "configuration: 2 other line(s)",
        "✗ addin-missing: papi_xl.xlam is not where Excel looks for it. Run papi-xl install.",
    ):
        assert line in text.splitlines()


def test_the_support_file_tells_what_it_may_of_the_workbook(lan: Profile, tmp_path: Path) -> None:
    here = replace(probes(tmp_path), sources=None)
    text = doctor.support_text(lan, "/d/Biểu=.XLSX", here, doctor.examine(lan, "/d/Biểu=.XLSX", here))
    assert "workbook: extension .xlsx\nworkbook: path of 13 characters, with accents\n" in text
    assert '✗ file-equals: The name <file> has an "="' in text
    assert "workbook: none given\n" in doctor.support_text(lan, None, here, ())


def test_every_remark_has_its_words() -> None:
    """The remarks that the code makes are those of the wording."""
    code = "".join(path.read_text(encoding="utf-8") for path in Path(doctor.__file__).parent.glob("*.py"))
    assert set(re.findall(r'\b(?:good|bad|look|note)\(\s*"([a-z-]+)"', code)) == set(REMARKS)


def test_the_place_of_uno_is_the_engines() -> None:
    assert DIST_PACKAGES == links.DIST_PACKAGES


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Run in an empty folder, without a language of this machine's own."""
    monkeypatch.delenv("PAPI_LANG", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Here, with a workbook: a line each, exit 0, and a support file that is not overwritten unasked."""
    argv = ["doctor", str(EXAMPLE), "--support", "ho-tro.txt"]
    assert main(argv) == 0
    out = capsys.readouterr().out
    assert "✓ Đọc được papi_example.xlsx." in out
    assert "✓ Có LibreOffice và mô-đun uno." in out
    assert out.endswith("Mọi thứ đều ổn.\nĐã ghi ho-tro.txt\n")
    text = (folder / "ho-tro.txt").read_text(encoding="utf-8")
    assert text.startswith("papi_xl support file\nsystem: Linux ")
    assert str(Path.home()) not in text
    assert main(argv) == 2
    assert main([*argv, "--force"]) == 0


def test_the_command_on_a_workbook_that_is_wrong(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Something to mend is exit 1."""
    (folder / "a=b.xlsx").write_bytes(b"")
    assert main(["doctor", "a=b.xlsx", "--lang", "en"]) == 1
    assert capsys.readouterr().out.endswith("Result: 2 to mend, 0 to look at.\n")


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["doctor", "--support", "a.xlsx"], "phải kết thúc bằng .txt"),
        (["doctor", "--support", "no/such/a.txt"], "Không có thư mục no/such"),
        (["doctor", "--support", "x" * 300 + ".txt"], "Không ghi được xxx"),
        (["doctor", "a", "b"], "Thừa tham số: b."),
        (["doctor", "--supprt", "--lang", "en"], "There is no option --supprt."),
    ],
)
def test_what_cannot_be_done(
    argv: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    assert said in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_it_is_cheap_to_load() -> None:
    """A button loads it with the macros; workbooks' readers come only with a workbook."""
    code = "import sys, papi_xl.doctor; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = set(done.stdout.split())
    assert loaded.isdisjoint(
        {"pandas", "openpyxl", "xlwings", "python_calamine", "xlsxwriter", "click", "uno"}
    )
