"""Bad inputs by the thousand: `python -m tests.fuzz --minutes N [--seed S] [--kind WORDS] [--write]`.

Every command that reads what somebody else may have made is tried on every kind of bad file. Printed is a
table of what came of it; a file that brings out a fault is kept under `tests/fixtures/hostile/`, where the
ordinary tests find it. With `--parsers` the code that understands texts is fuzzed instead, led by coverage.
"""

import argparse
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

from tests import attempts, hostile, reports
from tests.attempts import COMMANDS, FAULTS, Outcome, Trial
from tests.hostile import Case
from tests.understood import TARGETS

ROOT: Final = Path(__file__).parent.parent
KEPT: Final = ROOT / "tests" / "fixtures" / "hostile"
COLUMNS: Final = (
    "Kind of bad input", "Cases", "Tracebacks", "Hangs", "Changed inputs", "Other faults", "Slowest",
    "Largest",
)  # fmt: skip
ALL: Final = "**all**"
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
    attempts.preload()
    tallies: dict[str, Tally] = {}
    began = time.monotonic()
    until = began + 60 * given.minutes
    seen: set[str] = set()
    try:
        for batch in _batches(given.seed, given.kind, given.command):
            shared = 1 if batch[0][0].kind in {kind.name for kind in hostile.HEAVY} else TOGETHER
            for (case, command), outcome in zip(batch, attempts.tried(batch, together=shared), strict=True):
                tallies.setdefault(case.kind, Tally()).add(outcome)
                if outcome.fault and _signature(outcome) not in seen:
                    seen.add(_signature(outcome))
                    _tell(case, command, outcome, given.keep)
            if time.monotonic() > until:
                break
    except KeyboardInterrupt:
        pass
    *each, together = lines(tallies)
    print(reports.table(COLUMNS, [*each, together]))
    if given.write:
        made = f"{reports.table(COLUMNS, [together])}\n\n{reports.folded('Each kind', COLUMNS, each)}"
        reports.put("hostile", made, seconds=time.monotonic() - began, seed=given.seed)
    return min(sum(sum(tally.faults[fault] for fault in FAULTS) for tally in tallies.values()), 1)


def _parsers(minutes: float) -> int:
    """Fuzz what understands texts, each for its share of the time, in a process of its own."""
    bad = 0
    seconds = max(int(60 * minutes / len(TARGETS)), 1)
    with tempfile.TemporaryDirectory(prefix="papi-parsers-") as folder:
        for name in TARGETS:
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


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", default="")
    parser.add_argument("--command", default="")
    parser.add_argument("--keep", type=Path, default=KEPT)
    parser.add_argument("--parsers", action="store_true")
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
