"""How far a long command is: a bar with rate and time left, on the terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from papi_xl.cli.words import word


class _Rate(ProgressColumn):
    """How many files are done in a second."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang

    def render(self, task: Task) -> Text:
        return Text(word("rate", self.lang, rate=f"{task.speed:.0f}" if task.speed else "–"))


@contextmanager
def bar(key: str, lang: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar headed by the words ``key``, on standard error; yield what to tell done and all to.

    It is drawn when told, not by a thread of its own: a process with threads cannot be forked safely.
    """
    columns = (
        TextColumn(word(key, lang)), BarColumn(), MofNCompleteColumn(), _Rate(lang), TimeRemainingColumn(),
    )  # fmt: skip
    console = Console(file=sys.stderr)
    if not console.is_terminal:
        yield lambda _done, _whole: None
        return
    with Progress(*columns, console=console, auto_refresh=False) as progress:
        task = progress.add_task("", total=None)

        def tell(done: int, whole: int) -> None:
            progress.update(task, completed=done, total=whole)
            progress.refresh()

        yield tell
