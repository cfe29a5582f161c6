"""How findings are shown: grouped for people, in full for machines."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

import click

from papi_xl import schema
from papi_xl.check import Result
from papi_xl.cli.words import word
from papi_xl.errors import PapiError
from papi_xl.findings import Finding, Severity
from papi_xl.refusals import explain
from papi_xl.text import day_text
from papi_xl.wording import message

SHOWN_ALONE = 3
COLOURS = {"errors": "red", "warnings": "yellow", "infos": "cyan", "justified": "green"}


def echo_json(value: object) -> None:
    """Print the one JSON object of a command."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


@contextmanager
def telling(form: str, lang: str, kind: type[PapiError], **known: object) -> Iterator[None]:
    """Let programs know why nothing came out: a refusal of ``kind`` is also printed as the JSON object."""
    try:
        yield
    except kind as error:
        if form == "json":
            echo_json({**known, "error": explain(error, lang)})
        raise


def findings_json(findings: Sequence[Finding], lang: str) -> list[dict[str, object]]:
    """Return the findings as JSON lists them, every one of them."""
    return [
        {
            "rule": finding.rule,
            "severity": str(finding.severity),
            "sheet": finding.sheet,
            "cell": finding.cell,
            "value": finding.value,
            "message": message(finding, lang),
            "fix": finding.fix,
            "justified": finding.justified,
        }
        for finding in findings
    ]


def show_check(file: str, result: Result, lang: str) -> None:
    """Print a check for people: what was read, the findings grouped by severity and rule, the counts."""
    as_of = day_text(result.as_of)
    if result.batch is None:
        click.echo(word("checked-nothing", lang, file=file, as_of=as_of))
    else:
        click.echo(word("checked", lang, file=file, as_of=as_of, tasks=len(result.batch.tasks)))
    show_findings(result.findings, lang)
    counts = result.counts
    click.echo(word("total-findings" if any(counts.values()) else "clean", lang, **counts))


def show_findings(findings: Sequence[Finding], lang: str) -> None:
    """Print findings, errors first; many of one kind in one column become one line."""
    for key, chosen in _by_severity(findings):
        click.secho(word(key, lang, count=len(chosen)), fg=COLOURS[key], bold=True)
        for line in _lines(chosen, lang):
            click.echo(f"  {line}")


def _by_severity(findings: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    wanted = (("errors", Severity.ERROR), ("warnings", Severity.WARNING), ("infos", Severity.INFO))
    for key, severity in wanted:
        chosen = [one for one in findings if one.severity is severity and not one.justified]
        if chosen:
            yield key, chosen
    justified = [one for one in findings if one.justified]
    if justified:
        yield "justified", justified


def _lines(findings: Sequence[Finding], lang: str) -> Iterator[str]:
    def kind(finding: Finding) -> tuple[str, str, int]:
        return (finding.rule, finding.sheet or "", finding.column or 0)

    order = {kind(finding): index for index, finding in reversed(list(enumerate(findings)))}
    for _, same in groupby(sorted(findings, key=lambda one: order[kind(one)]), key=kind):
        group = list(same)
        if len(group) <= SHOWN_ALONE or group[0].sheet == schema.INFO:
            yield from (message(finding, lang) for finding in group)
        else:
            first, last = group[0].row, group[-1].row
            rest = word("group", lang, count=len(group) - 1, first=first, last=last)
            yield message(group[0], lang) + rest
