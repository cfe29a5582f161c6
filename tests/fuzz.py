"""Bad inputs by the thousand: `python -m tests.fuzz --minutes N [--seed S] [--kind WORDS] [--write]`.

Every command that reads what somebody else may have made is tried on every kind of bad file. Printed is a
table of what came of it; a file that brings out a fault is kept under `tests/fixtures/hostile/`, where the
ordinary tests find it. With `--parsers` the code that understands texts is fuzzed instead, led by coverage;
with `--macros` the buttons are clicked on those bad files that LibreOffice opens.
"""

import argparse
import contextlib
import hashlib
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Final

from tests import attempts, clicked_on, hostile, reports
from tests.attempts import COMMANDS, FAULTS, KEPT, Outcome, Trial
from tests.hostile import Case
from tests.understood import TARGETS

ROOT: Final = Path(__file__).parent.parent
COLUMNS: Final = (
    "Kind of bad input", "Cases", "Tracebacks", "Hangs", "Changed inputs", "Other faults", "Slowest",
    "Largest",
)  # fmt: skip
ALL: Final = "**all**"
TEXTS: Final = ("What understands texts", "Texts", "Faults")
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


class Run:
    """What came of all trials so far.

    Args:
        given: The options of the command.
        part: What becomes of it in the README, see `tests.reports`.
        keep: Where files that bring out a fault are kept.
    """

    def __init__(self, given: argparse.Namespace, part: str, keep: Path) -> None:
        self.given, self.part, self.keep = given, part, keep
        self.began = time.monotonic()
        self._tallies: dict[str, Tally] = {}
        self._seen: set[str] = set()

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        minutes: float = self.given.minutes
        return time.monotonic() > self.began + 60 * minutes

    def add(self, case: Case, command: str, outcome: Outcome) -> None:
        """Count a trial; a fault that was not seen before is printed, and its file kept."""
        self._tallies.setdefault(case.kind, Tally()).add(outcome)
        if outcome.fault and _signature(outcome) not in self._seen:
            self._seen.add(_signature(outcome))
            _tell(case, command, outcome, self.keep)

    def told(self, remark: str = "") -> int:
        """Print a table, into the README too where that is asked for; return the exit code."""
        *each, together = lines(self._tallies)
        print(reports.table(COLUMNS, [*each, together]))
        print(remark)
        if self.given.write:
            folded = reports.folded("Each kind", COLUMNS, each)
            made = "\n\n".join(filter(None, (reports.table(COLUMNS, [together]), remark, folded)))
            reports.put(self.part, made, seconds=time.monotonic() - self.began, seed=self.given.seed)
        return int(any(tally.faults[fault] for tally in self._tallies.values() for fault in FAULTS))


def main(argv: Sequence[str]) -> int:
    """Try bad inputs for some minutes; whether there was a fault decides the exit code."""
    given = _arguments(argv)
    if given.parsers:
        return _parsers(given)
    return _macros(given) if given.macros else _commands(given)


def _commands(given: argparse.Namespace) -> int:
    """Try every command on bad files."""
    attempts.preload()
    run = Run(given, "hostile", KEPT)
    heavy = {kind.name for kind in hostile.HEAVY}
    with contextlib.suppress(KeyboardInterrupt):
        for batch in _batches(given.seed, given.kind, given.command):
            shared = 1 if batch[0][0].kind in heavy else TOGETHER
            for (case, command), outcome in zip(batch, attempts.tried(batch, together=shared), strict=True):
                run.add(case, command, outcome)
            if run.over:
                break
    return run.told()


def _macros(given: argparse.Namespace) -> int:
    """Click the buttons on bad workbooks."""
    run = Run(given, "buttons", clicked_on.KEPT)
    unopened: set[int] = set()
    files = 0
    with contextlib.suppress(KeyboardInterrupt):
        for batch in clicked_on.batches(given.seed, given.kind):
            files += len(batch)
            for case, outcome in clicked_on.tried(batch, given.seed):
                if outcome is None:
                    unopened.add(id(case))
                else:
                    run.add(case, outcome.command, outcome)
            if run.over:
                break
    return run.told(
        f"{files:,} files, of which LibreOffice opened {files - len(unopened):,}; a case is a click."
    )


def _parsers(given: argparse.Namespace) -> int:
    """Fuzz what understands texts, each for its share of the time, in a process of its own."""
    began = time.monotonic()
    seconds = max(int(60 * given.minutes / len(TARGETS)), 1)
    with tempfile.TemporaryDirectory(prefix="papi-parsers-") as folder:
        found = [_fuzzed(name, seconds, folder) for name in TARGETS]
    if given.write:
        reports.put("texts", reports.table(TEXTS, found), seconds=time.monotonic() - began)
    return int(any(faults for *_, faults in found))


def _fuzzed(name: str, seconds: int, folder: str) -> tuple[str, str, int]:
    """Return a line of `TEXTS`."""
    argv = [sys.executable, "-m", "tests.parsers", name, str(seconds), folder]
    done = subprocess.run(argv, capture_output=True, check=False, cwd=ROOT)
    said = (done.stderr + done.stdout).decode("utf-8", "replace")
    runs = re.search(r"number_of_executed_units: (\d+)", said)
    count = int(runs[1]) if runs else 0
    print(f"{name}: {count:,} texts, {'a fault' if done.returncode else 'no fault'}", flush=True)
    if done.returncode:
        print(said[-3_000:])
    return name, f"{count:,}", int(done.returncode != 0)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", default="")
    parser.add_argument("--command", default="")
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
    places = re.findall(r"(papi_xl/\S+:\d+) in ", outcome.said)
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


def lines(tallies: Mapping[str, Tally]) -> list[tuple[object, ...]]:
    """Return the outcomes of each kind as the table shows them, and of all together."""
    return [*(_line(name, [tally]) for name, tally in tallies.items()), _line(ALL, list(tallies.values()))]


def _line(name: str, tallies: Sequence[Tally]) -> tuple[object, ...]:
    faults: Counter[str] = sum((tally.faults for tally in tallies), Counter())
    others = sum(faults[fault] for fault in FAULTS if fault not in {"traceback", "hang", "changed input"})
    return (
        name, f"{sum(tally.cases for tally in tallies):,}", faults["traceback"], faults["hang"],
        faults["changed input"], others, f"{max(tally.seconds for tally in tallies):.1f} s",
        f"{max(tally.mib for tally in tallies)} MiB",
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
