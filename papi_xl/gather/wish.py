"""What is to be consolidated and how, and what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from papi_xl.bounds import Limits
from papi_xl.completion import SOON_DAYS
from papi_xl.consolidated import Consolidated, Line
from papi_xl.gather.mapping import How
from papi_xl.read import DEFAULT
from papi_xl.received import Source
from papi_xl.returns_letters import NOBODY, Occasion, Sender
from papi_xl.write_consolidated import MOST_ROWS

Progress = Callable[[int, int], None]
"""Told how many files are done, and of how many."""


@dataclass(frozen=True)
class Wish:
    """What is to be consolidated, and how.

    ``folders`` are paths or addresses of fsspec. ``returns`` is a folder for replies, not made without, and
    ``sender`` says who they are from.
    ``workers`` defaults to all cores; ``scheduler`` is the address of a dask.distributed scheduler to use
    instead. ``cached`` keeps what was read for the next run. ``as_of`` defaults to each file's own date.
    More than ``most_rows`` tasks go to Parquet beside the workbook.
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
    returns: Path | None = None
    sender: Sender = NOBODY
    workers: int | None = None
    scheduler: str | None = None
    cached: bool = True
    force: bool = False
    most_rows: int = MOST_ROWS

    @property
    def how(self) -> How:
        """How each file is read and judged."""
        return How(self.as_of, self.today, self.soon_days, self.lang, self.limits)

    @property
    def occasion(self) -> Occasion:
        """On which day and by whom letters are written."""
        return Occasion(self.lang, self.today, self.sender)


@dataclass(frozen=True)
class Made:
    """What came of it: the result, the files written, how many files there were and were read anew.

    ``unanswered`` are counted workbooks that no reply could be made to, since they changed meanwhile;
    ``ignored`` are workbooks that say to be consolidated ones, which count nowhere.
    """

    consolidated: Consolidated
    output: Path
    beside: Path | None
    returns: Path | None
    files: int
    read: int
    unanswered: tuple[Line, ...] = ()
    ignored: tuple[Source, ...] = ()
