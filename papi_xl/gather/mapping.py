"""The map of consolidation: files in, records out; the same in every process, here or on a cluster."""

import faulthandler
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from papi_xl import check, completion, faults, parse, schema, timing, titles
from papi_xl import text as texts
from papi_xl.bounds import Limits, too_large
from papi_xl.completion import SOON_DAYS
from papi_xl.errors import PapiError, UnreadableWorkbookError
from papi_xl.findings import Finding
from papi_xl.gather import records, sources
from papi_xl.gather.records import Record
from papi_xl.parse import Batch, Document
from papi_xl.raw import RawWorkbook
from papi_xl.read import DEFAULT, read_content
from papi_xl.received import Kind, Received, Rejected, Source
from papi_xl.writing import task_rows

FRAME_ROWS: Final = 50_000
"""Rows from which a frame is full: memory is bounded by it, however large the files are."""
WATCHED_FILES: Final = 16
WATCHED_BYTES: Final = 4 * 2**20
SHARE: Final = 1 / 40
NOT_KEPT: Final = b""
"""The digest of what is no property of the file: another run may read it."""


@dataclass(frozen=True, slots=True)
class How:
    """How files are read and judged: as of which day (else the file's own, else ``today``), in what language.

    ``seconds`` is the time that one file may take: a process that needs longer ends itself.
    """

    as_of: date | None
    today: date
    soon_days: int = SOON_DAYS
    lang: str = "vi"
    limits: Limits = DEFAULT
    seconds: float = 20.0


@dataclass(frozen=True, eq=False, repr=False)
class _Open:
    """A file that was read: its document stands in a frame with others."""

    source: Source
    digest: bytes
    workbook: RawWorkbook
    document: Document


def map_files(files: Sequence[Source], how: How, known: frozenset[bytes]) -> list[tuple[Source, Record]]:
    """Read ``files`` and return a record of each; of a file whose digest is ``known`` just that.

    Never raises on what a file holds: one that cannot be read costs only itself.
    """
    done: list[tuple[Source, Record]] = []
    waiting: list[_Open] = []
    rows = 0
    for group in sources.cut(files, WATCHED_FILES, WATCHED_BYTES):
        with _watched(how.seconds, len(group)):
            read = [(source, _read(source, how, known)) for source in group]
        for source, made in read:
            if isinstance(made, Record):
                done.append((source, made))
            else:
                waiting.append(made)
                rows += len(made.document.table.sheet.rows)
        if rows >= FRAME_ROWS:
            done += _judged(waiting, how)
            waiting, rows = [], 0
    return done + _judged(waiting, how)


@contextmanager
def _watched(seconds: float, files: int) -> Iterator[None]:
    """End the process when the body takes too long; only a thread outside Python can stop a reader in C.

    One of ``files`` may take all of ``seconds``, the others a small share; to watch each would cost a thread.
    """
    with open(os.devnull, "w", encoding="ascii") as nowhere:  # noqa: PTH123 (no path but a device)
        whole = seconds * (1 + SHARE * (files - 1))
        faulthandler.dump_traceback_later(whole, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _read(source: Source, how: How, known: frozenset[bytes]) -> Record | _Open:
    """Read one file into raw cells, or say why not."""
    digest = NOT_KEPT
    try:
        data = sources.content(source, how.limits)
        digest = hashlib.sha256(data).digest()
        if digest in known:
            return Record(digest, "")
        workbook = read_content(source.name, data, how.limits)
        if workbook.meta.get("kind") == schema.KIND_CONSOLIDATED:
            return Record(digest, records.IGNORED)
        document = check.document(workbook, as_of=how.as_of, today=how.today)
    except PapiError as error:
        return _refused(source, digest, error)
    except Exception as error:  # noqa: BLE001 (a fault of ours costs this file only)
        return _refused(source, NOT_KEPT, _fault(error))
    if document is None:
        return _refused(source, digest, UnreadableWorkbookError("task-table-missing"))
    return _Open(source, digest, workbook, document)


def _refused(source: Source, digest: bytes, error: PapiError) -> Record:
    values_of = {key: value for key, value in error.values.items() if isinstance(value, str | int | float)}
    return Record(digest, records.refusal(Rejected(source, error.code, values_of)))


def _fault(error: Exception) -> PapiError:
    faults.keep(error)
    return UnreadableWorkbookError("not-understood", kind=type(error).__name__)


def _judged(files: Sequence[_Open], how: How) -> list[tuple[Source, Record]]:
    """Return the records of files that were read, judged together; if that fails each for itself."""
    if not files:
        return []
    try:
        with _watched(how.seconds, len(files)):
            return _together(files, how)
    except Exception as error:  # noqa: BLE001 (as above)
        if len(files) == 1:
            return [(files[0].source, _refused(files[0].source, NOT_KEPT, _fault(error)))]
        return [pair for one in files for pair in _judged([one], how)]


def _together(files: Sequence[_Open], how: How) -> list[tuple[Source, Record]]:
    batch = check.with_states(parse.build([one.document for one in files]), how.soon_days)
    found: list[list[Finding]] = [[] for _ in files]
    for finding in check.findings(batch):
        found[finding.doc].append(finding)
    figures = completion.figures_of_each(batch.tasks, len(files))
    rows, late = task_rows.all_tasks(batch, how.lang), task_rows.overdue(batch, how.lang)
    states = _states(batch)
    done = []
    for index, one in enumerate(files):
        lines, total = figures[index]
        if total.tasks > how.limits.rows:
            error = too_large(what="rows", limit=how.limits.rows, found=total.tasks)
            done.append((one.source, _refused(one.source, one.digest, error)))
            continue
        received = _received(one, found[index], lines, total)
        dated = how.as_of is None and received.said_as_of is None
        parts = map(records.packed, (rows[index], late[index], states[index]))
        done.append((one.source, Record(one.digest, records.facts(received), dated, *parts)))
    return done


def _received(
    one: _Open, found: Sequence[Finding], lines: tuple[completion.Figures, ...], total: completion.Figures
) -> Received:
    doc, meta = one.document, one.document.carried
    above = titles.named(doc.table)
    said = {
        key: texts.clean(texts.content(doc.info.get(key)) or meta.get(key, "") or above[key]) for key in above
    }
    is_report = meta.get("kind") == schema.KIND_REPORT
    return Received(
        source=one.source,
        digest=one.digest.hex(),
        kind=Kind.REPORT if is_report else Kind.TEMPLATE if doc.is_template else Kind.TABLE,
        **said,
        year=doc.plan_year if doc.year_is_known else None,
        as_of=doc.as_of,
        said_as_of=check.said_as_of(one.workbook),
        made=timing.as_date(meta.get("made_at")) if is_report else None,
        counts=check.counted(found),
        altered=any(finding.rule == "figures-altered" for finding in found),
        lines=lines,
        total=total,
    )


def _states(batch: Batch) -> list[str]:
    """Return for each document a line a task: a key of its text, and its state."""
    task = batch.cells["task"]
    keys = task.spread([_key(text) for text in texts.same_keys(task.distinct)])
    numbers = [
        _key(text) if not filled else ""
        for text, filled in zip(batch.tasks["number"], task.filled, strict=True)
    ]
    chosen = np.where(task.filled, keys, texts.strings(numbers))
    lines = [f"{key} {state}" for key, state in zip(chosen, batch.tasks["state"], strict=True)]
    return ["\n".join(lines[span]) for span in batch.spans()]


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
