"""What was read of workbooks, kept in one SQLite file: for the next run, and so that memory need not hold it.

Records are keyed by the digest of the file's content and by how and by which version it was read. The file
can be deleted at any time; one that is damaged is made anew.
"""

import errno
import hashlib
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

import papi_xl
from papi_xl import __version__, files
from papi_xl.gather.mapping import How
from papi_xl.gather.records import Record, packed, unpacked

NAME: Final = "consolidate.sqlite"
CREATE: Final = (
    "CREATE TABLE IF NOT EXISTS records (digest BLOB, how BLOB, day TEXT, facts TEXT,"
    " rows BLOB, overdue BLOB, states BLOB, PRIMARY KEY (digest, how))"
)
BUSY_SECONDS: Final = 30
MOST_KEPT: Final = 200_000
"""Records, some 6 KB each: a year of a nation's files."""
MAPPED: Final = 2**28
"""Bytes of the file that SQLite reads without copying."""
PRIMARY: Final = 0xFF
"""The part of SQLite's error codes that names the kind (sqlite.org/rescode.html)."""
DAMAGED: Final = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
REFUSED: Final = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}
"""SQLite's codes for what the system refuses, and those of the system."""
FAULTS: Final = (sqlite3.DatabaseError, zlib.error)
"""What a store raises that turns out damaged, locked or without room once it is in use."""


class Store:
    """The records of one way of reading; see `opened`."""

    def __init__(self, connection: sqlite3.Connection, how: How) -> None:
        """Use ``connection`` for records as read and judged by ``how``."""
        self._connection = connection
        self._how = _key(how)
        self._today = how.today.isoformat()

    def known(self) -> frozenset[bytes]:
        """Return the digests of all files whose records hold today."""
        query = "SELECT digest FROM records WHERE how = ? AND day IN ('', ?)"
        return frozenset(digest for (digest,) in self._connection.execute(query, (self._how, self._today)))

    def keep(self, kept: Sequence[Record]) -> None:
        """Keep records, for good at once."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        one.digest,
                        self._how,
                        self._today if one.dated else "",
                        packed(one.facts),
                        one.rows,
                        one.overdue,
                        one.states,
                    )
                    for one in kept
                ],
            )

    def facts(self, digest: bytes) -> str:
        """Return the facts of the file with this digest."""
        return unpacked(self.part("facts", digest))

    def part(self, name: str, digest: bytes) -> bytes:
        """Return ``facts``, ``rows``, ``overdue`` or ``states`` of a file, packed.

        Raises:
            sqlite3.DatabaseError: they are gone, though the file is known.
        """
        query = f"SELECT {name} FROM records WHERE digest = ? AND how = ?"  # noqa: S608 (our own names)
        row = self._connection.execute(query, (digest, self._how)).fetchone()
        if row is None or not isinstance(row[0], bytes):
            raise sqlite3.DatabaseError
        return row[0]


@contextmanager
def opened(how: How, *, lasting: bool = True) -> Iterator[Store]:
    """Open the user's store, or one that is gone afterwards where it cannot be or is not to last.

    Raises:
        OutputError: ``temporary-unwritable``, not even such a one can be made or grow.
    """
    with ExitStack() as stack:
        connection = _connected() if lasting else None
        if connection is None:
            connection = stack.enter_context(_in_passing())
        stack.callback(connection.close)
        yield Store(connection, how)


@contextmanager
def _in_passing() -> Iterator[sqlite3.Connection]:
    """Make a store that is gone afterwards; its caller closes it."""
    with files.passing_folder() as place:
        try:
            connection = sqlite3.connect(place / NAME)
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute(CREATE)
            yield connection
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY in REFUSED:
                raise OSError(REFUSED[error.sqlite_errorcode & PRIMARY], str(error)) from error
            raise


def folder() -> Path:
    """Return the user's folder for what can be deleted at any time, by the system's custom."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "papi-xl"


def discard(error: Exception) -> bool:
    """Delete the user's store if ``error``, one of `FAULTS`, says that it is damaged; return whether it does.

    Raises nothing where it cannot be deleted.
    """
    is_damaged = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & PRIMARY in DAMAGED
    if is_damaged:
        for beside in ("", "-wal", "-shm"):
            with suppress(OSError):
                (folder() / f"{NAME}{beside}").unlink(missing_ok=True)
    return is_damaged


def _connected() -> sqlite3.Connection | None:
    """Open the user's store, making it anew where it is damaged; ``None`` where that cannot be."""
    path = folder() / NAME
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute(f"PRAGMA mmap_size = {MAPPED}")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute(CREATE)
                _prune(connection)
                connection.execute("SELECT digest FROM records LIMIT 1").fetchone()
            except BaseException:
                connection.close()
                raise
        except sqlite3.DatabaseError as error:
            if not discard(error):
                return None
        except OSError:
            return None
        else:
            return connection
    return None


def _prune(connection: sqlite3.Connection) -> None:
    """Forget the oldest records beyond `MOST_KEPT`: versions and dates that nobody asks for any more."""
    with connection:
        connection.execute(
            "DELETE FROM records WHERE rowid <= (SELECT max(rowid) FROM records) - ?", (MOST_KEPT,)
        )


def _key(how: How) -> bytes:
    """Return a digest of all that a record depends on beside the file: the day of reading is kept beside."""
    said = (_tool(), how.as_of, how.soon_days, how.lang, how.limits)
    return hashlib.sha256(repr(said).encode()).digest()[:16]


def _tool() -> str:
    """Return the version of this tool; a changed source file makes another one."""
    place = Path(papi_xl.__file__).parent
    stats = sorted((str(path.relative_to(place)), path.stat()) for path in place.rglob("*.py"))
    return f"{__version__} {[(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats]}"
