"""How findings are shown: grouped for people, in full for machines."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice

import click

from papi_xl import checklist, wording
from papi_xl.check import Result
from papi_xl.cli.prospect import show_first_steps
from papi_xl.cli.words import word
from papi_xl.completion import Figures
from papi_xl.domains import BY_NUMBER
from papi_xl.errors import PapiError
from papi_xl.findings import Finding
from papi_xl.groups import classes, groups
from papi_xl.refusals import explain
from papi_xl.text import day_text

UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON lets stand in a text and a terminal might obey; all below U+0020 is escaped in any case."""
PIECES = 10_000
"""Of a JSON text that are printed together; half a million findings are never held as one text."""
COLOURS = {"errors": "red", "warnings": "yellow", "infos": "cyan", "justified": "green"}


def echo_json(value: object) -> None:
    """Print the one JSON object of a command; what is no text in a file's name becomes a question mark."""
    encoder = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False)
    pieces = chain(encoder.iterencode(value), "\n")
    while text := "".join(islice(pieces, PIECES)):
        click.echo(UNSEEN.sub(_escaped, text.encode(errors="replace").decode()), nl=False)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


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
            "message": wording.message(finding, lang),
            "fix": finding.fix,
            "justified": finding.justified,
        }
        for finding in findings
    ]


def figures_json(line: Figures, lang: str) -> dict[str, object]:
    """Return the figures of a domain or of the total as JSON shows them."""
    values = line._asdict()
    domain = values.pop("domain")
    name = BY_NUMBER[domain].name(lang) if domain else None
    return {"domain": domain, "name": name, **values}


def show_check(file: str, result: Result, lang: str) -> None:
    """Print a check for people: the findings grouped by severity and rule, what to do first, the counts."""
    as_of = day_text(result.as_of)
    if result.batch is None:
        click.echo(word("checked-nothing", lang, file=file, as_of=as_of))
    else:
        click.echo(word("checked", lang, file=file, as_of=as_of, tasks=len(result.batch.tasks)))
    show_findings(result.findings, lang)
    show_first_steps(result, lang)
    click.echo(checklist.counted(result.counts, lang))


def show_findings(findings: Sequence[Finding], lang: str) -> None:
    """Print findings, errors first; many of one kind in one column become one line."""
    for key, chosen in classes(findings):
        click.secho(word(key, lang, count=len(chosen)), fg=COLOURS[key], bold=True)
        for group in groups(chosen):
            rest = wording.group(group, lang) if len(group) > 1 else ""
            click.echo(f"  {wording.message(group[0], lang)}{rest}")
