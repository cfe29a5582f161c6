"""How findings are grouped for people: by severity, then many of one kind in one column as one."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from papi_xl import schema
from papi_xl.findings import Finding, Severity

SHOWN_ALONE: Final = 3
"""So many findings of one kind stand each for itself."""
CLASSES: Final = (
    ("errors", Severity.ERROR),
    ("warnings", Severity.WARNING),
    ("infos", Severity.INFO),
)
JUSTIFIED: Final = "justified"


def classes(findings: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the classes that occur, errors first and what is justified last, with their findings in order."""
    for key, severity in CLASSES:
        chosen = [one for one in findings if one.severity is severity and not one.justified]
        if chosen:
            yield key, chosen
    justified = [one for one in findings if one.justified]
    if justified:
        yield JUSTIFIED, justified


def groups(findings: Sequence[Finding]) -> Iterator[list[Finding]]:
    """Yield what is shown as one line each: a finding, or more than `SHOWN_ALONE` of one rule and column."""

    def kind(finding: Finding) -> tuple[str, str, int]:
        return (finding.rule, finding.sheet or "", finding.column or 0)

    order = {kind(finding): index for index, finding in reversed(list(enumerate(findings)))}
    for _, same in groupby(sorted(findings, key=lambda one: order[kind(one)]), key=kind):
        group = list(same)
        if len(group) <= SHOWN_ALONE or group[0].sheet == schema.INFO:
            yield from ([finding] for finding in group)
        else:
            yield group
