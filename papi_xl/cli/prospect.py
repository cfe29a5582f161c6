"""What is left to do, in the terminal: which tasks, in which order, and what will be overdue next."""

from collections.abc import Iterator, Sequence
from itertools import islice
from textwrap import fill
from typing import Final

import click

from papi_xl import ahead, attachment
from papi_xl.check import Result
from papi_xl.cli.words import word
from papi_xl.labels import labels, percentage
from papi_xl.remaining import label
from papi_xl.report import Coming

WIDTH: Final = 80
_FIRST: Final = 3
"""How many tasks a check names."""
_INDENT: Final = "  "
_BETWEEN: Final = "  "
_NUMBER_ROOM: Final = 10
_LEAD_ROOM: Final = 16


def show_prospect(result: Result, lang: str) -> None:
    """Print what each incomplete domain lacks, in order, and what will be overdue after the next period."""
    told = attachment.look_ahead(result, lang)
    lacking = [sentence for sentence in told.sentences if sentence.missing]
    if not lacking:
        return
    click.secho(told.title, bold=True)
    click.echo(_wrapped(told.note))
    for sentence in lacking:
        click.echo(_wrapped(f"{sentence.name} {sentence.text}", indent=_INDENT))
    click.echo()
    click.secho(_wrapped(told.coming.title), bold=True)
    if told.coming.rows:
        _show_table(told.coming)
    if told.coming.rest:
        click.echo(f"{_INDENT}{told.coming.rest}")
    click.echo()


def show_first_steps(result: Result, lang: str) -> None:
    """Print in a line or two how far the tasks are, which come first, and how many will be overdue next."""
    for line in _first_steps(result, lang):
        click.echo(_wrapped(line))


def _first_steps(result: Result, lang: str) -> Iterator[str]:
    if result.batch is None or result.batch.tasks.empty:
        return
    tasks, (_, total) = result.batch.tasks, result.figures()
    if ahead.is_reported(tasks):
        share = percentage(total.completion, lang, "%")
        first = [label(task, lang) for task in islice(ahead.each(ahead.in_order(tasks)), _FIRST)]
        more = word("do-first", lang, tasks=", ".join(first)) if first else ""
        yield word("so-far", lang, done=total.done, tasks=total.tasks, share=share) + more
    else:
        yield labels(lang).nothing_reported
    coming = attachment.look_ahead(result, lang).coming
    if coming.count:
        yield f"{coming.title}: {word('so-many', lang, count=coming.count)}."


def _show_table(coming: Coming) -> None:
    """Print the table; the tasks take the room that the other columns leave, the rest of them is cut."""
    number, *others = zip(coming.headers, *coming.rows, strict=True)
    task, lead, due, left = others
    short = [_column(number, _NUMBER_ROOM), _column(lead, _LEAD_ROOM), _column(due), _column(left)]
    room = WIDTH - len(_INDENT) - sum(len(cells[0]) + len(_BETWEEN) for cells in short)
    numbers, leads, dues, lefts = short
    for cells in zip(numbers, _column(task, room), leads, dues, lefts, strict=True):
        click.echo(f"{_INDENT}{_BETWEEN.join(cells)}".rstrip())


def _column(cells: Sequence[object], most: int = WIDTH) -> list[str]:
    """Return the cells of a column as texts of one width, ``most`` or less."""
    texts = [text if len(text) <= most else f"{text[: most - 1]}…" for text in map(str, cells)]
    width = max(map(len, texts))
    return [text.ljust(width) for text in texts]


def _wrapped(text: str, indent: str = "") -> str:
    hanging = f"{indent}   " if indent else ""
    return fill(text, WIDTH, initial_indent=indent, subsequent_indent=hanging, break_on_hyphens=False)
