"""From a document's rows to the template's: headings, tasks, and what has no certain place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from papi_xl import numbering, rows, schema
from papi_xl import text as texts
from papi_xl.documents.tables import Found, Record, Where
from papi_xl.domains import BY_NUMBER
from papi_xl.rows import Role

STRUCTURE: Final = 3
"""A row that is skipped and says so many things is a repeated header or numbers the columns."""

_OWN_NUMBER = re.compile(r"([1-8](?:\s*\.\s*\d{1,2}){1,2})\s*[.)]?\s+(.+)", re.DOTALL)
_ENDS = (".", ";", "!", "?", ":")
_GOES_ON = (",", ";", ".", ")", "…")

Texts = Mapping[str, str]


class Row(NamedTuple):
    """A row for the template: its texts by key, where it begins, the domain where it is a heading."""

    texts: Texts
    where: Where
    domain: int | None = None


class Unplaced(NamedTuple):
    """A text without a certain place: where it stood, and why it has none (a key of `words.WORDS`)."""

    where: Where
    said: str
    why: str


@dataclass(frozen=True, eq=False, repr=False)
class Placed:
    """The rows in order, the domains whose headings were added, and what has no place."""

    rows: tuple[Row, ...]
    headed: tuple[int, ...]
    unplaced: tuple[Unplaced, ...]


class _Line(NamedTuple):
    """A row of the document: its texts by key, what else is known of it, whether the table ended above."""

    texts: Texts
    record: Record
    ended: bool


class _Outcome(NamedTuple):
    """What came of a line: a row, which ``joins`` the one above in its place, and what has no place."""

    row: Row | None = None
    joins: bool = False
    unplaced: tuple[Unplaced, ...] = ()


def placed(found: Found) -> Placed:
    """Place the rows of a document's task table; every text is in a row or unplaced.

    A row that goes on with the one above is joined with it: a cell merged with that of the task above, a text
    that goes on in small letters, or nothing but cells that are empty above.
    """
    made: list[Row] = []
    unplaced: list[Unplaced] = []
    for line in _lines(found):
        outcome = _with_rest(line.record, _place(line, made))
        if outcome.joins:
            made.pop()
        made += [outcome.row] if outcome.row else []
        unplaced += outcome.unplaced
    unplaced += [rest for row in made for rest in _beyond(row)]
    return Placed(*_headed(made), tuple(rest for one in unplaced for rest in _in_cells(one)))


def _beyond(row: Row) -> Iterator[Unplaced]:
    """Yield what of a row's texts is longer than a cell."""
    for text in row.texts.values():
        rest = text[len(texts.cut(text, texts.MAX_CELL)) :]
        if rest:
            yield Unplaced(row.where, rest, "too-long")


def _in_cells(one: Unplaced) -> Iterator[Unplaced]:
    """Yield a text in pieces that a cell holds."""
    rest = one.said
    while rest:
        piece = texts.cut(rest, texts.MAX_CELL)
        yield one._replace(said=piece)
        rest = rest[len(piece) :]


def _lines(found: Found) -> Iterator[_Line]:
    table = found.table
    body, numbers, _ = rows.body(table)
    inside = dict(zip(numbers, body, strict=True))
    for number, row in zip(table.sheet.numbers, table.sheet.rows, strict=True):
        if number in found.records:
            cells = inside.get(number, row)
            said = {key: texts.content(cells[column - 1]) for key, column in table.columns.items()}
            yield _Line(said, found.records[number], number not in inside)


def _place(line: _Line, made: Sequence[Row]) -> _Outcome:
    record, above = line.record, made[-1] if made else None
    said = _with_own_number({key: text for key, text in line.texts.items() if text})
    joined = _joined(said, record, above) if above else None
    if record.loose:
        return _left(record, record.loose, "cut")
    if line.ended:
        return _left(record, _together(said), "signature") if said else _Outcome()
    if joined:
        return _Outcome(joined, joins=True)
    reading = rows.read_row({**dict.fromkeys(schema.KEYS, ""), **said})
    if reading.role is Role.TASK:
        return _Outcome(Row(said, record.where))
    if reading.role is Role.HEADING:
        row = _heading(said, reading, record.where)
        last = next((one for one in reversed(made) if one.domain), None)
        return _Outcome() if last and _says_again(row, last) else _Outcome(row)
    return _skipped(said, record, reading.role)


def _skipped(said: Texts, record: Record, role: Role) -> _Outcome:
    """Return what becomes of a row that is no task; repeated headers and numbers of columns are let go."""
    if role is Role.STRAY:
        return _left(record, _together(said), "no-task")
    is_total = texts.header_key(said.get("task") or said.get("number", "")) in rows.TOTALS
    told = bool(said) and (is_total or len(said) < STRUCTURE)
    return _left(record, _together(said), "not-a-task") if told else _Outcome()


def _heading(said: Texts, reading: rows.Reading, where: Where) -> Row:
    domain = reading.number or 0
    known = BY_NUMBER.get(domain)
    name = reading.name or (known.vi if known else "")
    row = Row({**said, "number": f"{domain}.", "task": name}, where, domain)
    split = numbering.heading(said.get("number", ""))
    rest = split[1] if split else said.get("number", "")
    return row if texts.header_key(rest) in texts.header_key(name) else _added(row, {"note": rest}, "\n")


def _says_again(heading: Row, last: Row) -> bool:
    """Whether a heading is the last one once more, as on top of a new page."""
    names = {texts.header_key(row.texts["task"]) for row in (heading, last)}
    alone = heading.texts.keys() <= {"number", "task"}
    return alone and heading.domain == last.domain and len(names) == 1


def _with_own_number(said: Texts) -> Texts:
    """Return the texts of a row with a number that stands before the task's text in a column of its own."""
    key = "number" if "task" not in said else "task"
    found = _OWN_NUMBER.fullmatch(said.get(key, ""))
    if not found or (key == "task" and "number" in said) or not found[2][0].isupper():
        return said
    return {**said, "number": found[1], "task": found[2]}


def _joined(said: Texts, record: Record, above: Row) -> Row | None:
    """Return the row above with this one joined to it, ``None`` where this is a row of its own."""
    own = {key: text for key, text in said.items() if key not in record.below}
    if record.below & {"number", "task"} and "number" not in own:
        return _added(above, own, "\n")
    if not own or "number" in own or (above.domain and set(own) != {"task"}):
        return None
    is_task = {"task", "lead", "timing"} <= own.keys() and {"lead", "timing"} <= above.texts.keys()
    fits = all(_fits(key, text, above) for key, text in own.items())
    return _added(above, own, " ") if fits and not is_task else None


def _fits(key: str, text: str, above: Row) -> bool:
    """Whether a text goes on with that of the row above, or fills its empty cell."""
    before = above.texts.get(key, "")
    small = text[0].islower() or text[0] in _GOES_ON
    if key == "task":
        return small and bool(before) and not before.endswith(_ENDS)
    return small or not before


def _added(row: Row, more: Texts, between: str) -> Row:
    """Return ``row`` with further texts in its cells; a text that a cell says already is not said again."""
    joined = dict(row.texts)
    for key, text in more.items():
        before = joined.get(key, "")
        if text not in before.split("\n"):
            joined[key] = f"{before}{between}{text}" if before else text
    return row._replace(texts=joined)


def _with_rest(record: Record, outcome: _Outcome) -> _Outcome:
    """Return an outcome with what the row holds beside: other columns go to the note of the row."""
    row, unplaced = outcome.row, list(outcome.unplaced)
    for label, text in record.extras:
        if row and label:
            row = _added(row, {"note": f"{label.rstrip(':')}: {texts.tidy(text)}"}, "\n")
        else:
            unplaced.append(Unplaced(record.where, text, "no-column" if row else "no-row"))
    unplaced += [Unplaced(record.where, text, "unseen") for text in record.aside]
    return outcome._replace(row=row, unplaced=tuple(unplaced))


def _left(record: Record, said: str, why: str) -> _Outcome:
    return _Outcome(unplaced=(Unplaced(record.where, said, why),))


def _together(said: Texts) -> str:
    return " | ".join(said[key] for key in schema.KEYS if said.get(key))


def _headed(made: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[int, ...]]:
    """Return the rows with a heading before the first task of each domain that has none."""
    known = {row.domain for row in made}
    result: list[Row] = []
    added: list[int] = []
    for row in made:
        levels = numbering.levels(row.texts.get("number", "")) or (0,)
        if len(levels) > 1 and levels[0] in BY_NUMBER and levels[0] not in {*known, *added}:
            added.append(levels[0])
            domain = BY_NUMBER[levels[0]]
            result.append(Row({"number": f"{domain.number}.", "task": domain.vi}, row.where, domain.number))
        result.append(row)
    return tuple(result), tuple(added)
