"""One sentence a domain: which tasks it lacks for 100 %, how many, and how they stand."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pandas as pd

from papi_xl import domains
from papi_xl.completion import Figures
from papi_xl.labels import labels
from papi_xl.report import Sentence
from papi_xl.text import clean
from papi_xl.vocabulary import STATE_TERMS, State, Status, status_name

_URGENT_FIRST: Final = (
    State.OVERDUE, State.DUE_SOON, State.DUE_UNKNOWN, State.CONDITIONAL, State.AS_REPORTED, State.RECURRING,
)  # fmt: skip
_STATUSES: Final = tuple(Status)
_LIST_ROOM: Final = 300
_WORDS_ROOM: Final = 40
_NUMBER_ROOM: Final = 20


def sentence(figure: Figures, own: pd.DataFrame, lang: str) -> Sentence:
    """Return the sentence of the domain that ``figure`` counts.

    Args:
        figure: the domain's figures.
        own: the domain's tasks, in the order in which they shall be named.
        lang: ``vi`` or ``en``.
    """
    words = labels(lang)
    number = "" if figure.domain is None else f"{figure.domain}. "
    name = f"{number}{domain_name(figure.domain, lang)}:"
    if own.empty:
        return Sentence(name, words.no_tasks)
    missing = own[own["state"] != State.DONE]
    if missing.empty:
        return Sentence(name, words.all_done)
    groups = "; ".join(_groups(missing, lang))
    return Sentence(name, words.not_done.format(missing=len(missing), tasks=len(own), groups=groups))


def domain_name(domain: int | None, lang: str) -> str:
    """Return the name of a domain, or of the tasks whose domain is not known (``None``)."""
    return labels(lang).unknown_domain if domain is None else domains.BY_NUMBER[domain].name(lang)


def state_name(status_code: str, state: str, lang: str) -> str:
    """Return how a task stands: its derived state, else its reported status."""
    if state == State.AS_REPORTED:
        return status_name(status_code, lang)
    return STATE_TERMS[State(state)].name(lang)


def _groups(missing: pd.DataFrame, lang: str) -> Iterator[str]:
    """Yield one text a state, the urgent ones first: ``quá hạn (2): 3.1 (30 ngày), 3.4 (2 ngày)``."""
    groups: dict[tuple[int, int], list[Any]] = {}
    for task in missing.itertuples():
        state = State(str(task.state))
        status = _STATUSES.index(Status(str(task.status_code))) if state is State.AS_REPORTED else 0
        groups.setdefault((_URGENT_FIRST.index(state), status), []).append(task)
    for _, tasks in sorted(groups.items()):
        name = state_name(tasks[0].status_code, tasks[0].state, lang).lower()
        yield f"{name} ({len(tasks)}): {_listed([_label(task, lang) for task in tasks], lang)}"


def _label(task: Any, lang: str) -> str:  # noqa: ANN401 (a row of `itertuples`)
    """Return the task's number, else its first words, else its row, and the days it is late."""
    words = labels(lang)
    label = clean(task.number).rstrip(".")
    if not 0 < len(label) <= _NUMBER_ROOM:
        label = _first_words(clean(task.task)) or words.row.format(row=task.row)
    if pd.isna(task.days_late):
        return label
    days = int(task.days_late)
    return f"{label} ({(words.one_day if days == 1 else words.days).format(days=days)})"


def _first_words(text: str) -> str:
    """Return as many whole words as there is room for, quoted; nothing where not even one fits."""
    text = " ".join(text.split())
    if len(text) > _WORDS_ROOM:
        text = text[: text.rfind(" ", 0, _WORDS_ROOM + 1) + 1].rstrip(" ,;:.-–")
        return f"“{text}…”" if text else ""
    return f"“{text}”" if text else ""


def _listed(items: Sequence[str], lang: str) -> str:
    """Join as many items as read well, at least one, and say how many more there are."""
    kept = 1
    while kept < len(items) and len(", ".join(items[: kept + 1])) <= _LIST_ROOM:
        kept += 1
    text = ", ".join(items[:kept])
    rest = len(items) - kept
    return f"{text} {labels(lang).and_more.format(count=rest)}" if rest else text
