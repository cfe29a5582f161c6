"""Consolidation from folders to the workbook: read what is new, put all together, write it whole."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from papi_xl import consolidation, files, roster
from papi_xl.bounds import Limits
from papi_xl.completion import SOON_DAYS
from papi_xl.consolidated import Consolidated, Line
from papi_xl.errors import UsageError
from papi_xl.gather import pool, records, sources, store
from papi_xl.gather.mapping import How, map_files
from papi_xl.gather.store import Store
from papi_xl.read import DEFAULT
from papi_xl.received import Received, Rejected, Source
from papi_xl.roster import Roster

MOST_FILES: Final = 256
LEAST_FILES: Final = 16
PARTS_A_WORKER: Final = 4
MOST_BYTES: Final = 32 * 2**20
"""A part of the work is no more files than `MOST_FILES`, and no more bytes than this but for one file."""

Progress = Callable[[int, int], None]
"""Told how many files are done, and of how many."""


@dataclass(frozen=True)
class Wish:
    """What is to be consolidated, and how.

    ``folders`` are paths or addresses of fsspec; ``workers`` defaults to all cores; ``scheduler`` is the
    address of a dask.distributed scheduler to use instead; ``cached`` keeps what was read for the next run.
    """

    folders: Sequence[str]
    output: Path
    roster: Path | None = None
    as_of: date | None = None
    today: date = field(default_factory=date.today)
    period: str | None = None
    soon_days: int = SOON_DAYS
    lang: str = "vi"
    limits: Limits = DEFAULT
    workers: int | None = None
    scheduler: str | None = None
    cached: bool = True
    force: bool = False

    @property
    def how(self) -> How:
        """How each file is read and judged."""
        return How(self.as_of, self.today, self.soon_days, self.lang, self.limits)


@dataclass(frozen=True)
class Gathered:
    """What came of all files: workbooks with a task table, refused ones, and how many were read anew."""

    received: tuple[Received, ...]
    rejected: tuple[Rejected, ...]
    read: int


def gather(
    found: Sequence[Source], wish: Wish, kept: Store, workers: pool.Workers, progress: Progress
) -> Gathered:
    """Read the files that ``kept`` does not know and return the facts of all."""
    received: list[Received] = []
    rejected: list[Rejected] = []
    done = read = 0
    how = wish.how
    function = partial(map_files, how=how, known=kept.known())
    for part in pool.run(workers, function, list(_parts(found, workers.count))):
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
                elif said is not None:
                    rejected.append(said)
        done += len(part.items)
        progress(done, len(found))
    rejected.sort(key=lambda one: (one.source.name, one.source.path))
    return Gathered(tuple(received), tuple(rejected), read)


def _parts(found: Sequence[Source], workers: int) -> Iterator[Sequence[Source]]:
    """Cut the files into parts of the work, the same for every number of workers but for their size."""
    most = min(MOST_FILES, max(LEAST_FILES, -(-len(found) // (workers * PARTS_A_WORKER))))
    part: list[Source] = []
    size = 0
    for source in found:
        if part and (len(part) == most or size + source.size > MOST_BYTES):
            yield tuple(part)
            part, size = [], 0
        part.append(source)
        size += source.size
    if part:
        yield tuple(part)
