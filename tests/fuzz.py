"""Bad inputs by the thousand: `python -m tests.fuzz --minutes N [--seed S] [--kind WORDS] [--write]`.

Every command that reads what somebody else may have made is tried on every kind of bad file. Printed is a
table of what came of it; a file that brings out a fault is kept under `tests/fixtures/hostile/`, where the
ordinary tests find it. With `--parsers` the code that understands texts is fuzzed instead, led by coverage;
with `--macros` the buttons are clicked on those bad files that LibreOffice opens.
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Final

from tests import attempts, clicked_on, hostile
from tests.attempts import COMMANDS, FAULTS, Outcome, Trial
from tests.hostile import Case

ROOT: Final = Path(__file__).parent.parent
KEPT: Final = ROOT / "tests" / "fixtures" / "hostile"
README: Final = ROOT / "README.md"
BEGIN, END = "<!-- hostile: written by tests.fuzz -->", "<!-- hostile ends -->"
PARSERS: Final = (
    "timings", "numbers", "percents", "tidied", "headers", "plans", "rosters", "logs", "fonts", "addresses",
)  # fmt: skip
"""The targets of `tests.parsers`, which is loaded by the process that fuzzes only."""
COLUMNS: Final = (
    "Kind of bad input", "Cases", "Tracebacks", "Hangs", "Changed inputs", "Other faults", "Slowest",
    "Largest",
)  # fmt: skip
LARGEST_KEPT: Final = 200_000
TOGETHER: Final = 25
ON_DOCUMENTS: Final = ("import", "import", "import", "check", "consolidate", "email --since")
SLOW: Final = frozenset(
    {"new --from", "repair", "consolidate", "consolidate --returns", "consolidate --roster"}
)


@dataclass
class Tally:
    """What came of the trials of a kind."""

    cases: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    mib: int = 0

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.cases += 1
        self.faults[outcome.fault] += 1
        self.seconds = max(self.seconds, outcome.seconds)
        self.mib = max(self.mib, outcome.mib)


def main(argv: Sequence[str]) -> int:
    """Try bad inputs for some minutes; the number of faults decides the exit code."""
    given = _arguments(argv)
    if given.parsers:
        return _parsers(given.minutes)
    if given.macros:
        return _macros(given)
    attempts.preload()
    tallies: dict[str, Tally] = {}
    until = time.monotonic() + 60 * given.minutes
    seen: set[str] = set()
    try:
        for batch in _batches(given.seed, given.kind, given.command):
            together = 1 if batch[0][0].kind in {kind.name for kind in hostile.HEAVY} else TOGETHER
            for (case, command), outcome in zip(batch, attempts.tried(batch, together=together), strict=True):
                tallies.setdefault(case.kind, Tally()).add(outcome)
                if outcome.fault and _signature(outcome) not in seen:
                    seen.add(_signature(outcome))
                    _tell(case, command, outcome, given.keep)
            if time.monotonic() > until:
                break
    except KeyboardInterrupt:
        pass
    print(table(tallies))
    if given.write:
        write(table(tallies))
    return min(sum(sum(tally.faults[fault] for fault in FAULTS) for tally in tallies.values()), 1)


def _macros(given: argparse.Namespace) -> int:
    """Click the buttons on bad workbooks for some minutes."""
    tallies: dict[str, Tally] = {}
    unopened: set[int] = set()
    seen: set[str] = set()
    files = 0
    until = time.monotonic() + 60 * given.minutes
    for batch in clicked_on.batches(given.seed, given.kind):
        files += len(batch)
        for case, outcome in clicked_on.tried(batch, given.seed):
            if outcome is None:
                unopened.add(id(case))
                continue
            tallies.setdefault(case.kind, Tally()).add(outcome)
            if outcome.fault and _signature(outcome) not in seen:
                seen.add(_signature(outcome))
                _tell(case, f"macros {outcome.command}", outcome, given.keep)
        if time.monotonic() > until:
            break
    print(table(tallies))
    print(f"{files:,} files, of which LibreOffice opened {files - len(unopened):,}; a case is a click")
    return int(any(tally.faults[fault] for tally in tallies.values() for fault in FAULTS))


def _parsers(minutes: float) -> int:
    """Fuzz what understands texts, each for its share of the time, in a process of its own."""
    bad = 0
    seconds = max(int(60 * minutes / len(PARSERS)), 1)
    with tempfile.TemporaryDirectory(prefix="papi-parsers-") as folder:
        for name in PARSERS:
            argv = [sys.executable, "-m", "tests.parsers", name, str(seconds), folder]
            done = subprocess.run(argv, capture_output=True, check=False, cwd=ROOT)
            said = (done.stderr + done.stdout).decode("utf-8", "replace")
            runs = re.search(r"number_of_executed_units: (\d+)", said)
            count = int(runs[1]) if runs else 0
            print(f"{name}: {count:,} texts, {'a fault' if done.returncode else 'no fault'}", flush=True)
            if done.returncode:
                bad = 1
                print(said[-3_000:])
    return bad


def write(made: str) -> None:
    """Put a table between its marks in the README."""
    before, mark, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (mark and end):
        sys.exit(f"README.md has no {BEGIN} … {END}")
    README.write_text(f"{before}{mark}\n{made}\n{end}{after}", encoding="utf-8")


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", default="")
    parser.add_argument("--command", default="")
    parser.add_argument("--keep", type=Path, default=KEPT)
    parser.add_argument("--parsers", action="store_true")
    parser.add_argument("--macros", action="store_true")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args(argv)


def _batches(seed: int, words: str, command: str) -> Iterator[list[Trial]]:
    """Yield trials without end, a few of one kind together."""
    kinds = [kind for kind in hostile.KINDS if words in kind.name]
    for number in count():
        for kind in kinds:
            heavy = kind.heavy and not words
            if heavy and number % 5:
                continue
            random = Random(f"{kind.name} {seed} {number} command")  # noqa: S311 (a seed, no secret)
            numbers = (
                range(number, number + 1) if kind.heavy else range(number * TOGETHER, (number + 1) * TOGETHER)
            )
            yield [
                (case, command or _command(case, random))
                for case in (hostile.case(kind, seed, one, large=not one % 10) for one in numbers)
            ]


def _command(case: Case, random: Random) -> str:
    if case.name.endswith((".docx", ".txt")):
        return random.choice(ON_DOCUMENTS)
    chosen = random.choice(list(COMMANDS))
    return random.choice(list(COMMANDS)) if chosen in SLOW else chosen


def _signature(outcome: Outcome) -> str:
    """Return what two outcomes of one fault have in common: where in the code, or else kind and command."""
    places = re.findall(r"File \"[^\"]*/(papi_xl/[^\"]*)\", line (\d+)", outcome.said)
    return f"{outcome.fault} {places[-1] if places else (outcome.kind, outcome.command)}"


def _tell(case: Case, command: str, outcome: Outcome, folder: Path) -> None:
    """Print a fault and keep the file that brought it out."""
    key = hashlib.sha256(case.data).hexdigest()[:8]
    slug = re.sub(r"[^a-z]+", "-", f"{command} {case.kind}".lower()).strip("-")
    path = folder / f"{slug}-{key}{Path(case.name).suffix}"
    kept = "too large to keep"
    if len(case.data) <= LARGEST_KEPT:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(case.data)
        kept = path.name
    print(
        f"--- {outcome.fault}: {command} on {case.kind}, {outcome.seconds:.1f} s: {kept}\n{outcome.said}",
        flush=True,
    )


def table(tallies: dict[str, Tally]) -> str:
    """Return the outcomes as a table."""
    lines = [
        f"| {' | '.join(COLUMNS)} |",
        "|---" * len(COLUMNS) + "|",
    ]
    for name, tally in tallies.items():
        lines.append(_line(name, [tally]))
    return "\n".join([*lines, _line("**all**", list(tallies.values()))])


def _line(name: str, tallies: Sequence[Tally]) -> str:
    faults: Counter[str] = sum((tally.faults for tally in tallies), Counter())
    others = sum(faults[fault] for fault in FAULTS if fault not in {"traceback", "hang", "changed input"})
    figures = (
        f"{sum(tally.cases for tally in tallies):,}", faults["traceback"], faults["hang"],
        faults["changed input"],
        others, f"{max(tally.seconds for tally in tallies):.1f} s",
        f"{max(tally.mib for tally in tallies)} MiB",
    )  # fmt: skip
    return f"| {name} | " + " | ".join(map(str, figures)) + " |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
