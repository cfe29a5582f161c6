"""Where inputs come from and outputs go: links, pipes, devices, odd names, other runs at the same time."""

import multiprocessing
import os
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from papi_xl import files
from papi_xl.cli import main
from papi_xl.errors import InstallError, OutputError
from papi_xl.gather.run import consolidate
from papi_xl.gather.wish import Wish
from papi_xl.install.changes import content_of
from papi_xl.template import sources
from tests.folders import write_folder

EXAMPLE = sources.folder() / "papi_example.xlsx"
PATIENCE = 30
"""Seconds until waiting for a pipe counts as hanging."""
NAME = "Biểu = quý II.xlsx"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Run in a folder with the example; whoever waits too long there is woken."""

    def wake(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("PAPI_LANG", raising=False)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "bieu.xlsx").write_bytes(EXAMPLE.read_bytes())
    before = signal.signal(signal.SIGALRM, wake)
    signal.alarm(PATIENCE)
    yield folder
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    "argv",
    [
        ("check", "{}.xlsx"),
        ("summarize", "{}.xlsx"),
        ("fix", "{}.xlsx"),
        ("fix", "--undo", "{}.xlsx"),
        ("repair", "{}.xlsx"),
        ("email", "{}.xlsx"),
        ("import", "{}.docx", "-o", "ra.xlsx"),
        ("new", "--from", "{}.xlsx", "-o", "ra.xlsx"),
        ("consolidate", "{}.xlsx", "-o", "ra.xlsx"),
        ("consolidate", "file://{}.xlsx", "-o", "ra.xlsx"),
        ("consolidate", "bieu.xlsx", "--roster", "{}.csv", "-o", "ra.xlsx"),
        ("email", "bieu.xlsx", "--since", "{}.xlsx"),
        ("email", "bieu.xlsx", "--attach", "{}.txt"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_inputs_that_are_no_files(
    argv: tuple[str, ...], kind: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody waits for a pipe or reads a device without end: refused, nothing written."""
    for ending in ("xlsx", "docx", "csv", "txt"):
        path = place / f"{kind}.{ending}"
        os.mkfifo(path) if kind == "pipe" else path.symlink_to("/dev/zero")
    before = sorted(place.iterdir())
    assert main([one.format(place / kind) for one in argv]) == 2
    assert "ngoài dự kiến" not in capsys.readouterr().err
    assert sorted(place.iterdir()) == before


def test_pipes_and_devices_among_received_files(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They cost themselves only."""
    (place / "nhan").mkdir()
    (place / "bieu.xlsx").rename(place / "nhan" / "bieu.xlsx")
    os.mkfifo(place / "nhan" / "ong.xlsx")
    (place / "nhan" / "may.xlsx").symlink_to("/dev/zero")
    (place / "nhan" / "vong.xlsx").symlink_to("vong.xlsx")
    assert main(["consolidate", "nhan", "-o", "ra.xlsx", "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert [name for name in ("ong.xlsx", "may.xlsx", "vong.xlsx") if f"  nhan/{name} · " not in out] == []
    assert (place / "ra.xlsx").exists()


def test_an_installation_does_not_wait_for_a_pipe(place: Path) -> None:
    os.mkfifo(place / "xlwings.conf")
    with pytest.raises(InstallError, match="install-unreadable"):
        content_of(place / "xlwings.conf")


def test_a_linked_output_stays_a_link(place: Path) -> None:
    """What it leads to is written, also where nothing is there yet; no file in passing is left anywhere."""
    (place / "xa").mkdir()
    (place / "xa" / "cu.xlsx").write_bytes(b"old")
    for name in ("cu.xlsx", "moi.xlsx"):
        (place / name).symlink_to(Path("xa", name))
        assert main(["summarize", "bieu.xlsx", "-o", name, "--force"]) == 0
        assert (place / name).is_symlink()
        assert (place / "xa" / name).read_bytes().startswith(b"PK")
    assert sorted(path.name for path in (place / "xa").iterdir()) == ["cu.xlsx", "moi.xlsx"]


@pytest.mark.parametrize(
    ("link", "target", "said"),
    [
        ("ra.xlsx", "/dev/null", "là thư mục hoặc thiết bị"),
        ("ra.xlsx", "ra.xlsx", "liên kết dẫn vòng quanh"),
        ("ra.xlsx", "khong-co/ra.xlsx", "không có thư mục này"),
        ("ra.xlsx", "bieu.xlsx", "trùng với tệp vào"),
    ],
)
def test_links_that_are_not_followed(
    link: str, target: str, said: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / link).symlink_to(target)
    assert main(["summarize", "bieu.xlsx", "-o", link, "--force"]) == 2
    assert said in capsys.readouterr().err
    assert (place / "bieu.xlsx").read_bytes() == EXAMPLE.read_bytes()
    assert sorted(path.name for path in place.iterdir()) == ["bieu.xlsx", link]


def test_who_may_read_an_output_stays(place: Path) -> None:
    """A new one is as the user's other files are; one that is replaced stays as private as it was."""
    files.write_whole(place / "rieng.xlsx", b"1")
    (place / "rieng.xlsx").chmod(0o600)
    files.write_whole(place / "rieng.xlsx", b"2")
    assert (place / "rieng.xlsx").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("folder", ["Trường Mầm non Tân Tiến", "a b ", "x=y", "rất dài/" * 40])
def test_names_of_every_kind(folder: str, form: str, place: Path) -> None:
    """Accents in both forms, spaces, equals signs, paths of more than 260 characters."""
    here = place / unicodedata.normalize(form, folder)  # type: ignore[arg-type]
    here.mkdir(parents=True)
    file = here / unicodedata.normalize(form, NAME)  # type: ignore[arg-type]
    file.write_bytes(EXAMPLE.read_bytes())
    assert main(["summarize", str(file), "-o", str(here / "=ra.xlsx")]) == 0
    assert main(["email", str(file), "-o", str(here / "thư.eml"), "--keep", str(here / "giữ.xlsx")]) == 0
    assert file.read_bytes() == EXAMPLE.read_bytes()
    assert len(list(here.iterdir())) == 5


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("//may-chu/chung/ra.xlsx", "Không có thư mục //may-chu/chung."),
        ("/" + "d" * 300 + "/ra.xlsx", "tên tệp quá dài"),
        ("d" * 260 + ".xlsx", "tên tệp quá dài"),
        ("a/" * 3000 + "ra.xlsx", "tên tệp quá dài"),
    ],
    ids=["share", "long folder", "long name", "long path"],
)
def test_places_that_are_not_there(
    path: str, said: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summarize", "bieu.xlsx", "-o", path]) == 2
    assert said in capsys.readouterr().err
    assert main(["consolidate", path, "-o", "ra.xlsx"]) == 2
    assert "ngoài dự kiến" not in capsys.readouterr().err
    assert [one.name for one in place.iterdir()] == ["bieu.xlsx"]


def test_an_address_of_windows_is_a_name_elsewhere(place: Path) -> None:
    """It is taken as it stands, and so is found again."""
    share = r"\\may-chu\chung\bieu.xlsx"
    assert main(["summarize", "bieu.xlsx", "-o", share]) == 0
    assert main(["check", share]) in {0, 1}
    assert (place / share).is_file()


def test_the_owner_file_is_named(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It may be what a crash has left; without it the output is replaced. Inputs that are open are read."""
    (place / "ra.xlsx").write_bytes(b"old")
    owner = place / ".~lock.ra.xlsx#"
    owner.write_bytes(b",lan,may-1;")
    (place / "~$bieu.xlsx").write_bytes(b"\x03Lan")
    assert main(["summarize", "bieu.xlsx", "-o", "ra.xlsx", "--force"]) == 2
    assert "ra.xlsx đang mở" in (said := capsys.readouterr().err)
    assert "xóa tệp .~lock.ra.xlsx# bên cạnh" in said
    assert (place / "ra.xlsx").read_bytes() == b"old"
    owner.unlink()
    assert main(["summarize", "bieu.xlsx", "-o", "ra.xlsx", "--force"]) == 0


def test_replies_onto_a_drive_of_their_own(place: Path) -> None:
    """What passes is in the folder itself where it is there: the one above may be another drive, or none."""
    (place / "nhan").mkdir()
    (place / "bieu.xlsx").rename(place / "nhan" / "bieu.xlsx")
    (place / "usb").mkdir()
    seen: set[str] = set()

    def look(_done: int, _whole: int) -> None:
        seen.update(path.parent.name for path in place.rglob(".papi-xl-*.parts"))

    consolidate(Wish(["nhan"], Path("ra.xlsx"), returns=Path("usb")), look)
    assert seen == {"usb"}
    assert len(list((place / "usb").iterdir())) == 2


def keep_writing(path: Path, letter: bytes) -> None:
    for _ in range(150):
        files.write_whole(path, letter * 20_000)


def test_two_that_write_one_file(place: Path) -> None:
    """It is whole at every moment, and neither takes the other's file in passing for a leftover."""
    path = place / "ra.xlsx"
    path.write_bytes(b"a" * 20_000)
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=keep_writing, args=(path, letter)) for letter in (b"a", b"b")]
    for writer in writers:
        writer.start()
    seen = set()
    while any(writer.is_alive() for writer in writers):
        content = path.read_bytes()
        seen.add((content[:1], content == content[:1] * 20_000))
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert seen <= {(b"a", True), (b"b", True)}
    assert sorted(one.name for one in place.iterdir()) == ["bieu.xlsx", "ra.xlsx"]


def test_two_consolidations_at_once(place: Path) -> None:
    """Into one workbook, with one store and one folder of replies: both end well, the results are whole."""
    (place / "nhan").mkdir()
    write_folder(place / "nhan")
    wanted = ["nhan", "-o", "ra.xlsx", "--returns", "tra-loi", "--force", "--workers", "1"]
    command = [sys.executable, "-m", "papi_xl", "consolidate", *wanted]
    environment = {**os.environ, "PYTHONPATH": str(Path(files.__file__).parents[1])}
    runs = [
        subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]
    said = [run.communicate(timeout=PATIENCE)[1].decode() for run in runs]
    assert [run.returncode for run in runs] == [1, 1], said
    assert main(["consolidate", *wanted[:2], "lai.xlsx", *wanted[3:]]) == 1
    assert (place / "lai.xlsx").read_bytes() == (place / "ra.xlsx").read_bytes()
    assert not list(place.rglob(".papi-xl-*"))


def test_a_temporary_folder_that_cannot_be_used(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(place / "khong-co"))
    with pytest.raises(OutputError, match="temporary-unwritable"), files.passing_folder():
        pytest.fail("there is no such folder")
