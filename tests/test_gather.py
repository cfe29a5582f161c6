"""Gathering: which files are found, what is kept of them, and workers that die."""

import os
import shutil
import signal
import sqlite3
import threading
import time
import zlib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest

from papi_xl.bounds import Limits
from papi_xl.errors import PapiError
from papi_xl.gather import pool, records, sources, store
from papi_xl.gather.mapping import How, map_files
from papi_xl.gather.records import Record
from papi_xl.received import Received, Rejected, Source
from tests import workers
from tests.folders import report, write_folder

TODAY = date(2021, 7, 10)
HOW = How(None, TODAY)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a cache folder of its own."""
    place = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(place))
    return place


def code_of(found: list[tuple[Source, Record]]) -> str:
    [(source, record)] = found
    said = records.read(source, record.digest, record.facts)
    assert isinstance(said, Rejected)
    return said.code


def test_folders_are_walked(tmp_path: Path) -> None:
    """Lock files, dot files and files of other kinds are passed over; names are those within the folder."""
    write_folder(tmp_path / "nhan")
    found = sources.find([str(tmp_path / "nhan")])
    assert [source.name for source in found] == [
        "bang-rieng.xlsx", "hoa-sen-cu.xlsx", "hoa-sen.xlsx", "hong.xlsx", "khong-bang.xlsx",
        "quy-1/hoa-sen.xlsx", "son-ca.xlsx", "tan-tien.xlsx", "ten-gan-giong.xlsx",
    ]  # fmt: skip
    assert found[0].path == str(tmp_path / "nhan" / "bang-rieng.xlsx")
    assert found[7].received == datetime(2021, 7, 6, 8)


def test_a_file_found_twice_counts_once(tmp_path: Path) -> None:
    """A folder, a folder within it, a file in it, and the file that is left out."""
    for name in ("a.xlsx", "b/c.XLSM", "b/d.ods", "b/.kin/e.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    places = [str(tmp_path), str(tmp_path / "b"), str(tmp_path / "a.xlsx")]
    found = sources.find(places, leave_out=[tmp_path / "b" / "d.ods"])
    assert [Path(source.path).name for source in found] == ["a.xlsx", "c.XLSM"]


def test_names_of_files_in_several_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each stands with the folder that was named, the one where the command runs included."""
    for name in ("nhan/a.xlsx", "khac/b.xlsx", "c.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    monkeypatch.chdir(tmp_path / "nhan")
    found = sources.find([".", "../khac", "./../c.xlsx"])
    assert [source.name for source in found] == ["c.xlsx", "khac/b.xlsx", "nhan/a.xlsx"]


def test_odd_names_and_times(tmp_path: Path) -> None:
    """A name that is no text is shown with marks in its place; a time beyond the calendar is none."""
    (tmp_path / os.fsdecode(b"hong\xff.xlsx")).write_bytes(b"no workbook")
    [found] = sources.find([str(tmp_path)])
    assert found.name == "hong?.xlsx"
    [(_, record)] = map_files([found], HOW, frozenset())
    with store.opened(HOW) as kept:
        kept.keep([record])
    assert sources._modified({"mtime": 1.7e15}) is None


def test_the_same_files_through_fsspec(tmp_path: Path) -> None:
    """An address gives the names, times and contents that the folder itself gives."""
    write_folder(tmp_path / "nhan")
    near = sources.find([str(tmp_path / "nhan")])
    far = sources.find([f"file://{tmp_path}/nhan"])
    assert [(one.name, one.received, one.size) for one in far] == [
        (one.name, one.received, one.size) for one in near
    ]
    assert [sources.content(one, Limits()) for one in far] == [sources.content(one, Limits()) for one in near]
    assert [one.path for one in far] == [f"file://{one.path}" for one in near]


def test_files_inside_a_zip(tmp_path: Path) -> None:
    """The address of a file goes on with that of the .zip it is in."""
    write_folder(tmp_path / "nhan")
    shutil.make_archive(str(tmp_path / "nhan"), "zip", tmp_path / "nhan")
    found = sources.find([f"zip://quy-1::{tmp_path}/nhan.zip"])
    assert [one.name for one in found] == ["hoa-sen.xlsx"]
    assert sources.content(found[0], Limits()) == (tmp_path / "nhan" / "quy-1" / "hoa-sen.xlsx").read_bytes()


def test_a_closed_folder_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies beside it is read; it is told of among the files that are not."""
    (tmp_path / "dong").mkdir()
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    opened = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "dong":
            raise PermissionError(13, "Permission denied", path)
        return opened(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = sources.find([str(tmp_path)])
    assert [one.name for one in found] == ["a.xlsx", "dong"]
    assert code_of(map_files(found[1:], HOW, frozenset())) == "folder-no-access"


@pytest.mark.parametrize("place", ["khong-co", "dai" * 100, "memory://khong-co", "khong-ro-kieu://a/b"])
def test_a_folder_that_is_not_there(tmp_path: Path, place: str) -> None:
    with pytest.raises(PapiError) as refused:
        sources.find([place if "://" in place else str(tmp_path / place)])
    assert refused.value.code in {"folder-missing", "folder-unreachable"}


def test_what_a_far_file_may_be_at_most(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK" * 600)
    [far] = sources.find([f"file://{tmp_path}"])
    small = How(None, TODAY, limits=Limits(packed=1_000))
    assert code_of(map_files([far], small, frozenset())) == "too-large"
    gone = Source(f"file://{tmp_path}/b.xlsx", "b.xlsx", None, 1)
    assert code_of(map_files([gone], HOW, frozenset())) == "file-missing"


def mapped(folder: Path, how: How = HOW) -> list[tuple[Source, Record]]:
    return map_files(sources.find([str(folder)]), how, frozenset())


def test_parts_of_the_work_change_nothing(tmp_path: Path) -> None:
    """A file says the same read with others or alone."""
    write_folder(tmp_path / "nhan")
    found = sources.find([str(tmp_path / "nhan")])
    together = sorted(map_files(found, HOW, frozenset()), key=lambda pair: pair[0].path)
    alone = sorted(
        (pair for one in found for pair in map_files([one], HOW, frozenset())), key=lambda pair: pair[0].path
    )
    assert together == alone
    assert len(together) == 9


def test_a_known_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"not even a workbook")
    [(_, first)] = mapped(tmp_path)
    [(_, again)] = map_files(sources.find([str(tmp_path)]), HOW, frozenset({first.digest}))
    assert (again.digest, again.facts) == (first.digest, "")


def refuse(*_: object, **__: object) -> None:
    raise MemoryError


@pytest.mark.parametrize("where", ["papi_xl.check.document", "papi_xl.completion.figures_of_each"])
def test_a_fault_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """A machine short of memory says nothing about the file: the next run reads it again."""
    (tmp_path / "a.xlsx").write_bytes(report("MN A", "A", "1.1. | A | B | C | | Quý II", made=TODAY))
    monkeypatch.setattr(where, refuse)
    found = mapped(tmp_path)
    assert code_of(found) == "not-understood"
    assert found[0][1].digest == b""


def test_what_the_store_keeps(tmp_path: Path, home: Path) -> None:
    """What was kept is there on another opening, and only for the same way of reading."""
    write_folder(tmp_path / "nhan")
    made = mapped(tmp_path / "nhan")
    with store.opened(HOW) as kept:
        assert kept.known() == frozenset()
        kept.keep([record for _, record in made])
    assert (home / "papi-xl" / store.NAME).exists()
    with store.opened(HOW) as kept:
        assert kept.known() == {record.digest for _, record in made}
        for source, record in made:
            assert records.read(source, record.digest, kept.facts(record.digest)) == records.read(
                source, record.digest, record.facts
            )
            assert kept.part("rows", record.digest) == record.rows
    for other in (How(date(2021, 6, 30), TODAY), How(None, TODAY, lang="en"), How(None, TODAY, soon_days=3)):
        with store.opened(other) as kept:
            assert kept.known() == frozenset()


def test_what_depends_on_the_day_is_read_again_on_another(tmp_path: Path) -> None:
    """Only the table of its own, which names no date, is judged by the day of reading."""
    write_folder(tmp_path / "nhan")
    with store.opened(HOW) as kept:
        kept.keep([record for _, record in mapped(tmp_path / "nhan")])
    with store.opened(How(None, date(2021, 7, 11))) as kept:
        unknown = [source.name for source, one in mapped(tmp_path / "nhan") if one.digest not in kept.known()]
    assert unknown == ["bang-rieng.xlsx"]


@pytest.mark.parametrize("damage", ["text", "other"])
def test_a_damaged_store_is_made_anew(home: Path, damage: str) -> None:
    path = home / "papi-xl" / store.NAME
    path.parent.mkdir(parents=True)
    if damage == "text":
        path.write_bytes(b"no database at all" * 100)
    else:
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE records (something TEXT)")
        other.close()
    with store.opened(HOW) as kept:
        kept.keep([Record(b"1" * 32, "{}")])
    with store.opened(HOW) as kept:
        assert kept.known() == {b"1" * 32}


@pytest.mark.parametrize("text", ["Họp", "Họp phụ huynh " * 1000])
def test_what_is_kept_and_damaged_is_known_to_be(text: str) -> None:
    kept = records.packed(text)
    assert records.unpacked(kept) == text
    for at in (1, len(kept) // 2, len(kept) - 1):
        with pytest.raises(zlib.error):
            records.unpacked(kept[:at] + bytes([kept[at] ^ 1]) + kept[at + 1 :])


def test_the_store_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest records are forgotten on the next opening."""
    monkeypatch.setattr(store, "MOST_KEPT", 2)
    with store.opened(HOW) as kept:
        kept.keep([Record(bytes([number]) * 32, "{}") for number in range(5)])
    with store.opened(HOW) as kept:
        assert kept.known() == {b"\x03" * 32, b"\x04" * 32}


def test_where_nothing_can_be_kept(home: Path) -> None:
    """A store that cannot be opened is done without."""
    (home / "papi-xl" / store.NAME).mkdir(parents=True)
    with store.opened(HOW) as kept:
        kept.keep([Record(b"1" * 32, "{}")])
        assert kept.known() == {b"1" * 32}


def test_without_a_lasting_store_nothing_stays(home: Path) -> None:
    with store.opened(HOW, lasting=False) as kept:
        kept.keep([Record(b"1" * 32, "{}", rows=b"r")])
        assert kept.part("rows", b"1" * 32) == b"r"
    assert not home.exists()


def test_what_was_read_comes_back_whole(tmp_path: Path) -> None:
    """Facts go through JSON and come back the same, dates and figures included."""
    content = report("Trường Mầm non Hoa Sen", "M1", "1.1. | A | B | C | | Quý II", made=date(2021, 7, 1))
    (tmp_path / "a.xlsx").write_bytes(content)
    [(source, record)] = mapped(tmp_path)
    said = records.read(source, record.digest, record.facts)
    assert isinstance(said, Received)
    assert (said.as_of, said.made, said.year) == (date(2021, 6, 30), date(2021, 7, 1), 2021)
    assert said.total.tasks == 1
    assert records.facts(said) == record.facts


def test_a_worker_that_dies_costs_only_its_item() -> None:
    """Whatever else was under way comes out all the same; the item that kills its worker does so alone."""
    parts = [[f"{number:03}" for number in range(ten, ten + 10)] for ten in range(0, 100, 10)]
    parts[4] = [*parts[4][:5], workers.DEADLY, *parts[4][5:]]
    with pool.local(2) as two:
        done = list(pool.run(two, workers.lengths, parts))
    dead = [one.items for one in done if one.answer is None]
    assert dead == [[workers.DEADLY]]
    answered = [
        (item, length)
        for one in done
        if one.answer
        for item, length in zip(one.items, one.answer, strict=True)
    ]
    assert sorted(answered) == [(f"{number:03}", 3) for number in range(100)]


def test_windows_takes_so_many_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python refuses to wait for more there; a machine of 128 cores still gets its workers."""
    monkeypatch.setattr("sys.platform", "win32")
    with pool.local(128) as many:
        assert many.count == 61
        with many.executor() as executor:
            assert isinstance(executor, ProcessPoolExecutor)


def test_a_worker_killed_in_the_middle(tmp_path: Path) -> None:
    """The pool is made anew and the result is whole."""
    items = [str(tmp_path / f"{number:02}.x") for number in range(12)]

    def kill() -> None:
        while not (seen := [path.suffix[1:] for path in tmp_path.iterdir()]):
            time.sleep(0.01)
        os.kill(int(seen[0]), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    with pool.local(2) as two:
        killer.start()
        done = list(pool.run(two, workers.slowly, [items[:6], items[6:]]))
    killer.join()
    assert sorted(item for one in done if one.answer for item in one.items) == items


def test_a_file_that_takes_too_long(tmp_path: Path) -> None:
    """The worker ends itself, and the file is the one that is told of."""
    write_folder(tmp_path)
    hasty = How(None, TODAY, seconds=1e-9)
    found = sources.find([str(tmp_path / "hoa-sen.xlsx")])
    with pool.local(1) as one:
        done = list(pool.run(one, Map(hasty), [found]))
    assert [(part.items, part.answer) for part in done] == [(found, None)]


class Map:
    """The map with its settings, as a worker can load it."""

    def __init__(self, how: How) -> None:
        """Read as ``how`` says."""
        self.how = how

    def __call__(self, files: Sequence[Source]) -> list[tuple[Source, Record]]:
        """Read ``files``."""
        return map_files(files, self.how, frozenset())
