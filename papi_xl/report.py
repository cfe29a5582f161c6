"""The parts of the attached summary: frozen data between `summary`, which fills them, and its writers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Value = str | int | float | None
"""A cell: text, a count, a fraction shown as a percentage, or ``None`` where there is no figure."""


@dataclass(frozen=True)
class Letterhead:
    """The head of the printed page: agency and unit on the left, nation, motto and date on the right."""

    parent: str
    unit: str
    nation: str
    motto: str
    place_and_date: str


@dataclass(frozen=True)
class HeaderGroup:
    """Neighbouring headers under one title; a group without a title is one header two rows high."""

    title: str
    headers: tuple[str, ...]


@dataclass(frozen=True)
class FigureTable:
    """The figures: one row a domain, then the total; as many cells a row as the groups have headers."""

    groups: tuple[HeaderGroup, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...]


@dataclass(frozen=True)
class Sentence:
    """What a domain lacks for 100 %: its number and name (ending in a colon), the sentence.

    ``missing`` is how many of its tasks are not done.
    """

    name: str
    text: str
    missing: int


@dataclass(frozen=True)
class Coming:
    """The tasks that will be overdue when the next period has ended, unless they are done.

    The first of them are the rows, the nearest due date first: number, task, lead, due date, days left.
    ``count`` is of all of them, and ``rest`` says how many more there are, or that there is none.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    rest: str
    count: int


@dataclass(frozen=True)
class Prospect:
    """What is left to do: a sentence a domain with its tasks in order, and what falls due.

    ``note`` says how to read the sentences; it is empty where nothing is left.
    """

    title: str
    note: str
    sentences: tuple[Sentence, ...]
    coming: Coming


@dataclass(frozen=True)
class Chart:
    """Completion of each of the eight domains as a fraction, ``None`` without tasks.

    The categories are the first rows of the figure table, in its order; the values stand in its column
    ``column``, counted from 0.
    """

    title: str
    column: int
    categories: tuple[str, ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Signature:
    """The foot of the page: recipients, preparer (empty when not named), and who signs."""

    recipients_title: str
    recipients: tuple[str, ...]
    preparer_title: str
    preparer: str
    on_behalf: str
    signer_title: str
    signer: str


@dataclass(frozen=True)
class AnnexRow:
    """A row of the annex: a task, or the heading of a domain."""

    heading: bool
    cells: tuple[Value, ...]


@dataclass(frozen=True)
class Annex:
    """The task table as it is attached, with the derived state and days late of each task."""

    label: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[AnnexRow, ...]


@dataclass(frozen=True)
class Summary:
    """The whole attached summary; ``meta`` has the keys of `schema.META_KEYS`."""

    lang: str
    made_on: date
    letterhead: Letterhead
    title: str
    subtitle: str
    attached_to: str
    warning: str | None
    figures: FigureTable
    prospect: Prospect
    chart: Chart
    signature: Signature
    annex: Annex
    meta: Mapping[str, str]
