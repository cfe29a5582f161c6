"""The letter with which a unit sends its summary to the level above, as a draft that is not sent yet."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from papi_xl import attachment, check, schema
from papi_xl.check import Result
from papi_xl.completion import Figures
from papi_xl.difficulties import Difficulty
from papi_xl.digest import in_annex_order
from papi_xl.labels import percentage, short_date
from papi_xl.letter_words import word
from papi_xl.mail import Attachment, Draft, one_line, unlinked
from papi_xl.remaining import domain_name
from papi_xl.sent import Changes, SentTask
from papi_xl.text import clean
from papi_xl.vocabulary import STATE_TERMS, State

NAMED: Final = 10
"""Overdue tasks, changed tasks of a kind and difficulties that are named; the rest is counted."""
TASK_ROOM, DIFFICULTY_ROOM, UNIT_ROOM = 90, 300, 60
LISTED_ROOM: Final = 40
"""Characters of a task's text in a list within a line."""
TASK_LISTS: Final = ("done", "undone", "overdue", "in_time", "begun", "new", "dropped")
Paragraph = list[str]
_YEAR: Final = re.compile(r"\d{4}")


class Matter(NamedTuple):
    """What a letter is about, besides the tasks: changes since the last report, difficulties, files.

    ``to`` is as people write addresses (see `mail.Draft`); ``files`` go with it after the summary.
    """

    to: str
    changes: Changes | None = None
    difficulties: Sequence[Difficulty] = ()
    files: tuple[Attachment, ...] = ()


def draft(result: Result, summary: Attachment, matter: Matter, lang: str) -> Draft:
    """Return the letter about a checked workbook in ``lang``, ``summary`` attached to it.

    What is not known (unit, recipient, period, year, who signs) is left out.

    Raises:
        UnreadableWorkbookError: ``task-table-missing``, the workbook has no task table.
    """
    info = attachment.known(result)
    fields = {field.key: unlinked(one_line(clean(info.get(field.key)))) for field in schema.INFO_FIELDS}
    unit = fields["unit"] or word("unit", lang)
    lines, total = result.figures()
    sections = [
        _overall(total, lang),
        _domains(lines, lang),
        _overdue(result, total, lang),
        _changes(matter.changes, lang),
        _difficulties(matter.difficulties, lang),
    ]
    numbered = [
        [word("section", lang, number=number, title=title), *rest]
        for number, (title, *rest) in enumerate(filter(None, sections), start=1)
    ]
    blocks = (
        [word("dear", lang, recipient=fields["recipient"])] if fields["recipient"] else [],
        [_beginning(fields, unit, short_date(result.as_of, lang), lang)],
        *numbered,
        _notes(check.errors(result.findings), len(matter.files), lang),
        [word("end", lang, unit=unit[0].upper() + unit[1:])],
        [*filter(None, (fields["signer_title"], fields["signer"], fields["unit"]))],
    )
    return Draft(
        to=matter.to,
        subject=_subject(fields, lang),
        body="\n\n".join("\n".join(block) for block in blocks if block) + "\n",
        attachments=(summary, *matter.files),
    )


def _subject(fields: Mapping[str, str], lang: str) -> str:
    when = _given("period", fields["period"], lang)
    if not _YEAR.search(when):
        when += _given("year", fields["year"], lang)
    unit = f" – {_short(fields['unit'], UNIT_ROOM)}" if fields["unit"] else ""
    return word("subject", lang, when=when, unit=unit)


def _beginning(fields: Mapping[str, str], unit: str, as_of: str, lang: str) -> str:
    year, period = (_given(key, fields[key], lang) for key in ("year", "period"))
    return word("begin", lang, year=year, unit=unit, period=period, as_of=as_of)


def _given(key: str, value: str, lang: str) -> str:
    return word(key, lang, **{key: value}) if value else ""


def _overall(total: Figures, lang: str) -> Paragraph:
    if not total.tasks:
        return [word("overall", lang), word("no-tasks", lang)]
    counts: dict[str, Any] = total._asdict()
    counts["unreported"] = word("unreported", lang, count=total.unreported) if total.unreported else ""
    shares = {key: _share(counts[key], lang) for key in ("completion", "progress")}
    told = [word("overall", lang), word("totals", lang, **{**counts, **shares})]
    states = [
        word("state", lang, state=STATE_TERMS[state].name(lang).lower(), count=counts[state])
        for state in (State.OVERDUE, *(one for one in State if one not in {State.DONE, State.OVERDUE}))
        if counts[state]
    ]
    return [*told, word("states", lang, states=", ".join(states))] if states else told


def _domains(lines: Sequence[Figures], lang: str) -> Paragraph:
    return [word("domains", lang), *(_domain(line, lang) for line in lines)]


def _domain(line: Figures, lang: str) -> str:
    if not line.tasks:
        return word("domain-empty", lang, domain=_domain_name(line, lang))
    overdue = word("domain-overdue", lang, count=line.overdue) if line.overdue else ""
    known = {"domain": _domain_name(line, lang), "completion": _share(line.completion, lang)}
    return word("domain", lang, **known, done=line.done, tasks=line.tasks, overdue=overdue)


def _domain_name(line: Figures, lang: str) -> str:
    number = f"{line.domain}. " if line.domain else ""
    return number + domain_name(line.domain, lang)


def _overdue(result: Result, total: Figures, lang: str) -> Paragraph:
    """Return the tasks that are overdue, the latest first."""
    if not total.overdue or result.batch is None:
        return []
    tasks = in_annex_order(result.batch.tasks)
    late = tasks[tasks["state"] == State.OVERDUE].sort_values("days_late", ascending=False, kind="stable")
    lines = [_late(task, lang) for task in late.head(NAMED).itertuples()]
    more = [word("more", lang, count=len(late) - NAMED)] if len(late) > NAMED else []
    return [word("overdue", lang, count=len(late)), *lines, *more]


def _late(task: Any, lang: str) -> str:  # noqa: ANN401 (a row of `itertuples`)
    return word("late", lang, task=_task(task.number, task.task, TASK_ROOM), days=int(task.days_late))


def _changes(changes: Changes | None, lang: str) -> Paragraph:
    if changes is None:
        return []
    before, after = changes.before.total, changes.after.total
    period = unlinked(one_line(changes.before.period))
    as_of = short_date(changes.before.as_of, lang)
    title = word("changes", lang, period=_given("period", period, lang), as_of=as_of)
    moved = (after.completion or 0.0) - (before.completion or 0.0)
    shares = _both(before.completion, after.completion, lang)
    stays = not moved or shares["before"] == shares["after"]
    kind = "stayed" if stays else "rose" if moved > 0 else "fell"
    means = _both(before.progress, after.progress, lang)
    progress = word("same-progress" if means["before"] == means["after"] else "mean-progress", lang, **means)
    told = [title, word(kind, lang, **shares, progress=progress)]
    told += [
        word(
            "domain-change",
            lang,
            domain=_domain_name(new, lang),
            **_both(old.completion, new.completion, lang),
        )
        for old, new in changes.lines
    ]
    lists = [(kind, getattr(changes, kind)) for kind in TASK_LISTS]
    listed = [_listed(kind, tasks, lang) for kind, tasks in lists if tasks]
    if not listed and changes.before.is_whole and changes.after.is_whole:
        listed = [word("no-task-changed", lang)]
    return told + listed


def _both(before: float | None, after: float | None, lang: str) -> dict[str, str]:
    return {"before": _share(before, lang), "after": _share(after, lang)}


def _listed(kind: str, tasks: Sequence[SentTask], lang: str) -> str:
    named = "; ".join(_task(task.number, task.text, LISTED_ROOM) for task in islice(tasks, NAMED))
    more = word("and-more", lang, count=len(tasks) - NAMED) if len(tasks) > NAMED else ""
    return word("change", lang, kind=word(f"change-{kind}", lang), count=len(tasks), tasks=named + more)


def _difficulties(difficulties: Sequence[Difficulty], lang: str) -> Paragraph:
    if not difficulties:
        return []
    rest = len(difficulties) - NAMED
    more = [word("more-difficulties", lang, count=rest)] if rest > 0 else []
    return [
        word("difficulties", lang, count=len(difficulties)),
        *(_difficulty(one, lang) for one in islice(difficulties, NAMED)),
        *more,
    ]


def _difficulty(one: Difficulty, lang: str) -> str:
    text, number = _short(one.text, DIFFICULTY_ROOM), _number(one.number)
    return word("difficulty", lang, number=number, text=text) if number else word("task", lang, task=text)


def _notes(errors: int, files: int, lang: str) -> Paragraph:
    attached = word("attached-more" if files else "attached", lang, count=files)
    return [*([word("errors", lang, count=errors)] if errors else []), attached]


def _task(number: str, text: str, room: int) -> str:
    """Return a task as people name it: its number and its first words."""
    return " ".join(filter(None, (_number(number), _short(text, room)))) or "…"


def _number(number: str) -> str:
    return _short(number, room=20).rstrip(".")


def _short(text: str, room: int) -> str:
    """Return a text in one line that makes no link, cut at a word where it is longer than ``room``."""
    line = unlinked(one_line(text))
    if len(line) <= room:
        return line.rstrip(" .;")
    end = line.rfind(" ", 0, room)
    return line[: end if end > 0 else room].rstrip(" ,;:.-–") + "…"


def _share(fraction: float | None, lang: str) -> str:
    return percentage(fraction, lang, "%")
