"""`papi-xl fix`: safe fixes into a copy of the workbook, and taking them back."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import click

from papi_xl import check as checking
from papi_xl import checklist, files, fixing, undoing
from papi_xl.bounds import TO_WRITE
from papi_xl.cli import options
from papi_xl.cli.check import judge
from papi_xl.cli.fix_texts import text
from papi_xl.cli.main import DATA_HAS_ERRORS, OK
from papi_xl.cli.report import echo_json, telling
from papi_xl.cli.words import word
from papi_xl.errors import PapiError, UsageError
from papi_xl.fix_log import Undo
from papi_xl.fixes import FIXABLE, Change, Plan
from papi_xl.fixing import Source
from papi_xl.read import called, naming
from papi_xl.references import column_letters
from papi_xl.rules.base import plain

FIXED: Final = "{stem}_da-sua{suffix}"
UNDONE: Final = "{stem}_hoan-tac{suffix}"


def command(lang: str) -> click.Command:
    """Return the command in ``lang``."""

    def run(file: Path, form: str, undo: bool, **given: Any) -> int:  # noqa: ANN401, FBT001 (options)
        with telling(form, lang, PapiError, file=str(file), output=None), naming(called(file)):
            act = _undo if undo else _fix
            ways = Ways(**{name: given.pop(name) for name in Ways._fields})
            return act(file, lang, form, ways, options.reading(**given))

    parameters = [
        options.file_argument(),
        click.Option(["-o", "--output"], type=options.PATH, help=text("option-output", lang)),
        click.Option(["--only"], multiple=True, help=text("option-only", lang, rules=", ".join(FIXABLE))),
        click.Option(["--undo"], is_flag=True, help=text("option-undo", lang)),
        click.Option(["--dry-run"], is_flag=True, help=text("option-dry-run", lang)),
        *options.reading_options(lang, TO_WRITE),
        options.force_option(lang),
        options.format_option(lang),
    ]
    return click.Command("fix", callback=run, params=parameters, help=word("fix", lang))


class Ways(NamedTuple):
    """The options that say what is fixed and where to."""

    output: Path | None
    only: Collection[str]
    dry_run: bool
    force: bool


def _fix(file: Path, lang: str, form: str, ways: Ways, how: options.Reading) -> int:
    for rule in ways.only:
        if rule not in FIXABLE:
            raise UsageError("rule-not-fixable", rule=rule, rules=FIXABLE)
    source = fixing.opened(file, how.limits, sheet=how.sheet)
    target = _target(file, ways.output, FIXED, source)
    writes = not ways.dry_run
    if ways.output is not None and writes:
        files.check_output(target, source=file, force=ways.force, suffix=source.suffix)
    result, plan = fixing.planned(source, judge(how), ways.only or FIXABLE)
    if plan.changes and writes:
        files.check_output(target, source=file, force=ways.force, suffix=source.suffix)
        content = fixing.fixed(source, plan, datetime.now().replace(microsecond=0), lang)
        files.write_whole(target, content)
    written = target if plan.changes and writes else None
    if form == "json":
        echo_json(_fix_json(file, written, plan))
    else:
        _show_fix(file, written, plan, lang)
    return DATA_HAS_ERRORS if checking.errors((plan.after if plan.changes else result).findings) else OK


def _undo(file: Path, lang: str, form: str, ways: Ways, how: options.Reading) -> int:
    if ways.only:
        raise UsageError("not-together", one="--undo", other="--only")
    source = fixing.opened(file, how.limits, sheet=how.sheet)
    parts = source.changeable()
    target = _target(file, ways.output, UNDONE, source)
    undo = undoing.planned(parts)
    written = target if undo.back and not ways.dry_run else None
    if written:
        files.check_output(written, source=file, force=ways.force, suffix=source.suffix)
        files.write_whole(written, undoing.undone(parts, undo, lang))
    if form == "json":
        echo_json(_undo_json(file, written, undo))
    else:
        _show_undo(file, written, undo, lang)
    return OK


def _target(file: Path, output: Path | None, name: str, source: Source) -> Path:
    return output or file.with_name(name.format(stem=file.stem, suffix=source.suffix))


def _fix_json(file: Path, written: Path | None, plan: Plan) -> dict[str, object]:
    return {
        "file": str(file),
        "output": str(written) if written else None,
        "changes": [
            {
                "sheet": one.sheet,
                "cell": _cell(one),
                "rules": list(one.rules),
                "before": plain(one.before),
                "after": one.after,
            }
            for one in plan.changes
        ],
        "left": [
            {
                "rule": one.finding.rule,
                "sheet": one.finding.sheet,
                "cell": one.finding.cell,
                "reason": one.reason,
            }
            for one in plan.left
        ],
        "counts": {"changes": len(plan.changes), "left": len(plan.left), **plan.after.counts},
    }


def _undo_json(file: Path, written: Path | None, undo: Undo) -> dict[str, object]:
    return {
        "file": str(file),
        "output": str(written) if written else None,
        "changes": [
            {
                "sheet": entry.change.sheet,
                "cell": _cell(entry.change),
                "rules": list(entry.change.rules),
                "before": entry.change.after,
                "after": entry.old.value,
            }
            for entry in undo.back
        ],
        "left": [
            {
                "rule": entry.change.rules[0],
                "sheet": entry.change.sheet,
                "cell": _cell(entry.change),
                "reason": "changed-since",
            }
            for entry in undo.changed_since
        ],
        "counts": {"changes": len(undo.back), "left": len(undo.changed_since)},
    }


def _cell(change: Change) -> str:
    return f"{column_letters(change.column)}{change.row}"


def _show_fix(file: Path, written: Path | None, plan: Plan, lang: str) -> None:
    from papi_xl.cli import fix_preview  # noqa: PLC0415 (rich is slow to load and JSON needs none)

    lines = [fix_preview.change_line(one, lang) for one in plan.changes]
    fix_preview.show_lines(lines, text("changes" if written else "to-change", lang, count=len(lines)), lang)
    fix_preview.show_left(plan.left, lang)
    if not lines:
        click.echo(text("nothing", lang))
    counts = checklist.counted(plan.after.counts, lang)
    click.echo(text("remaining", lang, counts=counts) if lines else counts)
    if lines:
        key = "written" if written else "dry-run"
        click.echo(text(key, lang, path=written, file=file.name))


def _show_undo(file: Path, written: Path | None, undo: Undo, lang: str) -> None:
    from papi_xl.cli import fix_preview  # noqa: PLC0415 (the same)

    lines = fix_preview.undo_lines(undo, lang)
    fix_preview.show_lines(lines, text("restored" if written else "to-restore", lang, count=len(lines)), lang)
    fix_preview.show_changed_since(undo, lang)
    key = ("written-back" if written else "dry-run") if lines else "nothing-back"
    click.echo(text(key, lang, path=written, file=file.name))
