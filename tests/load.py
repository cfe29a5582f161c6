"""Thousands of workbooks at once: `python -m tests.load --files 2000 --hostile 0.1 --workers 2`.

A folder of good workbooks, of bad ones of every kind and of what else lies in such folders is consolidated
by the command itself, two of whose workers are killed meanwhile. What it prints and the workbook that it
writes have to count every good file with the figures that were put into it, and to list or count every bad
one as `papi-xl check` judges it by itself. A second, smaller run reads files that end the process which
reads them.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from python_calamine import CalamineWorkbook

from papi_xl import schema
from tests import deadly, reports, senders
from tests.hostile import HEAVY
from tests.many import TASKS, done_of
from tests.senders import Alone, Figures, Sent
from tests.watched import Ended, run

MOST_MIB: Final = 1024
"""That each process may take."""
KILLS: Final = (0.1, 0.8)
"""Seconds after the first worker is there at which one is killed."""
BESIDE_DEADLY: Final = 200
"""Good files that are read in the same run as the deadly ones."""
COUNTED: Final = frozenset({"ok", "errors"})
DIED: Final = "quá lâu hoặc quá nặng"
"""What is said of a file whose reader has died."""
FILE, REASON = 6, 7
"""Columns of the sheet of gaps."""
OVERTAXED: Final = frozenset(kind.name for kind in HEAVY)
"""Kinds for which the time that a file may take can run out where others work on the same machine."""
COLUMNS: Final = (
    "Workbooks", "Files", "Good, counted", "Bad, listed with the reason", "Bad, but read",
    "Consolidated before", "Lost", "Faults", "Workers that died", "Largest process", "Takes",
)  # fmt: skip


class Tally(NamedTuple):
    """A line of the table, and a line for each fault."""

    cells: tuple[object, ...]
    faults: Sequence[str]


def main(argv: Sequence[str]) -> int:
    """Print what came of both runs, and each fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description="Consolidate under load.")
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--hostile", type=float, default=0.1, help="the share of bad files")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    given = parser.parse_args(argv)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        tallies = [
            strangers(Path(place, "la"), given.files, given.hostile, given.workers, given.seed),
            dying(Path(place, "chet"), given.workers, given.seed),
        ]
    made = reports.table(COLUMNS, [tally.cells for tally in tallies])
    faults = [fault for tally in tallies for fault in tally.faults]
    print("\n".join([made, *faults]))
    if given.write:
        reports.put("load", made, seconds=time.monotonic() - began, seed=given.seed)
    return int(bool(faults))


def strangers(place: Path, count: int, share: float, workers: int, seed: int) -> Tally:
    """Consolidate many workbooks, a share of them bad, and kill two workers meanwhile."""
    sent = senders.send(place / "nhan", count, share, seed)
    before = digests(sent.folder)
    ended = run(["-m", "papi_xl"], [str(sent.folder)], place / "ra.xlsx", workers, kills=KILLS, seed=seed)
    alone = dict(zip(sent.bad, senders.alone([*sent.bad]), strict=True))
    names = {path: str(Path(path).relative_to(sent.folder)) for path in (*sent.good, *sent.bad)}
    faults = [*_faults(ended, sent, alone), *_written(ended, place / "ra.xlsx", names)]
    if not ended.killed:
        faults.append("it was over before a worker could be killed")
    if digests(sent.folder) != before:
        faults.append("the folder is not as it was")
    return _tally(f"{share:.0%} bad", ended, sent, faults, died=ended.killed)


def dying(place: Path, workers: int, seed: int) -> Tally:
    """Consolidate good workbooks and, among them, files that end the process which reads them."""
    sent = senders.send(place / "nhan", BESIDE_DEADLY, 0, seed)
    out = place / "ra.xlsx"
    ended = run(["-m", "tests.deadly"], [str(sent.folder), deadly.PLACE], out, workers)
    good = {
        **sent.good,
        f"{deadly.PLACE}/{deadly.GOOD}": Figures(TASKS, done_of(deadly.NUMBER, seed=deadly.SEED)),
    }
    sent = Sent(sent.folder, good, {f"{deadly.PLACE}/{name}": "deadly" for name in deadly.ENDS})
    names = {path: path.removeprefix(f"{place}/").removeprefix("deadly://") for path in (*good, *sent.bad)}
    alone = dict.fromkeys(sent.bad, Alone(None))
    faults = [*_faults(ended, sent, alone), *_written(ended, out, names)]
    died = sum(DIED in reason for reason in ended.rejected.values())
    if died != len(deadly.ENDS):
        faults.append(f"{died} files are said to have ended who read them")
    return _tally("some end who reads them", ended, sent, faults, died=died)


def _faults(ended: Ended, sent: Sent, alone: Mapping[str, Alone]) -> Iterator[str]:
    """Yield all that is wrong with what the command printed."""
    yield from _told(ended)
    if ended.found:
        yield from _misplaced(ended, {*sent.good, *sent.bad})
        if {*ended.found["ignored"]} != (ours := {path for path, one in alone.items() if one.is_ours}):
            yield f"ignored {ended.found['ignored']} instead of {ours}"
        yield from _misjudged(ended, sent, alone)


def _tally(name: str, ended: Ended, sent: Sent, faults: Sequence[str], *, died: int) -> Tally:
    ignored = ended.found.get("ignored", ())
    told = {*ended.units, *ended.rejected, *ignored}
    figures = (
        f"{len(sent.good) + len(sent.bad):,}", f"{len({*sent.good} & {*ended.units}):,}",
        len({*sent.bad} & {*ended.rejected}), len({*sent.bad} & {*ended.units}), len(ignored),
        len({*sent.good, *sent.bad} - told), len(faults), died,
        f"{max(ended.peaks.values(), default=0)} MiB", f"{ended.seconds:.1f} s",
    )  # fmt: skip
    return Tally((name, *figures), faults)


def _told(ended: Ended) -> Iterator[str]:
    """Yield what is wrong with how the command ended."""
    if ended.code != 1:
        yield f"exit {ended.code}"
    if ended.errors:
        yield f"it complained: {ended.errors[-2_000:]}"
    for number, peak in ended.peaks.items():
        if peak > MOST_MIB:
            yield f"process {number} took {peak} MiB"


def _misplaced(ended: Ended, sent: set[str]) -> Iterator[str]:
    """Yield files that are in no list or twice in them, and those that nobody sent."""
    found = ended.found
    listed = [*(line["file"] for line in (*found["units"], *found["rejected"])), *found["ignored"]]
    for path in sorted(sent - {*listed}):
        yield f"lost: {path}"
    for path in sorted({*listed} - sent):
        yield f"nobody sent {path}"
    if len(listed) != len({*listed}):
        yield "a file is listed twice"


def _misjudged(ended: Ended, sent: Sent, alone: Mapping[str, Alone]) -> Iterator[str]:
    """Yield files of which something else is said than what was put into them, or than `check` says."""
    wanted = {**sent.good, **{path: one.figures for path, one in alone.items()}}
    total = Figures(0, 0)
    for path, line in ended.units.items():
        if (line["tasks"], line["done"]) != wanted.get(path):
            yield f"{path}: {wanted.get(path)}, said to be {dict(line)}"
        if path in sent.good and line["state"] not in COUNTED:
            yield f"{path} does not count: {dict(line)}"
        if _counts(line, ended):
            total = Figures(total.tasks + line["tasks"], total.done + line["done"])
    for path, reason in ended.rejected.items():
        may_be = sent.bad.get(path) in OVERTAXED or wanted.get(path) is None
        if path in sent.good or not may_be or not reason:
            yield f"{sent.bad.get(path, 'good')} {path}: {wanted.get(path)}, rejected: {reason}"
    said = ended.found["total"]
    if total != (said["tasks"], said["done"]):
        yield f"all together {total}, said to be {said}"


def _written(ended: Ended, out: Path, names: Mapping[str, str]) -> Iterator[str]:
    """Yield where the workbook says something else than what the command printed; it is by ``names``."""
    if not out.exists():
        yield "no workbook was written"
        return
    with CalamineWorkbook.from_path(out) as book:
        units = book.get_sheet_by_name(schema.UNITS).to_python()
        gaps = book.get_sheet_by_name(schema.GAPS).to_python()
    head = next(row for row in units if "Tệp" in row)
    at = [head.index(name) for name in ("Tệp", "Tổng số nhiệm vụ", "Hoàn thành")]
    shown = {tuple(row[one] for one in at) for row in units}
    for path, line in ended.units.items():
        if _counts(line, ended) and (names[path], line["tasks"], line["done"]) not in shown:
            yield f"not among the units of the workbook: {path}"
    reasons = {str(row[FILE]): str(row[REASON]) for row in gaps}
    for path in {*ended.rejected}:
        if not reasons.get(names[path]):
            yield f"not among the rejected files of the workbook: {path}"


def _counts(line: Mapping[str, Any], ended: Ended) -> bool:
    """Whether a workbook that was read is among those whose figures make up the total."""
    return line["period"] == ended.found["period"] and line["state"] not in {"superseded", "unidentified"}


def digests(folder: Path) -> Mapping[str, str]:
    """Return a digest of each file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
