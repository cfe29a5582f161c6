"""Drafts to the units: a reply to a received workbook, a reminder where none came."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from typing import Final, NamedTuple

from papi_xl import schema, wording
from papi_xl.consolidated import Line, Unit, UnitState
from papi_xl.findings import Finding
from papi_xl.groups import classes, groups
from papi_xl.labels import percentage, short_date
from papi_xl.mail import Attachment, Draft, one_line, unlinked
from papi_xl.returns_words import word

ERRORS_NAMED: Final = 5
SUBJECT_ROOM: Final = 60
"""Characters of a unit's name in a subject."""


class Sender(NamedTuple):
    """Who writes: the agency as it names itself, and whom to ask; both may be empty."""

    agency: str = ""
    contact: str = ""


NOBODY: Final = Sender()


class Occasion(NamedTuple):
    """In which language, on which day and by whom a letter is written."""

    lang: str
    today: date
    sender: Sender = NOBODY


def reply(line: Line, findings: Sequence[Finding], returned: Attachment, occasion: Occasion) -> Draft:
    """Return the draft that tells a unit what became of its workbook.

    Args:
        line: the workbook; only one that counts is answered.
        findings: what was found in it, in its order.
        returned: the workbook as `returns.workbook_bytes` makes it.
        occasion: ``lang`` ``vi`` or ``en``; after a missed due date no day is set for sending it again.

    Raises:
        ValueError: the workbook is superseded, or it is not known whose it is.
    """
    if not line.counted:
        message = "only a workbook that counts is answered"
        raise ValueError(message)
    errors = [one for one in findings if one.rule != "figures-altered" or line.state is not UnitState.ALTERED]
    paragraphs = (
        _received(line, occasion),
        _judged(line, errors, occasion),
        [word("see", occasion.lang, sheet=schema.FINDINGS)] if any(line.received.counts.values()) else [],
    )
    return replace(_draft("reply", line.unit, line.period, paragraphs, occasion), attachments=(returned,))


def reminder(unit: Unit, period: str, occasion: Occasion) -> Draft:
    """Return the draft that asks ``unit`` for its workbook of ``period`` (empty where there are none)."""
    lang = occasion.lang
    given = {"agency": _agency(occasion), "period": _period(period, lang)}
    asked = [word("nothing-yet", lang, today=short_date(occasion.today, lang), **given)]
    if unit.due:
        late = (occasion.today - unit.due).days
        asked.append(word("overdue" if late > 0 else "due", lang, due=short_date(unit.due, lang), days=late))
    asked.append(word("send", lang, when=_when(unit, occasion)))
    return _draft("reminder", unit, period, (asked, [word("sent-already", lang)]), occasion)


def _draft(
    kind: str, unit: Unit, period: str, paragraphs: Sequence[Sequence[str]], occasion: Occasion
) -> Draft:
    lang, sender = occasion.lang, occasion.sender
    name = one_line(unit.name or unit.code)
    short = name if len(name) <= SUBJECT_ROOM else name[: SUBJECT_ROOM - 1].rstrip() + "…"
    contact = word("contact", lang, contact=sender.contact) if sender.contact else ""
    blocks = (
        [word("dear", lang, unit=unlinked(name))],
        *paragraphs,
        [word("regards", lang), *filter(None, (sender.agency, contact))],
    )
    return Draft(
        to=unit.email,
        subject=word(f"{kind}-subject", lang, period=_period(period, lang), unit=short),
        body="\n\n".join("\n".join(block) for block in blocks if block) + "\n",
    )


def _received(line: Line, occasion: Occasion) -> list[str]:
    """Return what came when and for which period, and its figures."""
    lang, received = occasion.lang, line.received
    period = _period(line.period, lang)
    came = received.source.received
    told = {
        "agency": _agency(occasion),
        "period": "" if line.assumed else period,
        "day": word("day", lang, day=short_date(came.date(), lang)) if came else "",
        "file": unlinked(one_line(received.source.name)),
    }
    total = received.total
    figures = {
        "as_of": short_date(received.as_of, lang), "tasks": total.tasks, "done": total.done,
        "completion": percentage(total.completion, lang, "%"), "overdue": total.overdue,
    }  # fmt: skip
    assumed = [word("assumed", lang, period=period)] if line.assumed and period else []
    return [word("received", lang, **told), *assumed, word("figures", lang, **figures)]


def _judged(line: Line, findings: Sequence[Finding], occasion: Occasion) -> list[str]:
    """Return how the workbook stands and what the unit should do."""
    lang, unit, counts = occasion.lang, line.unit, line.received.counts
    told = []
    if line.late:
        due = word("due-day", lang, day=short_date(unit.due, lang)) if unit.due else ""
        told.append(word("late", lang, due=due))
    if line.state is UnitState.ALTERED:
        told.append(word("altered", lang, when=_when(unit, occasion)))
    errors = list(_errors(findings))
    if errors:
        told.append(word("errors", lang, count=len(errors)))
        told += _named(errors, lang)
    if errors and line.state is not UnitState.ALTERED:
        told.append(word("resend", lang, when=_when(unit, occasion)))
    if not errors and line.state is not UnitState.ALTERED:
        told.append(word("warnings" if counts["warning"] else "fine", lang, count=counts["warning"]))
    return told


def _errors(findings: Sequence[Finding]) -> Iterator[Finding]:
    return chain.from_iterable(same for level, same in classes(findings) if level == "errors")


def _named(errors: Sequence[Finding], lang: str) -> Iterator[str]:
    """Yield the first errors, those of one kind in one column as one."""
    lines = list(groups(errors))
    for group in islice(lines, ERRORS_NAMED):
        rest = wording.group(group, lang) if len(group) > 1 else ""
        yield unlinked(f"- {wording.message(group[0], lang)}{rest}")
    if len(lines) > ERRORS_NAMED:
        yield word("and-others", lang)


def _agency(occasion: Occasion) -> str:
    return occasion.sender.agency or word("we", occasion.lang)


def _period(period: str, lang: str) -> str:
    """Return the period as it follows a noun; nothing where there is none."""
    return word("period", lang, period=unlinked(one_line(period))) if period else ""


def _when(unit: Unit, occasion: Occasion) -> str:
    """Return until when to send: the due date; as soon as possible once it is past or without one."""
    if unit.due is None or unit.due < occasion.today:
        return word("soon", occasion.lang)
    return word("by", occasion.lang, due=short_date(unit.due, occasion.lang))
