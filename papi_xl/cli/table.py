"""The table of the eight domains in the terminal."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from papi_xl.check import Result
from papi_xl.cli.words import word
from papi_xl.completion import Figures
from papi_xl.domains import BY_NUMBER
from papi_xl.labels import labels, percentage
from papi_xl.text import day_text

NARROWEST = 100


def show_result(result: Result, lang: str) -> None:
    """Print the figures of a checked workbook."""
    show_figures(*result.figures(), word("figures-title", lang, as_of=day_text(result.as_of)), lang)


def show_figures(lines: Sequence[Figures], total: Figures, title: str, lang: str) -> None:
    """Print figures, one line a domain and the total."""
    heading = Text(title, "bold")  # a mere string would be read as markup
    table = Table(title=heading, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("#", justify="right")
    table.add_column(word("domain", lang), ratio=1)
    for key in ("tasks", "done", "in-progress", "not-started", "overdue", "completion", "progress"):
        table.add_column(word(key, lang), justify="right", no_wrap=True)
    for line in lines:
        name = BY_NUMBER[line.domain].name(lang) if line.domain else labels(lang).unknown_domain
        table.add_row(str(line.domain or ""), name, *_cells(line, lang))
    table.add_section()
    table.add_row("", labels(lang).total, *_cells(total, lang), style="bold")
    console = Console(highlight=False)
    console.width = max(console.width, NARROWEST)
    console.print(table)


def _cells(line: Figures, lang: str) -> list[str]:
    counts = (line.tasks, line.done, line.in_progress, line.not_started, line.overdue)
    return [*map(str, counts), *(percentage(share, lang, " %") for share in (line.completion, line.progress))]
