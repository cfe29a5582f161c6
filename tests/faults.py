"""Lets the system fail every command that writes: `python -m tests.faults` prints what was survived.

Each fault ends in exit 2 and a message that names the reason, without a traceback; every output stays as it
was, no input is changed, nothing is left. The full disk is a small one of its own, which only root can mount.
"""

import argparse
import ctypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import reports
from tests.forks import Ended, adopt
from tests.trials import OLD, Trial
from tests.writers import writers

CAPABILITIES = 0x20080522
"""Linux's `_LINUX_CAPABILITY_VERSION_3` (source: capget(2))."""
IS_ROOT = os.geteuid() == 0
FULL = "ổ đĩa đã đầy"
LARGE = "tệp quá lớn đối với ổ đĩa này"
FAILED = "lỗi ổ đĩa"
NO_RIGHT = "không có quyền ghi"
Before = Callable[[], None]
COLUMNS = ("Fault", "Commands", "Harmed")
QUICK = frozenset({"fix", "email --keep", "consolidate --returns", "install"})


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong around a command whose old outputs are there.

    ``spoil`` brings it about until it is left, and gives what its process has to do first. Some of ``said``
    is part of the message.
    """

    name: str
    spoil: Callable[[Trial], AbstractContextManager[Before]]
    said: Sequence[str]


def main(argv: list[str]) -> int:
    """Print a line for each fault: how many commands it met, and what it did to them."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Let the system fail.")
    parser.add_argument("--quick", action="store_true", help="a few commands only")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    given = parser.parse_args(argv)
    adopt()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        chosen = [one for one in writers() if one.name in QUICK or not given.quick]
        trials = [Trial(one, Path(folder, one.name)) for one in chosen]
        harm, rows = 0, []
        if not can_mount(Path(folder)):
            print("disk full: no disk can be mounted here, see the next line instead")
        for fault in FAULTS if can_mount(Path(folder)) else FAULTS[1:]:
            found = [f"{one.writer.name}: {wrong}" for one in trials for wrong in met(one, fault)]
            print(f"{fault.name:44}{len(trials):4} commands{len(found):4} harmed", flush=True)
            for line in found:
                print(f"  {line}", flush=True)
            harm += len(found)
            rows.append((fault.name, len(trials), len(found)))
    if given.write:
        reports.put("faults", reports.table(COLUMNS, rows), seconds=time.monotonic() - began)
    return int(harm > 0)


def met(trial: Trial, fault: Fault) -> Iterator[str]:
    """Yield what a fault did that it must not."""
    planted = [*trial.outputs, *trial.writer.removed] if trial.writer.is_planted else []
    before = trial.made_anew(planted)
    with fault.spoil(trial) as first:
        at_first = trial.tree()
        ended = trial.ended(before=first)
        now = trial.tree()
    yield from _told(ended, fault)
    for name in before.keys() | now.keys():
        if now.get(name) != at_first.get(name):
            yield f"{name} is not as it was"
    trial.made_anew(planted)


def _told(ended: Ended, fault: Fault) -> Iterator[str]:
    if ended.code != 2:
        yield f"exit {ended.code}"
    if "Traceback" in ended.said or not any(words in ended.said for words in fault.said):
        yield f"it said {ended.said[-600:]!r}"


def can_mount(folder: Path) -> bool:
    """Whether a disk can be mounted: in some containers not even root may."""
    place = folder / "disk"
    place.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "tmpfs", str(place)]
    if subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode:
        return False
    subprocess.run(["umount", place], check=True)
    return True


@contextmanager
def full_disk(trial: Trial) -> Iterator[Before]:
    """Have outputs, and what is kept and passes, on a disk without room for another byte."""
    for name in ("out", "home", "tmp"):
        _moved_to_small_disk(trial.place / name)
    try:
        yield _nothing
    finally:
        for name in ("out", "home", "tmp"):
            subprocess.run(["umount", trial.place / name], check=True)


def _moved_to_small_disk(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    aside = shutil.copytree(folder, folder.with_name(f"{folder.name}-aside"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2M,mode=777", "tmpfs", folder], check=True)
    shutil.copytree(aside, folder, dirs_exist_ok=True)
    shutil.rmtree(aside)
    with (folder / "full").open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(bytes(4096))
        except OSError:
            pass


@contextmanager
def small_files(_: Trial) -> Iterator[Before]:
    """Let no file grow beyond a few bytes."""
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4, 4))


@contextmanager
def read_only_folder(trial: Trial) -> Iterator[Before]:
    """Let nobody write where the outputs go."""
    folders = {(trial.place / name).parent for name in trial.outputs}
    for folder in folders:
        folder.chmod(0o555)
    yield _without_rights
    for folder in folders:
        folder.chmod(0o755)


@contextmanager
def read_only_files(trial: Trial) -> Iterator[Before]:
    """Let nobody write to the outputs that are there."""
    for path in (trial.place / name for name in trial.outputs):
        if path.exists():
            path.chmod(0o444)
    yield _without_rights


@contextmanager
def open_in_libreoffice(trial: Trial) -> Iterator[Before]:
    """Have LibreOffice's owner files beside the outputs."""
    for path in (trial.place / name for name in trial.outputs):
        path.with_name(f".~lock.{path.name}#").write_bytes(b",lan,may-1,01.07.2021 08:00;")
    yield _nothing


@contextmanager
def open_in_excel(trial: Trial) -> Iterator[Before]:
    """Have Excel's owner files beside the outputs."""
    for path in (trial.place / name for name in trial.outputs):
        path.with_name(f"~${path.name}").write_bytes(b"\x03Lan")
    yield _nothing


@contextmanager
def folders_in_the_way(trial: Trial) -> Iterator[Before]:
    """Have folders where the outputs go."""
    for path in (trial.place / name for name in trial.outputs):
        path.unlink(missing_ok=True)
        path.mkdir()
        (path / "a").write_bytes(OLD)
    yield _nothing


@contextmanager
def pipes_in_the_way(trial: Trial) -> Iterator[Before]:
    """Have pipes that nobody reads or writes where the outputs go."""
    for path in (trial.place / name for name in trial.outputs):
        path.unlink(missing_ok=True)
        os.mkfifo(path)
    yield _nothing
    for path in (trial.place / name for name in trial.outputs):
        path.unlink()


def _without_rights() -> None:
    """Give up what root may do and nobody else: then a file's owner may only do what its mode says."""
    if IS_ROOT:
        libc = ctypes.CDLL(None, use_errno=True)
        header = (ctypes.c_uint32 * 2)(CAPABILITIES, 0)
        if libc.capset(header, (ctypes.c_uint32 * 6)()):
            raise OSError(ctypes.get_errno(), "capset")


def _nothing() -> None:
    """Begin as ever."""


FAULTS = (
    Fault("disk full", full_disk, (FULL,)),
    Fault("no file may grow", small_files, (LARGE, FAILED)),
    Fault("folder read-only", read_only_folder, (NO_RIGHT,)),
    Fault("outputs read-only", read_only_files, (NO_RIGHT,)),
    Fault("outputs open in LibreOffice", open_in_libreoffice, ("đang mở",)),
    Fault("outputs open in Excel", open_in_excel, ("đang mở",)),
    Fault("folders in place of outputs", folders_in_the_way, ("là thư mục",)),
    Fault("pipes in place of outputs", pipes_in_the_way, ("là thư mục hoặc thiết bị", "Không đọc được")),
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
