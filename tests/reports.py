"""What the long runs found, put into the README: each run replaces its own part, between its own marks."""

import os
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

README: Final = Path(__file__).parent.parent / "README.md"
PARTS: Final = {
    "hostile": "tests.fuzz",
    "buttons": "tests.fuzz --macros",
    "texts": "tests.fuzz --parsers",
    "kills": "tests.kills",
    "faults": "tests.faults",
    "load": "tests.load",
}
"""What a part is called, and the command that writes it."""


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def folded(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a long table that opens when its title is clicked."""
    return f"<details>\n<summary>{title}</summary>\n\n{table(columns, rows)}\n\n</details>"


def put(part: str, made: str, *, seconds: float, seed: int | None = None) -> None:
    """Put what a run of so many seconds found into its part of the README, under a line that says which run.

    Ends this process where the README has no such part.
    """
    said = README.read_text(encoding="utf-8")
    begin, end = marks(part)
    before, mark, rest = said.partition(begin)
    _, mark_after, after = rest.partition(end)
    if not (mark and mark_after):
        sys.exit(f"README.md has no {begin} … {end}")
    words = [f"{date.today()}", f"{os.cpu_count()} cores", f"{seconds / 60:.1f} minutes"]
    words += [f"seed {seed}"] if seed is not None else []
    line = f"`python -m {PARTS[part]}`, {', '.join(words)}:"
    README.write_text(f"{before}{mark}\n{line}\n\n{made}\n{mark_after}{after}", encoding="utf-8")


def marks(part: str) -> tuple[str, str]:
    """Return what stands before a part of the README and after it."""
    return f"<!-- {part}: written by {PARTS[part]} -->", f"<!-- {part} ends -->"


def lines(part: str) -> list[dict[str, str]]:
    """Return the lines of the tables in a part of the README, each value by the head of its column."""
    begin, end = marks(part)
    inside = README.read_text(encoding="utf-8").partition(begin)[2].partition(end)[0]
    found: list[dict[str, str]] = []
    for block in re.findall(r"(?:^\|.*\n)+", inside, flags=re.MULTILINE):
        head, _, *rows = [
            [cell.strip() for cell in line.strip("|").split(" | ")] for line in block.splitlines()
        ]
        found += [dict(zip(head, row, strict=True)) for row in rows]
    return found
