"""The level above: a folder of received workbooks in, one consolidated workbook out.

Figures are worked out by hand from the tables in `tests.folders`.
"""

import email
import email.policy
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from papi_xl import schema
from papi_xl.cli import main
from papi_xl.errors import OutputError, UsageError
from papi_xl.gather import store
from papi_xl.gather.run import consolidate
from papi_xl.gather.wish import Wish
from tests.clusters import running
from tests.folders import AS_OF, BEFORE, PERIOD, own_table, report, sheet_of, write_folder
from tests.many import write_units

UNITS = {
    "hoa-sen.xlsx": ("Trường Mầm non Hoa Sen", "M1", PERIOD, 4, 2, 0.5, 0, "ok"),
    "tan-tien.xlsx": ("Trường Mầm non Tân Tiến", "M2", PERIOD, 2, 1, 0.5, 0, "late"),
    "son-ca.xlsx": ("Trường Mầm non Sơn Ca", "M3", PERIOD, 2, 1, 0.5, 1, "altered"),
    "bang-rieng.xlsx": ("Trường Mầm non Hoa Mai", "M5", PERIOD, 2, 1, 0.5, 1, "errors"),
    "hoa-sen-cu.xlsx": ("Trường Mầm non Hoa Sen", "M1", PERIOD, 4, 1, 0.25, 0, "superseded"),
    "ten-gan-giong.xlsx": ("Trường MN Họa My", "", PERIOD, 2, 1, 0.5, 0, "unidentified"),
    "hoa-sen.xlsx of the quarter before": ("Trường Mầm non Hoa Sen", "M1", BEFORE, 4, 1, 0.25, 0, "ok"),
}
"""File → unit, code, period, tasks, done, completion, errors, state."""
DOMAINS = {
    1: (5, 2, 0, 0.4, 0.5),
    3: (3, 1, 2, 1 / 3, 1.3 / 3),
    5: (1, 1, 0, 1.0, 1.0),
    8: (1, 1, 0, 1.0, 1.0),
}
"""Domain → tasks, done, overdue, completion, progress; the other domains have no tasks."""
TOTAL = (10, 5, 2, 0.5, 0.58)
NAMES = ("tasks", "done", "overdue", "completion", "progress")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "papi-xl"


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """Give the small folder; the roster stands beside it."""
    folder = tmp_path / "nhan"
    write_folder(folder)
    return folder


def consolidated(
    capsys: pytest.CaptureFixture[str], out: Path, *arguments: object, code: int = 1
) -> dict[str, Any]:
    """Run the command and return the JSON that it prints."""
    capsys.readouterr()
    assert (
        main(["consolidate", *map(str, arguments), "-o", str(out), "--format", "json", "--workers", "2"])
        == code
    )
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def with_roster(folder: Path) -> Sequence[object]:
    return (folder, "--roster", folder.with_name("units.csv"))


def figures(line: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(line[name] for name in NAMES)


def test_the_small_folder_in_json(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every case of the folder is told of, and the figures are those worked out by hand."""
    found = consolidated(capsys, tmp_path / "out.xlsx", *with_roster(received))
    assert found["output"] == str(tmp_path / "out.xlsx")
    assert found["period"] == PERIOD
    keys = ("unit", "code", "period", "tasks", "done", "completion", "errors", "state")
    listed = [
        (os.path.relpath(unit["file"], received), tuple(unit[key] for key in keys)) for unit in found["units"]
    ]
    before = {"quy-1/hoa-sen.xlsx": "hoa-sen.xlsx of the quarter before"}
    assert {before.get(file, file): unit for file, unit in listed} == UNITS
    assert [file for file, _ in listed] == [
        "hoa-sen.xlsx", "hoa-sen-cu.xlsx", "tan-tien.xlsx", "son-ca.xlsx", "bang-rieng.xlsx",
        "ten-gan-giong.xlsx", "quy-1/hoa-sen.xlsx",
    ]  # fmt: skip
    assert [unit["unit"] for unit in found["missing"]] == [
        "Trường Mầm non Bình Minh",
        "Trường Mầm non Họa Mi",
    ]
    assert [os.path.relpath(one["file"], received) for one in found["rejected"]] == [
        "hong.xlsx",
        "khong-bang.xlsx",
    ]
    assert "hong.xlsx" in found["rejected"][0]["reason"]
    assert "Nội dung nhiệm vụ" in found["rejected"][1]["reason"]
    assert {line["domain"]: figures(line) for line in found["domains"] if line["tasks"]} == {
        domain: pytest.approx(line) for domain, line in DOMAINS.items()
    }
    assert [line["domain"] for line in found["domains"]] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert figures(found["total"]) == pytest.approx(TOTAL)


def test_totals_are_the_sum_of_the_parts(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = consolidated(capsys, tmp_path / "out.xlsx", *with_roster(received))
    counted = [
        unit
        for unit in found["units"]
        if unit["period"] == found["period"] and unit["state"] not in {"superseded", "unidentified"}
    ]
    for name in ("tasks", "done"):
        assert sum(unit[name] for unit in counted) == found["total"][name]
        assert sum(line[name] for line in found["domains"]) == found["total"][name]
    for line in (*found["domains"], found["total"]):
        reported = ("done", "in_progress", "not_started", "paused", "unreported")
        derived = ("done", "recurring", "overdue", "due_soon", "due_unknown", "conditional", "as_reported")
        assert sum(line[name] for name in reported) == line["tasks"]
        assert sum(line[name] for name in derived) == line["tasks"]


def test_a_period_can_be_asked_for(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Written in any way; what is of a later period does not count."""
    found = consolidated(capsys, tmp_path / "out.xlsx", *with_roster(received), "--period", "quý i / 2021")
    assert found["period"] == BEFORE
    counted = [unit["file"] for unit in found["units"] if unit["period"] == BEFORE]
    assert [os.path.relpath(file, received) for file in counted] == ["quy-1/hoa-sen.xlsx", "bang-rieng.xlsx"]
    assert found["total"]["tasks"] == 6


def test_without_a_roster(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Units are what the files name; nobody is missing or late."""
    found = consolidated(capsys, tmp_path / "out.xlsx", received)
    assert found["missing"] == []
    states = {Path(unit["file"]).name: unit["state"] for unit in found["units"] if unit["period"] == PERIOD}
    assert states == {
        "hoa-sen.xlsx": "ok", "hoa-sen-cu.xlsx": "superseded", "tan-tien.xlsx": "ok",
        "son-ca.xlsx": "altered", "bang-rieng.xlsx": "errors", "ten-gan-giong.xlsx": "ok",
    }  # fmt: skip
    assert found["total"]["tasks"] == 12


def test_as_of_another_day(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All files are judged by that day: on 10/6/2021 the task due on 15/6/2021 is not overdue."""
    found = consolidated(capsys, tmp_path / "out.xlsx", *with_roster(received), "--as-of", "10/6/2021")
    assert found["total"]["overdue"] == 1


def test_the_small_folder_in_the_workbook(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All rows, overdue ones among them, stand under their unit; the gaps say what is missing and why."""
    out = tmp_path / "out.xlsx"
    consolidated(capsys, out, *with_roster(received))
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == [
        schema.SUMMARY, schema.UNITS, schema.OVERDUE, schema.GAPS, schema.TREND, schema.ALL_TASKS,
        schema.META,
    ]  # fmt: skip
    assert book[schema.META].sheet_state == "veryHidden"
    texts = pd.read_excel(out, sheet_name=schema.ALL_TASKS, header=None, engine="calamine").astype(str)
    units = ["M1"] * 4 + ["M2"] * 2 + ["M3"] * 2 + ["M5"] * 2
    assert [code for code in texts[0] if code in {"M1", "M2", "M3", "M5"}] == units
    late = (
        pd.read_excel(out, sheet_name=schema.OVERDUE, header=None, engine="calamine").fillna("").astype(str)
    )
    said = late[late[0].isin(["M1", "M3"])].agg(" ".join, axis=1).tolist()
    assert len(said) == 2
    assert "Giải trình thu chi" in said[0]
    assert "Đối thoại" in said[1]
    gaps = " ".join(
        str(cell) for row in book[schema.GAPS].iter_rows(values_only=True) for cell in row if cell is not None
    )
    for expected in (
        "Bình Minh",
        "hong.xlsx",
        "khong-bang.xlsx",
        "hoa-sen-cu.xlsx",
        "ten-gan-giong.xlsx",
        "Họa Mi",
    ):
        assert expected in gaps


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_order_and_workers_change_nothing(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One worker or three, files in parts of one or all together, folders in another order: equal bytes."""
    places = [received / "quy-1", *(path for path in received.iterdir() if path.is_file())]
    monkeypatch.chdir(tmp_path)
    made = []
    for workers, most, chosen in (("1", 256, places), ("3", 1, places), ("2", 2, places[::-1])):
        monkeypatch.setattr("papi_xl.gather.run.LEAST_FILES", most)
        out = tmp_path / f"out-{workers}.xlsx"
        arguments = ["consolidate", *map(str, chosen), "-o", str(out), "--workers", workers, "--no-cache"]
        assert main([*arguments, "--roster", "units.csv", "--as-of", "2021-06-30"]) == 1
        capsys.readouterr()
        made.append(parts_of(out))
    assert made[0] == made[1] == made[2]


def test_processes_started_anew(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows and Mac start them: equal bytes."""
    arguments = [str(received), "--no-cache", "--workers", "2", "--as-of", "2021-06-30"]
    for method in ("fork", "spawn"):
        monkeypatch.setattr("papi_xl.gather.pool.START_METHOD", method)
        assert main(["consolidate", *arguments, "-o", str(tmp_path / f"{method}.xlsx")]) == 1
    capsys.readouterr()
    assert parts_of(tmp_path / "fork.xlsx") == parts_of(tmp_path / "spawn.xlsx")


def test_a_second_run_reads_only_what_changed(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], cache: Path
) -> None:
    """The result is that of reading all again; the cache can be deleted at any time."""

    def run(name: str) -> str:
        assert main(["consolidate", str(received), "-o", str(tmp_path / name), "--lang", "en"]) == 1
        return capsys.readouterr().out

    assert "9 file(s), 9 of them read anew" in run("1.xlsx")
    assert "9 file(s), 0 of them read anew" in run("2.xlsx")
    assert parts_of(tmp_path / "1.xlsx") == parts_of(tmp_path / "2.xlsx")
    (received / "hoa-sen.xlsx").rename(received / "doi-ten.xlsx")
    assert "0 of them read anew" in run("3.xlsx")
    changed = report("Trường Mầm non Hoa Sen", "M1", "1.1. | A | B | C | | Quý II", made=AS_OF)
    (received / "tan-tien.xlsx").write_bytes(changed)
    assert "1 of them read anew" in run("4.xlsx")
    shutil.rmtree(cache)
    assert "9 of them read anew" in run("5.xlsx")
    assert parts_of(tmp_path / "4.xlsx") == parts_of(tmp_path / "5.xlsx")


@pytest.mark.parametrize("damage", ["record", "gone"])
def test_a_record_that_turns_out_damaged(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], cache: Path, damage: str
) -> None:
    """All is read again; the run after that has a sound cache."""

    def run(name: str) -> str:
        assert main(["consolidate", str(received), "-o", str(tmp_path / name), "--lang", "en"]) == 1
        return capsys.readouterr().out

    run("1.xlsx")
    with closing(sqlite3.connect(cache / store.NAME)) as connection, connection:
        connection.execute("UPDATE records SET rows = ?", (None if damage == "gone" else b"\x00\x01",))
    assert "9 of them read anew" in run("2.xlsx")
    assert parts_of(tmp_path / "1.xlsx") == parts_of(tmp_path / "2.xlsx")
    run("3.xlsx")
    assert "0 of them read anew" in run("4.xlsx")


def test_its_own_output_is_no_report(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A consolidated workbook that lies in the folder is neither counted nor rejected, and that is said."""
    first = consolidated(capsys, received / "hop-nhat.xlsx", received)
    shutil.copy(received / "hop-nhat.xlsx", received / "ban-sao.xlsx")
    again = consolidated(capsys, tmp_path / "out.xlsx", received)
    ours = [str(received / name) for name in ("ban-sao.xlsx", "hop-nhat.xlsx")]
    assert {**first, "output": "", "ignored": ours} == {**again, "output": ""}
    assert main(["consolidate", str(received), "-o", str(tmp_path / "out.xlsx"), "--force"]) == 1
    said = capsys.readouterr().out
    assert "Không tính 2 tệp là bản đã hợp nhất" in said
    assert str(received / "hop-nhat.xlsx") in said


@pytest.mark.no_cover
def test_on_a_cluster(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two worker processes give the bytes that this machine gives, also when one is killed meanwhile."""
    folder = tmp_path / "many"
    folder.mkdir()
    write_units(folder, 200)
    common = ["consolidate", str(folder), str(received), "--no-cache", "--as-of", "2021-06-30"]
    assert main([*common, "-o", str(tmp_path / "here.xlsx")]) == 1
    seen = []
    with running(tmp_path) as cluster:
        assert main([*common, "--scheduler", cluster.address, "-o", str(tmp_path / "there.xlsx")]) == 1

        def kill(done: int, whole: int) -> None:
            cluster.workers[0].kill()
            seen.append((done, whole))

        places = [str(folder), str(received)]
        wish = Wish(places, tmp_path / "killed.xlsx", scheduler=cluster.address, cached=False, as_of=AS_OF)
        consolidate(wish, progress=kill)
        assert cluster.workers[0].wait() == -signal.SIGKILL
        assert cluster.workers[1].poll() is None
    assert seen[0][0] < seen[-1][0] == seen[0][1] == 209
    capsys.readouterr()
    here = parts_of(tmp_path / "here.xlsx")
    assert parts_of(tmp_path / "there.xlsx") == here
    assert parts_of(tmp_path / "killed.xlsx") == here


def test_a_cluster_that_runs_elsewhere(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its processes find the files of a folder that is named from where the command runs."""
    (tmp_path / "khac").mkdir()
    monkeypatch.chdir(tmp_path / "khac")
    with running(tmp_path, 1) as cluster:
        monkeypatch.chdir(tmp_path)
        arguments = ("nhan", "--roster", "units.csv", "--scheduler", cluster.address)
        found = consolidated(capsys, tmp_path / "out.xlsx", *arguments)
    assert received.name == "nhan"
    assert figures(found["total"]) == pytest.approx(TOTAL)


def test_a_cluster_that_dies(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the last worker is gone and stays gone, it says so instead of waiting for ever."""
    monkeypatch.setattr("papi_xl.gather.pool.POLL_SECONDS", 0.2)
    monkeypatch.setattr("papi_xl.gather.run.LEAST_FILES", 1)
    with running(tmp_path, 1) as cluster:

        def kill(_done: int, _whole: int) -> None:
            cluster.workers[0].kill()

        wish = Wish([str(received)], tmp_path / "out.xlsx", scheduler=cluster.address, cached=False)
        with pytest.raises(UsageError) as refused:
            consolidate(wish, progress=kill)
    assert refused.value.code == "scheduler-lost"
    assert not (tmp_path / "out.xlsx").exists()
    capsys.readouterr()


def test_a_scheduler_that_is_not_there(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papi_xl.gather.pool.CONNECT_SECONDS", 1)
    arguments = [
        "consolidate",
        str(received),
        "-o",
        str(tmp_path / "out.xlsx"),
        "--scheduler",
        "tcp://127.0.0.1:9",
    ]
    assert main(arguments) == 2
    assert "tcp://127.0.0.1:9" in capsys.readouterr().err
    assert not (tmp_path / "out.xlsx").exists()


def kept(cache: Path) -> int:
    """Return how many files the cache knows by now."""
    path = cache / store.NAME
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as connection, suppress(sqlite3.OperationalError):
        return int(connection.execute("SELECT count(*) FROM records").fetchone()[0])
    return 0


def test_stopped_in_the_middle(tmp_path: Path, cache: Path) -> None:
    """Ctrl-C ends it with its workers and leaves nothing; the next run goes on with what was read."""
    folder = tmp_path / "many"
    folder.mkdir()
    write_units(folder, 500)
    out = tmp_path / "out" / "out.xlsx"
    out.parent.mkdir()
    command = [sys.executable, "-m", "papi_xl", "consolidate", str(folder), "-o", str(out), "--lang", "en"]
    # A shell's background job ignores the signal, and so would all that it starts.
    heeding = ["env", "--default-signal=INT", *command]
    with subprocess.Popen(heeding, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        while not kept(cache):
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said.strip()) == (2, "Stopped as asked.")
    assert list(out.parent.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 0
    read = int(again.stdout.partition(" file(s), ")[2].split()[0])
    assert 0 < read < 500


def test_replies(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook with remarks and a draft for each counted unit, a reminder for each missing one."""
    returns = tmp_path / "tra-loi"
    consolidated(capsys, tmp_path / "out.xlsx", *with_roster(received), "--returns", returns)
    names = sorted(path.name for path in returns.iterdir())
    assert names == sorted(
        [
            f"{code}_{name}"
            for code in ("M1", "M2", "M3", "M5")
            for name in ("Ket-qua_Quy-II-2021.xlsx", "Tra-loi_Quy-II-2021.eml")
        ]
        + ["M4_Nhac-gui_Quy-II-2021.eml", "M6_Nhac-gui_Quy-II-2021.eml"]
    )
    draft = email.message_from_bytes(
        (returns / "M5_Tra-loi_Quy-II-2021.eml").read_bytes(), policy=email.policy.default
    )
    assert draft["X-Unsent"] == "1"
    assert draft["To"] == "hoamai@example.edu.vn"
    [attached] = list(draft.iter_attachments())
    assert attached.get_filename() == "M5_Ket-qua_Quy-II-2021.xlsx"
    assert attached.get_content() == (returns / "M5_Ket-qua_Quy-II-2021.xlsx").read_bytes()
    book = openpyxl.load_workbook(returns / "M5_Ket-qua_Quy-II-2021.xlsx")
    assert book.sheetnames == [schema.FINDINGS, "Bảng"]
    assert book["Bảng"]["B7"].value == "Hội nghị cha mẹ"
    reminder = email.message_from_bytes(
        (returns / "M4_Nhac-gui_Quy-II-2021.eml").read_bytes(), policy=email.policy.default
    )
    assert reminder["To"] == "binhminh@example.edu.vn"
    assert PERIOD in reminder["Subject"]


def test_replies_into_the_folder_where_one_is(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tra-loi").mkdir()
    monkeypatch.chdir(tmp_path / "tra-loi")
    consolidated(capsys, tmp_path / "out.xlsx", *with_roster(received), "--returns", ".")
    assert len(list(Path().glob("*.eml"))) == 6
    assert not list(tmp_path.glob("*/.*.part"))


def test_replies_are_made_anew(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not without --force; then no reminder stays for a unit that has sent its report since."""
    returns = tmp_path / "tra-loi"
    arguments = (*with_roster(received), "--returns", returns)
    consolidated(capsys, tmp_path / "1.xlsx", *arguments)
    (returns / "cua-toi.txt").write_text("note")
    consolidated(capsys, tmp_path / "2.xlsx", *arguments, code=2)
    sent = report("Trường Mầm non Bình Minh", "M4", "1.1. | A | B | C | | Quý II", made=AS_OF)
    (received / "binh-minh.xlsx").write_bytes(sent)
    consolidated(capsys, tmp_path / "1.xlsx", *arguments, "--force")
    names = {path.name for path in returns.iterdir()}
    assert {"M4_Tra-loi_Quy-II-2021.eml", "M4_Ket-qua_Quy-II-2021.xlsx", "cua-toi.txt"} <= names
    assert "M4_Nhac-gui_Quy-II-2021.eml" not in names


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("khong-co",), "khong-co"),
        (("trong",), "trong"),
        (("nhan", "--roster", "khong-co.csv"), "khong-co.csv"),
        (("nhan", "--roster", "nhan/khong-bang.xlsx"), "Tên đơn vị"),
        (("nhan", "--period", "Quý IV/2030"), "Quý IV/2030"),
        (("nhan", "--returns", "nhan/tra-loi"), "nhan/tra-loi"),
        (("nhan", "--returns", "khong/co"), "--returns"),
        (("nhan", "--workers", "0"), "--workers"),
        (("nhan", "--as-of", "mai"), "mai"),
        ((), "FOLDERS"),
    ],
)
def test_what_cannot_be_done(  # noqa: PLR0913, PLR0917 (fixtures and cases)
    received: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: Sequence[str],
    said: str,
) -> None:
    """A message that names what is wrong, exit code 2, and nothing written."""
    assert received.exists()
    monkeypatch.chdir(tmp_path)
    Path("trong").mkdir()
    before = sorted(tmp_path.rglob("*.*"))
    assert main(["consolidate", *arguments, "-o", "out.xlsx"]) == 2
    assert said.casefold() in capsys.readouterr().err.casefold()
    assert [path for path in sorted(tmp_path.rglob("*.*")) if "sqlite" not in path.name] == before


def test_an_output_that_is_there(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.xlsx"
    out.write_bytes(b"precious")
    found = consolidated(capsys, out, received, code=2)
    assert "out.xlsx" in str(found["error"])
    assert out.read_bytes() == b"precious"
    consolidated(capsys, out, received, "--force")
    assert out.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("output", ["nhan/hoa-sen.xlsx", "units.xlsx"])
def test_an_output_that_is_an_input(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], output: str
) -> None:
    """A report that is named, or the roster, is not replaced, whatever force is used."""
    roster = tmp_path / "units.xlsx"
    roster.write_bytes(sheet_of([["Mã", "Tên"], ["M1", "Trường Mầm non Hoa Sen"]]))
    before = (tmp_path / output).read_bytes()
    arguments = (received / "hoa-sen.xlsx", received / "tan-tien.xlsx", "--roster", roster, "--force")
    found = consolidated(capsys, tmp_path / output, *arguments, code=2)
    assert Path(output).name in str(found["error"])
    assert (tmp_path / output).read_bytes() == before


@pytest.mark.no_cover
def test_a_damaged_cache_costs_only_time(
    tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the first pages are whole the damage shows on the way: all is read anew, and next time kept."""
    (tmp_path / "many").mkdir()
    write_units(tmp_path / "many", 100)
    before = consolidated(capsys, tmp_path / "out.xlsx", tmp_path / "many", code=0)
    content = (cache / store.NAME).read_bytes()
    first = len(content) // 3
    (cache / store.NAME).write_bytes(content[:first] + b"\xa5" * first + content[2 * first :])
    assert consolidated(capsys, tmp_path / "out.xlsx", tmp_path / "many", "--force", code=0) == before
    assert kept(cache) == 0
    assert consolidated(capsys, tmp_path / "out.xlsx", tmp_path / "many", "--force", code=0) == before
    assert kept(cache) == 100


def test_what_a_file_says_is_shown_as_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Brackets in a period are no markup, and control characters reach neither the terminal nor programs."""
    (tmp_path / "nhan").mkdir()
    (tmp_path / "nhan" / "a.xlsx").write_bytes(
        sheet_of(
            [
                ["Đơn vị: MN \x1b[2JHoa"],
                ["Kỳ báo cáo: Quý II/2021 [/x] [red]"],
                ["TT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Thời gian"],
                ["1.1", "A", "B", "C", "Quý II"],
            ]
        )
    )
    assert main(["consolidate", str(tmp_path / "nhan"), "-o", str(tmp_path / "1.xlsx"), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "period Quý II/2021 [/x] [red]" in said
    assert "\x1b[2J" not in said
    found = consolidated(capsys, tmp_path / "2.xlsx", tmp_path / "nhan", code=0)
    assert [unit["unit"] for unit in found["units"]] == ["MN [2JHoa"]


def test_nobody_has_sent_anything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a roster an empty folder has a result: everybody is missing."""
    write_folder(tmp_path / "nhan")
    (tmp_path / "trong").mkdir()
    arguments = (tmp_path / "trong", "--roster", tmp_path / "units.csv", "--period", "Quý II/2021")
    found = consolidated(capsys, tmp_path / "out.xlsx", *arguments, code=0)
    assert len(found["missing"]) == 6
    assert figures(found["total"]) == (0, 0, 0, None, None)


def test_files_through_fsspec(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same folder by its address gives the same figures and the same rows."""
    near = consolidated(capsys, tmp_path / "near.xlsx", received)
    far = consolidated(capsys, tmp_path / "far.xlsx", f"file://{received}")
    assert [{**unit, "file": ""} for unit in far["units"]] == [{**unit, "file": ""} for unit in near["units"]]
    assert far["total"] == near["total"]
    assert parts_of(tmp_path / "near.xlsx") == parts_of(tmp_path / "far.xlsx")


def test_more_rows_than_a_sheet_holds(received: Path, tmp_path: Path) -> None:
    """They go to Parquet beside the workbook, in place of nothing that is there already."""
    out = tmp_path / "out.xlsx"
    made = consolidate(Wish([str(received)], out, received.with_name("units.csv"), most_rows=9, as_of=AS_OF))
    assert made.beside == tmp_path / "out.parquet"
    frame = pd.read_parquet(tmp_path / "out.parquet")
    assert len(frame) == 10
    assert frame["unit_code"].tolist() == ["M1"] * 4 + ["M2"] * 2 + ["M3"] * 2 + ["M5"] * 2
    assert frame["task"].tolist()[:2] == ["Họp phụ huynh", "Hòm thư góp ý"]
    out.unlink()
    (tmp_path / "out.parquet").write_bytes(b"precious")
    with pytest.raises(OutputError):
        consolidate(Wish([str(received)], out, received.with_name("units.csv"), most_rows=9, as_of=AS_OF))
    assert (tmp_path / "out.parquet").read_bytes() == b"precious"
    assert not out.exists()


def test_the_sheet_says_where_the_rows_are(received: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    consolidate(Wish([str(received)], out, received.with_name("units.csv"), most_rows=9, as_of=AS_OF))
    sheet = openpyxl.load_workbook(out)[schema.ALL_TASKS]
    assert any("out.parquet" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def test_names_that_no_cell_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file's name in another encoding, a unit's with control characters: told of without them."""
    folder = tmp_path / "nhan"
    folder.mkdir()
    unit = "Trường Mầm non Hoa\x1b[31m \x07Sen"
    sent = report("Trường Mầm non Sơn Ca", "M1", "1.1. | A | B | C | | Quý II", made=AS_OF)
    (folder / os.fsdecode(b"b\xe1o c\xe1o.xlsx")).write_bytes(own_table(unit))
    (folder / os.fsdecode(b"h\xf4.xlsx")).write_bytes(b"no workbook")
    (folder / "bao-cao.xlsx").write_bytes(sent)
    for _ in range(2):
        found = consolidated(
            capsys, tmp_path / "out.xlsx", folder, "--force", "--returns", tmp_path / "tra-loi"
        )
        assert [line["unit"] for line in found["units"]] == [
            "Trường Mầm non Hoa[31m Sen",
            "Trường Mầm non Sơn Ca",
        ]
        assert len(found["rejected"]) == 1


def test_a_file_that_changes_before_it_is_replied_to(received: Path, tmp_path: Path) -> None:
    """No reply is made about something that was not counted; it is told of."""

    def change(_done: int, _whole: int) -> None:
        (received / "hoa-sen.xlsx").write_bytes(own_table())

    wish = Wish([str(received)], tmp_path / "out.xlsx", received.with_name("units.csv"), as_of=AS_OF)
    made = consolidate(replace(wish, returns=tmp_path / "tra-loi"), progress=change)
    assert [line.received.source.name for line in made.unanswered] == ["hoa-sen.xlsx"]
    assert made.consolidated.total.tasks == 10
    replies = {path.name.partition("_")[0] for path in (tmp_path / "tra-loi").glob("*_Tra-loi_*")}
    assert replies == {"M2", "M3", "M5"}
