"""One sentence a domain: which tasks it lacks for 100 %, in which order, and what each still needs."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from papi_xl import ahead, domains
from papi_xl.ahead import Step, Task
from papi_xl.completion import Figures
from papi_xl.labels import labels, percentage, short_date
from papi_xl.report import Sentence
from papi_xl.text import first_words
from papi_xl.vocabulary import STATE_TERMS, State, Status, status_name

_LIST_ROOM: Final = 300
_WORDS_ROOM: Final = 40
_NUMBER_ROOM: Final = 20
_WHOLE: Final = "100%"


def sentence(figure: Figures, own: pd.DataFrame, lang: str, *, is_reported: bool) -> Sentence:
    """Return the sentence of the domain that ``figure`` counts.

    Args:
        figure: the domain's figures.
        own: the domain's tasks, as `completion.derive` completes them.
        lang: ``vi`` or ``en``.
        is_reported: whether the table reports statuses; without them no share is told.
    """
    words = labels(lang)
    number = "" if figure.domain is None else f"{figure.domain}. "
    name = f"{number}{domain_name(figure.domain, lang)}:"
    missing = figure.tasks - figure.done
    if not missing:
        return Sentence(name, words.all_done if figure.tasks else words.no_tasks, 0)
    form = words.not_done if is_reported else words.not_known
    share = _share(figure.done, figure.tasks, lang)
    told = (_told(step, figure.tasks, lang, is_reported=is_reported) for step in ahead.steps(own))
    steps = _listed(told, missing, lang, whole=f" → {_WHOLE}" if is_reported else "")
    return Sentence(name, form.format(missing=missing, tasks=figure.tasks, share=share, steps=steps), missing)


def domain_name(domain: int | None, lang: str) -> str:
    """Return the name of a domain, or of the tasks whose domain is not known (``None``)."""
    return labels(lang).unknown_domain if domain is None else domains.BY_NUMBER[domain].name(lang)


def state_name(status_code: str, state: str, lang: str) -> str:
    """Return how a task stands: its derived state, else its reported status."""
    if state == State.AS_REPORTED:
        return status_name(status_code, lang)
    return STATE_TERMS[State(state)].name(lang)


def number_of(task: Task) -> str:
    """Return the task's number, empty where it has none or one too long to be one."""
    return task.number if len(task.number) <= _NUMBER_ROOM else ""


def label(task: Task, lang: str) -> str:
    """Return what a task is called in a list: its number, else its first words, else its row."""
    words = first_words(task.name, _WORDS_ROOM)
    return number_of(task) or (f"“{words}”" if words else labels(lang).row.format(row=task.row))


def _told(step: Step, tasks: int, lang: str, *, is_reported: bool) -> str:
    """Return a step: ``4.2 (quá hạn 15 ngày) → 40%``."""
    stands, needs = _stands(step.task, lang), _needs(step.task, lang, is_reported=is_reported)
    told = f"{label(step.task, lang)} ({f'{stands}, {needs}' if needs else stands})"
    return f"{told} → {_share(step.done, tasks, lang)}" if is_reported else told


def _stands(task: Task, lang: str) -> str:
    """Return how a task stands against its due date."""
    words = labels(lang)
    if task.days_late is not None:
        form = words.one_day if task.days_late == 1 else words.days
        return words.late.format(days=form.format(days=task.days_late))
    if task.state in ahead.DATED and task.due:
        form = words.soon if task.state is State.DUE_SOON else words.due
        return form.format(day=short_date(task.due, lang))
    return STATE_TERMS[task.state].name(lang).lower()


def _needs(task: Task, lang: str, *, is_reported: bool) -> str:
    """Return what a task needs besides being done; empty where that is all."""
    words = labels(lang)
    if is_reported and task.status is Status.UNREPORTED:
        return words.report_status
    if task.full:
        return words.is_full
    if task.status is Status.PAUSED:
        return words.is_paused
    return words.give_due if task.state is State.DUE_UNKNOWN else ""


def _share(done: int, tasks: int, lang: str) -> str:
    """Return the completion; as counts where it would round to 100 % and is not."""
    text = percentage(done / tasks, lang, "%")
    return f"{done}/{tasks}" if text == _WHOLE and done < tasks else text


def _listed(items: Iterator[str], count: int, lang: str, *, whole: str) -> str:
    """Join as many of ``count`` items as read well, at least one, and say how many more lead to ``whole``."""
    text, kept = next(items), 1
    for item in items:
        if len(text) + len(item) > _LIST_ROOM:
            break
        text, kept = f"{text}; {item}", kept + 1
    rest = count - kept
    return f"{text}; {labels(lang).and_more.format(count=rest)}{whole}" if rest else text
