"""`papi-xl import`: the task table of a plan kept as a document, as a filled template."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Final

import click

from papi_xl import files, schema
from papi_xl.build import figures_of
from papi_xl.cli import options
from papi_xl.cli.new import filled, info_options
from papi_xl.cli.words import word
from papi_xl.documents import words
from papi_xl.documents.content import UnreadableDocumentError
from papi_xl.documents.moving import Moved, moved
from papi_xl.documents.placing import Unplaced
from papi_xl.documents.reading import read_document
from papi_xl.documents.tables import find
from papi_xl.harmless import one_line
from papi_xl.raw import Cell
from papi_xl.template.filling import Filling
from papi_xl.template.workbook import write_template

SHOWN: Final = 20
"""Lines of a kind that the terminal lists; the sheets have them all."""
LONGEST: Final = 90


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(file: Path, output: Path, force: bool, **info: Cell) -> int:  # noqa: FBT001 (flags)
        files.check_output(output, source=file, force=force)
        try:
            made = moved(find(read_document(file)))
        except UnreadableDocumentError as error:
            error.values.setdefault("file", file.name)
            raise
        given = {key: value for key, value in info.items() if value is not None}
        filling = filled(made.filling, {**made.info, **given})
        write_template(output, filling, figures_of(filling, date.today()))
        _tell(file.name, made, filling, lang)
        click.echo(word("written", lang, path=output))
        return 0

    parameters: list[click.Parameter] = [
        options.file_argument(),
        options.output_option(lang, required=True),
        *info_options(lang),
        options.force_option(lang),
    ]
    return click.Command("import", callback=run, params=parameters, help=word("import", lang))


def _tell(file: str, made: Moved, filling: Filling, lang: str) -> None:
    """Print what was read, what was given or added, what has no place, and what is still to be filled in."""
    tasks = [row for row in made.rows if row.domain is None]
    counts = {"tasks": len(tasks), "domains": len(made.rows) - len(tasks), "tables": made.pieces}
    click.echo(words.word("read", lang, file=file, **counts))
    if made.headed:
        click.echo(words.word("headed", lang, domains=", ".join(map(str, made.headed))))
    if made.status:
        click.echo(words.word("status", lang, status=made.status))
    if made.others:
        click.echo(words.word("others", lang, count=made.others))
    numbered = [f"{number} {_short(task)}" for number, task in made.numbered]
    _list("numbered", "yellow", len(numbered), numbered, lang)
    _list("leftovers", "red", len(made.unplaced), list(_leftovers(made.unplaced, lang)), lang)
    empty = [
        field.title(lang)
        for field in schema.INFO_FIELDS
        if field.required and not filling.info.get(field.key)
    ]
    if empty:
        click.echo(words.word("to-fill-in", lang, sheet=schema.INFO, labels=", ".join(empty)))


def _leftovers(unplaced: Sequence[Unplaced], lang: str) -> Iterator[str]:
    """Yield a line for each text, behind the reason that it shares with those after it."""
    for why, texts in groupby(unplaced, key=attrgetter("why")):
        yield words.word(why, lang)
        yield from (f"  {words.where(one.where, lang)}: {_short(one.said)}" for one in texts)


def _list(key: str, colour: str, count: int, lines: Sequence[str], lang: str) -> None:
    if not count:
        return
    click.secho(words.word(key, lang, count=count, sheet=schema.LEFTOVERS), fg=colour, bold=True)
    for line in lines[:SHOWN]:
        click.echo(f"  {line}")
    if len(lines) > SHOWN:
        click.echo(f"  {words.word('more', lang, count=len(lines) - SHOWN)}")


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…"
