"""`papi-xl consolidate`: folders of received workbooks in, one consolidated workbook out."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import click

from papi_xl.cli import options
from papi_xl.cli.main import DATA_HAS_ERRORS, OK
from papi_xl.cli.report import echo_json, figures_json, telling
from papi_xl.cli.words import word
from papi_xl.consolidated import Consolidated, Line, UnitState
from papi_xl.errors import PapiError
from papi_xl.gather.run import consolidate
from papi_xl.gather.wish import Made, Wish
from papi_xl.labels import NO_FIGURE
from papi_xl.mail import one_line, recipients
from papi_xl.received import Rejected
from papi_xl.refusals import explain
from papi_xl.returns_letters import Sender
from papi_xl.schema import GAPS

MOST_WORKERS: Final = 1024
SHOWN: Final = 10
"""So many files of a kind are named in the terminal; the workbook and JSON list all."""

LIMITS: Final = frozenset(f"max_{name}" for name in options.UNITS)


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(folders: tuple[str, ...], form: str, cache: bool, **how: Any) -> int:  # noqa: ANN401, FBT001 (options)
        from papi_xl.cli.progress import bar  # noqa: PLC0415 (rich is slow to load)

        read = {key: how.pop(key) for key in list(how) if key in {"as_of", "soon_days"} | LIMITS}
        reading = options.reading(sheet=None, **read)
        sender = Sender(how.pop("agency") or "", how.pop("contact") or "")
        wish = Wish(
            folders=folders, as_of=reading.as_of, soon_days=reading.soon_days, limits=reading.limits,
            lang=lang, cached=cache, sender=sender, **how,
        )  # fmt: skip
        with telling(form, lang, PapiError, output=None), bar("working", lang) as progress:
            made = consolidate(wish, progress)
        if form == "json":
            echo_json(as_json(made, lang))
        else:
            _show(made, lang)
            if wish.returns is not None:
                _show_addresses(made, lang)
        return DATA_HAS_ERRORS if _has_errors(made.consolidated) else OK

    parameters: list[click.Parameter] = [
        click.Argument(["folders"], nargs=-1, required=True),
        options.output_option(lang, required=True),
        click.Option(["--roster"], type=options.PATH, help=word("option-roster", lang)),
        click.Option(["--period"], help=word("option-period", lang)),
        click.Option(["--returns"], type=options.PATH, help=word("option-returns", lang)),
        click.Option(["--agency"], help=word("option-agency", lang)),
        click.Option(["--contact"], help=word("option-contact", lang)),
        click.Option(["--workers"], type=click.IntRange(1, MOST_WORKERS), help=word("option-workers", lang)),
        click.Option(["--scheduler"], help=word("option-scheduler", lang)),
        click.Option(["--cache/--no-cache"], default=True, help=word("option-cache", lang)),
        *(one for one in options.reading_options(lang) if one.name != "sheet"),
        options.force_option(lang),
        options.format_option(lang),
    ]
    return click.Command("consolidate", callback=run, params=parameters, help=word("consolidate", lang))


def as_json(made: Made, lang: str) -> dict[str, object]:
    """Return a consolidation as JSON shows it."""
    result = made.consolidated
    return {
        "output": str(made.output),
        "tasks_beside": str(made.beside) if made.beside else None,
        "period": result.period,
        "units": [
            {
                "unit": line.unit.name or line.unit.code,
                "code": line.unit.code,
                "file": line.received.source.path,
                "period": line.period,
                "tasks": line.received.total.tasks,
                "done": line.received.total.done,
                "completion": line.received.total.completion,
                "errors": line.received.counts["error"],
                "state": str(line.state),
            }
            for line in result.lines
        ],
        "missing": [{"code": unit.code, "unit": unit.name} for unit in result.missing],
        "rejected": [{"file": one.source.path, "reason": reason(one, lang)} for one in result.rejected],
        "ignored": [one.path for one in made.ignored],
        "domains": [figures_json(line, lang) for line in result.domains],
        "total": figures_json(result.total, lang),
    }


def reason(rejected: Rejected, lang: str) -> str:
    """Return why a file was not read."""
    return explain(PapiError(rejected.code, **rejected.values), lang)


def _has_errors(result: Consolidated) -> bool:
    return bool(result.rejected) or any(line.received.counts["error"] for line in result.lines)


def _show(made: Made, lang: str) -> None:
    from papi_xl.cli.table import show_figures  # noqa: PLC0415 (rich is slow to load)

    result = made.consolidated
    period = one_line(result.period) or NO_FIGURE
    title = word("consolidated-title", lang, period=period, units=len(result.counted))
    show_figures(result.domains, result.total, title, lang)
    for key, entries in _lists(result, lang):
        if entries:
            click.secho(word(key, lang, count=len(entries)), bold=True)
            for entry in entries[:SHOWN]:
                click.echo(f"  {one_line(entry)}")
            if len(entries) > SHOWN:
                click.echo(f"  {word('more-in-the-workbook', lang, count=len(entries) - SHOWN, sheet=GAPS)}")
    if made.ignored:
        names = ", ".join(one.path for one in made.ignored[:SHOWN])
        click.echo(word("files-ignored", lang, count=len(made.ignored), names=one_line(names)))
    click.echo(word("files-read", lang, files=made.files, read=made.read))
    for path in filter(None, (made.output, made.beside, made.returns)):
        click.echo(word("written", lang, path=path))


def _show_addresses(made: Made, lang: str) -> None:
    """Name the units whose drafts have to be addressed by hand, and the files without a reply."""
    result = made.consolidated
    if made.unanswered:
        names = ", ".join(line.received.source.path for line in made.unanswered[:SHOWN])
        click.echo(word("no-reply", lang, count=len(made.unanswered), names=one_line(names)))
    asked = [*(line.unit for line in result.counted), *result.missing]
    without = [unit for unit in asked if not recipients(unit.email).addresses]
    if without:
        names = ", ".join(unit.name or unit.code for unit in without[:SHOWN])
        more = "…" if len(without) > SHOWN else ""
        click.echo(word("no-address", lang, count=len(without), names=one_line(names) + more))


def _lists(result: Consolidated, lang: str) -> Iterator[tuple[str, list[str]]]:
    """Yield what the receiver has to see to: a heading's key, and a text for each file or unit."""

    def files(chosen: Iterable[Line]) -> list[str]:
        return [
            f"{line.received.source.path} · {line.unit.name or NO_FIGURE}{maybe(line)}" for line in chosen
        ]

    def maybe(line: Line) -> str:
        names = "; ".join(" ".join(filter(None, (unit.code, unit.name))) for unit in line.candidates)
        return f" · {word('maybe', lang, names=names)}" if names else ""

    yield "missing-units", [" ".join(filter(None, (unit.code, unit.name))) for unit in result.missing]
    yield "late-units", files(line for line in result.counted if line.late)
    yield "error-units", files(line for line in result.counted if line.state is UnitState.ERRORS)
    yield "altered-units", files(line for line in result.counted if line.state is UnitState.ALTERED)
    yield "unidentified-files", files(line for line in result.lines if line.state is UnitState.UNIDENTIFIED)
    others = [line for line in result.lines if line.counted and line.period != result.period]
    yield (
        "other-periods",
        [f"{text} · {line.period}" for line, text in zip(others, files(others), strict=True)],
    )
    yield "superseded-files", files(line for line in result.lines if line.state is UnitState.SUPERSEDED)
    yield "rejected-files", [f"{one.source.path} · {reason(one, lang)}" for one in result.rejected]
