"""Commands that write, killed at any moment: nothing is lost or half done, and the next run clears up."""

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from papi_xl import files, passing
from papi_xl.errors import OutputError
from tests.clusters import unmeasured

LEFT = ".papi-xl-0123abcd"


def test_every_command_that_writes() -> None:
    """Killed a few times each; `python -m tests.kills --moments 100` does so more often."""
    command = [sys.executable, "-m", "tests.kills", "--quick"]
    done = subprocess.run(command, env=unmeasured(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_every_command_that_the_system_fails() -> None:
    """Full disks, read-only folders, open files and others; `python -m tests.faults` tries more commands."""
    command = [sys.executable, "-m", "tests.faults", "--quick"]
    done = subprocess.run(command, env=unmeasured(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    """A file, a folder with its file, a folder whose file is gone; not what belongs to a living process."""
    (tmp_path / f"{LEFT}.part").write_bytes(b"half of it")
    for name in (LEFT, ".papi-xl-4567cdef"):
        (tmp_path / f"{name}.parts").mkdir()
        (tmp_path / f"{name}.parts" / "a.xlsx").write_bytes(b"half of it")
    with passing.folder(tmp_path) as folder, passing.file(tmp_path) as file:
        (folder / "b.xlsx").write_bytes(b"ours")
        files.write_whole(tmp_path / "ra.xlsx", b"whole")
        assert (folder / "b.xlsx").read_bytes() == b"ours"
        assert file.path.exists()
        assert len(list(tmp_path.glob(".papi-xl-*.part"))) == 2
        assert [path.name for path in tmp_path.glob("*.parts")] == [folder.name]
    assert [path.name for path in tmp_path.iterdir()] == ["ra.xlsx"]


@pytest.mark.parametrize(
    "name",
    [
        ".part",
        "papi-xl-0123abcd.part",
        ".papi-xl-0123abc.part",
        ".papi-xl-0123abcd.part.xlsx",
        ".papi-xl-a.log",
    ],
)
def test_what_is_called_otherwise_stays(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"the user's own")
    files.write_whole(tmp_path / "ra.xlsx", b"whole")
    assert (tmp_path / name).read_bytes() == b"the user's own"


def test_links_that_are_called_so_stay(tmp_path: Path) -> None:
    """Nothing that somebody else may have put there leads us astray."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"the user's own")
    (tmp_path / f"{LEFT}.part").symlink_to(folder / "a.xlsx")
    (tmp_path / f"{LEFT}.parts").symlink_to(folder)
    passing.sweep(tmp_path)
    assert (folder / "a.xlsx").read_bytes() == b"the user's own"
    assert len(list(tmp_path.iterdir())) == 3


def test_a_file_of_a_living_process_stays(tmp_path: Path) -> None:
    """It goes once that process lets go of it."""
    path = tmp_path / f"{LEFT}.part"
    with path.open("wb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        passing.sweep(tmp_path)
        assert path.exists()
    passing.sweep(tmp_path)
    assert not path.exists()


def write_and_stop(contents: dict[Path, bytes]) -> None:
    with files.written_together(contents):
        assert [path.read_bytes() for path in contents] == list(contents.values())
        raise KeyboardInterrupt


def test_several_files_are_all_old_or_all_new(tmp_path: Path) -> None:
    """Also where the body fails after all have been moved; who may read a file stays so."""
    old, new = tmp_path / "cu.xlsx", tmp_path / "moi.xlsx"
    old.write_bytes(b"old")
    old.chmod(0o600)
    contents = {old: b"1", new: b"2"}
    with pytest.raises(KeyboardInterrupt):
        write_and_stop(contents)
    assert [path.name for path in tmp_path.iterdir()] == ["cu.xlsx"]
    assert old.read_bytes() == b"old"
    with files.written_together(contents):
        pass
    assert (old.read_bytes(), new.read_bytes()) == (b"1", b"2")
    assert old.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cu.xlsx", "moi.xlsx"]


def test_where_one_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "cu.xlsx").write_bytes(b"old")
    contents = {tmp_path / "cu.xlsx": b"1", tmp_path / "khong-co" / "b.xlsx": b"2"}
    with pytest.raises(OutputError, match="output-unwritable"), files.written_together(contents):
        pytest.fail("the body ran")
    assert [path.name for path in tmp_path.iterdir()] == ["cu.xlsx"]
    assert (tmp_path / "cu.xlsx").read_bytes() == b"old"
