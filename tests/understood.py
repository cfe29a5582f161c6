"""What understands texts, each under a name: it raises on what must not be; a refusal is no fault."""

import contextlib
from collections.abc import Callable
from datetime import date
from typing import Final

from papi_xl import check, fix_log, legacy, mail, numbering, period_texts, roster, sent, timing, values
from papi_xl import text as texts
from papi_xl.documents import dump
from papi_xl.documents.moving import moved
from papi_xl.documents.reading import decoded
from papi_xl.documents.tables import find
from papi_xl.errors import PapiError
from papi_xl.raw import Cell, RawSheet, RawWorkbook

ROWS: Final = 40
DAY: Final = date(2021, 6, 30)


def timings(text: str) -> None:
    """Dates and periods, whatever is written."""
    timing.parse(text, 2021)
    timing.as_date(text)
    values.year(text)
    period_texts.told(text, 2021)


def numbers(text: str) -> None:
    """Numbers of tasks and headings; the order of a number gives it back."""
    number = numbering.levels(text)
    if number:
        assert numbering.levels_of(numbering.order_of(number)) == number
    numbering.heading(text)
    numbering.orders(text.split("\n"))


def percents(text: str) -> None:
    """Percentages and statuses."""
    values.percent(text)
    values.near_percent(text)
    values.status(text)
    values.near_status(text)


def tidied(text: str) -> None:
    """The forms of a text; what is tidy stays as it is."""
    tidy = texts.tidy(text)
    assert texts.tidy(tidy) == tidy
    texts.clean(text)
    texts.header_key(text)
    texts.same_keys([text])
    texts.slug(text, 30)
    texts.numbered(text.split("\n"))
    texts.first_words(text, 20)
    texts.contents(texts.tidied([text]))


def headers(text: str) -> None:
    """A sheet: a row a line, a cell behind each tab."""
    rows = _rows(text)
    sheet = RawSheet("Bảng", rows, range(1, len(rows) + 1))
    check.check(RawWorkbook("a", (sheet,)), as_of=DAY, today=DAY)


def plans(text: str) -> None:
    """A plan as plain text, its tables as those of Word are read."""
    with contextlib.suppress(PapiError):
        moved(find(dump.blocks(decoded(text.encode()))))


def rosters(text: str) -> None:
    """A list of units."""
    with contextlib.suppress(PapiError):
        roster.roster(roster.rows_of_csv(text.encode()))


def logs(text: str) -> None:
    """What our own sheets keep, as somebody may have changed it."""
    rows = _rows(text)
    sent.from_rows(rows)
    fix_log.entries(rows)


def fonts(text: str) -> None:
    """Texts in the codes of old fonts."""
    for encoding in legacy.Encoding:
        legacy.converted(text, encoding)
    legacy.encoding_of_font(text)


def addresses(text: str) -> None:
    """Recipients of a mail."""
    mail.recipients(text)


TARGETS: Final[dict[str, Callable[[str], None]]] = {
    one.__name__: one
    for one in (timings, numbers, percents, tidied, headers, plans, rosters, logs, fonts, addresses)
}


def _rows(text: str) -> list[list[Cell]]:
    return [[cell or None for cell in line.split("\t")] for line in text.split("\n")[:ROWS]]
