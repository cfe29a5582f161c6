"""Consolidation from folders to the workbook: read what is new, put all together, write it whole."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from papi_xl import consolidation, files, write_consolidated
from papi_xl.consolidated import Consolidated, Line
from papi_xl.errors import UsageError
from papi_xl.gather import pool, records, replies, rosters, sources, store
from papi_xl.gather.mapping import map_files
from papi_xl.gather.store import Store
from papi_xl.gather.wish import Made, Progress, Wish
from papi_xl.received import Received, Rejected, Source
from papi_xl.roster import Roster

MOST_FILES: Final = 256
LEAST_FILES: Final = 16
PARTS_A_WORKER: Final = 4
MOST_BYTES: Final = 32 * 2**20
"""A part of the work is no more files than `MOST_FILES`, and no more bytes than this but for one file."""
BESIDE: Final = ".parquet"


@dataclass(frozen=True)
class Gathered:
    """What came of all files: workbooks with a task table, refused ones, and how many were read anew.

    ``ignored`` are workbooks that say to be consolidated ones.
    """

    received: tuple[Received, ...]
    rejected: tuple[Rejected, ...]
    ignored: tuple[Source, ...]
    read: int


def consolidate(wish: Wish, progress: Progress = lambda _done, _whole: None) -> Made:
    """Read all workbooks under the folders, and write the consolidated workbook and what else is wished for.

    Nothing is written before all is worked out, and each file whole or not at all.

    Raises:
        PapiError: what cannot be done (`UsageError`, `OutputError`); what is wrong with single files is part
            of the result.
    """
    for given in (*map(Path, wish.folders), wish.roster):
        files.check_output(wish.output, source=given, force=wish.force)
    if wish.returns is not None:
        replies.check(wish.returns, wish.folders, force=wish.force)
    roster = rosters.read_roster(wish.roster, wish.limits) if wish.roster else None
    places = sources.absolute(wish.folders) if wish.scheduler else wish.folders
    found = sources.find(places, leave_out=filter(None, (wish.output, wish.roster)))
    if not found and roster is None:
        raise UsageError("no-workbooks", folders=", ".join(wish.folders))
    try:
        return _consolidated(found, roster, wish, progress)
    except store.FAULTS as error:
        if not wish.cached:
            raise
        store.discard(error)
        return _consolidated(found, roster, replace(wish, cached=False), progress)


def _consolidated(found: Sequence[Source], roster: Roster | None, wish: Wish, progress: Progress) -> Made:
    with ExitStack() as stack:
        kept = stack.enter_context(store.opened(wish.how, lasting=wish.cached))
        workers = stack.enter_context(_workers(wish))
        gathered = gather(found, wish, kept, workers, progress)
        result = consolidation.build(
            gathered.received,
            gathered.rejected,
            roster=roster,
            period=wish.period,
            states_of=partial(_states, kept),
        )
        beside = _beside(result, wish)
        with ExitStack() as outputs:
            _write(result, wish, kept, outputs, beside)
            unanswered: tuple[Line, ...] = ()
            if wish.returns is not None:
                written = replies.written(result, wish, workers, wish.returns, progress)
                unanswered = outputs.enter_context(written)
    return Made(
        result, wish.output, beside, wish.returns, len(found), gathered.read, unanswered, gathered.ignored
    )


def _beside(result: Consolidated, wish: Wish) -> Path | None:
    """Return the file for the rows that do not fit into the workbook, ``None`` where they do."""
    if write_consolidated.fits(result, most_rows=wish.most_rows):
        return None
    beside = wish.output.with_suffix(BESIDE)
    files.check_free(beside, force=wish.force)
    return beside


def _workers(wish: Wish) -> pool.Opened:
    if wish.scheduler:
        return pool.cluster(wish.scheduler)
    return pool.local(wish.workers or os.cpu_count() or 1)


def _write(result: Consolidated, wish: Wish, kept: Store, outputs: ExitStack, beside: Path | None) -> None:
    """Write the workbook, and the rows that do not fit into it ``beside``."""
    tasks, overdue = partial(_rows, kept, "rows"), partial(_rows, kept, "overdue")
    if beside is not None:
        stream = outputs.enter_context(files.writing(beside))
        write_consolidated.write_parquet(stream, result, wish.lang, tasks)
    stream = outputs.enter_context(files.writing(wish.output))
    write_consolidated.write(
        stream,
        result,
        lang=wish.lang,
        made_on=wish.today,
        tasks=tasks,
        overdue=overdue,
        rows_beside=beside.name if beside else None,
        most_rows=wish.most_rows,
    )


def _rows(kept: Store, part: str, line: Line) -> str:
    return _text(kept, part, line.received)


def _text(kept: Store, part: str, received: Received) -> str:
    return records.unpacked(kept.part(part, bytes.fromhex(received.digest)))


def _states(kept: Store, received: Received) -> Mapping[str, str]:
    """Return the state of each task by a key of its text."""
    lines = _text(kept, "states", received).split("\n")
    return dict(tuple(line.split(" ")) for line in lines if line)  # type: ignore[misc]


def gather(
    found: Sequence[Source], wish: Wish, kept: Store, workers: pool.Workers, progress: Progress
) -> Gathered:
    """Read the files that ``kept`` does not know and return the facts of all."""
    received: list[Received] = []
    rejected: list[Rejected] = []
    ignored: list[Source] = []
    done = read = 0
    function = partial(map_files, how=wish.how, known=kept.known())
    for part in pool.run(workers, function, list(parts(found, workers.count))):
        if part.answer is None:
            rejected += [Rejected(source, "reader-died", {"file": source.name}) for source in part.items]
        else:
            new = [record for _, record in part.answer if record.facts]
            kept.keep([record for record in new if record.digest])
            read += len(new)
            for source, record in part.answer:
                said = records.read(source, record.digest, record.facts or kept.facts(record.digest))
                if isinstance(said, Received):
                    received.append(said)
                elif said is None:
                    ignored.append(source)
                else:
                    rejected.append(said)
        done += len(part.items)
        progress(done, len(found))
    return Gathered(tuple(received), tuple(rejected), tuple(ignored), read)


def parts(found: Sequence[Source], workers: int) -> Iterator[Sequence[Source]]:
    """Cut the files into parts of the work; which part a file is in changes nothing in what is said of it."""
    most = min(MOST_FILES, max(LEAST_FILES, -(-len(found) // (workers * PARTS_A_WORKER))))
    return sources.cut(found, most, MOST_BYTES)
